"""Agenda items: the resource, its filters and its endpoints."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import select
from typing_extensions import TypedDict

from app.api.shared.fields import ALL, Fields, ItemQuery
from app.api.shared.filters import Filter, equals, meeting_filters, with_topic
from app.api.shared.list_params import ByChange, ByMeeting, MeetingPartQuery, PublicId, SortBy, filter_by
from app.api.shared.list_statements import Sort
from app.api.shared.pagination import ListDefinition, Listing, get_item, list_items, meeting_sorts
from app.api.shared.schemas import (
    ChangedIn,
    ItsMeeting,
    MeetingPartRow,
    ReadUrl,
    RecordEvidence,
    Related,
    TitleReference,
    Topics,
    Url,
    meeting_reference,
    related_to,
    title_reference,
)
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, columns_of
from app.enums import Outcome, RecordKind, SearchKind, rank
from app.http.routing import contract_router
from app.models import AgendaItem as StoredAgendaItem
from app.models import Agreement, Meeting, table
from app.types import Id

router = contract_router("agenda")

_agenda, _meeting, _agreement = table(StoredAgendaItem), table(Meeting), table(Agreement)

AgendaItemId = Annotated[
    PublicId, Path(description="The agenda item's id.", examples=["riyadh-2025-02-18.peace-terms"])
]

SORTS = {
    "outcome": Sort(_agenda.c.outcome_rank),
    "title": Sort(_agenda.c.title_sort),
    **meeting_sorts(_agenda),
}


class AgendaItem(TypedDict):
    """A matter that a meeting discussed, with its outcome."""

    id: Annotated[Id, Field(description="The agenda item's id, which begins with the meeting's.")]
    url: Url
    read_url: ReadUrl
    meeting: ItsMeeting
    title: Annotated[str, Field(description="The agenda item in a few words (the curator's label).")]
    outcome: Annotated[Outcome, Field(description="How the matter ended.")]
    agreements: Annotated[
        list[TitleReference],
        Field(description="The agreements that belong to the agenda item, sorted by id (the curator's labels)."),
    ]
    topics: Topics
    evidence: RecordEvidence
    changed_in: ChangedIn


class AgendaQuery(MeetingPartQuery):
    fields: Fields[AgendaItem] = ALL
    sort: SortBy[Literal["id", "-id", "outcome", "-outcome", "title", "-title", ByMeeting, ByChange]] = "id"
    topic: list[PublicId] = filter_by("Only agenda items with one of these topics.", "ukraine")
    outcome: list[Outcome] = filter_by("Only agenda items with one of these outcomes.", "open", "no_agreement")


FILTERS: Mapping[str, Filter] = {
    **meeting_filters(_agenda),
    "topic": with_topic(_agenda.c.key, RecordKind.agenda_item),
    "outcome": equals(_agenda.c.outcome_rank, rank),
}


@dataclass(slots=True)
class AgendaItemRow(MeetingPartRow):
    title: str
    outcome: Outcome


@dataclass(slots=True)
class AgreementRow:
    agenda_key: int
    id: str
    title: str


_ITEMS = ByKeys(
    AgendaItemRow,
    lambda keys: (
        select(*columns_of(_agenda, AgendaItemRow, meeting=_meeting))
        .join(_meeting, _meeting.c.key == _agenda.c.meeting_key)
        .where(keys.matches(_agenda.c.key))
    ),
)
_AGREEMENTS = ByKeys(
    AgreementRow,
    lambda keys: (
        select(*columns_of(_agreement, AgreementRow))
        .where(keys.matches(_agreement.c.agenda_key))
        .order_by(_agreement.c.agenda_key, _agreement.c.id)
    ),
)


def items(context: RequestContext, keys: list[int], fields: Set[str]) -> dict[int, AgendaItem]:
    """The agenda items with some keys, by key."""
    rows, related = context.rows_by_key(_ITEMS, keys), related_to(context, keys, fields)
    agreements: dict[int, list[TitleReference]] = defaultdict(list)
    for row in context.rows_by_key(_AGREEMENTS, keys) if "agreements" in fields else ():
        agreements[row.agenda_key].append(title_reference(context, "agreements", row.id, row.title))
    return {row.key: _item(context, row, agreements[row.key], related) for row in rows}


def _item(
    context: RequestContext, row: AgendaItemRow, agreements: list[TitleReference], related: Related
) -> AgendaItem:
    return {
        "id": row.id,
        "url": context.url("agenda", row.id),
        "read_url": context.read_url("agenda_item", row.id),
        "meeting": meeting_reference(context, row),
        "title": row.title,
        "outcome": row.outcome,
        "agreements": agreements,
        "topics": related.topics[row.key],
        "evidence": related.evidence[row.key],
        "changed_in": row.changed_in,
    }


AGENDA = ListDefinition(SearchKind.agenda_item, _agenda, AgendaItem, AgendaQuery, SORTS, FILTERS, items)


@router.get("/agenda")
def list_agenda(context: RequestContextDep, query: Annotated[AgendaQuery, Query()]) -> Listing[AgendaItem]:
    """List agenda items, sorted by id."""
    return list_items(context, AGENDA, query)


@router.get("/agenda/{id}")
def get_agenda_item(
    context: RequestContextDep, id: AgendaItemId, query: Annotated[ItemQuery[AgendaItem], Query()]
) -> AgendaItem:
    """Get an agenda item."""
    return get_item(context, AGENDA, id, query.fields)
