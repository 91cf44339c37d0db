"""What an answer says when it cannot be what was asked for: problem documents (RFC 9457), all in one place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, Field
from pydantic_core import ErrorDetails
from rapidfuzz import process
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from app.database import Unavailable
from app.formats import Address

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
UNPROCESSABLE = 422
ALLOWED = "GET, HEAD, OPTIONS"

T = TypeVar("T")


class Code(StrEnum):
    """What went wrong, for programs."""

    not_found = "not_found"
    gone = "gone"
    method_not_allowed = "method_not_allowed"
    not_acceptable = "not_acceptable"
    invalid_parameter = "invalid_parameter"
    unknown_parameter = "unknown_parameter"
    invalid_cursor = "invalid_cursor"
    text_withheld = "text_withheld"
    range_not_satisfiable = "range_not_satisfiable"
    uri_too_long = "uri_too_long"
    headers_too_long = "headers_too_long"
    bad_request = "bad_request"
    unavailable = "unavailable"
    internal = "internal"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for: its status and title, what it means, and what to do."""

    status: int
    title: str
    meaning: str
    advice: str


MEANINGS = {
    Code.not_found: Meaning(
        404,
        "Not found",
        "Nothing has this address.",
        "Follow the `url` of an item or a reference; ids are lowercase slugs joined by dots.",
    ),
    Code.gone: Meaning(
        410,
        "Gone",
        "What had this address was removed from the dataset.",
        "Drop it from what you keep; the detail names the dataset version that removed it.",
    ),
    Code.method_not_allowed: Meaning(
        405,
        "Method not allowed",
        "The service is read-only.",
        "Use one of the methods that the `Allow` header names.",
    ),
    Code.not_acceptable: Meaning(
        406,
        "Not acceptable",
        "The `Accept` header rules out the one form that this address has.",
        "Leave `Accept` out, or name the media type that the detail gives.",
    ),
    Code.invalid_parameter: Meaning(
        422,
        "Invalid parameter",
        "A parameter has a value that it cannot have, or is given twice.",
        "Correct what `errors` names; nothing is clamped, ignored or guessed.",
    ),
    Code.unknown_parameter: Meaning(
        422,
        "Unknown parameter",
        "The address takes no parameter of this name.",
        "Use the `suggestion`, if there is one, or see the documentation of the operation.",
    ),
    Code.invalid_cursor: Meaning(
        422,
        "Invalid cursor",
        "The cursor was not made by this list with these filters and this sort.",
        "Take cursors only from `next`, and change nothing beside `limit` while you walk.",
    ),
    Code.text_withheld: Meaning(
        403,
        "Text withheld",
        "Of this source nothing but the cited words may be shown.",
        "Read the words in the evidence, and the article at its publisher, `source_url`.",
    ),
    Code.range_not_satisfiable: Meaning(
        416,
        "Range not satisfiable",
        "The file has no bytes in the range that was asked for.",
        "Ask for a range within the size that `Content-Range` gives.",
    ),
    Code.uri_too_long: Meaning(
        414,
        "URI too long",
        "The address has more than 8,192 bytes.",
        "Ask for fewer ids or filters at once.",
    ),
    Code.headers_too_long: Meaning(
        431,
        "Headers too long",
        "The request's headers have more than 65,536 bytes.",
        "Send less: cookies, say, mean nothing here.",
    ),
    Code.bad_request: Meaning(
        400,
        "Bad request",
        "What was sent is no request of HTTP/1.1.",
        "Ask with a client of HTTP, and by `http`, where the service itself is asked and no proxy.",
    ),
    Code.unavailable: Meaning(
        503,
        "Unavailable",
        "The service cannot use its database now, or is asked for more than it can answer.",
        "Try again after the seconds that `Retry-After` gives.",
    ),
    Code.internal: Meaning(
        500,
        "Internal error",
        "The service failed in a way that it should not.",
        "Tell whoever runs it when it happened; the log has the cause.",
    ),
}


class ParameterError(BaseModel):
    """What is wrong with one parameter."""

    parameter: str = Field(description="The parameter's name.")
    value: str | None = Field(description="The value that was given.")
    message: str = Field(description="What is wrong with it.")
    suggestion: str | None = Field(description="What was probably meant, if anything is near.")


class ProblemDocument(BaseModel):
    """A problem (RFC 9457)."""

    type: Address = Field(description="The address that explains the code.")
    title: str = Field(description="The code in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened here.")
    instance: str = Field(description="The request's path, with the prefix of the public address.")
    code: Code = Field(description="The code, for programs.")


class InvalidParameters(ProblemDocument):
    """A problem with parameters: all of them are in `errors`, under the code of the first."""

    errors: list[ParameterError] = Field(description="Every parameter that is wrong.")


