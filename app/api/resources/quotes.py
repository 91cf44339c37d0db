"""Quotes, direct and indirect: the resource, its filters and its endpoints."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import Select, select
from typing_extensions import TypedDict

from app.api.shared.fields import ALL, Fields, ItemQuery
from app.api.shared.filters import Filter, among, equals, meeting_filters, records_of_actor, with_topic
from app.api.shared.list_params import ByChange, ByMeeting, MeetingPartQuery, PublicId, SortBy, filter_by
from app.api.shared.list_statements import Sort
from app.api.shared.pagination import ListDefinition, Listing, get_item, list_items, meeting_sorts
from app.api.shared.schemas import (
    ActorReference,
    ChangedIn,
    ItsMeeting,
    MeetingPartRow,
    ReadUrl,
    RecordEvidence,
    Related,
    SpeakerReference,
    Topics,
    Url,
    meeting_reference,
    related_to,
)
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import ActorField, QuoteKind, RecordKind, SearchKind, rank
from app.http.routing import contract_router
from app.models import Actor, Delegate, Meeting, Party, table
from app.models import Quote as StoredQuote
from app.types import Id

router = contract_router("quotes")

_quote, _meeting, _delegate, _actor = table(StoredQuote), table(Meeting), table(Delegate), table(Actor)
_party = table(Party)

QuoteId = Annotated[PublicId, Path(description="The quote's id.", examples=["riyadh-2025-02-18.dmitriev-oil-majors"])]

SORTS = {"kind": Sort(_quote.c.kind_rank), **meeting_sorts(_quote)}


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


class QuoteQuery(MeetingPartQuery):
    fields: Fields[Quote] = ALL
    sort: SortBy[Literal["id", "-id", "kind", "-kind", ByMeeting, ByChange]] = "id"
    speaker: list[PublicId] = filter_by("Only quotes of one of these people or parties.", "kirill-dmitriev")
    party: list[PublicId] = filter_by("Only quotes of one of these parties or of their delegates.", "usa")
    via: list[PublicId] = filter_by("Only quotes that one of these people or parties relays.", "sergey-lavrov")
    topic: list[PublicId] = filter_by("Only quotes with one of these topics.", "energy")
    kind: list[QuoteKind] = filter_by("Only quotes of one of these kinds.", "direct", "partial")


def _of_party(param: FilterParam) -> list[Select[Any]]:
    """The quotes with a party as a speaker, or with a speaker who is a delegate of the party."""
    quotes = select(_actor.c.record_key)
    said = _delegate.outerjoin(_actor, _actor.c.delegate_key == _delegate.c.key)  # a row for each who said nothing, too
    has_person = _delegate.c.person_key > 0  # as each speaker: one person's rows lie close, by the index that has both
    return [
        quotes.where(_actor.c.field == ActorField.speakers, param.matches_id(_actor.c.party_key, _party)),
        quotes.select_from(said).where(param.matches_id(_delegate.c.party_key, _party), has_person),
    ]


FILTERS: Mapping[str, Filter] = {
    **meeting_filters(_quote),
    "speaker": among(_quote.c.key, records_of_actor(RecordKind.quote, ActorField.speakers)),
    "party": among(_quote.c.key, _of_party),
    "via": among(_quote.c.key, records_of_actor(RecordKind.quote, ActorField.via)),
    "topic": with_topic(_quote.c.key, RecordKind.quote),
    "kind": equals(_quote.c.kind_rank, rank),
}


@dataclass(slots=True)
class QuoteRow(MeetingPartRow):
    kind: QuoteKind
    text: str
    speaker_title: str | None


_ITEMS = ByKeys(
    QuoteRow,
    lambda keys: (
        select(*columns_of(_quote, QuoteRow, meeting=_meeting))
        .join(_meeting, _meeting.c.key == _quote.c.meeting_key)
        .where(keys.matches(_quote.c.key))
    ),
)


def items(context: RequestContext, keys: list[int], fields: Set[str]) -> dict[int, Quote]:
    """The quotes with some keys, by key."""
    rows, related = context.rows_by_key(_ITEMS, keys), related_to(context, keys, fields)
    return {row.key: _item(context, row, related) for row in rows}


def _item(context: RequestContext, row: QuoteRow, related: Related) -> Quote:
    return {
        "id": row.id,
        "url": context.url("quotes", row.id),
        "read_url": context.read_url("quote", row.id),
        "meeting": meeting_reference(context, row),
        "kind": row.kind,
        "text": row.text,
        "speakers": related.speakers(context, row.key),
        "speaker_title": row.speaker_title,
        "via": next(iter(related.references(context, row.key, ActorField.via)), None),
        "topics": related.topics[row.key],
        "evidence": related.evidence[row.key],
        "changed_in": row.changed_in,
    }


QUOTES = ListDefinition(SearchKind.quote, _quote, Quote, QuoteQuery, SORTS, FILTERS, items)


@router.get("/quotes")
def list_quotes(context: RequestContextDep, query: Annotated[QuoteQuery, Query()]) -> Listing[Quote]:
    """List quotes, sorted by id."""
    return list_items(context, QUOTES, query)


@router.get("/quotes/{id}")
def get_quote(context: RequestContextDep, id: QuoteId, query: Annotated[ItemQuery[Quote], Query()]) -> Quote:
    """Get a quote."""
    return get_item(context, QUOTES, id, query.fields)
