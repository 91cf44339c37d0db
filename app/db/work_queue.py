"""More requests than can be answered: how many read at once, how many wait for that and for how long.

Nobody waits for ever, nor for nothing: what cannot be read in time is refused, so that clients know, and the service
is itself again as soon as there is less to do.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from enum import StrEnum
from time import monotonic
from typing import TypeVar

import structlog
from starlette.types import Receive

from app.db.errors import TookTooLong
from app.problems import Problem, try_again

LONGEST_WAIT_SECONDS = 5
"""How long a request waits for a thread to read in: who asks has often gone by then, and all behind it are late."""

WAITING = 10_000
"""How many requests wait at most, each in some ten KiB of memory. If it were few, the others would be refused at once,
and many ask again at once: to refuse thousands of requests a second leaves the threads no time to read."""

TOLD_EVERY = 10
"""In seconds: how often the log tells of each reason for which requests are refused; a line each would be a flood."""

T = TypeVar("T")


class Reason(StrEnum):
    """Why something was refused."""

    too_many_connections = "too_many_connections"
    head_too_slow = "head_too_slow"
    head_too_long = "head_too_long"
    body_too_long = "body_too_long"
    malformed = "malformed"
    too_many_pipelined = "too_many_pipelined"
    answer_not_taken = "answer_not_taken"
    too_many_waited = "too_many_waited"
    waited_too_long = "waited_too_long"
    read_too_long = "read_too_long"


class ClientLeft(Exception):
    """The client closed its connection before it was answered: there is nobody to answer."""


REFUSED: Counter[Reason] = Counter()
"""How often something was refused, since the process began."""

_told: dict[Reason, tuple[float, int]] = {}
_log = structlog.get_logger()


def refused(reason: Reason) -> None:
    """Count a refusal, and tell the log if it was not told just now."""
    REFUSED[reason] += 1
    when, how_many = _told.get(reason, (-TOLD_EVERY, 0))
    if (now := monotonic()) - when >= TOLD_EVERY:
        _log.warning("refused", reason=reason, times=REFUSED[reason] - how_many)
        _told[reason] = now, REFUSED[reason]


class WorkQueue:
    """Threads that read, and the line of requests before them: first come, first served."""

    def __init__(self, name: str, threads: int, begin: Callable[[], None]) -> None:
        self.name, self.size = name, threads
        self._threads = ThreadPoolExecutor(threads, name, initializer=begin)
        self._free = threads
        self._line: dict[asyncio.Future[None], None] = {}

    async def run(self, receive: Receive, read: Callable[[], T]) -> T:
        """Read in a thread when it is this request's turn. Raises Problem where that cannot be soon."""
        await self._turn(receive)
        try:
            run = copy_context().run  # the log has the request's id there too
            return await asyncio.get_running_loop().run_in_executor(self._threads, run, read)
        except TookTooLong:
            refused(Reason.read_too_long)
            raise
        finally:
            self._end_turn()

    @property
    def busy(self) -> int:
        """How many threads read."""
        return self.size - self._free

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._line)

    def close(self) -> None:
        self._threads.shutdown()

    async def _turn(self, receive: Receive) -> None:
        if self._free:
            self._free -= 1
        elif len(self._line) >= WAITING:
            refused(Reason.too_many_waited)
            raise _overloaded()
        else:
            await self._wait(receive)

    async def _wait(self, receive: Receive) -> None:
        """Wait in the line; whoever leaves it, or is too late, makes room at once."""
        loop = asyncio.get_running_loop()
        place: asyncio.Future[None] = loop.create_future()
        self._line[place] = None
        late = loop.call_later(LONGEST_WAIT_SECONDS, self._refuse, place)
        leaving = loop.create_task(self._leave(place, receive))
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled() and not place.exception():
                self._end_turn()
            raise
        finally:
            self._line.pop(place, None)
            late.cancel()
            leaving.cancel()

    def _end_turn(self) -> None:
        """Give the turn to the first in the line."""
        while self._line:
            place = next(iter(self._line))
            del self._line[place]
            if not place.done():
                place.set_result(None)
                return
        self._free += 1

    def _refuse(self, place: asyncio.Future[None]) -> None:
        if not place.done():
            refused(Reason.waited_too_long)
            place.set_exception(_overloaded())

    async def _leave(self, place: asyncio.Future[None], receive: Receive) -> None:
        """Give the place up when the client closes its connection."""
        while (await receive())["type"] != "http.disconnect":
            pass
        if not place.done():
            place.set_exception(ClientLeft())


def _overloaded() -> Problem:
    return try_again("The service has more to read than it can: try again later.")
