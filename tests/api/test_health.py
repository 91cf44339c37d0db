"""Liveness and readiness: what a real read of the database and the event loops of all workers say, and how soon."""

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import pytest

from app.db.sqlite import file_of
from seed.store.migration import migrate
from tests.amounts import READY_SECONDS, TURN_SECONDS
from tests.api.conftest import Serve, World
from tests.api.failing import is_answered
from tests.api.processes import PATIENCE, freeze, until
from tests.api.serving import problem, serving
from tests.api.test_overload import LIST, SEARCH, crowd
from tests.api.test_workers import Several
from tests.api.test_workers import serving as serving_workers
from tests.api.world import write_congress
from tests.databases import Databases, execute, load_records
from tests.postgresql import Server, server

pytestmark = pytest.mark.usefixtures("quick_readiness")


def test_readiness_waits_in_no_queue(world: World, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.work_queue.MAX_WAITING", 0)
    served = serve(of=world.database)
    with crowd(served) as many:
        many.occupy(LIST, served.app.state.read_pool.read_threads)
        many.occupy(SEARCH, served.app.state.read_pool.search_threads)
        problem(served.get("/people?party=rus"), 503, "unavailable")
        assert is_answered(served)
        read_until = served.app.state.readiness.ready_until
        until(lambda: served.app.state.readiness.ready_until > read_until)
        many.let_go()


def test_a_database_that_becomes_unusable_is_told_by_the_next_read(serve: Serve, world: World) -> None:
    served = serve(of=world.database)
    execute(served.database, "UPDATE alembic_version SET version_num = '9999'")
    until(lambda: "schema 9999" in served.get("/readyz").text)
    problem(served.get("/readyz"), 503, "unavailable")


def test_a_table_that_cannot_be_read_is_told(serve: Serve, world: World) -> None:
    """It is a read of data, and not only of the version."""
    served = serve(of=world.database)
    execute(served.database, "ALTER TABLE meeting RENAME TO away", linked=False)
    until(lambda: "another schema" in served.get("/readyz").text)
    problem(served.get("/readyz"), 503, "unavailable")


@pytest.mark.sqlite
def test_a_short_lock_leaves_the_service_ready_and_a_long_one_does_not(
    world: World, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = databases.copy(world.database)
    with closing(sqlite3.connect(file_of(database), isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")  # under write-ahead logging nobody can keep a reader out
        with serving(database) as served:
            other.execute("BEGIN EXCLUSIVE")
            until(lambda: "another program" in str(served.app.state.readiness.failure))
            assert is_answered(served)
            monkeypatch.setattr("app.db.readiness.monotonic", lambda: monotonic() + 10)
            assert "another program" in problem(served.get("/readyz"), 503, "unavailable")["detail"]
            other.execute("ROLLBACK")
            until(lambda: is_answered(served))


@pytest.fixture(scope="module")
def own_server(postgresql: Server) -> Iterator[Server]:
    """A server that a test freezes, and that has a dataset."""
    with server() as own:
        yield own


@pytest.mark.long
def test_a_frozen_server_is_told_after_the_bound(
    own_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.readiness.MAX_AGE_SECONDS", READY_SECONDS)
    migrate(url := own_server.create("frozen"))
    load_records(url, write_congress(tmp_path / "congress"))
    with serving(url) as served:
        until(lambda: is_answered(served))
        own_server.freeze()
        try:
            until(lambda: not is_answered(served))
            problem(served.get("/readyz"), 503, "unavailable")
        finally:
            own_server.thaw()
        until(lambda: is_answered(served))


SOON = """
import sys
from app.server import metrics_port
metrics_port.MAX_TURN_SECONDS = float(sys.argv[1])
from app.__main__ import main
main()
"""
"""The service with an event loop that counts as hung sooner."""

HANGING = """
import time
from pathlib import Path
from app.api.endpoints import health

route = next(route for route in health.router.routes if route.path == "/version")

def hang():
    while not Path(sys.argv[2]).exists():
        time.sleep(0.01)
    return {}

route.endpoint = hang
"""
"""An endpoint that stops the event loop until a file is there."""


@contextmanager
def probed(database: str, folder: Path, code: str, *arguments: object) -> Iterator[Several]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    with serving_workers(database, folder, *command) as several:
        until(lambda: probe(several, "/livez") == probe(several, "/readyz") == (200, {"status": "ok"}))
        yield several


def probe(several: Several, path: str) -> tuple[int, Any]:
    """The status and the document at a path of the metrics port."""
    response = httpx.get(httpx.URL(several.metrics).copy_with(path=path), timeout=PATIENCE)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == f"application/{'json' if response.is_success else 'problem+json'}"
    return response.status_code, response.json()


@pytest.mark.long
@pytest.mark.sqlite
def test_the_metrics_port_tells_of_a_worker_that_stands_still(
    world: World, databases: Databases, tmp_path: Path
) -> None:
    """A stopped process accepts no connection, so it takes no probe from the other, however often it is asked."""
    with probed(databases.copy(world.database), tmp_path, SOON, TURN_SECONDS) as several:
        (first, _) = several.workers()
        freeze(first)
        until(lambda: probe(several, "/livez")[0] == 503)
        for _ in range(20):
            status, document = probe(several, "/livez")
            assert (status, document["detail"].split(" hangs")[0]) == (503, "Worker 0")
        os.kill(first, signal.SIGCONT)
        until(lambda: probe(several, "/livez")[0] == 200)


@pytest.mark.long
@pytest.mark.sqlite
def test_the_metrics_port_tells_of_its_own_event_loop(world: World, databases: Databases, tmp_path: Path) -> None:
    """Both workers hang, and their own threads say so."""
    go = tmp_path / "go"
    code = SOON.replace("from app.__main__", HANGING + "from app.__main__")
    with probed(databases.copy(world.database), tmp_path, code, TURN_SECONDS, go) as several:

        def both_hang() -> bool:
            with suppress(httpx.TimeoutException):
                httpx.get(f"{several.address}/version", timeout=0.5)  # one more hangs, if one is left
            return str(probe(several, "/livez")[1].get("detail")).count(" hangs: ") == 2

        until(both_hang)
        go.touch()
        until(lambda: probe(several, "/livez")[0] == 200)


@pytest.mark.sqlite
def test_the_metrics_port_is_ready_when_every_worker_is(world: World, databases: Databases, tmp_path: Path) -> None:
    database = databases.copy(world.database)
    with probed(database, tmp_path, SOON, PATIENCE) as several:
        file_of(database).rename(tmp_path / "away.db")
        until(lambda: probe(several, "/readyz")[1].get("detail", "").count("cannot read the database") == 2)
        assert probe(several, "/livez")[0] == 200
        (tmp_path / "away.db").rename(file_of(database))
        until(lambda: probe(several, "/readyz")[0] == 200)
