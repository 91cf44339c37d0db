"""PostgreSQL: one server, or a primary with its standbys."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import NullPool
from sqlmodel import create_engine

from app.db.errors import (
    BROKEN,
    DISK_FULL,
    HELD,
    LONGEST_READ_SECONDS,
    NO_TABLES,
    OTHER_SCHEMA,
    TOO_LONG,
    Held,
    Interrupted,
    TookTooLong,
    Unavailable,
    without_password,
)

SCHEMES = ("postgresql://", "postgres://")

BEGIN_READING = (
    f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '{LONGEST_READ_SECONDS}s';"
    " SET LOCAL jit = off"
)
"""Begins a request's transaction, which sees one state of the database throughout, in one message.

A search of a large database looks dear enough to be compiled, which takes longer than what it does.
"""

BUSY_SECONDS = 10
"""How long a load waits for another."""

LOADER_LOCK = 0x5265616461626C65
"""The advisory lock of those who write: a number of our own (documentation of PostgreSQL, 13.3.5)."""

_DEFAULTS = {
    "application_name": "readout",
    "client_encoding": "utf8",
    "connect_timeout": "3",  # seconds for each host: the next one may answer
    "tcp_user_timeout": "5000",  # milliseconds without an acknowledgement: the host is gone
}
"""What libpq is told where the address does not say otherwise."""


def parameters(database_url: str) -> dict[str, Any]:
    """What libpq needs to connect. Raises Unavailable for an address that is none."""
    try:
        return {**_DEFAULTS, **conninfo_to_dict(database_url)}
    except psycopg.ProgrammingError as error:
        raise Unavailable(
            "READOUT_DATABASE_URL is no address of a PostgreSQL database: give one such as"
            f" postgresql://user@host/readout ({without_password(str(error).strip())})."
        ) from None


def writing_engine(database_url: str, create: bool = False) -> Engine:
    """For the migrations and the loader: every transaction waits until no other writes.

    The database itself is made by the server's administrator, so there is nothing to `create`.
    """
    return _engine(
        database_url,
        (f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'", f"SELECT pg_advisory_xact_lock({LOADER_LOCK})"),
    )


def reading_engine(database_url: str) -> Engine:
    """For those who only read: connections are opened when they are asked for."""
    return _engine(database_url, ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",))


def _engine(database_url: str, begin: tuple[str, ...]) -> Engine:
    given = parameters(database_url)
    engine = create_engine(
        "postgresql+psycopg://",  # libpq gets the whole address, since it knows of several hosts
        creator=lambda: connect(given),
        paramstyle="format",
        poolclass=NullPool,
    )

    @event.listens_for(engine, "begin")
    def begin_explicitly(connection: Connection) -> None:
        for statement in begin:
            connection.exec_driver_sql(statement)

    return engine


def connect(given: Mapping[str, Any], **others: Any) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection to the first server that answers and is of the kind that is asked for. Raises Unavailable."""
    try:
        connection = psycopg.connect(**{**given, **others})
    except psycopg.OperationalError as error:
        raise unreachable(error) from error
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        connection.close()
        raise Unavailable(
            f"The database has the encoding {encoding}, which has not every letter:"
            " make another with `createdb --encoding=UTF8 --template=template0`, and name that one."
        )
    return connection


def unreachable(error: psycopg.Error) -> Unavailable:
    """What it means that no connection could be made."""
    return Unavailable(
        "The database server that READOUT_DATABASE_URL names cannot be reached, or refuses this service.", _said(error)
    )


_EXPLANATIONS = {
    "08": BROKEN,
    "25006": "The database server is a standby, which nobody can write to: name the primary in READOUT_DATABASE_URL.",
    "40": BROKEN,  # among them what a standby cancels because what it reads is being replayed away
    "42501": "The database refuses: give READOUT_DATABASE_URL's role its rights.",
    "42P01": OTHER_SCHEMA,
    "42": OTHER_SCHEMA,
    "53100": DISK_FULL,
    "53": "The database server has no room left for this: try again when it has less to do.",
    "55P03": HELD,
    "57014": TOO_LONG,
    "57": BROKEN,
    "58": "The database server cannot use its files: its log says why.",
    "XX000": "The database server failed: its log says why.",
    "XX": "The database is damaged: restore a backup; its server's log says how.",
}
"""What to do about an SQLSTATE (documentation of PostgreSQL, appendix A): the first that it begins with counts."""


def refusal(error: Any) -> Unavailable:
    """What an error of PostgreSQL, or of a connection that broke, means, and what to do."""
    state = getattr(error, "sqlstate", None) or "08"
    if state == "42P01" and "alembic_version" in str(error):
        return Unavailable(NO_TABLES)
    told = next((text for part, text in _EXPLANATIONS.items() if state.startswith(part)), None)
    kind = {HELD: Held, BROKEN: Interrupted, TOO_LONG: TookTooLong}.get(told or "", Unavailable)
    return kind(told or "The database cannot be used.", _said(error))


def _said(error: psycopg.Error) -> str:
    return " ".join(str(error).split())
