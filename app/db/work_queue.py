"""Overload: how many requests are worked on at once, how many wait for that, and for how long.

A request that cannot be served in time is refused, so that its client knows, and the service recovers as soon as the
load falls.
"""

import asyncio
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TypeVar

from starlette.types import Receive

from app.db.errors import DatabaseLocked, ExceedsBudget, QueryTimeout
from app.db.timeouts import MAX_WAIT_SECONDS
from app.problems import ClientDisconnected, Problem, try_again
from app.refusal_counts import Reason, count_refusal

MAX_WAITING = 4096
"""How many requests wait at most, each in some 12 KiB of memory: as many as a process has connections by default.

Most clients that are refused at once retry at once, and refusing thousands of requests a second leaves the event loop
and the threads no time for anything else."""

NICENESS = 5
"""How much nicer the threads of queues are than the event loop, so that it is the first to run when it wakes up."""

POLL_SECONDS = 0.02
"""How often a waiting request looks for what it waits for."""

T = TypeVar("T")


class WorkQueue(ABC):
    """A queue of requests, first in, first out, of which some are worked on at once."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size = name, size
        self._free = size
        self._queue: dict[asyncio.Future[None], None] = {}
        """The tickets of waiting requests, in order."""

    @abstractmethod
    async def run(self, receive: Receive, work: Callable[[], T]) -> T:
        """Call `work` when it is its turn, and return its result. Raises Problem if that takes too long."""

    @property
    def busy(self) -> int:
        """How many requests are worked on."""
        return self.size - self._free

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._queue)

    async def _acquire(self, receive: Receive) -> None:
        if self._free:
            self._free -= 1
        elif len(self._queue) >= MAX_WAITING:
            raise _overloaded(Reason.too_many_waited)
        else:
            await self._wait(receive)

    async def _wait(self, receive: Receive) -> None:
        """Wait in the queue. A request that times out or whose client disconnects leaves it at once."""
        loop = asyncio.get_running_loop()
        ticket: asyncio.Future[None] = loop.create_future()
        self._queue[ticket] = None
        timeout = loop.call_later(MAX_WAIT_SECONDS, self._time_out, ticket)
        disconnect = loop.create_task(self._wait_for_disconnect(ticket, receive))
        try:
            await ticket
        except asyncio.CancelledError:
            if ticket.done() and not ticket.cancelled() and not ticket.exception():
                self._release()
            raise
        finally:
            self._queue.pop(ticket, None)
            timeout.cancel()
            disconnect.cancel()
            del ticket  # its exception refers to this frame: memory that only the garbage collector would free

    def _release(self) -> None:
        """Let the first request of the queue begin, or the next one that comes."""
        while self._queue:
            ticket = next(iter(self._queue))
            del self._queue[ticket]
            if not ticket.done():
                ticket.set_result(None)
                return
        self._free += 1

    def _time_out(self, ticket: asyncio.Future[None]) -> None:
        if not ticket.done():
            ticket.set_exception(_overloaded(Reason.waited_too_long))

    async def _wait_for_disconnect(self, ticket: asyncio.Future[None], receive: Receive) -> None:
        """Cancel the ticket when the client closes its connection."""
        while (await receive())["type"] != "http.disconnect":
            pass
        if not ticket.done():
            ticket.set_exception(ClientDisconnected())


class ThreadQueue(WorkQueue):
    """A work queue with threads of its own."""

    def __init__(self, name: str, threads: int, initializer: Callable[[], None]) -> None:
        super().__init__(name, threads)
        self._threads = ThreadPoolExecutor(threads, name, initializer=partial(_start_thread, initializer))

    async def run(self, receive: Receive, work: Callable[[], T]) -> T:
        await self._acquire(receive)
        try:
            run = copy_context().run  # so that the thread logs the request's id
            return await asyncio.get_running_loop().run_in_executor(self._threads, run, work)
        finally:
            self._release()

    def close(self) -> None:
        self._threads.shutdown()


def _start_thread(initializer: Callable[[], None]) -> None:
    if sys.platform == "linux":  # elsewhere, niceness is the whole process's
        os.nice(NICENESS)
    initializer()


class EventLoopQueue(WorkQueue):
    """A work queue of the event loop, for what takes less time than to hand it to a thread.

    Each turn of the event loop works on `size` requests: new connections and cached responses never wait for all that
    many clients want. What would take too long starts again in a thread.
    """

    def __init__(self, name: str, size: int, threads: ThreadQueue) -> None:
        super().__init__(name, size)
        self._threads = threads

    async def run(self, receive: Receive, work: Callable[[], T]) -> T:
        await self._acquire(receive)
        try:
            return work()
        except (DatabaseLocked, QueryTimeout, ExceedsBudget):
            pass
        finally:
            asyncio.get_running_loop().call_soon(self._release)
        return await self._threads.run(receive, work)


class PollingQueue(WorkQueue):
    """A queue of requests that wait for what another process does, in no thread. Only the first one looks for it."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 1)

    async def run(self, receive: Receive, work: Callable[[], T]) -> T:
        """Call `work` again and again until its result is true."""
        await self._acquire(receive)
        try:
            while not (result := work()):
                await asyncio.sleep(POLL_SECONDS)
            return result
        finally:
            self._release()


def _overloaded(reason: Reason) -> Problem:
    count_refusal(reason)
    return try_again("The service has more to read than it can: try again later.", reason)
