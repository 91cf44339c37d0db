"""`/meetings/{id}/readout`: a meeting with all its items, as one document."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import bindparam, select
from typing_extensions import TypedDict

from app.api.resources.agreements import AGREEMENTS, Agreement
from app.api.resources.delegates import DELEGATES, Delegate
from app.api.resources.meetings import MEETINGS, Meeting, MeetingId
from app.api.resources.quotes import QUOTES, Quote
from app.api.resources.sources import SOURCES, Source
from app.api.shared.pagination import KeyRow, find_key
from app.db.request_context import RequestContextDep
from app.db.statements import Statement
from app.http.routing import contract_router
from app.models import Agreement as StoredAgreement
from app.models import Delegate as StoredDelegate
from app.models import MeetingSource, table
from app.models import Quote as StoredQuote

router = contract_router("meetings")

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
    """Get a meeting with its sources, delegates, agreements and quotes.

    Returns everything about one meeting in one response, without pages. After the meeting was removed from the dataset,
    its URL is a 410.
    """
    key = find_key(context, MEETINGS, id)
    return {
        "meeting": MEETINGS.items(context, [key])[key],
        "sources": SOURCES.read(context, [*context.rows(_SOURCES, meeting=key)]),
        "delegates": DELEGATES.read(context, [*context.rows(_DELEGATES, meeting=key)]),
        "agreements": AGREEMENTS.read(context, [*context.rows(_AGREEMENTS, meeting=key)]),
        "quotes": QUOTES.read(context, [*context.rows(_QUOTES, meeting=key)]),
    }
