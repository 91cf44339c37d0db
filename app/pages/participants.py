"""`/read/people/{id}` and `/read/parties/{id}`: a person or party with meetings, agreements and quotes."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import HTMLResponse
from sqlalchemy import Select, select

from app.api.resources.agreements import AGREEMENTS, AgreementQuery
from app.api.resources.delegates import DELEGATES, DelegateQuery
from app.api.resources.meetings import MEETINGS, Meeting, MeetingQuery
from app.api.resources.parties import PARTIES, Party, PartyId
from app.api.resources.people import PEOPLE, Person, PersonId
from app.api.resources.quotes import QUOTES, QuoteQuery
from app.api.shared.filters import among
from app.api.shared.list_params import CursorQuery, ListQuery
from app.api.shared.pagination import ListDefinition, Listing, get_item, list_items
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import FilterParam
from app.enums import SearchKind
from app.models import Actor, Delegate, Record, table
from app.models import Meeting as StoredMeeting
from app.models import Party as StoredParty
from app.pages.rendering import page_router, render_page

router = page_router()

PAGE_SIZE = 10
"""The number of meetings on a page."""

MAX_ITEMS = 100
"""The maximum numbers of delegates, of agreements and of quotes on a page."""

ByMeeting = Mapping[str, Sequence[Any]]
"""Items by meeting id."""

_meeting, _party, _delegate = table(StoredMeeting), table(StoredParty), table(Delegate)
_actor, _record = table(Actor), table(Record)


def _meetings_of_party(param: FilterParam) -> list[Select[Any]]:
    """The meetings with a party as an actor, a delegate's party or the host in their record."""
    acted = select(_record.c.meeting_key).join(_actor, _actor.c.record_key == _record.c.key)
    acted = acted.where(param.matches_id(_actor.c.party_key, _party))
    sent = select(_delegate.c.meeting_key).where(param.matches_id(_delegate.c.party_key, _party))
    hosted = select(_meeting.c.key).where(param.matches_id(_meeting.c.host_key, _party))
    return [acted, sent, hosted]


_PARTY_FILTER = {"party": among(_meeting.c.key, _meetings_of_party)}
_PARTY_MEETINGS = ListDefinition(
    SearchKind.meeting, _meeting, Meeting, MeetingQuery, MEETINGS.sorts, _PARTY_FILTER, MEETINGS.read_items
)


@router.get("/read/people/{id}")
def read_person(context: RequestContextDep, id: PersonId, query: Annotated[CursorQuery, Query()]) -> HTMLResponse:
    person = get_item(context, PEOPLE, id)
    found = list_items(context, MEETINGS, MeetingQuery(person=[id], cursor=query.cursor, limit=PAGE_SIZE))
    delegates = _by_meeting(context, found, DELEGATES, partial(DelegateQuery, person=[id]))
    quotes = _by_meeting(context, found, QUOTES, partial(QuoteQuery, speaker=[id]))
    return _page(context, "person", person, found, delegates=delegates, agreements={}, quotes=quotes)


@router.get("/read/parties/{id}")
def read_party(context: RequestContextDep, id: PartyId, query: Annotated[CursorQuery, Query()]) -> HTMLResponse:
    party = get_item(context, PARTIES, id)
    found = list_items(context, _PARTY_MEETINGS, MeetingQuery(party=[id], cursor=query.cursor, limit=PAGE_SIZE))
    delegates = _by_meeting(context, found, DELEGATES, partial(DelegateQuery, party=[id]))
    agreements = _by_meeting(context, found, AGREEMENTS, partial(AgreementQuery, party=[id]))
    quotes = _by_meeting(context, found, QUOTES, partial(QuoteQuery, party=[id]))
    return _page(context, "party", party, found, delegates=delegates, agreements=agreements, quotes=quotes)


def _by_meeting(
    context: RequestContext,
    found: Listing[Meeting],
    definition: ListDefinition[Any],
    query: Callable[..., ListQuery],
) -> ByMeeting:
    """The items of the listed meetings, by meeting id."""
    by: dict[str, list[Any]] = defaultdict(list)
    ids = [meeting["id"] for meeting in found["items"]]
    if ids:  # no ids would be no filter
        for item in list_items(context, definition, query(meeting=ids, limit=MAX_ITEMS))["items"]:
            by[item["meeting"]["id"]].append(item)
    return by


def _page(
    context: RequestContext, kind: str, item: Person | Party, found: Listing[Meeting], **by_meeting: Any
) -> HTMLResponse:
    return render_page(
        "participant.html",
        context.settings.public_url,
        kind=kind,
        item=item,
        meetings=found,
        version=str(context.version),
        **by_meeting,
    )
