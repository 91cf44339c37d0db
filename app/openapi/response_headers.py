"""The headers of answers, as the OpenAPI document tells them. It leaves out what browsers alone read."""

from typing import Any

from app.http.representations import CACHE_CONTROL
from app.http.routing import ContractRoute
from app.openapi.examples import Schema, examples
from app.problems import RETRY_AFTER_SECONDS
from app.types import VERSION

_HEADERS: dict[str, tuple[str, Schema]] = {
    "ETag": ("Stands for the body, in its content coding.", {"pattern": '^"[0-9a-f]{32,64}(-[a-z]+)?"$'}),
    "Cache-Control": ("How long the answer may be kept without asking.", {"const": CACHE_CONTROL.decode()}),
    "No-Store": ("The answer holds only for the moment.", {"const": "no-store"}),
    "Vary": ("The request's headers that choose among the answer's forms.", {"const": "Accept-Encoding"}),
    "Last-Modified": ("When the dataset version was loaded.", {"pattern": " GMT$"}),
    "Readout-Dataset": ("The dataset version that the answer was made from.", {"pattern": f"^{VERSION}$"}),
    "X-Request-ID": (
        "The request's id, by which the log has it: the caller's, if it sent one of this form.",
        {"pattern": "^[A-Za-z0-9._-]{1,128}$"},
    ),
    "Link": ("The address of the next page, if there is one.", {"pattern": '^<[^>]+>; rel="next"$'}),
    "Accept-Ranges": ("A client may ask for parts of the file.", {"const": "bytes"}),
    "Content-Range": (
        "Which bytes these are, or how many there are; where there are several parts, each has its own.",
        {"pattern": r"^bytes ([0-9]+-[0-9]+|\*)/[0-9]+$"},
    ),
    "Retry-After": ("In how many seconds to try again.", {"const": str(RETRY_AFTER_SECONDS)}),
}
_IF_KNOWN = "-If-Known"
"""After the name of a header that an answer has only if the database can be read."""


def headers() -> dict[str, Any]:
    """All of them, by the names that `of_answer` and `of_problem` refer to."""
    shown = examples().get("headers", {})
    told: dict[str, Any] = {}
    for name, (description, schema) in _HEADERS.items():
        example = schema.get("const", shown.get(name.lower()))
        told[name] = {
            "description": description,
            "required": name not in ("Link", "Content-Range"),
            "schema": {"type": "string", **schema, "examples": [example]},
        }
    for name in ("Last-Modified", "Readout-Dataset"):
        told[name + _IF_KNOWN] = {**told[name], "required": False}
    return told


def of_answer(route: ContractRoute, operation: dict[str, Any], status: str) -> dict[str, Any]:
    """The headers of what a route answers with a status that is no problem's."""
    if_known = "" if route.reads_database else _IF_KNOWN
    is_file = "206" in operation["responses"]
    names = {"Readout-Dataset": f"Readout-Dataset{if_known}", "X-Request-ID": "X-Request-ID"}
    if route.cacheable:
        names |= {"ETag": "ETag", "Cache-Control": "Cache-Control", "Last-Modified": f"Last-Modified{if_known}"}
    else:
        names |= {"Cache-Control": "No-Store"}
    if route.cacheable and not is_file:
        names |= {"Vary": "Vary"}
    if is_file and status != "304":
        names |= {"Accept-Ranges": "Accept-Ranges"}
    if status == "206":
        names |= {"Content-Range": "Content-Range"}
    if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ())):
        names |= {"Link": "Link"}
    return _references(names)


def of_problem(status: int) -> dict[str, Any]:
    """The headers of a problem."""
    names = {
        "Cache-Control": "No-Store",
        "Readout-Dataset": f"Readout-Dataset{_IF_KNOWN}",
        "X-Request-ID": "X-Request-ID",
    }
    further = {416: {"Content-Range": "Content-Range"}, 503: {"Retry-After": "Retry-After"}}
    return _references(names | further.get(status, {}))


def _references(names: dict[str, str]) -> dict[str, Any]:
    return {header: {"$ref": f"#/components/headers/{name}"} for header, name in names.items()}
