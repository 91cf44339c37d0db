"""Watches the dataset version of a PostgreSQL server, and chooses the server if there are several.

Two servers are never equally far behind the primary, so all processes of a service read from one: that of the last
choice (`ServerChoice`). A process that loses it looks at all servers, and chooses the first one that is up to date.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from concurrent.futures import TimeoutError as NotInTime
from contextlib import asynccontextmanager, suppress
from time import monotonic

import structlog

from app.db.errors import Unavailable
from app.db.read_pool import PostgresqlReadPool
from app.db.snapshots import NEWEST_VERSION, Version
from app.db.timeouts import CATCH_UP_SECONDS
from app.db.version_watcher import VersionWatcher, known_error
from app.db.watched_server import WatchedServer, all_of, close, connect
from app.refusal_counts import Reason

POLL_SECONDS, RETRY_SECONDS = 0.025, 0.25
"""The pause between two queries of the server, and between two attempts to reach one."""

RETURN_SECONDS = 5
"""The pause between two looks whether a better server is back."""

_log = structlog.get_logger()


class ServerVersionWatcher(VersionWatcher):
    """Polls the chosen server in a task of the event loop."""

    def __init__(self, read_pool: PostgresqlReadPool, on_change: Callable[[], None]) -> None:
        super().__init__(read_pool.settings.exports, on_change)
        self._read_pool = read_pool
        self._choice = read_pool.choice
        self._prefers_standby = read_pool.address.get("target_session_attrs") == "prefer-standby"
        self._query = str(NEWEST_VERSION.compile(dialect=read_pool.dialect))
        self._known: tuple[Version | None, int] = None, 0
        self._server: WatchedServer | None = None
        self._followed: int | None = None
        """The last choice that this process has taken in."""
        self._poll_now = asyncio.Event()
        self._polling, self._chosen_at = asyncio.Lock(), 0.0

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
        loop = asyncio.get_running_loop()

        def choose(seconds: float) -> None:
            with suppress(NotInTime):
                asyncio.run_coroutine_threadsafe(self._choose_since(monotonic()), loop).result(seconds)

        self._read_pool.choose = choose
        tasks = [asyncio.create_task(self._poll_forever()), asyncio.create_task(self._return_forever())]
        try:
            yield
        finally:
            self._read_pool.choose = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await close(self._server)

    async def _poll_forever(self) -> None:
        while True:
            pause = POLL_SECONDS if self._version else RETRY_SECONDS
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poll_now.wait(), pause)
            self._poll_now.clear()
            await self._poll()

    async def _poll(self) -> None:
        """Take in the version of the chosen server; if that is lost, choose again."""
        async with self._polling:
            await self._take_in(self._read_version)

    async def _choose_since(self, moment: float) -> None:
        """Choose again, unless that has begun since a moment, or has found that servers are silent.

        The present connection proves nothing: a server that stops keeps it for a while, and refuses others.
        """
        async with self._polling:
            if self._chosen_at < moment and not self._read_pool.is_silent:
                await self._take_in(self._choose)

    async def _take_in(self, read_version: Callable[[], Awaitable[Version | None]]) -> None:
        before = self._version
        try:
            version = await read_version()
        except Exception as error:  # whatever it is: the next poll may succeed
            await self._lose_server()
            self._read_pool.lose_server(known_error(error))
            self._update(None, error)
        else:
            if self._version == before:  # otherwise a response has shown a newer version meanwhile
                self._update(version)

    def _update(self, version: Version | None, error: Exception | None = None) -> None:
        known = version, self._exports_changed_at()
        self._set_version(version, error)
        if version is not None:
            self._choice.version_number = version.number
        if known != self._known:
            self._known = known
            self._on_change()

    async def _read_version(self) -> Version | None:
        silent: int | None = None
        if self._server is not None and not self._has_moved():
            try:
                return await self._server.read_version(self._query, self._has_moved)
            except Unavailable as error:
                if error.reason is Reason.database_time_out:
                    silent = self._server.index
                await self._lose_server()
        if self._has_moved():
            return await self._follow()
        return await self._choose(silent)

    def _has_moved(self) -> bool:
        """Whether another process has chosen another server."""
        return self._choice.index not in (None, self._followed)

    async def _follow(self) -> Version | None:
        """Use the server that another process has chosen; go back if it is behind, or cannot be reached from here."""
        self._chosen_at = monotonic()
        before, self._followed = self._server, self._choice.index
        assert self._followed is not None
        server = None
        with suppress(Unavailable):
            server = await self._connect(self._followed)
        if server is not None and (before is None or server.number >= self._choice.version_number):
            return await self._use(server)
        await close(server)
        if before is None:
            return await self._choose()
        self._followed = self._choice.index = before.index
        return await before.read_version(self._query)

    async def _choose(self, silent: int | None = None) -> Version | None:
        """Use the first server in order that has the newest version. Others are waited for a moment, to catch up.

        A server that has just been silent is left out, unless it is the only one.
        """
        self._chosen_at = monotonic()
        indexes = [index for index in range(len(self._choice.servers)) if index != silent]
        servers = await self._connect_to_any(indexes or range(1))
        try:
            chosen = await self._newest_of(servers)
        except BaseException:  # also if the service stops meanwhile
            await close(*servers)
            raise
        self._followed = self._choice.index = chosen.index
        await close(*(server for server in servers if server is not chosen))
        return await self._use(chosen)

    async def _newest_of(self, servers: Sequence[WatchedServer]) -> WatchedServer:
        """The first of some servers that has the newest version, or the one that another process has chosen."""
        late = monotonic() + CATCH_UP_SECONDS
        newest = max(self._choice.version_number, *(server.number for server in servers))
        while len(self._choice.servers) > 1 and servers[0].number < newest and monotonic() < late:
            await asyncio.sleep(POLL_SECONDS)
            await asyncio.gather(*(server.read_version(self._query) for server in servers), return_exceptions=True)
        newest = min(newest, max(server.number for server in servers))
        chosen = next(server for server in servers if server.number >= newest)
        if self._has_moved():  # another process was quicker
            chosen = next((server for server in servers if server.index == self._choice.index), chosen)
        return chosen

    async def _return_forever(self) -> None:
        while True:
            await asyncio.sleep(RETURN_SECONDS)
            with suppress(Unavailable):
                await self._return()

    async def _return(self) -> None:
        """Choose a better server than the present one, if there is one that has its version."""
        present = self._server
        if present is None or not (better := self._better_than(present)):
            return
        servers = await self._connect_to_any(better)
        best = servers[0]
        is_better = self._rank(best) < self._rank(present) and best.number >= self._choice.version_number
        if is_better and self._server is present and not self._has_moved():
            self._choice.index = best.index
        await close(*servers)

    def _better_than(self, present: WatchedServer) -> list[int]:
        """The servers that may be better than the present one, as indexes."""
        if self._prefers_standby and not present.is_standby:
            return [index for index in range(len(self._choice.servers)) if index != present.index]
        return list(range(present.index))

    def _rank(self, server: WatchedServer) -> tuple[bool, int]:
        """The order of servers, the best first."""
        return self._prefers_standby and not server.is_standby, server.index

    async def _use(self, server: WatchedServer) -> Version | None:
        """Read from a server from now on."""
        before, self._server = self._server, server
        self._read_pool.use_server(server.parameters, server.index)
        _log.info("database server", server=self._choice.names[server.index])
        await close(before)
        return server.version

    async def _lose_server(self) -> None:
        """Give up what reads from the present server, if there is one: it is repeated on the next."""
        before, self._server = self._server, None
        if before is not None:
            self._read_pool.lose_server()
            await close(before)

    async def _connect_to_any(self, indexes: Iterable[int]) -> list[WatchedServer]:
        """Connect to several servers at once; those that respond, the best first. Raises Unavailable if none does."""
        tries = {index: self._connect(index) for index in indexes}
        servers, failures = await all_of(tries.values())
        if not servers:
            errors = [known_error(error) for error in failures if isinstance(error, Exception)]
            raise errors[0] if len(errors) == 1 else self._error_of_all(dict(zip(tries, errors, strict=True)))
        return sorted(servers, key=self._rank)

    def _error_of_all(self, errors: dict[int, Unavailable]) -> Unavailable:
        """The error of the first server, with the causes of all. It is a time-out if any is, which takes long again."""
        first, *_ = errors.values()
        causes = [f"{self._choice.names[index]}: {error.cause or error}" for index, error in errors.items()]
        silent = any(error.reason is Reason.database_time_out for error in errors.values())
        return Unavailable(str(first), "; ".join(causes), Reason.database_time_out if silent else first.reason)

    async def _connect(self, index: int) -> WatchedServer:
        return await connect(index, self._choice.servers[index], self._query)
