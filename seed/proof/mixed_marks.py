"""Marks of two kinds that quote together: `"A”`. A pair of one kind around them does not show what is quoted.

Each double mark has a direction: it opens, it closes, or, as a straight mark between two letters, nobody knows.
Between the marks of a pair, those of other kinds open and close in turn. If they do not, one of them is the partner of
a mark of the pair, or the pair goes from the end of one quotation to the beginning of the next.
"""

import re
from collections.abc import Callable, Iterable
from itertools import islice

OPENS, CLOSES, UNCLEAR = 1, -1, 0

MOST_MARKS = 200
"""Between the marks of a pair; a pair with more quotes nothing, so that the work is bounded."""

_MARKS = re.compile('[“„”«»「」『』"]')
_FIXED = dict.fromkeys("“„「『", OPENS) | dict.fromkeys("”」』", CLOSES)
_BEFORE_OPENER = "([{—–-“„«»「『‘"
_NEVER_BEFORE_CLOSER = "([{:"

Directions = list[tuple[int, int]]
"""Marks: the offset and the direction of each, in their order."""


class MarkReader:
    """Reads the directions of marks in a text.

    `inward` says that guillemets point inward, as in »A«; `closes`, whether “ at an offset closes a pair, as in „A“.
    """

    def __init__(self, text: str, inward: bool, closes: Callable[[int], bool]) -> None:
        self._text = text
        self._fixed = _FIXED | {"«": CLOSES if inward else OPENS, "»": OPENS if inward else CLOSES}
        self._closes = closes

    def between(self, start: int, end: int) -> Directions | None:
        """The marks in a slice that open or close; None if there are too many."""
        found = list(islice(_MARKS.finditer(self._text, start, end), MOST_MARKS + 1))
        if len(found) > MOST_MARKS:
            return None
        return [(mark.start(), direction) for mark in found if (direction := self.direction(mark.start()))]

    def direction(self, offset: int) -> int:
        """The direction of the mark at an offset, unclear if there is none."""
        mark = self._text[offset : offset + 1]
        if mark == '"':
            return self._of_straight(offset)
        return CLOSES if mark == "“" and self._closes(offset) else self._fixed.get(mark, UNCLEAR)

    def _of_straight(self, offset: int) -> int:
        """The direction of a straight mark, by the characters beside it; unclear after a digit: it may mean inches."""
        before = self._text[offset - 1 : offset] if offset else " "
        after = self._text[offset + 1 : offset + 2] or " "
        if before.isdigit():
            return UNCLEAR
        if (before.isspace() or before in _BEFORE_OPENER) and after.isalnum():
            return OPENS
        if not before.isspace() and before not in _NEVER_BEFORE_CLOSER and not after.isalnum():
            return CLOSES
        return UNCLEAR


def open_and_close(marks: Directions, start: int, end: int) -> bool:
    """Whether the marks of a pair, around and in a slice within it, open and close in turn."""
    to_end = [direction for offset, direction in marks if offset < end]
    from_start = [-direction for offset, direction in reversed(marks) if offset >= start]
    opened = sum(direction for offset, direction in marks if offset < start)
    closed = -sum(direction for offset, direction in marks if offset >= end)
    return opened == closed and not _goes_below_zero(to_end) and not _goes_below_zero(from_start)


def _goes_below_zero(directions: Iterable[int]) -> bool:
    depth = 0
    for direction in directions:
        depth += direction
        if depth < 0:
            return True
    return False
