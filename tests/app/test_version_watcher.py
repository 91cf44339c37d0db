"""A new dataset version is seen within 50 ms of its load: by a clock and a loop that the tests turn themselves."""

import asyncio
from collections.abc import Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.db import version_watcher
from app.db.read_pool import read_pool
from app.settings import Settings
from tests.conftest import WriteRecord
from tests.coroutines import run
from tests.databases import load_records
from tests.seed.samples import ARTICLE, RECORD

LAG = 0.05
"""In seconds: how long a response may be older than a load, as the documentation promises."""


@pytest.fixture
def folder(tmp_path: Path, write_record: WriteRecord) -> Path:
    return write_record(tmp_path / "vienna", RECORD, ARTICLE)


@pytest.mark.sqlite
def test_a_file_is_asked_again_after_50_ms_and_not_before_each_request(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(version_watcher, "monotonic", lambda: now)
    cleared: list[None] = []
    with closing(read_pool(Settings(database_url=database))) as pool:
        watcher = version_watcher.version_watcher(pool, lambda: cleared.append(None))
        assert watcher.version() is None
        version = load_records(database, folder).version
        before = len(cleared)
        assert watcher.version() is None and len(cleared) == before
        now += LAG
        assert str(watcher.version()) == version and len(cleared) == before + 1


@pytest.mark.postgresql
def test_a_server_is_asked_again_after_less_than_50_ms(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    wait_for = asyncio.wait_for
    loops: list[asyncio.AbstractEventLoop] = []

    async def turn(waited_for: Coroutine[Any, Any, bool], timeout: float) -> bool:
        if asyncio.get_running_loop() not in loops:  # a service of other tests watches in a loop of its own
            return await wait_for(waited_for, timeout)
        waited_for.close()
        pauses.append(timeout)
        await asyncio.sleep(0)
        return True

    async def watch() -> None:
        loops.append(asyncio.get_running_loop())
        versions = [load_records(database, folder).version]
        pool = read_pool(Settings(database_url=database))
        watcher = version_watcher.version_watcher(pool, lambda: versions.append(str(watcher.version())))
        async with watcher.running():
            assert str(watcher.version()) == versions[0]
            (folder / "record.yaml").write_text(RECORD.replace("Utopia–Ruritania talks", "The talks"))
            loaded = await asyncio.to_thread(lambda: load_records(database, folder).version)
            turns = len(pauses)
            while versions[-1] != loaded:
                assert len(pauses) <= turns + 2, "it is seen at the next turn, or at the one after that"
                await asyncio.sleep(0)
        pool.close()

    monkeypatch.setattr(asyncio, "wait_for", turn)
    run(watch())
    assert max(pauses) < LAG
