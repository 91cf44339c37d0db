"""What is stored of a record, as rows that name others by their public ids.

The image of a proved record is what its rows must be; the image read from the tables is what they are. A load writes
the difference, and `verify` wants none.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlmodel import SQLModel

from app.dates import days
from app.enums import ActorField, ActorKind, RecordKind, rank
from app.models import AgendaItem, Agreement, Delegate, Meeting, Quote
from seed.proof.result import Evidence, Proved, ProvedFacts
from seed.record import models as records

MODELS: dict[RecordKind, type[SQLModel]] = {
    RecordKind.meeting: Meeting,
    RecordKind.agenda_item: AgendaItem,
    RecordKind.delegate: Delegate,
    RecordKind.agreement: Agreement,
    RecordKind.quote: Quote,
}
FIRST, LAST = "", "9999-99-99"
"""Sort before, and after, every date."""

FIRST_OFFSET, LAST_OFFSET = -1, 2**31 - 1

_ACTOR_FIELDS: dict[type[Any], tuple[ActorField, ...]] = {
    records.Agreement: (ActorField.parties, ActorField.asserted_by),
    records.Quote: (ActorField.speakers, ActorField.via),
}

Key = tuple[RecordKind, str]
"""A row's kind and public id."""

Row = Mapping[str, Any]


class ActorImage(NamedTuple):
    """An actor in a field: its kind, its id or description, a participant's role, a speaker's part in the meeting."""

    field: str
    kind: str
    id: str
    role: str | None = None
    delegate: str | None = None

    @property
    def own(self) -> tuple[str, str, str, str | None]:
        """What the record says; the delegate is a copy of what it says elsewhere."""
        return self[:4]


@dataclass(slots=True)
class Image:
    """One meeting, agenda item, delegate, agreement or quote, with all that hangs on it.

    `columns` are its own, with the public id of a person, party or agenda item for its key; `sources` are of a
    meeting; `evidence` is by public id, in order.
    """

    columns: dict[str, Any]
    actors: list[ActorImage] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    evidence: dict[str, dict[str, Any]] = field(default_factory=dict)

    def changes(self, other: "Image") -> list[str]:
        """The fields, as the API names them, in which another image differs."""
        changed = {
            API_FIELD.get(name, name) for name, value in self.columns.items() if other.columns.get(name) != value
        }
        for holder in ActorField:
            mine, others = ([actor.own for actor in image.actors if actor.field == holder] for image in (self, other))
            changed |= {str(holder)} if mine != others else set()
        for name in ("topics", "sources", "evidence"):
            changed |= {name} if getattr(self, name) != getattr(other, name) else set()
        if list(self.evidence) != list(other.evidence):
            changed.add("evidence")
        return sorted(changed - {""})

    def value(self, name: str) -> Any:
        """A field's value as a person reads it in the account of a load."""
        if name in ("topics", "sources"):
            return getattr(self, name)
        if name in set(ActorField):
            return [actor.id for actor in self.actors if actor.field == name]
        values = [value for column, value in self.columns.items() if API_FIELD.get(column, column) == name]
        return values[0] if len(values) == 1 else values


API_FIELD = {
    "duration_value": "duration",
    "duration_approximate": "duration",
    "place_city": "place",
    "place_country": "place",
    "place_wikidata": "place",
    "host_key": "host",
    "person_key": "person",
    "party_key": "party",
    "agenda_key": "agenda",
    "position": "position",
    **dict.fromkeys(("title_sort", "name_sort", "role_rank", "commitment_rank", "kind_rank"), ""),
    **dict.fromkeys(("start_ascending", "start_descending", "first_day", "last_day", "meeting_key", "id"), ""),
}
"""Which field a column is part of; none for what is derived from others."""


def images(proved: Proved, names: Mapping[str, str]) -> dict[Key, Image]:
    """The images of a proved record, the meeting's first; `names` are those of its people, by id."""
    built: dict[Key, Image] = {}
    position = 0
    parts = _parts(proved)
    for facts in proved.facts:
        columns = _columns(facts, proved.id, names)
        if facts.kind is RecordKind.agenda_item:
            columns["position"], position = position, position + 1
        image = Image(columns, _actors(facts.part, names, parts), list(getattr(facts.part, "topics", ())))
        if facts.kind is RecordKind.meeting:
            image.sources = list(proved.record.source_ids)
        image.evidence = {id: _evidence_columns(evidence) for id, evidence in facts.evidence_by_id.items()}
        built[facts.kind, facts.id] = image
    return built


def sort_text(text: str) -> str:
    """What a name or title is sorted by: the code points of its case-folded form."""
    return text.casefold()


def partial_date_sorts(date: str | None) -> tuple[str, str]:
    """What a partial date is sorted by, ascending and descending: its first day; what is unknown comes last in both."""
    return (days(date)[0], days(date)[0]) if date else (LAST, FIRST)


