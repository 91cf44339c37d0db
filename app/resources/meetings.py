"""Meetings: who met, where, when and how, and what was on the table."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from app.lists import Country, Listing, ListQuery, PartialDate, PublicId, Sort, overlaps, paginate, sort_by
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
from app.problems import not_found
from app.reading import Reading, ReadingDep
from app.references import (
    Attached,
    ChangedIn,
    EvidenceOfRecord,
    NameReference,
    ParticipantReference,
    TitleReference,
    Url,
    attached_to,
    party_reference,
)
from app.routing import ContractRoute
from app.vocabulary import ActorField, MeetingFormat, MeetingMode, MeetingStatus, Outcome

router = APIRouter(tags=["meetings"], route_class=ContractRoute)

_meeting, _agenda, _actor, _record = table(StoredMeeting), table(AgendaItem), table(Actor), table(Record)
_delegate, _agreement, _quote = table(Delegate), table(Agreement), table(Quote)
_party, _person, _topic, _record_topic = table(Party), table(Person), table(Topic), table(RecordTopic)
_source, _meeting_source = table(Source), table(MeetingSource)

MeetingId = Annotated[str, Path(description="The meeting's id.", examples=["riyadh-2025-02-18"])]

SORTS = {
    "start_date": Sort(_meeting.c.start_ascending, _meeting.c.start_descending),
    "title": sort_by(_meeting.c.title_sort),
    "id": sort_by(_meeting.c.id),
    "changed_in": sort_by(_meeting.c.changed_in),
}


class Place(BaseModel):
    """Where they met; the evidence is for the city."""

    city: str = Field(description="As the article names it.", examples=["Riyadh"])
    country: str | None = Field(description="ISO 3166-1 alpha-3; the curator's.", examples=["SAU"])
    wikidata: str | None = Field(description="The city's Wikidata id; the curator's.", examples=["Q3692"])


class MeetingDuration(BaseModel):
    """How long they met."""

    value: str = Field(description="ISO 8601.", examples=["PT4H30M"])
    approximate: bool = Field(description="Whether the article gives it as about so long.")


class AgendaItemOfMeeting(BaseModel):
    """What was on the table, with how it ended; what was only discussed is here, and no agreement."""

    id: str = Field(description="The item's id: the meeting's, and its own there.")
    url: str = Field(description="The meeting's address, at this item.")
    title: str = Field(description="The curator's label.")
    outcome: Outcome
    evidence: EvidenceOfRecord


class Counts(BaseModel):
    """How much the meeting's record holds."""

    delegates: int = Field(description="How many delegates.", examples=[4])
    agreements: int = Field(description="How many agreements.", examples=[6])
    quotes: int = Field(description="How many quotes.", examples=[12])


class Meeting(BaseModel):
    """A meeting, as its articles tell of it. What they leave open is null."""

    id: str = Field(description="The meeting's id.", examples=["riyadh-2025-02-18"])
    url: Url
    title: str = Field(description="The curator's label.")
    summary: str | None = Field(description="One or two sentences of the curator's own.")
    status: MeetingStatus
    format: MeetingFormat
    mode: MeetingMode | None = Field(description="Null where the article does not say.")
    start_date: str | None = Field(description="Partial ISO 8601 date.", examples=["2025-02-18"])
    end_date: str | None = Field(description="Partial ISO 8601 date.")
    duration: MeetingDuration | None = Field(description="How long they met.")
    place: Place | None = Field(description="Where they met.")
    host: NameReference | None = Field(description="The party that received the others.")
    parties: list[ParticipantReference] = Field(description="Who met, and as what.")
    topics: list[str] = Field(description="The curator's labels.")
    sources: list[TitleReference] = Field(description="The articles that the record cites; the first is the main one.")
    agenda: list[AgendaItemOfMeeting] = Field(description="What was on the table, with how it ended.")
    counts: Counts
    evidence: EvidenceOfRecord
    changed_in: ChangedIn


class MeetingQuery(ListQuery):
    """What a list of meetings can be asked."""

    sort: Literal["-start_date", "start_date", "title", "-title", "id", "-id", "changed_in", "-changed_in"] = Field(
        default="-start_date", description="What the list is sorted by; `-` before it for descending."
    )
    party: list[PublicId] = Field(default=[], description="Only meetings that one of these parties was a party to.")
    person: list[PublicId] = Field(
        default=[], description="Only meetings where one of these people took part or spoke."
    )
    country: list[Country] = Field(
        default=[], description="Only meetings in one of these countries (ISO 3166-1 alpha-3)."
    )
    topic: list[PublicId] = Field(default=[], description="Only meetings with one of these topics of their own.")
    status: list[MeetingStatus] = Field(default=[], description="Only meetings with one of these statuses.")
    format: list[MeetingFormat] = Field(default=[], description="Only meetings of one of these formats.")
    source: list[PublicId] = Field(default=[], description="Only meetings whose record cites one of these sources.")
    date_from: PartialDate | None = Field(
        default=None,
        description="Only meetings that can have been held on or after this partial date.",
        examples=["2025-02"],
    )
    date_to: PartialDate | None = Field(
        default=None,
        description="Only meetings that can have been held on or before this partial date.",
        examples=["2025"],
    )


