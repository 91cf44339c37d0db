"""What each problem code means, and what to do about it."""

from typing import Annotated

from fastapi import Path, Request
from pydantic import Field
from typing_extensions import TypedDict

from app.http.routing import contract_router
from app.problems import MEANINGS, Code, not_found
from app.types import Address

router = contract_router("problems")


class ProblemMeaning(TypedDict):
    """A problem code, explained."""

    code: Annotated[Code, Field(description="The code.")]
    url: Annotated[Address, Field(description="The `type` of such a problem.")]
    title: Annotated[str, Field(description="The code in words.")]
    status: Annotated[int, Field(description="The HTTP status that it comes with.")]
    meaning: Annotated[str, Field(description="What it means.")]
    advice: Annotated[str, Field(description="What to do.")]


@router.get("/problems/{code}")
def get_problem(
    request: Request,
    code: Annotated[str, Path(description="The problem's code.", pattern="^[a-z_]+$", examples=["gone"])],
) -> ProblemMeaning:
    """What a problem code means, and what to do."""
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
