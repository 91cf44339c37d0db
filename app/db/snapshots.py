"""Snapshots of the database: a transaction, the dataset version in it, and the schema that it must have."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, TableClause, column, func, select

from app.db.engines import translate_errors
from app.db.errors import INVALID_VERSION, NO_DATASET, Unavailable
from app.models import DatasetVersion, table

SCHEMA = "0011"
"""The revision of the schema that this code reads and writes; a test compares it with the newest migration."""

PRE_RELEASE_SCHEMAS = ("0001", "0002", "0003")
"""Schemas that no migration upgrades."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the dataset: its number, its digest in hex, and the time in UTC of the load that made it."""

    number: int
    digest: str
    loaded_at: datetime

    def __str__(self) -> str:
        return f"{self.number}-{self.digest[:8]}"


@dataclass(slots=True)
class VersionRow:
    version_num: str
    number: int | None
    digest: str
    loaded_at: datetime


_version = table(DatasetVersion)
_schema = TableClause("alembic_version", column("version_num"))
NEWEST_VERSION = select(_schema.c.version_num, _version.c.number, _version.c.digest, _version.c.loaded_at).join_from(
    _schema, _version, _version.c.number == select(func.max(_version.c.number)).scalar_subquery(), isouter=True
)


@contextmanager
def snapshot(engine: Engine) -> Iterator[tuple[Connection, Version]]:
    """A transaction that sees one dataset version throughout, and this version. Raises Unavailable."""
    with translate_errors(engine), engine.connect() as connection, connection.begin():
        yield connection, require_version(newest_version(connection))


def has_dataset(engine: Engine) -> bool:
    """Whether a database has the schema that this code reads, and a dataset."""
    try:
        with snapshot(engine):
            return True
    except Unavailable:
        return False


def require_version(version: Version | None) -> Version:
    """The version itself. Raises Unavailable if it is None."""
    if version is None:
        raise Unavailable(NO_DATASET)
    return version


def newest_version(connection: Connection) -> Version | None:
    """The dataset's newest version, or None before the first load. Raises Unavailable for another schema."""
    return version_of(connection.execute(NEWEST_VERSION))


def version_of(rows: Iterable[Any]) -> Version | None:
    """The version in the rows of NEWEST_VERSION; None before the first load.

    Raises Unavailable for another schema, and for an invalid row.
    """
    try:
        found = list(rows)
    except (TypeError, ValueError) as error:  # the time cannot be parsed
        raise Unavailable(INVALID_VERSION, str(error)) from error
    if [row.version_num for row in found] != [SCHEMA]:
        raise Unavailable(_other_schema([row.version_num for row in found]))
    (row,) = found
    return None if row.number is None else _valid_version(row.number, row.digest, row.loaded_at)


@lru_cache(maxsize=4, typed=True)  # every snapshot reads the same row
def _valid_version(number: int, digest: str, loaded_at: datetime) -> Version:
    is_valid = isinstance(number, int) and isinstance(digest, str) and isinstance(loaded_at, datetime)
    if not is_valid or number < 1 or not re.fullmatch("[0-9a-f]{64}", digest):
        raise Unavailable(INVALID_VERSION)
    return Version(number, digest, loaded_at.astimezone(UTC))  # a server returns it in its own time zone


def _other_schema(schemas: list[str]) -> str:
    for pre_release in set(schemas).intersection(PRE_RELEASE_SCHEMAS):
        return pre_release_schema(pre_release)
    if schemas and max(schemas) > SCHEMA and re.fullmatch(r"\d{4}", max(schemas)):
        return newer_schema(max(schemas))
    schema = " and ".join(f"schema {schema}" for schema in schemas) or "no schema"
    return f"The database has {schema}, and {SCHEMA} is wanted: run `python -m seed migrate`."


def pre_release_schema(schema: str, database: str = "The database") -> str:
    """The error message for a schema that cannot be upgraded."""
    return f"{database} has schema {schema}, made by a pre-release: migrate a new database and load the records again."


def newer_schema(schema: str) -> str:
    """The error message for a schema that only a newer version of Readout knows."""
    return (
        f"The database has schema {schema}, of a newer version of Readout; this one reads {SCHEMA}: run the newer one."
    )
