"""Error responses: a problem document (RFC 9457) for every exception."""

from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from app.db.errors import Unavailable
from app.problems import MEANINGS, Code, ParameterError, Problem, try_again
from app.types import Address

MEDIA_TYPE = "application/problem+json"
UNPROCESSABLE = 422
ALLOWED_METHODS = "GET, HEAD, OPTIONS"


class ProblemDocument(BaseModel):
    """A problem (RFC 9457)."""

    type: Address = Field(description="The address that explains the code.")
    title: str = Field(description="The code in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened here.")
    instance: str = Field(description="The request's path, with the prefix of the public address.")
    code: Code = Field(description="The code, for programs.")


class InvalidParameters(ProblemDocument):
    """A problem with parameters. A cursor or a dataset version is looked up only if all others are right."""

    errors: list[ParameterError] = Field(
        description="The errors in the order of the request, at most 20; `detail` says how many more there are."
        " `code` is that of the first."
    )


def problem_document(problem: Problem, path: str, public_url: str) -> dict[str, Any]:
    """A problem as the body of a response, with `errors` if it is about parameters."""
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


def error_response(problem: Problem, scope: Scope, public_url: str) -> Response:
    """The response to a request that cannot be served; it must not be cached."""
    path = scope["raw_path"].decode("ascii", "replace")
    if problem.code is Code.uri_too_long:
        path = path[:200]
    headers = {"Cache-Control": "no-store", **problem.headers}
    return JSONResponse(problem_document(problem, path, public_url), MEANINGS[problem.code].status, headers, MEDIA_TYPE)


def problem_of(error: Exception, method: str) -> Problem:
    """The problem that an exception means for the client."""
    match error:
        case Problem():
            return error
        case Unavailable():
            return try_again(str(error), error.reason, error.cause)
        case HTTPException(status_code=405):
            detail = f"{method} is not among the methods of this address: {ALLOWED_METHODS}."
            return Problem(Code.method_not_allowed, detail, headers={"Allow": ALLOWED_METHODS})
        case HTTPException():  # no route has the path
            return Problem(Code.not_found, "Nothing has this address.")
    return Problem(Code.internal, "The service failed; its log says why.", cause=repr(error))


def is_expected(error: Exception) -> bool:
    """Whether the request or the database caused an exception, and not a bug in the service."""
    return isinstance(error, Problem | Unavailable | HTTPException)
