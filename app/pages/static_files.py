"""Static files of the pages: stylesheets, scripts and icon, with a hash of the content in their URLs."""

from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from fastapi import Response

from app.http.routing import LenientRoute, contract_router
from app.problems import not_found


class StaticRoute(LenientRoute):
    """A route to files, which are large enough that they take long to compress."""

    quick = False


router = contract_router(route_class=StaticRoute)

_FOLDER = Path(__file__).parent / "static"
_FILES = ("reader.css", "lights.css", "reader.js", "suggest.js", "icon.svg", "preview.png")

HIGHLIGHTED_WITHOUT_SCRIPT = 1000
"""The number of pieces of evidence of a meeting that are highlighted without the script."""


@cache
def content(name: str) -> bytes:
    return _lights() if name == "lights.css" else (_FOLDER / name).read_bytes()


def _lights() -> bytes:
    """The stylesheet used without the script: a selector for each mark, as CSS cannot match shared classes."""
    selectors = (f":root:has(.e{mark}:target) .e{mark}" for mark in range(HIGHLIGHTED_WITHOUT_SCRIPT))
    return f"{','.join(selectors)}{{--light:var(--lit)}}\n".encode()


@cache
def url_path(name: str) -> str:
    """The URL path of a static file, with a hash, so that an old page never loads a new file."""
    return f"/read/static/{name}?{sha256(content(name)).hexdigest()[:8]}"


@router.get("/read/static/{name}", include_in_schema=False, response_class=Response)
def get_static_file(name: str) -> Response:
    if name not in _FILES:
        raise not_found("file", name)
    return Response(content(name), media_type=guess_type(name)[0])
