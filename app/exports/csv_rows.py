"""The rule by which an item becomes a row.

A field of a nested object is a column of its own, named after both with a dot between, as `meeting.id`; all of them are
null where the object is. A list is one column, with the list as JSON text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

from app.http.json_encoding import encode

Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column's value stands in an item, and its type: `str` or an enumeration, `int`, `bool` or `list`."""

    path: tuple[str, ...]
    kind: type

    @property
    def name(self) -> str:
        return ".".join(self.path)


def columns(item: type, *above: str) -> Iterator[Column]:
    """The columns that the fields of a kind of item are, in their order: the same for every one."""
    for name, annotation in get_type_hints(item).items():
        kind = _kind(annotation)
        if is_typeddict(kind):
            yield from columns(kind, *above, name)
        else:
            yield Column((*above, name), kind)


def _kind(annotation: Any) -> type:
    """The type of a field that may be null, or that is a list of something."""
    given = [kind for kind in get_args(annotation) if kind is not NoneType]
    kind: type = given[0] if NoneType in get_args(annotation) else annotation
    return get_origin(kind) or kind


def row(item: Mapping[str, Any], columns: list[Column]) -> list[Value]:
    """An item's values, one for each column."""
    return [_value(item, column) for column in columns]


def _value(fields: Any, column: Column) -> Value:
    for name in column.path:
        fields = None if fields is None else fields[name]
    return encode(fields).decode() if column.kind is list else fields


def cell(value: Value) -> str | int | None:
    """A value as a CSV file has it: nothing for null, and booleans as in JSON."""
    return str(value).lower() if isinstance(value, bool) else value
