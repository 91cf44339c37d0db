"""People: the resource, its filters and its endpoints."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import Select, select
from typing_extensions import TypedDict

from app.api.shared.fields import ALL, Fields, ItemQuery
from app.api.shared.filters import Filter, among, equals, looked_up, refers_to
from app.api.shared.list_params import ByChange, ListQuery, PublicId, SortBy, WikidataId, filter_by
from app.api.shared.list_statements import Sort
from app.api.shared.pagination import ItemRow, ListDefinition, Listing, get_item, list_items
from app.api.shared.schemas import ChangedIn, ReadUrl, Url
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import ActorField, SearchKind
from app.http.routing import contract_router
from app.models import Actor, Delegate, Meeting, Party, PartyPerson, Record, table
from app.models import Person as StoredPerson
from app.types import Count, Id, Wikidata

router = contract_router("people")

_person, _delegate, _actor = table(StoredPerson), table(Delegate), table(Actor)
_record, _meeting, _party, _party_person = table(Record), table(Meeting), table(Party), table(PartyPerson)

PersonId = Annotated[PublicId, Path(description="The person's id.", examples=["sergey-lavrov"])]

SORTS = {"name": Sort(_person.c.name_sort)}


class PersonCounts(TypedDict):
    """The numbers of items in the lists with the filter `person` (meetings, delegates) or `speaker` (quotes)."""

    meetings: Annotated[Count, Field(description="The total of `/meetings?person=`.")]
    delegates: Annotated[Count, Field(description="The total of `/delegates?person=`.")]
    quotes: Annotated[Count, Field(description="The total of `/quotes?speaker=`.")]


class Person(TypedDict):
    """A delegate or speaker of any meeting, as curators define the person."""

    id: Annotated[Id, Field(description="The person's id.")]
    url: Url
    read_url: ReadUrl
    name: Annotated[str, Field(description="The name (the curator's label).")]
    other_names: Annotated[list[str], Field(description="Other names in articles (the curator's labels).")]
    wikidata: Annotated[Wikidata | None, Field(description="The Wikidata id (the curator's label).")]
    counts: Annotated[PersonCounts, Field(description="The numbers of items with the person.")]
    changed_in: ChangedIn


class PersonQuery(ListQuery):
    fields: Fields[Person] = ALL
    sort: SortBy[Literal["id", "-id", "name", "-name", ByChange]] = "id"
    meeting: list[PublicId] = filter_by("Only delegates and speakers of one of these meetings.", "riyadh-2025-02-18")
    party: list[PublicId] = filter_by("Only people who were delegates of one of these parties.", "usa")
    wikidata: list[WikidataId] = filter_by("Only people with one of these Wikidata ids.", "Q58217")


def _in_meeting(param: FilterParam) -> list[Select[Any]]:
    """The delegates and speakers of a meeting."""
    took_part = select(_delegate.c.person_key).where(_delegate.c.person_key.is_not(None))
    took_part = took_part.where(param.matches_id(_delegate.c.meeting_key, _meeting))
    spoke = select(_actor.c.person_key).join(_record, _record.c.key == _actor.c.record_key)
    spoke = spoke.where(_actor.c.field == ActorField.speakers, _actor.c.person_key.is_not(None))
    return [took_part, spoke.where(param.matches_id(_record.c.meeting_key, _meeting))]


def _of_party(param: FilterParam) -> list[Select[Any]]:
    """The people who were delegates of a party."""
    return [select(_party_person.c.key).where(looked_up(param).matches_id(_party_person.c.party_key, _party))]


FILTERS: Mapping[str, Filter] = {
    "meeting": among(_person.c.key, _in_meeting, selects_few=True),
    "party": among(_person.c.key, _of_party, is_unique=True),
    "wikidata": equals(_person.c.wikidata),
}


@dataclass(slots=True)
class PersonRow(ItemRow):
    name: str
    other_names: list[str]
    wikidata: str | None
    meetings: int
    delegates: int
    quotes: int


_ITEMS = ByKeys(PersonRow, lambda keys: select(*columns_of(_person, PersonRow)).where(keys.matches(_person.c.key)))


def items(context: RequestContext, keys: list[int], fields: Set[str]) -> dict[int, Person]:
    """The people with some keys, by key."""
    return {row.key: _item(context, row) for row in context.rows_by_key(_ITEMS, keys)}


def _item(context: RequestContext, row: PersonRow) -> Person:
    return {
        "id": row.id,
        "url": context.url("people", row.id),
        "read_url": context.read_url("person", row.id),
        "name": row.name,
        "other_names": row.other_names,
        "wikidata": row.wikidata,
        "counts": {"meetings": row.meetings, "delegates": row.delegates, "quotes": row.quotes},
        "changed_in": row.changed_in,
    }


PEOPLE = ListDefinition(
    SearchKind.person,
    _person,
    Person,
    PersonQuery,
    SORTS,
    FILTERS,
    items,
    links={"party": refers_to(_party_person.c.party_key, _party)},
)


@router.get("/people")
def list_people(context: RequestContextDep, query: Annotated[PersonQuery, Query()]) -> Listing[Person]:
    """List people, sorted by id."""
    return list_items(context, PEOPLE, query)


@router.get("/people/{id}")
def get_person(context: RequestContextDep, id: PersonId, query: Annotated[ItemQuery[Person], Query()]) -> Person:
    """Get a person."""
    return get_item(context, PEOPLE, id, query.fields)
