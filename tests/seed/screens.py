"""A command on a terminal of its own: a real pseudo-terminal, and the screen that its output draws."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import pyte

DEADLINE = 30
"""Seconds to wait for what must come; far more than it takes."""

_OF_TERMINALS = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
_CONTROLLED = """
import fcntl, signal, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests run in the background inherit that it is ignored
"""
_RUN = "from seed.__main__ import main; main()"


class Terminal:
    """Runs the command line with `columns` and `rows`; `before` is Python that runs first in its process."""

    def __init__(
        self,
        *arguments: object,
        columns: int = 100,
        rows: int = 200,
        before: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.raw = b""
        self._stream = pyte.ByteStream(self.screen)
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        inherited = {name: value for name, value in os.environ.items() if name not in _OF_TERMINALS}
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{_CONTROLLED}\n{before}\n{_RUN}", *map(str, arguments)],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=inherited | {"TERM": "xterm-256color"} | dict(environment or {}),
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
        os.close(inner)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._end)

    @property
    def lines(self) -> list[str]:
        """The screen's lines, without the blanks at their ends and the empty ones below."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip("\n").split("\n")

    def cells(self, row: int) -> list[str]:
        """What stands in each cell of a line; of a wide character the second cell is empty."""
        return [self.screen.buffer[row][column].data for column in range(self.screen.columns)]

    def type(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def until(self, shows: Callable[[], bool]) -> None:
        """Read what is printed until the screen shows something."""
        while not shows():
            assert self._read(), f"ended with {self.raw.decode()}"

    def ended(self) -> int:
        """Read to the end; the exit status."""
        while self._read():
            pass
        return self.process.wait(DEADLINE)

    def _read(self) -> bool:
        assert select.select([self._end], [], [], DEADLINE)[0], f"no more than {self.raw.decode()}"
        try:
            read = os.read(self._end, 65536)
        except OSError:  # Linux says so when nobody writes any more
            return False
        self.raw += read
        self._stream.feed(read)
        return bool(read)
