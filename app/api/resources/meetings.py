"""Meetings: the resource, its filters and its endpoints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field, ValidationInfo, field_validator
from sqlalchemy import ColumnElement, Table, bindparam, func, or_, select
from typing_extensions import TypedDict

from app.api.shared.filters import with_party, with_topic
from app.api.shared.list_params import ByChange, Country, FirstDay, LastDay, ListQuery, PublicId, SortBy, filter_by
from app.api.shared.pagination import FilterCondition, ItemRow, ListDefinition, Listing, Sort, get_item, list_items
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
    Source,
    table,
)
from app.models import Meeting as StoredMeeting
from app.types import Count, CountryCode, Duration, Id, PartialDate, Wikidata

router = contract_router("meetings")

_meeting, _agenda, _actor, _record = table(StoredMeeting), table(AgendaItem), table(Actor), table(Record)
_delegate, _agreement, _quote = table(Delegate), table(Agreement), table(Quote)
_party, _person, _source, _meeting_source = table(Party), table(Person), table(Source), table(MeetingSource)

MeetingId = Annotated[PublicId, Path(description="The meeting's id.", examples=["riyadh-2025-02-18"])]

SORTS = {
    "start_date": Sort(_meeting.c.start_ascending, _meeting.c.start_descending),
    "title": Sort(_meeting.c.title_sort),
}


class Place(TypedDict):
    """The place of the meeting. Evidence is for the city."""

    city: Annotated[str, Field(description="The city's name in the article.")]
    country: Annotated[CountryCode | None, Field(description="ISO 3166-1 alpha-3 (the curator's label).")]
    wikidata: Annotated[Wikidata | None, Field(description="The city's Wikidata id (the curator's label).")]


class MeetingDuration(TypedDict):
    """The duration of the meeting."""

    value: Annotated[Duration, Field(description="An ISO 8601 duration.")]
    approximate: Annotated[bool, Field(description="Whether the article calls the duration approximate.")]


class AgendaItemOfMeeting(TypedDict):
    """A matter of the meeting, with its outcome."""

    id: Annotated[Id, Field(description="The item's id, which begins with the meeting's.")]
    url: Url
    read_url: ReadUrl
    title: Annotated[str, Field(description="The agenda item in a few words (the curator's label).")]
    outcome: Annotated[Outcome, Field(description="The outcome.")]
    evidence: RecordEvidence


class Reviewer(TypedDict):
    """A person who reviewed the record."""

    name: Annotated[str, Field(description="The reviewer's name (the curator's label).", examples=["Ana Ito"])]
    on: Annotated[
        PartialDate, Field(description="The day of the review, a partial ISO 8601 date.", examples=["2026-03-14"])
    ]


class Counts(TypedDict):
    """The numbers of items in the meeting's record."""

    delegates: Annotated[Count, Field(description="The number of delegates.")]
    agreements: Annotated[Count, Field(description="The number of agreements.")]
    quotes: Annotated[Count, Field(description="The number of quotes.")]


class Meeting(TypedDict):
    """A meeting, as its articles describe it. What they leave open is null."""

    id: Annotated[Id, Field(description="The meeting's id.")]
    url: Url
    read_url: ReadUrl
    title: Annotated[str, Field(description="The meeting in a few words (the curator's label).")]
    summary: Annotated[str | None, Field(description="A summary in the curator's own words; null if there is none.")]
    status: Annotated[MeetingStatus, Field(description="Whether the meeting took place.")]
    format: Annotated[MeetingFormat, Field(description="The constellation of the parties.")]
    mode: Annotated[
        MeetingMode | None, Field(description="In person, by a call, or both; null if the article does not state it.")
    ]
    start_date: Annotated[
        PartialDate | None, Field(description="The first day, a partial ISO 8601 date; null if unknown.")
    ]
    end_date: Annotated[
        PartialDate | None, Field(description="The last day, a partial ISO 8601 date; null if the article states none.")
    ]
    duration: Annotated[
        MeetingDuration | None, Field(description="The duration; null if the article does not state it.")
    ]
    place: Annotated[Place | None, Field(description="The place; null if the article does not state it.")]
    host: Annotated[
        NameReference | None,
        Field(description="The party that hosted the meeting; null if the article does not state it."),
    ]
    parties: Annotated[list[ParticipantReference], Field(description="The actors that took part, with their roles.")]
    topics: Topics
    sources: Annotated[
        list[TitleReference], Field(description="The articles, the main one first (the curator's labels).")
    ]
    agenda: Annotated[list[AgendaItemOfMeeting], Field(description="The agenda items, with their outcomes.")]
    reviewed_by: Annotated[
        list[Reviewer] | None, Field(description="The people who reviewed the record; null if it names none.")
    ]
    counts: Annotated[Counts, Field(description="The numbers of delegates, agreements and quotes.")]
    evidence: RecordEvidence
    changed_in: ChangedIn


