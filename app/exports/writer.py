"""The exports' content: every list as lines of JSON and as a table, a page at a time, and all of it in one file."""

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, bindparam, select

from app.api.resources.sources import SOURCES
from app.api.shared.pagination import KeyRow, ListDefinition
from app.db.request_context import RequestContext
from app.db.statements import ByKeys, Statement
from app.enums import Access
from app.exports.csv_rows import cell, columns, row
from app.exports.exported_lists import LISTS, WHOLE, Exported
from app.exports.sqlite_export import Whole
from app.http.json_encoding import encode
from app.models import Source, SourceText, table

PAGE = 100
"""How many items are read at once, as many as the largest page has: memory does not grow with the dataset."""

_source, _text = table(Source), table(SourceText)


@dataclass(slots=True)
class TextRow:
    id: str
    text: str


@dataclass(slots=True)
class IdRow(KeyRow):
    id: str


_TEXTS = ByKeys(
    TextRow,
    lambda keys: (
        select(_source.c.id, _text.c.text)
        .join(_text, _text.c.source_key == _source.c.key)
        .where(keys.matches(_source.c.key), _source.c.access == Access.full)
        .order_by(_source.c.id)
    ),
)


def write(context: RequestContext, folder: Path) -> None:
    """Write all exports into a folder: the same bytes whenever the API gives the same items. Raises OSError."""
    with closing(Whole(folder / WHOLE)) as whole:
        for exported in LISTS:
            _write_list(context, exported, folder, whole)
        _write_texts(context, whole)
        settings, version = context.settings, context.version
        whole.tell(
            {
                "version": str(version),
                "digest": version.digest,
                "url": settings.public_url,
                "licence": settings.licence,
                "contact": settings.contact,
            }
        )
        whole.finish()


def _write_list(context: RequestContext, exported: Exported, folder: Path, whole: Whole) -> None:
    name, header = exported.listed.name, list(columns(exported.item))
    whole.create(name, header)
    with (
        (folder / f"{name}.ndjson").open("wb") as lines,
        (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file,
    ):
        sheet = csv.writer(file)  # RFC 4180: commas, CRLF, and quotation marks where they are needed
        sheet.writerow(column.name for column in header)
        for items in _pages(context, exported):
            lines.writelines(encode(item) + b"\n" for item in items)
            rows = [row(item, header) for item in items]
            sheet.writerows(map(cell, values) for values in rows)
            whole.insert(name, rows)
    whole.index(name, header)


def _write_texts(context: RequestContext, whole: Whole) -> None:
    whole.create_texts()
    for keys in _keys(context, SOURCES):
        for text in context.of(_TEXTS, keys):
            whole.insert("texts", [[text.id, text.text]])


def _pages(context: RequestContext, exported: Exported) -> Iterator[list[Any]]:
    """The items of a list by id, some at a time."""
    for keys in _keys(context, exported.listed):
        items = exported.items(context, keys)
        yield [items[key] for key in keys]


def _keys(context: RequestContext, listed: ListDefinition) -> Iterator[list[int]]:
    """The keys of a list by id, some at a time."""
    rows, after = listed.rows.c, ""
    page = select(rows.key, rows.id).where(rows.id > bindparam("after")).order_by(rows.id)
    statement = Statement(IdRow, page.limit(bindparam("size", PAGE, type_=Integer)))
    while found := list(context.rows(statement, after=after)):
        yield [row.key for row in found]
        after = found[-1].id
