"""Pauses of long work: in proportion to it, and to how busy the other threads are."""

from collections.abc import Callable

import pytest

from app.http import cpu_share
from app.http.cpu_share import MAX_PAUSE_SECONDS, PAUSE_RATIO, CpuShare

Run = Callable[[float, float, float], float]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a piece of work, and returns the pause after it.

    Its arguments are the CPU time of this thread, that of the others, and the time by the clock. During pauses, the
    others go on as busily as they were.
    """
    clocks, slept, share = {"thread": 0.0, "others": 0.0, "wall": 0.0}, [0.0], [0.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clocks["wall"] += seconds
        clocks["others"] += seconds * share[0]

    monkeypatch.setattr(cpu_share, "sleep", sleep)
    monkeypatch.setattr(cpu_share, "thread_time", lambda: clocks["thread"])
    monkeypatch.setattr(cpu_share, "process_time", lambda: clocks["thread"] + clocks["others"])
    monkeypatch.setattr(cpu_share, "monotonic", lambda: clocks["wall"])
    paced = CpuShare()

    def piece(thread: float, others: float, wall: float) -> float:
        share[0] = others / wall
        for name, seconds in (("thread", thread), ("others", others), ("wall", wall)):
            clocks[name] += seconds
        paced.pause()
        return slept[-1]

    return piece


def test_nobody_else_works(run: Run) -> None:
    assert [run(0.002, 0, 0.002) for _ in range(3)] == [0, 0, 0]


def test_others_work_all_the_time(run: Run) -> None:
    assert [run(0.002, 0.002, 0.002) for _ in range(3)] == pytest.approx([0.002 * PAUSE_RATIO] * 3)


def test_others_work_half_of_the_time(run: Run) -> None:
    assert [run(0.002, 0.001, 0.002) for _ in range(3)] == pytest.approx([0.001 * PAUSE_RATIO] * 3)


def test_waiting_is_a_part_of_the_pause(run: Run) -> None:
    assert run(0.002, 0.004, 0.004) == pytest.approx(0.002 * PAUSE_RATIO - 0.002)
    assert run(0.002, 0.1, 0.1) == 0


def test_a_long_piece_of_work_has_a_short_pause(run: Run) -> None:
    assert run(1, 1, 1) == MAX_PAUSE_SECONDS
