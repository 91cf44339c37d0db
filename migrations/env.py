"""Alembic's environment: it uses the connection that the caller passes, or else the database of the setting."""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import app.models  # noqa: F401  (fills SQLModel.metadata)
from app.command_line import exit_on_error
from app.db.engines import translate_errors, writing_engine
from app.settings import Settings


def run(connection: Connection) -> None:
    """Run the migrations in one transaction, with DDL: SQLite supports that, although Alembic assumes otherwise."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        # SQLAlchemy reflects no directions of SQLite's indexes; a test compares their statements with the models
        include_object=lambda item, name, kind, reflected, other: not (kind == "index" and "_desc_" in str(name)),
    )
    with context.begin_transaction():
        context.run_migrations()


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    with exit_on_error():
        engine = writing_engine(Settings().database_url, create=True)
        with translate_errors(engine), engine.connect() as own:
            run(own)
            own.commit()
