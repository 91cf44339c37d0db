"""Bringing a database to the current schema, without touching one that is not Readout's."""

import os
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.database import SCHEMA, Unavailable, explained, is_server, sqlite, writing_engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def migrate(database_url: str) -> str | None:
    """Bring a database to the current schema; the schema that it had, None where it had none. Raises Unavailable."""
    in_file = not is_server(database_url)
    if in_file:
        _make_place(sqlite.file_of(database_url))
    engine = writing_engine(database_url, create=True)
    try:
        with explained(engine), engine.connect() as connection:
            with connection.begin():
                before = _schema(connection)
                if before != SCHEMA:
                    _upgrade(connection)
            if in_file and before is None:  # readers go on while a loader writes; the file remembers it
                connection.connection.cursor().execute("PRAGMA journal_mode = WAL")  # not in a transaction
        return before
    finally:
        engine.dispose()


def _make_place(path: Path) -> None:
    """Make the database's folder, and see that a file can be written there. Raises Unavailable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"The folder {path.parent} cannot be made: {error.strerror}.") from None
    is_usable = path.is_file() and os.access(path, os.R_OK)
    if not is_usable and (path.exists() or not os.access(path.parent, os.W_OK)):
        raise Unavailable(
            f"{path} cannot be used: give this user the right to it, or set READOUT_DATABASE_URL to another."
        )


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  (a start that finds the schema current must not wait for Alembic)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _schema(connection: Connection) -> str | None:
    """The schema of a database, None of an empty one. Raises Unavailable for one that is not Readout's."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    schema = connection.scalar(text("SELECT version_num FROM alembic_version")) if "alembic_version" in tables else None
    known = {path.name.split("_")[0] for path in MIGRATIONS.glob("versions/*.py")}
    if schema not in known or "canonical_record" not in tables:
        what = (
            "is of a newer version of Readout" if schema and "canonical_record" in tables else "is not one of Readout's"
        )
        raise Unavailable(f"The database {what} (it has {len(tables)} tables); point READOUT_DATABASE_URL to another.")
    return str(schema)
