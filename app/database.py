"""The database: engines for those who read and those who write, and what state it must be in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, TableClause, column, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool, PoolProxiedConnection
from sqlmodel import create_engine

from app.models import DatasetVersion, table

SCHEMA = "0002"
"""The migration that this code reads and writes; a test holds it against the newest one."""

BUSY_SECONDS = 10
"""How long to wait for another program that holds the database."""

BEGIN_READING = "BEGIN"
"""Begins a transaction that sees one state of the database throughout."""

CACHE_KIB = 64 * 1024
"""What a load may keep of the database's pages: the indexes of a large one would not fit in SQLite's 2 MiB."""


class Unavailable(Exception):
    """The database cannot be used as it is: what is wrong and what to do, in one sentence."""


class Held(Unavailable):
    """The database can be used again when another program has finished with it."""


@dataclass(frozen=True, slots=True)
class Version:
    """The version of the dataset: its number, its digest in hex, and the time in UTC of the load that made it."""

    number: int
    digest: str
    loaded_at: datetime

    def __str__(self) -> str:
        return f"{self.number}-{self.digest[:8]}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One transaction's view of the database, and the dataset version in it."""

    connection: Connection
    version: Version


def sqlite_url(database_url: str) -> URL:
    """The database's address. Raises Unavailable for one that is not an SQLite file."""
    try:
        url = make_url(database_url)
    except ArgumentError:
        raise Unavailable(
            "READOUT_DATABASE_URL is no database URL: set one such as sqlite:///var/readout.db."
        ) from None
    if url.drivername != "sqlite" or url.database in (None, "", ":memory:"):
        raise Unavailable("READOUT_DATABASE_URL names no SQLite file: set one such as sqlite:///var/readout.db.")
    return url


def writing_engine(database_url: str, create: bool = False) -> Engine:
    """For the migrations, which may `create` the file, and the loader: every transaction is a writer's."""
    url = _file_url(database_url, "rwc" if create else "rw")
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    _begin_explicitly(engine, "BEGIN IMMEDIATE", f"PRAGMA cache_size = -{CACHE_KIB}")
    return engine


def reading_engine(database_url: str) -> Engine:
    """For those who only read: read-only connections, each opened when it is asked for."""
    engine = create_engine(
        _file_url(database_url, "ro"),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        poolclass=NullPool,
    )
    _begin_explicitly(engine, BEGIN_READING)
    return engine


def _file_url(database_url: str, mode: str) -> URL:
    path = Path(str(sqlite_url(database_url).database)).absolute()
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": mode, "uri": "true"})


def _begin_explicitly(engine: Engine, statement: str, *pragmas: str) -> None:
    """Have SQLAlchemy's transactions be SQLite's own, which Python's driver would begin only at the first write."""

    @event.listens_for(engine, "connect")
    def connect(connection: PoolProxiedConnection, _: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        cursor = connection.cursor()
        for pragma in ("PRAGMA foreign_keys = ON", *pragmas):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


_NONE = "There is no database that can be opened: run `python -m seed migrate`, then `python -m seed load`."
_FOREIGN = "The database is not one of Readout's: point READOUT_DATABASE_URL to another file."
_NEW = f"{_FOREIGN[:-1]}, or, if it is new, run `python -m seed migrate`."
_HELD = "The database is held by another program: try again when that has finished."
_EXPLANATIONS = {
    "unable to open": _NONE,
    "disk I/O": _NONE,
    "no such table: alembic_version": _NEW,
    "not a database": _FOREIGN,
    "locked": _HELD,
    "busy": _HELD,
    "readonly": "The database cannot be written: give this user the right to write the file and its folder.",
    "is full": "The disk is full, and the database is as it was: make room and try again.",
    "malformed": "The database is damaged: move it away, then run `python -m seed migrate` and `python -m seed load`.",
    "no such": "The database has another schema than this version reads: run `python -m seed migrate`.",
}
"""What to do about what SQLite says: the first that it contains counts."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn what a database refuses into Unavailable."""
    try:
        yield
    except DBAPIError as error:
        raise unavailable(error.orig) from error


def unavailable(error: BaseException | None) -> Unavailable:
    """What a driver's error means for the database, and what to do."""
    said = str(error)
    told = next((text for part, text in _EXPLANATIONS.items() if part in said), None)
    return (Held if told is _HELD else Unavailable)(told or f"The database cannot be used: {said}.")


_version = table(DatasetVersion)
_schema = TableClause("alembic_version", column("version_num"))
NEWEST = select(_schema.c.version_num, _version.c.number, _version.c.digest, _version.c.loaded_at).join_from(
    _schema, _version, _version.c.number == select(func.max(_version.c.number)).scalar_subquery(), isouter=True
)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Snapshot]:
    """A transaction that sees one dataset version throughout. Raises Unavailable."""
    with explained(), engine.connect() as connection, connection.begin():
        yield Snapshot(connection, current_version(connection))


def current_version(connection: Connection) -> Version:
    """The version of the dataset that is stored. Raises Unavailable where there is none."""
    return given(newest_version(connection))


def given(version: Version | None) -> Version:
    """The version, if there is one. Raises Unavailable."""
    if version is None:
        raise Unavailable("The database holds no dataset: load one with `python -m seed load`.")
    return version


def newest_version(connection: Connection) -> Version | None:
    """The dataset's newest version, or None before the first load. Raises Unavailable for another schema."""
    return version_of(connection.execute(NEWEST).all())


def version_of(rows: Sequence[Any]) -> Version | None:
    """The version that the rows of NEWEST tell. Raises Unavailable for another schema."""
    if [row.version_num for row in rows] != [SCHEMA]:
        schema = " and ".join(f"schema {row.version_num}" for row in rows) or "no schema"
        raise Unavailable(f"The database has {schema}, and {SCHEMA} is wanted: run `python -m seed migrate`.")
    (row,) = rows
    return None if row.number is None else Version(row.number, row.digest, row.loaded_at)
