"""Work queues: a turn of the event loop works on a few requests, what takes too long starts again in a thread, and the
event loop runs before the threads."""

import asyncio
import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest
import uvloop
from starlette.types import Message

from app.db.errors import DatabaseLocked, ExceedsBudget, QueryTimeout
from app.db.work_queue import NICENESS, EventLoopQueue, ThreadQueue


async def receive() -> Message:
    """A client that never disconnects."""
    never: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await never


@pytest.fixture
def threads() -> Iterator[ThreadQueue]:
    with closing(ThreadQueue("quick", 1, lambda: None)) as own:
        yield own


def test_a_turn_works_on_as_many_requests_as_its_size(threads: ThreadQueue) -> None:
    turns: list[int] = []

    async def run() -> None:
        turn, loop, queue = 0, asyncio.get_running_loop(), EventLoopQueue("items", 2, threads)

        def count_turns() -> None:
            nonlocal turn
            turn += 1
            loop.call_soon(count_turns)

        count_turns()
        await asyncio.gather(*(queue.run(receive, lambda: turns.append(turn)) for _ in range(9)))
        await asyncio.sleep(0)
        assert (queue.busy, queue.waiting) == (0, 0)

    uvloop.run(run())
    assert len(turns) == 9 and max(Counter(turns).values()) == 2


@pytest.mark.parametrize("error", [DatabaseLocked("locked"), QueryTimeout("too long"), ExceedsBudget()])
def test_what_takes_too_long_for_the_event_loop_starts_again_in_a_thread(
    threads: ThreadQueue, error: Exception
) -> None:
    def work() -> str:
        if threading.current_thread() is threading.main_thread():
            raise error
        return threading.current_thread().name

    queue = EventLoopQueue("items", 2, threads)
    assert uvloop.run(queue.run(receive, work)) == "quick_0"


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a niceness of their own on Linux only")
def test_threads_are_nicer_than_the_event_loop(threads: ThreadQueue) -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    assert uvloop.run(threads.run(receive, niceness)) == min(19, niceness() + NICENESS)
