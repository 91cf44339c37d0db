"""The readout: all that is known of one meeting, as one document."""

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

_listed = table(MeetingSource)
_delegate, _agreement, _quote = table(StoredDelegate), table(StoredAgreement), table(StoredQuote)


class Readout(TypedDict):
    """A meeting, whole: its facts, the articles, and everyone and everything that they tell of it."""

    meeting: Annotated[Meeting, Field(description="The meeting itself.")]
    sources: Annotated[list[Source], Field(description="The articles, the main one first.")]
    delegates: Annotated[list[Delegate], Field(description="All of them, by id.")]
    agreements: Annotated[list[Agreement], Field(description="All of them, by id.")]
    quotes: Annotated[list[Quote], Field(description="All of them, by id.")]


_LISTED = Statement(
    KeyRow,
    select(_listed.c.source_key.label("key"))
    .where(_listed.c.meeting_key == bindparam("meeting"))
    .order_by(_listed.c.position),
)
_DELEGATES, _AGREEMENTS, _QUOTES = (
    Statement(KeyRow, select(rows.c.key).where(rows.c.meeting_key == bindparam("meeting")).order_by(rows.c.id))
    for rows in (_delegate, _agreement, _quote)
)


@router.get("/meetings/{id}/readout")
def get_readout(context: RequestContextDep, id: MeetingId) -> Readout:
    """One meeting with its sources, delegates, agreements and quotes."""
    key = find_key(context, meetings.MEETINGS, id)
    return {
        "meeting": meetings.items(context, [key])[key],
        "sources": _all(context, sources.items, _LISTED, key),
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
    """A meeting's items of one kind, in the order of the keys that a statement gives."""
    keys = [row.key for row in context.rows(statement, meeting=meeting)]
    found = items(context, keys)
    return [found[key] for key in keys]
