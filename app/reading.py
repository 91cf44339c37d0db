"""How requests read: one snapshot of the database each, the version in it, and the addresses of what is there."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import Dialect, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from app.database import BEGIN_READING, BUSY_SECONDS, NEWEST, Version, given, sqlite_url, unavailable, version_of
from app.settings import Settings
from app.statements import OfKeys, Row, Statement

ITEMS_CACHE_KIB, CACHE_KIB = 24 * 1024, 2 * 1024
"""What a connection keeps of the database's pages: the one of the event loop, and each of the threads'."""

THREADS = 8
"""How many requests that may take long read the database at once in one process; the others wait their turn."""

_newest = Statement(NEWEST)


class Readers:
    """The database as requests read it: one read-only connection for each thread, opened at its first request.

    Threads of its own wait for a database that another program holds; any other thread does not, and is told `Held`,
    unless it said that it is patient.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.dialect = engine.dialect
        self.settings = settings
        self._driver_error = engine.dialect.loaded_dbapi.Error
        self._file = Path(str(sqlite_url(settings.database_url).database))
        self._inode = 0
        self.threads = ThreadPoolExecutor(THREADS, "reading", initializer=self.be_patient)
        self._own = threading.local()
        self._opened = 0
        self.connections: list[Any] = []

    def be_patient(self) -> None:
        """Have this thread wait for a database that another program holds; to be called before it reads."""
        self._own.patience = BUSY_SECONDS

    @contextmanager
    def snapshot(self) -> Iterator[tuple[DBAPIConnection, Version]]:
        """This thread's connection in a transaction, with the version that it sees. Raises Unavailable."""
        try:
            connection = self._connection()
            connection.cursor().execute(BEGIN_READING)
            try:
                yield connection, given(version_of(list(_newest.rows(connection, self.dialect, {}))))
            finally:
                connection.rollback()
        except (self._driver_error, DBAPIError) as error:
            self._close_own()  # whatever is wrong with it, the next request opens another
            raise unavailable(getattr(error, "orig", error)) from error

    def mark(self) -> tuple[int, ...]:
        """Something that is another when answers are: the database's file, its change counter, and when the folder of
        exports was changed. Raises Unavailable.
        """
        try:
            file = self._file.stat()
            if file.st_ino != self._inode:
                self._inode = file.st_ino
                self._opened += 1  # every thread opens its connection anew
            ((counter,),) = self._connection().cursor().execute("PRAGMA data_version")
        except (OSError, self._driver_error, DBAPIError) as error:
            raise unavailable(getattr(error, "orig", error)) from error
        return self._inode, counter, _changed_at(self.settings.exports)

    def close(self) -> None:
        self.threads.shutdown()
        for connection in self.connections:
            connection.close()

    def _connection(self) -> DBAPIConnection:
        own = self._own
        if getattr(own, "opened", None) != self._opened:
            self._close_own()
        if getattr(own, "connection", None) is None:
            own.opened, own.connection = self._opened, self._open(getattr(own, "patience", 0))
        return own.connection  # type: ignore[no-any-return]

    def _close_own(self) -> None:
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            self._own.connection = None
            self.connections.remove(connection)
            connection.close()

    def _open(self, patience: int) -> Any:
        pooled = self.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        connection.execute(f"PRAGMA busy_timeout = {patience * 1000}")
        # The one that reads every item gets room for the upper levels of a large database's indexes.
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB if patience else ITEMS_CACHE_KIB}")
        self.connections.append(connection)
        return connection


def _changed_at(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


@dataclass(slots=True)
class Reading:
    """What an endpoint answers from: a snapshot with its dataset version, and what the request asked for."""

    connection: DBAPIConnection
    dialect: Dialect
    version: Version
    settings: Settings
    path: str
    """The request's path, without the prefix of the public address."""
    parameters: Sequence[tuple[str, str]]
    """The query, as it was given."""

    def rows(self, statement: Statement, **values: Any) -> Iterator[Row]:
        """The rows that a statement gives for some values of its parameters, read as they are asked for."""
        return statement.rows(self.connection, self.dialect, values)

    def of(self, statement: OfKeys, keys: list[int]) -> Iterator[Row]:
        """The rows that a statement gives for some keys."""
        return statement.rows(self.connection, self.dialect, keys)

    def url(self, collection: str, id: str) -> str:
        """The public address of something: `url("meetings", id)`."""
        return f"{self.settings.public_url}/{collection}/{id}"


# A dependency by its form alone, so that the OpenAPI document has no such parameter: ContractRoute gives it.
ReadingDep = Annotated[Reading, Depends(lambda: None)]
