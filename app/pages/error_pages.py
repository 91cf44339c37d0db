"""What cannot be answered, as a page where a reader asked, in the same words as the problem."""

from fastapi import Response
from starlette.types import Scope

from app.http import error_responses
from app.pages.rendering import page
from app.problems import MEANINGS


def error_response(public_url: str, error: Exception, scope: Scope) -> Response:
    """The answer to a request that an error came of: a page or a problem, as its address has it."""
    path = scope["path"]
    if path not in ("/", "/read") and not path.startswith("/read/"):
        return error_responses.error_response(error, scope, public_url)
    problem = error_responses.problem_of(error, scope["method"])
    meaning = MEANINGS[problem.code]
    response = page("problem.html", public_url, meaning.status, problem=problem, meaning=meaning)
    response.headers.update({"Cache-Control": "no-store", **problem.headers})
    return response
