"""Citations: the entries of an evidence list, each with the passage of the article that has its words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from seed.proof.articles import Article
from seed.proof.facts import PartFacts
from seed.proof.quotation_marks import QUOTATION_MARKS
from seed.proof.result import Evidence, Passage
from seed.proof.word_search import fold
from seed.proof.work import search
from seed.record.faults import Code, Fault, Nearest
from seed.record.models import Described, Entry, Record
from seed.record.scalars import HIGHEST_ORDINAL
from seed.record.yaml_tree import Path


@dataclass(slots=True)
class Citation:
    """An evidence entry with its passage; a text or a description without an entry is its own citation.

    `path` leads to the words or, if there are none, to the reason. `fault` says why the words have no passage, and
    `unread` that their article could not be read. `written` is false for a text or description without an entry.
    """

    fields: tuple[str, ...]
    path: Path
    passage: Passage | None = None
    note: str | None = None
    fault: Fault | None = None
    written: bool = True
    unread: bool = False
    despite: str | None = None

    @property
    def known(self) -> bool:
        """Whether the rules apply: if the words have no passage, another fault says so."""
        return self.fault is None and not self.unread

    @property
    def stated(self) -> bool:
        return self.note is None

    @property
    def own_words(self) -> str | None:
        """The folded words of a text or description that has no entry."""
        return self.passage.folded if self.passage and not self.written else None

    def evidence(self) -> Evidence:
        return Evidence(self.fields, self.passage, self.note, self.despite)


class Citations:
    """Finds the words of a record's entries in its articles, by source id; a source without an article is skipped."""

    def __init__(self, record: Record, articles: Mapping[str, Article]) -> None:
        self._listed = record.source_ids
        self._articles = articles

    def of(self, part: PartFacts) -> list[Citation]:
        """The citations of a part's entries in order, then those of its text and descriptions without an entry."""
        entries = enumerate(part.model.evidence)
        written = [self.cite(entry, (*part.path, "evidence", index), part) for index, entry in entries]
        return [*written, *self._own_words(part, written)]

    def cite(self, entry: Entry, path: Path, part: PartFacts | None = None) -> Citation:
        """The citation of an entry; of the fields that it says, only the part's facts are taken."""
        fields = tuple([field for field in entry.says if part is None or field in part.facts])
        if entry.words is None:
            return Citation(fields, (*path, "inferred"), note=entry.inferred, despite=entry.despite)
        source = entry.source or self._listed[0]
        if source not in self._listed:
            message = f"the record lists no source `{source}`"
            return Citation(fields, path, fault=Fault(Code.unknown_reference, (*path, "source"), message))
        passage = self._find(entry.words, entry.nth, source, (*path, "words"), (*path, "nth"))
        return replace(self._citation(fields, (*path, "words"), passage, entry.inferred), despite=entry.despite)

    def _own_words(self, part: PartFacts, written: list[Citation]) -> Iterator[Citation]:
        if "text" in part.facts and not any("text" in citation.fields for citation in written):
            yield self._own("text", part.facts["text"], (*part.path, "text"))
        for field in part.actor_fields():
            for actor, path in part.actors(field):
                if isinstance(actor, Described) and not _held(actor.described, field, written):
                    yield self._own(field, actor.described, (*path, "described"))

    def _own(self, field: str, words: str, path: Path) -> Citation:
        passage = self._find(words, None, self._listed[0], path, path)
        return self._citation((field,), path, passage, note=None, written=False)

    def _citation(
        self,
        fields: tuple[str, ...],
        path: Path,
        passage: Passage | Fault | None,
        note: str | None,
        written: bool = True,
    ) -> Citation:
        if isinstance(passage, Fault):
            return Citation(fields, path, note=note, fault=passage, written=written)
        return Citation(fields, path, passage, note, written=written, unread=passage is None)

    def _find(self, words: str, nth: int | None, source: str, path: Path, nth_path: Path) -> Passage | Fault | None:
        article = self._articles.get(source)
        if article is None:
            return None
        passages = article.folded.find(words, nth or 2)
        if not passages:
            message = f"no such words in {article.file}"
            return Fault(Code.words_not_found, path, message, complete=partial(_with_nearest, article, words))
        if nth is None and len(passages) > 1:
            message = f"these words stand more than once in {article.file}: give more of them, or `nth`"
            return Fault(Code.words_ambiguous, path, message, complete=partial(_with_count, article, words))
        if nth is not None and nth > len(passages):
            message = f"`nth` is {nth}, and these words stand {_times(len(passages))} in {article.file}"
            return Fault(Code.words_ambiguous, nth_path, message)
        start, end = passages[-1] if nth else passages[0]
        return Passage(source, start, end, article.text[start:end], fold(words))


def stated_passages(citations: list[Citation], field: str) -> list[Passage]:
    """The passages whose words state a field; none if some words for it were not found, which is a fault of its own."""
    cited = [citation for citation in citations if field in citation.fields]
    if not all(citation.known for citation in cited):
        return []
    return [citation.passage for citation in cited if citation.passage and citation.written and citation.stated]


def is_inferred(citations: list[Citation], field: str) -> bool:
    """Whether an entry infers a field, maybe beside words that state it."""
    return any(field in citation.fields and not citation.stated for citation in citations)


def way_out(citations: list[Citation], field: str) -> str:
    """The end of a message about words that do not state a field: to infer it, unless it is inferred already."""
    taken_out = f"take `{field}` out of their `says`, as it is inferred too"
    return taken_out if is_inferred(citations, field) else "`inferred`"


def _held(description: str, field: str, citations: list[Citation]) -> bool:
    """Whether an entry for a field contains a description, or may do so, as its own words were not found."""
    folded = fold(description)
    search(sum(len(citation.passage.folded) for citation in citations if citation.passage))
    return any(
        not citation.known or (citation.passage is not None and folded in citation.passage.folded)
        for citation in citations
        if field in citation.fields
    )


def _with_nearest(article: Article, words: str, fault: Fault) -> Fault:
    unquoted = words.strip().strip(QUOTATION_MARKS)
    if words.strip()[:1] in QUOTATION_MARKS and unquoted and article.folded.find(unquoted, 1):
        return replace(fault, message=f"{fault.message}: leave the quotation marks out")
    near = article.folded.nearest(words)
    if near is None:
        return fault
    line, column = article.folded.position(near[0])
    return replace(fault, nearest=Nearest(article.file, line, column, " ".join(article.text[slice(*near)].split())))


def _with_count(article: Article, words: str, fault: Fault) -> Fault:
    count = article.folded.count(words)
    times = f"at least {count:,}" if count == HIGHEST_ORDINAL else str(count)
    message = f"these words stand {times} times in {article.file}: give more of them, or `nth`, 1 to {count:,}"
    return replace(fault, message=message)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
