"""PostgreSQL: engines over one server or a primary with its standbys, and what its errors mean."""

import re
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import NullPool
from sqlmodel import create_engine

from app.db.errors import (
    CONNECTION_BROKEN,
    DISK_FULL,
    LOCKED,
    NO_TABLES,
    OTHER_SCHEMA,
    TIMED_OUT,
    UNKNOWN,
    UNREACHABLE,
    DatabaseLocked,
    Interrupted,
    QueryTimeout,
    Unavailable,
)
from app.db.server_connections import ReadConnection
from app.db.timeouts import CONNECT_TIMEOUT_SECONDS, QUERY_TIMEOUT_SECONDS, STATEMENT_TIMEOUT_SECONDS
from app.refusal_counts import Reason

BEGIN_READING = (
    f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT_SECONDS}s';"
    " SET LOCAL jit = off"
)
"""Begins a request's transaction, which sees one snapshot, in one message.

JIT is off: PostgreSQL would compile a search of a large database, which takes longer than the search itself.
"""

BUSY_SECONDS = 10
"""How long a load waits for another one."""

LOADER_LOCK = 0x5265616461626C65
"""The key of the advisory lock that writers take: an arbitrary number (documentation of PostgreSQL, 13.3.5)."""

_DEFAULTS = {
    "application_name": "readout",
    "client_encoding": "utf8",
    "connect_timeout": str(CONNECT_TIMEOUT_SECONDS),  # for each address of each host: the next one may accept
    "tcp_user_timeout": "5000",  # milliseconds without an acknowledgement: the host is gone
    "keepalives_idle": "5",  # seconds of silence after which the system asks whether the host is still there
    "keepalives_interval": "2",
    "keepalives_count": "3",
}
"""libpq's connection parameters, unless the URL sets them."""


_SHOWN = ("host", "hostaddr", "port", "dbname", "user", "target_session_attrs")
"""The parameters in a URL's query that `display_url` shows: none of them is a secret."""


def parameters(database_url: str) -> dict[str, Any]:
    """The connection parameters for libpq. Raises Unavailable if the URL is invalid.

    The message repeats nothing of the URL, since any part of an invalid one may be the password. libpq would take an
    unescaped password for a host or a port, and name it in its own messages, so such a URL is refused here.
    """
    user, hosts_and_path, _ = _split(database_url)
    if user and "@" in hosts_and_path:
        raise Unavailable("READOUT_DATABASE_URL has more than one `@`: escape `@` in the password as %40.")
    try:
        given = conninfo_to_dict(database_url)
    except psycopg.ProgrammingError:
        given = None
    if given is None or "@" in hosts_and_path or not re.fullmatch("[0-9,]*", str(given.get("port", ""))):
        raise Unavailable(
            "READOUT_DATABASE_URL is no address of a PostgreSQL database: give one such as"
            " postgresql://user:password@host/readout, and in the password escape everything but letters and digits:"
            " `/` as %2F, `%` as %25."
        )
    return {**_DEFAULTS, **given}


