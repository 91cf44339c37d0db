"""The parent of several serving processes: it starts them, replaces those that die, and stops them all.

The parent serves nothing and has no threads, so it can fork at any time; its processes share what it has imported.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from time import monotonic

import structlog

from app.server.server import STOP_SIGNALS

SHUTDOWN_SECONDS = 5
"""How long workers may take to end after the signal to stop."""

MIN_RESTART_SECONDS = 1
"""The least time between two starts of a worker, however soon it dies."""

Work = Callable[[int], None]

_log = structlog.get_logger()


class Worker:
    """A worker process, and those that replace it when it dies."""

    def __init__(self, work: Work, number: int) -> None:
        self._work = work
        self._number = number
        self._process: ForkProcess | None = None
        self.next_start = 0.0
        """The earliest time of its next start, by `monotonic`."""

    def sentinels(self) -> list[int]:
        """File descriptors that become readable when it ends."""
        return [self._process.sentinel] if self._process else []

    def start(self, lifeline: tuple[int, int]) -> None:
        """Start it unless it runs or was started a moment ago."""
        if self._process is None and (now := monotonic()) >= self.next_start:
            self._process = get_context("fork").Process(target=_run, args=(self._work, self._number, lifeline))
            signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)  # until the child handles them
            self._process.start()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
            self.next_start = now + MIN_RESTART_SECONDS

    def has_died(self) -> bool:
        """Whether it has ended by itself; logs that."""
        if self._process is None or self._process.is_alive():
            return False
        _log.error("worker ended", worker=self._number, pid=self._process.pid, status=self._process.exitcode)
        self._process = None
        return True

    def stop(self) -> None:
        """Signal it to stop."""
        if self._process:
            self._process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until it has ended, and kill it at the deadline."""
        if self._process:
            self._process.join(max(0, deadline - monotonic()))
            if self._process.is_alive():
                _log.error("worker killed", worker=self._number, pid=self._process.pid)
                self._process.kill()
                self._process.join()


def supervise(work: Work, count: int, on_restart: Callable[[], None], on_stop: Callable[[], None]) -> None:
    """Run `work` in several processes, each with its number from 0 on, until a signal stops them.

    The signals to stop, which may be blocked, are handled from here on. In a process they are blocked until its work
    unblocks them.
    """
    workers, lifeline, stop = [Worker(work, number) for number in range(count)], os.pipe(), _stop_pipe()
    ready: list[object] = []
    while stop not in ready:
        for each in workers:
            if each.has_died():
                on_restart()
            each.start(lifeline)
        waited_for = [stop, *(sentinel for each in workers for sentinel in each.sentinels())]
        pauses = [max(0, each.next_start - monotonic()) for each in workers if not each.sentinels()]
        ready = list(wait(waited_for, min(pauses, default=None)))
    on_stop()
    for each in workers:
        each.stop()
    deadline = monotonic() + SHUTDOWN_SECONDS
    for each in workers:
        each.end(deadline)


def _stop_pipe() -> int:
    """A file descriptor that becomes readable when a signal to stop arrives."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    for each in STOP_SIGNALS:
        signal.signal(each, lambda *_: None)
    signal.set_wakeup_fd(write)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    return read


def _run(work: Work, number: int, lifeline: tuple[int, int]) -> None:
    """The main function of a worker process."""
    ours, parents = lifeline
    os.close(parents)
    signal.set_wakeup_fd(-1)
    threading.Thread(target=_end_with_parent, args=[ours], daemon=True).start()
    try:
        work(number)
    except Exception:
        _log.critical("uncaught", exc_info=True)
        sys.exit(1)


def _end_with_parent(lifeline: int) -> None:
    """Stop this worker when its parent ends, even by SIGKILL: only the parent has the other end of the pipe."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
