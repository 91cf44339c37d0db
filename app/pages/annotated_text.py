"""An article as set text: paragraphs, cut into segments wherever words that evidence cites begin or end.

Passages overlap, and elements of a page cannot; so a segment is marked with all evidence whose words it belongs to
(`docs/decisions/0017-html-pages.md`).
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.enums import Basis, Paragraphs

LONGEST_HEADING = 80
"""In characters: a longer line that ends no sentence is text."""

_BLANK_LINES = re.compile(r"\s*\n[^\S\n]*\n\s*|\s*\r\n[^\S\n]*\r\n\s*")
_LINE_END = re.compile(r"\s*\n\s*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？؟۔।][\"'”’“»«)\]」』]*$")
_POINT = re.compile(r"[-•*–]\s")

Representation = Literal["title", "heading", "point", "text"]


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a text that a piece of evidence cites."""

    mark: int
    """By which the page knows the evidence."""
    id: str
    basis: Basis
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of a text that is cited, however often."""

    number: int
    """Its place among all passages that a page shows, in the order of reading; the outer one first."""
    start: int
    end: int
    cited: Sequence[Cited]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a paragraph within which nothing begins or ends."""

    text: str
    over: Sequence[Cited]
    """Whose words it belongs to."""
    depth: int
    """How many passages it belongs to."""
    begin: Sequence[Passage]
    """Those that begin with it."""
    end: Sequence[Passage]
    """Those that end with it."""

    @property
    def is_stated(self) -> bool:
        """Whether any fact is said here in so many words."""
        return any(cited.basis is Basis.stated for cited in self.over)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or what is shown as one."""

    form: Representation
    segments: Sequence[Segment]


def passages(cited: Sequence[Cited], first: int) -> list[Passage]:
    """The places that some evidence of one text cites, numbered from `first`."""
    places: dict[tuple[int, int], list[Cited]] = defaultdict(list)
    for each in cited:
        places[each.start, -each.end].append(each)
    return [
        Passage(number, start, -negative_end, places[start, negative_end])
        for number, (start, negative_end) in enumerate(sorted(places), start=first)
    ]


def whole(text: str, marked: Sequence[Passage], divided_by: Paragraphs | None, title: str) -> list[Paragraph]:
    """All of a text. `title` is what its first paragraph may be."""
    spans = list(_spans(text, marked, divided_by))
    forms = _forms([text[start:end] for start, end in spans], title)
    return [Paragraph(form, segments) for form, segments in zip(forms, _segments_of(text, spans, marked), strict=True)]


def excerpts(text: str, marked: Sequence[Passage]) -> list[Paragraph]:
    """The cited words of a text alone, each run of them as a paragraph."""
    runs: list[tuple[int, int]] = []
    for passage in marked:
        if runs and passage.start <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], passage.end)
        else:
            runs.append((passage.start, passage.end))
    return [Paragraph("text", segments) for segments in _segments_of(text, runs, marked)]


def _spans(text: str, marked: Sequence[Passage], divided_by: Paragraphs | None) -> Iterator[tuple[int, int]]:
    """Where paragraphs begin and end, without the whitespace around them."""
    start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    by_lines = divided_by is Paragraphs.lines or (divided_by is None and not _BLANK_LINES.search(text, start, stop))
    division = _LINE_END if by_lines else _BLANK_LINES
    cited = {end.start() for passage in marked for end in division.finditer(text, passage.start, passage.end)}
    for end in division.finditer(text, start, stop):
        if not (by_lines and _breaks_sentence(text, end, cited)):
            yield start, end.start()
            start = end.end()
    if start < stop:
        yield start, stop


def _breaks_sentence(text: str, end: re.Match[str], cited: set[int]) -> bool:
    """Whether a line ends within a sentence: the next is in lower case, or words that go over the end are cited."""
    if _ENDS_SENTENCE.search(text[max(0, end.start() - 8) : end.start()]):
        return False
    return text[end.end()].islower() or end.start() in cited


def _forms(paragraphs: Sequence[str], title: str) -> Iterator[Representation]:
    """What each paragraph is, as far as its form tells."""
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
        if paragraph is paragraphs[0] and paragraph.split() == title.split():
            yield "title"
        elif _POINT.match(paragraph):
            yield "point"
        elif _is_heading(paragraph, following):
            yield "heading"
        else:
            yield "text"


def _is_heading(paragraph: str, following: str) -> bool:
    short = len(paragraph) <= LONGEST_HEADING and not _ENDS_SENTENCE.search(paragraph)
    return short and len(following) > len(paragraph) and bool(_ENDS_SENTENCE.search(following))


def _segments_of(text: str, spans: Sequence[tuple[int, int]], marked: Sequence[Passage]) -> Iterator[list[Segment]]:
    """The segments of each span; the spans are in order and apart."""
    starts = [start for start, _ in spans]
    within: list[list[Passage]] = [[] for _ in spans]
    for passage in marked:
        for place in range(max(0, bisect_right(starts, passage.start) - 1), bisect_left(starts, passage.end)):
            within[place].append(passage)
    for (start, end), here in zip(spans, within, strict=True):
        yield _segments(text, start, end, here)


def _segments(text: str, start: int, end: int, here: Sequence[Passage]) -> list[Segment]:
    edges = {edge for passage in here for edge in (passage.start, passage.end) if start < edge < end}
    cuts = [start, *sorted(edges), end]
    over: list[list[Passage]] = [[] for _ in cuts[1:]]
    for passage in here:
        for place in range(bisect_left(cuts, max(passage.start, start)), bisect_left(cuts, min(passage.end, end))):
            over[place].append(passage)
    return [_segment(text, first, last, each) for first, last, each in zip(cuts, cuts[1:], over, strict=False)]


def _segment(text: str, start: int, end: int, over: Sequence[Passage]) -> Segment:
    return Segment(
        text=text[start:end],
        over=[cited for passage in over for cited in passage.cited],
        depth=len(over),
        begin=[passage for passage in over if passage.start == start],
        end=[passage for passage in over if passage.end == end],
    )
