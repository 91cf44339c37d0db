"""Watches which dataset version the database has, so that cached responses end with it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

import structlog

from app.db.engines import translate_error
from app.db.errors import NO_DATASET, UNKNOWN, UNREACHABLE, DatabaseLocked, QueryTimeout, Unavailable
from app.db.read_pool import PostgresqlReadPool, ReadPool, SqliteReadPool
from app.db.snapshots import NEWEST_VERSION, Version, version_of
from app.refusal_counts import Reason

FILE_POLL_SECONDS = 0.04
"""How old the known version of a file may be. A response may lag behind a load by 50 ms."""

SERVER_POLL_SECONDS, SERVER_RETRY_SECONDS = 0.025, 0.25
"""The pause between two queries of a server, and between two attempts to reach one."""

SERVER_TIMEOUT_SECONDS = 3
"""How long a server may take to return its version before it counts as gone."""

_log = structlog.get_logger()


class VersionWatcher(ABC):
    """Knows the current dataset version. Calls `on_change` when it or the folder of exports changes."""

    def __init__(self, exports: Path, on_change: Callable[[], None]) -> None:
        self._exports = exports
        self._on_change = on_change
        self._version: Version | None = None
        self._logged: object = ...
        self.confirmed_at = monotonic()
        """When the database last confirmed the version, or this watcher began, by `monotonic`."""

    @abstractmethod
    def version(self) -> Version | None:
        """The version, or None if the database cannot be used."""

    @abstractmethod
    def observe_version(self, version: Version | None) -> None:
        """Take in the version that a response was read from: no later response may be of an older one."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch in the background until the context ends."""
        yield

    def _set_version(self, version: Version | None, error: Exception | None = None) -> None:
        """Set the version, and log it if it is new."""
        self._version = version
        if version is not None:
            self.confirmed_at = monotonic()
        if version == self._logged:
            return
        if version is not None:
            _log.info("dataset", dataset=str(version))
        else:
            _log_unusable(error or Unavailable(NO_DATASET))
        self._logged = version

    def _exports_changed_at(self) -> int:
        try:
            return self._exports.stat().st_mtime_ns
        except OSError:
            return 0


def _log_unusable(error: Exception) -> None:
    known = error if isinstance(error, Unavailable) else Unavailable(UNKNOWN, repr(error))
    _log.warning("database unusable", error=str(known), reason=known.reason, cause=known.cause or None)


class SqliteVersionWatcher(VersionWatcher):
    """Checks the file when a request comes, unless it did a moment ago: that costs some microseconds."""

    def __init__(self, read_pool: SqliteReadPool, on_change: Callable[[], None]) -> None:
        super().__init__(read_pool.settings.exports, on_change)
        self._read_pool = read_pool
        self._token: tuple[int, ...] | None = None
        self._next_poll = 0.0

    def version(self) -> Version | None:
        if (now := monotonic()) >= self._next_poll:
            self._poll()
            self._next_poll = now + FILE_POLL_SECONDS
        return self._version

    def observe_version(self, version: Version | None) -> None:
        if version != self._version:
            self._next_poll = 0.0

    def _poll(self) -> None:
        try:
            token = (*self._read_pool.change_token(), self._exports_changed_at())
            if token == self._token:
                self.confirmed_at = monotonic()
                return
            self._on_change()
            self._token, self._version = None, None
            with self._read_pool.snapshot() as (_, version):
                self._token = token
                self._set_version(version)
        except (DatabaseLocked, QueryTimeout):
            pass  # another program is about to write, or the disk is slow: the known version still holds
        except Exception as error:  # whatever it is: a request meets it again, and the response is a problem
            self._on_change()
            self._token = None
            self._set_version(None, error)


class PostgresqlVersionWatcher(VersionWatcher):
    """Polls the server in a task of the event loop, and chooses one if there are several."""

    def __init__(self, read_pool: PostgresqlReadPool, on_change: Callable[[], None]) -> None:
        super().__init__(read_pool.settings.exports, on_change)
        self._read_pool = read_pool
        self._query = str(NEWEST_VERSION.compile(dialect=read_pool.dialect))
        self._known: tuple[Version | None, int] = None, 0
        self._connection: Any = None
        self._poll_now = asyncio.Event()

    def version(self) -> Version | None:
        return self._version

    def observe_version(self, version: Version | None) -> None:
        if version == self._version:
            return
        if version and self._version and version.number > self._version.number:
            self._update(version)
        self._poll_now.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        await self._poll()
        task = asyncio.create_task(self._poll_forever())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._disconnect()

    async def _poll_forever(self) -> None:
        while True:
            pause = SERVER_POLL_SECONDS if self._version else SERVER_RETRY_SECONDS
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poll_now.wait(), pause)
            self._poll_now.clear()
            await self._poll()

    async def _poll(self) -> None:
        before = self._version
        try:
            async with asyncio.timeout(SERVER_TIMEOUT_SECONDS):
                version = await self._query_or_reconnect()
            if self._version == before:  # otherwise a response has shown a newer version meanwhile
                self._update(version)
        except TimeoutError:
            await self._disconnect()
            cause = f"no response within {SERVER_TIMEOUT_SECONDS} seconds"
            self._update(None, Unavailable(UNREACHABLE, cause, Reason.database_time_out))
        except Exception as error:  # whatever it is: the next poll may succeed
            await self._disconnect()
            self._update(None, error)

    def _update(self, version: Version | None, error: Exception | None = None) -> None:
        known = version, self._exports_changed_at()
        self._set_version(version, error)
        if known != self._known:
            self._known = known
            self._on_change()

    async def _query_or_reconnect(self) -> Version | None:
        """The version on the connected server, or on another one if that is gone."""
        from psycopg import Error  # noqa: PLC0415

        if self._connection is not None:
            try:
                return await self._query_version()
            except Error:
                await self._disconnect()
        await self._connect()
        try:
            return await self._query_version()
        except Error as error:
            raise translate_error(error) from error

    async def _connect(self) -> None:
        from psycopg import AsyncConnection, Error  # noqa: PLC0415
        from psycopg.rows import namedtuple_row  # noqa: PLC0415

        from app.db.postgresql import unreachable  # noqa: PLC0415

        try:
            self._connection = await AsyncConnection.connect(
                **self._read_pool.address, autocommit=True, row_factory=namedtuple_row
            )
        except Error as error:
            raise unreachable(error) from error
        info = self._connection.info
        server = {"host": info.host, "port": str(info.port), "hostaddr": info.hostaddr}
        self._read_pool.use_server({name: value for name, value in server.items() if value})

    async def _query_version(self) -> Version | None:
        cursor = await self._connection.execute(self._query)
        return version_of(await cursor.fetchall())

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def version_watcher(read_pool: ReadPool, on_change: Callable[[], None]) -> VersionWatcher:
    if isinstance(read_pool, PostgresqlReadPool):
        return PostgresqlVersionWatcher(read_pool, on_change)
    assert isinstance(read_pool, SqliteReadPool)
    return SqliteVersionWatcher(read_pool, on_change)
