"""The shapes that several resources share, and how they are read: references, actors, topics, evidence."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Select, case, func, literal, null, select, union_all
from typing_extensions import TypedDict

from app.db.request_context import RequestContext
from app.db.sql import Joined
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import ActorField, ActorKind, Basis, PartyRole
from app.models import Actor, Delegate, EvidenceField, MeetingSource, Party, Person, RecordTopic, Source, Topic, table
from app.models import Evidence as StoredEvidence
from app.types import Address, Count, Id

Url = Annotated[Address, Field(description="Its address.")]
ReadUrl = Annotated[Address, Field(description="Where a reader sees it: its page, or its place on its meeting's page.")]
ChangedIn = Annotated[Count, Field(description="The number of the dataset version that last changed it.")]
Topics = Annotated[list[Id], Field(description="What it is about; the curator's labels.")]


class NameReference(TypedDict):
    """Something with a name: its id, and where it is."""

    id: Annotated[Id, Field(description="Its id.")]
    name: Annotated[str, Field(description="Its name, a copy.")]
    url: Url


class TitleReference(TypedDict):
    """Something with a title: its id, and where it is."""

    id: Annotated[Id, Field(description="Its id.")]
    title: Annotated[str, Field(description="Its title, a copy.")]
    url: Url


class ActorReference(TypedDict):
    """A person, a party, or someone whom the article only describes."""

    kind: Annotated[ActorKind, Field(description="What it is.")]
    id: Annotated[Id | None, Field(description="The person's or party's id; null of someone described.")]
    name: Annotated[str, Field(description="The name, or the article's own words for someone described.")]
    url: Annotated[Address | None, Field(description="The person's or party's address; null of someone described.")]


class ParticipantReference(ActorReference):
    """A party to a meeting, or someone described, with the role there."""

    role: Annotated[PartyRole, Field(description="As what it took part.")]


class SpeakerReference(ActorReference):
    """A speaker, with that person's part in the same meeting."""

    delegate: Annotated[
        NameReference | None, Field(description="The speaker's part in the meeting; null for one who took none.")
    ]


class Evidence(TypedDict):
    """Why fields of a record are believed: the article's words in their place, or why they were inferred."""

    id: Annotated[Id, Field(description="Stays as long as the fact does.")]
    url: Url
    fields: Annotated[list[str], Field(description="The fields of the record that it is for.")]
    basis: Annotated[
        Basis, Field(description="`stated`: the words say it; `inferred`: a person concluded it, see `note`.")
    ]
    words: Annotated[
        str | None, Field(description="The article's own words, a slice of its text; null where none say it.")
    ]
    note: Annotated[str | None, Field(description="Why it was inferred; null of what is stated.")]
    source: Annotated[
        TitleReference | None, Field(description="The article that the words stand in; null without words.")
    ]
    start: Annotated[Count | None, Field(description="Where the words begin in the source's text, in code points.")]
    end: Annotated[Count | None, Field(description="Where they end, in code points, exclusive.")]


ItsMeeting = Annotated[TitleReference, Field(description="The meeting that it belongs to.")]
RecordEvidence = Annotated[
    list[Evidence], Field(description="The words behind its fields, or the reasons, in the record's order.")
]

_actor, _person, _party = table(Actor), table(Person), table(Party)
_record_topic, _topic, _delegate = table(RecordTopic), table(Topic), table(Delegate)
_meeting_source, _source = table(MeetingSource), table(Source)
_evidence, _evidence_field = table(StoredEvidence), table(EvidenceField)


@dataclass(slots=True)
class EvidenceRow:
    """The columns of evidence in its record; `fields` are the names of FIELDS, with commas between them."""

    id: str
    record_key: int
    basis: Basis
    words: str | None
    note: str | None
    start_offset: int | None
    end_offset: int | None
    source_id: str | None
    source_title: str
    fields: str


@dataclass(slots=True)
class LinkRow:
    """An actor, a topic or a source of a record, as `field` says; the last four columns are an actor's."""

    record_key: int
    field: str
    position: int
    role: PartyRole
    kind: ActorKind
    id: str | None
    name: str
    delegate: str | None


@dataclass(frozen=True, slots=True)
class Related:
    """What hangs on some records, by the record's key: their evidence, actors (by field), topics and sources."""

    evidence: dict[int, list[Evidence]]
    actors: dict[tuple[int, str], list[LinkRow]] = field(default_factory=lambda: defaultdict(list))
    topics: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    sources: dict[int, list[TitleReference]] = field(default_factory=lambda: defaultdict(list))

    def references(self, context: RequestContext, key: int, name: ActorField) -> list[ActorReference]:
        """The actors in a field of a record."""
        return [_actor_of(context, row) for row in self.actors[key, name]]

    def participants(self, context: RequestContext, key: int) -> list[ParticipantReference]:
        rows = self.actors[key, ActorField.parties]
        return [{**_actor_of(context, row), "role": row.role} for row in rows]

    def speakers(self, context: RequestContext, key: int) -> list[SpeakerReference]:
        rows = self.actors[key, ActorField.speakers]
        return [
            {**_actor_of(context, row), "delegate": name_reference(context, "delegates", row.delegate, row.name)}
            for row in rows
        ]


