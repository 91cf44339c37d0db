"""Upgrades a database to the current schema; a database of another program is refused and not changed."""

import os
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.db import sqlite
from app.db.engines import display_url, is_server, translate_errors, writing_engine
from app.db.errors import Unavailable
from app.db.snapshots import PRE_RELEASE_SCHEMAS, SCHEMA, newer_schema, pre_release_schema

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migrate(database_url: str) -> str | None:
    """Upgrade a database to the current schema; returns its old one, None for a new database. Raises Unavailable."""
    in_file = not is_server(database_url)
    if in_file:
        make_folder(sqlite.file_of(database_url))
    engine = writing_engine(database_url, create=True)
    with translate_errors(engine), engine.connect() as connection:
        if in_file:
            stop_enforcing_references(connection)
        with connection.begin():
            before = schema_of(connection)
            if before != SCHEMA:
                refuse_pre_release(before, display_url(database_url))
                _refuse_newer(before)
                _upgrade(connection)
        if in_file and before is None:
            use_wal(connection)
    return before


def make_folder(path: Path) -> None:
    """Make the folder of a database file, and check that the file can be written. Raises Unavailable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"The folder {path.parent} cannot be made: {error.strerror}.") from None
    is_usable = path.is_file() and os.access(path, os.R_OK)
    if not is_usable and (path.exists() or not os.access(path.parent, os.W_OK)):
        raise Unavailable(
            f"{path} cannot be used: give this user the right to it, or set READOUT_DATABASE_URL to another."
        )


def use_wal(connection: Connection) -> None:
    """Switch a file to WAL permanently, so that readers do not wait for a load. Call it outside of a transaction."""
    connection.connection.cursor().execute("PRAGMA journal_mode = WAL")


def stop_enforcing_references(connection: Connection) -> None:
    """Let a migration make a table anew to which others refer (SQLite's documentation of ALTER TABLE, 7).

    Call it outside of a transaction.
    """
    connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")


def refuse_pre_release(schema: str | None, database: str) -> None:
    """Raise Unavailable for a schema of a pre-release; the message names the database by its address or path."""
    if schema in PRE_RELEASE_SCHEMAS:
        raise Unavailable(pre_release_schema(str(schema), f"The database {database}"))


def _refuse_newer(schema: str | None) -> None:
    if schema is not None and not list(MIGRATIONS.glob(f"versions/{schema}_*.py")):
        raise Unavailable(newer_schema(schema))


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  (a start with the current schema must not wait for this import)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def schema_of(connection: Connection) -> str | None:
    """The schema of a database; None if it is empty. Raises Unavailable for a database of another program."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if not {"alembic_version", "canonical_record"} <= {*tables}:
        raise Unavailable(
            f"The database is not one of Readout's (it has {len(tables)} tables): point READOUT_DATABASE_URL elsewhere."
        )
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
