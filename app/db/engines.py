"""The database: engines for those who read and those who write, and what state it must be in.

It is SQLite's or PostgreSQL's: what they do in ways of their own is in `sqlite` and `postgresql`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.db import sqlite
from app.db.errors import Unavailable


class _Kind(Protocol):
    """What a kind of database is to the rest: a module of this package."""

    def writing_engine(self, database_url: str, create: bool = False) -> Engine: ...

    def reading_engine(self, database_url: str) -> Engine: ...

    def refusal(self, error: Any) -> Unavailable: ...


def is_server(database_url: str) -> bool:
    """Whether the database is PostgreSQL's, and no file."""
    return database_url.startswith(("postgresql://", "postgres://"))


def _kind(server: bool) -> _Kind:
    if not server:
        return sqlite
    from app.db import postgresql  # noqa: PLC0415  (over a file, nobody waits for a driver to be imported)

    return postgresql


def writing_engine(database_url: str, create: bool = False) -> Engine:
    """For the migrations, which may `create` a file, and the loader: every transaction is the only writer's.

    Raises Unavailable for an address that is none.
    """
    return _kind(is_server(database_url)).writing_engine(database_url, create)


def reading_engine(database_url: str) -> Engine:
    """For those who only read: each connection is opened when it is asked for. Raises Unavailable as above."""
    return _kind(is_server(database_url)).reading_engine(database_url)


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn what a database refuses into Unavailable, whether SQLAlchemy or the driver tells it."""
    try:
        yield
    except (DBAPIError, engine.dialect.loaded_dbapi.Error) as error:
        raise unavailable(getattr(error, "orig", error)) from error


def unavailable(error: BaseException | None) -> Unavailable:
    """What a driver's error means for the database, and what to do."""
    return _kind(not isinstance(error, sqlite3.Error | OSError)).refusal(error)
