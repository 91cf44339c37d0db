"""`/read/search?q=`: the page of search results, grouped by meeting, with links that narrow the search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import Query
from fastapi.responses import HTMLResponse
from pydantic import AfterValidator
from typing_extensions import TypedDict

from app.api.endpoints.search import (
    FacetName,
    Hit,
    SearchFilterQuery,
    SearchResults,
    changed_url,
    facet_filter,
    search_results,
)
from app.api.shared.list_params import valid_query
from app.enums import SearchKind
from app.http.routing import contract_router
from app.pages import labels
from app.pages.rendering import PageRoute, render_page
from app.search.search_route import SearchContext, SearchContextDep, SearchRoute

HITS_ON_PAGE = 50
"""How many hits a page groups by their meetings."""

MAX_PASSAGES = 3
"""How many hits of one meeting a page shows."""

MAX_LINKS = 8
"""How many values of a facet a page links to."""

FACETS: dict[FacetName, str] = {
    "kind": "Kind",
    "party": "Party",
    "person": "Person",
    "topic": "Topic",
    "year": "Year",
    "country": "Country",
    "commitment": "Commitment",
    "language": "Language",
}
"""The headings of the facets, in order."""

KINDS = {
    "meeting": "Meetings",
    "agenda_item": "Agenda items",
    "delegate": "Delegates",
    "agreement": "Agreements",
    "quote": "Quotes",
    "person": "People",
    "party": "Parties",
    "source": "Articles",
    "evidence": "Evidence",
}

Segment = tuple[str, bool]
"""A part of a text, and whether it is a match."""


class SearchPageRoute(SearchRoute, PageRoute):
    """A route to a page that is made from the search index."""


router = contract_router(route_class=SearchPageRoute)
router.default_response_class = HTMLResponse
router.include_in_schema = False


class SearchPageQuery(SearchFilterQuery):
    """The query parameters of the search page; without `q` and filters, it shows only the search box."""

    q: Annotated[str, AfterValidator(valid_query)] = ""


@dataclass(slots=True)
class Passage:
    """A hit within a group, with its title and its passage."""

    hit: Hit
    title: Sequence[Segment]
    text: Sequence[Segment]


@dataclass(slots=True)
class Group:
    """The hits of a meeting, a person or a party. `itself` is the hit that is the meeting, the person or the party."""

    kicker: str
    title: str
    url: str
    date: str | None
    itself: Passage | None = None
    passages: list[Passage] = field(default_factory=list)
    more: int = 0
    """How many other hits of the meeting are not shown."""


class FacetLink(TypedDict):
    label: str
    count: int
    url: str
    is_chosen: bool


@router.get("/read/search")
def read_search(context: SearchContextDep, query: Annotated[SearchPageQuery, Query()]) -> HTMLResponse:
    q = query.q.strip()
    results = None
    if q or query.is_filtered:
        results = search_results(context, query, q or None, HITS_ON_PAGE, [*FACETS])
    return render_page(
        "search.html",
        context.settings.public_url,
        q=q,
        results=results,
        groups=_groups(context, results["items"]) if results else [],
        facets=[*_facets(context, query, results)] if results else [],
        sorts=[*_sorts(context, query.sort)],
        is_filtered=query.is_filtered,
        all_url=changed_url(context, {name: [] for name in _FILTERS}),
        kinds=KINDS,
        data_url=changed_url(context, {}).replace("/read/search", "/search", 1),
    )


_FILTERS = ("kind", "party", "with", "person", "country", "topic", "language", "commitment", "date_from", "date_to")


def _groups(context: SearchContext, hits: Sequence[Hit]) -> list[Group]:
    """Hits grouped by their meeting, in the order of the best of each."""
    groups: dict[str, Group] = {}
    for hit in hits:
        key = hit["meeting"]["id"] if hit["meeting"] else hit["url"]
        group = groups.setdefault(key, _group(context, hit))
        title, snippet = _segments(hit["title"], hit["title_matches"]), hit["snippet"]
        passage = Passage(hit, [*title], [*_segments(snippet["text"], snippet["matches"])])
        if hit["kind"] in (SearchKind.meeting, SearchKind.person, SearchKind.party):
            group.itself = passage
        elif len(group.passages) < MAX_PASSAGES:
            group.passages.append(passage)
        else:
            group.more += 1
    return [*groups.values()]


def _group(context: SearchContext, hit: Hit) -> Group:
    if meeting := hit["meeting"]:
        held_on = hit["date"] if hit["kind"] != SearchKind.source else None
        return Group("meeting", meeting["title"], context.read_url("meeting", meeting["id"]), held_on)
    return Group(hit["kind"], hit["title"], hit["read_url"], None)


def _facets(
    context: SearchContext, query: SearchPageQuery, results: SearchResults
) -> Iterator[tuple[str, Sequence[FacetLink], str | None]]:
    """The facets that can narrow the search or have: the heading, the links, and the URL without the filter."""
    for name, heading in FACETS.items():
        counts = results["facets"][name]
        chosen = _chosen(query, name)
        if len(counts) < 2 and not chosen:
            continue
        links = [
            FacetLink(
                label=_label(name, each["value"], each["label"]),
                count=each["count"],
                url=each["url"],
                is_chosen=each["value"] in chosen,
            )
            for each in counts
        ]
        shown = [link for at, link in enumerate(links) if at < MAX_LINKS or link["is_chosen"]]
        yield heading, shown, changed_url(context, facet_filter(name)) if chosen else None


def _chosen(query: SearchPageQuery, name: FacetName) -> set[str]:
    if name == "year":
        return {day[:4] for day in (query.date_from, query.date_to) if day}
    return {str(value) for value in getattr(query, name)}


def _label(name: FacetName, value: str, label: str) -> str:
    match name:
        case "kind":
            return KINDS[value]
        case "topic":
            return labels.words(value)
        case "commitment":
            return labels.COMMITMENTS[value]  # type: ignore[index]
    return label


def _sorts(context: SearchContext, sort: Literal["relevance", "-date"]) -> Iterator[tuple[str, str, bool]]:
    """The sorts: label, URL, and whether it is the page's."""
    yield "Best first", changed_url(context, {"sort": []}), sort == "relevance"
    yield "Newest first", changed_url(context, {"sort": ["-date"]}), sort == "-date"


def _segments(text: str, matches: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    """The segments of a text, and for each whether it is a match."""
    position = 0
    for start, end in matches:
        yield text[position:start], False
        yield text[start:end], True
        position = end
    yield text[position:], False
