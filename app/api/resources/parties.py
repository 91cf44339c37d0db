"""Parties: the resource, its filters and its endpoints."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import Select, select
from typing_extensions import TypedDict

from app.api.shared.fields import ALL, Fields, ItemQuery
from app.api.shared.filters import Filter, among, equals
from app.api.shared.list_params import ByChange, ListQuery, PublicId, SortBy, WikidataId, filter_by
from app.api.shared.list_statements import Sort
from app.api.shared.pagination import ItemRow, ListDefinition, Listing, get_item, list_items
from app.api.shared.schemas import ChangedIn, ReadUrl, Url
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, FilterParam, columns_of
from app.enums import PartyKind, SearchKind, rank
from app.http.routing import contract_router
from app.models import Actor, Delegate, Meeting, MeetingSource, Record, SourceIssuer, table
from app.models import Party as StoredParty
from app.types import Count, CountryCode, Id, Wikidata

router = contract_router("parties")

_party, _delegate, _actor, _record = table(StoredParty), table(Delegate), table(Actor), table(Record)
_meeting, _meeting_source, _issuer = table(Meeting), table(MeetingSource), table(SourceIssuer)

PartyId = Annotated[PublicId, Path(description="The party's id.", examples=["rus"])]

SORTS = {
    "name": Sort(_party.c.name_sort),
    "kind": Sort(_party.c.kind_rank),
}


class PartyCounts(TypedDict):
    """The numbers of items in the lists with the filter `party`."""

    meetings: Annotated[Count, Field(description="The total of `/meetings?party=`.")]
    delegates: Annotated[Count, Field(description="The total of `/delegates?party=`.")]
    agreements: Annotated[Count, Field(description="The total of `/agreements?party=`.")]
    quotes: Annotated[Count, Field(description="The total of `/quotes?party=`.")]


class Party(TypedDict):
    """A state, organization, fund, armed group or company, as curators define it."""

    id: Annotated[Id, Field(description="The party's id.")]
    url: Url
    read_url: ReadUrl
    kind: Annotated[PartyKind, Field(description="The kind of party (the curator's label).")]
    name: Annotated[str, Field(description="The name (the curator's label).")]
    other_names: Annotated[list[str], Field(description="Other names in articles (the curator's labels).")]
    country: Annotated[CountryCode | None, Field(description="The country, ISO 3166-1 alpha-3 (the curator's label).")]
    wikidata: Annotated[Wikidata | None, Field(description="The Wikidata id (the curator's label).")]
    counts: Annotated[PartyCounts, Field(description="The numbers of items with the party.")]
    changed_in: ChangedIn


class PartyQuery(ListQuery):
    fields: Fields[Party] = ALL
    sort: SortBy[Literal["id", "-id", "name", "-name", "kind", "-kind", ByChange]] = "id"
    meeting: list[PublicId] = filter_by(
        "Only parties that are mentioned in the record of one of these meetings.", "riyadh-2025-02-18"
    )
    kind: list[PartyKind] = filter_by("Only parties of one of these kinds.", "state")
    wikidata: list[WikidataId] = filter_by("Only parties with one of these Wikidata ids.", "Q159")


def _in_meeting(param: FilterParam) -> list[Select[Any]]:
    """The parties that meet, host, send delegates, agree, speak, or issued a source of a meeting."""
    acting = select(_actor.c.party_key).join(_record, _record.c.key == _actor.c.record_key)
    issuing = select(_issuer.c.party_key).join(_meeting_source, _meeting_source.c.source_key == _issuer.c.source_key)
    sending = select(_delegate.c.party_key).where(_delegate.c.party_key.is_not(None))
    hosting = select(_meeting.c.host_key).where(_meeting.c.host_key.is_not(None))
    return [
        acting.where(param.matches_id(_record.c.meeting_key, _meeting), _actor.c.party_key.is_not(None)),
        sending.where(param.matches_id(_delegate.c.meeting_key, _meeting)),
        hosting.where(param.matches(_meeting.c.id)),
        issuing.where(param.matches_id(_meeting_source.c.meeting_key, _meeting)),
    ]


FILTERS: Mapping[str, Filter] = {
    "meeting": among(_party.c.key, _in_meeting, selects_few=True),
    "kind": equals(_party.c.kind_rank, rank),
    "wikidata": equals(_party.c.wikidata),
}


@dataclass(slots=True)
class PartyRow(ItemRow):
    kind: PartyKind
    name: str
    other_names: list[str]
    country: str | None
    wikidata: str | None
    meetings: int
    delegates: int
    agreements: int
    quotes: int


_ITEMS = ByKeys(PartyRow, lambda keys: select(*columns_of(_party, PartyRow)).where(keys.matches(_party.c.key)))


def items(context: RequestContext, keys: list[int], fields: Set[str]) -> dict[int, Party]:
    """The parties with some keys, by key."""
    return {row.key: _item(context, row) for row in context.rows_by_key(_ITEMS, keys)}


def _item(context: RequestContext, row: PartyRow) -> Party:
    return {
        "id": row.id,
        "url": context.url("parties", row.id),
        "read_url": context.read_url("party", row.id),
        "kind": row.kind,
        "name": row.name,
        "other_names": row.other_names,
        "country": row.country,
        "wikidata": row.wikidata,
        "counts": {
            "meetings": row.meetings,
            "delegates": row.delegates,
            "agreements": row.agreements,
            "quotes": row.quotes,
        },
        "changed_in": row.changed_in,
    }


PARTIES = ListDefinition(SearchKind.party, _party, Party, PartyQuery, SORTS, FILTERS, items)


@router.get("/parties")
def list_parties(context: RequestContextDep, query: Annotated[PartyQuery, Query()]) -> Listing[Party]:
    """List parties, sorted by id."""
    return list_items(context, PARTIES, query)


@router.get("/parties/{id}")
def get_party(context: RequestContextDep, id: PartyId, query: Annotated[ItemQuery[Party], Query()]) -> Party:
    """Get a party."""
    return get_item(context, PARTIES, id, query.fields)
