"""`/read/people/{id}` and `/read/parties/{id}`: who they are, where they took part, what they said."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, TypeVar

from fastapi import Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy import ColumnElement, or_, select

from app.api.resources import meetings
from app.api.resources.agreements import AgreementQuery, list_agreements
from app.api.resources.delegates import DelegateQuery, list_delegates
from app.api.resources.meetings import Meeting, MeetingQuery
from app.api.resources.parties import Party, PartyId, get_party
from app.api.resources.people import Person, PersonId, get_person
from app.api.resources.quotes import QuoteQuery, list_quotes
from app.api.shared.pagination import Cursor, ListDefinition, Listing, ListQuery, paginate
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import FilterParam
from app.enums import SearchKind
from app.models import Actor, Delegate, Record, table
from app.models import Meeting as StoredMeeting
from app.models import Party as StoredParty
from app.pages.rendering import page, page_router

router = page_router()

MEETINGS = 10
"""How many meetings a page has."""

ITEMS = 100
"""How many parts, agreements and quotes each it has at most."""

Q = TypeVar("Q", bound=ListQuery)
ByMeeting = Mapping[str, Sequence[Any]]
"""Items by the id of their meeting."""

_meeting, _party, _delegate = table(StoredMeeting), table(StoredParty), table(Delegate)
_actor, _record = table(Actor), table(Record)


class ParticipantQuery(BaseModel):
    """Which page of the meetings."""

    cursor: Cursor = None


def _with_any_part(param: FilterParam) -> ColumnElement[bool]:
    """That a party met, agreed, spoke, relayed, sent someone or was the host."""
    acted = select(_record.c.meeting_key).join(_actor, _actor.c.record_key == _record.c.key)
    acted = acted.where(param.matches_id(_actor.c.party_key, _party))
    sent = select(_delegate.c.meeting_key).where(param.matches_id(_delegate.c.party_key, _party))
    was_host = param.matches_id(_meeting.c.host_key, _party)
    return or_(_meeting.c.key.in_(acted), _meeting.c.key.in_(sent), was_host)


_WITH_ANY_PART = ListDefinition(_meeting, meetings.SORTS, {"party": _with_any_part}, SearchKind.meeting)


@router.get("/read/people/{id}")
def read_person(context: RequestContextDep, id: PersonId, query: Annotated[ParticipantQuery, Query()]) -> HTMLResponse:
    """A person."""
    person = get_person(context, id)
    there = _listed(context, meetings.MEETINGS, MeetingQuery(person=[id], cursor=query.cursor, limit=MEETINGS))
    parts = _at(context, there, list_delegates, partial(DelegateQuery, person=[id]))
    quotes = _at(context, there, list_quotes, partial(QuoteQuery, speaker=[id]))
    return _page(context, "person", person, there, parts, {}, quotes)


@router.get("/read/parties/{id}")
def read_party(context: RequestContextDep, id: PartyId, query: Annotated[ParticipantQuery, Query()]) -> HTMLResponse:
    """A party."""
    party = get_party(context, id)
    there = _listed(context, _WITH_ANY_PART, MeetingQuery(party=[id], cursor=query.cursor, limit=MEETINGS))
    parts = _at(context, there, list_delegates, partial(DelegateQuery, party=[id]))
    agreements = _at(context, there, list_agreements, partial(AgreementQuery, party=[id]))
    quotes = _at(context, there, list_quotes, partial(QuoteQuery, party=[id]))
    return _page(context, "party", party, there, parts, agreements, quotes)


def _listed(context: RequestContext, listed: ListDefinition, query: MeetingQuery) -> Listing[Meeting]:
    found = paginate(context, query, listed)
    return found.listing(meetings.items(context, found.keys))


def _at(
    context: RequestContext,
    there: Listing[Meeting],
    list_items: Callable[[RequestContext, Q], Listing[Any]],
    query: Callable[..., Q],
) -> ByMeeting:
    """The items of some meetings."""
    by: dict[str, list[Any]] = defaultdict(list)
    ids = [meeting["id"] for meeting in there["items"]]
    if ids:  # no ids would be no filter
        for item in list_items(context, query(meeting=ids, limit=ITEMS))["items"]:
            by[item["meeting"]["id"]].append(item)
    return by


def _page(
    context: RequestContext,
    kind: str,
    item: Person | Party,
    there: Listing[Meeting],
    parts: ByMeeting,
    agreements: ByMeeting,
    quotes: ByMeeting,
) -> HTMLResponse:
    return page(
        "participant.html",
        context.settings.public_url,
        kind=kind,
        item=item,
        meetings=there,
        parts=parts,
        agreements=agreements,
        quotes=quotes,
        version=str(context.version),
    )
