"""More than the service can read at once: it refuses what would wait too long, serves the rest, and is itself again."""

import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from app.db.read_pool import READ_THREADS, SEARCH_THREADS
from tests.api.conftest import Serve, World
from tests.api.processes import running
from tests.api.serving import Json, Served, before_statements, problem, until
from tests.api.world import CONGRESS, write_congress
from tests.databases import Databases

LIST, ANOTHER, SEARCH = "/people?party=uto", "/people?meeting=bare", "/search?q=congress"
PATIENCE = 30


@pytest.fixture
def own(world: World, serve: Serve) -> Served:
    """The world in a server of the test's own."""
    return serve(of=world.database)


class Crowd:
    """Requests whose reads stand still until they are let go."""

    def __init__(self, served: Served, begun: threading.Semaphore, gate: threading.Event) -> None:
        self._served, self._begun, self._gate = served, begun, gate
        self._clients = ThreadPoolExecutor(50)
        self._answers: list[Future[httpx.Response]] = []

    def occupy(self, address: str, threads: int) -> None:
        """Have as many threads read, and wait until all of them do."""
        self.ask(address, threads)
        for _ in range(threads):
            assert self._begun.acquire(timeout=PATIENCE)

    def ask(self, address: str, times: int) -> list[Future[httpx.Response]]:
        url = f"{self._served.client.base_url}{address}"
        answers = [self._clients.submit(httpx.get, url, timeout=PATIENCE) for _ in range(times)]
        self._answers += answers
        return answers

    def let_go(self) -> list[int]:
        """The statuses that all are answered with."""
        self._gate.set()
        return [answer.result(PATIENCE).status_code for answer in self._answers]


@contextmanager
def crowd(served: Served) -> Iterator[Crowd]:
    begun, gate = threading.Semaphore(0), threading.Event()

    def stand_still(_: object) -> None:
        if not gate.is_set() and threading.current_thread().name.startswith(("reading", "searching")):
            begun.release()
            assert gate.wait(PATIENCE)

    with before_statements(stand_still):
        many = Crowd(served, begun, gate)
        try:
            yield many
        finally:
            many.let_go()


def refused(answer: httpx.Response) -> Json:
    """The problem that there is too much to read, with all that every answer has."""
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Request-ID"] and answer.headers["Readout-Dataset"]
    return problem(answer, 503, "unavailable")


