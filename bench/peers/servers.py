"""Server processes, each on one core: start, stop, CPU time and memory."""

import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import httpx

from bench.datasets import FOLDER, Dataset

DATASETTE_PYTHON = FOLDER / "datasette" / "bin" / "python"

_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORES, LOAD_CORE = _CORES[:-1] or _CORES, _CORES[-1]
"""The cores of the servers, and that of the load."""

_TICKS = os.sysconf("SC_CLK_TCK")
_QUIET_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Server:
    """A process, and the base URL at which it serves."""

    process: subprocess.Popen[str]
    address: str

    def cpu_seconds(self) -> float:
        """CPU seconds that the process has used so far: user and system time of all threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def settled_cpu_seconds(self) -> float:
        """CPU seconds used so far, read when the process is idle again."""
        before = -1.0
        while (now := self.cpu_seconds()) != before:
            before = now
            sleep(_QUIET_SECONDS)
        return now

    def private_bytes(self) -> int:
        """Bytes of private memory: memory that the process shares with no other."""
        mapped = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return 1024 * sum(map(int, re.findall(r"^Private_(?:Clean|Dirty): +(\d+) kB$", mapped, re.MULTILINE)))


def _environment(dataset: Dataset, settings: dict[str, str]) -> dict[str, str]:
    """The environment of a process that serves a dataset, without any other READOUT_ setting."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("READOUT_")}
    return {**plain, "READOUT_DATABASE_URL": dataset.url, "READOUT_SEARCH": str(dataset.search), **settings}


def start(
    command: list[str], dataset: Dataset, output: int = subprocess.PIPE, /, **settings: str
) -> subprocess.Popen[str]:
    """Start a process on a core for each of its workers, if there are so many cores beside that of the load.

    Its stderr is appended to `servers.log` beside the database.
    """
    cores = SERVER_CORES[: int(settings.get("WEB_CONCURRENCY", "1"))]
    pinned = ["taskset", "--cpu-list", ",".join(map(str, cores)), *command]
    with _log(dataset).open("a") as log:
        environment = _environment(dataset, settings)
        return subprocess.Popen(pinned, env=environment, stdout=output, stderr=log, text=True)


def _log(dataset: Dataset) -> Path:
    return dataset.path.with_name("servers.log")


@contextmanager
def serving(name: str, dataset: Dataset, **settings: str) -> Iterator[Server]:
    """Run a peer's server over a dataset; it stops when the context ends."""
    python = str(DATASETTE_PYTHON) if name == "datasette" else sys.executable
    process = start([python, "-m", "bench.peers.serve", name], dataset, **settings)
    try:
        assert process.stdout
        port = process.stdout.readline().strip()
        assert port, f"{name} does not start: see {_log(dataset)}"
        yield Server(process, f"http://127.0.0.1:{port}")
    finally:
        stop(process)


@contextmanager
def service(dataset: Dataset, **settings: str) -> Iterator[Server]:
    """Run `python -m app` over a dataset, with all its workers; its access log is dropped."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "app"]
    process = start(command, dataset, subprocess.DEVNULL, HOST="127.0.0.1", PORT=port, **settings)
    try:
        while not is_ready(f"http://127.0.0.1:{port}/readyz"):
            assert process.poll() is None, f"the service does not start: see {_log(dataset)}"
            sleep(_QUIET_SECONDS)
        yield Server(process, f"http://127.0.0.1:{port}")
    finally:
        stop(process)


def is_ready(url: str) -> bool:
    """Whether a URL responds with 200."""
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False


def stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate()


def allow_many_connections() -> None:
    """Raise the limit of open files to the hard limit, for this process and its children."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
