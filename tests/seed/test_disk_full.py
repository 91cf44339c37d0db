"""A full disk or a file size limit during a load leaves the old dataset, and one sentence says what to do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from app.db.sqlite import file_of
from seed.store.migration import migrate
from tests.amounts import DISK_STEP, SERVER_DISK_STEP
from tests.conftest import Readout
from tests.disks import resize, small_disk
from tests.postgresql import Server, cluster
from tests.seed.outcomes import BROKEN_OFF, NEW, OLD, proved_version, refused, write_talks
from tests.seed.test_commands import shell


@pytest.fixture
def before(readout: Readout, database: str, tmp_path: Path) -> Path:
    """A database with the dataset of folder `old`, and a folder `new` to load."""
    write_talks(tmp_path / "new", NEW, "The new talks")
    assert readout("load", write_talks(tmp_path / "old", OLD, "The talks")).status == 0
    return file_of(database)


@pytest.mark.long
@pytest.mark.sqlite
def test_a_full_disk_leaves_the_old_dataset(
    before: Path, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At any point of the load: each disk has a little more space than the one before it."""
    version, size = proved_version(readout), before.stat().st_size // 1024
    for number in count():
        with small_disk(tmp_path / f"disk{number}", size + 40 + number * DISK_STEP) as disk:
            monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{shutil.copy(before, disk)}")
            ran = readout("load", tmp_path / "new", "--prune")
            if ran.status == 0:
                break
            assert refused(ran).startswith("The disk is full, and the database is as it was: make room")
            assert proved_version(readout) == version
            resize(disk, 16 * 1024)
            assert readout("load", tmp_path / "new", "--prune").status == 0, "there is room now"
            assert proved_version(readout) != version
    assert number >= 3


@pytest.mark.sqlite
def test_a_file_size_limit_leaves_the_old_dataset(before: Path, readout: Readout, tmp_path: Path) -> None:
    """The limit has the effect of a used-up quota."""
    version = proved_version(readout)
    ran = shell("load", tmp_path / "new", "--prune", before="ulimit -f 128")
    assert "its disk is sound and within its quota" in refused(ran)
    assert proved_version(readout) == version


@pytest.mark.sqlite
@pytest.mark.parametrize("command", ["check", "load", "verify", "schema"])
def test_output_to_a_full_disk_is_an_error(before: Path, tmp_path: Path, command: str) -> None:
    paths = [tmp_path / "new"] if command in ("check", "load") else []
    ran = shell(command, *paths, before="exec >/dev/full", PYTHONUNBUFFERED="")
    assert refused(ran).startswith("The output cannot be written (No space left on device): make room")


@pytest.mark.sqlite
def test_an_error_that_cannot_be_printed_is_still_exit_status_2(before: Path) -> None:
    ran = shell("restore", before / "nope.db", before="exec 2>/dev/full", PYTHONUNBUFFERED="")
    assert (ran.status, ran.out) == (2, "")


@pytest.fixture
def full_server(postgresql: Server, tmp_path: Path) -> Iterator[Server]:
    """A server with a small disk."""
    with cluster() as own, small_disk(own.data, 80 * 1024) as disk:
        shutil.chown(disk, own.folder.owner())
        own.make("--wal-segsize=1")
        own.start()
        try:
            yield own
        finally:
            own.kill()


@pytest.mark.long
def test_a_server_with_a_full_disk_leaves_the_old_dataset(
    full_server: Server, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full while tables or the write-ahead log are written."""
    monkeypatch.setenv("READOUT_DATABASE_URL", url := full_server.create("readout"))
    migrate(url)
    write_talks(tmp_path / "new", NEW, "The new talks")
    assert readout("load", write_talks(tmp_path / "old", OLD, "The talks")).status == 0
    version, errors = proved_version(readout), []
    for room in range(16, 4096, SERVER_DISK_STEP):
        with filled(full_server.data, room):
            ran = readout("load", tmp_path / "new", "--prune")
        full_server.recover()
        if ran.status == 0:
            break
        errors.append(refused(ran))
        assert proved_version(readout) == version
    assert len(errors) > 2 and all(sentence.startswith(("The disk is full", BROKEN_OFF)) for sentence in errors)
    assert proved_version(readout) != version


@contextmanager
def filled(disk: Path, kibibytes: int) -> Iterator[None]:
    """Leave only so much space on a disk within the context."""
    state, ballast = os.statvfs(disk), disk / "ballast"
    ballast.write_bytes(bytes(state.f_bavail * state.f_bsize - kibibytes * 1024))
    yield
    ballast.unlink()
