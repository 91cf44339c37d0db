"""People: who delegates and speakers are, across meetings."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Row, or_, select

from app.lists import Listing, ListQuery, PublicId, paginate, sort_by
from app.models import Actor, Delegate, Meeting, Party, Record, table
from app.models import Person as StoredPerson
from app.problems import not_found
from app.reading import Reading, ReadingDep
from app.references import ChangedIn, Url
from app.routing import ContractRoute
from app.vocabulary import ActorField

router = APIRouter(tags=["people"], route_class=ContractRoute)

_person, _delegate, _actor = table(StoredPerson), table(Delegate), table(Actor)
_record, _meeting, _party = table(Record), table(Meeting), table(Party)

PersonId = Annotated[str, Path(description="The person's id.", examples=["sergey-lavrov"])]

SORTS = {
    "id": sort_by(_person.c.id),
    "name": sort_by(_person.c.name_sort),
    "changed_in": sort_by(_person.c.changed_in),
}


class PersonCounts(BaseModel):
    """How many items the lists give with the filter `person` (meetings, delegates) or `speaker` (quotes)."""

    meetings: int = Field(description="As `/meetings?person=` gives them.", examples=[1])
    delegates: int = Field(description="As `/delegates?person=` gives them.", examples=[1])
    quotes: int = Field(description="As `/quotes?speaker=` gives them.", examples=[5])


class Person(BaseModel):
    """A person, as the curators' records define them."""

    id: str = Field(description="The person's id.", examples=["sergey-lavrov"])
    url: Url
    name: str = Field(description="The curator's.", examples=["Sergey Lavrov"])
    other_names: list[str] = Field(description="Other forms of the name that articles use.")
    wikidata: str | None = Field(description="The Wikidata id; the curator's.", examples=["Q58217"])
    counts: PersonCounts
    changed_in: ChangedIn


class PersonQuery(ListQuery):
    """What a list of people can be asked."""

    sort: Literal["id", "-id", "name", "-name", "changed_in", "-changed_in"] = Field(
        default="id", description="What the list is sorted by; `-` before it for descending."
    )
    meeting: list[PublicId] = Field(default=[], description="Only people who took part in, or spoke at, one of these.")
    party: list[PublicId] = Field(default=[], description="Only people who were delegates of one of these parties.")


def matching(query: PersonQuery) -> list[ColumnElement[bool]]:
    """The conditions that a query's filters are."""
    conditions: list[ColumnElement[bool]] = []
    if query.meeting:
        meetings = select(_meeting.c.key).where(_meeting.c.id.in_(query.meeting))
        took_part = select(_delegate.c.person_key).where(_delegate.c.meeting_key.in_(meetings))
        spoke = select(_actor.c.person_key).join(_record, _record.c.key == _actor.c.record_key)
        spoke = spoke.where(_actor.c.field == ActorField.speakers, _record.c.meeting_key.in_(meetings))
        conditions.append(or_(_person.c.key.in_(took_part), _person.c.key.in_(spoke)))
    if query.party:
        of_party = select(_delegate.c.person_key).join(_party, _party.c.key == _delegate.c.party_key)
        conditions.append(_person.c.key.in_(of_party.where(_party.c.id.in_(query.party))))
    return conditions


def items(reading: Reading, where: ColumnElement[bool]) -> dict[int, Person]:
    """The people under a condition, by key."""
    rows = reading.connection.execute(select(_person).where(where))
    return {row.key: _item(reading, row) for row in rows}


def _item(reading: Reading, row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        url=reading.url("people", row.id),
        name=row.name,
        other_names=row.other_names,
        wikidata=row.wikidata,
        counts=PersonCounts(meetings=row.meetings, delegates=row.delegates, quotes=row.quotes),
        changed_in=row.changed_in,
    )


@router.get("/people")
def list_people(
    reading: ReadingDep, request: Request, response: Response, query: Annotated[PersonQuery, Query()]
) -> Listing[Person]:
    """People, by id."""
    page = paginate(reading, request, query, _person, SORTS, matching(query))
    return page.listing(items(reading, _person.c.key.in_(page.keys)), response)


@router.get("/people/{id}")
def get_person(reading: ReadingDep, id: PersonId) -> Person:
    """One person."""
    for person in items(reading, _person.c.id == id).values():
        return person
    raise not_found("person", id)