def _columns(facts: ProvedFacts, meeting_id: str, names: Mapping[str, str]) -> dict[str, Any]:
    part = facts.part
    match part:
        case records.Meeting():
            return {"id": facts.id, **_meeting_columns(part)}
        case records.AgendaItem():
            own: dict[str, Any] = {"title": part.title, "outcome": part.outcome}
        case records.Delegate():
            own = {
                "person_key": part.person,
                "described": part.described,
                "name_sort": sort_text(names[part.person] if part.person else part.described or ""),
                "party_key": part.party,
                "title": part.title,
                "role": part.role,
                "role_rank": rank(part.role),
                "attendance": part.attendance,
            }
        case records.Agreement():
            own = {
                "title": part.title,
                "title_sort": sort_text(part.title),
                "text": facts.text,
                "commitment": part.commitment,
                "commitment_rank": rank(part.commitment),
                "form": part.form,
                "agenda_key": f"{meeting_id}.{part.agenda}" if part.agenda else None,
            }
        case records.Quote():
            own = {
                "kind": part.kind,
                "kind_rank": rank(part.kind),
                "text": facts.text,
                "speaker_title": part.speaker_title,
            }
    return {"id": facts.id, "meeting_key": meeting_id, **own}


def _meeting_columns(meeting: records.Meeting) -> dict[str, Any]:
    ascending, descending = partial_date_sorts(meeting.start_date)
    dates = [days(date) for date in (meeting.start_date, meeting.end_date) if date]
    place, duration = meeting.place, meeting.duration
    return {
        "title": meeting.title,
        "title_sort": sort_text(meeting.title),
        "summary": meeting.summary,
        "status": meeting.status,
        "format": meeting.format,
        "mode": meeting.mode,
        "start_date": meeting.start_date,
        "start_ascending": ascending,
        "start_descending": descending,
        "end_date": meeting.end_date,
        "first_day": dates[0][0] if dates else None,
        "last_day": dates[-1][1] if dates else None,
        "duration_value": duration.value if duration else None,
        "duration_approximate": duration.approximate if duration else None,
        "place_city": place.city if place else None,
        "place_country": place.country if place else None,
        "place_wikidata": place.wikidata if place else None,
        "host_key": meeting.host,
    }


def _parts(proved: Proved) -> dict[str, str]:
    """The first part, by id, that each person has in the meeting."""
    parts: dict[str, str] = {}
    for delegate in proved.record.delegates:
        if delegate.person is not None:
            id = f"{proved.id}.{delegate.own_id}"
            parts[delegate.person] = min(id, parts.get(delegate.person, id))
    return parts


def _actors(part: Any, people: Container[str], parts: Mapping[str, str]) -> list[ActorImage]:
    if isinstance(part, records.Meeting):
        participants = (("parties", participant.actor, participant.role) for participant in part.parties)
        return [_actor(name, actor, people)._replace(role=role) for name, actor, role in participants]
    actors: list[ActorImage] = []
    for name in _ACTOR_FIELDS.get(type(part), ()):
        actors += [_actor(name, actor, people) for actor in _listed(getattr(part, name))]
        if name is ActorField.speakers:
            actors = [
                actor._replace(delegate=parts.get(actor.id)) if actor.kind == ActorKind.person else actor
                for actor in actors
            ]
    return actors


def _listed(value: Any) -> Iterable[records.Actor]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _actor(name: str, actor: records.Actor, people: Container[str]) -> ActorImage:
    if isinstance(actor, records.Described):
        return ActorImage(name, ActorKind.described, actor.described)
    return ActorImage(name, ActorKind.person if actor in people else ActorKind.party, actor)


def _evidence_columns(evidence: Evidence) -> dict[str, Any]:
    place = evidence.place
    return {
        "basis": evidence.basis,
        "source_key": place.source if place else None,
        "start_offset": place.start if place else None,
        "start_ascending": place.start if place else LAST_OFFSET,
        "start_descending": place.start if place else FIRST_OFFSET,
        "end_offset": place.end if place else None,
        "words": place.words if place else None,
        "note": evidence.note,
        "fields": list(evidence.fields),
    }


def counts(images: Mapping[Key, Image]) -> Counter[tuple[ActorKind, str, str]]:
    """How much a meeting adds to what the lists hold of each person and party: by kind, id and the list's name."""
    found: set[tuple[ActorKind, str, str, str]] = set()
    party_of = {
        image.columns["id"]: image.columns["party_key"] for key, image in images.items() if key[0] == "delegate"
    }
    meeting = next(id for kind, id in images if kind is RecordKind.meeting)
    for (kind, id), image in images.items():
        if kind is RecordKind.delegate and (person := image.columns["person_key"]):
            found |= {(ActorKind.person, person, "delegates", id), (ActorKind.person, person, "meetings", meeting)}
        if kind is RecordKind.delegate and (party := image.columns["party_key"]):
            found.add((ActorKind.party, party, "delegates", id))
        for actor in image.actors:
            if actor.field == ActorField.parties and actor.kind == ActorKind.party:
                found.add((ActorKind.party, actor.id, f"{kind}s", id))
            if actor.field == ActorField.speakers and actor.kind != ActorKind.described:
                found.add((ActorKind(actor.kind), actor.id, "quotes", id))
            if actor.field == ActorField.speakers and actor.kind == ActorKind.person:
                found.add((ActorKind.person, actor.id, "meetings", meeting))
            if actor.delegate and (party := party_of[actor.delegate]):
                found.add((ActorKind.party, party, "quotes", id))
    return Counter(item[:3] for item in found)
