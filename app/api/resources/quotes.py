"""Quotes, direct and indirect: the resource, its filters and its endpoints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import ColumnElement, or_, select
from typing_extensions import TypedDict

from app.api.shared.filters import with_topic
from app.api.shared.list_params import ByChange, ListQuery, PublicId, SortBy, filter_by
from app.api.shared.pagination import FilterCondition, ItemRow, ListDefinition, Listing, Sort, get_item, list_items
from app.api.shared.schemas import (
    ActorReference,
    ChangedIn,
    ItsMeeting,
    ReadUrl,
    RecordEvidence,
    Related,
    SpeakerReference,
    Topics,
    Url,
    related_to,
    title_reference,
)
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import ActorField, QuoteKind, SearchKind
from app.http.routing import contract_router
from app.models import Actor, Delegate, Meeting, Party, Person, table
from app.models import Quote as StoredQuote
from app.types import Id

router = contract_router("quotes")

_quote, _meeting, _delegate, _actor = table(StoredQuote), table(Meeting), table(Delegate), table(Actor)
_person, _party = table(Person), table(Party)

QuoteId = Annotated[PublicId, Path(description="The quote's id.", examples=["riyadh-2025-02-18.dmitriev-oil-majors"])]

SORTS = {"kind": Sort(_quote.c.kind_rank)}


class Quote(TypedDict):
    """A statement of a speaker in the article's words: a quotation or a paraphrase."""

    id: Annotated[Id, Field(description="The quote's id, which begins with the meeting's.")]
    url: Url
    read_url: ReadUrl
    meeting: ItsMeeting
    kind: Annotated[
        QuoteKind,
        Field(
            description="`direct`: a whole utterance in quotation marks; `partial`: a fragment in quotation marks;"
            " `indirect`: a paraphrase, the article's words and not the speaker's."
        ),
    ]
    text: Annotated[
        str, Field(description="The words in the article, without quotation marks; runs of whitespace are one space.")
    ]
    speakers: Annotated[list[SpeakerReference], Field(description="The speakers; more than one for a joint statement.")]
    speaker_title: Annotated[
        str | None, Field(description="The speaker's title in the article; null if there is none.")
    ]
    via: Annotated[
        ActorReference | None,
        Field(description="The actor that relays the words, for example a spokesperson; null if there is none."),
    ]
    topics: Topics
    evidence: RecordEvidence
    changed_in: ChangedIn


class QuoteQuery(ListQuery):
    sort: SortBy[Literal["id", "-id", "kind", "-kind", ByChange]] = "id"
    meeting: list[PublicId] = filter_by("Only quotes in the record of one of these meetings.", "riyadh-2025-02-18")
    speaker: list[PublicId] = filter_by("Only quotes of one of these people or parties.", "kirill-dmitriev")
    party: list[PublicId] = filter_by("Only quotes of one of these parties or of their delegates.", "usa")
    topic: list[PublicId] = filter_by("Only quotes with one of these topics.", "energy")
    kind: list[QuoteKind] = filter_by("Only quotes of one of these kinds.", "direct", "partial")


def _spoken_by(param: FilterParam) -> ColumnElement[bool]:
    people = select(_person.c.key).where(param.matches(_person.c.id))
    parties = select(_party.c.key).where(param.matches(_party.c.id))
    return _spoken(or_(_actor.c.person_key.in_(people), _actor.c.party_key.in_(parties)))


def _spoken_for(param: FilterParam) -> ColumnElement[bool]:
    """The condition that a party is a speaker, or that a speaker is a delegate of the party."""
    parties = select(_party.c.key).where(param.matches(_party.c.id))
    delegates = select(_delegate.c.key).where(_delegate.c.party_key.in_(parties))
    of_delegates = select(_actor.c.record_key).where(_actor.c.delegate_key.in_(delegates))
    return or_(_spoken(_actor.c.party_key.in_(parties)), _quote.c.key.in_(of_delegates))


def _spoken(speaker: ColumnElement[bool]) -> ColumnElement[bool]:
    return _quote.c.key.in_(select(_actor.c.record_key).where(_actor.c.field == ActorField.speakers, speaker))


FILTERS: Mapping[str, FilterCondition] = {
    "meeting": lambda param: param.matches_id(_quote.c.meeting_key, _meeting),
    "speaker": _spoken_by,
    "party": _spoken_for,
    "topic": lambda param: with_topic(_quote.c.key, param),
    "kind": lambda param: param.matches(_quote.c.kind),
}


@dataclass(slots=True)
class QuoteRow(ItemRow):
    kind: QuoteKind
    text: str
    speaker_title: str | None
    meeting_id: str
    meeting_title: str


_ITEMS = ByKeys(
    QuoteRow,
    lambda keys: (
        select(*columns_of(_quote, QuoteRow, meeting=_meeting))
        .join(_meeting, _meeting.c.key == _quote.c.meeting_key)
        .where(keys.matches(_quote.c.key))
    ),
)


def items(context: RequestContext, keys: list[int]) -> dict[int, Quote]:
    """The quotes with some keys, by key."""
    rows, related = context.rows_by_key(_ITEMS, keys), related_to(context, keys)
    return {row.key: _item(context, row, related) for row in rows}


def _item(context: RequestContext, row: QuoteRow, related: Related) -> Quote:
    return {
        "id": row.id,
        "url": context.url("quotes", row.id),
        "read_url": context.read_url("quote", row.id),
        "meeting": title_reference(context, "meetings", row.meeting_id, row.meeting_title),
        "kind": row.kind,
        "text": row.text,
        "speakers": related.speakers(context, row.key),
        "speaker_title": row.speaker_title,
        "via": next(iter(related.references(context, row.key, ActorField.via)), None),
        "topics": related.topics[row.key],
        "evidence": related.evidence[row.key],
        "changed_in": row.changed_in,
    }


QUOTES = ListDefinition(SearchKind.quote, _quote, QuoteQuery, SORTS, FILTERS, items)


@router.get("/quotes")
def list_quotes(context: RequestContextDep, query: Annotated[QuoteQuery, Query()]) -> Listing[Quote]:
    """List quotes, sorted by id."""
    return list_items(context, QUOTES, query)


@router.get("/quotes/{id}")
def get_quote(context: RequestContextDep, id: QuoteId) -> Quote:
    """Get a quote."""
    return get_item(context, QUOTES, id)
