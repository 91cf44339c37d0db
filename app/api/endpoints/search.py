"""`/search`: full text search over all items with filters and facets; `/suggest`: names while they are typed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import Query
from pydantic import AfterValidator, BaseModel, Field, ValidationInfo, WithJsonSchema, field_validator
from typing_extensions import TypedDict

from app.api.shared.cursors import cursor_scope, decode_cursor, encode_cursor, invalid_cursor, next_url
from app.api.shared.list_params import (
    Country,
    Cursor,
    FirstDay,
    LanguageTag,
    LastDay,
    Limit,
    PublicId,
    QueryText,
    SortBy,
    filter_by,
    filter_from,
    filter_with,
    not_before,
)
from app.api.shared.schemas import ActorReference, TitleReference, Url, title_reference
from app.enums import LISTS, ActorKind, Commitment, SearchKind
from app.http.routing import contract_router
from app.search.queries import Filters
from app.search.query_parsing import MAX_QUERY_CHARACTERS, parse_query
from app.search.search_route import SearchContext, SearchContextDep, SearchRoute
from app.search.searching import FoundEvidence, FoundHit, Search, suggestions
from app.types import Address, Count, Id, PartialDate

router = contract_router("search", route_class=SearchRoute)

MAX_LISTED = 10_000
"""How many hits are listed; all are counted."""

WORDS_BEFORE, WORDS_AFTER = 3, 6
"""How many words of an article around a match its URL names, for a browser to scroll to."""

EDGES = "\"'“”‘’«»„().,;:…"
"""Signs at the edges of a passage, which an article's page may set in another element."""

FacetName = Literal["kind", "party", "person", "country", "topic", "year", "commitment", "language"]

Match = Annotated[
    tuple[int, int],
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 2,
            "maxItems": 2,
            "description": "The start and the exclusive end of a match in the text, in code points.",
        }
    ),
]


class Snippet(TypedDict):
    """The passage of a text with the best matches."""

    text: Annotated[
        str,
        Field(
            description="Plain text, cut at words, with `…` for an omission. Of a quote it is the quote's words alone,"
            " of an excerpt only cited words. If the words of the query are elsewhere, it is the beginning of the text."
        ),
    ]
    matches: Annotated[
        list[Match], Field(description="The positions of the matches: whole words, in any of their forms.")
    ]


class HitEvidence(TypedDict):
    """Evidence of a hit that has words of the query."""

    id: Annotated[Id, Field(description="The id of the evidence.")]
    url: Url
    read_url: Annotated[Address, Field(description="The URL of the words on the page of the article.")]
    snippet: Annotated[Snippet, Field(description="The passage with the best matches.")]


class Hit(TypedDict):
    """An item that matches the query. Its evidence is part of it."""

    kind: Annotated[SearchKind, Field(description="The kind of item.")]
    id: Annotated[Id, Field(description="The id of the item.")]
    url: Url
    read_url: Annotated[
        Address,
        Field(description="The URL of the page that shows the item at its place, an article at the passage."),
    ]
    title: Annotated[
        str, Field(description="The name or title; for a quote the speakers, for evidence the title of its record.")
    ]
    title_matches: Annotated[list[Match], Field(description="The positions of the matches in the title.")]
    date: Annotated[PartialDate | None, Field(description="The first day of its meeting; of a source its publication.")]
    meeting: Annotated[
        TitleReference | None,
        Field(description="The meeting that it belongs to, or itself; of a source one that cites it."),
    ]
    speakers: Annotated[list[ActorReference], Field(description="The speakers of a quote; empty for all other kinds.")]
    snippet: Annotated[Snippet, Field(description="The passage of its text with the best matches.")]
    evidence: Annotated[
        list[HitEvidence], Field(description="Its evidence with words of the query, at most three, in its order.")
    ]
    score: Annotated[
        float | None,
        Field(
            description="The relevance: higher is better. Scores of different queries cannot be compared. Null if"
            " sorted by date."
        ),
    ]


class HitTotal(TypedDict):
    """The number of all hits."""

    value: Annotated[Count, Field(description="The number of hits. It is exact; the first 10,000 are listed.")]
    relation: Annotated[Literal["eq"], Field(description="`eq`: exactly `value` hits.")]


class OtherHits(TypedDict):
    """Hits of a kind that is listed only when it is requested."""

    kind: Annotated[Literal["source", "evidence"], Field(description="The kind.")]
    count: Annotated[Count, Field(description="The number of hits: sources, and facts whose evidence has all words.")]
    url: Annotated[Address, Field(description="The URL of the search for this kind.")]


