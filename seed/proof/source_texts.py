"""Source texts: the articles of a record, each with the settings that its source's definition has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.enums import QuotationMarks
from seed.proof import wording
from seed.proof.articles import Article
from seed.proof.definitions import Catalogue
from seed.proof.quotation_marks import Marks

LONGEST_SENTENCE = 2_000
"""In code points: what is farther from a passage is not read to find the sentence that it is in."""


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
    def double_marks(self) -> Marks:
        return self.article.marks(QuotationMarks.double, self.paragraphs)

    @property
    def all_marks(self) -> Marks:
        """Single marks too, whatever the publisher quotes with."""
        return self.article.marks(QuotationMarks.single, self.paragraphs)

    @cached_property
    def has_double_marks_outside_of_single(self) -> bool:
        """Whether a pair of double marks stands by itself, and not as a quotation within one in single marks."""
        return any(not self.all_marks.nests(pair.start, pair.end) for pair in self.double_marks.pairs())

    def sentences(self, start: int, end: int) -> tuple[int, int]:
        """The start and the end of the sentences that a slice is in, within their paragraphs."""
        if (start, end) not in self._sentences:
            first, last = self.double_marks.paragraph_span(start)[0], self.double_marks.paragraph_span(end - 1)[1]
            first, last = max(first, start - LONGEST_SENTENCE), min(last, end + LONGEST_SENTENCE)
            before = list(wording.sentence_ends(self.text[first : start + 1], self.language))
            after = next(wording.sentence_ends(self.text[end - 1 : last], self.language), last - end + 1)
            self._sentences[start, end] = first + (before[-1] if before else 0), end - 1 + after
        return self._sentences[start, end]

    def paragraph(self, offset: int) -> int:
        """The index of the paragraph that holds a code point."""
        return self.double_marks.paragraph(offset)


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
