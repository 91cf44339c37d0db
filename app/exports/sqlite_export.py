"""The SQLite export: a table for each list, the texts with full access, and the dataset version."""

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.exports.csv_rows import Column

REFERENCES = {
    "meeting.id": "meetings",
    "agenda.id": "agenda",
    "host.id": "parties",
    "person.id": "people",
    "party.id": "parties",
    "source.id": "sources",
    "agreement.id": "agreements",
    "quote.id": "quotes",
    "delegate.id": "delegates",
    "evidence.id": "evidence",
}
"""The table that each column refers to; the columns have these names in every table."""

_TYPES = {int: "INTEGER", bool: "INTEGER"}
_PRAGMAS = (
    "page_size = 4096",
    "journal_mode = OFF",  # an unfinished file is removed
    "synchronous = OFF",  # publishing syncs all files
)


class SqliteExport:
    """Writes the SQLite export. The same calls with the same rows write the same bytes.

    Methods raise OSError instead of sqlite3.Error, which would look like a fault of the database that is read.
    """

    def __init__(self, path: Path) -> None:
        with _os_errors():
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    def begin(self) -> None:
        for pragma in _PRAGMAS:
            self._run(f"PRAGMA {pragma}")
        self._run("BEGIN")

    def create_table(self, table: str, columns: Sequence[Column], key: Sequence[Column]) -> None:
        """Create a table. Its primary key are some columns, or one with the name `id`."""
        declared = [_declared(column, is_key=not key and column.name == "id") for column in columns]
        declared += [f"PRIMARY KEY ({', '.join(_quoted(column) for column in key)})"] if key else []
        self._run(f"CREATE TABLE {table} ({', '.join(declared)})")

    def index(self, table: str, columns: Iterable[Column]) -> None:
        """Create an index of a table for each of some columns."""
        for column in columns:
            self._run(f'CREATE INDEX "{table}_{column.name}" ON {table} ({_quoted(column)})')

    def insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            self._run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def create_texts(self) -> None:
        """Create the table of texts, whose code points evidence counts."""
        self._run("CREATE TABLE texts (source_id TEXT PRIMARY KEY REFERENCES sources (id), text TEXT)")

    def insert_dataset(self, dataset: dict[str, str | None]) -> None:
        """Create the table `dataset` with one row."""
        self._run(f"CREATE TABLE dataset ({', '.join(f'{name} TEXT' for name in dataset)})")
        self.insert("dataset", [list(dataset.values())])

    def finish(self) -> None:
        self._run("COMMIT")

    def close(self) -> None:
        self._connection.close()

    def _run(self, statement: str, rows: Iterable[Sequence[Any]] | None = None) -> None:
        with _os_errors():
            if rows is None:
                self._connection.execute(statement)
            else:
                self._connection.executemany(statement, rows)


@contextmanager
def _os_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(errno.EIO, str(error)) from error


def _declared(column: Column, is_key: bool) -> str:
    declared = f"{_quoted(column)} {_TYPES.get(column.kind, 'TEXT')}"
    if is_key:
        return f"{declared} PRIMARY KEY"
    table = REFERENCES.get(column.name)
    return f"{declared} REFERENCES {table} (id)" if table else declared


def _quoted(column: Column) -> str:
    return f'"{column.name}"'
