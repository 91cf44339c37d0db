"""The database as requests read it: connections of the driver, one for each thread, and what tells that it changed."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, ClassVar

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from app.database import (
    NEWEST,
    Unavailable,
    Version,
    given,
    is_server,
    reading_engine,
    sqlite,
    unavailable,
    version_of,
)
from app.settings import Settings
from app.statements import Statement

ITEMS_CACHE_KIB, CACHE_KIB = 24 * 1024, 2 * 1024
"""What a connection to a file keeps of its pages: the one of the event loop, and each of the threads'."""

THREADS = 8
"""How many requests that may take long read the database at once in one process; the others wait their turn."""

_newest = Statement(NEWEST)


class Readers(ABC):
    """One read-only connection for each thread, opened at its first request."""

    waits: ClassVar[bool]
    """Whether reading means to wait for others, so that the event loop must not."""
    begin: ClassVar[str]
    """The statement that begins a transaction which sees one state of the database throughout."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.dialect = engine.dialect
        self.settings = settings
        self.threads = ThreadPoolExecutor(THREADS, "reading", initializer=self.be_patient)
        self.connections: list[Any] = []
        self._driver_error = engine.dialect.loaded_dbapi.Error
        self._own = threading.local()
        self._opened = 0

    def be_patient(self) -> None:
        """Have this thread wait for a database that another program holds; to be called before it reads."""
        self._own.is_patient = True

    @contextmanager
    def snapshot(self) -> Iterator[tuple[DBAPIConnection, Version]]:
        """This thread's connection in a transaction, with the version that it sees. Raises Unavailable."""
        try:
            connection = self.connection()
            connection.cursor().execute(self.begin)
            try:
                yield connection, given(version_of(list(_newest.rows(connection, self.dialect, {}))))
            finally:
                connection.rollback()
        except (self._driver_error, DBAPIError) as error:
            self._close_own()  # whatever is wrong with it, the next request opens another
            raise unavailable(getattr(error, "orig", error)) from error

    def connection(self) -> DBAPIConnection:
        """This thread's connection, opened anew if it is of a database that was left."""
        own = self._own
        if getattr(own, "opened", None) != self._opened:
            self._close_own()
        if getattr(own, "connection", None) is None:
            own.opened, own.connection = self._opened, self._open(getattr(own, "is_patient", False))
            self.connections.append(own.connection)
        return own.connection  # type: ignore[no-any-return]

    def leave(self) -> None:
        """Have every thread open its connection anew: the database is another."""
        self._opened += 1

    def close(self) -> None:
        self.threads.shutdown()
        for connection in self.connections:
            connection.close()

    @abstractmethod
    def _open(self, patient: bool) -> Any: ...

    def _close_own(self) -> None:
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            self._own.connection = None
            self.connections.remove(connection)
            with suppress(self._driver_error):
                connection.close()


class FileReaders(Readers):
    """An SQLite file.

    The pool's threads wait for a file that another program holds; any other thread does not, and is told `Held`.
    """

    waits = False
    begin = sqlite.BEGIN_READING

    def __init__(self, engine: Engine, settings: Settings) -> None:
        super().__init__(engine, settings)
        self._file = sqlite.file_of(settings.database_url)
        self._inode = 0

    def mark(self) -> tuple[int, int]:
        """Something that is another when the database is: its file, and its change counter. Raises Unavailable."""
        try:
            file = self._file.stat()
            if file.st_ino != self._inode:
                self._inode = file.st_ino
                self.leave()
            ((counter,),) = self.connection().cursor().execute("PRAGMA data_version")
        except (OSError, self._driver_error, DBAPIError) as error:
            raise unavailable(getattr(error, "orig", error)) from error
        return self._inode, counter

    def _open(self, patient: bool) -> Any:
        pooled = self.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        connection.execute(f"PRAGMA busy_timeout = {sqlite.BUSY_SECONDS * 1000 if patient else 0}")
        # The one that reads every item gets room for the upper levels of a large database's indexes.
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB if patient else ITEMS_CACHE_KIB}")
        return connection


class ServerReaders(Readers):
    """PostgreSQL: all connections of a process are to one server, so that its answers do not go back in time.

    Which one, `follow` says; until it does, or when that one is gone, each thread takes whichever answers.
    """

    waits = True

    def __init__(self, engine: Engine, settings: Settings) -> None:
        from app.database import postgresql  # noqa: PLC0415

        super().__init__(engine, settings)
        self._postgresql = postgresql
        self.begin = postgresql.BEGIN_READING  # type: ignore[misc]
        self.address = postgresql.parameters(settings.database_url)
        self._server: dict[str, str] = {}

    def follow(self, server: dict[str, str]) -> None:
        """Read from this server from now on, named by libpq's parameters."""
        if server != self._server:
            self._server = server
            self.leave()

    def _open(self, patient: bool) -> Any:
        try:
            return self._postgresql.connect({**self.address, **self._server}, autocommit=True)
        except Unavailable:
            if not self._server:
                raise
            return self._postgresql.connect(self.address, autocommit=True)


def readers(settings: Settings) -> Readers:
    """The database that the settings name. Raises Unavailable for an address that is none."""
    kind = ServerReaders if is_server(settings.database_url) else FileReaders
    return kind(reading_engine(settings.database_url), settings)
