"""The writer of exports: each list as NDJSON and CSV, and all lists as one SQLite database."""

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
from app.exports.csv_rows import columns, csv_cell, row
from app.exports.exported_lists import LISTS, SQLITE_FILE
from app.exports.sqlite_export import SqliteExport
from app.http.json_encoding import encode
from app.models import Source, SourceText, table

PAGE_SIZE = 100
"""The number of items that are read at once, so that memory does not grow with the dataset."""

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


def write_exports(context: RequestContext, folder: Path) -> None:
    """Write all exports into a folder. The same items give the same bytes. Raises OSError."""
    with closing(SqliteExport(folder / SQLITE_FILE)) as database:
        for definition, item_type in LISTS.items():
            _write_list(context, definition, item_type, folder, database)
        _write_texts(context, database)
        settings, version = context.settings, context.version
        database.insert_dataset(
            {
                "version": str(version),
                "digest": version.digest,
                "url": settings.public_url,
                "licence": settings.licence,
                "contact": settings.contact,
            }
        )
        database.finish()


def _write_list(
    context: RequestContext, definition: ListDefinition[Any], item_type: type, folder: Path, database: SqliteExport
) -> None:
    name, header = definition.name, list(columns(item_type))
    database.create_table(name, header)
    with (
        (folder / f"{name}.ndjson").open("wb") as lines,
        (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file,
    ):
        csv_writer = csv.writer(file)  # RFC 4180: commas, CRLF, and quotation marks where they are needed
        csv_writer.writerow(column.name for column in header)
        for page in _pages(context, definition):
            for items in definition.batches(context, page):
                lines.writelines(encode(item) + b"\n" for item in items)
                rows = [row(item, header) for item in items]
                csv_writer.writerows(map(csv_cell, values) for values in rows)
                database.insert(name, rows)
    database.index(name, header)


def _write_texts(context: RequestContext, database: SqliteExport) -> None:
    database.create_texts()
    for page in _pages(context, SOURCES):
        for text in context.rows_by_key(_TEXTS, [source.key for source in page]):
            database.insert("texts", [[text.id, text.text]])


def _pages(context: RequestContext, definition: ListDefinition[Any]) -> Iterator[list[IdRow]]:
    """The keys and ids of a list's items, sorted by id, a page at a time."""
    rows, after = definition.rows.c, ""
    page = select(rows.key, rows.id).where(rows.id > bindparam("after")).order_by(rows.id)
    statement = Statement(IdRow, page.limit(bindparam("size", PAGE_SIZE, type_=Integer)))
    while found := list(context.rows(statement, after=after)):
        yield found
        after = found[-1].id
