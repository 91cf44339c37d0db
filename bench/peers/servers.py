"""Server processes on one core: start, stop, CPU time and memory."""

import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from bench.datasets import FOLDER, Dataset

DATASETTE_PYTHON = FOLDER / "datasette" / "bin" / "python"

SERVER_CORE, LOAD_CORE = sorted(os.sched_getaffinity(0))[0], sorted(os.sched_getaffinity(0))[-1]

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
    return {**plain, "READOUT_DATABASE_URL": dataset.url, **settings}


def start(command: list[str], dataset: Dataset, **settings: str) -> subprocess.Popen[str]:
    """Start a process on the servers' core; its stderr is appended to `servers.log` beside the database."""
    pinned = ["taskset", "--cpu-list", str(SERVER_CORE), *command]
    with _log(dataset).open("a") as log:
        environment = _environment(dataset, settings)
        return subprocess.Popen(pinned, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)


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


def stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate()


def allow_many_connections() -> None:
    """Raise the limit of open files to the hard limit, for this process and its children."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
