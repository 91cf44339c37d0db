"""Several processes that serve at one address: they count together, replace each other, and end together."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.db.read_pool import SqliteReadPool
from tests.api.conftest import World
from tests.api.processes import complete_lines, freeze, running, until
from tests.api.test_metrics import Measured, Values
from tests.databases import Databases
from tests.forked import Process

pytestmark = pytest.mark.sqlite  # how processes are kept does not turn on the database

WORKERS = 2
SLOW = """
import sys, time
from pathlib import Path
from app.__main__ import main
from app.api.resources import people

folder = Path(sys.argv[1])
route = next(route for route in people.router.routes if route.path == "/people")
list_people = route.endpoint

def slowly(**arguments):
    (folder / "asked").touch()
    while not (folder / "go").exists():
        time.sleep(0.01)
    return list_people(**arguments)

route.endpoint = slowly
main()
"""


@dataclass(frozen=True)
class Several(Measured):
    """Processes that serve, and their parent."""

    parent: Process
    log: Path

    def events(self, event: str) -> list[dict[str, Any]]:
        return [line for line in complete_lines(self.log) if line["event"].startswith(event)]

    def workers(self) -> list[int]:
        """Those that run, once as many do as should."""
        children = Path(f"/proc/{self.parent.pid}/task/{self.parent.pid}/children")
        return until(lambda: len(pids := [*map(int, children.read_text().split())]) == WORKERS and pids) or []


@contextmanager
def serving(database: str, folder: Path, *command: str) -> Iterator[Several]:
    log, settings = folder / "log", {"READOUT_METRICS_PORT": "0", "WEB_CONCURRENCY": str(WORKERS)}
    with running(*command, database=database, log=log, **settings) as (parent, address):
        (line,) = Several(address, "", database, parent, log).events("serving")
        yield Several(address, line["metrics"], database, parent, log)


@pytest.fixture
def several(world: World, databases: Databases, tmp_path: Path) -> Iterator[Several]:
    with serving(databases.copy(world.database), tmp_path) as running:
        yield running


@pytest.fixture
def slow(world: World, databases: Databases, tmp_path: Path) -> Iterator[Several]:
    """Processes that answer `/people` with a filter when there is a file `go`, and then tell `asked`."""
    with serving(databases.copy(world.database), tmp_path, sys.executable, "-c", SLOW, str(tmp_path)) as running:
        yield running


def test_workers_share_requests_and_metrics(several: Several) -> None:
    ids = [httpx.get(f"{several.address}/livez").headers["X-Request-ID"] for _ in range(100)]
    assert len(set(ids)) == 100
    values = several.wait_for(lambda values: counted(values) == 100)
    assert values["readout_workers",] == WORKERS
    assert values["readout_readers", "reading"] == SqliteReadPool.read_threads * WORKERS
    several.wait_for(lambda values: sum(n for key, n in values.items() if key[0] == "readout_dataset_workers") == 2)
    assert {line["request_id"] for line in several.events("request")} >= set(ids)


def test_every_process_has_the_metrics_of_a_process(several: Several) -> None:
    workers = several.workers()
    values = several.wait_for(lambda values: {("process_cpu_seconds_total", row) for row in "01"} <= values.keys())
    for name in ("resident_memory_bytes", "open_fds", "start_time_seconds"):
        of_processes = {key[1]: value for key, value in values.items() if key[0] == f"process_{name}"}
        assert of_processes.keys() == {"0", "1", "supervisor"} and min(of_processes.values()) > 0
    (victim, _), started = workers, values["process_start_time_seconds", "0"]
    os.kill(victim, signal.SIGKILL)
    several.wait_for(lambda values: values.get(("process_start_time_seconds", "0"), 0) > started)


def counted(values: Values) -> float:
    return values.get(("readout_http_requests_total", "GET", "/livez", "200"), 0)


def test_a_worker_that_dies_is_replaced_and_its_counts_stay(several: Several) -> None:
    for _ in range(50):
        httpx.get(f"{several.address}/livez")
    several.wait_for(lambda values: counted(values) == 50)
    for number, victim in enumerate(several.workers(), start=1):
        os.kill(victim, signal.SIGKILL)
        several.wait_for(lambda values, number=number: values["readout_worker_restarts_total",] == number)  # type: ignore[misc]
        assert victim not in several.workers()
        until(lambda: ok(f"{several.address}/livez"))
    assert {line["status"] for line in several.events("worker ended")} == {-signal.SIGKILL}
    several.wait_for(lambda values: counted(values) > 50)


def ok(address: str) -> bool:
    """Whether an address answers; a connection that the killed one had taken is lost."""
    try:
        return httpx.get(address).status_code == 200
    except httpx.TransportError:
        return False


def test_requests_in_flight_get_a_response_before_the_stop(slow: Several, tmp_path: Path) -> None:
    answers: list[httpx.Response] = []
    asking = threading.Thread(
        target=lambda: answers.append(httpx.get(f"{slow.address}/people?id=jane-roe", timeout=60))
    )
    asking.start()
    until((tmp_path / "asked").exists)
    workers = slow.workers()
    slow.parent.send_signal(signal.SIGTERM)
    until(lambda: slow.events("Shutting down"))
    (tmp_path / "go").touch()
    assert slow.parent.wait(timeout=60) == 0
    asking.join()
    assert [answer.json()["items"][0]["id"] for answer in answers] == ["jane-roe"]
    assert not any(map(is_running, workers))
    with pytest.raises(httpx.ConnectError):
        httpx.get(slow.address)


def test_a_worker_that_does_not_stop_is_killed(world: World, databases: Databases, tmp_path: Path) -> None:
    code = "from app.server import supervisor; supervisor.SHUTDOWN_SECONDS = 0.5; from app.__main__ import main; main()"
    with serving(databases.copy(world.database), tmp_path, sys.executable, "-c", code) as several:
        workers = several.workers()
        freeze(workers[0])
        several.parent.send_signal(signal.SIGINT)
        assert several.parent.wait(timeout=60) == 0
        assert not any(map(is_running, workers))
        # On a busy machine the other may need longer than its half second too.
        assert workers[0] in [line["pid"] for line in several.events("worker killed")]


def test_no_worker_survives_its_parent(several: Several) -> None:
    workers = several.workers()
    httpx.get(f"{several.address}/livez")
    several.parent.kill()
    several.parent.wait()
    until(lambda: not any(map(is_running, workers)))
    with pytest.raises(httpx.ConnectError):
        httpx.get(several.address)


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
