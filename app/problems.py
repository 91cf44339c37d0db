"""Problems (RFC 9457): the exception for a request that cannot be served, with all codes and their meanings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, Field

from app.refusal_counts import Reason

RETRY_AFTER_SECONDS = 5

T = TypeVar("T")


class Code(StrEnum):
    """The code of a problem, for programs."""

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
    search_behind = "search_behind"
    internal = "internal"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The status and title of a code, its meaning, and advice for the client."""

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
        "The item with this address was removed from the dataset.",
        "Delete your copy; the detail names the dataset version that removed it.",
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
        "The `Accept` header rules out the one media type of this address.",
        "Omit `Accept`, or name the media type in the detail.",
    ),
    Code.invalid_parameter: Meaning(
        422,
        "Invalid parameter",
        "A parameter has an invalid value, or is given twice.",
        "Correct the parameters in `errors`; nothing is clamped, ignored or guessed.",
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
        "The cursor is not one of this list with these filters and this sort.",
        "Take cursors only from `next`, and change no parameter but `limit` from page to page.",
    ),
    Code.text_withheld: Meaning(
        403,
        "Text withheld",
        "Only the cited words of this source may be shown.",
        "Read the words in the evidence, and the article at its publisher, `source_url`.",
    ),
    Code.range_not_satisfiable: Meaning(
        416,
        "Range not satisfiable",
        "The file has no bytes in the requested range.",
        "Request a range within the size in `Content-Range`.",
    ),
    Code.uri_too_long: Meaning(
        414,
        "URI too long",
        "The address has more than 8,192 bytes.",
        "Request fewer ids or filters at once.",
    ),
    Code.headers_too_long: Meaning(
        431,
        "Headers too long",
        "The request has headers of more than 65,536 bytes, or more than 100 header lines.",
        "Send fewer headers: cookies, for example, have no effect.",
    ),
    Code.bad_request: Meaning(
        400,
        "Bad request",
        "The request is not valid HTTP/1.1.",
        "Use an HTTP client, and the scheme `http` if no proxy is between you and the service.",
    ),
    Code.unavailable: Meaning(
        503,
        "Unavailable",
        "The service cannot use its database now, or has more requests than it can serve.",
        "Try again after the number of seconds in `Retry-After`.",
    ),
    Code.search_behind: Meaning(
        503,
        "Search behind",
        "The search index does not have the dataset version of the list yet, which `q` searches.",
        "Try again after the number of seconds in `Retry-After`, or request the list without `q`.",
    ),
    Code.internal: Meaning(
        500,
        "Internal error",
        "An error in the service.",
        "Report the time and the `X-Request-ID` to the operator; the log has the cause.",
    ),
}


class ParameterError(BaseModel):
    """An error in one parameter."""

    parameter: str = Field(description="The parameter's name.")
    value: str | None = Field(description="The value in the request.")
    message: str = Field(description="The error in it.")
    suggestion: str | None = Field(description="The value that was probably meant, if one is similar.")


class Problem(Exception):
    """Raised if a request cannot be served; the response is a problem document.

    `reason` and `cause` are for the operator: why the request was refused, and the driver's own message.
    """

    def __init__(
        self,
        code: Code,
        detail: str,
        errors: Sequence[ParameterError] = (),
        headers: dict[str, str] | None = None,
        reason: Reason | None = None,
        cause: str = "",
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}
        self.reason = reason
        self.cause = cause


class ClientDisconnected(Exception):
    """The client closed its connection before the response, so there is nobody to respond to."""


def not_found(kind: str, id: str) -> Problem:
    """The problem that no item of a kind has an id."""
    shown = id if id.isprintable() and len(id) <= 100 else "with this id"
    return Problem(Code.not_found, f"There is no {kind} `{shown}`.")


def gone(item: str, version: str) -> Problem:
    """The problem that an item was removed. `item` is its kind and its id, as in a sentence."""
    return Problem(Code.gone, f"The {item} was removed in dataset version {version}.")


def invalid(errors: Sequence[tuple[Code, ParameterError]], further: int = 0) -> Problem:
    """The problem that some parameters are invalid. `further` is the number of errors that it does not list."""
    details = [f"`{error.parameter}` {error.message}" for _, error in errors]
    details += [f"and {further:,} more"] if further else []
    return Problem(errors[0][0], f"{'; '.join(details)}.", [error for _, error in errors])


def all_of(names: Sequence[str], *checks: Callable[[], T]) -> list[T]:
    """The results of some checks of parameters. Raises Problem with the errors of all checks.

    `names` are the names of the parameters in the order of the request, which is also that of the errors.
    """
    results, errors = [], []
    for check in checks:
        try:
            results.append(check())
        except Problem as problem:
            errors += [(problem.code, error) for error in problem.errors]
    if errors:
        raise invalid(sorted(errors, key=lambda each: names.index(each[1].parameter)))
    return results


def try_again(detail: str, reason: Reason, cause: str = "", code: Code = Code.unavailable) -> Problem:
    """The problem that the service cannot serve the request now."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return Problem(code, detail, headers=headers, reason=reason, cause=cause)
