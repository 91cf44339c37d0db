"""`/robots.txt` and `/sitemap.xml`: which pages search engines may list (sitemaps.org, RFC 9309).

A part of the sitemap has the items with a range of keys, so that each part is read by its own rows alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from xml.sax.saxutils import escape

from fastapi import Path, Request, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy import Table, bindparam, func, select

from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import Statement
from app.models import DatasetVersion, Meeting, Party, Person, Source, table
from app.pages.rendering import page_router
from app.problems import not_found

PART_SIZE = 10_000
"""The number of keys of a part. A sitemap may have 50,000 URLs."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_version = table(DatasetVersion)


class XmlResponse(Response):
    media_type = "application/xml"


router = page_router(XmlResponse)


@dataclass(slots=True)
class HighestKeyRow:
    key: int | None


@dataclass(slots=True)
class PageRow:
    id: str
    loaded_at: datetime


def _highest_key(rows: Table) -> Statement[HighestKeyRow]:
    return Statement(HighestKeyRow, select(func.max(rows.c.key).label("key")))


def _pages(rows: Table) -> Statement[PageRow]:
    """The items with keys in a part, each with the load that changed it last."""
    return Statement(
        PageRow,
        select(rows.c.id, _version.c.loaded_at)
        .join(_version, _version.c.number == rows.c.changed_in)
        .where(rows.c.key > bindparam("after"), rows.c.key <= bindparam("last"))
        .order_by(rows.c.key),
    )


_PARTS: Mapping[str, tuple[str, Statement[HighestKeyRow], Statement[PageRow]]] = {
    name: (folder, _highest_key(rows), _pages(rows))
    for name, folder, rows in (
        ("meetings", "read", table(Meeting)),
        ("people", "read/people", table(Person)),
        ("parties", "read/parties", table(Party)),
        ("sources", "read/sources", table(Source)),
    )
}


@router.get("/robots.txt", response_class=PlainTextResponse)
def get_robots(request: Request) -> PlainTextResponse:
    """The pages are for search engines; searches are not."""
    public_url = request.app.state.settings.public_url
    lines = ("User-agent: *", "Disallow: /read/search", "Disallow: /search", "Disallow: /suggest")
    return PlainTextResponse("\n".join([*lines, f"Sitemap: {public_url}/sitemap.xml", ""]))


@router.get("/sitemap.xml")
def get_sitemap(context: RequestContextDep) -> XmlResponse:
    parts = "".join(
        f"<sitemap><loc>{escape(f'{context.settings.public_url}/sitemap-{name}-{part}.xml')}</loc></sitemap>\n"
        for name in _PARTS
        for part in range(1, _number_of_parts(context, name) + 1)
    )
    return XmlResponse(f'{_HEADER}<sitemapindex xmlns="{_NAMESPACE}">\n{parts}</sitemapindex>\n')


@router.get("/sitemap-{name}-{part}.xml")
def get_sitemap_part(
    context: RequestContextDep, name: Annotated[str, Path()], part: Annotated[str, Path()]
) -> XmlResponse:
    if name not in _PARTS or not part.isdecimal() or not 1 <= int(part) <= _number_of_parts(context, name):
        raise not_found("part of the sitemap", f"{name}-{part}")
    urls = "".join(_urls(context, name, int(part)))
    return XmlResponse(f'{_HEADER}<urlset xmlns="{_NAMESPACE}">\n{urls}</urlset>\n')


def _number_of_parts(context: RequestContext, name: str) -> int:
    (row,) = context.rows(_PARTS[name][1])
    return -(-(row.key or 0) // PART_SIZE)


def _urls(context: RequestContext, name: str, part: int) -> Iterator[str]:
    folder, _, pages = _PARTS[name]
    for row in context.rows(pages, after=(part - 1) * PART_SIZE, last=part * PART_SIZE):
        address = escape(f"{context.settings.public_url}/{folder}/{row.id}")
        yield f"<url><loc>{address}</loc><lastmod>{row.loaded_at.date().isoformat()}</lastmod></url>\n"
