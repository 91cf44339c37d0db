"""Alembic's batch mode, which makes a table of SQLite anew for what its ALTER TABLE cannot change."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.util import OrderedSet


@contextmanager
def altered(table: str) -> Iterator[BatchOperations]:
    """Operations on a table; a table that is made anew has its constraints and indexes in the order of their names.

    Alembic itself takes them from sets, whose order differs from run to run, and so would the bytes of the database.
    """
    existing = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    existing.constraints = OrderedSet(sorted(existing.constraints, key=lambda constraint: str(constraint.name)))
    existing.indexes = OrderedSet(sorted(existing.indexes, key=lambda index: str(index.name)))
    with op.batch_alter_table(table, copy_from=existing) as batch:
        yield batch
