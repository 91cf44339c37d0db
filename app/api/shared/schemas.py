"""Schemas that several resources share, and the statements that read them: references, actors, topics, evidence."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Select, case, func, literal, null, select, union_all
from typing_extensions import TypedDict

from app.api.shared.pagination import ItemRow
from app.db.dialect_sql import GroupConcat
from app.db.request_context import RequestAddress, RequestContext
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import ActorField, ActorKind, Basis, PartyRole
from app.models import Actor, Delegate, EvidenceField, MeetingSource, Party, Person, RecordTopic, Source, Topic, table
from app.models import Evidence as StoredEvidence
from app.types import Address, Count, CountryCode, Id, PartialDate

Url = Annotated[Address, Field(description="The URL of the item.")]
ReadUrl = Annotated[
    Address, Field(description="The URL of the HTML page that shows the item, with a fragment if it is part of a page.")
]
ChangedIn = Annotated[Count, Field(description="The number of the dataset version that last changed the item.")]
Topics = Annotated[list[Id], Field(description="The topics (the curator's labels).")]


class NameReference(TypedDict):
    """A reference to an item with a name."""

    id: Annotated[Id, Field(description="The id of the item.")]
    name: Annotated[str, Field(description="A copy of the item's name.")]
    url: Url


class TitleReference(TypedDict):
    """A reference to an item with a title."""

    id: Annotated[Id, Field(description="The id of the item.")]
    title: Annotated[str, Field(description="A copy of the item's title.")]
    url: Url


class MeetingReference(TitleReference):
    """A reference to a meeting, with when and where it was."""

    start_date: Annotated[
        PartialDate | None, Field(description="A copy of the meeting's first day, a partial date; null if unknown.")
    ]
    country: Annotated[
        CountryCode | None, Field(description="A copy of the country of the meeting's place; null if unknown.")
    ]


class ActorReference(TypedDict):
    """A person, a party, or an actor whom the article describes without a name."""

    kind: Annotated[ActorKind, Field(description="The kind of actor.")]
    id: Annotated[Id | None, Field(description="The id of the person or party; null for `described`.")]
    name: Annotated[str, Field(description="The name; for `described`, the article's own words.")]
    url: Annotated[Address | None, Field(description="The URL of the person or party; null for `described`.")]


class ParticipantReference(ActorReference):
    """An actor that took part in a meeting, with its role."""

    role: Annotated[PartyRole, Field(description="The role in the meeting.")]


class SpeakerReference(ActorReference):
    """A speaker, with the delegate that the speaker was in the same meeting."""

    delegate: Annotated[
        NameReference | None,
        Field(description="The speaker as a delegate to the meeting; null if the speaker was not one."),
    ]


class Evidence(TypedDict):
    """The proof of some fields of a record: the article's words and their position, or the reason for an inference."""

    id: Annotated[Id, Field(description="The id of the evidence. It stays the same as long as the fact does.")]
    url: Url
    fields: Annotated[list[str], Field(description="The fields of the record that the evidence is for.")]
    basis: Annotated[
        Basis, Field(description="`stated`: the words state the fact; `inferred`: a person concluded it, see `note`.")
    ]
    words: Annotated[
        str | None, Field(description="The article's own words, a slice of its text; null if no words state the fact.")
    ]
    note: Annotated[str | None, Field(description="The reason for the inference; null if the fact is stated.")]
    despite: Annotated[
        str | None,
        Field(description="The reviewer's answer to a warning of the loader: why the fact is right; null without one."),
    ]
    source: Annotated[TitleReference | None, Field(description="The article with the words; null without words.")]
    start: Annotated[
        Count | None,
        Field(description="The start of the words in the source's text, in code points; null without words."),
    ]
    end: Annotated[
        Count | None, Field(description="The end of the words, exclusive, in code points; null without words.")
    ]


ItsMeeting = Annotated[MeetingReference, Field(description="The meeting of the item.")]
RecordEvidence = Annotated[
    list[Evidence], Field(description="The evidence for the item's fields, in the order of the record.")
]

