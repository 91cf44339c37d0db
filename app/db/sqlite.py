"""SQLite: engines over one file, and what its errors mean."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, PoolProxiedConnection
from sqlmodel import create_engine

from app.db.errors import (
    DISK_FULL,
    LOCKED,
    NO_TABLES,
    OTHER_SCHEMA,
    TIMED_OUT,
    UNKNOWN,
    DatabaseLocked,
    QueryTimeout,
    Unavailable,
)

BUSY_SECONDS = 10
"""How long to wait for a database that another program has locked."""

BEGIN_READING = "BEGIN"
"""Begins a transaction that sees one snapshot."""

CACHE_KIB = 64 * 1024
"""The page cache of a load: the indexes of a large database do not fit in SQLite's default of 2 MiB."""

CACHED_STATEMENTS = 64
"""How many prepared statements each connection keeps. The one of a list with all filters has 250 KB, and Python would
keep 128 of any size."""


def file_of(database_url: str) -> Path:
    """The path of the database's file. Raises Unavailable if the URL names none."""
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):  # a port that is no number, which the error names
        raise Unavailable(
            "READOUT_DATABASE_URL is no database URL: set one such as sqlite:///var/readout.db."
        ) from None
    if url.drivername != "sqlite" or url.database in (None, "", ":memory:"):
        raise Unavailable("READOUT_DATABASE_URL names no SQLite file: set one such as sqlite:///var/readout.db.")
    return Path(str(url.database))


def display_url(database_url: str) -> str:
    """The URL with nothing but the path of the file."""
    return f"sqlite:///{file_of(database_url)}"


def writing_engine(database_url: str, create: bool = False) -> Engine:
    """An engine for migrations, which may `create` the file, and the loader: every transaction locks the file.

    Like `reading_engine`, it opens a connection for each use.
    """
    url = _file_url(database_url, "rwc" if create else "rw")
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, poolclass=NullPool)
    _begin_explicitly(engine, "BEGIN IMMEDIATE", f"PRAGMA cache_size = -{CACHE_KIB}")
    return engine


def reading_engine(database_url: str) -> Engine:
    """A read-only engine that opens a connection for each use."""
    engine = create_engine(
        _file_url(database_url, "ro"),
        connect_args={
            "timeout": BUSY_SECONDS,
            "check_same_thread": False,
            "cached_statements": CACHED_STATEMENTS,
        },
        poolclass=NullPool,
    )
    _begin_explicitly(engine, BEGIN_READING)
    return engine


def _file_url(database_url: str, mode: str) -> URL:
    path = file_of(database_url).absolute()
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": mode, "uri": "true"})


def _begin_explicitly(engine: Engine, statement: str, *pragmas: str) -> None:
    """Begin SQLite's transaction with SQLAlchemy's; Python's driver would begin it only at the first write."""

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


_NO_FILE = (
    "There is no database that can be opened: give this user the right to read the file and to write the folder of"
    " READOUT_DATABASE_URL, or, if it is new, run `python -m seed migrate`, then `python -m seed load`."
)
_MESSAGES = {
    "unable to open": _NO_FILE,
    "disk I/O": "The database cannot be read or written: see that READOUT_DATABASE_URL names a file, and that its disk"
    " is sound and within its quota.",
    "no such table: alembic_version": NO_TABLES,
    "not a database": "The database is not one of Readout's: point READOUT_DATABASE_URL to another file.",
    "interrupted": TIMED_OUT,
    "too big": TIMED_OUT,  # for the event loop, whose values may not be long
    "locked": LOCKED,
    "busy": LOCKED,
    "readonly": "The database cannot be written: give this user the right to write the file and its folder.",
    "is full": DISK_FULL,
    "malformed": "The database is damaged: move it away with its -wal and -shm, then run `python -m seed restore` with"
    " a copy, or `migrate` and `load`.",
    "no such": OTHER_SCHEMA,
}
"""Messages by a part of SQLite's own message; the first that matches counts."""


def translate_error(error: Any, database: str | None = None) -> Unavailable:
    """An error of SQLite as Unavailable: what it means and what to do; `database` is as in an engine's URL."""
    own_message = str(error)
    file = Path(unquote((database or "").removeprefix("file:")))
    if database and "unable to open" in own_message and not file.exists():
        return Unavailable(
            f"There is no database {file}: run `readout migrate` to make it, then `readout load`; or point"
            " READOUT_DATABASE_URL to another."
        )
    message = next((text for part, text in _MESSAGES.items() if part in own_message), None)
    error_class = {LOCKED: DatabaseLocked, TIMED_OUT: QueryTimeout}.get(message or "", Unavailable)
    return error_class(message or UNKNOWN, own_message)
