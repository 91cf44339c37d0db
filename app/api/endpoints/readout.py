"""`/meetings/{id}/readout`: a meeting with all its items, as one document."""

from collections.abc import Iterator
from typing import Annotated, Any, cast

from pydantic import Field
from sqlalchemy import bindparam, select
from typing_extensions import TypedDict

from app.api.resources.agenda import AGENDA, AgendaItem
from app.api.resources.agreements import AGREEMENTS, Agreement
from app.api.resources.delegates import DELEGATES, Delegate
from app.api.resources.meetings import MEETINGS, Meeting, MeetingId
from app.api.resources.quotes import QUOTES, Quote
from app.api.resources.sources import SOURCES, Source
from app.api.shared.list_statements import KeyRow
from app.api.shared.pagination import ListDefinition, find_key
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import Statement
from app.http.json_encoding import encode
from app.http.parts_response import PartsResponse
from app.http.routing import SlowRoute, contract_router
from app.models import AgendaItem as StoredAgendaItem
from app.models import Agreement as StoredAgreement
from app.models import Delegate as StoredDelegate
from app.models import MeetingSource, table
from app.models import Quote as StoredQuote

router = contract_router("meetings", route_class=SlowRoute)

_meeting_source = table(MeetingSource)
_agenda, _delegate, _agreement = table(StoredAgendaItem), table(StoredDelegate), table(StoredAgreement)
_quote = table(StoredQuote)


class Readout(TypedDict):
    """A meeting with its sources, agenda, delegates, agreements and quotes."""

    meeting: Annotated[Meeting, Field(description="The meeting.")]
    sources: Annotated[list[Source], Field(description="The articles, the main one first.")]
    agenda: Annotated[list[AgendaItem], Field(description="All agenda items, in the order of the articles.")]
    delegates: Annotated[list[Delegate], Field(description="All delegates, in the order of the articles.")]
    agreements: Annotated[list[Agreement], Field(description="All agreements, in the order of the articles.")]
    quotes: Annotated[list[Quote], Field(description="All quotes, in the order of the articles.")]


_SOURCES = Statement(
    KeyRow,
    select(_meeting_source.c.source_key.label("key"))
    .where(_meeting_source.c.meeting_key == bindparam("meeting"))
    .order_by(_meeting_source.c.position),
)
_AGENDA, _DELEGATES, _AGREEMENTS, _QUOTES = (
    Statement(
        KeyRow, select(rows.c.key).where(rows.c.meeting_key == bindparam("meeting")).order_by(rows.c.place, rows.c.id)
    )
    for rows in (_agenda, _delegate, _agreement, _quote)
)


_LISTS: tuple[tuple[str, ListDefinition[Any], Statement[KeyRow]], ...] = (
    ("sources", SOURCES, _SOURCES),
    ("agenda", AGENDA, _AGENDA),
    ("delegates", DELEGATES, _DELEGATES),
    ("agreements", AGREEMENTS, _AGREEMENTS),
    ("quotes", QUOTES, _QUOTES),
)
"""The lists of a readout, by the names of their fields."""


@router.get("/meetings/{id}/readout", response_model=Readout)
def get_readout(context: RequestContextDep, id: MeetingId) -> PartsResponse:
    """Get a meeting with its sources, agenda, delegates, agreements and quotes.

    Returns everything about one meeting in one response, without pages. The items of each list are in the order of the
    articles, as by `sort=place`. After the meeting was removed from the dataset, its URL is a 410.
    """
    return PartsResponse([*_json(context, find_key(context, MEETINGS, id))], "application/json")


def read_readout(context: RequestContext, id: str) -> Readout:
    """A meeting with its sources, agenda, delegates, agreements and quotes. Raises Problem."""
    key = find_key(context, MEETINGS, id)
    lists = {name: definition.read(context, _rows(context, rows, key)) for name, definition, rows in _LISTS}
    return cast(Readout, {"meeting": MEETINGS.items(context, [key])[key], **lists})


def _json(context: RequestContext, key: int) -> Iterator[bytes]:
    """The JSON of a readout, in parts, so that only a few of its items are in memory at a time."""
    yield b'{"meeting":' + encode(MEETINGS.items(context, [key])[key])
    for name, definition, rows in _LISTS:
        yield f',"{name}":['.encode()
        separator = b""
        for items in filter(None, definition.batches(context, _rows(context, rows, key))):
            yield separator + encode(items)[1:-1]
            separator = b","
        yield b"]"
    yield b"}"


def _rows(context: RequestContext, statement: Statement[KeyRow], meeting: int) -> list[KeyRow]:
    return [*context.rows(statement, meeting=meeting)]
