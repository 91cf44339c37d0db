"""Processes forked from one that has imported both programs: to import them anew takes a second of CPU each time."""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.reduction import DupFd
from typing import Any
from weakref import finalize

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(
    [
        *("app.main", "app.server.server", "app.exports.writer", "psycopg"),
        *("seed.store.load", "seed.store.migration", "seed.store.verify", "typer", "rich.console", "rich.progress"),
    ]
)


class ForkedProcess:
    """`python -m …`, or `python -c …`, as a forked process with the methods of `subprocess.Popen` that tests use."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], stdout: int | None = None) -> None:
        """Start it. Its standard output goes to a file descriptor or, without one, to `communicate`."""
        self._out, self._err = _memory(self), _memory(self)
        streams = _Copied(self._out if stdout is None else stdout), _Copied(self._err)
        self._process = _forks.Process(target=_run, args=(list(arguments), dict(environment), *streams))
        self._process.start()
        self.pid = self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("python", timeout or 0)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait for the end; what was printed to standard output, if it went nowhere else, and to standard error."""
        self.wait(timeout)
        return _text(self._out), _text(self._err)

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class StartedProcess(subprocess.Popen[str]):
    """The same by an interpreter of its own, whose memory can be measured."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], stdout: int | None = None) -> None:
        self._out, self._err = _memory(self), _memory(self)
        out = self._out if stdout is None else stdout
        command = [sys.executable, *arguments]
        super().__init__(command, env=environment, stdout=out, stderr=self._err, text=True, start_new_session=True)

    def communicate(self, input: str | None = None, timeout: float | None = None) -> tuple[str, str]:
        self.wait(timeout)
        return _text(self._out), _text(self._err)


NOT_FORKED = "TEST_PROCESSES_NOT_FORKED"
"""The variable that has processes started, not forked: the one that they are forked from has more memory than they."""

Process = subprocess.Popen[str] | ForkedProcess


def start_python(*arguments: str, environment: Mapping[str, str], stdout: int | None = None) -> Process:
    """Start `python -m …` or `python -c …`: a forked process, unless its memory is measured."""
    started = StartedProcess if NOT_FORKED in environment else ForkedProcess
    return started(arguments, environment, stdout)


class _Copied:
    """A file descriptor of which a forked process gets a copy."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __reduce__(self) -> tuple[Any, ...]:
        return _detach, (DupFd(self._number),)


def _detach(copy: Any) -> int:
    return int(copy.detach())


def _memory(owner: object) -> int:
    """A file in memory for as long as its owner lives."""
    file = os.memfd_create("printed")
    finalize(owner, os.close, file)
    return file


def _text(file: int) -> str:
    return os.pread(file, os.fstat(file).st_size, 0).decode()


def _run(arguments: list[str], environment: dict[str, str], out: int, err: int) -> None:
    """Do what a new interpreter would do with its arguments."""
    os.setsid()
    for file, number in ((out, 1), (err, 2)):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    option, code, *rest = arguments
    sys.argv = [option, *rest]
    if option == "-c":
        exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
    else:
        runpy.run_module(code, run_name="__main__", alter_sys=True)
