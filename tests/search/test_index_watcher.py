"""A service keeps its search index up to date, whatever happens to the process that does so."""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from app.db.snapshots import Version
from app.search import index_watcher
from app.search.folder import SearchFolder
from app.search.index_watcher import IndexWatcher
from tests.api.processes import PATIENCE, complete_lines, running, until
from tests.api.world import write_bare, write_congress
from tests.databases import Databases, load_records
from tests.search.indexes import follow


def status(url: str) -> int:
    return httpx.get(url, timeout=PATIENCE).status_code


def searched_version(address: str) -> str | None:
    """The version that the search index of a service holds, as `/readyz` names it."""
    version: str | None = httpx.get(f"{address}/readyz", timeout=PATIENCE).json()["search_dataset"]
    return version


def served_version(address: str) -> str:
    return httpx.get(f"{address}/meetings", timeout=PATIENCE).headers["Readout-Dataset"]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process writes the index in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def child_of(pid: int) -> int | None:
    """The process that updates the index, if there is one. Its parent waits until it runs a program of its own."""
    children = [Path(task, "children").read_text().split() for task in Path(f"/proc/{pid}/task").iterdir()]
    updates = (
        child for some in children for child in some if b"app.search" in Path(f"/proc/{child}/cmdline").read_bytes()
    )
    return next(map(int, updates), None)


def test_a_service_makes_its_index_and_follows_loads_from_elsewhere(databases: Databases, tmp_path: Path) -> None:
    url = databases.migrated()
    load_records(url, write_congress(tmp_path / "congress"))
    with running(database=url, READOUT_SEARCH=str(tmp_path / "search"), WEB_CONCURRENCY="2") as (_, address):
        until(lambda: searched_version(address) == served_version(address))
        before = served_version(address)
        load_records(url, write_bare(tmp_path / "bare"))
        until(lambda: searched_version(address) == served_version(address) != before)


def test_a_folder_that_cannot_be_written_is_logged_and_stops_nothing(databases: Databases, tmp_path: Path) -> None:
    url, log = databases.migrated(), tmp_path / "log"
    load_records(url, write_bare(tmp_path / "bare"))
    with running(database=url, log=log, READOUT_SEARCH="/proc/none/search") as (_, address):
        (line,) = until(lambda: [each for each in complete_lines(log) if each["event"] == "search index not updated"])
        assert "cannot be written to /proc/none/search" in line["error"] and line["level"] == "warning"
        assert searched_version(address) is None
        assert status(f"{address}/search?q=talks") == 503
        assert status(f"{address}/meetings") == 200


def test_a_frozen_update_leaves_the_service_as_it_is_and_ends_with_it(databases: Databases, tmp_path: Path) -> None:
    url, folder = databases.migrated(), tmp_path / "search"
    load_records(url, write_bare(tmp_path / "bare"))
    with locked(folder), running(database=url, READOUT_SEARCH=str(folder)) as (process, address):
        child = until(lambda: child_of(process.pid)) or 0
        until(lambda: os.getpriority(os.PRIO_PROCESS, child) > os.getpriority(os.PRIO_PROCESS, process.pid))
        os.kill(child, signal.SIGSTOP)
        assert searched_version(address) is None
        assert status(f"{address}/meetings") == 200
        process.terminate()
        assert process.wait(timeout=10) == 0
        until(lambda: not Path(f"/proc/{child}").exists())


def test_an_index_that_is_ahead_is_left_alone_for_a_while(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A standby that is asked now may lag behind the server that the index was made from."""
    url, folder = databases.migrated(), SearchFolder(tmp_path / "search")
    load_records(url, write_bare(tmp_path / "bare"))
    follow(url, folder.path)
    lagging = Version(folder.open().version.number - 1, "0" * 64, datetime.now(UTC))
    monkeypatch.setattr(index_watcher, "PATIENCE_SECONDS", 0)
    watcher = IndexWatcher(folder, lambda: lagging, updates=True)
    watcher.look()
    assert not watcher._is_due() and watcher.versions_behind == 0
    monkeypatch.setattr(index_watcher, "RETRY_SECONDS", 0)
    assert watcher._is_due()
