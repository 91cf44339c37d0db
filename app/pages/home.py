"""`/`: what this is, and the meetings, the latest first."""

from typing import Annotated

from fastapi import Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from app.api.endpoints.dataset import get_dataset
from app.api.resources.meetings import MeetingQuery, list_meetings
from app.api.shared.pagination import Cursor
from app.db.request_context import RequestContextDep
from app.pages.rendering import page, page_router
from app.pages.timeline import timeline

router = page_router()


class HomeQuery(BaseModel):
    """Which page of the meetings."""

    cursor: Cursor = None


@router.get("/")
def home(context: RequestContextDep, query: Annotated[HomeQuery, Query()]) -> HTMLResponse:
    """The meetings, and where else to go."""
    meetings = list_meetings(context, MeetingQuery(cursor=query.cursor))
    return page(
        "home.html",
        context.settings.public_url,
        meetings=meetings,
        is_first=query.cursor is None,
        timeline=timeline(meetings["items"]),
        dataset=get_dataset(context),
    )
