"""Why the database refused, by PostgreSQL's own codes: what a test with a server cannot have at will."""

import psycopg
import pytest
from psycopg import errors

from app.db.engines import translate_error
from app.db.postgresql import unreachable
from app.refusal_counts import Reason

CODES: dict[type[psycopg.Error], Reason] = {
    errors.TooManyConnections: Reason.database_too_many_connections,
    errors.InsufficientPrivilege: Reason.database_permission,
    errors.InvalidPassword: Reason.database_permission,
    errors.AdminShutdown: Reason.database_restarting,
    errors.CrashShutdown: Reason.database_restarting,
    errors.CannotConnectNow: Reason.database_restarting,
    errors.LockNotAvailable: Reason.database_time_out,
    errors.QueryCanceled: Reason.read_too_long,
    errors.ConnectionFailure: Reason.database_lost,
    errors.SerializationFailure: Reason.database_lost,
    errors.UndefinedTable: Reason.database_unusable,
    errors.DiskFull: Reason.database_unusable,
    errors.DataCorrupted: Reason.database_unusable,
}


@pytest.mark.parametrize("error", CODES, ids=lambda error: error.__name__)
def test_the_reason_for_a_code(error: type[psycopg.Error]) -> None:
    translated = translate_error(error("what the server says"))
    assert (translated.reason, translated.cause) == (CODES[error], "what the server says")


WORDS = {
    "FATAL:  sorry, too many clients already": Reason.database_too_many_connections,
    "FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute": Reason.database_too_many_connections,
    'FATAL:  too many connections for database "d"': Reason.database_too_many_connections,
    "FATAL:  the database system is starting up": Reason.database_restarting,
    "FATAL:  the database system is in recovery mode": Reason.database_restarting,
    "FATAL:  the database system is not yet accepting connections": Reason.database_restarting,
    'FATAL:  password authentication failed for user "me"': Reason.database_permission,
    'FATAL:  role "me" does not exist': Reason.database_permission,
    'FATAL:  no pg_hba.conf entry for host "::1"': Reason.database_permission,
    "fe_sendauth: no password supplied": Reason.database_permission,
    'FATAL:  permission denied for database "d"': Reason.database_permission,
    'FATAL:  database "d" does not exist': Reason.database_unusable,
    "connection timeout expired": Reason.database_time_out,
    "could not receive data from server: Connection timed out": Reason.database_time_out,
    "connection refused": Reason.database_lost,
    'connection to server at "password.example", port 5432 failed: connection refused': Reason.database_lost,
    "failed to resolve host 'role timeout'": Reason.database_lost,
    "[Errno -2] Name or service not known": Reason.database_lost,
}


@pytest.mark.parametrize("words", WORDS)
def test_the_reason_for_a_connection_that_is_refused(words: str) -> None:
    assert unreachable(psycopg.OperationalError(f"connection failed: {words}")).reason == WORDS[words]


def test_a_connection_that_breaks_silently_is_a_time_out() -> None:
    error = psycopg.OperationalError("consuming input failed: could not receive data from server: Connection timed out")
    assert translate_error(error).reason is Reason.database_time_out
    assert translate_error(psycopg.OperationalError("the connection is closed")).reason is Reason.database_lost
