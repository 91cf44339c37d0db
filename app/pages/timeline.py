"""The timeline diagram of meetings. Horizontal positions are in percent, so that it is as wide as the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.api.resources.meetings import Meeting
from app.dates import days

MARGIN = 3.0
"""The margin at each side, in percent."""

MIN_DISTANCE = 2.5
"""The minimum distance of two meetings in a row, in percent."""

_MAX_TICKS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of a meeting, from its first possible day to its last."""

    meeting: Meeting
    row: int
    start: float
    end: float

    @property
    def is_known(self) -> bool:
        """Whether the day is known, not only the month or year."""
        return len(self.meeting["start_date"] or "") == 10


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars of meetings, the earliest first, in as many rows as they need."""

    bars: Sequence[Bar]
    rows: int
    ticks: Sequence[tuple[str, float]]


def timeline(meetings: Sequence[Meeting]) -> Timeline | None:
    """The timeline of the meetings with a date; None for fewer than two different days."""
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
    bars: list[Bar] = []
    free: list[float] = []
    for start, end, meeting in spans:
        left, right = MARGIN + (start - first) * scale, MARGIN + (end - first) * scale
        row = next((row for row, until in enumerate(free) if until <= left), len(free))
        free[row : row + 1] = [max(right, left) + MIN_DISTANCE]
        bars.append(Bar(meeting, row, left, right))
    ticks = [(str(day.year), MARGIN + (day.toordinal() - first) * scale) for day in _years(first, last)]
    return Timeline(bars, len(free), ticks)


def _span(start: str | None, end: str | None) -> tuple[int, int]:
    """The ordinals of the first and the last possible day of a meeting."""
    first, last = days(str(start))[0], days(str(end or start))[1]
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


def _years(first: int, last: int) -> list[date]:
    """The first days of years between two days, at most `_MAX_TICKS`."""
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    step = -(-len(years) // _MAX_TICKS)
    return [date(year, 1, 1) for year in years[::step] if first <= date(year, 1, 1).toordinal() <= last]