def related_to(context: RequestContext, keys: list[int]) -> Related:
    """What hangs on the records with some keys, in two statements."""
    attached = Related(evidence_by_record(context, keys))
    for row in context.of(_LINKS, keys):
        if row.id is None or row.field not in ("topics", "sources"):
            attached.actors[row.record_key, row.field].append(row)
        elif row.field == "topics":
            attached.topics[row.record_key].append(row.id)
        else:
            attached.sources[row.record_key].append(title_reference(context, "sources", row.id, row.name))
    return attached


def evidence_by_record(context: RequestContext, keys: list[int]) -> dict[int, list[Evidence]]:
    """The evidence of the records with some keys, by key, in one statement."""
    found: dict[int, list[Evidence]] = {key: [] for key in keys}
    for row in context.of(_EVIDENCE, keys):
        found[row.record_key].append(evidence_fields(context, row))
    return found


def evidence_fields(context: RequestContext, row: EvidenceRow) -> Evidence:
    """Evidence as it stands in its record, of a row with `fields` as FIELDS and its source as `source_id` and so on."""
    return {
        "id": row.id,
        "url": context.url("evidence", row.id),
        "fields": row.fields.split(","),
        "basis": row.basis,
        "words": row.words,
        "note": row.note,
        "source": title_reference(context, "sources", row.source_id, row.source_title) if row.source_id else None,
        "start": row.start_offset,
        "end": row.end_offset,
    }


def _links(keys: FilterParam) -> Select[Any]:
    """Actors, topics and sources of records as rows of one form, in order."""
    links = union_all(_actors(keys), _topics(keys), _sources(keys)).subquery()
    return select(links).order_by(links.c.record_key, links.c.field, links.c.position)


def _actors(keys: FilterParam) -> Select[Any]:
    kind = case(
        (_actor.c.person_key.is_not(None), literal("person")),
        (_actor.c.party_key.is_not(None), literal("party")),
        else_=literal("described"),
    )
    columns = (
        _actor.c.record_key,
        _actor.c.field,
        _actor.c.position,
        _actor.c.role,
        kind.label("kind"),
        func.coalesce(_person.c.id, _party.c.id).label("id"),
        func.coalesce(_person.c.name, _party.c.name, _actor.c.described).label("name"),
        _delegate.c.id.label("delegate"),
    )
    return (
        select(*columns)
        .outerjoin(_person, _person.c.key == _actor.c.person_key)
        .outerjoin(_party, _party.c.key == _actor.c.party_key)
        .outerjoin(_delegate, _delegate.c.key == _actor.c.delegate_key)
        .where(keys.matches(_actor.c.record_key))
    )


def _topics(keys: FilterParam) -> Select[Any]:
    key, position = _record_topic.c.record_key, _record_topic.c.position
    return (
        select(key, literal("topics"), position, null(), null(), _topic.c.id, null(), null())
        .join(_topic, _topic.c.key == _record_topic.c.topic_key)
        .where(keys.matches(key))
    )


def _sources(keys: FilterParam) -> Select[Any]:
    key, position = _meeting_source.c.meeting_key, _meeting_source.c.position
    return (
        select(key, literal("sources"), position, null(), null(), _source.c.id, _source.c.title, null())
        .join(_source, _source.c.key == _meeting_source.c.source_key)
        .where(keys.matches(key))
    )


_LINKS = ByKeys(LinkRow, _links)
_fields = (
    select(_evidence_field.c.field)
    .where(_evidence_field.c.evidence_key == _evidence.c.key)
    .order_by(_evidence_field.c.position)
    .correlate(_evidence)
    .subquery()
)
FIELDS = select(Joined(_fields.c.field)).scalar_subquery().label("fields")
"""The fields that a row of evidence is for, in order, as one text: rows of their own would be read for each."""

_EVIDENCE = ByKeys(
    EvidenceRow,
    lambda keys: (
        select(
            *columns_of(_evidence, EvidenceRow),
            _source.c.id.label("source_id"),
            _source.c.title.label("source_title"),
            FIELDS,
        )
        .outerjoin(_source, _source.c.key == _evidence.c.source_key)
        .where(keys.matches(_evidence.c.record_key))
        .order_by(_evidence.c.record_key, _evidence.c.position)
    ),
)


def _actor_of(context: RequestContext, row: LinkRow) -> ActorReference:
    collection = "people" if row.kind == "person" else "parties"
    url = context.url(collection, row.id) if row.id is not None else None
    return {"kind": row.kind, "id": row.id, "name": row.name, "url": url}


def name_reference(context: RequestContext, collection: str, id: str | None, name: str) -> NameReference | None:
    """A reference to something with a name in a list, or none where the id is null."""
    return {"id": id, "name": name, "url": context.url(collection, id)} if id is not None else None


def title_reference(context: RequestContext, collection: str, id: str, title: str) -> TitleReference:
    """A reference to an item with a title in a list."""
    return {"id": id, "title": title, "url": context.url(collection, id)}


def agenda_url(context: RequestContext, meeting_id: str, id: str) -> str:
    """The address of an agenda item: its meeting's, at the item."""
    return f"{context.url('meetings', meeting_id)}#agenda-{id}"
