"""The database as requests read it: connections of the driver, one for each thread, and what tells that it changed."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from math import inf
from time import monotonic
from typing import Any, ClassVar

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from app.db import sqlite
from app.db.engines import is_server, reading_engine, unavailable
from app.db.errors import LONGEST_READ_SECONDS, TookTooLong, Unavailable
from app.db.snapshots import NEWEST, Version, VersionRow, require_version, version_of
from app.db.statements import Statement
from app.db.work_queue import WorkQueue
from app.settings import Settings

ITEMS_CACHE_KIB, CACHE_KIB = 24 * 1024, 2 * 1024
"""What a connection to a file keeps of its pages: the one of the event loop, and each of the threads'."""

READING, SEARCHING = 8, 4
"""How many requests that may take long read the database at once in one process, and how many searches beside them: a
search can take a thousand times as long as a page, and however many there are, pages must not wait for them."""

QUICK_SECONDS = 0.25
"""How long the event loop reads at most, since all others wait meanwhile; what takes longer goes to a thread."""

STEPS = 200_000
"""How many of SQLite's steps pass until the time is looked at: some milliseconds, so that it costs next to nothing."""

_newest = Statement(VersionRow, NEWEST)


class ReadPool(ABC):
    """One read-only connection for each thread, opened at its first request."""

    waits: ClassVar[bool]
    """Whether reading means to wait for others, so that the event loop must not."""
    begin: ClassVar[str]
    """The statement that begins a transaction which sees one state of the database throughout."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.dialect = engine.dialect
        self.settings = settings
        self.reading = WorkQueue("reading", READING, self._be_a_request)
        self.searching = WorkQueue("searching", SEARCHING, self._be_a_request)
        self.connections: list[Any] = []
        self._driver_error = engine.dialect.loaded_dbapi.Error
        self._own = threading.local()
        self._opened, self._numbers = 0, count()

    def be_patient(self) -> None:
        """Have this thread wait for a database that another program holds, and read as long as it takes.

        To be called before it reads.
        """
        self._own.is_patient, self._own.longest = True, inf

    def _be_a_request(self) -> None:
        self._own.is_patient, self._own.longest = True, LONGEST_READ_SECONDS

    @contextmanager
    def snapshot(self) -> Iterator[tuple[DBAPIConnection, Version]]:
        """This thread's connection in a transaction, with the version that it sees. Raises Unavailable."""
        self._own.until = monotonic() + getattr(self._own, "longest", QUICK_SECONDS)
        try:
            connection = self.connection()
            connection.cursor().execute(self.begin)
            try:
                yield connection, require_version(version_of(list(_newest.rows(connection, self.dialect, {}))))
            finally:
                connection.rollback()
        except (self._driver_error, DBAPIError) as error:
            refusal = unavailable(getattr(error, "orig", error))
            if not isinstance(refusal, TookTooLong):
                self._close_own()  # whatever is wrong with it, the next request opens another
            raise refusal from error

    def connection(self) -> DBAPIConnection:
        """This thread's connection, opened anew if it is of a database that was left."""
        own = self._own
        if getattr(own, "opened", None) != self._opened:
            self._close_own()
        if getattr(own, "connection", None) is None:
            own.opened, own.connection = self._opened, self._open(getattr(own, "is_patient", False))
            own.number = next(self._numbers)
            self.connections.append(own.connection)
        return own.connection  # type: ignore[no-any-return]

    def leave(self) -> None:
        """Have every thread open its connection anew: the database is another."""
        self._opened += 1

    def close(self) -> None:
        self.reading.close()
        self.searching.close()
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


class SqliteReadPool(ReadPool):
    """An SQLite file.

    The pool's threads wait for a file that another program holds; any other thread does not, and is told `Held`.
    """

    waits = False
    begin = sqlite.BEGIN_READING

    def __init__(self, engine: Engine, settings: Settings) -> None:
        super().__init__(engine, settings)
        self._file = sqlite.file_of(settings.database_url)
        self._place: tuple[int, int] | None = None

    def change_token(self) -> tuple[int, ...]:
        """Something that is another when the database is: its file, and its change counter. Raises Unavailable.

        The counter means nothing to another connection than the one that counts, so that one is part of it.
        """
        try:
            file = self._file.stat()
            self._follow((file.st_dev, file.st_ino))
            ((counter,),) = self.connection().cursor().execute("PRAGMA data_version")
        except OSError as error:
            self._follow(None)
            raise unavailable(error) from error
        except (self._driver_error, DBAPIError) as error:
            raise unavailable(getattr(error, "orig", error)) from error
        return file.st_dev, file.st_ino, self._own.number, counter

    def _follow(self, place: tuple[int, int] | None) -> None:
        """Leave a file that is no longer in its place: what is open would be read for ever."""
        if place != self._place:
            self._place = place
            self.leave()

    def _open(self, patient: bool) -> Any:
        pooled = self.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        connection.execute(f"PRAGMA busy_timeout = {sqlite.BUSY_SECONDS * 1000 if patient else 0}")
        # The one that reads every item gets room for the upper levels of a large database's indexes.
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB if patient else ITEMS_CACHE_KIB}")
        connection.set_progress_handler(self._is_late, STEPS)
        return connection

    def _is_late(self) -> bool:
        """Whether what this thread reads has taken so long that SQLite is to break it off."""
        return monotonic() > getattr(self._own, "until", inf)


class PostgresqlReadPool(ReadPool):
    """PostgreSQL: all connections of a process are to one server, so that its answers do not go back in time.

    Which one, `follow` says; until it does, or when that one is gone, each thread takes whichever answers.
    """

    waits = True

    def __init__(self, engine: Engine, settings: Settings) -> None:
        from app.db import postgresql  # noqa: PLC0415

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


def read_pool(settings: Settings) -> ReadPool:
    """The database that the settings name. Raises Unavailable for an address that is none."""
    kind = PostgresqlReadPool if is_server(settings.database_url) else SqliteReadPool
    return kind(reading_engine(settings.database_url), settings)
