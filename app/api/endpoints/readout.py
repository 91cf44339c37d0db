"""`/meetings/{id}/readout`: a meeting with all its items, as one document."""

from collections.abc import Callable, Mapping
from typing import Annotated, TypeVar

from pydantic import Field
from sqlalchemy import bindparam, select
from typing_extensions import TypedDict

from app.api.resources import agreements, delegates, meetings, quotes, sources
from app.api.resources.agreements import Agreement
from app.api.resources.delegates import Delegate
from app.api.resources.meetings import Meeting, MeetingId
from app.api.resources.quotes import Quote
from app.api.resources.sources import Source
from app.api.shared.pagination import KeyRow, find_key
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import Statement
from app.http.routing import contract_router
from app.models import Agreement as StoredAgreement
from app.models import Delegate as StoredDelegate
from app.models import MeetingSource, table
from app.models import Quote as StoredQuote

router = contract_router("meetings")

T = TypeVar("T")

_meeting_source = table(MeetingSource)
_delegate, _agreement, _quote = table(StoredDelegate), table(StoredAgreement), table(StoredQuote)


class Readout(TypedDict):
    """A meeting with its sources, delegates, agreements and quotes."""

    meeting: Annotated[Meeting, Field(description="The meeting.")]
    sources: Annotated[list[Source], Field(description="The articles, the main one first.")]
    delegates: Annotated[list[Delegate], Field(description="All delegates, sorted by id.")]
    agreements: Annotated[list[Agreement], Field(description="All agreements, sorted by id.")]
    quotes: Annotated[list[Quote], Field(description="All quotes, sorted by id.")]


_SOURCES = Statement(
    KeyRow,
    select(_meeting_source.c.source_key.label("key"))
    .where(_meeting_source.c.meeting_key == bindparam("meeting"))
    .order_by(_meeting_source.c.position),
)
_DELEGATES, _AGREEMENTS, _QUOTES = (
    Statement(KeyRow, select(rows.c.key).where(rows.c.meeting_key == bindparam("meeting")).order_by(rows.c.id))
    for rows in (_delegate, _agreement, _quote)
)


@router.get("/meetings/{id}/readout")
def get_readout(context: RequestContextDep, id: MeetingId) -> Readout:
    """Get a meeting with its sources, delegates, agreements and quotes."""
    key = find_key(context, meetings.MEETINGS, id)
    return {
        "meeting": meetings.items(context, [key])[key],
        "sources": _all(context, sources.items, _SOURCES, key),
        "delegates": _all(context, delegates.items, _DELEGATES, key),
        "agreements": _all(context, agreements.items, _AGREEMENTS, key),
        "quotes": _all(context, quotes.items, _QUOTES, key),
    }


def _all(
    context: RequestContext,
    items: Callable[[RequestContext, list[int]], Mapping[int, T]],
    statement: Statement[KeyRow],
    meeting: int,
) -> list[T]:
    """A meeting's items of one kind, in the order of the keys from a statement."""
    keys = [row.key for row in context.rows(statement, meeting=meeting)]
    found = items(context, keys)
    return [found[key] for key in keys]
