"""A process of the service for fuzzers to send to, and what each input costs it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.api.processes import complete_lines, environment, running
from tests.api.serving import PUBLIC_URL
from tests.fuzz.fuzzing import MIB, cpu_seconds, memory

SECONDS_OF_A_REQUEST = 2
"""Of CPU: a bound on any request, a hundred times what the slowest should take."""

MEMORY_OF_THE_SERVICE = 256 * MIB
"""The bound of a process with the default settings."""


@dataclass
class FuzzedService:
    """A process that serves, with its log."""

    pid: int
    address: str
    log: Path
    client: httpx.Client
    _seconds: float = field(default=0, repr=False)

    def spent(self) -> float:
        """The CPU time since the last call, in seconds."""
        before, self._seconds = self._seconds, cpu_seconds(self.pid)
        return self._seconds - before

    def memory(self) -> int:
        return memory(self.pid)

    def errors(self) -> list[str]:
        """The lines of the log that are not at level info."""
        return [str(line) for line in complete_lines(self.log) if line["level"] not in ("info", "warning")]


@contextmanager
def fuzzed_service(database: str, folder: Path) -> Iterator[FuzzedService]:
    """Serve a database, with its exports and its search index, in a process with the default settings."""
    settings = {
        "READOUT_PUBLIC_URL": PUBLIC_URL,
        "READOUT_EXPORTS": str(folder / "exports"),
        "READOUT_SEARCH": str(folder / "search"),
    }
    for module in ("app.exports", "app.search"):
        command = (sys.executable, "-m", module)
        subprocess.run(command, env=environment(database, **settings), check=True, capture_output=True)
    log = folder / "log"
    with (
        running(database=database, log=log, **settings) as (process, address),
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        service = FuzzedService(process.pid, address, log, client)
        service.spent()
        yield service
