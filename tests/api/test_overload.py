"""More than the service can read at once: it refuses what would wait too long, serves the rest, and is itself again."""

import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from app.db.read_pool import PostgresqlReadPool, ReadPool
from app.http.representations import BufferedResponse, Representation
from app.search.folder import OpenIndex, SearchFolder
from tests.api.conftest import Serve, World
from tests.api.processes import running
from tests.api.serving import Json, Served, before_statements, problem, until
from tests.api.world import CONGRESS, write_congress
from tests.databases import Databases, execute

LIST, ANOTHER, SEARCH = "/people?party=uto", "/people?meeting=bare", "/search?q=congress"
PATIENCE = 30


@pytest.fixture
def own(world: World, serve: Serve) -> Served:
    """The world in a server of the test's own."""
    served = serve(of=world.database)
    served.index()
    return served


@pytest.fixture
def pool(own: Served) -> ReadPool:
    """What it reads with."""
    return own.app.state.read_pool  # type: ignore[no-any-return]


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
        answers = [self._clients.submit(self._served.get, address) for _ in range(times)]
        self._answers += answers
        return answers

    def let_go(self) -> list[int]:
        """The statuses that all are answered with."""
        self._gate.set()
        return [answer.result(PATIENCE).status_code for answer in self._answers]


@contextmanager
def crowd(served: Served, *queues: str) -> Iterator[Crowd]:
    """Requests whose reads stand still in the threads of some queues, by default of all."""
    held = queues or ("quick", "reading", "searching")
    begun, gate = threading.Semaphore(0), threading.Event()

    def stand_still(_: object) -> None:
        if not gate.is_set() and threading.current_thread().name.startswith(held):
            begun.release()
            assert gate.wait(PATIENCE)

    open_index = SearchFolder.open

    def opened(folder: SearchFolder) -> OpenIndex:
        stand_still(folder)
        return open_index(folder)

    with before_statements(stand_still), pytest.MonkeyPatch.context() as patch:
        patch.setattr(SearchFolder, "open", opened)
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


