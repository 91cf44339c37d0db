"""Query parameters that several lists have."""

import re
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints

from app.api.shared.dataset_versions import VersionParam
from app.dates import days
from app.search.query_parsing import normalize_query
from app.types import COUNTRY, SLUGS, PartialDate

T = TypeVar("T")


def _digits(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch("[0-9]{1,9}", value):
        raise ValueError("is not a whole number from 1 to 100")
    return value


PublicId = Annotated[str, StringConstraints(pattern=SLUGS, max_length=400)]
Country = Annotated[str, StringConstraints(pattern=COUNTRY)]
FirstDay = Annotated[PartialDate, AfterValidator(lambda text: days(text)[0])]
"""A partial date, converted to its first day."""
LastDay = Annotated[PartialDate, AfterValidator(lambda text: days(text)[1])]
"""A partial date, converted to its last day."""


Limit = Annotated[
    int, Field(ge=1, le=100, description="The maximum number of items on a page."), BeforeValidator(_digits)
]
Cursor = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=4000,
        description="The position of the page, from `next`. It is valid for the same filters and sort only.",
        examples=["ZTZiNjE2MzNlYjUwZGUwYVsia2lyaWxsLWRtaXRyaWV2IiwgImtpcmlsbC1kbWl0cmlldiJd"],
    ),
]
SearchWords = Annotated[str, Field(min_length=1), AfterValidator(normalize_query)]
"""A search query, normalized for the database."""


ByChange = Literal["changed_in", "-changed_in"]
"""The sorts by the dataset version that last changed an item, which every list has."""
SortBy = Annotated[T, Field(description="The sort of the list; `-` before it for descending order.")]


def filter_by(description: str, *example: str) -> Any:
    """A parameter that can be repeated: items match if they match one of its values."""
    return Field(default=[], description=description, examples=[[*example]])


class CursorQuery(BaseModel):
    """The query parameters of a page with a list of meetings."""

    cursor: Cursor = None


class ListQuery(BaseModel):
    """The query parameters of every list."""

    limit: Limit = 20
    cursor: Cursor = None
    id: list[PublicId] = Field(default=[], description="Only items with one of these ids.")
    q: SearchWords | None = Field(
        default=None,
        description="Only items that match this full text search; words in double quotes are a phrase.",
        examples=["Russia"],
    )
    changed_since: VersionParam | None = Field(
        default=None,
        description="Only items that changed after this dataset version (`Readout-Dataset`); `0` is before the first.",
        examples=["0"],
    )
