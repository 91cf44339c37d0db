"""The excerpt of a fault: its line with carets under the wrong part, and the nearest words of the article below."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel
from rich.cells import cell_len
from rich.text import Text

from seed.cli.terminal import window
from seed.proof.word_search import fold
from seed.record.display_text import visible
from seed.record.faults import LocatedFault

_TOKEN = re.compile(r"(?:(?![\u2e80-\uffff])\w)+|\S")
"""A word, a sign, or a character of a script that does not separate words."""

Marks = list[tuple[int, int]]
"""Ranges in a line: start and end of each, in characters."""


def excerpt(fault: LocatedFault, width: int) -> Text:
    """A fault's line and the nearest words, each with a line of marks below, no wider than some cells."""
    near = fault.nearest
    gutter = len(str(max(fault.line, near.line if near else 0))) + 2
    wrong, missed = _marks(fault)
    whole = visible(fault.excerpt).ljust(fault.column - 1 + fault.width)  # what is missing is marked at the end
    line = _Line(whole, wrong).cut(width - gutter - 4)
    text = line.text(f"{fault.line:>{gutter}}", "^", style(fault))
    if near:
        text.append(f"\n{'=':>{gutter + 2}} nearest: {visible(near.file)}:{near.line}:{near.column}", style="dim")
        words = _Line(visible(near.words), missed).under(line, fault.column - 1, width - gutter - 4)
        text.append(words.text(f"{near.line:>{gutter}}", "~", "green"))
    return text


def style(fault: LocatedFault) -> str:
    return "yellow" if fault.is_warning else "red"


@dataclass(slots=True)
class _Line:
    """A line with marks; `shift` is the number of characters cut off before it."""

    shown: str
    marks: Marks
    shift: int = 0

    def cut(self, room: int) -> "_Line":
        """The line cut around its marks, or around the first one if they are too far apart."""
        start, end = (self.marks[0][0], self.marks[-1][1]) if self.marks else (0, 0)
        if cell_len(self.shown[start:end]) > room // 2:
            end = self.marks[0][1]
        shown, shift = window(self.shown, start, end, room)
        marks = [(max(0, a - shift), min(b - shift, len(shown))) for a, b in self.marks]
        return _Line(shown, [(a, b) for a, b in marks if a < b], shift)

    def under(self, line: "_Line", start: int, room: int) -> "_Line":
        """The line indented to a column of another line, if there is room for it."""
        indent = " " * cell_len(line.shown[: start - line.shift]) if start > line.shift else ""
        if cell_len(indent + self.shown) > room:
            return self.cut(room)
        return _Line(indent + self.shown, [(a + len(indent), b + len(indent)) for a, b in self.marks])

    def text(self, number: str, sign: str, style: str) -> Text:
        """The line with its number, and below it a sign under each cell that is marked."""
        signs = ""
        for start, end in self.marks:
            signs = signs.ljust(cell_len(self.shown[:start])) + sign * cell_len(self.shown[start:end])
        line = Text(self.shown)
        for start, end in self.marks:
            line.stylize(f"bold {style}", start, end)
        below = Text.assemble((f"\n{'|':>{len(number) + 2}} ", "dim"), (signs, style)) if signs else ""
        return Text.assemble((f"\n{number} | ", "dim"), line, below)


def _marks(fault: LocatedFault) -> tuple[Marks, Marks]:
    """The wrong parts of a fault's line, and the parts of the nearest words that it misses.

    For words that are not found these are the differences, if this line has them; otherwise it is the whole value.
    """
    start = fault.column - 1
    whole = [(start, start + fault.width)]
    if fault.nearest is None:
        return whole, []
    words, written = " ".join(fault.value.split()), fault.excerpt[start : start + fault.width]
    wrong, missed = _differing(words, fault.nearest.words)
    if written[0] in "'\"":
        written, start = written.strip(written[0]), start + 1
    if not words.startswith(written):  # it is written as a block, or with escapes
        return whole, missed
    return [(start + a, start + min(b, len(written))) for a, b in wrong if a < len(written)] or whole, missed


def _differing(words: str, near: str) -> tuple[Marks, Marks]:
    """The differences between words and the nearest ones, as ranges in each of the two.

    Words that the article adds at either end are not missed: the nearest words are whole ones.
    """
    ours, theirs = list(_TOKEN.finditer(words)), list(_TOKEN.finditer(near))
    changes = Indel.opcodes([fold(token[0]) for token in ours], [fold(token[0]) for token in theirs])
    deleted = [(op.src_start, op.src_end) for op in changes if op.tag == "delete"]
    inserted = [(op.dest_start, op.dest_end) for op in changes if op.tag == "insert"]
    if inserted and inserted[0][0] == 0 and not (deleted and deleted[0][0] == 0):
        inserted.pop(0)
    if inserted and inserted[-1][1] == len(theirs) and not (deleted and deleted[-1][1] == len(ours)):
        inserted.pop()
    return _places(deleted, ours), _places(inserted, theirs)


def _places(ranges: Marks, tokens: list[re.Match[str]]) -> Marks:
    return [(tokens[first].start(), tokens[end - 1].end()) for first, end in ranges]
