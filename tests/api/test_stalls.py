"""A PostgreSQL server that stalls: no request waits for it for long, no thread is lost, and another server is read."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from app.db.errors import UNREACHABLE, Unavailable
from app.db.read_pool import PostgresqlReadPool, read_pool
from app.refusal_counts import Reason
from app.settings import Settings
from tests.api.failing import with_title
from tests.api.serving import PUBLIC_URL, Served, problem, serving, until
from tests.api.test_overload import LIST, Crowd, crowd
from tests.api.test_refusal_reasons import refuses
from tests.databases import load_records, of_server
from tests.postgresql import Server, server

pytestmark = pytest.mark.usefixtures("_impatient")


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server is silent after a fifth of a second, and a better one is looked for twenty times a second."""
    monkeypatch.setattr("app.db.watched_server.SILENCE_SECONDS", 0.2)
    monkeypatch.setattr("app.db.server_watcher.RETURN_SECONDS", 0.05)


@pytest.fixture(scope="module")
def frozen(postgresql: Server) -> Iterator[Server]:
    """A server that tests freeze."""
    with server() as own:
        yield own


@pytest.fixture
def database(frozen: Server, postgresql: Server, tmp_path: Path) -> str:
    """A database with one meeting on both servers, by its name."""
    name = f"stall{next(_numbers)}"
    for each in (frozen, postgresql):
        load_records(of_server(each).named(name), with_title(tmp_path, "Congress of Vienna"))
    return name


_numbers = count()


@pytest.fixture
def alone(frozen: Server, database: str) -> Iterator[Served]:
    """A service that reads a server which will freeze, and no other."""
    with serving(frozen.url(database), cache_mib=0) as served:
        yield served


@pytest.fixture
def with_another(frozen: Server, postgresql: Server, database: str) -> Iterator[Served]:
    """A service that reads a server which will freeze, and then another."""
    with serving(url_of(database, str(frozen.folder), str(postgresql.folder)), cache_mib=0) as served:
        yield served


def url_of(database: str, *hosts: str, ports: str = "") -> str:
    return f"postgresql://postgres@/{database}?host={','.join(hosts)}{ports and f'&port={ports}'}"


ALL = PostgresqlReadPool.quick_threads + PostgresqlReadPool.read_threads


@contextmanager
def all_threads_reading(served: Served) -> Iterator[Crowd]:
    """Requests that have begun to read, in every thread for lists."""
    with crowd(served) as many:
        many.occupy("/people?limit=3", PostgresqlReadPool.quick_threads)
        many.occupy(LIST, PostgresqlReadPool.read_threads)
        yield many


def test_a_server_that_freezes_holds_no_thread(frozen: Server, alone: Served) -> None:
    with all_threads_reading(alone) as many:
        frozen.freeze()
        assert many.let_go() == [503] * ALL
    document = problem(alone.get(LIST), 503, "unavailable")
    assert document["detail"].startswith("The database server that READOUT_DATABASE_URL names cannot be reached")
    frozen.thaw()
    until(lambda: alone.get(LIST).status_code == 200)
    with all_threads_reading(alone) as many:
        assert many.let_go() == [200] * ALL


def test_reads_go_on_at_another_server_and_return(frozen: Server, with_another: Served) -> None:
    """Not one request fails, also of those that a frozen server has begun."""
    pool = with_another.app.state.read_pool
    assert pool.server_index == 0
    with all_threads_reading(with_another) as many:
        frozen.freeze()
        assert many.let_go() == [200] * ALL
    assert pool.server_index == 1
    frozen.thaw()
    until(lambda: pool.server_index == 0)
    with all_threads_reading(with_another) as many:
        assert many.let_go() == [200] * ALL


def test_reads_go_on_at_another_server_before_the_watcher_knows(
    frozen: Server, postgresql: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread whose connection breaks has the watcher look."""
    monkeypatch.setattr("app.db.server_watcher.POLL_SECONDS", 3600)
    with ExitStack() as stack:
        served = stack.enter_context(serving(url_of(database, str(frozen.folder), str(postgresql.folder)), cache_mib=0))
        with all_threads_reading(served) as many:
            stack.callback(frozen.recover)
            frozen.kill()
            assert many.let_go() == [200] * ALL


def test_a_connection_that_fails_while_another_server_is_chosen_is_made_to_that(
    with_another: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watcher has lost the server at that moment."""
    pool = with_another.app.state.read_pool
    connect, tries = pool._connect_to_chosen, count()

    def fail_once() -> object:
        if next(tries) > 0:
            return connect()
        pool.lose_server()
        raise Unavailable(UNREACHABLE, reason=Reason.database_lost)

    monkeypatch.setattr(pool, "_connect_to_chosen", fail_once)
    pool.reconnect()
    assert with_another.get(LIST).status_code == 200


def test_a_server_that_stops_is_left_though_it_still_responds_to_some(frozen: Server, with_another: Served) -> None:
    """It refuses new connections, and waits for the end of those that it has, such as the watcher's."""
    with ExitStack() as stack:
        stack.callback(frozen.recover)
        stack.callback(until, lambda: not (frozen.data / "postmaster.pid").exists())
        connection = stack.enter_context(psycopg.connect(frozen.url("postgres")))
        frozen.run("pg_ctl", "stop", "--mode=smart", "--no-wait")
        until(lambda: refuses(frozen))
        assert with_another.get(LIST).status_code == 200
        assert with_another.app.state.read_pool.server_index == 1
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_one_connection_that_stalls_costs_one_read(
    frozen: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only its deadline ends that: the server itself responds."""
    monkeypatch.setattr("app.db.read_pool.QUERY_TIMEOUT_SECONDS", 2.5)
    with ExitStack() as stack, serving(frozen.url(database), cache_mib=0) as served:
        assert served.get(LIST).status_code == 200
        for connection in served.app.state.read_pool.connections:
            stack.callback(os.kill, connection.info.backend_pid, signal.SIGCONT)
            os.kill(connection.info.backend_pid, signal.SIGSTOP)
        assert "took too long" in problem(served.get(LIST), 503, "unavailable")["detail"]
        assert served.get(LIST).status_code == 200


def test_a_silent_server_does_not_hide_the_next_one(database: str, postgresql: Server, tmp_path: Path) -> None:
    """Nobody answers the first packet to it; a load on the next one is seen as always."""
    with silent_port() as port:
        url = url_of(database, "127.0.0.1", str(postgresql.folder), ports=f"{port},5432")
        with serving(url) as served:
            assert served.get(LIST).status_code == 200
            assert served.app.state.read_pool.server_index == 1
            version = load_records(postgresql.url(database), with_title(tmp_path, "Another")).version
            until(lambda: served.get("/livez").headers["Readout-Dataset"] == version)
            assert served.get(LIST).headers["Readout-Dataset"] == version


@contextmanager
def silent_port() -> Iterator[int]:
    """A port that drops who wants to connect: as many connections as may wait for their acceptance do."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(2):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]


def test_hosts_and_ports_that_do_not_match_are_refused() -> None:
    settings = Settings(database_url=url_of("d", "a", "b", "c", ports="1,2"), public_url=PUBLIC_URL)
    with pytest.raises(Unavailable, match="lists of hosts and ports that do not match"):
        read_pool(settings)
