"""Where every test gets its database from: an SQLite file, or a database of a PostgreSQL server of the tests' own.

What asks for `database_kind`, or for a fixture made of it, runs once on each; what is about one of them by nature is
marked with its name. A database is named by its address, as the service and the loader take it.
"""

import re
import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.string import TextLoader

from app.db.engines import writing_engine
from app.db.sqlite import file_of
from seed.dataset.dataset import Dataset
from seed.record.faults import LocatedFault
from seed.store.load import load
from seed.store.load_report import LoadReport
from seed.store.migration import migrate
from tests.postgresql import Server

KINDS = ("sqlite", "postgresql")
"""By the names that addresses have for them."""

_numbers = count()


class Kind(ABC):
    """Makes and copies databases of one kind, and drops them."""

    @abstractmethod
    def new(self) -> str:
        """A database with nothing in it; of a file only the name."""

    @abstractmethod
    def copy(self, database: str) -> str:
        """A copy of a database to which nobody is connected."""

    @abstractmethod
    def drop(self, database: str) -> None: ...

    @cached_property
    def migrated(self) -> str:
        """A database with all tables and without a row, to be copied."""
        database = self.new()
        migrate(database)
        return database

    @contextmanager
    def databases(self) -> Iterator["Databases"]:
        """Databases for the time being."""
        with ExitStack() as stack:
            yield Databases(self, stack)


class Files(Kind):
    """SQLite: each database is `readout.db` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new(self) -> str:
        folder = self._folder / str(next(_numbers))
        folder.mkdir()
        return f"sqlite:///{folder}/readout.db"

    def copy(self, database: str) -> str:
        query(database, "PRAGMA wal_checkpoint(TRUNCATE)")
        copied = self.new()
        shutil.copy(file_of(database), file_of(copied))
        return copied

    def drop(self, database: str) -> None:
        shutil.rmtree(file_of(database).parent)


class OfServer(Kind):
    """PostgreSQL: databases of one server. To copy one takes it some 20 ms, to migrate one half a second."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def new(self) -> str:
        return self._server.create(f"d{next(_numbers)}")

    def named(self, name: str) -> str:
        """A database of a name that its server does not have yet, with all tables and without a row."""
        return self._server.create(name, template=_name(self.migrated))

    def copy(self, database: str) -> str:
        return self._server.create(f"d{next(_numbers)}", template=_name(database))

    def drop(self, database: str) -> None:
        self._server.execute(f'DROP DATABASE "{_name(database)}" WITH (FORCE)')


@cache
def of_server(server: Server) -> OfServer:
    """The databases of a server: it migrates one, and copies that."""
    return OfServer(server)


class Databases:
    """Makes databases that are dropped when the test, the module or the session that asked for them is over."""

    def __init__(self, kind: Kind, stack: ExitStack) -> None:
        self._kind = kind
        self._stack = stack

    def new(self) -> str:
        """The address of a database with nothing in it; a file is not there yet."""
        return self._own(self._kind.new())

    def migrated(self) -> str:
        """The address of a database without a row."""
        return self.copy(self._kind.migrated)

    def loaded(self, *folders: Path) -> str:
        """The address of a database into which some records were loaded."""
        database = self.migrated()
        if folders:
            load_records(database, *folders)
        return database

    def copy(self, database: str) -> str:
        """The address of a copy of a database to which nobody is connected."""
        return self._own(self._kind.copy(database))

    def _own(self, database: str) -> str:
        self._stack.callback(self._kind.drop, database)
        return database


def kind_of(database: str) -> str:
    """Of which kind a database is."""
    return database.partition(":")[0]


def load_records(database: str, *folders: Path, prune: bool = False) -> LoadReport:
    """Load records as the command line does."""
    report = try_to_load(database, *folders, prune=prune)
    assert isinstance(report, LoadReport), report
    return report


def try_to_load(database: str, *folders: Path, prune: bool = False) -> LoadReport | list[LocatedFault]:
    """Load records; returns the report or the faults."""
    return load(writing_engine(database), Dataset.of(list(folders)), prune=prune)


def query(database: str, statement: str) -> list[Any]:
    """The rows of a statement, JSON as its text; of just one column, its values."""
    with connected(database) as connection:
        rows = connection.execute(statement).fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def execute(database: str, *statements: str, linked: bool = True) -> int:
    """Change a database as no loader would; how many rows that changed. If not `linked`, links may lead to nothing."""
    with connected(database) as connection:
        if not linked:
            connection.execute(_UNLINKED[kind_of(database)])
        changed: int = sum(connection.execute(statement).rowcount for statement in statements)
        connection.commit()
    return changed


_UNLINKED = {"sqlite": "PRAGMA foreign_keys = OFF", "postgresql": "SET session_replication_role = replica"}


def dump(database: str) -> list[str]:
    """Every row of every table, and the schema; the times of the loads left out."""
    with connected(database) as connection:
        lines = list(connection.iterdump() if kind_of(database) == "sqlite" else _dump(connection))
    return [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+", "…", line) for line in lines]


def tables(database: str) -> list[str]:
    """The names of the tables."""
    return query(database, _TABLES[kind_of(database)])


def schema(database: str) -> list[str]:
    """All that makes a PostgreSQL database's schema, a line each."""
    return query(database, f"{_SCHEMA} ORDER BY 1")


def replace(database: str, by: str) -> None:
    """Put the rows of another database, of the same schema, in the place of a database's, in one transaction."""
    with connected(by) as source, connected(database) as target:
        if isinstance(source, sqlite3.Connection):
            source.backup(target)
        else:
            _copy_rows(source, target, tables(database))


def _name(database: str) -> str:
    return str(conninfo_to_dict(database)["dbname"])


@contextmanager
def connected(database: str) -> Iterator[Any]:
    """A connection of the database's driver; on SQLite it enforces foreign keys."""
    with closing(_connect(database)) as connection:
        yield connection


def _connect(database: str) -> Any:
    if kind_of(database) == "postgresql":
        connection = psycopg.connect(database)
        connection.adapters.register_loader("json", TextLoader)
        return connection
    file = sqlite3.connect(file_of(database))
    file.execute("PRAGMA foreign_keys = ON")
    return file


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
}
_SCHEMA = """
    SELECT concat_ws(' ', attrelid::regclass, attname, format_type(atttypid, atttypmod), attcollation::regcollation,
        attnotnull, pg_get_expr(adbin, adrelid))
      FROM pg_attribute LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum) JOIN pg_class c ON c.oid = attrelid
      WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', viewname, definition) FROM pg_views WHERE schemaname = 'public'
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def _dump(connection: Any) -> Iterator[str]:
    yield from (line for (line,) in connection.execute(f"{_SCHEMA} ORDER BY 1"))
    for (name,) in connection.execute(_TABLES["postgresql"]).fetchall():
        with connection.cursor().copy(f'COPY "{name}" TO STDOUT') as rows:
            yield from sorted(f"{name} {bytes(row).decode()}" for row in rows)


def _copy_rows(source: Any, target: Any, tables: list[str]) -> None:
    target.execute(_UNLINKED["postgresql"])
    for name in tables:
        target.execute(f'DELETE FROM "{name}"')
        with (
            source.cursor().copy(f'COPY "{name}" TO STDOUT') as rows,
            target.cursor().copy(f'COPY "{name}" FROM STDIN') as into,
        ):
            for row in rows:
                into.write(row)
    target.commit()
