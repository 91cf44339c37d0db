"""Error responses: an HTML page for the URLs of pages, a problem document for all others."""

from fastapi import Response
from starlette.types import Scope

from app.http import error_responses
from app.pages import labels
from app.pages.rendering import render_page
from app.problems import MEANINGS, Problem


def error_response(public_url: str, problem: Problem, scope: Scope) -> Response:
    """The response for a problem: a page or a problem document, depending on the path."""
    path = scope["path"]
    if path not in ("/", "/read") and not path.startswith("/read/"):
        return error_responses.error_response(problem, scope, public_url)
    meaning = MEANINGS[problem.code]
    missing = labels.words(path.rpartition("/")[2])
    response = render_page(
        "problem.html", public_url, meaning.status, problem=problem, meaning=meaning, missing=missing
    )
    response.headers.update({"Cache-Control": "no-store", **problem.headers})
    return response
