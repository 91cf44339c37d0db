"""Processes that read from several PostgreSQL servers choose one of them together: two watchers with one choice."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from app.db.read_pool import PostgresqlReadPool, read_pool
from app.db.server_choice import ServerChoice
from app.db.server_watcher import ServerVersionWatcher
from app.db.watched_server import WatchedServer
from app.settings import Settings
from tests.api.failing import with_title
from tests.coroutines import run
from tests.databases import load_records, of_server
from tests.postgresql import Server, server, standby

FIRST, SECOND = 0, 1


@dataclass(frozen=True)
class Two:
    """Two servers, in the order of the URL, with a database of one name."""

    servers: tuple[Server, Server]
    database: str
    folder: Path

    @property
    def url(self) -> str:
        hosts = ",".join(str(each.folder) for each in self.servers)
        return f"postgresql://postgres@/{self.database}?host={hosts}"

    def load(self, *servers: int) -> int:
        """Load another record into some servers; the number of the version that it made."""
        title = f"Congress {next(_numbers)}"
        reports = [
            load_records(self.servers[each].url(self.database), with_title(self.folder, title)) for each in servers
        ]
        return int(reports[0].version.partition("-")[0])


_numbers = count()


@pytest.fixture(scope="module")
def other(postgresql: Server) -> Iterator[Server]:
    with server() as own:
        yield own


@pytest.fixture
def two(other: Server, postgresql: Server, tmp_path: Path) -> Iterator[Two]:
    """The first one is stopped by tests."""
    other.recover()
    name = f"choice{next(_numbers)}"
    for each in (other, postgresql):
        of_server(each).named(name)
    yield Two((other, postgresql), name, tmp_path)


class Process:
    """The pool and the watcher of a process of the service; the watcher polls only if a test calls it."""

    def __init__(self, url: str, choice: ServerChoice | None = None) -> None:
        pool = read_pool(Settings(database_url=url), choice)
        assert isinstance(pool, PostgresqlReadPool)
        self.pool = pool
        self.watcher = ServerVersionWatcher(pool, lambda: None)

    async def poll(self) -> tuple[int | None, int]:
        """The server that it reads from after a poll, and the number of the dataset version there."""
        await self.watcher._poll()
        version = self.watcher.version()
        return self.pool.server_index, version.number if version else 0

    async def look_for_better(self) -> None:
        await self.watcher._return()


@asynccontextmanager
async def processes(url: str) -> AsyncIterator[tuple[Process, Process]]:
    """Two processes of one service, of which the first has chosen."""
    async with AsyncExitStack() as stack:
        one = Process(url)
        another = Process(url, one.pool.choice)
        for each in (one, another):
            stack.push_async_callback(each.watcher._lose_server)
            stack.callback(each.pool.close)
        yield one, another


def test_all_follow_who_has_lost_the_first_server(two: Two) -> None:
    async def watch() -> None:
        version = two.load(FIRST, SECOND)
        async with processes(two.url) as (one, another):
            assert [await one.poll(), await another.poll()] == [(FIRST, version)] * 2
            two.servers[FIRST].kill()
            assert await one.poll() == (SECOND, version)
            two.servers[FIRST].recover()
            assert await another.poll() == (SECOND, version), "it follows, though the first server is back"

    run(watch())


def test_a_better_server_is_used_again_once_it_has_the_version(two: Two) -> None:
    async def watch() -> None:
        version = two.load(FIRST, SECOND)
        async with processes(two.url) as (one, another):
            await one.poll()
            two.servers[FIRST].kill()
            assert [await one.poll(), await another.poll()] == [(SECOND, version)] * 2
            newer = two.load(SECOND)
            two.servers[FIRST].recover()
            assert await one.poll() == (SECOND, newer)
            await one.look_for_better()
            assert one.pool.choice.index == SECOND
            assert [await one.poll(), await another.poll()] == [(SECOND, newer)] * 2
            assert two.load(FIRST) == newer
            await one.look_for_better()
            assert [await one.poll(), await another.poll()] == [(FIRST, newer)] * 2

    run(watch())


def test_nobody_follows_to_a_server_that_is_behind(two: Two) -> None:
    """The choice goes back, and so does who has followed it."""

    async def watch() -> None:
        version = two.load(FIRST, SECOND)
        async with processes(two.url) as (one, another):
            assert [await one.poll(), await another.poll()] == [(FIRST, version)] * 2
            one.pool.choice.index = SECOND
            assert await one.poll() == (SECOND, version)
            newer = two.load(FIRST)
            one.pool.choice.version_number = newer  # as a third process has seen, which still reads there
            assert await another.poll() == (FIRST, newer)
            assert await one.poll() == (FIRST, newer)

    run(watch())


@pytest.mark.parametrize("seconds", [60, 0])
def test_a_server_that_is_behind_is_waited_for_and_not_for_ever(
    two: Two, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Data that only the lost server had is gone; to serve nothing would not bring it back."""
    monkeypatch.setattr("app.db.server_watcher.CATCH_UP_SECONDS", seconds)
    read_version, reads = WatchedServer.read_version, count()

    async def catch_up(watched: WatchedServer, *arguments: Any) -> Any:
        if watched.index == SECOND and next(reads) == 2:
            await asyncio.to_thread(two.load, SECOND)
        return await read_version(watched, *arguments)

    async def watch() -> None:
        version = two.load(FIRST, SECOND)
        async with processes(two.url) as (one, _):
            newer = two.load(FIRST)
            assert await one.poll() == (FIRST, newer)
            two.servers[FIRST].kill()
            monkeypatch.setattr(WatchedServer, "read_version", catch_up)
            assert await one.poll() == (SECOND, newer if seconds else version)

    run(watch())


def test_a_standby_is_preferred_if_the_url_says_so(two: Two) -> None:
    async def watch() -> None:
        version = two.load(FIRST)
        with standby(two.servers[FIRST]) as copy:
            replicated = Two((two.servers[FIRST], copy), two.database, two.folder)
            async with processes(f"{replicated.url}&target_session_attrs=prefer-standby") as (one, another):
                assert [await one.poll(), await another.poll()] == [(SECOND, version)] * 2
                copy.kill()
                assert [await one.poll(), await another.poll()] == [(FIRST, version)] * 2
                copy.recover()
                await another.look_for_better()
                assert [await one.poll(), await another.poll()] == [(SECOND, version)] * 2

    run(watch())


def test_the_order_of_hosts_is_random_for_all_processes_at_once() -> None:
    servers = [{"host": str(number), "load_balance_hosts": "random"} for number in range(100)]
    choice = ServerChoice(servers)
    assert choice.servers != servers
    assert sorted(choice.names) == sorted(f"{number}:5432" for number in range(100))
