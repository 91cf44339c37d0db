"""The proposed record: all proposals for an article, and the YAML document that they make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from app.enums import MeetingFormat, MeetingStatus
from seed.draft.meeting.agenda import agenda_items
from seed.draft.meeting.agreements import agreements
from seed.draft.meeting.events import meeting_events
from seed.draft.meeting.participants import participants
from seed.draft.meeting.prose import Prose
from seed.draft.parsed_article import ParsedArticle
from seed.draft.proposal.agenda_and_agreements import AgreementProposer
from seed.draft.proposal.attribution import Attribution
from seed.draft.proposal.definitions import Definition, Definitions, slug
from seed.draft.proposal.delegates import DelegateProposer
from seed.draft.proposal.evidence import Evidence
from seed.draft.proposal.meeting import Meeting, MeetingProposer, id_source, title_of
from seed.draft.proposal.proposal import Doubt, Proposal, to_review
from seed.draft.proposal.quotes import QuoteProposer
from seed.draft.proposal.yaml_writer import NULL, Flow, yaml_text
from seed.draft.text.tokens import Text
from seed.proof.review import TODO
from seed.record.characters import without_refused
from seed.record.display_text import counted

_SOURCES = re.compile(r"(?:Sources?|References)\b.{0,60}:")
_UNDETERMINED = "und"
"""The language tag for a text whose language is not known (BCP 47)."""

_MOST_CITED, _LONGEST_CITED = 20, 200
MOST = {"delegates": 100, "agenda": 100, "agreements": 100, "quotes": 400}
"""The most proposals of each kind in a draft: more than a person will review."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file of an article, beside the record, with the title and publication date that the caller gives."""

    file: str
    title: str | None = None
    published_on: str | None = None

    @classmethod
    def of(cls, path: Path, title: str | None, published_on: str | None) -> "Source":
        """The source for a file. In its name and title, `?` replaces what is not Unicode or not allowed in a record."""
        return cls(_unicode(path.name), title and _unicode(title), published_on)


def _unicode(text: str) -> str:
    return without_refused(text.encode(errors="replace").decode())


def cited(text: Text) -> list[str]:
    """The sources that an article lists behind `Sources:` or a similar heading."""
    paragraphs = text.paragraphs
    for index, paragraph in enumerate(paragraphs):
        heading = text.words(paragraph.start, paragraph.end)
        if _SOURCES.fullmatch(heading):
            items = paragraphs[index + 1 : index + 1 + _MOST_CITED]
            return [text.words(item.start, item.end)[:_LONGEST_CITED].strip() for item in items if item.is_heading]
    return []


@dataclass(slots=True)
class DraftRecord:
    """A proposed record; `proposals` are by list, `left_out` describes what was found but is not proposed."""

    parsed: ParsedArticle
    source: Source
    title: str
    meeting: Meeting
    definitions: Definitions
    proposals: dict[str, list[Proposal]]
    left_out: list[str] = field(default_factory=list)

    def leave_to_reviewer(self, field: str) -> bool:
        """Leave a field of the meeting to the reviewer; returns False if it already is."""
        if self.meeting.doubts.get(field, "").startswith("TODO"):
            return False
        placeholders = {
            "status": MeetingStatus.held,
            "format": MeetingFormat.bilateral,
            "parties": [self.definitions.unknown_party()],
        }
        self.meeting.leave_to_reviewer(field, placeholders.get(field))
        return True

    def clear(self) -> None:
        """Remove all proposals and leave everything to the reviewer."""
        for proposals in self.proposals.values():
            proposals.clear()
        for name in ("status", "format", "parties", "mode", "start_date", "duration", "place"):
            self.leave_to_reviewer(name)

    def text(self, head: list[str]) -> str:
        """The record as YAML."""
        return yaml_text(self._document(), head)

    def _document(self) -> dict[str, Any]:
        used = {id for proposals in self.proposals.values() for proposal in proposals for id in proposal.ids()}
        used |= set(self.meeting.parties)
        parties, people = (self.definitions.used(used, parties=is_party) for is_party in (True, False))
        lists = {name: [proposal.document() for proposal in self.proposals[name]] for name in MOST if name != "agenda"}
        source = self._source()
        return {
            "status": "draft",
            "to_review": list(self._to_review(source, parties, people)),
            "sources": [source],
            "parties": [party.written() for party in parties],
            "people": [person.written() for person in people],
            "meeting": self.meeting.document(self.proposals["agenda"]),
            **lists,
        }

    def _source(self) -> dict[str, Any]:
        text = self.parsed.text
        return {
            "id": slug(id_source(text, self.title), "article"),
            "file": self.source.file,
            "sha256": sha256(text.text.encode()).hexdigest(),
            "title": self.title,
            "language": self.parsed.language or _UNDETERMINED,
            "publisher": NULL,
            "url": NULL,
            "published_on": self.source.published_on or NULL,
            "quotation_marks": text.quotation_marks,
            "paragraphs": "blocks" if text.is_in_blocks else "lines",
            "cites": cited(text),
        }

    def _to_review(self, source: dict[str, Any], parties: list[Definition], people: list[Definition]) -> Iterator[Flow]:
        """An entry for each part, in the order of the record."""
        unknown = tuple(name for name, value in source.items() if value in (TODO, NULL, _UNDETERMINED))
        yield to_review(f"sources/{source['id']}", Doubt(unknown, "the text does not say"))
        yield from (to_review(f"parties/{party.id}", party.doubt) for party in parties)
        yield from (to_review(f"people/{person.id}", person.doubt) for person in people)
        yield to_review("meeting", self.meeting.doubt)
        for name in ("agenda", "delegates", "agreements", "quotes"):
            yield from (to_review(f"{name}/{proposal.name}", proposal.doubt) for proposal in self.proposals[name])


def propose_record(parsed: ParsedArticle, source: Source) -> DraftRecord:
    """All that the rules propose for an article."""
    prose, evidence, definitions = Prose(parsed), Evidence(parsed.text), Definitions()
    title = title_of(prose, source.title)
    met = list(islice(meeting_events(prose), MOST["delegates"])) if parsed.language else []
    proposer = MeetingProposer(prose, evidence, definitions, met)
    delegates = DelegateProposer(prose, evidence, definitions).propose(
        participants(prose, met)[: MOST["delegates"] + 1]
    )
    meeting = proposer.propose(title, delegates, source.published_on)
    attribution = Attribution(prose, evidence, definitions)
    outcomes = AgreementProposer(prose, evidence, definitions, attribution, meeting.parties)
    if met:
        found = agreements(prose, parsed.quotes)
        outcomes.propose(agenda_items(prose)[: MOST["agenda"] + 1], found[: MOST["agreements"] + 1])
    proposals = {
        "delegates": delegates,
        "agenda": outcomes.agenda,
        "agreements": outcomes.agreements,
        "quotes": list(QuoteProposer(prose, evidence, attribution).propose(parsed.quotes[: MOST["quotes"] + 1])),
    }
    record = DraftRecord(parsed, source, title, meeting, definitions, proposals)
    if unpaired_marks := parsed.text.unpaired_marks:
        line = parsed.text.text.count("\n", 0, unpaired_marks[0]) + 1
        marks = counted(len(unpaired_marks), "quotation mark")
        record.left_out.append(f"what may be quoted at {marks} without a partner, the first in line {line}")
    for name, most in MOST.items():
        if len(proposals[name]) > most:
            record.left_out.append(f"{name} after the first {most}")
            del proposals[name][most:]
    return record
