"""The pool of read-only connections: one of the driver for each thread, and how a change of the data is detected."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from math import inf
from sqlite3 import SQLITE_LIMIT_LENGTH
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from app.db import sqlite
from app.db.engines import is_server, reading_engine, translate_error
from app.db.errors import TIMED_OUT, UNREACHABLE, Interrupted, QueryTimeout, Unavailable
from app.db.server_choice import ServerChoice
from app.db.snapshots import NEWEST_VERSION, Version, VersionRow, require_version, version_of
from app.db.statements import Statement
from app.db.timeouts import CONNECT_TIMEOUT_SECONDS, QUERY_TIMEOUT_SECONDS, TABLE_TIMEOUT_SECONDS
from app.db.work_queue import EventLoopQueue, PollingQueue, ThreadQueue, WorkQueue
from app.refusal_counts import Reason
from app.settings import Settings

if TYPE_CHECKING:  # SQLite must not wait for psycopg to be imported
    import psycopg

    from app.db.server_connections import ReadConnection

EVENT_LOOP_CACHE_KIB, THREAD_CACHE_KIB = 24 * 1024, 2 * 1024
"""SQLite's page cache for the connection of the event loop, and for that of each thread."""

MAX_EVENT_LOOP_STEPS, MAX_EVENT_LOOP_VALUE_BYTES = 5_000, 2**16
"""How many steps SQLite's virtual machine may run for one item in the event loop, and how long a value may be. An item
with 1,800 steps takes 0.2 ms altogether: steps are in proportion to its rows, so they bound Python's work, too."""

TABLE_THREADS = 2
"""How many tables of whole lists one process makes at once. Each holds its thread for up to a minute."""

ITEMS_PER_TURN = 4
"""How many items one turn of the event loop reads, so that a turn takes about a millisecond."""

STEPS_BETWEEN_CHECKS, EVENT_LOOP_STEPS_BETWEEN_CHECKS = 200_000, 500
"""How many steps SQLite's virtual machine runs between two checks of the time, some milliseconds, and between two
checks of the event loop's budget."""

T = TypeVar("T")

_newest_version = Statement(VersionRow, NEWEST_VERSION)


