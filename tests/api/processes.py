"""`python -m app` as a process of its own."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from tests.forked import Process, start_python

PATIENCE = 60
"""In seconds: what a test waits for at most, on a machine that has much else to do."""

T = TypeVar("T")


def environment(database: str, **settings: str) -> dict[str, str]:
    return {**os.environ, "READOUT_DATABASE_URL": database, "HOST": "127.0.0.1", "PORT": "0", **settings}


@contextmanager
def running(*command: str, database: str, log: Path | None = None, **settings: str) -> Iterator[tuple[Process, str]]:
    """A process over a database, with the address that it serves at; its log goes to a file."""
    with TemporaryDirectory() as folder:
        log = log or Path(folder, "log")
        process = _start(command or (sys.executable, "-m", "app"), environment(database, **settings), log)
        watchdog = threading.Timer(3 * PATIENCE, process.kill)  # for a test that waits for what never comes
        watchdog.start()
        try:
            address = _address(process, log)
            watchdog.cancel()
            yield process, address
        finally:
            watchdog.cancel()
            process.terminate()  # by a signal that lets it tell what of its code has run
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def _start(command: tuple[str, ...], environment: dict[str, str], log: Path) -> Process:
    """Start a process whose log goes to a file: a pipe would be full after some hundred requests."""
    log.write_text("")
    with log.open("a") as out:
        if command[0] == sys.executable:
            return start_python(*command[1:], environment=environment, stdout=out.fileno())
        return subprocess.Popen(
            command, env=environment, stdout=out, stderr=subprocess.PIPE, text=True, start_new_session=True
        )


def until(condition: Callable[[], T]) -> T:
    """What a condition gives, once that is true of it."""
    deadline = time.monotonic() + PATIENCE
    while not (given := condition()):
        assert time.monotonic() < deadline, condition
        time.sleep(0.01)
    return given


def complete_lines(log: Path) -> list[dict[str, Any]]:
    """The lines of a log; the last one is left out while the process still writes it."""
    lines = log.read_text(encoding="ascii").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def _address(process: Process, log: Path) -> str:
    def logged_address() -> re.Match[str] | None:
        assert process.poll() is None, process.communicate()
        return re.search('"address":"(http://[^"]+)"', log.read_text())

    return str(until(logged_address)[1])  # type: ignore[index]


def freeze(pid: int) -> None:
    """Stop a process where it is, by SIGSTOP. On a busy machine, its threads run on for a while."""
    os.kill(pid, signal.SIGSTOP)
    tasks = Path(f"/proc/{pid}/task")
    until(lambda: all(") T " in (task / "stat").read_text() for task in tasks.iterdir()))


def peak_resident_mib(pid: int) -> float:
    """The most resident memory that a process has had (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def resident_mib(pid: int) -> float:
    """The resident memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
