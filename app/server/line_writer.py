"""Writes the lines of the log without ever waiting for their reader: serving requests matters more than logging."""

import os
import socket
import threading
from asyncio import get_running_loop
from collections import deque
from collections.abc import Callable
from functools import partial
from select import PIPE_BUF
from stat import S_ISCHR, S_ISFIFO, S_ISSOCK
from time import monotonic, sleep

import structlog

MAX_WAITING_BYTES = 2**20
"""How much waits for a slow reader; further lines are dropped. It is a quarter of a second of cached responses."""

RETRY_SECONDS = 0.05
"""How soon waiting lines are tried again if no other line comes."""

FINISH_SECONDS = 0.5
"""How long a process waits for the reader when it ends."""

_log = structlog.get_logger()


class LineWriter:
    """Writes lines to a file, a pipe, a socket or a terminal, those of one turn of the event loop together.

    Each write wakes the reader of a pipe, which costs more than to make the line. No write is longer than PIPE_BUF
    unless a line is, so lines of several processes do not mix (POSIX). If the reader does not read, lines wait, and are
    dropped if that become too many. If a write fails, as on a full disk or a closed pipe, they are dropped at once.
    """

    def __init__(self, file: int) -> None:
        self._send = _sender(file)
        self._lines: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._unsent = b""
        """The bytes to write next; they begin in the middle of a line if only a part of it could be written."""
        self._is_in_line = False
        self._is_scheduled, self._is_retrying = False, False
        self._lock = threading.RLock()  # a signal handler may log, too
        self._reported = 0
        self.dropped = 0
        """How many lines this process has dropped."""

    def write(self, line: bytes) -> None:
        """Write a line, now or at the end of this turn of the event loop."""
        with self._lock:
            if self._waiting_bytes > MAX_WAITING_BYTES:
                self._flush()
            if self._waiting_bytes > MAX_WAITING_BYTES:
                self.dropped += 1
                return
            self._lines.append(line)
            self._waiting_bytes += len(line)
        try:
            loop = get_running_loop()
        except RuntimeError:
            self._flush()
            return
        if not self._is_scheduled:
            self._is_scheduled = True
            loop.call_soon(self._flush)

    info = warning = error = critical = write

    def report_dropped(self) -> None:
        """Log how many lines were dropped since the last report, once lines are written again."""
        dropped = self.dropped - self._reported
        if dropped and not self._lines and not self._unsent:
            self._reported = self.dropped
            _log.warning("log lines dropped", lines=dropped)

    def finish(self) -> None:
        """Write what waits, unless the reader takes too long."""
        deadline = monotonic() + FINISH_SECONDS
        self._flush()
        while (self._lines or self._unsent) and monotonic() < deadline:
            sleep(0.01)
            self._flush()

    def _flush(self) -> None:
        """Write as much as can be written at once."""
        with self._lock:
            self._is_scheduled = False
            try:
                while self._unsent or self._lines:
                    self._unsent = self._unsent or self._next_lines()
                    sent = self._send(self._unsent)
                    self._is_in_line = self._unsent[:sent][-1:] != b"\n"
                    self._unsent = self._unsent[sent:]
            except BlockingIOError:
                self._retry()
            except OSError:
                self._drop()

    def _next_lines(self) -> bytes:
        joined = self._lines.popleft() + b"\n"
        self._waiting_bytes -= len(joined) - 1
        while self._lines and len(joined) + len(self._lines[0]) < PIPE_BUF:
            line = self._lines.popleft()
            self._waiting_bytes -= len(line)
            joined += line + b"\n"
        return joined

    def _retry(self) -> None:
        """Flush again in a moment. Without an event loop, the next line does it, or `finish`."""
        try:
            loop = get_running_loop()
        except RuntimeError:
            return
        if not self._is_retrying:
            self._is_retrying = True
            loop.call_later(RETRY_SECONDS, self._flush_again)

    def _flush_again(self) -> None:
        self._is_retrying = False
        self._flush()

    def _drop(self) -> None:
        """Drop all lines, but not the end of a line that was written in part: it is written before all others."""
        end = self._unsent.find(b"\n") + 1 if self._is_in_line else 0
        self.dropped += self._unsent.count(b"\n", end) + len(self._lines)
        self._unsent = self._unsent[:end]
        self._lines.clear()
        self._waiting_bytes = 0


def _sender(file: int) -> Callable[[bytes], int]:
    """A function that writes bytes to a file and returns how many; it raises BlockingIOError instead of waiting.

    A pipe or a terminal is opened once more: programs that share it, such as the shell, expect it to wait for them. If
    that is not possible, as for a pipe of another user, they share this mode.
    """
    mode = os.fstat(file).st_mode
    if S_ISSOCK(mode):
        own = socket.socket(fileno=os.dup(file))
        return lambda data: own.send(data, socket.MSG_DONTWAIT)
    if S_ISFIFO(mode) or S_ISCHR(mode):
        try:
            file = os.open(f"/proc/self/fd/{file}", os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError:
            os.set_blocking(file, False)
    return partial(os.write, file)
