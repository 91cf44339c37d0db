"""`/read/search?q=`: the page of search results, with highlighted matches."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import Query
from fastapi.responses import HTMLResponse
from pydantic import AfterValidator, BaseModel

from app.api.endpoints.search import Hit, SearchQuery, Snippet, search
from app.api.resources.meetings import MeetingQuery, list_meetings
from app.api.shared.list_params import Cursor
from app.db.request_context import RequestContext, RequestContextDep
from app.enums import SearchKind
from app.pages.rendering import page_router, render_page
from app.search.query_parsing import normalize_query

router = page_router()


class SearchPageQuery(BaseModel):
    """The query parameters of the search page; without `q`, it shows only the search box."""

    q: Annotated[str, AfterValidator(normalize_query)] = ""
    cursor: Cursor = None


@router.get("/read/search")
def read_search(context: RequestContextDep, query: Annotated[SearchPageQuery, Query()]) -> HTMLResponse:
    q = dict(context.parameters).get("q", "").strip()
    listing = search(context, SearchQuery(q=query.q, cursor=query.cursor)) if q and query.q else None
    hits = listing["items"] if listing else []
    source_urls = _source_urls(context, hits)
    return render_page(
        "search.html",
        context.settings.public_url,
        q=q,
        listing=listing,
        hits=[(hit, _page_url(context, hit, source_urls), list(_segments(hit["snippet"]))) for hit in hits],
    )


def _page_url(context: RequestContext, hit: Hit, source_urls: dict[str, str]) -> str:
    """The URL of the page that shows a hit."""
    if hit["kind"] == SearchKind.source:
        return source_urls.get(hit["id"], hit["url"])
    return context.read_url(hit["kind"], hit["id"])


def _source_urls(context: RequestContext, hits: Sequence[Hit]) -> dict[str, str]:
    """The URLs of articles, which are on the pages of their meetings, by source id."""
    sources = [hit["id"] for hit in hits if hit["kind"] == SearchKind.source]
    meetings = list_meetings(context, MeetingQuery(source=sources, limit=100))["items"] if sources else []
    return {
        source["id"]: f"{context.read_url('meeting', meeting['id'])}#source-{source['id']}"
        for meeting in meetings
        for source in meeting["sources"]
    }


def _segments(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """The segments of a snippet, and for each whether it is a match."""
    text, position = snippet["text"], 0
    for start, end in snippet["matches"]:
        yield text[position:start], False
        yield text[start:end], True
        position = end
    yield text[position:], False
