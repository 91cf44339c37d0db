"""Watches which dataset version the search index holds, and has it follow the database if nobody else does."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic

import structlog

from app.db.snapshots import Version
from app.search.folder import NoIndex, SearchFolder

POLL_SECONDS = 0.5

NICENESS = 10
"""How much nicer the update is than the service: it takes seconds of a core that requests may want."""

PATIENCE_SECONDS = 1
"""How long the index may be behind before a process is started for it: a load on this host follows up by itself."""

RETRY_SECONDS = 60
"""How long to wait after a failure; and how long an index may be ahead, as one is while a standby lags behind, before
it is taken for one of another database."""

_log = structlog.get_logger()


class IndexWatcher:
    """Knows the dataset version of the search index.

    Of the processes of a service, one `updates` it: if the database has another version, a child process brings the
    index up to date, so that its time and memory are not the service's.
    """

    def __init__(self, folder: SearchFolder, database_version: Callable[[], Version | None], updates: bool) -> None:
        self._folder, self._database_version, self._updates = folder, database_version, updates
        self.version: Version | None = None
        """The version that the index holds, or None if it cannot be searched."""
        self._different_since: float | None = None
        self._next_update = 0.0
        self._logged: str | None = None

    @property
    def versions_behind(self) -> int:
        """How many versions the index is behind the database; all of them without an index."""
        current = self._database_version()
        return max(0, (current.number if current else 0) - (self.version.number if self.version else 0))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch in the background until the context ends."""
        self.look()
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            await asyncio.to_thread(self.look)  # to open an index takes some milliseconds
            if self._updates and self._is_due():
                await self._update()

    def look(self) -> None:
        """Look which version the index holds now."""
        try:
            self.version = self._folder.open().version
        except NoIndex:
            self.version = None

    def _is_due(self) -> bool:
        """Whether the index has held another version than the database for too long."""
        current, now = self._database_version(), monotonic()
        if current is None or current == self.version:
            self._different_since = None
            return False
        self._different_since = self._different_since or now
        is_ahead = self.version is not None and self.version.number > current.number
        patience = RETRY_SECONDS if is_ahead else PATIENCE_SECONDS
        return now - self._different_since >= patience and now >= self._next_update

    async def _update(self) -> None:
        """Run `python -m app.search`, and log why it fails, unless it was logged before."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app.search", stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
        )
        with suppress(ProcessLookupError):  # it has ended
            os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
        try:
            _, printed = await process.communicate()
        except asyncio.CancelledError:
            with suppress(ProcessLookupError):
                process.kill()  # at any moment: the index is then the one before
            await process.wait()
            raise
        if process.returncode == 0:
            self._logged, self._different_since = None, None
            return
        self._next_update = monotonic() + RETRY_SECONDS
        error = printed.decode(errors="replace").strip().rpartition("\n")[2]
        if error != self._logged:
            _log.warning("search index not updated", error=error, status=process.returncode)
            self._logged = error
