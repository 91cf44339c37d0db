"""The text of an article as annotated paragraphs, which are split into segments at the ends of cited passages.

Passages can overlap, HTML elements cannot. So a segment is passages with all evidence that cites it
(`docs/decisions/0017-html-pages.md`).
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from app.enums import Basis, Paragraphs

LONGEST_HEADING = 80
"""In characters. A longer line is not a heading, and no line of a list of names."""

MOST_WORDS_OF_DATE_LINE = 6
"""A line with a year or a time and no more words than this is a date line."""

MAX_SHOWN_BYTES = 200_000
"""How much of a text a page shows: of a longer one, the cited words and what is around them."""

MAX_OVERLAPPING = 200
"""How many of the passages that contain a segment are marked at it. Without a bound, a page would be their square."""

_BLANK_LINES = re.compile(r"\s*\n[^\S\n]*\n\s*|\s*\r\n[^\S\n]*\r\n\s*")
_BLOCK_END = re.compile(_BLANK_LINES.pattern + r"|[^\S\n]*\n[^\S\n]*(?=[-•*–]\s)")
"""Blank lines, or a line end that the point of a list follows."""
_LINE_END = re.compile(r"\s*\n\s*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？؟۔।][\"'”’“»«)\]」』]*$")
_POINT = re.compile(r"[-•*–]\s")
_YEAR_OR_TIME = re.compile(r"\b(?:[12][0-9]{3}|[0-9]{1,2}[:.][0-9]{2})\b")
_LETTER = re.compile(r"[^\W\d_]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")
"""Letters of scripts that are written from right to left (Unicode's blocks of Hebrew, Arabic, Syriac and others)."""

ParagraphKind = Literal["title", "heading", "point", "lines", "text"]
Direction = Literal["ltr", "rtl"]


@dataclass(slots=True)
class Citation:
    """A piece of evidence and the range of its words in the text, in code points."""

    mark: int
    """The index of the evidence on the page."""
    id: str
    basis: Basis
    start: int
    end: int


@dataclass(slots=True)
class Passage:
    """A cited range of a text, with all its citations."""

    number: int
    """The number of the passage on the page, in the order of the text; an outer passage precedes inner ones."""
    start: int
    end: int
    citations: Sequence[Citation]


@dataclass(slots=True)
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


@dataclass(slots=True)
class Paragraph:
    """A paragraph: title, heading, point of a list, lines such as a list of names, or text."""

    kind: ParagraphKind
    segments: Sequence[Segment]
    follows_gap: bool = False
    """Whether text is omitted before it."""

    @property
    def direction(self) -> Direction | None:
        """The direction of most of its letters; None without letters."""
        text = "".join([segment.text for segment in self.segments])
        if not _RIGHT_TO_LEFT.search(text):
            return "ltr" if _LETTER.search(text) else None
        right_to_left, letters = len(_RIGHT_TO_LEFT.findall(text)), len(_LETTER.findall(text))
        return "rtl" if 2 * right_to_left > letters else "ltr"


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


def text_around(
    text: str, passages: Sequence[Passage], divided_by: Paragraphs | None, title: str
) -> tuple[list[Paragraph], set[int]]:
    """The paragraphs of a long text around its passages, and the numbers of the passages that they do not show."""
    windows = _windows(text, passages)
    spans = list(_spans(text, passages, divided_by))
    kinds = list(_kinds([text[start:end] for start, end in spans], title))
    parts = list(_parts(spans, windows))
    segments = _segments_of(text, [span for _, span, _ in parts], passages)
    paragraphs = [
        Paragraph(kinds[index], each, follows_gap)
        for (index, _, follows_gap), each in zip(parts, segments, strict=True)
    ]
    starts = [start for start, _ in windows]
    hidden = {
        passage.number
        for passage in passages
        if passage.start >= windows[max(0, bisect_right(starts, passage.start) - 1)][1]
    }
    return paragraphs, hidden


def excerpts(text: str, passages: Sequence[Passage]) -> list[Paragraph]:
    """The cited words of a text only; each run of overlapping passages is a paragraph."""
    segments = _segments_of(text, _runs(passages), passages)
    return [Paragraph("text", each, follows_gap=True) for each in segments]


def _runs(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """The ranges of overlapping passages together."""
    runs: list[tuple[int, int]] = []
    for passage in passages:
        if runs and passage.start <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], passage.end)
        else:
            runs.append((passage.start, passage.end))
    return runs