_actor, _person, _party = table(Actor), table(Person), table(Party)
_record_topic, _topic, _delegate = table(RecordTopic), table(Topic), table(Delegate)
_meeting_source, _source = table(MeetingSource), table(Source)
_evidence, _evidence_field = table(StoredEvidence), table(EvidenceField)


@dataclass(slots=True)
class EvidenceRow:
    """The columns of evidence in its record; `fields` are the names of FIELDS, with commas between them."""

    fields: str
    id: str
    record_key: int
    basis: Basis
    words: str | None
    note: str | None
    despite: str | None
    start_offset: int | None
    end_offset: int | None
    source_id: str | None
    source_title: str


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


LINK_FIELDS = frozenset({*ActorField, "topics", "sources"})
"""The fields of items that are read from rows of LinkRow."""


@dataclass(frozen=True, slots=True)
class Related:
    """Evidence, actors, topics and sources of some records, by the record's key; actors also by the field.

    What was not read is empty.
    """

    evidence: dict[int, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
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


def related_to(context: RequestContext, keys: list[int], fields: Set[str], parts: Sequence[int] = ()) -> Related:
    """Reads what some fields of the records with some keys need, with at most two statements.

    `parts` are the keys of records inside of these, for which the evidence is needed as well.
    """
    related = Related()
    if "evidence" in fields or parts:
        related = Related(evidence_by_record(context, [*(keys if "evidence" in fields else ()), *parts]))
    for row in context.rows_by_key(_LINKS, keys) if fields & LINK_FIELDS else ():
        if row.id is None or row.field not in ("topics", "sources"):
            related.actors[row.record_key, row.field].append(row)
        elif row.field == "topics":
            related.topics[row.record_key].append(row.id)
        else:
            related.sources[row.record_key].append(title_reference(context, "sources", row.id, row.name))
    return related


def evidence_by_record(context: RequestContext, keys: list[int]) -> dict[int, list[Evidence]]:
    """The evidence of the records with some keys, by key, read with one statement; none for any other key."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in context.rows_by_key(_EVIDENCE, keys):
        found[row.record_key].append(evidence_item(context, row))
    return found


def evidence_item(context: RequestContext, row: EvidenceRow) -> Evidence:
    """Evidence as part of its record."""
    return {
        "id": row.id,
        "url": context.url("evidence", row.id),
        "fields": row.fields.split(","),
        "basis": row.basis,
        "words": row.words,
        "note": row.note,
        "despite": row.despite,
        "source": title_reference(context, "sources", row.source_id, row.source_title) if row.source_id else None,
        "start": row.start_offset,
        "end": row.end_offset,
    }


def _links(keys: FilterParam) -> Select[Any]:
    """Actors, topics and sources of records as rows of LinkRow, sorted."""
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
FIELDS = select(GroupConcat(_fields.c.field)).scalar_subquery().label("fields")
"""The fields that evidence is for, in order, as one text. To read them as rows would take more time."""

_EVIDENCE = ByKeys(
    EvidenceRow,
    lambda keys: (
        select(FIELDS, *columns_of(_evidence, EvidenceRow, source=_source))
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
    """A reference to an item with a name; None if the id is None."""
    return {"id": id, "name": name, "url": context.url(collection, id)} if id is not None else None


def title_reference(context: RequestAddress, collection: str, id: str, title: str) -> TitleReference:
    """A reference to an item with a title."""
    return {"id": id, "title": title, "url": context.url(collection, id)}


@dataclass(slots=True)
class MeetingPartRow(ItemRow):
    """The columns of a meeting in the row of what belongs to it."""

    meeting_id: str
    meeting_title: str
    meeting_start_date: str | None
    meeting_place_country: str | None


def meeting_reference(context: RequestContext, row: MeetingPartRow) -> MeetingReference:
    """A reference to the meeting of an item."""
    reference = title_reference(context, "meetings", row.meeting_id, row.meeting_title)
    return {**reference, "start_date": row.meeting_start_date, "country": row.meeting_place_country}
