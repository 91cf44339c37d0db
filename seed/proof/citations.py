"""The entries of an evidence list, with the places where their words stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from seed.proof.articles import Article
from seed.proof.result import Evidence, Place
from seed.proof.subjects import Subject
from seed.proof.words import fold
from seed.record.faults import Code, Fault, Nearest
from seed.record.models import Described, Entry, Record
from seed.record.yaml_tree import Path


@dataclass(slots=True)
class Citation:
    """An entry of the record, or what stands for one: a text or a description is its own words.

    `path` leads to the words, or where there are none to the reason. `fault` says why they have no place; `unread`
    that nobody knows, as their article could not be read.
    """

    fields: tuple[str, ...]
    path: Path
    place: Place | None = None
    note: str | None = None
    fault: Fault | None = None
    written: bool = True
    unread: bool = False

    @property
    def known(self) -> bool:
        """Whether rules can be asked of it; where not, what is wrong is told already."""
        return self.fault is None and not self.unread

    @property
    def stated(self) -> bool:
        return self.note is None

    @property
    def own_words(self) -> str | None:
        """The words of what is its own evidence, folded."""
        return self.place.folded if self.place and not self.written else None

    def evidence(self) -> Evidence:
        return Evidence(self.fields, self.place, self.note)


class Citations:
    """Finds the words of a record's entries in its articles, by source id; one without an article is passed over."""

    def __init__(self, record: Record, articles: Mapping[str, Article]) -> None:
        self._listed = record.source_ids
        self._articles = articles

    def of(self, subject: Subject) -> list[Citation]:
        """The entries for a subject's facts, in its order, then those that a text or a description is for itself."""
        entries = enumerate(subject.part.evidence)
        written = [self.cite(entry, (*subject.path, "evidence", place), subject) for place, entry in entries]
        return [*written, *self._own_words(subject, written)]

    def cite(self, entry: Entry, path: Path, subject: Subject | None = None) -> Citation:
        """An entry with the place of its words, and of its fields those that the subject has as facts."""
        fields = tuple([field for field in entry.says if subject is None or field in subject.facts])
        if entry.words is None:
            return Citation(fields, (*path, "inferred"), note=entry.inferred)
        source = entry.source or self._listed[0]
        if source not in self._listed:
            message = f"the record lists no source `{source}`"
            return Citation(fields, path, fault=Fault(Code.unknown_reference, (*path, "source"), message))
        place = self._find(entry.words, entry.nth, source, (*path, "words"), (*path, "nth"))
        return self._citation(fields, (*path, "words"), place, entry.inferred)

    def _own_words(self, subject: Subject, written: list[Citation]) -> Iterator[Citation]:
        if "text" in subject.facts and not any("text" in citation.fields for citation in written):
            yield self._own("text", subject.facts["text"], (*subject.path, "text"))
        for field in subject.actor_fields():
            for actor, path in subject.actors(field):
                if isinstance(actor, Described) and not _held(actor.described, field, written):
                    yield self._own(field, actor.described, (*path, "described"))

    def _own(self, field: str, words: str, path: Path) -> Citation:
        place = self._find(words, None, self._listed[0], path, path)
        return self._citation((field,), path, place, note=None, written=False)

    def _citation(
        self, fields: tuple[str, ...], path: Path, place: Place | Fault | None, note: str | None, written: bool = True
    ) -> Citation:
        if isinstance(place, Fault):
            return Citation(fields, path, note=note, fault=place, written=written)
        return Citation(fields, path, place, note, written=written, unread=place is None)

    def _find(self, words: str, nth: int | None, source: str, path: Path, nth_path: Path) -> Place | Fault | None:
        article = self._articles.get(source)
        if article is None:
            return None
        places = article.folded.places(words, nth or 2)
        if not places:
            message = f"no such words in {article.file}"
            return Fault(Code.words_not_found, path, message, _nearest(article, words))
        if nth is None and len(places) > 1:
            times = article.folded.count(words)
            message = f"these words stand {times} times in {article.file}: give more of them, or `nth`, 1 to {times}"
            return Fault(Code.words_ambiguous, path, message)
        if nth is not None and nth > len(places):
            message = f"`nth` is {nth}, and these words stand {_times(len(places))} in {article.file}"
            return Fault(Code.words_ambiguous, nth_path, message)
        start, end = places[-1] if nth else places[0]
        return Place(source, start, end, article.text[start:end], fold(words))


def _held(description: str, field: str, citations: list[Citation]) -> bool:
    """Whether an entry for a field holds a description; one with a fault of its own might."""
    folded = fold(description)
    return any(
        not citation.known or (citation.place is not None and folded in citation.place.folded)
        for citation in citations
        if field in citation.fields
    )


def _nearest(article: Article, words: str) -> Nearest | None:
    near = article.folded.nearest(words)
    if near is None:
        return None
    line, column = article.folded.position(near[0])
    return Nearest(article.file, line, column, " ".join(article.text[slice(*near)].split()))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
