"""`/exports/{name}`: whole lists as files, which `python -m app.exports` writes."""

from pathlib import PurePath
from typing import Annotated, Any

from fastapi import Path, Request, Response

from app.db.request_context import RequestContext, RequestContextDep
from app.exports.file_names import NAMES
from app.exports.publishing import folder_of, published_files
from app.http.conditional_requests import http_date
from app.http.file_responses import file_response
from app.http.negotiation import require_acceptable
from app.http.response_headers import CACHE_CONTROL
from app.http.routing import LenientRoute, contract_router
from app.problems import Code, Problem, not_found


class ExportRoute(LenientRoute):
    """A route to files, which are sent bit by bit."""

    streams = True


router = contract_router("exports", route_class=ExportRoute)

MEDIA_TYPES = {".csv": "text/csv", ".ndjson": "application/x-ndjson", ".sqlite": "application/vnd.sqlite3"}
_PARAMETERS = {".csv": "; charset=utf-8; header=present"}  # RFC 4180, 3

ExportName = Annotated[
    str, Path(description="The name of the file.", examples=["people.csv"], json_schema_extra={"enum": [*NAMES]})
]
_CONTENT: dict[str, Any] = {media_type: {"schema": {"type": "string"}} for media_type in MEDIA_TYPES.values()}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": _CONTENT},
    206: {
        "description": "The requested ranges of the file.",
        "content": {**_CONTENT, "multipart/byteranges": {"schema": {"type": "string"}}},
    },
}


@router.get("/exports/{name}", response_class=Response, responses=_RESPONSES)
def get_export(context: RequestContextDep, request: Request, name: ExportName) -> Response:
    """Download a list as CSV or NDJSON, or all lists as an SQLite database.

    `/dataset` lists the files, with their sizes and digests. `Range` requests parts of a file. A 404 says that the
    operator has not made the exports of this dataset version.
    """
    if name not in NAMES:
        raise not_found("export", name)
    suffix = PurePath(name).suffix
    require_acceptable(request.scope["headers"], MEDIA_TYPES[suffix])
    folder = folder_of(context.settings, context.version)
    export = next((file for file in published_files(folder) if file.name == name), None)
    if export is None:
        raise _not_made(context)
    headers = {
        "Content-Type": MEDIA_TYPES[suffix] + _PARAMETERS.get(suffix, ""),
        "ETag": f'"{export.sha256}"',
        "Last-Modified": http_date(context.version.loaded_at).decode(),
        "Cache-Control": CACHE_CONTROL.decode(),
    }
    try:
        return file_response(request, folder / name, export.size, headers)
    except FileNotFoundError:  # removed since the manifest was read
        raise _not_made(context) from None


def _not_made(context: RequestContext) -> Problem:
    detail = f"There are no exports of dataset version {context.version}: `python -m app.exports` makes them."
    return Problem(Code.not_found, detail)
