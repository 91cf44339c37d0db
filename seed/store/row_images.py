"""Row images: the rows of one record, with public ids instead of keys.

The images of a proved record are its expected rows, the images read from the tables its stored rows. A load writes the
difference, and `verify` reports it.
"""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlmodel import SQLModel

from app.dates import days, precision, span
from app.enums import ActorField, ActorKind, DatePrecision, RecordKind, rank
from app.models import (
    COPIED_FROM_MEETING,
    FIRST_DATE,
    FIRST_OFFSET,
    LAST_DATE,
    LAST_OFFSET,
    PLACES,
    AgendaItem,
    Agreement,
    Delegate,
    Evidence,
    Meeting,
    Quote,
)
from seed.proof import result as proof
from seed.proof.result import Proved, ProvedFacts
from seed.record import models as records

MODELS: dict[RecordKind, type[SQLModel]] = {
    RecordKind.meeting: Meeting,
    RecordKind.agenda_item: AgendaItem,
    RecordKind.delegate: Delegate,
    RecordKind.agreement: Agreement,
    RecordKind.quote: Quote,
}
MEETING_PARTS: tuple[type[SQLModel], ...] = (AgendaItem, Delegate, Agreement, Quote, Evidence)
"""The models of what belongs to a meeting."""

_ACTOR_FIELDS: dict[type[Any], tuple[ActorField, ...]] = {
    records.Agreement: (ActorField.parties, ActorField.asserted_by),
    records.Quote: (ActorField.speakers, ActorField.via),
}

_ID_LISTS = ("topics", "sources", "agreements")
"""The fields of an image that are lists of ids."""

RecordKey = tuple[RecordKind, str]
"""The kind and the public id of a row of `record`."""

CountKey = tuple[ActorKind, str, str]
"""The kind and the id of a person or party, and the name of a list that has a count of theirs."""

PartyPersonId = tuple[str, str]
"""The ids of a party and of a person."""


class ActorImage(NamedTuple):
    """An actor in a field: its kind, its id or description, a participant's role, a speaker's delegate."""

    field: str
    kind: str
    id: str
    role: str | None = None
    delegate: str | None = None

    @property
    def api_value(self) -> tuple[str, str, str, str | None]:
        """All but the delegate, which the API shows elsewhere."""
        return self[:4]


@dataclass(slots=True)
class RowImage:
    """The row of a meeting, agenda item, delegate, agreement or quote, with its actors, topics, sources and evidence.

    `columns` has the public id of a person, party or agenda item under the column of its key. `evidence` maps public
    ids to columns, in order. Only meetings have sources, and only agenda items the ids of their agreements. `copies`
    has what a new row copies from its meeting.
    """

    columns: dict[str, Any]
    actors: list[ActorImage] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    agreements: list[str] = field(default_factory=list, compare=False)  # they follow from the agreements' columns
    evidence: dict[str, dict[str, Any]] = field(default_factory=dict)
    copies: dict[str, str | None] = field(default_factory=dict, compare=False)

    def changed_fields(self, other: "RowImage") -> list[str]:
        """The fields, by their names in the API, in which another image differs."""
        changed = {
            API_FIELD.get(name, name) for name, value in self.columns.items() if other.columns.get(name) != value
        }
        changed |= {str(name) for name in ActorField if self._actors_in(name) != other._actors_in(name)}
        changed |= {name for name in _ID_LISTS if getattr(self, name) != getattr(other, name)}
        if self.shown_evidence != other.shown_evidence:
            changed.add("evidence")
        if self.date_precision != other.date_precision:
            changed.add("date_precision")
        return sorted(changed - {""})

    @property
    def date_precision(self) -> DatePrecision | None:
        """The precision of a meeting's dates; None for other records."""
        return precision(self.columns.get("start_date"), self.columns.get("end_date"))

    def field_value(self, name: str) -> Any:
        """The value of a field, by its name in the API, for a load report."""
        if name in _ID_LISTS:
            return getattr(self, name)
        if name in set(ActorField):
            return [actor.id for actor in self.actors if actor.field == name]
        if name == "reviewed_by":
            return [f"{reviewer['name']} ({reviewer['on']})" for reviewer in self.columns[name] or ()]
        values = [value for column, value in self.columns.items() if API_FIELD.get(column, column) == name]
        return values[0] if len(values) == 1 else values

    @property
    def shown_evidence(self) -> list[tuple[str, dict[str, Any]]]:
        """The evidence without its places, which follow from the order of the record's sources."""
        return [(id, without_place(evidence)) for id, evidence in self.evidence.items()]

    def _actors_in(self, name: str) -> list[tuple[str, str, str, str | None]]:
        return [actor.api_value for actor in self.actors if actor.field == name]


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
    **dict.fromkeys(("title_sort", "name_sort", "role_rank", "commitment_rank", "kind_rank", "outcome_rank"), ""),
    **dict.fromkeys(
        (
            *("start_ascending", "start_descending", "span", "city_folded", "asserted", "place"),
            *("meeting_key", "id", "position"),
        ),
        "",
    ),
}
"""The field of the item that a column belongs to; empty for columns that the item does not show as such."""


