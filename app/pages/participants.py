"""`/read/people/{id}` and `/read/parties/{id}`: a person or party with meetings, agreements and quotes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import HTMLResponse
from sqlalchemy import Select, bindparam, func, select

from app.api.resources.agreements import AGREEMENTS, AgreementQuery
from app.api.resources.delegates import DELEGATES, Delegate, DelegateQuery
from app.api.resources.meetings import MEETINGS, Meeting, MeetingQuery
from app.api.resources.parties import PARTIES, PartyId
from app.api.resources.people import PEOPLE, PersonId
from app.api.resources.quotes import QUOTES, Quote, QuoteQuery
from app.api.shared.filters import among
from app.api.shared.list_params import CursorQuery, ListQuery
from app.api.shared.pagination import ListDefinition, Listing, get_item, list_items
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import FilterParam, Statement
from app.enums import Attendance, SearchKind
from app.models import Actor, Record, table
from app.models import Delegate as StoredDelegate
from app.models import Meeting as StoredMeeting
from app.models import Party as StoredParty
from app.models import Person as StoredPerson
from app.pages import labels
from app.pages.rendering import page_router, render_page

router = page_router()

PAGE_SIZE = 10
"""The number of meetings on a page."""

MAX_ITEMS = 100
"""The maximum numbers of delegates, of agreements and of quotes on a page."""

ByMeeting = Mapping[str, Sequence[Any]]
"""Items by meeting id."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person held at some meetings, and the first and the last of the delegates with it."""

    title: str
    party: str | None
    first: Delegate
    last: Delegate


@dataclass(slots=True)
class AttendedRow:
    meetings: int


_meeting, _party, _delegate = table(StoredMeeting), table(StoredParty), table(StoredDelegate)
_person, _actor, _record = table(StoredPerson), table(Actor), table(Record)


def _meetings_of_party(param: FilterParam) -> list[Select[Any]]:
    """The meetings with a party as an actor, a delegate's party or the host in their record."""
    acted = select(_record.c.meeting_key).join(_actor, _actor.c.record_key == _record.c.key)
    acted = acted.where(param.matches_id(_actor.c.party_key, _party))
    sent = select(_delegate.c.meeting_key).where(param.matches_id(_delegate.c.party_key, _party))
    hosted = select(_meeting.c.key).where(param.matches_id(_meeting.c.host_key, _party))
    return [acted, sent, hosted]


_ATTENDED = Statement(
    AttendedRow,
    select(func.count(_delegate.c.meeting_key.distinct()).label("meetings"))
    .join(_person, _person.c.key == _delegate.c.person_key)
    .where(_person.c.id == bindparam("id"), func.coalesce(_delegate.c.attendance, "") != Attendance.absent),
)
"""In how many meetings a person took part."""
_PARTY_FILTER = {"party": among(_meeting.c.key, _meetings_of_party)}
_PARTY_MEETINGS = ListDefinition(
    SearchKind.meeting, _meeting, Meeting, MeetingQuery, MEETINGS.sorts, _PARTY_FILTER, MEETINGS.read_items
)


@router.get("/read/people/{id}")
def read_person(context: RequestContextDep, id: PersonId, query: Annotated[CursorQuery, Query()]) -> HTMLResponse:
    person = get_item(context, PEOPLE, id)
    found = list_items(context, MEETINGS, MeetingQuery(person=[id], cursor=query.cursor, limit=PAGE_SIZE))
    delegates = list_items(context, DELEGATES, _delegates_of(id, query, found))["items"]
    quotes = QuoteQuery(speaker=[id], sort="-date", limit=MAX_ITEMS)
    (attended,) = context.rows(_ATTENDED, id=id)
    return render_page(
        "person.html",
        context.settings.public_url,
        item=person,
        attended=attended.meetings,
        offices=[] if query.cursor else list(_offices(delegates)),
        is_first=query.cursor is None,
        meetings=found,
        delegates=_by_meeting(delegates),
        said=[] if query.cursor else _by_topic(list_items(context, QUOTES, quotes)["items"], id),
        version=str(context.version),
    )


def _delegates_of(id: str, query: CursorQuery, found: Listing[Meeting]) -> DelegateQuery:
    """The query for the delegates that a person was: the newest on the first page, later those of its meetings."""
    meetings = [meeting["id"] for meeting in found["items"]] if query.cursor else []
    return DelegateQuery(person=[id], meeting=meetings, sort="-date", limit=MAX_ITEMS)


def _offices(delegates: Sequence[Delegate]) -> Iterator[Office]:
    """The offices of a person, the newest first. Delegates are newest first."""
    by_office: Mapping[tuple[str, str | None], list[Delegate]] = defaultdict(list)
    for delegate in delegates:
        if delegate["title"]:
            by_office[delegate["title"], delegate["party"] and delegate["party"]["name"]].append(delegate)
    for (title, party), held in by_office.items():
        yield Office(title, party, held[-1], held[0])


def _by_topic(quotes: Sequence[Quote], id: str) -> Sequence[tuple[str, Sequence[tuple[Quote, bool]]]]:
    """The quotes of a person by their first topic, those without a topic last.

    Each has with it whether the person was a delegate to its meeting.
    """
    by_topic: Mapping[str, list[tuple[Quote, bool]]] = defaultdict(list)
    for quote in quotes:
        is_delegate = any(speaker["delegate"] for speaker in quote["speakers"] if speaker["id"] == id)
        by_topic[next(iter(quote["topics"]), "")].append((quote, is_delegate))
    return [(topic, by_topic[topic]) for topic in labels.topics_in_order(by_topic)]


@router.get("/read/parties/{id}")
def read_party(context: RequestContextDep, id: PartyId, query: Annotated[CursorQuery, Query()]) -> HTMLResponse:
    party = get_item(context, PARTIES, id)
    found = list_items(context, _PARTY_MEETINGS, MeetingQuery(party=[id], cursor=query.cursor, limit=PAGE_SIZE))
    delegates = _of_meetings(context, found, DELEGATES, partial(DelegateQuery, party=[id]))
    agreements = _of_meetings(context, found, AGREEMENTS, partial(AgreementQuery, party=[id]))
    quotes = _of_meetings(context, found, QUOTES, partial(QuoteQuery, party=[id]))
    return render_page(
        "party.html",
        context.settings.public_url,
        item=party,
        meetings=found,
        delegates=delegates,
        agreements=agreements,
        quotes=quotes,
        others=_others(found["items"], id),
        version=str(context.version),
    )


def _others(meetings: Sequence[Meeting], id: str) -> dict[str, str]:
    """The names of the other parties to some meetings that have a page, by their ids."""
    parties = (party for meeting in meetings for party in meeting["parties"])
    return {str(party["id"]): party["name"] for party in parties if party["id"] not in (None, id)}


def _of_meetings(
    context: RequestContext,
    found: Listing[Meeting],
    definition: ListDefinition[Any],
    query: Callable[..., ListQuery],
) -> ByMeeting:
    """The items of the listed meetings, by meeting id."""
    ids = [meeting["id"] for meeting in found["items"]]
    if not ids:  # no ids would be no filter
        return {}
    return _by_meeting(list_items(context, definition, query(meeting=ids, limit=MAX_ITEMS))["items"])


def _by_meeting(items: Iterable[Mapping[str, Any]]) -> ByMeeting:
    by_meeting: Mapping[str, list[Any]] = defaultdict(list)
    for item in items:
        by_meeting[item["meeting"]["id"]].append(item)
    return by_meeting
