"""The readout: all that is known of one meeting, as one document."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import bindparam, select
from typing_extensions import TypedDict

from app.lists import find
from app.models import Agreement as StoredAgreement
from app.models import Delegate as StoredDelegate
from app.models import MeetingSource, table
from app.models import Quote as StoredQuote
from app.reading import Reading, ReadingDep
from app.resources import agreements, delegates, meetings, quotes, sources
from app.resources.agreements import Agreement
from app.resources.delegates import Delegate
from app.resources.meetings import Meeting, MeetingId
from app.resources.quotes import Quote
from app.resources.sources import Source
from app.routing import contract_router
from app.statements import Statement

router = contract_router("meetings")

_listed = table(MeetingSource)
_delegate, _agreement, _quote = table(StoredDelegate), table(StoredAgreement), table(StoredQuote)


class Readout(TypedDict):
    """A meeting, whole: its facts, the articles, and everyone and everything that they tell of it."""

    meeting: Annotated[Meeting, Field(description="The meeting itself.")]
    sources: Annotated[list[Source], Field(description="The articles, the main one first.")]
    delegates: Annotated[list[Delegate], Field(description="All of them, by id.")]
    agreements: Annotated[list[Agreement], Field(description="All of them, by id.")]
    quotes: Annotated[list[Quote], Field(description="All of them, by id.")]


_LISTED = Statement(select(_listed.c.source_key).where(_listed.c.meeting_key == bindparam("meeting")))
_DELEGATES, _AGREEMENTS, _QUOTES = (
    Statement(select(rows.c.key).where(rows.c.meeting_key == bindparam("meeting")))
    for rows in (_delegate, _agreement, _quote)
)


@router.get("/meetings/{id}/readout")
def get_readout(reading: ReadingDep, id: MeetingId) -> Readout:
    """One meeting with its sources, delegates, agreements and quotes."""
    key = find(reading, meetings.MEETINGS, id)
    meeting = meetings.items(reading, [key])[key]
    by_id = {source["id"]: source for source in sources.items(reading, _keys(reading, _LISTED, key)).values()}
    return Readout(
        meeting=meeting,
        sources=[by_id[reference["id"]] for reference in meeting["sources"]],
        delegates=list(delegates.items(reading, _keys(reading, _DELEGATES, key)).values()),
        agreements=list(agreements.items(reading, _keys(reading, _AGREEMENTS, key)).values()),
        quotes=list(quotes.items(reading, _keys(reading, _QUOTES, key)).values()),
    )


def _keys(reading: Reading, statement: Statement, meeting: int) -> list[int]:
    return [key for (key,) in reading.rows(statement, meeting=meeting)]
