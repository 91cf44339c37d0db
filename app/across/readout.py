"""The readout: all that is known of one meeting, as one document."""

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from app.models import Agreement as StoredAgreement
from app.models import Delegate as StoredDelegate
from app.models import Meeting as StoredMeeting
from app.models import MeetingSource, table
from app.models import Quote as StoredQuote
from app.models import Source as StoredSource
from app.problems import not_found
from app.reading import ReadingDep
from app.references import attached_to_meeting
from app.resources import agreements, delegates, meetings, quotes, sources
from app.resources.agreements import Agreement
from app.resources.delegates import Delegate
from app.resources.meetings import Meeting, MeetingId
from app.resources.quotes import Quote
from app.resources.sources import Source
from app.routing import ContractRoute

router = APIRouter(tags=["meetings"], route_class=ContractRoute)

_meeting, _source, _listed = table(StoredMeeting), table(StoredSource), table(MeetingSource)
_delegate, _agreement, _quote = table(StoredDelegate), table(StoredAgreement), table(StoredQuote)


class Readout(BaseModel):
    """A meeting, whole: its facts, the articles, and everyone and everything that they tell of it."""

    meeting: Meeting
    sources: list[Source] = Field(description="The articles, the main one first.")
    delegates: list[Delegate] = Field(description="All of them, by id.")
    agreements: list[Agreement] = Field(description="All of them, by id.")
    quotes: list[Quote] = Field(description="All of them, by id.")


@router.get("/meetings/{id}/readout")
def get_readout(reading: ReadingDep, id: MeetingId) -> Readout:
    """One meeting with its sources, delegates, agreements and quotes."""
    key = reading.connection.scalar(select(_meeting.c.key).where(_meeting.c.id == id))
    if key is None:
        raise not_found("meeting", id)
    attached = attached_to_meeting(reading, key)
    meeting = meetings.items(reading, _meeting.c.key == key, attached)[key]
    listed = select(_listed.c.source_key).where(_listed.c.meeting_key == key)
    by_id = {source.id: source for source in sources.items(reading, _source.c.key.in_(listed)).values()}
    return Readout(
        meeting=meeting,
        sources=[by_id[reference.id] for reference in meeting.sources],
        delegates=list(delegates.items(reading, _delegate.c.meeting_key == key, attached).values()),
        agreements=list(agreements.items(reading, _agreement.c.meeting_key == key, attached).values()),
        quotes=list(quotes.items(reading, _quote.c.meeting_key == key, attached).values()),
    )
