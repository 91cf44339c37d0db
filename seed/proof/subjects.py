"""What evidence hangs on: the meeting, its agenda items, delegates, agreements and quotes, with the facts of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.enums import RecordKind
from seed.proof.result import ProvedPart
from seed.record.models import Actor, Delegate, Described, Participant, Record
from seed.record.yaml_tree import Path

FACTS = {
    RecordKind.meeting: ("status", "format", "mode", "start_date", "end_date", "duration", "place", "host", "parties"),
    RecordKind.agenda_item: ("outcome",),
    RecordKind.delegate: ("person", "described", "party", "title", "role", "attendance"),
    RecordKind.agreement: ("text", "commitment", "form", "parties", "asserted_by"),
    RecordKind.quote: ("text", "speakers", "speaker_title", "via"),
}
"""The fields that need evidence wherever they are not null or empty; all others are the curator's labels."""

ACTORS = ("person", "described", "party", "host", "parties", "asserted_by", "speakers", "via")
TITLES = ("title", "speaker_title")
DATES = ("start_date", "end_date")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that evidence hangs on, with its public id, its place in the record, and its facts."""

    kind: RecordKind
    id: str
    path: Path
    part: ProvedPart
    facts: dict[str, Any]

    def actor_fields(self) -> list[str]:
        """The fields that are given and hold actors."""
        return [field for field in ACTORS if field in self.facts]

    def actors(self, field: str) -> list[tuple[Actor, Path]]:
        """The actors in a field, each with its place."""
        value, path = self.facts[field], (*self.path, field)
        if field == "described":
            return [(Described(described=value), path)]
        if not isinstance(value, tuple):
            return [(value, path)]
        actors = (item.actor if isinstance(item, Participant) else item for item in value)
        return [(actor, (*path, place)) for place, actor in enumerate(actors)]

    def holder(self, field: str) -> Actor:
        """Who holds a title."""
        if isinstance(self.part, Delegate):
            return self.part.person or Described(described=self.part.described or "")
        holder: Actor = self.facts["speakers"][0]
        return holder


def subjects(record: Record) -> Iterator[Subject]:
    """Everything in a record that evidence hangs on: the meeting, the agenda, then the lists in the format's order."""
    meeting = record.meeting
    yield _subject(RecordKind.meeting, meeting.id, ("meeting",), meeting)
    for place, item in enumerate(meeting.agenda):
        yield _subject(RecordKind.agenda_item, f"{meeting.id}.{item.id}", ("meeting", "agenda", place), item)
    for place, delegate in enumerate(record.delegates):
        yield _subject(RecordKind.delegate, f"{meeting.id}.{delegate.own_id}", ("delegates", place), delegate)
    for place, agreement in enumerate(record.agreements):
        yield _subject(RecordKind.agreement, f"{meeting.id}.{agreement.id}", ("agreements", place), agreement)
    for place, quote in enumerate(record.quotes):
        yield _subject(RecordKind.quote, f"{meeting.id}.{quote.id}", ("quotes", place), quote)


def _subject(kind: RecordKind, id: str, path: Path, part: ProvedPart) -> Subject:
    values = [(field, getattr(part, field)) for field in FACTS[kind]]
    return Subject(kind, id, path, part, {field: value for field, value in values if value is not None and value != ()})
