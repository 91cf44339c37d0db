"""How Alembic reaches the database: over the connection that it is handed, else by the setting."""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import app.models  # noqa: F401  (fills SQLModel.metadata)
from app.db.engines import writing_engine
from app.settings import Settings


def run(connection: Connection) -> None:
    """Run the migrations in one transaction, tables included: SQLite can, though Alembic would not assume it."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        # the full text index is a table of SQLite's own making, with several more behind it
        include_name=lambda name, kind, parents: not (kind == "table" and str(name).startswith("search_index")),
        # SQLite tells no index's direction; a test compares those with the models, statement by statement
        include_object=lambda item, name, kind, reflected, other: not (kind == "index" and "_desc_" in str(name)),
    )
    with context.begin_transaction():
        context.run_migrations()


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    with writing_engine(Settings().database_url, create=True).connect() as own:
        run(own)
        own.commit()