class FacetCount(TypedDict):
    """A value of a facet."""

    value: Annotated[str, Field(description="The value of the filter; a year for `year`.")]
    label: Annotated[str, Field(description="The name of a party or person; the value for all others.")]
    count: Annotated[Count, Field(description="The number of hits with this value, under all other filters.")]
    url: Annotated[Address, Field(description="The URL of the search narrowed by this value.")]


class MeantQuery(TypedDict):
    """The nearest query that has hits."""

    q: Annotated[str, Field(description="The query.", examples=["ambassadors"])]
    url: Annotated[
        Address,
        Field(
            description="The URL of the search for it, with the same filters.",
            examples=["http://localhost:8000/search?q=ambassadors"],
        ),
    ]


FacetCounts = Annotated[list[FacetCount], Field(description="The values, the most frequent first.")]


class Facets(TypedDict, total=False):
    """The requested facets."""

    kind: FacetCounts
    party: FacetCounts
    person: FacetCounts
    country: FacetCounts
    topic: FacetCounts
    year: FacetCounts
    commitment: FacetCounts
    language: FacetCounts


class SearchResults(TypedDict):
    """A page of hits."""

    items: Annotated[list[Hit], Field(description="The hits of this page, the best first, or the newest.")]
    total: Annotated[HitTotal, Field(description="The number of all hits.")]
    next: Annotated[Address | None, Field(description="The URL of the next page; null on the last page.")]
    others: Annotated[
        list[OtherHits],
        Field(description="Sources and evidence that match too. Without any other hit, sources are the `items`."),
    ]
    did_you_mean: Annotated[
        MeantQuery | None, Field(description="If nothing has all words: the nearest query that has hits; else null.")
    ]
    facets: Annotated[
        Facets, Field(description="For each requested facet its values, at most 50, the most frequent first.")
    ]


class SuggestedItem(TypedDict):
    """An item whose name has a word that begins so."""

    kind: Annotated[Literal["meeting", "person", "party", "topic"], Field(description="The kind.")]
    id: Annotated[Id, Field(description="The id of the item; the topic itself.")]
    label: Annotated[str, Field(description="The name or title.")]
    url: Annotated[Address, Field(description="The URL of the item; of a topic, that of the search for it.")]
    read_url: Annotated[Address, Field(description="The URL of the page that shows it.")]


class Suggestions(TypedDict):
    """Items that a user may mean."""

    items: Annotated[list[SuggestedItem], Field(description="At most 10, the most mentioned first.")]


def _alone(kinds: list[SearchKind]) -> list[SearchKind]:
    if SearchKind.evidence in kinds and len({*kinds}) > 1:
        raise ValueError("has evidence with other kinds: search evidence alone, without another `kind`")
    return kinds