def servers(parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parameters of each server, in the order of the URL. Raises Unavailable if hosts and ports do not match.

    libpq's rules: a list has an element for each host, or one for all of them.
    """
    lists = {name: str(parameters[name]).split(",") for name in _OF_A_HOST if parameters.get(name)}
    count = len(lists.get("hostaddr") or lists.get("host") or [""])
    if any(len(values) not in (1, count) for values in lists.values()):
        raise Unavailable(
            "READOUT_DATABASE_URL has lists of hosts and ports that do not match: give each host its port."
        )
    return [
        {**parameters, **{name: values[index % len(values)] for name, values in lists.items()}}
        for index in range(count)
    ]


_OF_A_HOST = ("host", "hostaddr", "port")
"""The connection parameters that may be lists."""


def display_url(database_url: str) -> str:
    """A valid URL without its password and its options."""
    user, hosts_and_path, query = _split(database_url)
    at = "@" if user else ""
    shown = "&".join(part for part in query.split("&") if part.partition("=")[0] in _SHOWN)
    return f"postgresql://{user.partition(':')[0]}{at}{hosts_and_path}{shown and '?'}{shown}"


def _split(database_url: str) -> tuple[str, str, str]:
    """A URL's user with the password, its hosts with the path, and its query, divided as libpq does it.

    The user ends at the first `@`, if that comes before the first `/`.
    """
    rest = database_url.partition("://")[2]
    user, at, _ = rest.partition("/")[0].partition("@")
    hosts_and_path, _, query = rest.removeprefix(f"{user}@").partition("?") if at else rest.partition("?")
    return user if at else "", hosts_and_path, query


def writing_engine(database_url: str, create: bool = False) -> Engine:
    """An engine for migrations and the loader: a transaction waits until no other one writes.

    `create` is ignored: the server's administrator creates the database itself.
    """
    return _engine(
        database_url,
        (f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'", f"SELECT pg_advisory_xact_lock({LOADER_LOCK})"),
    )


def reading_engine(database_url: str) -> Engine:
    """A read-only engine that opens a connection for each use."""
    return _engine(database_url, ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",))


def _engine(database_url: str, begin: tuple[str, ...]) -> Engine:
    connection_parameters = parameters(database_url)
    engine = create_engine(
        "postgresql+psycopg://",  # libpq gets the parameters itself, since a URL may name several hosts
        creator=lambda: connect(connection_parameters),
        paramstyle="format",
        poolclass=NullPool,
    )

    @event.listens_for(engine, "begin")
    def begin_explicitly(connection: Connection) -> None:
        for statement in begin:
            connection.exec_driver_sql(statement)

    return engine


def connect(parameters: Mapping[str, Any], **others: Any) -> ReadConnection:
    """A connection to the first server that accepts and has the requested attributes. Raises Unavailable."""
    try:
        connection = ReadConnection.connect(**{**parameters, **others})
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


def connect_timeout(parameters: Mapping[str, Any]) -> int:
    """How many seconds a server may take to accept a connection, as the URL says."""
    return max(CONNECT_TIMEOUT_SECONDS, min(int(parameters["connect_timeout"]), QUERY_TIMEOUT_SECONDS))


def server_lost() -> psycopg.Error:
    """The error that ends a read on a server that the version watcher has lost."""
    return psycopg.OperationalError("the version watcher has lost the server")


def too_late() -> psycopg.Error:
    """The error that ends a read of which the time is over."""
    return psycopg.errors.QueryCanceled("the read has taken all its time")


def unreachable(error: psycopg.Error) -> Unavailable:
    """The error that no server accepts a connection. It has no SQLSTATE, so its reason is known by its words."""
    cause = _one_line(error)
    without_names = re.sub(r"""(["']).*?\1 ?""", "", cause)
    reasons = (reason for words, reason in _REFUSALS.items() if re.search(words, without_names))
    return Unavailable(UNREACHABLE, cause, next(reasons, Reason.database_lost))


_REFUSALS = {
    "too many (clients|connections)|connection slots are reserved": Reason.database_too_many_connections,
    "the database system is": Reason.database_restarting,
    "password|authentication|pg_hba|permi[st]|role ": Reason.database_permission,
    "database does not exist": Reason.database_unusable,
    "time(d )?out": Reason.database_time_out,
}
"""Reasons by words of a server that refuses a connection, or of libpq; the first match counts."""

_MESSAGES = {
    "08": CONNECTION_BROKEN,
    "25006": "The database server is a standby, which nobody can write to: name the primary in READOUT_DATABASE_URL.",
    "40": CONNECTION_BROKEN,  # a standby cancels queries on rows that the primary has removed
    "42501": "The database refuses: give READOUT_DATABASE_URL's role its rights.",
    "42P01": OTHER_SCHEMA,
    "42": OTHER_SCHEMA,
    "53100": DISK_FULL,
    "53": "The database server has no room left for this: try again when it has less to do.",
    "55P03": LOCKED,
    "57014": TIMED_OUT,
    "57": CONNECTION_BROKEN,
    "58": "The database server cannot use its files: its log says why.",
    "XX000": "The database server failed: its log says why.",
    "XX": "The database is damaged: restore a backup; its server's log says how.",
}
"""Messages by the beginning of an SQLSTATE (documentation of PostgreSQL, appendix A); the first match counts."""


_REASONS = {
    "28": Reason.database_permission,
    "42501": Reason.database_permission,
    "53300": Reason.database_too_many_connections,
    "57P01": Reason.database_restarting,
    "57P02": Reason.database_restarting,
    "57P03": Reason.database_restarting,
}
"""Reasons by the beginning of an SQLSTATE, unless the class of the error has one."""


def translate_error(error: Any, database: str | None = None) -> Unavailable:
    """An error of PostgreSQL, or of a broken connection, as Unavailable: what it means and what to do."""
    cause, state = _one_line(error), getattr(error, "sqlstate", None) or "08"
    if state == "42P01" and "alembic_version" in cause:
        return Unavailable(NO_TABLES)
    message = next((text for prefix, text in _MESSAGES.items() if state.startswith(prefix)), UNKNOWN)
    error_class = _CLASSES.get(message, Unavailable)
    reason = next((reason for prefix, reason in _REASONS.items() if state.startswith(prefix)), None)
    if error_class is Interrupted and "timed out" in cause:  # TCP's user timeout
        reason = Reason.database_time_out
    return error_class(message, cause, reason)


_CLASSES = {LOCKED: DatabaseLocked, CONNECTION_BROKEN: Interrupted, TIMED_OUT: QueryTimeout}


def _one_line(error: psycopg.Error) -> str:
    """The server's message, without the SQL of the function in which the error occurred."""
    return " ".join(str(error).partition("\nCONTEXT:")[0].split())