class Problem(Exception):
    """Raised wherever a request cannot be answered as asked; becomes a problem document."""

    def __init__(
        self,
        code: Code,
        detail: str,
        errors: Sequence[ParameterError] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}


def not_found(kind: str, id: str) -> Problem:
    """The problem that nothing of a kind has an id."""
    shown = id if id.isprintable() and len(id) <= 100 else "with this id"
    return Problem(Code.not_found, f"There is no {kind} `{shown}`.")


def gone(kind: str, id: str, version: str) -> Problem:
    """The problem that what had an id was removed."""
    return Problem(Code.gone, f"The {kind} `{id}` was removed in dataset version {version}.")


def invalid(errors: Sequence[tuple[Code, ParameterError]]) -> Problem:
    """The problem that some parameters are wrong."""
    detail = "; ".join(f"`{error.parameter}` {error.message}" for _, error in errors)
    return Problem(errors[0][0], f"{detail}.", [error for _, error in errors])


def all_of(*checks: Callable[[], T]) -> list[T]:
    """What some checks of parameters give. Raises Problem with everything that they find wrong."""
    results, faults = [], []
    for check in checks:
        try:
            results.append(check())
        except Problem as problem:
            faults += [(problem.code, error) for error in problem.errors]
    if faults:
        raise invalid(faults)
    return results


def try_again(detail: str) -> Problem:
    """The problem that the service cannot answer now."""
    return Problem(Code.unavailable, detail, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def nearest(value: str, known: Sequence[str]) -> str | None:
    """The known value that was probably meant."""
    found = process.extractOne(value, known, score_cutoff=70) if 0 < len(value) <= 100 else None
    return found[0] if found else None


def document(problem: Problem, path: str, public_url: str) -> dict[str, Any]:
    """The body of a problem's answer."""
    meaning = MEANINGS[problem.code]
    content = {
        "type": f"{public_url}/problems/{problem.code}",
        "title": meaning.title,
        "status": meaning.status,
        "detail": problem.detail,
        "instance": urlsplit(public_url).path + path,
        "code": problem.code,
    }
    if meaning.status == UNPROCESSABLE:
        content["errors"] = [error.model_dump() for error in problem.errors]
    return content


def answer(error: Exception, scope: Scope, public_url: str) -> Response:
    """The answer to a request that an error came of; no cache may keep it."""
    problem = problem_of(error, scope["method"])
    path = scope["raw_path"].decode("ascii", "replace")
    if problem.code is Code.uri_too_long:
        path = path[:200]
    headers = {"Cache-Control": "no-store", **problem.headers}
    return JSONResponse(document(problem, path, public_url), MEANINGS[problem.code].status, headers, MEDIA_TYPE)


def problem_of(error: Exception, method: str) -> Problem:
    """What an error means for whoever asked."""
    match error:
        case Problem():
            return error
        case Unavailable():
            return try_again(str(error))
        case HTTPException(status_code=405):
            detail = f"{method} is not among the methods of this address: {ALLOWED}."
            return Problem(Code.method_not_allowed, detail, headers={"Allow": ALLOWED})
        case HTTPException():  # the router finds nothing
            return Problem(Code.not_found, "Nothing has this address.")
    return Problem(Code.internal, "The service failed; its log says why.")


def is_expected(error: Exception) -> bool:
    """Whether an error tells of the request or the database, and not of a fault in the service."""
    return isinstance(error, Problem | Unavailable | HTTPException)


def parameter_error(details: ErrorDetails) -> tuple[Code, ParameterError]:
    """What Pydantic found wrong with a parameter, in our words."""
    name = str(details["loc"][0])
    value = details.get("input")
    given = None if details["type"] == "missing" else value
    shown = given if isinstance(given, str) else None if given is None else str(given)
    message, suggestion = _message(details, shown or "")
    error = ParameterError(parameter=name, value=shown and shown[:200], message=message, suggestion=suggestion)
    return Code.invalid_parameter, error


def _message(details: ErrorDetails, value: str) -> tuple[str, str | None]:
    context = details.get("ctx", {})
    match details["type"]:
        case "enum" | "literal_error":
            known = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
            return f"is not one of {', '.join(known)}", nearest(value, known)
        case (
            "greater_than_equal"
            | "less_than_equal"
            | "int_parsing"
            | "int_type"
            | "int_from_float"
            | "int_parsing_size"
        ):
            return "is not a whole number from 1 to 100", None
        case "value_error":
            return str(context["error"]), None
        case "missing":
            return "is missing", None
        case "string_too_short":
            return "is empty", None
    return "has not the form that this parameter takes", None
