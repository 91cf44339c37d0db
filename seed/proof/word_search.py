"""Word search in an article, independent of line breaks and typography.

A text is folded once: runs of whitespace become one space, and typographic variants of a mark become one character.
Words are folded the same way and searched in the folded text. Offsets are returned in code points of the article
itself, so that the article's own slice is stored.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import chain, islice

from rapidfuzz import fuzz

from seed.proof.work import may_compare, search
from seed.record.scalars import HIGHEST_ORDINAL

_ONE_FORM = {
    **{character: " " for character in map(chr, range(0x3001)) if character.isspace() and character != " "},
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2010\u2011\u2013\u2014", "-"),
}
_RUN = re.compile("  +")

NEAR_ENOUGH = 60
"""The least similarity, of 100, for words to be shown as the nearest."""

_COMPARED_AT_ONCE = 64
_LEAST_COMPARED = 40


def _one_form(text: str) -> str:
    for variant, form in _ONE_FORM.items():  # one pass each in C: faster than one translation for all
        text = text.replace(variant, form)
    return text


def fold(text: str) -> str:
    """Words for comparison: typographic variants in one form, runs of whitespace as one space, none at the ends."""
    one_line = " ".join(text.split())
    return one_line if one_line.isascii() else _one_form(one_line)


class FoldedText:
    """An article's text, folded once for any number of searches."""

    def __init__(self, text: str) -> None:
        self.text = text
        one_form = _one_form(text)
        self.folded = _RUN.sub(" ", one_form)
        self._run_ends, self._shifts = array("L", [0]), array("L", [0])  # a list takes five times as much
        for run in _RUN.finditer(one_form):
            shift = self._shifts[-1] + len(run.group()) - 1
            self._run_ends.append(run.end() - shift)
            self._shifts.append(shift)

    def find(self, words: str, limit: int) -> list[tuple[int, int]]:
        """The first `limit` places of some words, in order, as start and end in code points of the text."""
        needle = fold(words)
        last = len(needle) - 1
        return [(self._original(at), self._original(at + last) + 1) for at in islice(self._places(needle), limit)]

    def count(self, words: str) -> int:
        """The number of places of the words in the text, overlapping ones included; it ends at 1,000."""
        return sum(1 for _ in islice(self._places(fold(words)), HIGHEST_ORDINAL))

    def _places(self, needle: str) -> Iterator[int]:
        """The places of folded words in the folded text, in order."""
        start = 0
        while needle:
            found = self.folded.find(needle, start)
            search(len(needle) + (found if found >= 0 else len(self.folded)) - start)
            if found < 0:
                return
            yield found
            start = found + 1

    def nearest(self, words: str) -> tuple[int, int] | None:
        """The most similar slice of the text, if one is similar enough and the search is not too long."""
        needle = fold(words)
        at_once = -(-len(needle) // _COMPARED_AT_ONCE)
        if not may_compare(len(self.folded) * at_once * max(len(needle), _LEAST_COMPARED)):
            return None
        near = fuzz.partial_ratio_alignment(needle, self.folded, score_cutoff=NEAR_ENOUGH)
        if near is None:
            return None
        start, end = self._whole_words(near.dest_start, near.dest_end)
        return self._original(start), self._original(end - 1) + 1

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of a code point, counted from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _original(self, folded_offset: int) -> int:
        return folded_offset + self._shifts[bisect_right(self._run_ends, folded_offset) - 1]

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        start = self.folded.rfind(" ", 0, start + 1) + 1
        after = self.folded.find(" ", max(end - 1, start + 1))
        return start, after if after >= 0 else len(self.folded)

    @cached_property
    def _line_starts(self) -> "array[int]":
        return array("L", chain([0], (line_end.end() for line_end in re.finditer(r"\r\n|\r|\n", self.text))))
