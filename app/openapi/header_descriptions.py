"""The response headers in the OpenAPI document, except for those that only browsers read."""

from typing import Any

from app.http.response_headers import CACHE_CONTROL
from app.http.routing import ContractRoute
from app.http.streaming import StreamRoute
from app.openapi.examples import Schema, examples
from app.problems import RETRY_AFTER_SECONDS
from app.types import VERSION

_HEADERS: dict[str, tuple[str, Schema]] = {
    "ETag": ("The entity tag of the body in its content coding.", {"pattern": '^"[0-9a-f]{32,64}(-[a-z]+)?"$'}),
    "Cache-Control": ("How long the response may be cached without revalidation.", {"const": CACHE_CONTROL.decode()}),
    "No-Store": ("The response must not be cached.", {"const": "no-store"}),
    "Vary": ("The request headers that select the representation.", {"const": "Accept-Encoding"}),
    "Last-Modified": ("The time when the dataset version was loaded.", {"pattern": " GMT$"}),
    "Readout-Dataset": ("The dataset version of the response.", {"pattern": f"^{VERSION}$"}),
    "X-Request-ID": (
        "The request id in the log: the client's, if it sent one of this form.",
        {"pattern": "^[A-Za-z0-9._-]{1,128}$"},
    ),
    "Link": ("The URL of the next page, if there is one.", {"pattern": '^<[^>]+>; rel="next"$'}),
    "Accept-Ranges": ("Range requests are supported.", {"const": "bytes"}),
    "Content-Range": (
        "The range of the body and the size of the file; of several ranges each has its own, in the body.",
        {"pattern": r"^bytes ([0-9]+-[0-9]+|\*)/[0-9]+$"},
    ),
    "Content-Disposition": ("The name of the file.", {"pattern": '^attachment; filename="[a-z]+[.][a-z]+"$'}),
    "Retry-After": ("The number of seconds after which to try again.", {"const": str(RETRY_AFTER_SECONDS)}),
}
_IF_KNOWN = "-If-Known"
"""The suffix of a header that a response has only if the database can be read."""


def headers() -> dict[str, Any]:
    """The headers by the names that `success_headers` and `problem_headers` refer to."""
    shown = examples().get("headers", {})
    components: dict[str, Any] = {}
    for name, (description, schema) in _HEADERS.items():
        example = schema.get("const", shown.get(name.lower()))
        components[name] = {
            "description": description,
            "required": name not in ("Link", "Content-Range"),
            "schema": {"type": "string", **schema, "examples": [example]},
        }
    for name in ("Last-Modified", "Readout-Dataset"):
        components[name + _IF_KNOWN] = {**components[name], "required": False}
    return components


def success_headers(route: ContractRoute, operation: dict[str, Any], status: str) -> dict[str, Any]:
    """The headers of a route's response with a status below 400."""
    if_known = "" if route.reads_data else _IF_KNOWN
    is_file = "206" in operation["responses"]
    names = [f"Readout-Dataset{if_known}", "X-Request-ID"]
    names += ["ETag", "Cache-Control", f"Last-Modified{if_known}"] if route.cacheable else ["No-Store"]
    if route.cacheable and not is_file:
        names.append("Vary")
    if isinstance(route, StreamRoute) and status == "200":
        names.append("Content-Disposition")
    if is_file and status != "304":
        names.append("Accept-Ranges")
    if status == "206":
        names.append("Content-Range")
    if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ())):
        names.append("Link")
    return _references(names)


def problem_headers(status: int) -> dict[str, Any]:
    """The headers of an error response."""
    further = {416: ["Content-Range"], 503: ["Retry-After"]}
    return _references(["No-Store", f"Readout-Dataset{_IF_KNOWN}", "X-Request-ID", *further.get(status, [])])


def _references(names: list[str]) -> dict[str, Any]:
    return {_header(name): {"$ref": f"#/components/headers/{name}"} for name in names}


def _header(name: str) -> str:
    return "Cache-Control" if name == "No-Store" else name.removesuffix(_IF_KNOWN)