@pytest.mark.sqlite  # of a server, an item waits in line too
def test_slow_reads_are_refused_and_all_others_are_served(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.work_queue.MAX_WAITING", 0)
    kept = [own.get(LIST) for _ in range(3)][-1]
    with crowd(own) as many:
        many.occupy(ANOTHER, READ_THREADS)
        assert "more to read" in refused(own.get("/people?party=rus"))["detail"]
        for address in (LIST, "/livez", "/readyz", f"/meetings/{CONGRESS}", "/people?limit=3"):
            assert own.get(address).status_code == 200, address
        assert own.get(LIST, headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304
        assert many.let_go() == [200] * READ_THREADS
    assert own.get("/people?party=rus").status_code == 200


def test_requests_wait_up_to_the_limit_and_get_a_response(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.work_queue.MAX_WAITING", 5)
    with crowd(own) as many:
        many.occupy(LIST, READ_THREADS)
        answered = as_completed(many.ask(ANOTHER, 30), PATIENCE)
        for _ in range(25):
            refused(next(answered).result())
        assert sorted(many.let_go()) == [200] * (READ_THREADS + 5) + [503] * 25


def test_a_request_that_waited_too_long_is_refused(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with crowd(own) as many:
        many.occupy(LIST, READ_THREADS)
        monkeypatch.setattr("app.db.work_queue.MAX_WAIT_SECONDS", 0.01)
        refused(own.get(ANOTHER))
        assert many.let_go() == [200] * READ_THREADS
    assert own.get(ANOTHER).status_code == 200


@pytest.mark.parametrize("pipelined", [0, 3])
def test_a_disconnected_client_leaves_the_queue(own: Served, monkeypatch: pytest.MonkeyPatch, pipelined: int) -> None:
    monkeypatch.setattr("app.db.work_queue.MAX_WAIT_SECONDS", 2 * PATIENCE)
    lane, url = own.app.state.read_pool.read_queue, own.client.base_url
    with crowd(own) as many:
        many.occupy(LIST, READ_THREADS)
        with own.statements() as sent:
            with socket.create_connection((url.host, url.port or 80)) as leaving:
                leaving.sendall(b"GET /evidence?meeting=bare HTTP/1.1\r\nHost: x\r\n\r\n" * (1 + pipelined))
                until(lambda: lane.waiting == 1)
            until(lambda: lane.waiting == 0)
            assert many.let_go() == [200] * READ_THREADS
        assert not any("evidence" in statement for statement in sent)


def test_searches_leave_threads_to_other_reads(own: Served) -> None:
    with crowd(own) as many:
        many.occupy(SEARCH, SEARCH_THREADS)
        many.ask("/delegates?q=congress", 1)
        until(lambda: own.app.state.read_pool.search_queue.waiting == 1)
        many.occupy(LIST, READ_THREADS)
        assert many.let_go() == [200] * (SEARCH_THREADS + 1 + READ_THREADS)


@pytest.mark.sqlite
def test_a_query_of_a_file_times_out(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.read_pool.STEPS_BETWEEN_CHECKS", 1)
    monkeypatch.setattr("app.db.read_pool.QUERY_TIMEOUT_SECONDS", 0)
    assert "took too long" in refused(own.get(SEARCH))["detail"]
    assert own.get("/people?limit=3").status_code == 200


@pytest.mark.sqlite
def test_a_query_too_slow_for_the_event_loop_runs_in_a_thread(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.read_pool.STEPS_BETWEEN_CHECKS", 1)
    monkeypatch.setattr("app.db.read_pool.EVENT_LOOP_TIMEOUT_SECONDS", 0)
    own.app.state.read_pool.reconnect()
    threads: set[str] = set()
    with before_statements(lambda _: threads.add(threading.current_thread().name)):
        assert own.get("/people?limit=3").status_code == 200
    assert threads == {"reading_0"}


@pytest.mark.postgresql
def test_a_query_of_a_server_times_out(databases: Databases, tmp_path: Path) -> None:
    """Who locks a table keeps all others from reading it."""
    url = databases.loaded(write_congress(tmp_path / "congress"))
    shorter = "import app.db.timeouts as t; t.QUERY_TIMEOUT_SECONDS = 0.2; from app.__main__ import main; main()"
    service = running(sys.executable, "-c", shorter, database=url)
    with service as (_, address), httpx.Client(base_url=address, timeout=PATIENCE) as client:
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE person")
            answer = client.get("/people/jane-roe")
            assert answer.status_code == 503 and "took too long" in answer.json()["detail"]
            until(lambda: client.get("/dataset").status_code == 200)  # on a busy machine any query may time out
        until(lambda: client.get("/people/jane-roe").status_code == 200)


@pytest.mark.postgresql
def test_a_disconnected_client_is_logged_as_499(databases: Databases, tmp_path: Path) -> None:
    """Only `leaving` waits when it leaves: all others read."""
    url, log = databases.loaded(write_congress(tmp_path / "congress")), tmp_path / "log"
    with running(database=url, log=log) as (_, address), ExitStack() as stack:
        host, port = httpx.URL(address).host, httpx.URL(address).port or 80
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE person")
            clients = [
                stack.enter_context(socket.create_connection((host, port), PATIENCE)) for _ in range(READ_THREADS + 1)
            ]
            for client in clients:
                client.sendall(b"GET /people/jane-roe HTTP/1.1\r\nHost: x\r\n\r\n")
                assert httpx.get(f"{address}/livez").status_code == 200  # so that it has been read
            clients.pop().close()
            until(lambda: '"status":499' in log.read_text())
        assert {client.recv(12) for client in clients} == {b"HTTP/1.1 200"}
