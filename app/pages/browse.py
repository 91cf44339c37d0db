"""`/read/people`, `/read/parties`, `/read/topics`, `/read/years`: everything as plain links with counts.

`/read/sources/{id}` is the page of an article: what it is, and the meetings whose facts it proves.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy import Column, ColumnElement, bindparam, func, literal_column, select

from app.api.resources.meetings import MEETINGS, MeetingQuery
from app.api.resources.parties import PARTIES, PartyQuery
from app.api.resources.people import PEOPLE, PersonQuery
from app.api.resources.sources import SOURCES, SourceId
from app.api.shared.list_params import CursorQuery, PublicId
from app.api.shared.pagination import Listing, get_item, list_items
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import Statement
from app.models import Meeting, RecordTopic, Topic, table
from app.pages import labels
from app.pages.rendering import page_router, render_page

router = page_router()

PAGE_SIZE = 100
"""The number of links on a page."""

_meeting, _topic, _record_topic = table(Meeting), table(Topic), table(RecordTopic)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to what there is of a person, a party, a topic or a year."""

    name: str
    address: str
    counts: Sequence[str]


@dataclass(slots=True)
class TopicRow:
    """A topic, and how many records of a kind have it. The kind is None if none has it."""

    id: str
    record_kind: str | None
    records: int


@dataclass(slots=True)
class SpanRow:
    """How many meetings were in some years."""

    first: str
    last: str
    meetings: int


class TopicsQuery(BaseModel):
    """The query of the page of topics, which continues after a topic."""

    after: PublicId = ""


_page_of_topics = (
    select(_topic.c.key, _topic.c.id)
    .where(_topic.c.id > bindparam("after"))
    .order_by(_topic.c.id)
    .limit(PAGE_SIZE + 1)
    .subquery()
)
_TOPICS = Statement(
    TopicRow,
    select(
        _page_of_topics.c.id,
        _record_topic.c.record_kind,
        func.count(_record_topic.c.record_key).label("records"),
    )
    .join_from(_page_of_topics, _record_topic, _record_topic.c.topic_key == _page_of_topics.c.key, isouter=True)
    .group_by(_page_of_topics.c.id, _record_topic.c.record_kind)
    .order_by(_page_of_topics.c.id, _record_topic.c.record_kind),
)


def _year(day: Column[Any]) -> ColumnElement[str]:
    return func.substr(day, literal_column("1"), literal_column("4"))


_span: list[ColumnElement[Any]] = [_year(_meeting.c.first_day).label("first"), _year(_meeting.c.last_day).label("last")]
_number: ColumnElement[Any] = func.count().label("meetings")
_YEARS = Statement(
    SpanRow,
    select(*_span, _number).where(_meeting.c.first_day.is_not(None)).group_by(*_span),
)


@router.get("/read/people")
def browse_people(context: RequestContextDep, query: Annotated[CursorQuery, Query()]) -> HTMLResponse:
    found = list_items(context, PEOPLE, PersonQuery(sort="name", cursor=query.cursor, limit=PAGE_SIZE))
    return _listing(context, "People", found, lambda counts: [labels.counted(counts["quotes"], "quote")])


@router.get("/read/parties")
def browse_parties(context: RequestContextDep, query: Annotated[CursorQuery, Query()]) -> HTMLResponse:
    found = list_items(context, PARTIES, PartyQuery(sort="name", cursor=query.cursor, limit=PAGE_SIZE))
    return _listing(context, "Parties", found, lambda counts: [labels.counted(counts["agreements"], "agreement")])


@router.get("/read/topics")
def browse_topics(context: RequestContextDep, query: Annotated[TopicsQuery, Query()]) -> HTMLResponse:
    counts: dict[str, list[str]] = defaultdict(list)
    for row in context.rows(_TOPICS, after=query.after):
        counts[row.id] += [labels.counted(row.records, labels.words(row.record_kind))] if row.record_kind else []
    topics = list(counts)[:PAGE_SIZE]
    links = [Link(labels.words(id), f"/read/search?topic={quote(id)}", counts[id]) for id in topics]
    more = f"/read/topics?after={quote(topics[-1])}" if len(counts) > PAGE_SIZE else None
    return _page(context, "Topics", links, more)


@router.get("/read/years")
def browse_years(context: RequestContextDep) -> HTMLResponse:
    meetings: Counter[str] = Counter()
    for row in context.rows(_YEARS):
        for year in range(int(row.first), int(row.last) + 1):
            meetings[f"{year:04}"] += row.meetings
    links = [
        Link(
            year,
            f"/read/search?kind=meeting&date_from={year}&date_to={year}&sort=-date",
            [labels.counted(meetings[year], "meeting")],
        )
        for year in sorted(meetings, reverse=True)
    ]
    return _page(context, "Years", links, None)


@router.get("/read/sources/{id}")
def read_source(context: RequestContextDep, id: SourceId, query: Annotated[CursorQuery, Query()]) -> HTMLResponse:
    source = get_item(context, SOURCES, id)
    meetings = list_items(context, MEETINGS, MeetingQuery(source=[id], cursor=query.cursor, limit=PAGE_SIZE))
    return render_page(
        "source.html",
        context.settings.public_url,
        source=source,
        meetings=meetings,
        version=str(context.version),
    )


def _listing(
    context: RequestContext, heading: str, found: Listing[Any], counts_of: Callable[[Any], list[str]]
) -> HTMLResponse:
    def links() -> Iterator[Link]:
        for item in found["items"]:
            counts = [labels.counted(item["counts"]["meetings"], "meeting"), *counts_of(item["counts"])]
            yield Link(item["name"], item["read_url"], counts)

    return _page(context, heading, list(links()), found["next"])


def _page(context: RequestContext, heading: str, links: Sequence[Link], more: str | None) -> HTMLResponse:
    return render_page(
        "browse.html",
        context.settings.public_url,
        heading=heading,
        links=links,
        more=more,
        path=context.path,
        version=str(context.version),
    )
