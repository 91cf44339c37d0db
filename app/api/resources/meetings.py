"""Meetings: who met, where, when and how, and what was on the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field, ValidationInfo, field_validator
from sqlalchemy import ColumnElement, Table, bindparam, func, or_, select
from typing_extensions import TypedDict

from app.api.shared.pagination import (
    Country,
    FilterCondition,
    FirstDay,
    LastDay,
    ListDefinition,
    Listing,
    ListQuery,
    PublicId,
    Sort,
    find_key,
    paginate,
    sort_on,
)
from app.api.shared.schemas import (
    ChangedIn,
    NameReference,
    ParticipantReference,
    ReadUrl,
    RecordEvidence,
    Related,
    TitleReference,
    Topics,
    Url,
    agenda_url,
    name_reference,
    related_to,
)
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import ActorField, MeetingFormat, MeetingMode, MeetingStatus, Outcome, SearchKind
from app.http.routing import contract_router
from app.models import (
    Actor,
    AgendaItem,
    Agreement,
    Delegate,
    MeetingSource,
    Party,
    Person,
    Quote,
    Record,
    RecordTopic,
    Source,
    Topic,
    table,
)
from app.models import Meeting as StoredMeeting
from app.types import Address, Count, CountryCode, Duration, Id, PartialDate, Wikidata

router = contract_router("meetings")

_meeting, _agenda, _actor, _record = table(StoredMeeting), table(AgendaItem), table(Actor), table(Record)
_delegate, _agreement, _quote = table(Delegate), table(Agreement), table(Quote)
_party, _person, _topic, _record_topic = table(Party), table(Person), table(Topic), table(RecordTopic)
_source, _meeting_source = table(Source), table(MeetingSource)

MeetingId = Annotated[PublicId, Path(description="The meeting's id.", examples=["riyadh-2025-02-18"])]

SORTS = {
    "start_date": Sort(_meeting.c.start_ascending, _meeting.c.start_descending),
    "title": sort_on(_meeting.c.title_sort),
    "id": sort_on(_meeting.c.id),
}


class Place(TypedDict):
    """Where they met; the evidence is for the city."""

    city: Annotated[str, Field(description="As the article names it.")]
    country: Annotated[CountryCode | None, Field(description="ISO 3166-1 alpha-3; the curator's label.")]
    wikidata: Annotated[Wikidata | None, Field(description="The city's Wikidata id; the curator's label.")]


class MeetingDuration(TypedDict):
    """How long they met."""

    value: Annotated[Duration, Field(description="ISO 8601.")]
    approximate: Annotated[bool, Field(description="Whether the article gives it as about so long.")]


class AgendaItemOfMeeting(TypedDict):
    """What was on the table, with how it ended; what was only discussed is here, and no agreement."""

    id: Annotated[Id, Field(description="The item's id: the meeting's, and its own there.")]
    url: Annotated[Address, Field(description="The meeting's address, at this item.")]
    title: Annotated[str, Field(description="What it was; the curator's label.")]
    outcome: Annotated[Outcome, Field(description="How the matter ended.")]
    evidence: RecordEvidence


class Counts(TypedDict):
    """How much the meeting's record holds."""

    delegates: Annotated[Count, Field(description="How many delegates.")]
    agreements: Annotated[Count, Field(description="How many agreements.")]
    quotes: Annotated[Count, Field(description="How many quotes.")]


class Meeting(TypedDict):
    """A meeting, as its articles tell of it. What they leave open is null."""

    id: Annotated[Id, Field(description="The meeting's id.")]
    url: Url
    read_url: ReadUrl
    title: Annotated[str, Field(description="The meeting in a few words; the curator's label.")]
    summary: Annotated[str | None, Field(description="What it was about; the curator's own words.")]
    status: Annotated[MeetingStatus, Field(description="Whether they met.")]
    format: Annotated[MeetingFormat, Field(description="Who faced whom.")]
    mode: Annotated[
        MeetingMode | None, Field(description="In one place, or by a call. Null where the article does not say.")
    ]
    start_date: Annotated[PartialDate | None, Field(description="The first day, a partial ISO 8601 date.")]
    end_date: Annotated[PartialDate | None, Field(description="The last day, likewise, where there were several.")]
    duration: Annotated[MeetingDuration | None, Field(description="How long they met.")]
    place: Annotated[Place | None, Field(description="Where they met.")]
    host: Annotated[NameReference | None, Field(description="The party that received the others.")]
    parties: Annotated[list[ParticipantReference], Field(description="Who met, and as what.")]
    topics: Topics
    sources: Annotated[
        list[TitleReference], Field(description="The articles, the main one first; the curator's labels.")
    ]
    agenda: Annotated[list[AgendaItemOfMeeting], Field(description="What was on the table, with how it ended.")]
    counts: Annotated[Counts, Field(description="How many of them there are.")]
    evidence: RecordEvidence
    changed_in: ChangedIn


