"""Delegates: the resource, its filters and its endpoints."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import select
from typing_extensions import TypedDict

from app.api.shared.fields import ALL, Fields, ItemQuery
from app.api.shared.filters import Filter, equals, meeting_filters, refers_to
from app.api.shared.list_params import ByChange, ByMeeting, MeetingPartQuery, PublicId, SortBy, filter_by
from app.api.shared.list_statements import Sort
from app.api.shared.pagination import ListDefinition, Listing, get_item, list_items, meeting_sorts
from app.api.shared.schemas import (
    ChangedIn,
    ItsMeeting,
    MeetingPartRow,
    NameReference,
    ReadUrl,
    RecordEvidence,
    Related,
    Url,
    meeting_reference,
    name_reference,
    related_to,
)
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, columns_of
from app.enums import Attendance, DelegateRole, SearchKind, rank
from app.http.routing import contract_router
from app.models import Delegate as StoredDelegate
from app.models import Meeting, Party, Person, table
from app.types import Id

router = contract_router("delegates")

_delegate, _meeting, _person, _party = table(StoredDelegate), table(Meeting), table(Person), table(Party)

DelegateId = Annotated[PublicId, Path(description="The delegate's id.", examples=["riyadh-2025-02-18.sergey-lavrov"])]

SORTS = {
    "name": Sort(_delegate.c.name_sort),
    "role": Sort(_delegate.c.role_rank),
    **meeting_sorts(_delegate),
}


class Delegate(TypedDict):
    """A person who took part in a meeting, with party, title and role."""

    id: Annotated[Id, Field(description="The delegate's id, which begins with the meeting's.")]
    url: Url
    read_url: ReadUrl
    meeting: ItsMeeting
    person: Annotated[NameReference | None, Field(description="The person; null if the article does not name one.")]
    described: Annotated[
        str | None,
        Field(description="The article's description of a delegate without a name; null if `person` is known."),
    ]
    party: Annotated[
        NameReference | None,
        Field(description="The party that the delegate represented; null if the article does not state it."),
    ]
    title: Annotated[str | None, Field(description="The delegate's title in the article; null if there is none.")]
    role: Annotated[DelegateRole, Field(description="The role in the meeting.")]
    attendance: Annotated[
        Attendance | None, Field(description="Whether the delegate attended; null if the article does not state it.")
    ]
    evidence: RecordEvidence
    changed_in: ChangedIn


class DelegateQuery(MeetingPartQuery):
    fields: Fields[Delegate] = ALL
    sort: SortBy[Literal["id", "-id", "name", "-name", "role", "-role", ByMeeting, ByChange]] = "id"
    person: list[PublicId] = filter_by("Only these people.", "sergey-lavrov")
    party: list[PublicId] = filter_by("Only delegates of one of these parties.", "rus")
    role: list[DelegateRole] = filter_by("Only delegates in one of these roles.", "head")


FILTERS: Mapping[str, Filter] = {
    **meeting_filters(_delegate),
    "person": refers_to(_delegate.c.person_key, _person),
    "party": refers_to(_delegate.c.party_key, _party),
    "role": equals(_delegate.c.role_rank, rank),
}


@dataclass(slots=True)
class DelegateRow(MeetingPartRow):
    described: str | None
    title: str | None
    role: DelegateRole
    attendance: Attendance | None
    person_id: str | None
    person_name: str
    party_id: str | None
    party_name: str


_ITEMS = ByKeys(
    DelegateRow,
    lambda keys: (
        select(*columns_of(_delegate, DelegateRow, meeting=_meeting, person=_person, party=_party))
        .join(_meeting, _meeting.c.key == _delegate.c.meeting_key)
        .outerjoin(_person, _person.c.key == _delegate.c.person_key)
        .outerjoin(_party, _party.c.key == _delegate.c.party_key)
        .where(keys.matches(_delegate.c.key))
    ),
)


def items(context: RequestContext, keys: list[int], fields: Set[str]) -> dict[int, Delegate]:
    """The delegates with some keys, by key."""
    related = related_to(context, keys, fields)
    return {row.key: _item(context, row, related) for row in context.rows_by_key(_ITEMS, keys)}


def _item(context: RequestContext, row: DelegateRow, related: Related) -> Delegate:
    return {
        "id": row.id,
        "url": context.url("delegates", row.id),
        "read_url": context.read_url("delegate", row.id),
        "meeting": meeting_reference(context, row),
        "person": name_reference(context, "people", row.person_id, row.person_name),
        "described": row.described,
        "party": name_reference(context, "parties", row.party_id, row.party_name),
        "title": row.title,
        "role": row.role,
        "attendance": row.attendance,
        "evidence": related.evidence[row.key],
        "changed_in": row.changed_in,
    }


DELEGATES = ListDefinition(
    SearchKind.delegate,
    _delegate,
    Delegate,
    DelegateQuery,
    SORTS,
    FILTERS,
    items,
    indexed_sorts=[("person", "name"), ("party", "name")],
)


@router.get("/delegates")
def list_delegates(context: RequestContextDep, query: Annotated[DelegateQuery, Query()]) -> Listing[Delegate]:
    """List delegates, sorted by id."""
    return list_items(context, DELEGATES, query)


@router.get("/delegates/{id}")
def get_delegate(
    context: RequestContextDep, id: DelegateId, query: Annotated[ItemQuery[Delegate], Query()]
) -> Delegate:
    """Get a delegate."""
    return get_item(context, DELEGATES, id, query.fields)
