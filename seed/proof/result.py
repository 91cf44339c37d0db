"""The result of a proof: a record with the passages that prove each fact. Nothing else is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from app.enums import Basis, RecordKind
from seed.proof.articles import Article
from seed.record.faults import Fault
from seed.record.models import AgendaItem, Agreement, Delegate, Entry, Meeting, Quote, Record

ProvedPart = Meeting | AgendaItem | Delegate | Agreement | Quote


class Passage(NamedTuple):
    """A slice of a source's text, half open, in code points, and the words there, as they are and as compared."""

    source: str
    start: int
    end: int
    words: str
    folded: str


class Evidence(NamedTuple):
    """The evidence of one or more fields: the passage with their words, or the reason why there is none.

    `despite` answers a warning about it.
    """

    fields: tuple[str, ...]
    passage: Passage | None
    note: str | None
    despite: str | None = None

    @property
    def basis(self) -> Basis:
        return Basis.stated if self.note is None else Basis.inferred


@dataclass(frozen=True)
class ProvedFacts:
    """A part of a record with its evidence.

    `text` is the article's own, with single spaces; `slices` has the article's own words for each entry of the record,
    None for an entry without words.
    """

    kind: RecordKind
    id: str
    part: ProvedPart
    evidence: tuple[Evidence, ...]
    text: str | None
    slices: tuple[str | None, ...]

    @cached_property
    def evidence_by_id(self) -> dict[str, Evidence]:
        """Evidence under its public id, which stays as long as the fact does: `{id}.{12 hex digits of its SHA-256}`."""
        return {f"{self.id}.{self._digest(evidence)}": evidence for evidence in self.evidence}

    def _digest(self, evidence: Evidence) -> str:
        passage = evidence.passage
        where = (passage.source, str(passage.start), str(passage.end)) if passage else ("", "", "")
        key = "\n".join((self.kind, *where, ",".join(sorted(evidence.fields)), evidence.note or ""))
        return sha256(key.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Proved:
    """A proved record, its facts in the order of `facts_of_parts`, its articles, by source id, and its warnings."""

    record: Record
    facts: tuple[ProvedFacts, ...]
    articles: Mapping[str, Article]
    warnings: tuple[Fault, ...] = ()

    @property
    def id(self) -> str:
        return self.record.meeting.id

    @property
    def entries(self) -> list[Entry]:
        """All evidence entries of the record."""
        return [entry for facts in self.facts for entry in facts.part.evidence]
