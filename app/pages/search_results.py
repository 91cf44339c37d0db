"""`/read/search?q=`: what was found, with its matches marked."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import Query
from fastapi.responses import HTMLResponse
from pydantic import AfterValidator, BaseModel

from app.api.endpoints.search import Hit, SearchQuery, Snippet, search
from app.api.resources.meetings import MeetingQuery, list_meetings
from app.api.shared.pagination import Cursor
from app.db.request_context import RequestContext, RequestContextDep
from app.enums import SearchKind
from app.pages.rendering import page, page_router
from app.search.query_parsing import normalize_query

router = page_router()


class Sought(BaseModel):
    """What is searched for; nothing yet, where a reader only wants the box."""

    q: Annotated[str, AfterValidator(normalize_query)] = ""
    cursor: Cursor = None


@router.get("/read/search")
def read_search(context: RequestContextDep, query: Annotated[Sought, Query()]) -> HTMLResponse:
    """What was found."""
    q = dict(context.parameters).get("q", "").strip()
    listing = search(context, SearchQuery(q=query.q, cursor=query.cursor)) if q and query.q else None
    hits = listing["items"] if listing else []
    places = _places_of_sources(context, hits)
    return page(
        "search.html",
        context.settings.public_url,
        q=q,
        listing=listing,
        hits=[(hit, _place(context, hit, places), list(_pieces(hit["snippet"]))) for hit in hits],
    )


def _place(context: RequestContext, hit: Hit, places_of_sources: dict[str, str]) -> str:
    """Where a reader sees it."""
    if hit["kind"] == SearchKind.source:
        return places_of_sources.get(hit["id"], hit["url"])
    return context.read_url(hit["kind"], hit["id"])


def _places_of_sources(context: RequestContext, hits: Sequence[Hit]) -> dict[str, str]:
    """Articles stand on the pages of their meetings."""
    sources = [hit["id"] for hit in hits if hit["kind"] == SearchKind.source]
    meetings = list_meetings(context, MeetingQuery(source=sources, limit=100))["items"] if sources else []
    return {
        source["id"]: f"{context.read_url('meeting', meeting['id'])}#source-{source['id']}"
        for meeting in meetings
        for source in meeting["sources"]
    }


def _pieces(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """A snippet in pieces, each with whether it matches."""
    text, at = snippet["text"], 0
    for start, end in snippet["matches"]:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False