class MeetingQuery(ListQuery):
    """What a list of meetings can be asked."""

    sort: Literal["-start_date", "start_date", "title", "-title", "id", "-id", "changed_in", "-changed_in"] = Field(
        default="-start_date", description="What the list is sorted by; `-` before it for descending."
    )
    party: list[PublicId] = Field(
        default=[], description="Only meetings that one of these parties was a party to.", examples=[["rus"]]
    )
    person: list[PublicId] = Field(
        default=[],
        description="Only meetings where one of these people took part or spoke.",
        examples=[["sergey-lavrov"]],
    )
    country: list[Country] = Field(
        default=[], description="Only meetings in one of these countries (ISO 3166-1 alpha-3).", examples=[["SAU"]]
    )
    topic: list[PublicId] = Field(
        default=[], description="Only meetings with one of these topics of their own.", examples=[["ukraine"]]
    )
    status: list[MeetingStatus] = Field(
        default=[], description="Only meetings with one of these statuses.", examples=[["held"]]
    )
    format: list[MeetingFormat] = Field(
        default=[], description="Only meetings of one of these formats.", examples=[["bilateral"]]
    )
    source: list[PublicId] = Field(
        default=[],
        description="Only meetings whose record cites one of these sources.",
        examples=[["riyadh-us-russia-talks"]],
    )
    date_from: FirstDay | None = Field(
        default=None, description="Only meetings that may lie on or after this partial date.", examples=["2025-02"]
    )
    date_to: LastDay | None = Field(
        default=None, description="Only meetings that may lie on or before this partial date.", examples=["2025"]
    )

    @field_validator("date_to")
    @classmethod
    def _spans(cls, day: str, others: ValidationInfo) -> str:
        start = others.data.get("date_from")
        if start and day < start:
            raise ValueError(f"is before `date_from`, {start}")
        return day


def _with_party(given: FilterParam) -> ColumnElement[bool]:
    taking_part = select(_actor.c.record_key).where(_actor.c.field == ActorField.parties)
    return _meeting.c.key.in_(taking_part.where(given.matches_id(_actor.c.party_key, _party)))


def _with_person(given: FilterParam) -> ColumnElement[bool]:
    took_part = select(_delegate.c.meeting_key).where(given.matches_id(_delegate.c.person_key, _person))
    spoke = select(_record.c.meeting_key).join(_actor, _actor.c.record_key == _record.c.key)
    spoke = spoke.where(_actor.c.field == ActorField.speakers, given.matches_id(_actor.c.person_key, _person))
    return or_(_meeting.c.key.in_(took_part), _meeting.c.key.in_(spoke))


def _of_topic(given: FilterParam) -> ColumnElement[bool]:
    of_topic = select(_record_topic.c.record_key).where(given.matches_id(_record_topic.c.topic_key, _topic))
    return _meeting.c.key.in_(of_topic)


def _of_source(given: FilterParam) -> ColumnElement[bool]:
    of_source = select(_meeting_source.c.meeting_key).where(given.matches_id(_meeting_source.c.source_key, _source))
    return _meeting.c.key.in_(of_source)


FILTERS: Mapping[str, FilterCondition] = {
    "party": _with_party,
    "person": _with_person,
    "country": lambda given: given.matches(_meeting.c.place_country),
    "topic": _of_topic,
    "status": lambda given: given.matches(_meeting.c.status),
    "format": lambda given: given.matches(_meeting.c.format),
    "source": _of_source,
    "date_from": lambda given: _meeting.c.last_day >= bindparam(given.name),
    "date_to": lambda given: _meeting.c.first_day <= bindparam(given.name),
}
MEETINGS = ListDefinition(_meeting, SORTS, FILTERS, SearchKind.meeting)


