"""Why a request failed is in its line of the log and in the metrics, and not in its response."""

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from app.refusal_counts import Reason
from tests.amounts import REFUSING_SERVERS
from tests.api.conftest import World
from tests.api.processes import complete_lines, running, until
from tests.api.test_metrics import Measured
from tests.databases import Databases
from tests.docs.markdown import OPERATING, code, sections, tables
from tests.postgresql import Server, server

PATH = "/people?party=uto"

Begin = Callable[[Server, ExitStack], str]
"""Has a server refuse, and returns the URL that is refused."""


@pytest.fixture(scope="module")
def own_server(postgresql: Server) -> Iterator[Server]:
    """A server that tests stop."""
    with server() as own:
        own.execute("CREATE ROLE reader LOGIN")
        yield own


def too_many(own: Server, stack: ExitStack) -> str:
    own.execute("ALTER ROLE reader CONNECTION LIMIT 0")
    stack.callback(own.execute, "ALTER ROLE reader CONNECTION LIMIT -1")
    return reader_url(own)


def no_login(own: Server, stack: ExitStack) -> str:
    own.execute("ALTER ROLE reader NOLOGIN")
    stack.callback(own.execute, "ALTER ROLE reader LOGIN")
    return reader_url(own)


def no_right(own: Server, stack: ExitStack) -> str:
    own.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num text)")
    own.execute("CREATE TABLE IF NOT EXISTS dataset_version (number int, digest text, loaded_at timestamptz)")
    return reader_url(own)


def silent(_: Server, stack: ExitStack) -> str:
    listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    return f"postgresql://reader@127.0.0.1:{listening.getsockname()[1]}/db?connect_timeout=2"


def gone(_: Server, __: ExitStack) -> str:
    return "postgresql://reader@127.0.0.1:1/db"


def stopping(own: Server, stack: ExitStack) -> str:
    """It waits for the one connection that is left."""
    stack.callback(own.start)
    connection = stack.enter_context(psycopg.connect(own.url("postgres")))
    own.run("pg_ctl", "stop", "--mode=smart", "--no-wait")
    until(lambda: refuses(own))
    stack.callback(until, lambda: not (own.data / "postmaster.pid").exists())
    stack.callback(connection.close)
    return reader_url(own)


def no_database(own: Server, _: ExitStack) -> str:
    return reader_url(own).replace("/postgres?", "/nowhere?")


def reader_url(own: Server) -> str:
    return own.url("postgres").replace("postgres@", "reader@")


def refuses(own: Server) -> bool:
    try:
        psycopg.connect(own.url("postgres")).close()
    except psycopg.OperationalError:
        return True
    return False


CAUSES: dict[Begin, tuple[Reason, str]] = {
    too_many: (Reason.database_too_many_connections, "too many connections for role"),
    no_login: (Reason.database_permission, "not permitted to log in"),
    no_right: (Reason.database_permission, "permission denied for table"),
    gone: (Reason.database_lost, "refused"),
    stopping: (Reason.database_restarting, "shutting down"),
    no_database: (Reason.database_unusable, "does not exist"),
    silent: (Reason.database_time_out, "timeout"),
}


@pytest.mark.long
@pytest.mark.parametrize("begin", list(CAUSES)[:REFUSING_SERVERS], ids=lambda begin: begin.__name__)
def test_a_request_that_a_server_refuses(own_server: Server, begin: Begin, tmp_path: Path) -> None:
    reason, cause = CAUSES[begin]
    with ExitStack() as stack:
        url = begin(own_server, stack)
        with refusing(url, tmp_path, reason) as line:
            assert cause in line["cause"]
            until(lambda: events(tmp_path / "log", "database unusable", reason))


def empty(databases: Databases, _: World) -> str:
    return databases.migrated()


def locked(databases: Databases, world: World) -> str:
    return databases.copy(world.database)


LOCKED = """
import app.db.read_pool, app.db.errors
from app.__main__ import main

def snapshot(*_):
    raise app.db.errors.DatabaseLocked(app.db.errors.LOCKED, "database is locked")

app.db.read_pool.ReadPool.snapshot = snapshot
main()
"""


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("make", "command", "reason"),
    [
        (empty, (), Reason.database_unusable),
        (locked, (sys.executable, "-c", LOCKED), Reason.database_time_out),
    ],
)
def test_a_request_that_a_file_refuses(
    make: Callable[[Databases, World], str],
    command: tuple[str, ...],
    reason: Reason,
    databases: Databases,
    world: World,
    tmp_path: Path,
) -> None:
    with refusing(make(databases, world), tmp_path, reason, *command):
        pass


@contextmanager
def refusing(database: str, folder: Path, reason: Reason, *command: str) -> Iterator[dict[str, Any]]:
    """The line of a request to a service over a database that refuses, which has the reason, as the metrics have."""
    log = folder / "log"
    with running(*command, database=database, log=log, READOUT_METRICS_PORT="0") as (_, address):
        answer = httpx.get(address + PATH, headers={"X-Request-ID": "refused"}, timeout=60)
        assert answer.status_code == 503
        line = line_of(log, "refused")
        assert (line["error"], line["reason"]) == (answer.json()["detail"][:250], reason)
        assert (line["cause"] or line["error"]) not in answer.text.replace(answer.json()["detail"], "")
        (serving,) = [each for each in complete_lines(log) if each["event"] == "serving"]
        measured = Measured(address, serving["metrics"], database)
        measured.wait_for(lambda values: values["readout_refused_total", reason] >= 1)
        until(lambda: events(log, "refused", reason))
        yield line


def line_of(log: Path, id: str) -> dict[str, Any]:
    (line,) = until(
        lambda: [each for each in complete_lines(log) if (each["event"], each.get("request_id")) == ("request", id)]
    )
    return line


def events(log: Path, event: str, reason: Reason) -> list[dict[str, Any]]:
    return [each for each in complete_lines(log) if (each["event"], each.get("reason")) == (event, reason)]


@pytest.mark.sqlite
def test_every_problem_has_its_sentence_in_the_log(world: World, databases: Databases, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(database=databases.copy(world.database), log=log) as (_, address):
        for number, path in enumerate(["/people/nobody", "/people?colour=r%C3%A9d", "/livez"]):
            answer = httpx.get(address + path, headers={"X-Request-ID": f"n{number}"})
            line = line_of(log, f"n{number}")
            detail = None if path == "/livez" else answer.json()["detail"].encode("ascii", "backslashreplace").decode()
            assert (line["error"], line["reason"], line["cause"]) == (detail, None, None)


def test_every_reason_is_documented_and_no_other() -> None:
    text = sections(OPERATING.read_text(), 2)
    documented = {
        name
        for heading in ("Overload", "Failures")
        for header, *rows in tables(text[heading])
        for column, title in enumerate(header)
        if "`reason`" in title
        for row in rows
        for name in code(row[column])
    }
    assert documented == {str(reason) for reason in Reason}
