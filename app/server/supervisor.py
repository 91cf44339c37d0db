"""Several processes that serve, and their parent: it starts them, replaces those that die, and stops them all.

The parent serves nothing and has no threads, so it can fork at any time; what it has imported, all have in common.
"""

import gc
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

STOP_SECONDS = 5
"""How long processes may take to end after the signal to stop."""

RESTART_SECONDS = 1
"""What passes between two starts of a process at least, however soon it dies."""

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

Work = Callable[[int], None]

_log = structlog.get_logger()


class Worker:
    """A process that works, and those that take its place when it dies."""

    def __init__(self, work: Work, number: int) -> None:
        self._work = work
        self._number = number
        self._process: ForkProcess | None = None
        self.due = 0.0
        """When it is to be started, by `monotonic`."""

    def sentinels(self) -> list[int]:
        """What can be read once it has ended."""
        return [self._process.sentinel] if self._process else []

    def start(self, lifeline: tuple[int, int]) -> None:
        """Start it, if it does not run and is due."""
        if self._process is None and (now := monotonic()) >= self.due:
            self._process = get_context("fork").Process(target=_run, args=(self._work, self._number, lifeline))
            signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)  # until it can take them
            self._process.start()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
            self.due = now + RESTART_SECONDS

    def has_died(self) -> bool:
        """Whether it has ended, though nobody had asked it to."""
        if self._process is None or self._process.is_alive():
            return False
        _log.error("worker ended", worker=self._number, pid=self._process.pid, status=self._process.exitcode)
        self._process = None
        return True

    def stop(self) -> None:
        """Ask it to end."""
        if self._process:
            self._process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until it has ended, and end it if that takes too long."""
        if self._process:
            self._process.join(max(0, deadline - monotonic()))
            if self._process.is_alive():
                _log.error("worker killed", worker=self._number, pid=self._process.pid)
                self._process.kill()
                self._process.join()


def supervise(work: Work, count: int, replaced: Callable[[], None], stopping: Callable[[], None]) -> None:
    """Have processes do some work, each with its number from 0 on, until a signal says stop."""
    gc.freeze()  # what is there is not looked through in each process, which would copy it
    workers, lifeline, stop = [Worker(work, number) for number in range(count)], os.pipe(), _signalled()
    ready: list[object] = []
    while stop not in ready:
        for each in workers:
            if each.has_died():
                replaced()
            each.start(lifeline)
        waited_for = [stop, *(sentinel for each in workers for sentinel in each.sentinels())]
        pauses = [max(0, each.due - monotonic()) for each in workers if not each.sentinels()]
        ready = list(wait(waited_for, min(pauses, default=None)))
    stopping()
    for each in workers:
        each.stop()
    deadline = monotonic() + STOP_SECONDS
    for each in workers:
        each.end(deadline)


def _signalled() -> int:
    """What can be read once a signal says stop."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    for each in STOP_SIGNALS:
        signal.signal(each, lambda *_: None)
    signal.set_wakeup_fd(write)
    return read


def _run(work: Work, number: int, lifeline: tuple[int, int]) -> None:
    """Work, in a process of its own."""
    ours, parents = lifeline
    os.close(parents)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    threading.Thread(target=_follow, args=[ours], daemon=True).start()
    try:
        work(number)
    except Exception:
        _log.critical("uncaught", exc_info=True)
        sys.exit(1)


def _follow(lifeline: int) -> None:
    """End when the parent does, by whatever it was ended: only it holds the other end, and never writes there."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
