"""`readout.sqlite`: every list as a table, the texts that may be shown, and which dataset it all is."""

import errno
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from app.exports.csv_rows import Column

REFERENCES = {
    "meeting.id": "meetings",
    "host.id": "parties",
    "person.id": "people",
    "party.id": "parties",
    "source.id": "sources",
}
"""The columns that name an item of a list, whatever table they are in."""

_TYPES = {int: "INTEGER", bool: "INTEGER"}
_PRAGMAS = (
    "page_size = 4096",
    "journal_mode = OFF",  # a file that was not finished is thrown away
    "synchronous = OFF",  # who publishes it sees to that, for all files
)


class Whole:
    """The file while it is written: the same calls with the same rows make the same bytes.

    Raises OSError for whatever SQLite cannot write, so that nobody takes it for a fault of the database that is read.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            self._run(f"PRAGMA {pragma}")
        self._run("BEGIN")

    def create(self, table: str, columns: Sequence[Column]) -> None:
        """Make a list's table."""
        self._run(f"CREATE TABLE {table} ({', '.join(map(_declared, columns))})")

    def index(self, table: str, columns: Sequence[Column]) -> None:
        """Index the references of a table, so that all that refers to an item is found at once."""
        for column in columns:
            if column.name in REFERENCES:
                self._run(f'CREATE INDEX "{table}_{column.name}" ON {table} ("{column.name}")')

    def insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows to a table."""
        if rows:
            self._run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def create_texts(self) -> None:
        """Make the table of texts, which evidence counts in."""
        self._run("CREATE TABLE texts (source_id TEXT PRIMARY KEY REFERENCES sources (id), text TEXT)")

    def tell(self, dataset: dict[str, str | None]) -> None:
        """Add what the dataset is, a table of one row."""
        self._run(f"CREATE TABLE dataset ({', '.join(f'{name} TEXT' for name in dataset)})")
        self.insert("dataset", [list(dataset.values())])

    def finish(self) -> None:
        """Write what is not yet written."""
        self._run("COMMIT")

    def close(self) -> None:
        self._connection.close()

    def _run(self, statement: str, rows: Iterable[Sequence[Any]] | None = None) -> None:
        try:
            if rows is None:
                self._connection.execute(statement)
            else:
                self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise OSError(errno.EIO, str(error)) from error


def _declared(column: Column) -> str:
    declared = f'"{column.name}" {_TYPES.get(column.kind, "TEXT")}'
    if column.name == "id":
        return f"{declared} PRIMARY KEY"
    table = REFERENCES.get(column.name)
    return f"{declared} REFERENCES {table} (id)" if table else declared