def _windows(text: str, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """The ranges of a text that are shown, of MAX_SHOWN_BYTES together: its passages with as much around each."""
    left = MAX_SHOWN_BYTES * len(text) // len(text.encode())
    runs: list[tuple[int, int]] = []
    for start, end in _runs(passages) or [(0, 1)]:
        if left > 0:
            runs.append((start, min(end, start + left)))
            left -= end - start
    around = max(0, left) // (2 * len(runs))
    windows: list[tuple[int, int]] = []
    for start, end in runs:
        first = min(start, _next_word(text, max(0, start - around)))
        last = min(len(text), end + around)
        if windows and first <= windows[-1][1]:
            windows[-1] = windows[-1][0], last
        else:
            windows.append((first, last))
    return windows


def _next_word(text: str, index: int) -> int:
    space = text.find(" ", index, index + 100) if index else -1
    return space + 1 if space >= 0 else index


def _parts(
    spans: Sequence[tuple[int, int]], windows: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, tuple[int, int], bool]]:
    """The parts of paragraphs within windows: the paragraph's index, the range, and whether text before is omitted."""
    ends = [end for _, end in spans]
    for first, last in windows:
        follows_gap = first > 0
        for index in range(bisect_right(ends, first), len(spans)):
            start, end = spans[index]
            if start >= last:
                break
            yield index, (max(start, first), min(end, last)), follows_gap
            follows_gap = False


def _spans(text: str, passages: Sequence[Passage], divided_by: Paragraphs | None) -> Iterator[tuple[int, int]]:
    """The ranges of paragraphs, without surrounding whitespace."""
    start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    by_lines = divided_by is Paragraphs.lines or (divided_by is None and not _BLANK_LINES.search(text, start, stop))
    division = _LINE_END if by_lines else _BLOCK_END
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
        elif _is_list_of_lines(paragraph):
            yield "lines"
        else:
            yield "text"


def _is_heading(paragraph: str, following: str) -> bool:
    short = len(paragraph) <= LONGEST_HEADING and not _ENDS_SENTENCE.search(paragraph)
    if not short or "\n" in paragraph or _is_date_line(paragraph):
        return False
    return len(following) > len(paragraph) and bool(_ENDS_SENTENCE.search(following))


def _is_date_line(paragraph: str) -> bool:
    return len(paragraph.split()) <= MOST_WORDS_OF_DATE_LINE and bool(_YEAR_OR_TIME.search(paragraph))


def _is_list_of_lines(paragraph: str) -> bool:
    """Whether a paragraph consists of short lines that are no parts of a sentence, such as the names of delegates."""
    lines = paragraph.splitlines()
    return len(lines) > 1 and all(
        len(line) <= LONGEST_HEADING and line[:1].isupper() and not _ENDS_SENTENCE.search(line) for line in lines
    )


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
    begins: dict[int, list[Passage]] = defaultdict(list)
    ends: dict[int, list[Passage]] = defaultdict(list)
    for passage in (each for each in inside if each.start < end and each.end > start):
        begins[max(passage.start, start)].append(passage)
        ends[min(passage.end, end)].append(passage)
    cuts = sorted({start, end, *begins, *ends})
    over: dict[int, Passage] = {}
    segments = []
    for first, last in pairwise(cuts):
        for passage in ends[first]:
            over.pop(passage.number, None)
        for passage in begins[first]:
            over[passage.number] = passage
        segments.append(_segment(text, first, last, [*islice(over.values(), MAX_OVERLAPPING)], begins, ends))
    return segments


def _segment(
    text: str,
    start: int,
    end: int,
    over: Sequence[Passage],
    begins: Mapping[int, Sequence[Passage]],
    ends: Mapping[int, Sequence[Passage]],
) -> Segment:
    return Segment(
        text=text[start:end],
        citations=[citation for passage in over for citation in passage.citations][:MAX_OVERLAPPING],
        depth=len(over),
        begin=[passage for passage in begins.get(start, ()) if passage.start == start],
        end=[passage for passage in ends.get(end, ()) if passage.end == end],
    )
