"""Meetings along a line of time, for a picture: places across are in percent, so that it is as wide as the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.api.resources.meetings import Meeting
from app.dates import days

MARGIN = 3.0
"""What is left free at each side, in percent."""

NEAREST = 2.5
"""How near two meetings in a row may be, in percent."""

_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Stay:
    """A meeting on the line, from its first possible day to its last."""

    meeting: Meeting
    row: int
    start: float
    end: float

    @property
    def is_known(self) -> bool:
        """Whether its days are known, and not only the month or the year."""
        return len(self.meeting["start_date"] or "") == 10


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line, with its meetings in as many rows as they need, the earliest first."""

    stays: Sequence[Stay]
    rows: int
    ticks: Sequence[tuple[str, float]]


def timeline(meetings: Sequence[Meeting]) -> Timeline | None:
    """The line of those whose date is known; none for fewer than two different days."""
    spans = sorted(
        (
            (*_span(meeting["start_date"], meeting["end_date"]), meeting)
            for meeting in meetings
            if meeting["start_date"]
        ),
        key=lambda span: span[:2],
    )
    if not spans or (first := spans[0][0]) == (last := max(end for _, end, _ in spans)):
        return None
    scale = (100 - 2 * MARGIN) / (last - first)
    stays: list[Stay] = []
    free: list[float] = []
    for start, end, meeting in spans:
        left, right = MARGIN + (start - first) * scale, MARGIN + (end - first) * scale
        row = next((row for row, until in enumerate(free) if until <= left), len(free))
        free[row : row + 1] = [max(right, left) + NEAREST]
        stays.append(Stay(meeting, row, left, right))
    ticks = [(str(day.year), MARGIN + (day.toordinal() - first) * scale) for day in _years(first, last)]
    return Timeline(stays, len(free), ticks)


def _span(start: str | None, end: str | None) -> tuple[int, int]:
    """The first and the last day that a meeting can have had, counted."""
    first, last = days(str(start))[0], days(str(end or start))[1]
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


def _years(first: int, last: int) -> list[date]:
    """The beginnings of some years between two days, few enough to be told apart."""
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    step = -(-len(years) // _MOST_TICKS)
    return [date(year, 1, 1) for year in years[::step] if first <= date(year, 1, 1).toordinal() <= last]
