"""Which dataset version there is, and when it is another: kept answers end with it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from time import monotonic
from typing import Any

import structlog

from app.db.engines import unavailable
from app.db.errors import Held, TookTooLong, Unavailable
from app.db.read_pool import PostgresqlReadPool, ReadPool, SqliteReadPool
from app.db.snapshots import NEWEST, Version, version_of

ASKED_EVERY = 0.04
"""In seconds: how old what is known of a file may be. An answer may lag a load by 50 ms."""

SERVER_ASKED_EVERY, SERVER_TRIED_EVERY = 0.025, 0.25
"""In seconds: the pause between two questions to a server that answers, and to one that does not."""

SERVER_PATIENCE = 3
"""In seconds: how long a server may take to tell its version before it counts as gone."""

_log = structlog.get_logger()


class VersionWatcher(ABC):
    """Calls `changed` whenever the version is another, or the folder of exports has others."""

    def __init__(self, exports: Path, changed: Callable[[], None]) -> None:
        self._exports = exports
        self._changed = changed
        self._version: Version | None = None
        self._logged: object = ...
        self.seen = monotonic()
        """When the database last told which version there is, or this began; by the clock that has no time of day."""

    @abstractmethod
    def version(self) -> Version | None:
        """The version, or None where the database cannot be used."""

    @abstractmethod
    def observe_version(self, version: Version | None) -> None:
        """Take note of the version that an answer was read from: nothing older may be answered after it."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch meanwhile."""
        yield

    def _settle(self, version: Version | None, error: Exception | None = None) -> None:
        """Go on with a version, or without any, and have the log tell what is new."""
        self._version = version
        if version is not None:
            self.seen = monotonic()
        if version == self._logged:
            return
        if version is not None:
            _log.info("dataset", dataset=str(version))
        else:
            _log.warning("database unusable", error=error and str(error), reason=getattr(error, "reason", None))
        self._logged = version

    def _exported(self) -> int:
        try:
            return self._exports.stat().st_mtime_ns
        except OSError:
            return 0


class SqliteVersionWatcher(VersionWatcher):
    """Asks the file itself when a request comes, if it was not asked just now: that costs some microseconds."""

    def __init__(self, read_pool: SqliteReadPool, changed: Callable[[], None]) -> None:
        super().__init__(read_pool.settings.exports, changed)
        self._read_pool = read_pool
        self._mark: tuple[int, ...] | None = None
        self._until = 0.0

    def version(self) -> Version | None:
        if (now := monotonic()) >= self._until:
            self._ask()
            self._until = now + ASKED_EVERY
        return self._version

    def observe_version(self, version: Version | None) -> None:
        if version != self._version:
            self._until = 0.0

    def _ask(self) -> None:
        try:
            mark = (*self._read_pool.change_token(), self._exported())
            if mark == self._mark:
                self.seen = monotonic()
                return
            self._changed()
            self._mark, self._version = None, None
            with self._read_pool.snapshot() as (_, version):
                self._mark = mark
                self._settle(version)
        except (Held, TookTooLong):
            pass  # another program is about to write, or the disk is slow: what is known still holds
        except Unavailable as error:
            self._changed()
            self._mark = None
            self._settle(None, error)


class PostgresqlVersionWatcher(VersionWatcher):
    """Asks the server again and again, by a task of the event loop; and chooses the server, of several."""

    def __init__(self, read_pool: PostgresqlReadPool, changed: Callable[[], None]) -> None:
        super().__init__(read_pool.settings.exports, changed)
        self._read_pool = read_pool
        self._newest = str(NEWEST.compile(dialect=read_pool.dialect))
        self._known: tuple[Version | None, int] = None, 0
        self._connection: Any = None
        self._again = asyncio.Event()

    def version(self) -> Version | None:
        return self._version

    def observe_version(self, version: Version | None) -> None:
        if version == self._version:
            return
        if version and self._version and version.number > self._version.number:
            self._tell(version)
        self._again.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        await self._ask()
        task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._leave()

    async def _watch(self) -> None:
        while True:
            pause = SERVER_ASKED_EVERY if self._version else SERVER_TRIED_EVERY
            with suppress(TimeoutError):
                await asyncio.wait_for(self._again.wait(), pause)
            self._again.clear()
            await self._ask()

    async def _ask(self) -> None:
        known = self._version
        try:
            async with asyncio.timeout(SERVER_PATIENCE):
                version = await self._answer()
            if self._version == known:  # or else an answer has told a newer one meanwhile
                self._tell(version)
        except (Unavailable, TimeoutError) as error:
            await self._leave()
            self._tell(None, error)

    def _tell(self, version: Version | None, error: Exception | None = None) -> None:
        known = version, self._exported()
        self._settle(version, error)
        if known != self._known:
            self._known = known
            self._changed()

    async def _answer(self) -> Version | None:
        """What the server says; another one, if there is one, where it is gone."""
        from psycopg import Error  # noqa: PLC0415

        if self._connection is not None:
            try:
                return await self._told()
            except Error:
                await self._leave()
        try:
            await self._connect()
            return await self._told()
        except Error as error:
            raise unavailable(error) from error

    async def _connect(self) -> None:
        from psycopg import AsyncConnection  # noqa: PLC0415
        from psycopg.rows import namedtuple_row  # noqa: PLC0415

        self._connection = await AsyncConnection.connect(
            **self._read_pool.address, autocommit=True, row_factory=namedtuple_row
        )
        info = self._connection.info
        server = {"host": info.host, "port": str(info.port), "hostaddr": info.hostaddr}
        self._read_pool.follow({name: value for name, value in server.items() if value})

    async def _told(self) -> Version | None:
        cursor = await self._connection.execute(self._newest)
        version = version_of(await cursor.fetchall())
        return version and replace(version, loaded_at=version.loaded_at.astimezone(UTC))

    async def _leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def watch(read_pool: ReadPool, changed: Callable[[], None]) -> VersionWatcher:
    """The watch over a database."""
    if isinstance(read_pool, PostgresqlReadPool):
        return PostgresqlVersionWatcher(read_pool, changed)
    assert isinstance(read_pool, SqliteReadPool)
    return SqliteVersionWatcher(read_pool, changed)