class ReadPool(ABC):
    """One read-only connection for each thread, opened at its first request."""

    blocks: ClassVar[bool]
    """Whether a read waits for a network, so that it must not run in the event loop."""
    quick_threads: ClassVar[int]
    """How many quick reads run at once."""
    read_threads: ClassVar[int]
    """How many other reads, which may be slow, run at once beside them."""
    search_threads: ClassVar[int]
    """How many searches run at once beside them: one can take a thousand times as long as a page of a list."""
    item_queue: WorkQueue
    """The queue of single items."""
    begin: ClassVar[str]
    """The statement that begins a transaction which sees one snapshot."""

    def __init__(self, engine: Engine, settings: Settings, choice: ServerChoice) -> None:
        self.engine = engine
        self.dialect = engine.dialect
        self.settings = settings
        self.quick_queue = ThreadQueue("quick", self.quick_threads, self._start_thread)
        self.read_queue = ThreadQueue("reading", self.read_threads, self._start_thread)
        self.search_queue = ThreadQueue("searching", self.search_threads, self._start_thread)
        self.table_queue = ThreadQueue("tables", TABLE_THREADS, self._start_table_thread)
        self._thread_queues = (self.quick_queue, self.read_queue, self.search_queue, self.table_queue)
        self.index_queue = PollingQueue("index")
        self.queues: tuple[WorkQueue, ...] = (*self._thread_queues, self.index_queue)
        self.choice = choice
        self.server_index: int | None = None
        """The server that this process reads from, as an index of `choice`."""
        self.connections: list[Any] = []
        self._driver_error = engine.dialect.loaded_dbapi.Error
        self._own = threading.local()
        self._generation, self._connection_ids = 0, count()

    def disable_timeouts(self) -> None:
        """Have this thread wait for locks and read without a time limit. To be called before it reads."""
        self._own.may_wait, self._own.timeout = True, inf

    @property
    def may_wait(self) -> bool:
        """Whether this thread may wait for the database: the event loop may not."""
        return getattr(self._own, "may_wait", False)

    def limit_reads(self, seconds: float) -> None:
        """Have this thread read for so many seconds at most, and wait for no lock. To be called before it reads."""
        self._own.timeout = seconds

    def _start_thread(self) -> None:
        self._own.may_wait, self._own.timeout = True, QUERY_TIMEOUT_SECONDS

    def _start_table_thread(self) -> None:
        self._own.may_wait, self._own.timeout = True, TABLE_TIMEOUT_SECONDS

    def read(self, function: Callable[[DBAPIConnection, Version], T]) -> T:
        """The result of a function of a snapshot. Raises Unavailable.

        If the database breaks off, because a standby cancels a query on rows that are gone, or a server is replaced by
        another, the function is called once more, in what is left of the time.
        """
        deadline = self._new_deadline()
        try:
            with self.snapshot(deadline) as (connection, version):
                return function(connection, version)
        except Interrupted:
            with self.snapshot(deadline) as (connection, version):
                return function(connection, version)

    @contextmanager
    def snapshot(self, deadline: float | None = None) -> Iterator[tuple[DBAPIConnection, Version]]:
        """This thread's connection in a transaction, with the dataset version in it. Raises Unavailable.

        The deadline is by `monotonic`; without one, the time limit of this thread begins now.
        """
        self._own.deadline = deadline or self._new_deadline()
        self._own.checks_left = MAX_EVENT_LOOP_STEPS // EVENT_LOOP_STEPS_BETWEEN_CHECKS
        try:
            connection = self.connection()
            connection.cursor().execute(self.begin)
            try:
                rows = _newest_version.rows(connection, self.dialect, {})
                yield connection, require_version(version_of(rows))
            except BaseException:
                with suppress(self._driver_error):  # the connection may be broken, and that is not the first error
                    connection.rollback()
                raise
            connection.rollback()
        except (self._driver_error, DBAPIError) as error:
            translated = translate_error(getattr(error, "orig", error))
            if self.blocks or not isinstance(translated, QueryTimeout):
                self._close_own()  # it may be broken, or wait for a server still: the next request opens another
            raise translated from error

    def _new_deadline(self) -> float:
        return monotonic() + float(getattr(self._own, "timeout", inf))

    def _is_past_deadline(self) -> bool:
        """Whether this thread's query is to be cancelled."""
        return monotonic() > getattr(self._own, "deadline", inf)

    def connection(self) -> DBAPIConnection:
        """This thread's connection; a new one after `reconnect`."""
        own = self._own
        if getattr(own, "generation", None) != self._generation:
            self._close_own()
        if getattr(own, "connection", None) is None:
            own.generation = self._generation
            own.connection = self._open(self.may_wait)
            own.connection_id = next(self._connection_ids)
            self.connections.append(own.connection)
        return own.connection  # type: ignore[no-any-return]

    def reconnect(self) -> None:
        """Have every thread open a new connection at its next request, because the database was replaced."""
        self._generation += 1

    def close(self) -> None:
        for queue in self._thread_queues:
            queue.close()
        for connection in self.connections:
            connection.close()

    @abstractmethod
    def _open(self, may_wait: bool) -> Any:
        """A connection for a thread that may wait for the database, or for the event loop, which may not."""

    def _close_own(self) -> None:
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            self._own.connection = None
            self.connections.remove(connection)
            with suppress(self._driver_error):
                connection.close()


class SqliteReadPool(ReadPool):
    """An SQLite file. The pool's threads wait for a locked file; the event loop gets DatabaseLocked at once.

    The event loop reads items itself, within a budget: a query that exceeds it raises QueryTimeout.
    """

    blocks = False
    quick_threads, read_threads, search_threads = 1, 2, 2
    begin = sqlite.BEGIN_READING

    def __init__(self, engine: Engine, settings: Settings) -> None:
        super().__init__(engine, settings, ServerChoice([]))
        self.item_queue = EventLoopQueue("items", ITEMS_PER_TURN, self.quick_queue)
        self.queues = (self.item_queue, *self.queues)
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

    def _open(self, may_wait: bool) -> Any:
        pooled = self.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        try:
            connection.execute(f"PRAGMA busy_timeout = {sqlite.BUSY_SECONDS * 1000 if may_wait else 0}")
            # The event loop's connection reads every item: it caches the upper levels of a large database's indexes.
            connection.execute(f"PRAGMA cache_size = -{THREAD_CACHE_KIB if may_wait else EVENT_LOOP_CACHE_KIB}")
        except self._driver_error:  # the file is locked, or is no database
            connection.close()
            raise
        if hasattr(self._own, "timeout"):
            connection.set_progress_handler(self._is_past_deadline, STEPS_BETWEEN_CHECKS)
        else:
            connection.set_progress_handler(self._exceeds_budget, EVENT_LOOP_STEPS_BETWEEN_CHECKS)
            connection.setlimit(SQLITE_LIMIT_LENGTH, MAX_EVENT_LOOP_VALUE_BYTES)
        return connection

    def _exceeds_budget(self) -> bool:
        """Whether SQLite is to cancel the query of the event loop."""
        self._own.checks_left -= 1
        return bool(self._own.checks_left < 0)


