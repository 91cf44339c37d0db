"""Quotation marks: pairs of them, and the text between.

Each kind of mark pairs separately, so pairs of one kind never overlap. A mark without a partner quotes nothing; it
must never quote the rest of an article.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.enums import Paragraphs, QuotationMarks
from seed.proof.mixed_marks import CLOSES, OPENS, Directions, MarkReader, open_and_close

REACH = 4
"""The largest distance of a closing mark, in paragraphs; an opening mark without one that near is a stray mark."""

_BESIDE = 2
"""Characters beside a slice in which a mark may be: there may be a full stop between."""

_LINE_END = r"(?>\r\n|\r|\n)"
_BREAKS = {
    Paragraphs.blocks: re.compile(rf"{_LINE_END}[^\S\r\n]*{_LINE_END}\s*"),
    Paragraphs.lines: re.compile(rf"{_LINE_END}\s*"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The text between two marks, half open, in code points.

    `closed` is false if the paragraph's end closes it, because the next paragraph opens with a mark again.
    """

    start: int
    end: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of marks that show their direction; after a `low` opener, `turned` closes."""

    openers: str
    closers: str
    low: str = ""
    turned: str = ""


_CURLY = _Kind("“„", "”", low="„", turned="“")
_CORNERS = (_Kind("「", "」"), _Kind("『", "』"))
_OUTWARD, _INWARD = _Kind("«", "»"), _Kind("»", "«")
_SINGLE = _Kind("‘", "’")

DOUBLE_MARKS = _CURLY.openers + _CURLY.closers + _OUTWARD.openers + _OUTWARD.closers + '"'
"""Marks that are never an apostrophe, without those of Chinese and Japanese."""

QUOTATION_MARKS = DOUBLE_MARKS + "「」『』‘’'"
"""All marks that quote in some text."""


class _Text:
    """A text with its paragraphs."""

    def __init__(self, text: str, paragraphs: Paragraphs | None) -> None:
        self.text = text
        words = range(len(text) - len(text.lstrip()), len(text.rstrip()))
        breaks = self._breaks(paragraphs or Paragraphs.blocks, words)
        if paragraphs is None and not breaks:
            breaks = self._breaks(Paragraphs.lines, words)
        self.starts = [words.start, *(end for _, end in breaks)]
        self.ends = [*(start for start, _ in breaks), words.stop]

    def _breaks(self, paragraphs: Paragraphs, words: range) -> list[tuple[int, int]]:
        return [found.span() for found in _BREAKS[paragraphs].finditer(self.text, words.start, words.stop)]

    def paragraph(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def opens_next(self, before: int, offset: int) -> bool:
        """Whether a mark is the first of the paragraph that follows the one of the mark before."""
        following = self.paragraph(before) + 1
        return following < len(self.starts) and self.starts[following] == offset

    def rest_of_paragraph(self, offset: int) -> Pair:
        return Pair(offset + 1, self.ends[self.paragraph(offset)], closed=False)

    def is_apostrophe(self, offset: int) -> bool:
        before, after = self.text[offset - 1 : offset], self.text[offset + 1 : offset + 2]
        return before.isalpha() and after.isalpha()


def _pointed_pairs(text: _Text, kind: _Kind) -> Iterator[Pair]:
    """Pairs of marks that show their direction: an opener with the next closer, if no other opener is between."""
    opened: int | None = None
    for found in re.finditer(f"[{kind.openers}{kind.closers}]", text.text):
        offset, mark = found.start(), found.group()
        if mark in "‘’" and text.is_apostrophe(offset):
            continue
        if opened is not None and text.paragraph(offset) - text.paragraph(opened) > REACH:
            opened = None
        if mark in kind.closers or (mark == kind.turned and opened is not None and text.text[opened] == kind.low):
            if opened is not None:
                yield Pair(opened + 1, offset)
            opened = None
        else:
            if opened is not None and text.opens_next(opened, offset):
                yield text.rest_of_paragraph(opened)
            opened = offset


def _straight_pairs(text: _Text, mark: str) -> Iterator[Pair]:
    """Pairs of marks that look the same on both sides: they open and close in turn, within a paragraph."""
    opened: int | None = None
    for found in re.finditer(mark, text.text):
        offset = found.start()
        if mark == "'" and text.is_apostrophe(offset):
            continue
        if opened is not None and text.paragraph(offset) == text.paragraph(opened):
            yield Pair(opened + 1, offset)
            opened = None
        else:
            if opened is not None and text.opens_next(opened, offset):
                yield text.rest_of_paragraph(opened)
            opened = offset


def _points_inward(text: str) -> bool:
    """Whether guillemets quote as »A«: the first one of a text decides."""
    left, right = (text.find(guillemet) for guillemet in "«»")
    return right >= 0 and not 0 <= left < right


def _pairs_by_kind(text: _Text, marks: QuotationMarks) -> Iterator[list[Pair]]:
    kinds = [_CURLY, _INWARD if _points_inward(text.text) else _OUTWARD, *_CORNERS]
    straight = ['"']
    if marks is QuotationMarks.single:
        kinds.append(_SINGLE)
        straight.append("'")
    for kind in kinds:
        if any(mark in text.text for mark in kind.openers):  # many times quicker than to search for all of them
            yield list(_pointed_pairs(text, kind))
    for mark in straight:
        yield list(_straight_pairs(text, mark))


def _is_punctuation(text: str) -> bool:
    return all(character.isspace() or unicodedata.category(character).startswith("P") for character in text)


def _cuts(pair: Pair, start: int, end: int) -> bool:
    holds_opener = start < pair.start <= end
    if pair.closed:
        return holds_opener != (start <= pair.end < end)
    overlaps, reaches_end = start < pair.end and pair.start < end, pair.end <= end
    return overlaps and holds_opener != reaches_end


class Marks:
    """The pairs of quotation marks of a text, found once for any number of queries.

    `marks` says whether single marks quote too, `paragraphs` what separates paragraphs: by default blank lines, or line
    ends in a text without blank lines.
    """

    def __init__(
        self, text: str, marks: QuotationMarks = QuotationMarks.double, paragraphs: Paragraphs | None = None
    ) -> None:
        self._text = text
        self._marks = marks
        self._paragraphs = _Text(text, paragraphs)
        self._reader = MarkReader(text, _points_inward(text), self._closes)
        self._read: dict[Pair, Directions | None] = {}

    @cached_property
    def _kinds(self) -> list[list[Pair]]:
        return [pairs for pairs in _pairs_by_kind(self._paragraphs, self._marks) if pairs]

    @cached_property
    def _starts(self) -> list[list[int]]:
        return [[pair.start for pair in pairs] for pairs in self._kinds]

    def pairs(self) -> list[Pair]:
        """All pairs, in the order of the text."""
        return sorted((pair for pairs in self._kinds for pair in pairs), key=lambda pair: (pair.start, -pair.end))

    def around(self, start: int, end: int) -> Iterator[Pair]:
        """The pairs that a slice is between, of each kind of mark at most one."""
        return (pair for pair in self._before(start) if end <= pair.end)

    def paragraph(self, offset: int) -> int:
        """The index of the paragraph that holds a code point."""
        return self._paragraphs.paragraph(offset)

    def paragraph_span(self, offset: int) -> tuple[int, int]:
        """The start and the end of the paragraph that holds a code point."""
        index = self.paragraph(offset)
        return self._paragraphs.starts[index], self._paragraphs.ends[index]

    def are_mixed(self, start: int, end: int) -> bool:
        """Whether marks of two kinds quote a slice, as in "A”: no pair of one kind quotes it."""
        around = list(self.around(start, end))
        if around:
            return all(self._is_mixed(pair, start, end) for pair in around)
        direction = self._reader.direction
        opened = any(direction(offset) == OPENS for offset in range(max(start - _BESIDE, 0), start))
        return opened and any(direction(offset) == CLOSES for offset in range(end, end + _BESIDE))

    def _is_mixed(self, pair: Pair, start: int, end: int) -> bool:
        marks = self._marks_between(pair)
        return marks is None or not open_and_close(marks, start, end)

    def _marks_between(self, pair: Pair) -> Directions | None:
        """The marks between those of a pair; None if they cannot quote, or the pair itself does not."""
        if pair not in self._read:
            opener, closer = self._reader.direction(pair.start - 1), self._reader.direction(pair.end)
            turned = opener == CLOSES or (pair.closed and closer == OPENS)  # from one quotation's end to the next
            self._read[pair] = None if turned else self._reader.between(pair.start, pair.end)
        return self._read[pair]

    def _closes(self, offset: int) -> bool:
        return any(pair.closed and pair.end == offset for pair in self._before(offset))

    def fills_pair(self, start: int, end: int) -> bool:
        """Whether a slice is all the text between two marks, except for punctuation and space at its ends."""
        return any(
            _is_punctuation(self._text[pair.start : start]) and _is_punctuation(self._text[end : pair.end])
            for pair in self.around(start, end)
        )

    def inside_pair(self, start: int, end: int) -> bool:
        """Whether a slice is between two marks."""
        return any(True for _ in self.around(start, end))

    def cuts_pair(self, start: int, end: int) -> bool:
        """Whether a slice holds one mark of a pair and not the other."""
        return any(_cuts(pair, start, end) for pair in (*self._before(start), *self._before(end)))

    def _before(self, offset: int) -> Iterator[Pair]:
        """The last pair of each kind that opens at or before an offset."""
        for pairs, starts in zip(self._kinds, self._starts, strict=True):
            place = bisect_right(starts, offset) - 1
            if place >= 0:
                yield pairs[place]
