"""Items as the chunks of a table that is downloaded while it is read: CSV for spreadsheets, or NDJSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.exports.csv_rows import Column, Value, csv_line, row
from app.http.json_encoding import encode

BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel does not read a file as UTF-8."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet may run a cell that begins with one of these (OWASP, "CSV Injection")."""

Batches = Iterable[Sequence[Mapping[str, Any]]]
"""Items, as lists of bounded size."""


def csv_chunks(batches: Batches, columns: list[Column]) -> Iterator[bytes]:
    """A table as CSV (RFC 4180), in chunks of bounded size, the header with the first one."""
    header = BYTE_ORDER_MARK + csv_line(column.name for column in columns)
    for items in batches:
        lines = (csv_line(map(_harmless, row(item, columns))) for item in items)
        yield "".join((header, *lines)).encode()
        header = ""
    yield header.encode()


def ndjson_chunks(batches: Batches) -> Iterator[bytes]:
    """Items as lines of JSON, in chunks of bounded size; at least one chunk."""
    for items in batches:
        yield b"".join(encode(item) + b"\n" for item in items)
    yield b""


def _harmless(value: Value) -> Value:
    """A cell as spreadsheets show it: an apostrophe keeps them from running it as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
