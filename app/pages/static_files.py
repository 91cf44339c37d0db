"""The stylesheets, the script and the icon of the pages, under addresses that change with what they hold."""

from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from fastapi import Response

from app.http.routing import LenientRoute, contract_router
from app.problems import not_found

router = contract_router(route_class=LenientRoute)

_FOLDER = Path(__file__).parent / "static"
_FILES = ("reader.css", "lights.css", "reader.js", "icon.svg")

LIT_WITHOUT_SCRIPT = 1000
"""How many pieces of evidence of a meeting light up, the fact and all its words, without the script."""


@cache
def content(name: str) -> bytes:
    """A file, as it is served."""
    return _lights() if name == "lights.css" else (_FOLDER / name).read_bytes()


def _lights() -> bytes:
    """What stands in for the script: a selector for each mark, since none can say that two elements share a class."""
    selectors = (f":root:has(.e{mark}:target) .e{mark}" for mark in range(LIT_WITHOUT_SCRIPT))
    return f"{','.join(selectors)}{{--light:var(--lit)}}\n".encode()


@cache
def address(name: str) -> str:
    """Where a file is, below the public address; with its hash, so that a new one is never mixed with an old page."""
    return f"/read/static/{name}?{sha256(content(name)).hexdigest()[:8]}"


@router.get("/read/static/{name}", include_in_schema=False, response_class=Response)
def get_asset(name: str) -> Response:
    """A file of the pages."""
    if name not in _FILES:
        raise not_found("file", name)
    return Response(content(name), media_type=guess_type(name)[0])
