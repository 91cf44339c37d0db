"""The parameter `fields`: which fields the items of a response have."""

from collections.abc import Sequence
from typing import Any, Generic, Literal, TypeVar, cast, get_args, get_type_hints

from pydantic import BaseModel, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema
from typing_extensions import is_typeddict

from app.http.query_params import CommaSeparated

ALWAYS = frozenset({"id", "url"})
"""The fields that an item has whatever is requested."""

T = TypeVar("T")


class Fields(CommaSeparated, Generic[T]):
    """The requested fields of items with the TypedDict `T`, ALWAYS among them; empty if all fields are requested.

    It is read from one value, with commas between the names of the item's top level.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        (item,) = get_args(source)
        name = Literal[tuple(field_names(item))] if is_typeddict(item) else str  # `T` itself, in a generic class
        names = core_schema.list_schema(handler.generate_schema(name), min_length=1)
        split = core_schema.no_info_before_validator_function(lambda value: value.split(","), names)
        return core_schema.no_info_after_validator_function(lambda given: cls(ALWAYS.union(given)), split)


ALL: Any = Field(
    default_factory=Fields,
    description="Only these fields of each item, with commas between them; `id` and `url` always come. All others are"
    " absent.",
    examples=[["id", "changed_in"]],
)


class ItemQuery(BaseModel, Generic[T]):
    """The query parameters of one item, which has the TypedDict `T`."""

    fields: Fields[T] = ALL


def field_names(item: type) -> list[str]:
    """The names of the fields of an item's TypedDict, in their order."""
    return [*get_type_hints(item)]


def only(item: T, fields: Sequence[str]) -> T:
    """The item with some of its fields, in their order. It still has the type of a whole item."""
    whole = cast(dict[str, Any], item)
    return cast(T, {name: whole[name] for name in fields})
