"""Items as rows of CSV files and of the tables of the SQLite export.

A field of a nested object is a column with a dotted name, such as `meeting.id`, which is null if the object is null. A
list is one column with JSON text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

from app.http.json_encoding import encode_text

Value = str | int | bool | None

_QUOTED = re.compile('[",\r\n]')
"""The characters that a cell of a CSV file may contain only between quotation marks (RFC 4180, 2)."""


@dataclass(frozen=True, slots=True)
class Column:
    """The path of a column's value in an item, and its type: `str`, an enumeration, `int`, `bool` or `list`."""

    path: tuple[str, ...]
    kind: type

    @property
    def name(self) -> str:
        return ".".join(self.path)


def columns(item: type, *above: str) -> Iterator[Column]:
    """The columns of an item's TypedDict, in the order of its fields. `above` is the path of a nested one."""
    for name, annotation in get_type_hints(item).items():
        kind = _kind(annotation)
        if is_typeddict(kind):
            yield from columns(kind, *above, name)
        else:
            yield Column((*above, name), kind)


def entry_type(item: type, field: str) -> type:
    """The type of the entries of a list inside an item, by the item's TypedDict."""
    (entry,) = get_args(_without_none(get_type_hints(item)[field]))
    return entry  # type: ignore[no-any-return]


def _kind(annotation: Any) -> type:
    """The type of a field, without `| None` and without the type of a list's items."""
    kind: type = _without_none(annotation)
    return get_origin(kind) or kind


def _without_none(annotation: Any) -> Any:
    kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
    return kinds[0] if NoneType in get_args(annotation) else annotation


def row(item: Mapping[str, Any], columns: list[Column]) -> list[Value]:
    """The values of an item, one for each column."""
    return [_value(item, column) for column in columns]


def _value(fields: Any, column: Column) -> Value:
    for name in column.path:
        if fields is None:
            return None
        fields = fields[name]
    return encode_text(fields) if column.kind is list and fields is not None else fields


def csv_line(values: Iterable[Value]) -> str:
    """A line of a CSV file (RFC 4180): an empty cell for null, `true` or `false` for a boolean.

    Python's `csv` writes the same bytes, and takes three times as long, because it looks at each character by itself.
    """
    return f"{','.join(map(_cell, values))}\r\n"


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value).lower()
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value
