"""`/openapi.json`, and `/docs` with Swagger UI, whose files the service ships: nothing loads from another origin."""

from mimetypes import guess_type
from pathlib import Path

import fastapi_swagger
from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from app.http.routing import LenientRoute, SlowRoute, contract_router
from app.problems import not_found
from app.version import VERSION


class DocumentationRoute(LenientRoute):
    """A route to the documentation as a page, which is large, or to a file of it."""

    quick = False


router = contract_router(route_class=SlowRoute)
page_router = contract_router(route_class=DocumentationRoute)

_SWAGGER = Path(fastapi_swagger.__file__).parent / "resources"
_OWN = Path(__file__).parents[2] / "pages" / "static"
_FILES = {
    "swagger-ui-bundle.js": _SWAGGER / "swagger-ui-bundle.js",
    "swagger-ui.css": _SWAGGER / "swagger-ui.css",
    "docs.js": _OWN / "docs.js",
    "icon.svg": _OWN / "icon.svg",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@router.get("/openapi.json", include_in_schema=False)
def get_openapi_document(request: Request) -> JSONResponse:
    return JSONResponse(request.app.openapi())


@page_router.get("/docs", include_in_schema=False, response_class=HTMLResponse)
def get_documentation() -> HTMLResponse:
    """The documentation in Swagger UI."""
    page = (_OWN / "docs.html").read_text(encoding="utf-8").replace("{version}", VERSION)
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})


@page_router.get("/docs/{name}", include_in_schema=False, response_class=Response)
def get_documentation_file(name: str) -> Response:
    """A script, stylesheet or icon of `/docs`."""
    if name not in _FILES:
        raise not_found("file", name)
    return Response(_FILES[name].read_bytes(), media_type=guess_type(name)[0])
