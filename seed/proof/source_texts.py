"""Source texts: the articles of a record, each with the settings that its source's definition has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.enums import Paragraphs, QuotationMarks
from seed.proof import wording
from seed.proof.articles import Article
from seed.proof.definitions import Catalogue
from seed.proof.quotation_marks import Marks, Pair

NEAR = 1_000
"""In code points: what is farther from a passage is not read to find its sentence, or marks around its marks."""


@dataclass
class SourceText:
    """An article with its language, the marks that its publisher quotes with, and what separates its paragraphs."""

    article: Article
    language: str
    quotation_marks: QuotationMarks
    paragraphs: str | None
    _sentences: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.article.text

    @property
    def marks(self) -> Marks:
        return self.article.marks(self.quotation_marks, self.paragraphs)

    def is_inner_quotation(self, start: int, end: int) -> bool:
        """Whether a slice is between marks that are themselves in a quotation, in marks of another kind or the same."""
        around = [pair for pair in self.marks.around(start, end) if not self._is_apostrophe(pair.start - 1)]
        if self.quotation_marks is QuotationMarks.double:
            around += self._single_pairs(start, end)
        return len(around) > 1 or self._is_in_second_curly_pair(start, end)

    def quotes_in_single_marks_only(self, start: int, end: int) -> bool:
        around = list(self.marks.around(start, end))
        return bool(around) and all(self._is_single(pair) for pair in around)

    @cached_property
    def has_double_marks_outside_of_single(self) -> bool:
        """Whether a pair of double marks stands by itself, and not as a quotation within one in single marks."""
        doubles = (pair for pair in self.marks.pairs() if not self._is_single(pair))
        return any(not any(map(self._is_single, self.marks.around(pair.start, pair.end))) for pair in doubles)

    def _is_single(self, pair: Pair) -> bool:
        return self.text[pair.start - 1] in "'‘"

    def _is_apostrophe(self, offset: int) -> bool:
        return self.text[offset] in "'’" and self.text[offset - 1 : offset].isalnum()

    def _single_pairs(self, start: int, end: int) -> list[Pair]:
        """The pairs of single marks around a slice of a text that quotes in double marks, as found near the slice."""
        first = max(0, start - NEAR)
        near = Marks(self.text[first : end + NEAR], QuotationMarks.single, Paragraphs.lines)
        pairs = (Pair(pair.start + first, pair.end + first) for pair in near.around(start - first, end - first))
        return [pair for pair in pairs if self._is_single(pair) and not self._is_apostrophe(pair.start - 1)]

    def _is_in_second_curly_pair(self, start: int, end: int) -> bool:
        """Whether a slice is in “A “B” C”: the marks pair as if the outer opener were a stray one."""
        before, after = self._near(start, end)
        return _depth(reversed(before), "“", "”") > 1 and _depth(after, "”", "“") > 1

    def _near(self, start: int, end: int) -> tuple[str, str]:
        """The text before and after a slice in its paragraphs, up to a limit."""
        first, last = self.marks.paragraph_span(start)[0], self.marks.paragraph_span(end - 1)[1]
        return self.text[max(first, start - NEAR) : start], self.text[end : min(last, end + NEAR)]

    def sentences(self, start: int, end: int) -> tuple[int, int]:
        """The start and the end of the sentences that a slice is in, within their paragraphs."""
        if (start, end) not in self._sentences:
            before, after = self._near(start, end)
            own_start, own_end = self.text[start], self.text[end - 1]
            first = wording.last_sentence(before + own_start, self.language)
            last = wording.first_sentence(own_end + after, self.language)
            self._sentences[start, end] = start + 1 - len(first), end - 1 + len(last)
        return self._sentences[start, end]

    def paragraph(self, offset: int) -> int:
        """The index of the paragraph that holds a code point."""
        return self.marks.paragraph(offset)


def _depth(marks: Iterable[str], opener: str, closer: str) -> int:
    """The largest number of openers, less the closers before them, among some characters."""
    depth = deepest = 0
    for mark in marks:
        depth += (mark == opener) - (mark == closer)
        deepest = max(deepest, depth)
    return deepest


class SourceTexts:
    """The source texts of a record, by source id."""

    def __init__(self, articles: Mapping[str, Article], catalogue: Catalogue) -> None:
        self._articles = articles
        self._catalogue = catalogue
        self._texts: dict[str, SourceText] = {}

    def __getitem__(self, id: str) -> SourceText:
        if id not in self._texts:
            source = self._catalogue.source(id)
            values = source.values if source else {}
            marks = QuotationMarks(values.get("quotation_marks") or QuotationMarks.double)
            self._texts[id] = SourceText(
                self._articles[id], values.get("language") or "", marks, values.get("paragraphs")
            )
        return self._texts[id]
