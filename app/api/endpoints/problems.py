"""`/problems/{code}`: the meaning of each problem code, with advice."""

from typing import Annotated

from fastapi import Path, Request
from pydantic import Field
from typing_extensions import TypedDict

from app.http.routing import contract_router
from app.problems import MEANINGS, Code, not_found
from app.types import Address

router = contract_router("problems")


class ProblemMeaning(TypedDict):
    """The explanation of a problem code."""

    code: Annotated[Code, Field(description="The problem code.")]
    url: Annotated[Address, Field(description="The URL of this explanation, which is the `type` of such a problem.")]
    title: Annotated[str, Field(description="The title of the problem.")]
    status: Annotated[int, Field(description="The HTTP status of the response.")]
    meaning: Annotated[str, Field(description="The meaning of the code.")]
    advice: Annotated[str, Field(description="Advice for the client.")]


@router.get("/problems/{code}")
def get_problem(
    request: Request,
    code: Annotated[str, Path(description="The problem code.", pattern="^[a-z_]+$", examples=["gone"])],
) -> ProblemMeaning:
    """Get the meaning of a problem code, with advice.

    The `type` of every problem document is the URL of such an explanation.
    """
    if code not in set(Code):
        raise not_found("problem", code)
    known = Code(code)
    explained = MEANINGS[known]
    return {
        "code": known,
        "url": f"{request.app.state.settings.public_url}/problems/{known}",
        "title": explained.title,
        "status": explained.status,
        "meaning": explained.meaning,
        "advice": explained.advice,
    }