def test_slow_reads_are_refused_and_all_others_are_served(
    own: Served, pool: ReadPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.work_queue.MAX_WAITING", 0)
    kept = [own.get(LIST) for _ in range(3)][-1]
    with crowd(own, "reading") as many:
        many.occupy(ANOTHER, pool.read_threads)
        assert "more to read" in refused(own.get("/people?party=rus"))["detail"]
        for address in (LIST, "/livez", "/readyz", f"/meetings/{CONGRESS}", "/people?limit=3"):
            assert own.get(address).status_code == 200, address
        assert own.get(LIST, headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304
        assert many.let_go() == [200] * pool.read_threads
    assert own.get("/people?party=rus").status_code == 200


def test_requests_wait_up_to_the_limit_and_get_a_response(
    own: Served, pool: ReadPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.work_queue.MAX_WAITING", 5)
    with crowd(own) as many:
        many.occupy(LIST, pool.read_threads)
        answered = as_completed(many.ask(ANOTHER, 30), PATIENCE)
        for _ in range(25):
            refused(next(answered).result())
        assert sorted(many.let_go()) == [200] * (pool.read_threads + 5) + [503] * 25


def test_a_request_that_waited_too_long_is_refused(
    own: Served, pool: ReadPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with crowd(own) as many:
        many.occupy(LIST, pool.read_threads)
        monkeypatch.setattr("app.db.work_queue.MAX_WAIT_SECONDS", 0.01)
        refused(own.get(ANOTHER))
        assert many.let_go() == [200] * pool.read_threads
    assert own.get(ANOTHER).status_code == 200


@pytest.mark.parametrize("pipelined", [0, 3])
def test_a_disconnected_client_leaves_the_queue(
    own: Served, pool: ReadPool, monkeypatch: pytest.MonkeyPatch, pipelined: int
) -> None:
    monkeypatch.setattr("app.db.work_queue.MAX_WAIT_SECONDS", 2 * PATIENCE)
    lane, url = pool.read_queue, own.client.base_url
    with crowd(own) as many:
        many.occupy(LIST, pool.read_threads)
        with own.statements() as sent:
            with socket.create_connection((url.host, url.port or 80)) as leaving:
                leaving.sendall(b"GET /evidence?meeting=bare HTTP/1.1\r\nHost: x\r\n\r\n" * (1 + pipelined))
                until(lambda: lane.waiting == 1)
            until(lambda: lane.waiting == 0)
            assert many.let_go() == [200] * pool.read_threads
        assert not any("evidence" in statement for statement in sent)


def test_searches_and_other_dear_reads_leave_threads_to_each_other(own: Served, pool: ReadPool) -> None:
    with crowd(own) as many:
        many.occupy(SEARCH, pool.search_threads)
        many.ask("/search?q=doors", 1)
        until(lambda: pool.search_queue.waiting == 1)
        many.occupy(LIST, pool.read_threads)
        many.ask(ANOTHER, 1)
        until(lambda: pool.read_queue.waiting == 1)
        many.occupy("/people?limit=3", pool.quick_threads)
        assert many.let_go() == [200] * (pool.search_threads + pool.read_threads + pool.quick_threads + 2)


DEAR = [
    *("/people?limit=21", "/people?party=uto", "/changes?since=0", "/", f"/read/{CONGRESS}", "/read/people/jane-roe"),
    *(f"/meetings/{CONGRESS}/readout", "/sources/gazette/text"),
]
CHEAP = [
    *(f"/meetings/{CONGRESS}", "/people/jane-roe", "/dataset", "/people", "/meetings?limit=20&sort=-id", "/livez"),
    *("/version", "/problems/gone", "/people/nobody", "/read/static/reader.js", "/nothing", "/exports/people.csv"),
    *("/openapi.json", "/docs", "/docs/docs.js"),
]


@pytest.mark.parametrize("address", DEAR)
def test_dear_requests_wait_for_each_other(own: Served, pool: ReadPool, address: str) -> None:
    with crowd(own) as many:
        many.occupy(LIST, pool.read_threads)
        many.ask(address, 1)
        until(lambda: pool.read_queue.waiting == 1)
        assert many.let_go() == [200] * (pool.read_threads + 1)


def test_cheap_requests_wait_for_no_dear_ones(own: Served, pool: ReadPool) -> None:
    """New connections are accepted meanwhile, too: each request has one of its own."""
    with crowd(own, "reading", "searching") as many:
        many.occupy(SEARCH, pool.search_threads)
        many.occupy(LIST, pool.read_threads)
        for address in CHEAP:
            answer = httpx.get(f"{own.client.base_url}{address}", timeout=PATIENCE)
            assert answer.status_code in (200, 404), address
            assert pool.read_queue.waiting == 0
        many.let_go()


@pytest.mark.sqlite
def test_a_query_of_a_file_times_out(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.read_pool.STEPS_BETWEEN_CHECKS", 1)
    monkeypatch.setattr("app.db.read_pool.QUERY_TIMEOUT_SECONDS", 0)
    assert "took too long" in refused(own.get(LIST))["detail"]
    assert own.get("/people/jane-roe").status_code == 200


def threads_of(served: Served, address: str, **options: Any) -> set[str]:
    """The names of the threads that read the database for a request."""
    threads: set[str] = set()
    with before_statements(lambda _: threads.add(threading.current_thread().name)):
        assert served.get(address, **options).status_code == 200
    return threads


LISTS = [
    "/people",
    "/meetings?limit=100",
    "/people?party=uto",
    "/people?q=roe",
    "/",
    f"/meetings/{CONGRESS}/readout",
    "/changes",
]


@pytest.mark.parametrize("address", LISTS)
def test_no_list_and_no_page_is_read_in_the_event_loop(own: Served, address: str) -> None:
    (thread,) = threads_of(own, address)
    assert thread.startswith(("quick", "reading", "searching"))


@pytest.mark.postgresql
def test_no_item_of_a_server_is_read_in_the_event_loop(own: Served) -> None:
    (thread,) = threads_of(own, f"/meetings/{CONGRESS}")
    assert thread.startswith("quick")


@pytest.mark.sqlite
def test_an_item_of_a_file_is_read_in_the_event_loop_within_a_budget(own: Served) -> None:
    (thread,) = threads_of(own, f"/meetings/{CONGRESS}")
    assert not thread.startswith(("quick", "reading", "searching"))


@pytest.mark.sqlite
def test_an_item_of_many_rows_starts_again_in_a_thread(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.read_pool.EVENT_LOOP_STEPS_BETWEEN_CHECKS", 1)
    monkeypatch.setattr("app.db.read_pool.MAX_EVENT_LOOP_STEPS", 100)
    own.app.state.read_pool.reconnect()
    assert "quick_0" in threads_of(own, f"/meetings/{CONGRESS}")


@pytest.mark.sqlite
def test_an_item_with_a_long_value_starts_again_in_a_thread(own: Served) -> None:
    execute(own.database, f"UPDATE meeting SET summary = '{'x' * 70_000}' WHERE id = '{CONGRESS}'")
    assert "quick_0" in threads_of(own, f"/meetings/{CONGRESS}", headers={"Accept-Encoding": "identity"})


@pytest.mark.sqlite
@pytest.mark.parametrize(("coding", "threads"), [("identity", set()), ("gzip", {"quick_0"})])
def test_a_long_item_is_compressed_in_a_thread(own: Served, coding: str, threads: set[str]) -> None:
    execute(own.database, f"UPDATE meeting SET summary = '{'x' * 40_000}' WHERE id = '{CONGRESS}'")
    found = threads_of(own, f"/meetings/{CONGRESS}", headers={"Accept-Encoding": coding})
    assert {name for name in found if name.startswith("quick")} == threads


@pytest.fixture
def compressing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the threads that compress responses."""
    threads: list[str] = []
    compress = BufferedResponse._encode

    def encode(self: BufferedResponse, coding: str) -> Representation:
        if coding != "identity":
            threads.append(threading.current_thread().name)
        return compress(self, coding)

    monkeypatch.setattr(BufferedResponse, "_encode", encode)
    return threads


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_long_response_is_compressed_in_a_thread_once(own: Served, compressing: list[str], coding: str) -> None:
    """Also if it is cached already, in another coding."""
    address = "/openapi.json"
    for _ in range(3):
        own.get(address, headers={"Accept-Encoding": "identity"})
    contents = [own.get(address, headers={"Accept-Encoding": coding}).content for _ in range(3)]
    assert [name.partition("_")[0] for name in compressing] == ["quick"]
    contents += [own.get(address, headers={"Accept-Encoding": "identity"}).content]
    assert len(compressing) == 1 and len(set(contents)) == 1


@pytest.mark.postgresql
def test_a_query_of_a_server_times_out(databases: Databases, tmp_path: Path) -> None:
    """Who locks a table keeps all others from reading it."""
    url = databases.loaded(write_congress(tmp_path / "congress"))
    shorter = "import app.db.timeouts as t; t.QUERY_TIMEOUT_SECONDS = 3; from app.__main__ import main; main()"
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
                stack.enter_context(socket.create_connection((host, port), PATIENCE))
                for _ in range(PostgresqlReadPool.quick_threads + 1)
            ]
            for client in clients:
                client.sendall(b"GET /people/jane-roe HTTP/1.1\r\nHost: x\r\n\r\n")
                assert httpx.get(f"{address}/livez").status_code == 200  # so that it has been read
            clients.pop().close()
            until(lambda: '"status":499' in log.read_text())
        assert {client.recv(12) for client in clients} == {b"HTTP/1.1 200"}
