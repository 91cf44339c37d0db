"""Query parameters that several lists have."""

import re
from collections.abc import Mapping
from keyword import iskeyword
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    create_model,
    field_validator,
)

from app.api.shared.dataset_versions import VersionParam
from app.dates import days
from app.enums import MeetingFormat, MeetingStatus
from app.search.query_parsing import MAX_QUERY_CHARACTERS, parse_query
from app.types import COUNTRY, LANGUAGE, SLUGS, WIKIDATA, PartialDate

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
LanguageTag = Annotated[str, StringConstraints(pattern=LANGUAGE, max_length=100)]
WikidataId = Annotated[str, StringConstraints(pattern=WIKIDATA, max_length=100)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=400)]
FoldedLabel = Annotated[Label, AfterValidator(str.casefold)]
"""A label, compared without case."""


def not_before(start: str) -> AfterValidator:
    """Require that the last day of a span is not before its first day, which the parameter `start` gives."""

    def check(day: str, info: ValidationInfo) -> str:
        first = info.data.get(start)
        if first and day < first:
            raise ValueError(f"is before `{start}`, {first}")
        return day

    return AfterValidator(check)


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


def valid_query(q: str) -> str:
    """Require that a text is a search query. Raises ValueError if it has more words than are allowed."""
    parse_query(q)
    return q


QueryText = Annotated[str, Field(min_length=1, max_length=MAX_QUERY_CHARACTERS), AfterValidator(valid_query)]
"""The text of a search query."""


ByChange = Literal["changed_in", "-changed_in"]
"""The sorts by the dataset version that last changed an item, which every list has."""
ByMeeting = Literal["date", "-date", "place"]
"""The sorts of items that belong to a meeting."""
SortBy = Annotated[T, Field(description="The sort of the list; `-` before it for descending order.")]


def filter_by(description: str, *example: str) -> Any:
    """A parameter that can be repeated: items match if they match one of its values."""
    return Field(default=[], description=description, examples=[[*example]])


def filter_from(description: str, example: str) -> Any:
    """A parameter that is given once."""
    return Field(default=None, description=description, examples=[example])


MAX_WITH = 10
"""How often `with` may be given: each adds a condition to the statement."""


def filter_with(description: str) -> Any:
    """The parameter `with`, whose name Python reserves: items match if they match all of its values."""
    return Field(default=[], alias="with", max_length=MAX_WITH, description=description, examples=[["rus", "usa"]])


class CursorQuery(BaseModel):
    """The query parameters of a page with a list of meetings."""

    cursor: Cursor = None


class ListQuery(BaseModel):
    """The query parameters of every list. The list of a resource has `Fields` of its items as its `fields`."""

    limit: Limit = 20
    cursor: Cursor = None
    fields: frozenset[str] = frozenset()
    id: list[PublicId] = Field(default=[], description="Only items with one of these ids.")
    q: QueryText | None = Field(
        default=None,
        description="Only items that match this search query: they have all of its words, in any order and form; words"
        " in double quotes stand together; a minus before a word excludes it.",
        examples=["Russia"],
    )
    changed_since: VersionParam | None = Field(
        default=None,
        description="Only items that changed after this dataset version (`Readout-Dataset`); `0` is before the first.",
        examples=["0"],
    )

    def value_of(self, name: str) -> Any:
        """The value of the parameter with a name; its field has another one if Python reserves the name."""
        return getattr(self, f"{name}_" if iskeyword(name) else name)


class DatesQuery(ListQuery):
    """The query parameters of lists whose items have a date: their meeting's."""

    date_from: FirstDay | None = filter_from(
        "Only items of meetings that may have taken place on or after this partial date.", "2025-02"
    )
    date_to: Annotated[LastDay, not_before("date_from")] | None = filter_from(
        "Only items of meetings that may have taken place on or before this partial date.", "2025"
    )


class PartQuery(DatesQuery):
    """The query parameters of lists whose items belong to a meeting."""

    meeting: list[PublicId] = filter_by("Only items of one of these meetings.", "riyadh-2025-02-18")

    @field_validator("sort", check_fields=False)
    @classmethod
    def _has_place(cls, sort: str, others: ValidationInfo) -> str:
        if sort == "place" and len(others.data.get("meeting", [""])) != 1:
            raise ValueError("is the order of the words in the articles of one meeting: give exactly one `meeting`")
        return sort


class MeetingPartQuery(PartQuery):
    """The query parameters of lists whose items can be filtered by their meeting's properties."""

    with_: list[PublicId] = filter_with(
        "Only items of meetings with all of these parties and people: a party among the meeting's `parties` or with a"
        " delegate, a person as a delegate or speaker."
    )
    country: list[Country] = filter_by("Only items of meetings in one of these countries (ISO 3166-1 alpha-3).", "SAU")
    status: list[MeetingStatus] = filter_by("Only items of meetings with one of these statuses.", "held")
    format: list[MeetingFormat] = filter_by("Only items of meetings of one of these formats.", "bilateral")
    meeting_topic: list[PublicId] = filter_by(
        "Only items of meetings with one of these topics among the meeting's `topics`.", "ukraine"
    )


def refusing(query: type[ListQuery], name: str, reasons: Mapping[str, str], **others: Any) -> type[ListQuery]:
    """The query of a list without some parameters, which it refuses with a reason. `others` replace fields.

    A refused parameter has the type None, by which the OpenAPI document leaves it out.
    """

    def refuse(_: object, field: ValidationInfo) -> None:
        raise ValueError(reasons[str(field.field_name)])

    fields: dict[str, Any] = {**dict.fromkeys(reasons, (None, None)), **others}
    return create_model(
        f"{query.__name__.removesuffix('Query')}{name}Query",
        __base__=query,
        __validators__={"refuse": field_validator(*reasons, mode="before")(refuse)},
        **fields,
    )
