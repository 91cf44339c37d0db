"""The writer of exports: each list as NDJSON and CSV, the link tables as CSV, and all as one SQLite database."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, bindparam, select

from app.api.resources.sources import SOURCES
from app.api.shared.list_statements import KeyRow
from app.api.shared.pagination import ListDefinition
from app.db.request_context import RequestContext
from app.db.statements import ByKeys, Statement
from app.enums import Access
from app.exports.csv_rows import Column, Value, columns, csv_line, row
from app.exports.exported_lists import LISTS
from app.exports.file_names import SQLITE_FILE
from app.exports.link_tables import LINK_TABLES, LinkTable
from app.exports.sqlite_export import REFERENCES, SqliteExport
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


class TableWriter:
    """Writes the rows of one table to its CSV file and to the SQLite export."""

    def __init__(self, name: str, columns: list[Column], folder: Path, database: SqliteExport, *key: Column) -> None:
        self._name, self._database = name, database
        self._file = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
        self._file.write(csv_line(column.name for column in columns))
        database.create_table(name, columns, key)

    def write(self, rows: list[list[Value]]) -> None:
        self._file.writelines(map(csv_line, rows))
        self._database.insert(self._name, rows)

    def close(self) -> None:
        self._file.close()


def write_exports(context: RequestContext, folder: Path) -> None:
    """Write all exports into a folder. The same items give the same bytes. Raises OSError."""
    with closing(SqliteExport(folder / SQLITE_FILE)) as database:
        database.begin()
        _write_lists(context, folder, database)
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


def _write_lists(context: RequestContext, folder: Path, database: SqliteExport) -> None:
    """Write all lists with their link tables. A link table that several lists share is complete after the last one."""
    with ExitStack() as files:
        links: dict[LinkTable, TableWriter] = {}
        for link in LINK_TABLES:
            key = link.key_columns
            writer = TableWriter(link.name, [*key, *link.entry_columns], folder, database, *key)
            links[link] = files.enter_context(closing(writer))
        for definition in LISTS:
            header = [*columns(definition.item)]
            with closing(TableWriter(definition.name, header, folder, database)) as table:
                _write_list(context, definition, header, folder, table, links)
            database.index(definition.name, (column for column in header if column.name in REFERENCES))
    for link in LINK_TABLES:
        database.index(link.name, link.linked_columns)


def _write_list(
    context: RequestContext,
    definition: ListDefinition[Any],
    header: list[Column],
    folder: Path,
    table: TableWriter,
    links: Mapping[LinkTable, TableWriter],
) -> None:
    own_links = {link: writer for link, writer in links.items() if definition in link.lists}
    with (folder / f"{definition.name}.ndjson").open("wb") as lines:
        for page in _pages(context, definition):
            for items in definition.batches(context, page):
                lines.writelines(encode(item) + b"\n" for item in items)
                table.write([row(item, header) for item in items])
                for link, writer in own_links.items():
                    writer.write([*link.rows(definition, items)])


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
