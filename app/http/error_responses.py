"""Problem documents (RFC 9457): the response to every request that failed."""

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
ALLOWED = "GET, HEAD, OPTIONS"


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
