"""Watches which dataset version the database has, so that cached responses end with it."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

import structlog

from app.db.errors import NO_DATASET, UNKNOWN, DatabaseLocked, QueryTimeout, Unavailable
from app.db.read_pool import PostgresqlReadPool, ReadPool, SqliteReadPool
from app.db.snapshots import Version

FILE_POLL_SECONDS = 0.04
"""How old the known version of a file may be. A response may lag behind a load by 50 ms."""

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


def known_error(error: Exception) -> Unavailable:
    """An exception as Unavailable; one that nobody foresaw is its cause."""
    return error if isinstance(error, Unavailable) else Unavailable(UNKNOWN, repr(error))


def _log_unusable(error: Exception) -> None:
    known = known_error(error)
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


def version_watcher(read_pool: ReadPool, on_change: Callable[[], None]) -> VersionWatcher:
    """The watcher for the database of a pool."""
    if isinstance(read_pool, PostgresqlReadPool):
        from app.db.server_watcher import ServerVersionWatcher  # noqa: PLC0415

        return ServerVersionWatcher(read_pool, on_change)
    assert isinstance(read_pool, SqliteReadPool)
    return SqliteVersionWatcher(read_pool, on_change)
