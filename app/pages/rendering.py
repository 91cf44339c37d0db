"""HTML pages from Jinja templates: all values are escaped, and a strict Content-Security-Policy is set."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.http.routing import LenientRoute, contract_router
from app.pages import labels, markup, static_files

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No inline scripts or styles, and nothing from other origins."""

_TEMPLATES = Path(__file__).parent / "templates"


class PageRoute(LenientRoute):
    """A route to a page. Rendering takes longer than reading an item, so it runs in a thread."""

    quick = False


def page_router(response_class: type[Response] = HTMLResponse) -> APIRouter:
    """A router for pages and their files, which the OpenAPI document does not list."""
    router = contract_router(route_class=PageRoute)
    router.default_response_class = response_class
    router.include_in_schema = False
    return router


def render_page(template: str, public_url: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A rendered page. Links to other pages have no origin, so that they work behind any proxy."""
    html = _environment().get_template(template).render(base=base_path(public_url), public_url=public_url, **values)
    return HTMLResponse(html, status, {"Content-Security-Policy": POLICY})


def base_path(public_url: str) -> str:
    """The path under which all pages are."""
    return urlsplit(public_url).path


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for function in (
        labels.date,
        labels.days,
        labels.words,
        labels.counted,
        labels.direction,
        labels.unknown,
        host,
        local,
    ):
        environment.filters[function.__name__] = function
    environment.filters |= markup.FILTERS
    environment.globals |= {
        "asset": static_files.url_path,
        "commitments": labels.COMMITMENTS,
        "outcomes": labels.OUTCOMES,
        "kinds": labels.QUOTES,
        "steps": labels.STEPS,
    }
    return environment


def local(address: str) -> str:
    """A public URL without its origin."""
    parts = urlsplit(address)
    return urlunsplit(("", "", *parts[2:]))


def host(address: str) -> str:
    """The host of a URL, without `www.`."""
    return (urlsplit(address).hostname or address).removeprefix("www.")
