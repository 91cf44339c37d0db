"""Problems: why a request cannot be answered, as an exception, with the code and the meaning of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, Field
from rapidfuzz import process

RETRY_AFTER_SECONDS = 5

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


class ClientDisconnected(Exception):
    """The client closed its connection before the response, so there is nobody to respond to."""


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