class SearchFilterQuery(BaseModel):
    """The query parameters that a search for hits and its page share."""

    kind: Annotated[list[SearchKind], AfterValidator(_alone)] = filter_by(
        "Only items of one of these kinds. Without it, all but sources and evidence.", "quote"
    )
    party: list[PublicId] = filter_by(
        "Only items of one of these parties: of a meeting, an agreement or a delegate its parties, of a quote those of"
        " its speakers, of a source its issuers.",
        "rus",
    )
    with_: list[PublicId] = filter_with(
        "Only meetings with all of these parties and people, and what belongs to them: a party among the meeting's"
        " `parties` or with a delegate, a person as a delegate or speaker."
    )
    person: list[PublicId] = filter_by(
        "Only items of one of these people: meetings with them, their delegates and quotes, agreements that they"
        " assert.",
        "marco-rubio",
    )
    country: list[Country] = filter_by("Only items of meetings in one of these countries (ISO 3166-1 alpha-3).", "SAU")
    topic: list[PublicId] = filter_by("Only items with one of these topics.", "ukraine")
    language: list[LanguageTag] = filter_by("Only items whose source is in one of these languages.", "en")
    commitment: list[Commitment] = filter_by("Only agreements with one of these commitments.", "agreed")
    date_from: FirstDay | None = filter_from(
        "Only items of meetings that may have taken place on or after this partial date.", "2025-02"
    )
    date_to: Annotated[LastDay, not_before("date_from")] | None = filter_from(
        "Only items of meetings that may have taken place on or before this partial date.", "2025"
    )
    sort: SortBy[Literal["relevance", "-date"]] = "relevance"
    cursor: Cursor = None

    def filters(self) -> Filters:
        """The filters."""
        names = ("party", "person", "country", "topic", "language", "commitment")
        return Filters(
            kinds=tuple(self.kind),
            any_of={name: values for name in names if (values := getattr(self, name))},
            all_with=tuple(self.with_),
            first_day=_ordinal(self.date_from),
            last_day=_ordinal(self.date_to),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether it has a filter."""
        return self.filters() != Filters()


class SearchQuery(SearchFilterQuery):
    limit: Limit = 20
    facet: list[FacetName] = filter_by("Also count the hits by the values of these.", "kind", "party")
    q: Annotated[
        QueryText | None,
        Field(
            validate_default=True,
            description="The search query: any text of at most 32 words. An item must have all of them, in any order"
            " and form; words in double quotes stand together; a minus before a word excludes it. Case, diacritics and"
            " punctuation are ignored. It may be absent if there is a filter.",
            examples=["foreign minister"],
        ),
    ] = None

    @field_validator("q")
    @classmethod
    def _or_filter(cls, q: str | None, others: ValidationInfo) -> str | None:
        filters = {**others.data, "sort": None, "cursor": None, "limit": None, "facet": None}
        if q is None and not any(filters.values()):
            raise ValueError("is missing: give a query, or a filter such as `kind`")
        return q


class SuggestQuery(BaseModel):
    q: Annotated[
        str,
        Field(
            min_length=1,
            max_length=MAX_QUERY_CHARACTERS,
            description="The beginnings of words.",
            examples=["lav"],
        ),
    ]


@router.get("/search")
def search(context: SearchContextDep, query: Annotated[SearchQuery, Query()]) -> SearchResults:
    """Search all items.

    Returns a page of hits, the best first; only the first 10,000 hits are listed. `Readout-Dataset` names the dataset
    version of the search index, which may be a moment behind that of the lists. A `cursor` is valid for one dataset
    version, since the ranking may change with the dataset.
    """
    return search_results(context, query, query.q, query.limit, query.facet)


@router.get("/suggest")
def suggest(context: SearchContextDep, query: Annotated[SuggestQuery, Query()]) -> Suggestions:
    """Suggest what a user may be typing.

    Returns up to 10 people, parties, meetings and topics whose name has a word that begins so, the most mentioned
    first. It is made for one request per keystroke.
    """
    return {"items": [_suggested(context, stored) for stored in suggestions(context.opened, query.q)]}


def search_results(
    context: SearchContext, query: SearchFilterQuery, q: str | None, limit: int, facets: Sequence[FacetName]
) -> SearchResults:
    """A page of the hits of a query, with some facets. Raises Problem for an invalid cursor."""
    scope = cursor_scope(context.path, query.sort, {"q": q, **query.model_dump(include=_FILTERS, mode="json")})
    start = _start(context, query.cursor, scope) if query.cursor else 0
    searched = Search(context.opened, parse_query(q) if q is not None else None, query.filters(), facets)
    others = [] if query.kind else _others(context, searched)
    if others and not searched.total:
        searched = searched.of_kind(SearchKind.source)
    size = min(limit, MAX_LISTED - start)
    page = searched.page(start, size, newest_first=query.sort == "-date")
    if query.cursor and start >= page.total:
        raise invalid_cursor(query.cursor)
    has_next = start + size < min(page.total, MAX_LISTED)
    cursor = encode_cursor(scope, [start + size, str(context.opened.version)]) if has_next else None
    is_scored = query.sort == "relevance"
    meant = searched.nearest_query() if q and not page.total else None
    return {
        "items": [_hit(context, hit, is_scored, SearchKind.evidence in query.kind) for hit in page.hits],
        "total": {"value": page.total, "relation": "eq"},
        "next": next_url(context, cursor),
        "others": others,
        "did_you_mean": {"q": meant, "url": changed_url(context, {"q": [meant]})} if meant else None,
        "facets": _facets(context, searched, facets),
    }


_FILTERS = {*SearchFilterQuery.model_fields} - {"cursor", "sort"}


def _start(context: SearchContext, cursor: str, scope: str) -> int:
    """The offset of a cursor's page. Raises Problem for another dataset version, since its ranking may differ.

    Tantivy reserves memory for as many hits as it skips, so no other offset may get there.
    """
    start, version = decode_cursor(cursor, scope, int, str)
    if not 0 < start < MAX_LISTED:
        raise invalid_cursor(cursor)
    if version != str(context.opened.version):
        message = f"is of the dataset version {version}, which is no longer searched: search again without it"
        raise invalid_cursor(cursor, message)
    return int(start)


def _others(context: SearchContext, searched: Search) -> list[OtherHits]:
    counts: dict[Literal["source", "evidence"], int] = {
        "source": searched.count(SearchKind.source),
        "evidence": searched.count(SearchKind.evidence),
    }
    return [
        {"kind": kind, "count": count, "url": changed_url(context, {"kind": [kind]})} for kind, count in counts.items()
    ]


def _hit(context: SearchContext, hit: FoundHit, is_scored: bool, as_evidence: bool) -> Hit:
    stored = hit.stored
    meeting = stored["meeting"]
    evidence = [_evidence(context, each) for each in hit.evidence]
    found: Hit = {
        "kind": hit.kind,
        "id": stored["id"],
        "url": context.url(LISTS[hit.kind], stored["id"]),
        "read_url": _read_url(context, hit),
        "title": stored["title"],
        "title_matches": hit.title_matches,
        "date": stored["date"],
        "meeting": title_reference(context, "meetings", **meeting) if meeting else None,
        "speakers": [_speaker(context, each) for each in stored.get("speakers", [])],
        "snippet": _snippet(hit.snippet),
        "evidence": evidence,
        "score": round(hit.score, 6) if is_scored else None,
    }
    if as_evidence and evidence:
        best = hit.evidence.index(max(hit.evidence, key=lambda each: len(each.snippet[1])))
        return {**found, "kind": SearchKind.evidence, **evidence[best], "speakers": []}
    return found


def _speaker(context: SearchContext, stored: Mapping[str, Any]) -> ActorReference:
    collection = "people" if stored["kind"] == ActorKind.person else "parties"
    url = context.url(collection, stored["id"]) if stored["id"] is not None else None
    return {"kind": stored["kind"], "id": stored["id"], "name": stored["name"], "url": url}


def _evidence(context: SearchContext, found: FoundEvidence) -> HitEvidence:
    return {
        "id": found.id,
        "url": context.url("evidence", found.id),
        "read_url": context.read_url("evidence", found.id),
        "snippet": _snippet(found.snippet),
    }


def _snippet(found: tuple[str, list[tuple[int, int]]]) -> Snippet:
    text, matches = found
    return {"text": text, "matches": matches}


def _read_url(context: SearchContext, hit: FoundHit) -> str:
    """The URL of the page that shows a hit; an article is on the page of its meeting, and opens at the passage."""
    if hit.kind != SearchKind.source:
        return context.read_url(hit.kind, hit.stored["id"])
    if hit.stored["meeting"] is None:
        return context.url("sources", hit.stored["id"])
    page = f"{context.read_url('meeting', hit.stored['meeting']['id'])}#source-{hit.stored['id']}"
    directives = "&".join(f"text={each}" for each in _passages(*hit.snippet))
    return f"{page}:~:{directives}" if directives else page


def _passages(text: str, matches: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Texts by which a browser finds the first match in an article, encoded, the surest first.

    It takes the first one that the page has: the number of a reference may stand within the others.
    """
    for start, end in matches[:1]:
        before, after = text[:start].rpartition("\n")[2].strip("…"), text[start:].partition("\n")[0].strip("…")
        match = text[start:end]
        longer = " ".join(after.split()[:WORDS_AFTER]), " ".join([*before.split()[-WORDS_BEFORE:], match])
        for passage in dict.fromkeys((*longer, match)):
            yield quote(passage.strip(EDGES), safe="").replace("-", "%2D")


def _facets(context: SearchContext, searched: Search, names: Sequence[FacetName]) -> Facets:
    facets: Facets = {}
    for name in names:
        facets[name] = _facet(context, searched, name)
    return facets


def _facet(context: SearchContext, searched: Search, name: FacetName) -> list[FacetCount]:
    return [
        {
            "value": each.value,
            "label": each.label,
            "count": each.count,
            "url": changed_url(context, facet_filter(name, each.value)),
        }
        for each in searched.facet(name)
    ]


def facet_filter(name: FacetName, *values: str) -> dict[str, Sequence[str]]:
    """The values of the parameters by which a search is narrowed to values of a facet; without a value, to none."""
    return {"date_from": values, "date_to": values} if name == "year" else {name: values}


def changed_url(context: SearchContext, changes: Mapping[str, Sequence[str]]) -> str:
    """The URL of the request with other values of some parameters, from its first page."""
    left_out = {*changes, "cursor"}
    parameters = [(name, value) for name, value in context.parameters if name not in left_out]
    parameters += [(name, value) for name, values in changes.items() for value in values]
    return f"{context.settings.public_url}{context.path}?{urlencode(parameters)}"


def _suggested(context: SearchContext, stored: Mapping[str, Any]) -> SuggestedItem:
    kind, id = stored["kind"], stored["id"]
    if kind == "topic":
        public_url, parameters = context.settings.public_url, urlencode({"topic": id})
        url, read_url = (f"{public_url}{path}?{parameters}" for path in ("/search", "/read/search"))
    else:
        url, read_url = context.url(LISTS[kind], id), context.read_url(kind, id)
    return {"kind": kind, "id": id, "label": stored["title"], "url": url, "read_url": read_url}


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None