class MeetingQuery(ListQuery):
    sort: SortBy[Literal["-start_date", "start_date", "title", "-title", "id", "-id", ByChange]] = "-start_date"
    party: list[PublicId] = filter_by("Only meetings with one of these parties among `parties`.", "rus")
    person: list[PublicId] = filter_by(
        "Only meetings with one of these people as a delegate or speaker.", "sergey-lavrov"
    )
    country: list[Country] = filter_by("Only meetings in one of these countries (ISO 3166-1 alpha-3).", "SAU")
    topic: list[PublicId] = filter_by("Only meetings with one of these topics among their `topics`.", "ukraine")
    status: list[MeetingStatus] = filter_by("Only meetings with one of these statuses.", "held")
    format: list[MeetingFormat] = filter_by("Only meetings of one of these formats.", "bilateral")
    source: list[PublicId] = filter_by(
        "Only meetings with one of these sources among `sources`.", "riyadh-us-russia-talks"
    )
    date_from: FirstDay | None = Field(
        default=None,
        description="Only meetings that may have taken place on or after this partial date.",
        examples=["2025-02"],
    )
    date_to: LastDay | None = Field(
        default=None,
        description="Only meetings that may have taken place on or before this partial date.",
        examples=["2025"],
    )

    @field_validator("date_to")
    @classmethod
    def _spans(cls, day: str, others: ValidationInfo) -> str:
        start = others.data.get("date_from")
        if start and day < start:
            raise ValueError(f"is before `date_from`, {start}")
        return day


def _with_person(param: FilterParam) -> ColumnElement[bool]:
    took_part = select(_delegate.c.meeting_key).where(param.matches_id(_delegate.c.person_key, _person))
    spoke = select(_record.c.meeting_key).join(_actor, _actor.c.record_key == _record.c.key)
    spoke = spoke.where(_actor.c.field == ActorField.speakers, param.matches_id(_actor.c.person_key, _person))
    return or_(_meeting.c.key.in_(took_part), _meeting.c.key.in_(spoke))


def _of_source(param: FilterParam) -> ColumnElement[bool]:
    of_source = select(_meeting_source.c.meeting_key).where(param.matches_id(_meeting_source.c.source_key, _source))
    return _meeting.c.key.in_(of_source)


FILTERS: Mapping[str, FilterCondition] = {
    "party": lambda param: with_party(_meeting.c.key, param),
    "person": _with_person,
    "country": lambda param: param.matches(_meeting.c.place_country),
    "topic": lambda param: with_topic(_meeting.c.key, param),
    "status": lambda param: param.matches(_meeting.c.status),
    "format": lambda param: param.matches(_meeting.c.format),
    "source": _of_source,
    "date_from": lambda param: _meeting.c.last_day >= bindparam(param.name),
    "date_to": lambda param: _meeting.c.first_day <= bindparam(param.name),
}


def _count(rows: Table) -> ColumnElement[int]:
    counted = select(func.count()).select_from(rows).where(rows.c.meeting_key == _meeting.c.key)
    return counted.scalar_subquery().label(rows.name + "s")


@dataclass(slots=True)
class MeetingRow(ItemRow):
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
    reviewed_by: list[Reviewer] | None
    host_id: str | None
    host_name: str
    delegates: int
    agreements: int
    quotes: int


@dataclass(slots=True)
class AgendaItemRow:
    key: int
    id: str
    meeting_key: int
    title: str
    outcome: Outcome


_ITEMS = ByKeys(
    MeetingRow,
    lambda keys: (
        select(*columns_of(_meeting, MeetingRow, host=_party), *map(_count, (_delegate, _agreement, _quote)))
        .outerjoin(_party, _party.c.key == _meeting.c.host_key)
        .where(keys.matches(_meeting.c.key))
    ),
)
_AGENDAS = ByKeys(
    AgendaItemRow,
    lambda keys: (
        select(*columns_of(_agenda, AgendaItemRow))
        .where(keys.matches(_agenda.c.meeting_key))
        .order_by(_agenda.c.meeting_key, _agenda.c.position)
    ),
)


def items(context: RequestContext, keys: list[int]) -> dict[int, Meeting]:
    """The meetings with some keys, by key."""
    agenda_rows = list(context.rows_by_key(_AGENDAS, keys))
    related = related_to(context, [*keys, *(row.key for row in agenda_rows)])
    agendas: dict[int, list[AgendaItemOfMeeting]] = {key: [] for key in keys}
    for row in agenda_rows:
        agendas[row.meeting_key].append(_agenda_item(context, row, related))
    return {row.key: _item(context, row, agendas[row.key], related) for row in context.rows_by_key(_ITEMS, keys)}


def _agenda_item(context: RequestContext, row: AgendaItemRow, related: Related) -> AgendaItemOfMeeting:
    return {
        "id": row.id,
        "url": context.url("agenda", row.id),
        "read_url": context.read_url("agenda_item", row.id),
        "title": row.title,
        "outcome": row.outcome,
        "evidence": related.evidence[row.key],
    }


def _item(context: RequestContext, row: MeetingRow, agenda: list[AgendaItemOfMeeting], related: Related) -> Meeting:
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
        "parties": related.participants(context, row.key),
        "topics": related.topics[row.key],
        "sources": related.sources[row.key],
        "agenda": agenda,
        "reviewed_by": row.reviewed_by,
        "counts": {"delegates": row.delegates, "agreements": row.agreements, "quotes": row.quotes},
        "evidence": related.evidence[row.key],
        "changed_in": row.changed_in,
    }


MEETINGS = ListDefinition(SearchKind.meeting, _meeting, MeetingQuery, SORTS, FILTERS, items)


@router.get("/meetings")
def list_meetings(context: RequestContextDep, query: Annotated[MeetingQuery, Query()]) -> Listing[Meeting]:
    """List meetings, the latest first."""
    return list_items(context, MEETINGS, query)


@router.get("/meetings/{id}")
def get_meeting(context: RequestContextDep, id: MeetingId) -> Meeting:
    """Get a meeting with its agenda."""
    return get_item(context, MEETINGS, id)
