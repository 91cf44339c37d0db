"""The text of an article as annotated paragraphs, which are split into segments at the ends of cited passages.

Passages can overlap, HTML elements cannot. So a segment is passages with all evidence that cites it
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
"""In characters. A longer line is not a heading."""

_BLANK_LINES = re.compile(r"\s*\n[^\S\n]*\n\s*|\s*\r\n[^\S\n]*\r\n\s*")
_LINE_END = re.compile(r"\s*\n\s*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？؟۔।][\"'”’“»«)\]」』]*$")
_POINT = re.compile(r"[-•*–]\s")

ParagraphKind = Literal["title", "heading", "point", "text"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A piece of evidence and the range of its words in the text, in code points."""

    mark: int
    """The index of the evidence on the page."""
    id: str
    basis: Basis
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited range of a text, with all its citations."""

    number: int
    """The number of the passage on the page, in the order of the text; an outer passage precedes inner ones."""
    start: int
    end: int
    citations: Sequence[Citation]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a paragraph within which no passage begins or ends."""

    text: str
    citations: Sequence[Citation]
    """The evidence that cites the segment."""
    depth: int
    """The number of passages that contain the segment."""
    begin: Sequence[Passage]
    """The passages that begin with the segment."""
    end: Sequence[Passage]
    """The passages that end with the segment."""

    @property
    def is_stated(self) -> bool:
        """Whether any evidence for a stated fact cites the segment."""
        return any(citation.basis is Basis.stated for citation in self.citations)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: title, heading, point of a list, or text."""

    kind: ParagraphKind
    segments: Sequence[Segment]


def cited_passages(citations: Sequence[Citation], first: int) -> list[Passage]:
    """The cited passages of one text, numbered from `first`."""
    by_range: dict[tuple[int, int], list[Citation]] = defaultdict(list)
    for each in citations:
        by_range[each.start, -each.end].append(each)
    return [
        Passage(number, start, -negative_end, by_range[start, negative_end])
        for number, (start, negative_end) in enumerate(sorted(by_range), start=first)
    ]


def whole_text(text: str, passages: Sequence[Passage], divided_by: Paragraphs | None, title: str) -> list[Paragraph]:
    """All paragraphs of a text. A first paragraph that equals `title` is the title."""
    spans = list(_spans(text, passages, divided_by))
    kinds = _kinds([text[start:end] for start, end in spans], title)
    return [
        Paragraph(kind, segments) for kind, segments in zip(kinds, _segments_of(text, spans, passages), strict=True)
    ]


def excerpts(text: str, passages: Sequence[Passage]) -> list[Paragraph]:
    """The cited words of a text only; each run of overlapping passages is a paragraph."""
    runs: list[tuple[int, int]] = []
    for passage in passages:
        if runs and passage.start <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], passage.end)
        else:
            runs.append((passage.start, passage.end))
    return [Paragraph("text", segments) for segments in _segments_of(text, runs, passages)]


def _spans(text: str, passages: Sequence[Passage], divided_by: Paragraphs | None) -> Iterator[tuple[int, int]]:
    """The ranges of paragraphs, without surrounding whitespace."""
    start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    by_lines = divided_by is Paragraphs.lines or (divided_by is None and not _BLANK_LINES.search(text, start, stop))
    division = _LINE_END if by_lines else _BLANK_LINES
    crossed = {end.start() for passage in passages for end in division.finditer(text, passage.start, passage.end)}
    for end in division.finditer(text, start, stop):
        if not (by_lines and _breaks_sentence(text, end, crossed)):
            yield start, end.start()
            start = end.end()
    if start < stop:
        yield start, stop


def _breaks_sentence(text: str, end: re.Match[str], crossed: set[int]) -> bool:
    """Whether a line ends within a sentence: the next line begins in lower case, or a passage crosses the end."""
    if _ENDS_SENTENCE.search(text[max(0, end.start() - 8) : end.start()]):
        return False
    return text[end.end()].islower() or end.start() in crossed


def _kinds(paragraphs: Sequence[str], title: str) -> Iterator[ParagraphKind]:
    """The kind of each paragraph, by its form."""
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


def _segments_of(text: str, spans: Sequence[tuple[int, int]], passages: Sequence[Passage]) -> Iterator[list[Segment]]:
    """The segments of each span; spans are sorted and do not overlap."""
    starts = [start for start, _ in spans]
    by_span: list[list[Passage]] = [[] for _ in spans]
    for passage in passages:
        for index in range(max(0, bisect_right(starts, passage.start) - 1), bisect_left(starts, passage.end)):
            by_span[index].append(passage)
    for (start, end), inside in zip(spans, by_span, strict=True):
        yield _segments(text, start, end, inside)


def _segments(text: str, start: int, end: int, inside: Sequence[Passage]) -> list[Segment]:
    edges = {edge for passage in inside for edge in (passage.start, passage.end) if start < edge < end}
    cuts = [start, *sorted(edges), end]
    over: list[list[Passage]] = [[] for _ in cuts[1:]]
    for passage in inside:
        for index in range(bisect_left(cuts, max(passage.start, start)), bisect_left(cuts, min(passage.end, end))):
            over[index].append(passage)
    return [_segment(text, first, last, each) for first, last, each in zip(cuts, cuts[1:], over, strict=False)]


def _segment(text: str, start: int, end: int, over: Sequence[Passage]) -> Segment:
    return Segment(
        text=text[start:end],
        citations=[citation for passage in over for citation in passage.citations],
        depth=len(over),
        begin=[passage for passage in over if passage.start == start],
        end=[passage for passage in over if passage.end == end],
    )
