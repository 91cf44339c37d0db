"""Facts: the fields that need evidence, of the meeting, its agenda items, delegates, agreements and quotes."""

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
"""The fields that need evidence unless they are null or empty; all others are the curator's labels."""

ACTORS = ("person", "described", "party", "host", "parties", "asserted_by", "speakers", "via")
TITLES = ("title", "speaker_title")
DATES = ("start_date", "end_date")


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A part of a record that has evidence, with its public id, its path in the record, and its facts by field."""

    kind: RecordKind
    id: str
    path: Path
    model: ProvedPart
    facts: dict[str, Any]

    def actor_fields(self) -> list[str]:
        """The fields that are given and hold actors."""
        return [field for field in ACTORS if field in self.facts]

    def actors(self, field: str) -> list[tuple[Actor, Path]]:
        """The actors in a field, each with its path."""
        value, path = self.facts[field], (*self.path, field)
        if field == "described":
            return [(Described(described=value), path)]
        if not isinstance(value, tuple):
            return [(value, path)]
        actors = (item.actor if isinstance(item, Participant) else item for item in value)
        return [(actor, (*path, index)) for index, actor in enumerate(actors)]

    def holder(self, field: str) -> Actor:
        """The person or the described actor who holds a title."""
        if isinstance(self.model, Delegate):
            return self.model.person or Described(described=self.model.described or "")
        holder: Actor = self.facts["speakers"][0]
        return holder


def facts_of_parts(record: Record) -> Iterator[PartFacts]:
    """The facts of each part: the meeting, the agenda items, then the lists in the format's order."""
    meeting = record.meeting
    yield _part_facts(RecordKind.meeting, meeting.id, ("meeting",), meeting)
    for index, item in enumerate(meeting.agenda):
        yield _part_facts(RecordKind.agenda_item, f"{meeting.id}.{item.id}", ("meeting", "agenda", index), item)
    for index, delegate in enumerate(record.delegates):
        yield _part_facts(RecordKind.delegate, f"{meeting.id}.{delegate.own_id}", ("delegates", index), delegate)
    for index, agreement in enumerate(record.agreements):
        yield _part_facts(RecordKind.agreement, f"{meeting.id}.{agreement.id}", ("agreements", index), agreement)
    for index, quote in enumerate(record.quotes):
        yield _part_facts(RecordKind.quote, f"{meeting.id}.{quote.id}", ("quotes", index), quote)


def _part_facts(kind: RecordKind, id: str, path: Path, part: ProvedPart) -> PartFacts:
    values = [(field, getattr(part, field)) for field in FACTS[kind]]
    return PartFacts(
        kind, id, path, part, {field: value for field, value in values if value is not None and value != ()}
    )
