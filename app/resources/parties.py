"""Parties: who is represented, across meetings: states, organizations, funds, armed groups, companies."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Row, select, union

from app.lists import Listing, ListQuery, PublicId, Sort, paginate, sort_by
from app.models import Actor, Delegate, Meeting, MeetingSource, Record, SourceIssuer, table
from app.models import Party as StoredParty
from app.problems import not_found
from app.reading import Reading, ReadingDep
from app.references import ChangedIn, Url
from app.routing import ContractRoute
from app.vocabulary import PartyKind

router = APIRouter(tags=["parties"], route_class=ContractRoute)

_party, _delegate, _actor, _record = table(StoredParty), table(Delegate), table(Actor), table(Record)
_meeting, _meeting_source, _issuer = table(Meeting), table(MeetingSource), table(SourceIssuer)

PartyId = Annotated[str, Path(description="The party's id.", examples=["rus"])]

SORTS: dict[str, Sort] = {
    "id": sort_by(_party.c.id),
    "name": sort_by(_party.c.name_sort),
    "kind": sort_by(_party.c.kind_rank),
    "changed_in": sort_by(_party.c.changed_in),
}


class PartyCounts(BaseModel):
    """How many items the lists give with the filter `party`."""

    meetings: int = Field(description="As `/meetings?party=` gives them.", examples=[1])
    delegates: int = Field(description="As `/delegates?party=` gives them.", examples=[2])
    agreements: int = Field(description="As `/agreements?party=` gives them.", examples=[6])
    quotes: int = Field(description="As `/quotes?party=` gives them.", examples=[5])


class Party(BaseModel):
    """A party, as the curators' records define it."""

    id: str = Field(description="The party's id.", examples=["rus"])
    url: Url
    kind: PartyKind = Field(description="The curator's.")
    name: str = Field(description="The curator's.", examples=["Russia"])
    other_names: list[str] = Field(description="Other forms of the name that articles use.")
    country: str | None = Field(description="ISO 3166-1 alpha-3; the curator's.", examples=["RUS"])
    wikidata: str | None = Field(description="The Wikidata id; the curator's.", examples=["Q159"])
    counts: PartyCounts
    changed_in: ChangedIn


class PartyQuery(ListQuery):
    """What a list of parties can be asked."""

    sort: Literal["id", "-id", "name", "-name", "kind", "-kind", "changed_in", "-changed_in"] = Field(
        default="id", description="What the list is sorted by; `-` before it for descending."
    )
    meeting: list[PublicId] = Field(default=[], description="Only parties with any part in one of these meetings.")
    kind: list[PartyKind] = Field(default=[], description="Only parties of one of these kinds.")


def matching(query: PartyQuery) -> list[ColumnElement[bool]]:
    """The conditions that a query's filters are."""
    conditions: list[ColumnElement[bool]] = []
    if query.meeting:
        conditions.append(_party.c.key.in_(_in_any_part_of(query.meeting)))
    if query.kind:
        conditions.append(_party.c.kind.in_(query.kind))
    return conditions


def _in_any_part_of(ids: list[str]) -> Any:
    """The parties that meet, host, send delegates, agree, speak, or issued a source of some meetings."""
    meetings = select(_meeting.c.key).where(_meeting.c.id.in_(ids))
    acting = select(_actor.c.party_key).join(_record, _record.c.key == _actor.c.record_key)
    issuing = select(_issuer.c.party_key).join(_meeting_source, _meeting_source.c.source_key == _issuer.c.source_key)
    return union(
        acting.where(_record.c.meeting_key.in_(meetings), _actor.c.party_key.is_not(None)),
        select(_delegate.c.party_key).where(_delegate.c.meeting_key.in_(meetings), _delegate.c.party_key.is_not(None)),
        select(_meeting.c.host_key).where(_meeting.c.id.in_(ids), _meeting.c.host_key.is_not(None)),
        issuing.where(_meeting_source.c.meeting_key.in_(meetings)),
    )


def items(reading: Reading, where: ColumnElement[bool]) -> dict[int, Party]:
    """The parties under a condition, by key."""
    rows = reading.connection.execute(select(_party).where(where))
    return {row.key: _item(reading, row) for row in rows}


def _item(reading: Reading, row: Row[Any]) -> Party:
    return Party(
        id=row.id,
        url=reading.url("parties", row.id),
        kind=row.kind,
        name=row.name,
        other_names=row.other_names,
        country=row.country,
        wikidata=row.wikidata,
        counts=PartyCounts(
            meetings=row.meetings, delegates=row.delegates, agreements=row.agreements, quotes=row.quotes
        ),
        changed_in=row.changed_in,
    )


@router.get("/parties")
def list_parties(
    reading: ReadingDep, request: Request, response: Response, query: Annotated[PartyQuery, Query()]
) -> Listing[Party]:
    """Parties, by id."""
    page = paginate(reading, request, query, _party, SORTS, matching(query))
    return page.listing(items(reading, _party.c.key.in_(page.keys)), response)


@router.get("/parties/{id}")
def get_party(reading: ReadingDep, id: PartyId) -> Party:
    """One party."""
    for party in items(reading, _party.c.id == id).values():
        return party
    raise not_found("party", id)
