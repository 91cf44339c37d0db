"""The rule by which an item becomes a row.

A field of a nested object is a column of its own, named after both with a dot between, as `meeting.id`; all of them are
null where the object is. A list is one column, with the list as JSON text.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column's value stands in an item, and its type: `str` or an enumeration, `int`, `bool` or `list`."""

    path: tuple[str, ...]
    kind: type

    @property
    def name(self) -> str:
        return ".".join(self.path)


def columns(model: type[BaseModel], *above: str) -> Iterator[Column]:
    """The columns that a model's fields are, in their order: the same for every item."""
    for name, field in model.model_fields.items():
        kind = _kind(field.annotation)
        if issubclass(kind, BaseModel):
            yield from columns(kind, *above, name)
        else:
            yield Column((*above, name), kind)


def _kind(annotation: Any) -> type:
    """The type of a field that may be null, or that is a list of something."""
    given = [kind for kind in get_args(annotation) if kind is not NoneType]
    kind: type = given[0] if NoneType in get_args(annotation) else annotation
    return get_origin(kind) or kind


def row(item: BaseModel, columns: list[Column]) -> list[Value]:
    """An item's values, one for each column."""
    fields = item.model_dump(mode="json")
    return [_value(fields, column) for column in columns]


def _value(fields: Any, column: Column) -> Value:
    for name in column.path:
        fields = None if fields is None else fields[name]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")) if column.kind is list else fields


def cell(value: Value) -> str | int | None:
    """A value as a CSV file has it: nothing for null, and booleans as in JSON."""
    return str(value).lower() if isinstance(value, bool) else value
