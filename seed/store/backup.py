"""Online backup and restore of an SQLite database. PostgreSQL has its own programs for that."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.db import sqlite
from app.db.engines import is_server, reading_engine, translate_errors, writing_engine
from app.db.errors import NO_TABLES, Unavailable
from seed.store.migration import make_folder, refuse_pre_release, schema_of, use_wal


def backup(database_url: str, copy: Path) -> None:
    """Copy a snapshot of a database to a new file. Raises Unavailable."""
    _refuse_server(database_url)
    if copy.exists():
        raise Unavailable(f"{copy} exists already, and a backup overwrites nothing: give another name.")
    if not copy.parent.is_dir():
        raise Unavailable(f"There is no folder {copy.parent}: make it, or give another path for the copy.")
    with _reading(database_url) as source:
        schema = schema_of(source)
        if schema is None:
            raise Unavailable(NO_TABLES)
        refuse_pre_release(schema, sqlite.display_url(database_url))
        try:
            with _writing(f"sqlite:///{copy}") as target:
                _copy(source, target)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise


def restore(database_url: str, copy: Path) -> None:
    """Replace a database by a copy in one transaction, so that readers see one or the other. Raises Unavailable."""
    _refuse_server(database_url)
    if not copy.exists():
        raise Unavailable(f"There is no file {copy}, and nothing was restored: give the path of a copy.")
    if not _is_sound(copy):
        raise Unavailable(
            f"{copy} is no sound copy of a database of Readout, and nothing was restored: give another copy."
        )
    with _reading(f"sqlite:///{copy}") as source, _writing(database_url) as target:
        with target.begin():
            before = schema_of(target)
        refuse_pre_release(before, sqlite.display_url(database_url))
        refuse_pre_release(schema_of(source), str(copy))
        _copy(source, target)
        if before is None:
            use_wal(target)


def _refuse_server(database_url: str) -> None:
    if is_server(database_url):
        raise Unavailable("The database is on PostgreSQL: use pg_dump and pg_restore, as docs/operating.md shows.")


def _is_sound(copy: Path) -> bool:
    try:
        with _reading(f"sqlite:///{copy}") as source:
            is_intact = source.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"
            return is_intact and schema_of(source) is not None
    except Unavailable:
        return False


@contextmanager
def _reading(url: str) -> Iterator[Connection]:
    with translate_errors(engine := reading_engine(url)), engine.connect() as connection:
        yield connection


@contextmanager
def _writing(url: str) -> Iterator[Connection]:
    make_folder(sqlite.file_of(url))
    with translate_errors(engine := writing_engine(url, create=True)), engine.connect() as connection:
        yield connection


def _copy(source: Connection, target: Connection) -> None:
    """Copy all pages, which SQLite writes in one transaction (see its documentation of `sqlite3_backup_step`)."""
    _driver(source).backup(_driver(target), progress=_raise_if_locked)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _raise_if_locked(status: int, *_: int) -> None:
    """End the backup of a locked database, which Python would retry forever; SQLite has waited already."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("database is locked")
