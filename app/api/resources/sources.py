"""Sources, which are articles with their texts: the resource, its filters and its endpoints."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from fastapi.responses import PlainTextResponse
from pydantic import Field
from sqlalchemy import Select, bindparam, select
from typing_extensions import TypedDict

from app.api.shared.fields import ALL, Fields, ItemQuery
from app.api.shared.filters import Filter, Spans, among, equals, span_filters
from app.api.shared.list_params import (
    ByChange,
    FirstDay,
    Label,
    LanguageTag,
    LastDay,
    ListQuery,
    PublicId,
    SortBy,
    filter_by,
    filter_from,
    not_before,
)
from app.api.shared.list_statements import Sort
from app.api.shared.pagination import ItemRow, ListDefinition, Listing, find_key, get_item, list_items
from app.api.shared.schemas import ChangedIn, NameReference, Url
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import ByKeys, FilterParam, Statement, columns_of
from app.enums import Access, Paragraphs, QuotationMarks, SearchKind
from app.http.routing import SlowRoute, contract_router
from app.models import Meeting, MeetingSource, Party, SourceIssuer, SourceText, table
from app.models import Source as StoredSource
from app.problems import Code, Problem
from app.types import Address, Count, Id, Language, PartialDate, Sha256, WebAddress

router = contract_router("sources")
text_router = contract_router("sources", route_class=SlowRoute)

_source, _text, _issuer = table(StoredSource), table(SourceText), table(SourceIssuer)
_party, _meeting, _meeting_source = table(Party), table(Meeting), table(MeetingSource)

SourceId = Annotated[PublicId, Path(description="The source's id.", examples=["riyadh-us-russia-talks"])]

SORTS = {
    "published_on": Sort(_source.c.published_ascending, _source.c.published_descending),
    "title": Sort(_source.c.title_sort),
}


class Source(TypedDict):
    """An article, as the curator describes it. What the article does not state is null."""

    id: Annotated[Id, Field(description="The source's id.")]
    url: Url
    text_url: Annotated[Address | None, Field(description="The URL of the text; null if `access` is `excerpt`.")]
    title: Annotated[str, Field(description="The headline (the curator's label).")]
    language: Annotated[Language, Field(description="The text's language (BCP 47; the curator's label).")]
    publisher: Annotated[str | None, Field(description="The publisher (the curator's label).")]
    issued_by: Annotated[
        list[NameReference],
        Field(description="The parties whose own statement the text is; empty for the press (the curator's labels)."),
    ]
    author: Annotated[str | None, Field(description="The author (the curator's label).")]
    source_url: Annotated[WebAddress | None, Field(description="The URL at the publisher (the curator's label).")]
    published_on: Annotated[
        PartialDate | None, Field(description="The publication date, a partial ISO 8601 date (the curator's label).")
    ]
    licence: Annotated[str | None, Field(description="The licence of the text (the curator's label).")]
    access: Annotated[
        Access, Field(description="Whether the whole text may be shown, or only the cited words (the curator's label).")
    ]
    quotation_marks: Annotated[
        QuotationMarks, Field(description="The quotation marks that the publisher uses (the curator's label).")
    ]
    paragraphs: Annotated[
        Paragraphs | None,
        Field(
            description="The separator of paragraphs; null: blank lines, or line ends if there are none (the curator's"
            " label)."
        ),
    ]
    cites: Annotated[list[str], Field(description="The sources that the article names (the curator's labels).")]
    sha256: Annotated[Sha256, Field(description="SHA-256 of the text in UTF-8, in hex.")]
    length: Annotated[Count, Field(description="The length of the text in code points.")]
    changed_in: ChangedIn


class SourceQuery(ListQuery):
    fields: Fields[Source] = ALL
    sort: SortBy[Literal["id", "-id", "published_on", "-published_on", "title", "-title", ByChange]] = "id"
    meeting: list[PublicId] = filter_by("Only sources of one of these meetings.", "riyadh-2025-02-18")
    language: list[LanguageTag] = filter_by("Only sources in one of these languages, as their tag says.", "en")
    publisher: list[Label] = filter_by("Only sources of one of these publishers.", "The Gazette")
    access: list[Access] = filter_by("Only sources with one of these accesses.", "full")
    issued_by: list[PublicId] = filter_by("Only sources that one of these parties issued.", "usa")
    published_from: FirstDay | None = filter_from(
        "Only sources that may have been published on or after this partial date.", "2025-02"
    )
    published_to: Annotated[LastDay, not_before("published_from")] | None = filter_from(
        "Only sources that may have been published on or before this partial date.", "2025"
    )


def _of_meeting(param: FilterParam) -> list[Select[Any]]:
    return [select(_meeting_source.c.source_key).where(param.matches_id(_meeting_source.c.meeting_key, _meeting))]


def _of_issuer(param: FilterParam) -> list[Select[Any]]:
    return [select(_issuer.c.source_key).where(param.matches_id(_issuer.c.party_key, _party))]


_published_from, _published_to = span_filters(
    _source.c.published_ascending,
    _source.c.published_last_day,
    (_source.c.published_ascending, _source.c.published_descending),
    _source.c.key,
    Spans(_source.c.key, _source.c.published_ascending, _source.c.published_last_day, _source.c.published_span),
)
FILTERS: Mapping[str, Filter] = {
    "meeting": among(_source.c.key, _of_meeting, selects_few=True),
    "language": equals(_source.c.language),
    "publisher": equals(_source.c.publisher),
    "access": equals(_source.c.access),
    "issued_by": among(_source.c.key, _of_issuer),
    "published_from": _published_from,
    "published_to": _published_to,
}


@dataclass(slots=True)
class SourceRow(ItemRow):
    title: str
    language: str
    publisher: str | None
    author: str | None
    url: str | None
    published_on: str | None
    licence: str | None
    access: Access
    quotation_marks: QuotationMarks
    paragraphs: Paragraphs | None
    cites: list[str]
    sha256: str
    length: int


@dataclass(slots=True)
class IssuerRow:
    source_key: int
    id: str
    name: str


@dataclass(slots=True)
class TextRow:
    access: Access
    text: str


_ITEMS = ByKeys(SourceRow, lambda keys: select(*columns_of(_source, SourceRow)).where(keys.matches(_source.c.key)))
_ISSUERS = ByKeys(
    IssuerRow,
    lambda keys: (
        select(_issuer.c.source_key, _party.c.id, _party.c.name)
        .join(_party, _party.c.key == _issuer.c.party_key)
        .where(keys.matches(_issuer.c.source_key))
        .order_by(_issuer.c.source_key, _issuer.c.position)
    ),
)


def items(context: RequestContext, keys: list[int], fields: Set[str]) -> dict[int, Source]:
    """The sources with some keys, by key."""
    issuers: dict[int, list[NameReference]] = defaultdict(list)
    for row in context.rows_by_key(_ISSUERS, keys) if "issued_by" in fields else ():
        issuers[row.source_key].append({"id": row.id, "name": row.name, "url": context.url("parties", row.id)})
    return {row.key: _item(context, row, issuers[row.key]) for row in context.rows_by_key(_ITEMS, keys)}


def _item(context: RequestContext, row: SourceRow, issued_by: list[NameReference]) -> Source:
    return {
        "id": row.id,
        "url": context.url("sources", row.id),
        "text_url": f"{context.url('sources', row.id)}/text" if row.access == Access.full else None,
        "title": row.title,
        "language": row.language,
        "publisher": row.publisher,
        "issued_by": issued_by,
        "author": row.author,
        "source_url": row.url,
        "published_on": row.published_on,
        "licence": row.licence,
        "access": row.access,
        "quotation_marks": row.quotation_marks,
        "paragraphs": row.paragraphs,
        "cites": row.cites,
        "sha256": row.sha256,
        "length": row.length,
        "changed_in": row.changed_in,
    }


SOURCES = ListDefinition(SearchKind.source, _source, Source, SourceQuery, SORTS, FILTERS, items)


@router.get("/sources")
def list_sources(context: RequestContextDep, query: Annotated[SourceQuery, Query()]) -> Listing[Source]:
    """List sources, sorted by id."""
    return list_items(context, SOURCES, query)


@router.get("/sources/{id}")
def get_source(context: RequestContextDep, id: SourceId, query: Annotated[ItemQuery[Source], Query()]) -> Source:
    """Get a source."""
    return get_item(context, SOURCES, id, query.fields)


_TEXT = Statement(
    TextRow,
    select(_source.c.access, _text.c.text)
    .join(_text, _text.c.source_key == _source.c.key)
    .where(_source.c.key == bindparam("key")),
)


@text_router.get("/sources/{id}/text", response_class=PlainTextResponse)
def get_source_text(context: RequestContextDep, id: SourceId) -> str:
    """Get the whole text of a source.

    `start` and `end` of evidence count the code points of this text. The text of a source with the `access` `excerpt`
    is withheld.
    """
    (row,) = context.rows(_TEXT, key=find_key(context, SOURCES, id))
    if row.access != Access.full:
        raise Problem(
            Code.text_withheld, f"The text of the source `{id}` is withheld: only its cited words may be shown."
        )
    return row.text
