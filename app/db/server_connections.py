"""Connections to PostgreSQL that give up when this side says so: a server that stalls holds no thread.

A server that is frozen, or gone without a word, closes no connection, and no time limit of its own ends a statement.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from psycopg import AsyncConnection, Connection, Error
from psycopg.abc import PQGen
from psycopg.rows import TupleRow
from psycopg.waiting import wait_async

T = TypeVar("T")

Stop = Callable[[], Error | None]
"""Returns the error with which a statement is to end now, if it is."""

CHECK_SECONDS = 0.1
"""How often a connection that waits for its server asks whether to stop."""


def _never_stop() -> None:
    """Wait for the server as long as it takes."""


class ReadConnection(Connection[TupleRow]):
    """A connection of a thread that reads. After it has stopped, it can only be closed."""

    stop: Stop = staticmethod(_never_stop)

    def wait(self, gen: PQGen[T], interval: float = CHECK_SECONDS, timeout: float | None = None) -> T:
        return super().wait(_stoppable(gen, self.stop), interval, timeout)


class WatchConnection(AsyncConnection[Any]):
    """A connection of the event loop. After it has stopped, or its task was cancelled, it can only be closed."""

    stop: Stop = staticmethod(_never_stop)

    async def wait(self, gen: PQGen[T], interval: float = CHECK_SECONDS, timeout: float | None = None) -> T:
        # psycopg's own would, for a cancelled task, wait up to ten seconds for the server to cancel the statement.
        return await wait_async(_stoppable(gen, self.stop), self.pgconn.socket, CHECK_SECONDS, timeout)


def _stoppable(waiting: PQGen[T], stop: Stop) -> PQGen[T]:
    """What psycopg waits for, unless `stop` ends it between two waits. What the server has sent is taken first."""
    try:
        wanted = next(waiting)
        while not (error := stop()):
            wanted = waiting.send((yield wanted))
        raise error
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
