"""Marks of two kinds that quote together: `"A”`. A pair of one kind around them does not show what is quoted.

Each double mark has a direction: it opens, it closes, or, as a straight mark between two letters, nobody knows.
Between the marks of a pair, those of other kinds open and close in turn. If they do not, one of them is the partner of
a mark of the pair, or the pair goes from the end of one quotation to the beginning of the next.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable

OPENS, CLOSES = 1, -1

_MARKS = re.compile('[“„”«»「」『』"]')
_FIXED = dict.fromkeys("“„「『", OPENS) | dict.fromkeys("”」』", CLOSES)
_BEFORE_OPENER = "([{—–-“„«»「『‘"
_NEVER_BEFORE_CLOSER = "([{:"


class Directions:
    """The double marks of a text with their directions.

    `inward` says that guillemets point inward, as in »A«; `closers` are the offsets of marks that close a pair, among
    them the second mark of „A“.
    """

    def __init__(self, text: str, inward: bool, closers: Collection[int]) -> None:
        fixed = _FIXED | {"«": CLOSES if inward else OPENS, "»": OPENS if inward else CLOSES}
        found = ((mark.start(), mark.group()) for mark in _MARKS.finditer(text))
        marks = [
            (offset, _of_straight(text, offset) if mark == '"' else CLOSES if offset in closers else fixed[mark])
            for offset, mark in found
        ]
        self._offsets = [offset for offset, direction in marks if direction]
        self._directions = [direction for _, direction in marks if direction]

    def at(self, offset: int) -> int:
        """The direction of the mark at an offset; 0 if it has none."""
        return next(iter(self._between(offset, offset + 1)), 0)

    def are_mixed(self, pair_start: int, pair_end: int, start: int, end: int) -> bool:
        """Whether the marks around a slice, between those of a pair, do not open and close in turn."""
        to_end, from_start = self._between(pair_start, end), [-mark for mark in self._between(start, pair_end)[::-1]]
        left, right = self._between(pair_start, start), self._between(end, pair_end)
        return _goes_below_zero(to_end) or _goes_below_zero(from_start) or sum(left) != -sum(right)

    def _between(self, start: int, end: int) -> list[int]:
        return self._directions[bisect_left(self._offsets, start) : bisect_left(self._offsets, end)]


def _of_straight(text: str, offset: int) -> int:
    """The direction of a straight mark, by the characters beside it; 0 after a digit, where it may mean inches."""
    before, after = text[offset - 1 : offset] if offset else " ", text[offset + 1 : offset + 2] or " "
    if before.isdigit():
        return 0
    if (before.isspace() or before in _BEFORE_OPENER) and after.isalnum():
        return OPENS
    if not before.isspace() and before not in _NEVER_BEFORE_CLOSER and not after.isalnum():
        return CLOSES
    return 0


def _goes_below_zero(directions: Iterable[int]) -> bool:
    depth = 0
    for direction in directions:
        depth += direction
        if depth < 0:
            return True
    return False
