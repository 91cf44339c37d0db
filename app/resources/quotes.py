"""Quotes: who said what. Words are a quotation only if they stand in quotation marks; a paraphrase is one."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Row, or_, select

from app.lists import Listing, ListQuery, PublicId, paginate, sort_by
from app.models import Actor, Delegate, Meeting, Party, Person, RecordTopic, Topic, table
from app.models import Quote as StoredQuote
from app.problems import not_found
from app.reading import Reading, ReadingDep
from app.references import (
    ActorReference,
    Attached,
    ChangedIn,
    EvidenceOfRecord,
    SpeakerReference,
    TitleReference,
    Url,
    attached_to,
    meeting_reference,
)
from app.routing import ContractRoute
from app.vocabulary import ActorField, QuoteKind

router = APIRouter(tags=["quotes"], route_class=ContractRoute)

_quote, _meeting = table(StoredQuote), table(Meeting)
_delegate, _actor = table(Delegate), table(Actor)
_person, _party, _topic, _record_topic = table(Person), table(Party), table(Topic), table(RecordTopic)

QuoteId = Annotated[str, Path(description="The quote's id.", examples=["riyadh-2025-02-18.dmitriev-oil-majors"])]

SORTS = {
    "id": sort_by(_quote.c.id),
    "kind": sort_by(_quote.c.kind_rank),
    "changed_in": sort_by(_quote.c.changed_in),
}


class Quote(BaseModel):
    """What someone said, in the article's words."""

    id: str = Field(
        description="The quote's id: the meeting's, and its own there.",
        examples=["riyadh-2025-02-18.dmitriev-oil-majors"],
    )
    url: Url
    meeting: TitleReference
    kind: QuoteKind = Field(
        description="`direct`: a whole utterance in quotation marks; `partial`: a fragment in marks; `indirect`: a"
        " paraphrase, the article's words and not the speaker's."
    )
    text: str = Field(description="As the article writes it, without the marks, runs of whitespace as one space.")
    speakers: list[SpeakerReference] = Field(description="More than one where they speak jointly.")
    speaker_title: str | None = Field(description="As the article writes it.", examples=["Foreign Minister"])
    via: ActorReference | None = Field(description="Who relays the words, a spokesman say.")
    topics: list[str] = Field(description="The curator's labels.")
    evidence: EvidenceOfRecord
    changed_in: ChangedIn


class QuoteQuery(ListQuery):
    """What a list of quotes can be asked."""

    sort: Literal["id", "-id", "kind", "-kind", "changed_in", "-changed_in"] = Field(
        default="id", description="What the list is sorted by; `-` before it for descending."
    )
    meeting: list[PublicId] = Field(default=[], description="Only quotes from the record of one of these meetings.")
    speaker: list[PublicId] = Field(default=[], description="Only quotes of one of these people or parties.")
    party: list[PublicId] = Field(
        default=[], description="Only quotes of the delegates of one of these parties, or of a party itself."
    )
    topic: list[PublicId] = Field(default=[], description="Only quotes with one of these topics.")
    kind: list[QuoteKind] = Field(default=[], description="Only quotes of one of these kinds.")


def matching(query: QuoteQuery) -> list[ColumnElement[bool]]:
    """The conditions that a query's filters are."""
    conditions: list[ColumnElement[bool]] = []
    if query.meeting:
        of_meeting = select(_meeting.c.key).where(_meeting.c.id.in_(query.meeting))
        conditions.append(_quote.c.meeting_key.in_(of_meeting))
    if query.speaker:
        people = select(_person.c.key).where(_person.c.id.in_(query.speaker))
        parties = select(_party.c.key).where(_party.c.id.in_(query.speaker))
        conditions.append(_spoken_by(or_(_actor.c.person_key.in_(people), _actor.c.party_key.in_(parties))))
    if query.party:
        conditions.append(or_(*_spoken_for(query.party)))
    if query.topic:
        of_topic = select(_record_topic.c.record_key).join(_topic, _topic.c.key == _record_topic.c.topic_key)
        conditions.append(_quote.c.key.in_(of_topic.where(_topic.c.id.in_(query.topic))))
    if query.kind:
        conditions.append(_quote.c.kind.in_(query.kind))
    return conditions


def _spoken_by(speaker: ColumnElement[bool]) -> ColumnElement[bool]:
    return _quote.c.key.in_(select(_actor.c.record_key).where(_actor.c.field == ActorField.speakers, speaker))


def _spoken_for(ids: list[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """That a party is a speaker, or that a speaker's `delegate` is of the party."""
    parties = select(_party.c.key).where(_party.c.id.in_(ids))
    delegates = select(_delegate.c.key).where(_delegate.c.party_key.in_(parties))
    of_delegates = select(_actor.c.record_key).where(_actor.c.delegate_key.in_(delegates))
    return _spoken_by(_actor.c.party_key.in_(parties)), _quote.c.key.in_(of_delegates)


def items(reading: Reading, where: ColumnElement[bool], attached: Attached | None = None) -> dict[int, Quote]:
    """The quotes under a condition, by key in the order of their ids."""
    statement = (
        select(_quote, _meeting.c.id.label("meeting_id"), _meeting.c.title.label("meeting_title"))
        .join(_meeting, _meeting.c.key == _quote.c.meeting_key)
        .order_by(_quote.c.id)
    )
    rows = reading.connection.execute(statement.where(where)).all()
    attached = attached or attached_to(reading, [row.key for row in rows])
    return {row.key: _item(reading, row, attached) for row in rows}


def _item(reading: Reading, row: Row[Any], attached: Attached) -> Quote:
    return Quote(
        id=row.id,
        url=reading.url("quotes", row.id),
        meeting=meeting_reference(reading, row),
        kind=row.kind,
        text=row.text,
        speakers=attached.speakers(reading, row.key),
        speaker_title=row.speaker_title,
        via=next(iter(attached.references(reading, row.key, ActorField.via)), None),
        topics=attached.topics[row.key],
        evidence=attached.evidence[row.key],
        changed_in=row.changed_in,
    )


@router.get("/quotes")
def list_quotes(
    reading: ReadingDep, request: Request, response: Response, query: Annotated[QuoteQuery, Query()]
) -> Listing[Quote]:
    """Quotes, by id."""
    page = paginate(reading, request, query, _quote, SORTS, matching(query))
    return page.listing(items(reading, _quote.c.key.in_(page.keys)), response)


@router.get("/quotes/{id}")
def get_quote(reading: ReadingDep, id: QuoteId) -> Quote:
    """One quote."""
    for quote in items(reading, _quote.c.id == id).values():
        return quote
    raise not_found("quote", id)
