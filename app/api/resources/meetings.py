"""Meetings: the resource, its filters and its endpoints."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import ColumnElement, Select, Table, func, literal, select
from typing_extensions import TypedDict

from app.api.shared.fields import ALL, Fields, ItemQuery
from app.api.shared.filters import (
    Filter,
    among,
    date_filters,
    equals,
    meetings_of_person,
    meetings_with,
    records_of_party,
    refers_to,
    with_topic,
)
from app.api.shared.list_params import (
    ByChange,
    Country,
    DatesQuery,
    FoldedLabel,
    PublicId,
    SortBy,
    WikidataId,
    filter_by,
    filter_with,
)
from app.api.shared.list_statements import Sort
from app.api.shared.pagination import ItemRow, ListDefinition, Listing, get_item, list_items
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
from app.dates import precision
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import DatePrecision, MeetingFormat, MeetingMode, MeetingStatus, Outcome, RecordKind, SearchKind
from app.http.routing import contract_router
from app.models import AgendaItem, Agreement, Delegate, MeetingSource, Party, Quote, Source, table
from app.models import Meeting as StoredMeeting
from app.types import Count, CountryCode, Duration, Id, PartialDate, WholeDate, Wikidata

router = contract_router("meetings")

_meeting, _agenda = table(StoredMeeting), table(AgendaItem)
_delegate, _agreement, _quote = table(Delegate), table(Agreement), table(Quote)
_party, _source, _meeting_source = table(Party), table(Source), table(MeetingSource)

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
    first_day: Annotated[
        WholeDate | None, Field(description="The first of the days that `start_date` stands for; null if unknown.")
    ]
    last_day: Annotated[
        WholeDate | None,
        Field(description="The last of the days that `end_date`, or else `start_date`, stands for; null if unknown."),
    ]
    date_precision: Annotated[
        DatePrecision | None,
        Field(description="The precision of the less exact of `start_date` and `end_date`; null if unknown."),
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


class MeetingQuery(DatesQuery):
    fields: Fields[Meeting] = ALL
    sort: SortBy[Literal["-start_date", "start_date", "title", "-title", "id", "-id", ByChange]] = "-start_date"
    with_: list[PublicId] = filter_with(
        "Only meetings with all of these parties and people: a party among the meeting's `parties` or with a delegate,"
        " a person as a delegate or speaker."
    )
    party: list[PublicId] = filter_by("Only meetings with one of these parties among `parties`.", "rus")
    person: list[PublicId] = filter_by(
        "Only meetings with one of these people as a delegate or speaker.", "sergey-lavrov"
    )
    host: list[PublicId] = filter_by("Only meetings that one of these parties hosted.", "sau")
    city: list[FoldedLabel] = filter_by("Only meetings in one of these cities; case is ignored.", "Riyadh")
    wikidata: list[WikidataId] = filter_by("Only meetings in a city with one of these Wikidata ids.", "Q3692")
    country: list[Country] = filter_by("Only meetings in one of these countries (ISO 3166-1 alpha-3).", "SAU")
    topic: list[PublicId] = filter_by("Only meetings with one of these topics among their `topics`.", "ukraine")
    status: list[MeetingStatus] = filter_by("Only meetings with one of these statuses.", "held")
    format: list[MeetingFormat] = filter_by("Only meetings of one of these formats.", "bilateral")
    mode: list[MeetingMode] = filter_by("Only meetings in one of these modes.", "in_person")
    source: list[PublicId] = filter_by(
        "Only meetings with one of these sources among `sources`.", "riyadh-us-russia-talks"
    )


def _of_source(param: FilterParam) -> list[Select[Any]]:
    return [select(_meeting_source.c.meeting_key).where(param.matches_id(_meeting_source.c.source_key, _source))]


FILTERS: Mapping[str, Filter] = {
    "with": among(_meeting.c.key, meetings_with, every=True),
    "party": among(_meeting.c.key, records_of_party(RecordKind.meeting)),
    "person": among(_meeting.c.key, meetings_of_person),
    "host": refers_to(_meeting.c.host_key, _party),
    "city": equals(_meeting.c.city_folded),
    "wikidata": equals(_meeting.c.place_wikidata),
    "country": equals(_meeting.c.place_country),
    "topic": with_topic(_meeting.c.key, RecordKind.meeting),
    "status": equals(_meeting.c.status),
    "format": equals(_meeting.c.format),
    "mode": equals(_meeting.c.mode),
    "source": among(_meeting.c.key, _of_source),
    **date_filters(
        _meeting.c.first_day,
        _meeting.c.last_day,
        (_meeting.c.start_ascending, _meeting.c.start_descending),
        _meeting.c.key,
    ),
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
    first_day: str | None
    last_day: str | None
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


def _statement(*counts: ColumnElement[int]) -> ByKeys[MeetingRow]:
    return ByKeys(
        MeetingRow,
        lambda keys: (
            select(*columns_of(_meeting, MeetingRow, host=_party), *counts)
            .outerjoin(_party, _party.c.key == _meeting.c.host_key)
            .where(keys.matches(_meeting.c.key))
        ),
    )


_ITEMS = _statement(*(literal(0).label(name) for name in ("delegates", "agreements", "quotes")))
_COUNTED_ITEMS = _statement(*map(_count, (_delegate, _agreement, _quote)))
_AGENDAS = ByKeys(
    AgendaItemRow,
    lambda keys: (
        select(*columns_of(_agenda, AgendaItemRow))
        .where(keys.matches(_agenda.c.meeting_key))
        .order_by(_agenda.c.meeting_key, _agenda.c.position)
    ),
)


def items(context: RequestContext, keys: list[int], fields: Set[str]) -> dict[int, Meeting]:
    """The meetings with some keys, by key."""
    agenda_rows = list(context.rows_by_key(_AGENDAS, keys)) if "agenda" in fields else []
    related = related_to(context, keys, fields, [row.key for row in agenda_rows])
    agendas: dict[int, list[AgendaItemOfMeeting]] = defaultdict(list)
    for row in agenda_rows:
        agendas[row.meeting_key].append(_agenda_item(context, row, related))
    rows = context.rows_by_key(_COUNTED_ITEMS if "counts" in fields else _ITEMS, keys)
    return {row.key: _item(context, row, agendas[row.key], related) for row in rows}


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
        "first_day": row.first_day,
        "last_day": row.last_day,
        "date_precision": precision(row.start_date, row.end_date),
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


MEETINGS = ListDefinition(SearchKind.meeting, _meeting, Meeting, MeetingQuery, SORTS, FILTERS, items)


@router.get("/meetings")
def list_meetings(context: RequestContextDep, query: Annotated[MeetingQuery, Query()]) -> Listing[Meeting]:
    """List meetings, the latest first."""
    return list_items(context, MEETINGS, query)


@router.get("/meetings/{id}")
def get_meeting(context: RequestContextDep, id: MeetingId, query: Annotated[ItemQuery[Meeting], Query()]) -> Meeting:
    """Get a meeting with its agenda."""
    return get_item(context, MEETINGS, id, query.fields)