def _count(rows: Table) -> ColumnElement[int]:
    counted = select(func.count()).select_from(rows).where(rows.c.meeting_key == _meeting.c.key)
    return counted.scalar_subquery().label(rows.name + "s")


@dataclass(slots=True)
class MeetingRow:
    key: int
    id: str
    title: str
    summary: str | None
    status: MeetingStatus
    format: MeetingFormat
    mode: MeetingMode | None
    start_date: str | None
    end_date: str | None
    duration_value: str | None
    duration_approximate: bool
    place_city: str | None
    place_country: str | None
    place_wikidata: str | None
    changed_in: int
    delegates: int
    agreements: int
    quotes: int
    host_id: str | None
    host_name: str


@dataclass(slots=True)
class AgendaItemRow:
    key: int
    id: str
    meeting_key: int
    title: str
    outcome: Outcome
    meeting_id: str


_ITEMS = ByKeys(
    MeetingRow,
    lambda keys: (
        select(
            *columns_of(_meeting, MeetingRow),
            *map(_count, (_delegate, _agreement, _quote)),
            _party.c.id.label("host_id"),
            _party.c.name.label("host_name"),
        )
        .outerjoin(_party, _party.c.key == _meeting.c.host_key)
        .where(keys.matches(_meeting.c.key))
    ),
)
_AGENDAS = ByKeys(
    AgendaItemRow,
    lambda keys: (
        select(*columns_of(_agenda, AgendaItemRow), _meeting.c.id.label("meeting_id"))
        .join(_meeting, _meeting.c.key == _agenda.c.meeting_key)
        .where(keys.matches(_agenda.c.meeting_key))
        .order_by(_agenda.c.meeting_key, _agenda.c.position)
    ),
)


def items(context: RequestContext, keys: list[int]) -> dict[int, Meeting]:
    """The meetings with some keys, by key."""
    agenda_rows = list(context.of(_AGENDAS, keys))
    attached = related_to(context, [*keys, *(row.key for row in agenda_rows)])
    agendas: dict[int, list[AgendaItemOfMeeting]] = {key: [] for key in keys}
    for row in agenda_rows:
        agendas[row.meeting_key].append(_agenda_item(context, row, attached))
    return {row.key: _item(context, row, agendas[row.key], attached) for row in context.of(_ITEMS, keys)}


def _agenda_item(context: RequestContext, row: AgendaItemRow, attached: Related) -> AgendaItemOfMeeting:
    return {
        "id": row.id,
        "url": agenda_url(context, row.meeting_id, row.id),
        "title": row.title,
        "outcome": row.outcome,
        "evidence": attached.evidence[row.key],
    }


def _item(context: RequestContext, row: MeetingRow, agenda: list[AgendaItemOfMeeting], attached: Related) -> Meeting:
    place: Place | None = None
    duration: MeetingDuration | None = None
    if row.place_city is not None:
        place = {"city": row.place_city, "country": row.place_country, "wikidata": row.place_wikidata}
    if row.duration_value is not None:
        duration = {"value": row.duration_value, "approximate": row.duration_approximate}
    return {
        "id": row.id,
        "url": context.url("meetings", row.id),
        "read_url": context.read_url("meeting", row.id),
        "title": row.title,
        "summary": row.summary,
        "status": row.status,
        "format": row.format,
        "mode": row.mode,
        "start_date": row.start_date,
        "end_date": row.end_date,
        "duration": duration,
        "place": place,
        "host": name_reference(context, "parties", row.host_id, row.host_name),
        "parties": attached.participants(context, row.key),
        "topics": attached.topics[row.key],
        "sources": attached.sources[row.key],
        "agenda": agenda,
        "counts": {"delegates": row.delegates, "agreements": row.agreements, "quotes": row.quotes},
        "evidence": attached.evidence[row.key],
        "changed_in": row.changed_in,
    }


@router.get("/meetings")
def list_meetings(context: RequestContextDep, query: Annotated[MeetingQuery, Query()]) -> Listing[Meeting]:
    """Meetings, the latest first."""
    page = paginate(context, query, MEETINGS)
    return page.listing(items(context, page.keys))


@router.get("/meetings/{id}")
def get_meeting(context: RequestContextDep, id: MeetingId) -> Meeting:
    """One meeting, with its agenda."""
    key = find_key(context, MEETINGS, id)
    return items(context, [key])[key]