DERIVED_FIELDS = ("date_precision", "first_day", "last_day")
"""Fields of the API that follow from others: the change log has them, a load report does not."""


def without_place(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of evidence without its place."""
    return {name: value for name, value in evidence.items() if name != "place"}


def row_images(proved: Proved, names: Mapping[str, str]) -> dict[RecordKey, RowImage]:
    """The images of a proved record, the meeting's first; `names` has the names of people by id."""
    images: dict[RecordKey, RowImage] = {}
    meeting = _meeting_columns(proved.record.meeting)
    copies = {copy: meeting[original] for copy, original in COPIED_FROM_MEETING.items()}
    position = 0
    delegates = _delegates_of_people(proved)
    for facts in proved.facts:
        columns = _column_values(facts, proved, names)
        if facts.kind is RecordKind.agenda_item:
            columns["position"], position = position, position + 1
        actors = _actor_images(facts.part, names, delegates)
        image = RowImage(columns, actors, list(getattr(facts.part, "topics", ())), copies=copies)
        if facts.kind is RecordKind.meeting:
            image.sources = list(proved.record.source_ids)
        image.evidence = {
            id: _evidence_columns(evidence, proved.record.source_ids) for id, evidence in facts.evidence_by_id.items()
        }
        if facts.kind is not RecordKind.meeting:
            columns["place"] = _place(image)
        images[facts.kind, facts.id] = image
    add_agreements(images)
    return images


def _place(image: RowImage) -> int:
    """The place of a quote's or an agreement's text. The speaker is often named elsewhere, once for all quotes.

    An item without a text is where the first of its words are.
    """
    texts = [evidence["place"] for evidence in image.evidence.values() if "text" in evidence["fields"]]
    return min(texts or (evidence["place"] for evidence in image.evidence.values()), default=LAST_OFFSET)


def add_agreements(images: Mapping[RecordKey, RowImage]) -> None:
    """Add the ids of its agreements, sorted, to each agenda item."""
    for kind, id in sorted(images):
        item = images[kind, id].columns["agenda_key"] if kind is RecordKind.agreement else None
        if item is not None:
            images[RecordKind.agenda_item, item].agreements.append(id)


def sort_key(text: str) -> str:
    """The sort key of a name or title: its case-folded form, compared by code points."""
    return text.casefold()


def date_sort_keys(date: str | None) -> tuple[str, str]:
    """The sort keys of a partial date, ascending and descending: its first day. Unknown dates sort last in both."""
    return (days(date)[0], days(date)[0]) if date else (LAST_DATE, FIRST_DATE)


def _column_values(facts: ProvedFacts, proved: Proved, names: Mapping[str, str]) -> dict[str, Any]:
    part, meeting_id = facts.part, proved.id
    match part:
        case records.Meeting():
            reviewers = proved.record.reviewed_by
            reviewed_by = [reviewer.model_dump() for reviewer in reviewers] if reviewers else None
            return {"id": facts.id, **_meeting_columns(part), "reviewed_by": reviewed_by}
        case records.AgendaItem():
            own: dict[str, Any] = {
                "title": part.title,
                "title_sort": sort_key(part.title),
                "outcome": part.outcome,
                "outcome_rank": rank(part.outcome),
            }
        case records.Delegate():
            own = {
                "person_key": part.person,
                "described": part.described,
                "name_sort": sort_key(names[part.person] if part.person else part.described or ""),
                "party_key": part.party,
                "title": part.title,
                "role": part.role,
                "role_rank": rank(part.role),
                "attendance": part.attendance,
            }
        case records.Agreement():
            own = {
                "title": part.title,
                "title_sort": sort_key(part.title),
                "text": facts.text,
                "commitment": part.commitment,
                "commitment_rank": rank(part.commitment),
                "form": part.form,
                "asserted": bool(part.asserted_by),
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
    ascending, descending = date_sort_keys(meeting.start_date)
    dates = [days(date) for date in (meeting.start_date, meeting.end_date) if date]
    first_day, last_day = (dates[0][0], dates[-1][1]) if dates else (None, None)
    place, duration = meeting.place, meeting.duration
    return {
        "title": meeting.title,
        "title_sort": sort_key(meeting.title),
        "summary": meeting.summary,
        "status": meeting.status,
        "format": meeting.format,
        "mode": meeting.mode,
        "start_date": meeting.start_date,
        "start_ascending": ascending,
        "start_descending": descending,
        "end_date": meeting.end_date,
        "first_day": first_day,
        "last_day": last_day,
        "span": span(first_day, last_day),
        "duration_value": duration.value if duration else None,
        "duration_approximate": duration.approximate if duration else None,
        "place_city": place.city if place else None,
        "city_folded": sort_key(place.city) if place else None,
        "place_country": place.country if place else None,
        "place_wikidata": place.wikidata if place else None,
        "host_key": meeting.host,
    }


def _delegates_of_people(proved: Proved) -> dict[str, str]:
    """The first delegate, by id, that each person is in the meeting."""
    delegates: dict[str, str] = {}
    for delegate in proved.record.delegates:
        if delegate.person is not None:
            id = f"{proved.id}.{delegate.own_id}"
            delegates[delegate.person] = min(id, delegates.get(delegate.person, id))
    return delegates


def _actor_images(part: Any, people: Container[str], delegates: Mapping[str, str]) -> list[ActorImage]:
    if isinstance(part, records.Meeting):
        participants = (("parties", participant.actor, participant.role) for participant in part.parties)
        return [_actor_image(name, actor, people)._replace(role=role) for name, actor, role in participants]
    actors = [
        _actor_image(name, actor, people)
        for name in _ACTOR_FIELDS.get(type(part), ())
        for actor in _as_tuple(getattr(part, name))
    ]
    return [
        actor._replace(delegate=delegates.get(actor.id))
        if actor.field == ActorField.speakers and actor.kind == ActorKind.person
        else actor
        for actor in actors
    ]


def _as_tuple(value: Any) -> tuple[records.Actor, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _actor_image(name: str, actor: records.Actor, people: Container[str]) -> ActorImage:
    if isinstance(actor, records.Described):
        return ActorImage(name, ActorKind.described, actor.described)
    return ActorImage(name, ActorKind.person if actor in people else ActorKind.party, actor)


def _evidence_columns(evidence: proof.Evidence, source_ids: Sequence[str]) -> dict[str, Any]:
    place = evidence.passage
    return {
        "basis": evidence.basis,
        "source_key": place.source if place else None,
        "start_offset": place.start if place else None,
        "start_ascending": place.start if place else LAST_OFFSET,
        "start_descending": place.start if place else FIRST_OFFSET,
        "end_offset": place.end if place else None,
        "place": source_ids.index(place.source) * PLACES + place.start if place else LAST_OFFSET,
        "words": place.words if place else None,
        "note": evidence.note,
        "despite": evidence.despite,
        "fields": list(evidence.fields),
    }


def list_counts(images: Mapping[RecordKey, RowImage]) -> Counter[CountKey]:
    """How many items a meeting adds to the lists of each person and party."""
    found: set[tuple[ActorKind, str, str, str]] = set()
    party_of = {
        image.columns["id"]: image.columns["party_key"] for (kind, _), image in images.items() if kind == "delegate"
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


def party_people(images: Mapping[RecordKey, RowImage]) -> set[PartyPersonId]:
    """The parties of a meeting's delegates, each with the person."""
    delegates = [image.columns for (kind, _), image in images.items() if kind is RecordKind.delegate]
    pairs = ((delegate["party_key"], delegate["person_key"]) for delegate in delegates)
    return {(party, person) for party, person in pairs if party and person}
