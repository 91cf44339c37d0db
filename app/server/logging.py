"""The log: one line of JSON for everything that is told, on standard output; for a terminal, a line to be read."""

import json
import logging
import os
import sys
import threading
from asyncio import get_running_loop
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from select import PIPE_BUF
from types import TracebackType
from typing import Any

import orjson
import structlog
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import format_exc_info
from structlog.typing import EventDict, Processor

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that is being answered."""

_log = structlog.get_logger()
_console = ConsoleRenderer(exception_formatter=plain_traceback, timestamp_key="time", sort_keys=False)


def configure() -> None:
    """Have all that this process tells written as lines: by us, by libraries, by Python itself."""
    render: list[Processor] = [_as_line] if sys.stdout and sys.stdout.isatty() else [format_exc_info, _as_json]
    lines = Lines()
    structlog.configure(
        processors=[_framed, *render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: lines,
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_ToStructlog()], level=logging.INFO, force=True)
    logging.captureWarnings(True)
    sys.excepthook = _tell_uncaught
    threading.excepthook = lambda failed: _log.critical("uncaught", exc_info=failed.exc_value)


class Lines:
    """Standard output, lines at a time.

    What is told in one turn of the event loop is written together at its end: each write wakes whoever reads, and that
    takes longer than to make the line. No write is longer than a pipe takes as one (POSIX, PIPE_BUF), if no line is,
    so that lines of several processes do not mix. What cannot be written, because a disk is full or nobody reads any
    more, is lost: to serve goes before to tell.
    """

    def __init__(self) -> None:
        self._file = sys.stdout.fileno() if sys.stdout else os.open(os.devnull, os.O_WRONLY)
        self._waiting: list[bytes] = []

    def write(self, line: bytes) -> None:
        try:
            loop = get_running_loop()
        except RuntimeError:
            self._put(line)
            return
        if not self._waiting:
            loop.call_soon(self._end_turn)
        self._waiting.append(line)

    info = warning = error = critical = write

    def _end_turn(self) -> None:
        lines, self._waiting = self._waiting, []
        together = lines[0]
        for line in lines[1:]:
            if len(together) + len(line) < PIPE_BUF:
                together += b"\n" + line
            else:
                self._put(together)
                together = line
        self._put(together)

    def _put(self, lines: bytes) -> None:
        with suppress(OSError):
            os.write(self._file, lines + b"\n")


class _ToStructlog(logging.Handler):
    """Passes on what libraries tell by Python's own logging."""

    def emit(self, record: logging.LogRecord) -> None:
        level = min(record.levelno // 10 * 10, logging.CRITICAL)
        _log.log(level, record.getMessage().strip(), logger=record.name, exc_info=record.exc_info)


def _framed(_logger: Any, level: str, event: EventDict) -> EventDict:
    """What every line has, and first."""
    line = {"time": datetime.now(UTC), "level": level, "event": event.pop("event")}
    if id := REQUEST_ID.get():
        line["request_id"] = id
    line.update(event)
    return line


def _as_json(_logger: Any, _level: str, event: EventDict) -> bytes:
    try:
        return orjson.dumps(event, option=orjson.OPT_UTC_Z)
    except TypeError:  # something that JSON has not, in a library's line
        return json.dumps(event, default=str).encode()


def _as_line(logger: Any, level: str, event: EventDict) -> bytes:
    event["time"] = event["time"].isoformat(timespec="milliseconds")
    return _console(logger, level, event).encode("utf-8", "backslashreplace")


def _tell_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("uncaught", exc_info=(kind, error, trace))