_OF_ANOTHER_SERVER = (Reason.database_lost, Reason.database_restarting, Reason.database_time_out)
"""Why a connection was refused if another server may accept it."""


class PostgresqlReadPool(ReadPool):
    """PostgreSQL: all connections use the server that the version watcher has chosen, by `use_server`.

    A service has a watcher. Without one, as for exports, a thread takes any server that accepts, by libpq's rules.
    """

    blocks = True
    quick_threads, read_threads, search_threads = 8, 4, 4

    def __init__(self, engine: Engine, settings: Settings, choice: ServerChoice | None) -> None:
        from app.db import postgresql  # noqa: PLC0415

        self.address = postgresql.parameters(settings.database_url)
        super().__init__(engine, settings, choice or ServerChoice(postgresql.servers(self.address)))
        self._postgresql = postgresql
        self.begin = postgresql.BEGIN_READING  # type: ignore[misc]
        self.choose: Callable[[float], None] | None = None
        """Has the watcher look for a server, and waits some seconds for that; None without a watcher."""
        self._server: dict[str, str] | Unavailable = Unavailable(UNREACHABLE)
        """libpq's parameters of the chosen server, or why there is none."""
        self._lost_generations = 0
        self.item_queue = self.quick_queue

    def use_server(self, server: dict[str, str], index: int) -> None:
        """Read from a server from now on, given by libpq's parameters and its index in `choice`."""
        self._server, self.server_index = server, index
        self.reconnect()

    def lose_server(self, error: Unavailable | None = None) -> None:
        """Give up all reads on the server: they are repeated on the next one. There is none if an error says why."""
        self._server, self.server_index = error or Unavailable(UNREACHABLE, reason=Reason.database_lost), None
        self.reconnect()
        self._lost_generations = self._generation

    @property
    def is_silent(self) -> bool:
        """Whether there is no server because one did not respond: to look for it again takes seconds."""
        return isinstance(self._server, Unavailable) and self._server.reason is Reason.database_time_out

    def _open(self, may_wait: bool) -> Any:
        connection = self._connect()
        generation = self._own.generation
        connection.stop = lambda: self._reason_to_stop(generation)
        return connection

    def _reason_to_stop(self, generation: int) -> "psycopg.Error | None":
        """The error with which this thread's read is to end now, if it is."""
        if generation < self._lost_generations:
            return self._postgresql.server_lost()
        return self._postgresql.too_late() if self._is_past_deadline() else None

    def _connect(self) -> "ReadConnection":
        if self.choose is None:
            return self._postgresql.connect(self.address, autocommit=True)
        if isinstance(self._server, Unavailable) and not self.is_silent:
            self.choose(self._seconds_left())
        try:
            return self._connect_to_chosen()
        except Unavailable as error:
            if self.is_silent or error.reason not in _OF_ANOTHER_SERVER:
                raise
        self.choose(self._seconds_left())
        return self._connect_to_chosen()

    def _connect_to_chosen(self) -> "ReadConnection":
        self._own.generation = self._generation  # of this server, which may have been chosen just now
        server = self._server
        if isinstance(server, Unavailable):
            raise type(server)(str(server), server.cause, server.reason)
        timeout = min(self._postgresql.connect_timeout(self.address), int(self._seconds_left()))
        return self._postgresql.connect(
            {**self.address, **server}, connect_timeout=timeout, target_session_attrs="any", autocommit=True
        )

    def _seconds_left(self) -> float:
        """How long this thread may wait for a server. Raises QueryTimeout if its read ends too soon to connect."""
        left = min(float(self._own.deadline) - monotonic(), QUERY_TIMEOUT_SECONDS)
        if left < CONNECT_TIMEOUT_SECONDS:
            raise QueryTimeout(TIMED_OUT)
        return left


def read_pool(settings: Settings, choice: ServerChoice | None = None) -> ReadPool:
    """The pool for the database of the settings. Raises Unavailable if its URL is invalid.

    All processes of a service are given the `choice` of one pool, which was made before they were forked.
    """
    engine = reading_engine(settings.database_url)
    if is_server(settings.database_url):
        return PostgresqlReadPool(engine, settings, choice)
    return SqliteReadPool(engine, settings)
