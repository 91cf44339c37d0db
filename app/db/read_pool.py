"""The pool of read-only connections: one of the driver for each thread, and how a change of the data is detected."""

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
from app.db.engines import is_server, reading_engine, translate_error
from app.db.errors import QueryTimeout, Unavailable
from app.db.snapshots import NEWEST_VERSION, Version, VersionRow, require_version, version_of
from app.db.statements import Statement
from app.db.timeouts import EVENT_LOOP_TIMEOUT_SECONDS, QUERY_TIMEOUT_SECONDS
from app.db.work_queue import WorkQueue
from app.settings import Settings

EVENT_LOOP_CACHE_KIB, THREAD_CACHE_KIB = 24 * 1024, 2 * 1024
"""SQLite's page cache for the connection of the event loop, and for that of each thread."""

READ_THREADS, SEARCH_THREADS = 8, 4
"""How many slow reads, and how many searches beside them, run at once in one process. A search can take a thousand
times as long as a page of a list, so searches have threads of their own."""

STEPS_BETWEEN_CHECKS = 200_000
"""How many steps SQLite's virtual machine runs between two checks of the time: some milliseconds."""

_newest_version = Statement(VersionRow, NEWEST_VERSION)


class ReadPool(ABC):
    """One read-only connection for each thread, opened at its first request."""

    blocks: ClassVar[bool]
    """Whether a read waits for a network, so that it must not run in the event loop."""
    begin: ClassVar[str]
    """The statement that begins a transaction which sees one snapshot."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.dialect = engine.dialect
        self.settings = settings
        self.read_queue = WorkQueue("reading", READ_THREADS, self._start_thread)
        self.search_queue = WorkQueue("searching", SEARCH_THREADS, self._start_thread)
        self.connections: list[Any] = []
        self._driver_error = engine.dialect.loaded_dbapi.Error
        self._own = threading.local()
        self._generation, self._connection_ids = 0, count()

    def disable_timeouts(self) -> None:
        """Have this thread wait for locks and read without a time limit. To be called before it reads."""
        self._own.waits_for_locks, self._own.timeout = True, inf

    def _start_thread(self) -> None:
        self._own.waits_for_locks, self._own.timeout = True, QUERY_TIMEOUT_SECONDS

    @contextmanager
    def snapshot(self) -> Iterator[tuple[DBAPIConnection, Version]]:
        """This thread's connection in a transaction, with the dataset version in it. Raises Unavailable."""
        self._own.deadline = monotonic() + getattr(self._own, "timeout", EVENT_LOOP_TIMEOUT_SECONDS)
        try:
            connection = self.connection()
            connection.cursor().execute(self.begin)
            try:
                rows = _newest_version.rows(connection, self.dialect, {})
                yield connection, require_version(version_of(rows))
            finally:
                connection.rollback()
        except (self._driver_error, DBAPIError) as error:
            translated = translate_error(getattr(error, "orig", error))
            if not isinstance(translated, QueryTimeout):
                self._close_own()  # it may be broken: the next request opens another
            raise translated from error

    def connection(self) -> DBAPIConnection:
        """This thread's connection; a new one after `reconnect`."""
        own = self._own
        if getattr(own, "generation", None) != self._generation:
            self._close_own()
        if getattr(own, "connection", None) is None:
            own.generation = self._generation
            own.connection = self._open(getattr(own, "waits_for_locks", False))
            own.connection_id = next(self._connection_ids)
            self.connections.append(own.connection)
        return own.connection  # type: ignore[no-any-return]

    def reconnect(self) -> None:
        """Have every thread open a new connection at its next request, because the database was replaced."""
        self._generation += 1

    def close(self) -> None:
        self.read_queue.close()
        self.search_queue.close()
        for connection in self.connections:
            connection.close()

    @abstractmethod
    def _open(self, waits_for_locks: bool) -> Any: ...

    def _close_own(self) -> None:
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            self._own.connection = None
            self.connections.remove(connection)
            with suppress(self._driver_error):
                connection.close()


class SqliteReadPool(ReadPool):
    """An SQLite file. The pool's threads wait for a locked file; any other thread gets DatabaseLocked at once."""

    blocks = False
    begin = sqlite.BEGIN_READING

    def __init__(self, engine: Engine, settings: Settings) -> None:
        super().__init__(engine, settings)
        self._file = sqlite.file_of(settings.database_url)
        self._file_id: tuple[int, int] | None = None

    def change_token(self) -> tuple[int, ...]:
        """A value that differs whenever the database does: the file's id and its change counter. Raises Unavailable.

        The counter is comparable only on one connection, so the connection's id is part of the token.
        """
        try:
            file = self._file.stat()
            self._reconnect_if_replaced((file.st_dev, file.st_ino))
            ((counter,),) = self.connection().cursor().execute("PRAGMA data_version")
        except OSError as error:
            self._reconnect_if_replaced(None)
            raise translate_error(error) from error
        except (self._driver_error, DBAPIError) as error:
            raise translate_error(getattr(error, "orig", error)) from error
        return file.st_dev, file.st_ino, self._own.connection_id, counter

    def _reconnect_if_replaced(self, file_id: tuple[int, int] | None) -> None:
        """Reconnect if another file has taken the place: open connections would go on reading the old one."""
        if file_id != self._file_id:
            self._file_id = file_id
            self.reconnect()

    def _open(self, waits_for_locks: bool) -> Any:
        pooled = self.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        connection.execute(f"PRAGMA busy_timeout = {sqlite.BUSY_SECONDS * 1000 if waits_for_locks else 0}")
        # The connection of the event loop reads every item: it caches the upper levels of a large database's indexes.
        connection.execute(f"PRAGMA cache_size = -{THREAD_CACHE_KIB if waits_for_locks else EVENT_LOOP_CACHE_KIB}")
        connection.set_progress_handler(self._is_past_deadline, STEPS_BETWEEN_CHECKS)
        return connection

    def _is_past_deadline(self) -> bool:
        """Whether SQLite is to cancel this thread's query."""
        return monotonic() > getattr(self._own, "deadline", inf)


class PostgresqlReadPool(ReadPool):
    """PostgreSQL: all connections of a process use one server, so that responses do not go back in time.

    The VersionWatcher chooses it by `use_server`. Before that, or when it is gone, each thread takes any that accepts.
    """

    blocks = True

    def __init__(self, engine: Engine, settings: Settings) -> None:
        from app.db import postgresql  # noqa: PLC0415

        super().__init__(engine, settings)
        self._postgresql = postgresql
        self.begin = postgresql.BEGIN_READING  # type: ignore[misc]
        self.address = postgresql.parameters(settings.database_url)
        self._server: dict[str, str] = {}

    def use_server(self, server: dict[str, str]) -> None:
        """Read from a server from now on, given by libpq's connection parameters."""
        if server != self._server:
            self._server = server
            self.reconnect()

    def _open(self, waits_for_locks: bool) -> Any:
        try:
            return self._postgresql.connect({**self.address, **self._server}, autocommit=True)
        except Unavailable:
            if not self._server:
                raise
            return self._postgresql.connect(self.address, autocommit=True)


def read_pool(settings: Settings) -> ReadPool:
    """The pool for the database of the settings. Raises Unavailable if its URL is invalid."""
    pool_class = PostgresqlReadPool if is_server(settings.database_url) else SqliteReadPool
    return pool_class(reading_engine(settings.database_url), settings)
