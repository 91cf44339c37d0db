"""How a thread with long work leaves most of the processor to the other threads of its process."""

from time import monotonic, process_time, sleep, thread_time
from typing import NamedTuple

PAUSE_RATIO = 2.5
"""How long a pause is if other threads are busy all the time, as a multiple of the work before it."""

MAX_PAUSE_SECONDS = 0.02
"""The longest pause. Longer pieces of work are in the database or in a compressor, where other threads can go on."""


class CpuShare:
    """The pauses between the pieces of a thread's long work, the longer the busier the other threads are.

    Python runs one thread at a time. Without pauses the others, which have little to do at a time, would wait some
    milliseconds for the interpreter after each read and each message that they send.
    """

    def __init__(self) -> None:
        self._pause_began = self._pause_ended = _Clocks.now()

    def pause(self) -> None:
        """Leave the processor to the other threads, unless they had nothing to do since the last pause began.

        Time in which this thread waited anyway counts as a part of the pause.
        """
        now, before = _Clocks.now(), self._pause_began
        worked = now.thread - before.thread
        busy = min(1, (now.process - before.process - worked) / (now.wall - before.wall))
        waited = now.wall - self._pause_ended.wall - worked
        sleep(max(0, min(MAX_PAUSE_SECONDS, PAUSE_RATIO * worked * busy - waited)))
        self._pause_began, self._pause_ended = now, _Clocks.now()


class _Clocks(NamedTuple):
    """Seconds: CPU time of this thread, CPU time of all threads of the process, and time by the clock."""

    thread: float
    process: float
    wall: float

    @classmethod
    def now(cls) -> "_Clocks":
        return cls(thread_time(), process_time(), monotonic())