def matching(query: MeetingQuery) -> list[ColumnElement[bool]]:
    """The conditions that a query's filters are."""
    conditions = overlaps(_meeting.c.first_day, _meeting.c.last_day, query.date_from, query.date_to)
    if query.party:
        conditions.append(_meeting.c.key.in_(_with_party(query.party)))
    if query.person:
        conditions.append(or_(*(_meeting.c.key.in_(keys) for keys in _with_person(query.person))))
    if query.country:
        conditions.append(_meeting.c.place_country.in_(query.country))
    if query.topic:
        of_topic = select(_record_topic.c.record_key).join(_topic, _topic.c.key == _record_topic.c.topic_key)
        conditions.append(_meeting.c.key.in_(of_topic.where(_topic.c.id.in_(query.topic))))
    if query.status:
        conditions.append(_meeting.c.status.in_(query.status))
    if query.format:
        conditions.append(_meeting.c.format.in_(query.format))
    if query.source:
        of_source = select(_meeting_source.c.meeting_key).join(_source, _source.c.key == _meeting_source.c.source_key)
        conditions.append(_meeting.c.key.in_(of_source.where(_source.c.id.in_(query.source))))
    return conditions


def _with_party(ids: list[str]) -> Any:
    as_party = and_(_actor.c.party_key == _party.c.key, _actor.c.field == ActorField.parties)
    return select(_actor.c.record_key).join(_party, as_party).where(_party.c.id.in_(ids))


def _with_person(ids: list[str]) -> tuple[Any, Any]:
    took_part = select(_delegate.c.meeting_key).join(_person, _person.c.key == _delegate.c.person_key)
    as_speaker = and_(_actor.c.person_key == _person.c.key, _actor.c.field == ActorField.speakers)
    spoke = select(_record.c.meeting_key).join(_actor, _actor.c.record_key == _record.c.key).join(_person, as_speaker)
    return took_part.where(_person.c.id.in_(ids)), spoke.where(_person.c.id.in_(ids))


def items(reading: Reading, where: ColumnElement[bool], attached: Attached | None = None) -> dict[int, Meeting]:
    """The meetings under a condition, by key; `attached` is what hangs on them, where it is read already."""
    children = (_delegate, _agreement, _quote)
    counts = [
        select(func.count()).select_from(rows).where(rows.c.meeting_key == _meeting.c.key).scalar_subquery()
        for rows in children
    ]
    labels = ("delegates", "agreements", "quotes")
    counted = [count.label(name) for count, name in zip(counts, labels, strict=True)]
    statement = select(_meeting, *counted, _party.c.id.label("host_id"), _party.c.name.label("host_name")).outerjoin(
        _party, _party.c.key == _meeting.c.host_key
    )
    rows = reading.connection.execute(statement.where(where)).all()
    keys = [row.key for row in rows]
    agenda_rows = reading.connection.execute(
        select(_agenda).where(_agenda.c.meeting_key.in_(keys)).order_by(_agenda.c.meeting_key, _agenda.c.position)
    ).all()
    if attached is None:
        attached = attached_to(reading, [*keys, *(row.key for row in agenda_rows)])
    return {row.key: _item(reading, row, _agenda_of(reading, row, agenda_rows, attached), attached) for row in rows}


def _agenda_of(reading: Reading, meeting: Row[Any], rows: Any, attached: Attached) -> list[AgendaItemOfMeeting]:
    return [
        AgendaItemOfMeeting(
            id=row.id,
            url=f"{reading.url('meetings', meeting.id)}#agenda-{row.id}",
            title=row.title,
            outcome=row.outcome,
            evidence=attached.evidence[row.key],
        )
        for row in rows
        if row.meeting_key == meeting.key
    ]


def _item(reading: Reading, row: Row[Any], agenda: list[AgendaItemOfMeeting], attached: Attached) -> Meeting:
    place = duration = None
    if row.place_city is not None:
        place = Place(city=row.place_city, country=row.place_country, wikidata=row.place_wikidata)
    if row.duration_value is not None:
        duration = MeetingDuration(value=row.duration_value, approximate=row.duration_approximate)
    return Meeting(
        id=row.id,
        url=reading.url("meetings", row.id),
        title=row.title,
        summary=row.summary,
        status=row.status,
        format=row.format,
        mode=row.mode,
        start_date=row.start_date,
        end_date=row.end_date,
        duration=duration,
        place=place,
        host=party_reference(reading, row.host_id, row.host_name),
        parties=attached.participants(reading, row.key),
        topics=attached.topics[row.key],
        sources=attached.sources[row.key],
        agenda=agenda,
        counts=Counts(delegates=row.delegates, agreements=row.agreements, quotes=row.quotes),
        evidence=attached.evidence[row.key],
        changed_in=row.changed_in,
    )


@router.get("/meetings")
def list_meetings(
    reading: ReadingDep, request: Request, response: Response, query: Annotated[MeetingQuery, Query()]
) -> Listing[Meeting]:
    """Meetings, the latest first."""
    page = paginate(reading, request, query, _meeting, SORTS, matching(query))
    return page.listing(items(reading, _meeting.c.key.in_(page.keys)), response)


@router.get("/meetings/{id}")
def get_meeting(reading: ReadingDep, id: MeetingId) -> Meeting:
    """One meeting, with its agenda."""
    return one(items(reading, _meeting.c.id == id), id)


def one(found: Mapping[int, Meeting], id: str) -> Meeting:
    """The one meeting that was found. Raises Problem."""
    if not found:
        raise not_found("meeting", id)
    return next(iter(found.values()))
