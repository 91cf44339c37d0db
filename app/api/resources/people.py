"""People: who delegates and speakers are, across meetings."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import ColumnElement, or_, select
from typing_extensions import TypedDict

from app.api.shared.pagination import ListDefinition, Listing, ListQuery, PublicId, find_key, paginate, sort_on
from app.api.shared.schemas import ChangedIn, ReadUrl, Url
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import ActorField, SearchKind
from app.http.routing import contract_router
from app.models import Actor, Delegate, Meeting, Party, Record, table
from app.models import Person as StoredPerson
from app.types import Count, Id, Wikidata

router = contract_router("people")

_person, _delegate, _actor = table(StoredPerson), table(Delegate), table(Actor)
_record, _meeting, _party = table(Record), table(Meeting), table(Party)

PersonId = Annotated[PublicId, Path(description="The person's id.", examples=["sergey-lavrov"])]

SORTS = {
    "id": sort_on(_person.c.id),
    "name": sort_on(_person.c.name_sort),
}


class PersonCounts(TypedDict):
    """How many items the lists give with the filter `person` (meetings, delegates) or `speaker` (quotes)."""

    meetings: Annotated[Count, Field(description="As `/meetings?person=` gives them.")]
    delegates: Annotated[Count, Field(description="As `/delegates?person=` gives them.")]
    quotes: Annotated[Count, Field(description="As `/quotes?speaker=` gives them.")]


class Person(TypedDict):
    """A person, as the curators' records define them."""

    id: Annotated[Id, Field(description="The person's id.")]
    url: Url
    read_url: ReadUrl
    name: Annotated[str, Field(description="The name; the curator's label.")]
    other_names: Annotated[
        list[str], Field(description="Other forms of the name that articles use; the curator's labels.")
    ]
    wikidata: Annotated[Wikidata | None, Field(description="The Wikidata id; the curator's label.")]
    counts: Annotated[PersonCounts, Field(description="How often the person appears.")]
    changed_in: ChangedIn


class PersonQuery(ListQuery):
    """What a list of people can be asked."""

    sort: Literal["id", "-id", "name", "-name", "changed_in", "-changed_in"] = Field(
        default="id", description="What the list is sorted by; `-` before it for descending."
    )
    meeting: list[PublicId] = Field(
        default=[],
        description="Only people who took part in, or spoke at, one of these.",
        examples=[["riyadh-2025-02-18"]],
    )
    party: list[PublicId] = Field(
        default=[], description="Only people who were delegates of one of these parties.", examples=[["usa"]]
    )


def _in_meeting(given: FilterParam) -> ColumnElement[bool]:
    took_part = select(_delegate.c.person_key).where(given.matches_id(_delegate.c.meeting_key, _meeting))
    spoke = select(_actor.c.person_key).join(_record, _record.c.key == _actor.c.record_key)
    spoke = spoke.where(_actor.c.field == ActorField.speakers, given.matches_id(_record.c.meeting_key, _meeting))
    return or_(_person.c.key.in_(took_part), _person.c.key.in_(spoke))


def _of_party(given: FilterParam) -> ColumnElement[bool]:
    return _person.c.key.in_(select(_delegate.c.person_key).where(given.matches_id(_delegate.c.party_key, _party)))


PEOPLE = ListDefinition(_person, SORTS, {"meeting": _in_meeting, "party": _of_party}, SearchKind.person)


@dataclass(slots=True)
class PersonRow:
    key: int
    id: str
    name: str
    other_names: list[str]
    wikidata: str | None
    meetings: int
    delegates: int
    quotes: int
    changed_in: int


_ITEMS = ByKeys(PersonRow, lambda keys: select(*columns_of(_person, PersonRow)).where(keys.matches(_person.c.key)))


def items(context: RequestContext, keys: list[int]) -> dict[int, Person]:
    """The people with some keys, by key."""
    return {row.key: _item(context, row) for row in context.of(_ITEMS, keys)}


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


@router.get("/people")
def list_people(context: RequestContextDep, query: Annotated[PersonQuery, Query()]) -> Listing[Person]:
    """People, by id."""
    page = paginate(context, query, PEOPLE)
    return page.listing(items(context, page.keys))


@router.get("/people/{id}")
def get_person(context: RequestContextDep, id: PersonId) -> Person:
    """One person."""
    key = find_key(context, PEOPLE, id)
    return items(context, [key])[key]
