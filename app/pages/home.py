"""`/`: the home page with the timeline and the list of meetings."""

from typing import Annotated

from fastapi import Query
from fastapi.responses import HTMLResponse

from app.api.endpoints.dataset import get_dataset
from app.api.resources.meetings import MeetingQuery, list_meetings
from app.api.shared.list_params import CursorQuery
from app.db.request_context import RequestContextDep
from app.pages import linked_data
from app.pages.rendering import page_router, render_page
from app.pages.timeline import timeline

router = page_router()


@router.get("/")
def home(context: RequestContextDep, query: Annotated[CursorQuery, Query()]) -> HTMLResponse:
    meetings = list_meetings(context, MeetingQuery(cursor=query.cursor))
    dataset = get_dataset(context)
    public_url, loaded_on = context.settings.public_url, dataset["loaded_at"].date().isoformat()
    return render_page(
        "home.html",
        public_url,
        meetings=meetings,
        is_first=query.cursor is None,
        timeline=timeline(meetings["items"]),
        dataset=dataset,
        linked_data=linked_data.dataset(public_url, dataset["version"], loaded_on, dataset["licence"]),
    )
