"""Engines to read and to write the database, and the translation of its errors.

The database is SQLite or PostgreSQL: what is particular to each is in the module of that name.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.db import sqlite
from app.db.errors import Unavailable


class _Backend(Protocol):
    """The functions that `sqlite` and `postgresql` each define."""

    def writing_engine(self, database_url: str, create: bool = False) -> Engine: ...

    def reading_engine(self, database_url: str) -> Engine: ...

    def display_url(self, database_url: str) -> str: ...

    def translate_error(self, error: Any, database: str | None = None) -> Unavailable: ...


def is_server(database_url: str) -> bool:
    """Whether the database is PostgreSQL and not an SQLite file."""
    return database_url.startswith(("postgresql://", "postgres://"))


def _backend(server: bool) -> _Backend:
    if not server:
        return sqlite
    from app.db import postgresql  # noqa: PLC0415  (SQLite must not wait for psycopg to be imported)

    return postgresql


def writing_engine(database_url: str, create: bool = False) -> Engine:
    """An engine for migrations, which may `create` a file, and the loader: its transactions exclude other writers.

    Raises Unavailable if the URL is invalid.
    """
    return _backend(is_server(database_url)).writing_engine(database_url, create)


def reading_engine(database_url: str) -> Engine:
    """A read-only engine that opens a connection for each use. Raises Unavailable if the URL is invalid."""
    return _backend(is_server(database_url)).reading_engine(database_url)


def display_url(database_url: str) -> str:
    """A database's URL as messages show it, without its password. Raises Unavailable if the URL is invalid."""
    return _backend(is_server(database_url)).display_url(database_url)


@contextmanager
def translate_errors(engine: Engine) -> Iterator[None]:
    """Raise errors of the database as Unavailable, whether they come from SQLAlchemy or from the driver."""
    try:
        yield
    except (DBAPIError, engine.dialect.loaded_dbapi.Error) as error:
        raise translate_error(getattr(error, "orig", error), engine.url.database) from error


def translate_error(error: BaseException | None, database: str | None = None) -> Unavailable:
    """The error of a driver, or of a missing file, as Unavailable: what it means and what to do.

    `database` is as in the engine's URL, if that is known.
    """
    return _backend(not isinstance(error, sqlite3.Error | OSError)).translate_error(error, database)
