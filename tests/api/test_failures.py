"""What the service answers when its file fails under it: 503 and a sentence, then the truth again, by itself."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from app.db.sqlite import file_of
from app.exports.__main__ import export
from seed.store.backup import backup, restore
from tests.api.conftest import World
from tests.api.failing import is_answered, keep, refused, title, with_title
from tests.api.serving import problem, serving, until
from tests.api.world import CONGRESS
from tests.databases import Databases, execute, load_records, query
from tests.disks import remount, small_disk

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("quick_readiness")]


@pytest.fixture
def database(world: World, databases: Databases) -> str:
    """A file with the world in it."""
    return databases.copy(world.database)


def test_a_file_that_is_gone_is_missed_and_answered_from_when_it_is_back(database: str) -> None:
    file = file_of(database)
    with serving(database) as served:
        keep(served)
        file.rename(file.with_suffix(".away"))
        assert "There is no database" in refused(served)
        file.with_suffix(".away").rename(file)
        until(lambda: is_answered(served))
        assert title(served) == "Congress of Vienna"


def test_a_file_in_the_place_of_another_is_answered_from_and_nothing_of_the_other(
    database: str, databases: Databases, tmp_path: Path
) -> None:
    newer = databases.copy(database)
    version = load_records(newer, with_title(tmp_path, "Another")).version
    newest = file_of(databases.copy(newer))
    with serving(database) as served:
        keep(served)
        newest.replace(file_of(database))
        until(lambda: served.get("/livez").headers.get("Readout-Dataset") == version)
        assert title(served) == "Another"


def test_a_copy_that_is_restored_is_answered_from(database: str, tmp_path: Path) -> None:
    with serving(database) as served:
        changes = served.walk("/changes")
        before = served.newest()
        backup(database, tmp_path / "copy.db")
        served.load(with_title(tmp_path, "Another"))
        keep(served)
        assert title(served) == "Another"
        restore(database, tmp_path / "copy.db")
        assert served.newest() == before
        assert title(served) == "Congress of Vienna"
        served.load(with_title(tmp_path, "A third"))
        assert served.walk("/changes")[: len(changes)] == changes


def test_a_folder_that_nobody_may_write_is_told_unless_the_file_needs_no_other(database: str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 8 * 1024) as disk:
        shutil.copy(file_of(database), disk)
        remount(disk, "ro")
        with serving(f"sqlite:///{disk}/readout.db") as served:
            assert "to write the folder" in refused(served)
            remount(disk, "rw")
            until(lambda: is_answered(served))
    with small_disk(tmp_path / "baked", 8 * 1024) as disk:
        query(database, "PRAGMA journal_mode = DELETE")
        shutil.copy(file_of(database), disk)
        remount(disk, "ro")
        with serving(f"sqlite:///{disk}/readout.db") as served:
            assert is_answered(served)


def test_exports_that_are_gone_are_told_and_served_when_they_are_back(database: str) -> None:
    with serving(database) as served:
        export(served.app.state.read_pool)
        exports = served.app.state.settings.exports
        assert served.get("/exports/people.csv").status_code == 200
        exports.rename(exports.with_suffix(".away"))
        assert "python -m app.exports" in problem(served.get("/exports/people.csv"), 404, "not_found")["detail"]
        until(lambda: served.json("/dataset")["exports"] == [])
        assert is_answered(served)
        exports.with_suffix(".away").rename(exports)
        assert served.get("/exports/people.csv").status_code == 200
        until(lambda: served.json("/dataset")["exports"] != [])


def test_a_damaged_file_is_told_until_a_copy_is_restored(database: str, tmp_path: Path) -> None:
    backup(database, tmp_path / "copy.db")
    with serving(database, cache_mib=0) as served:
        (page,) = query(database, "SELECT rootpage FROM sqlite_master WHERE name = 'evidence'")
        with file_of(database).open("r+b") as content:
            content.seek((page - 1) * 4096)
            content.write(b"\xff" * 4096)
        detail = problem(served.get("/evidence"), 503, "unavailable")["detail"]
        assert "The database is damaged" in detail
        assert is_answered(served), "what does not read the damaged page is answered"
        restore(database, tmp_path / "copy.db")
        until(lambda: served.get("/evidence").status_code == 200)


@pytest.mark.parametrize(
    "change",
    [
        *(f"loaded_at = {value}" for value in ("'yesterday'", "''", "7", "x'ff'")),
        *(f"digest = {value}" for value in ("''", "'é'", "7", "upper(digest)", "substr(digest, 2)")),
    ],
)
def test_an_invalid_row_of_the_version_is_a_problem(database: str, tmp_path: Path, change: str) -> None:
    backup(database, tmp_path / "copy.db")
    with serving(database) as served:
        execute(database, f"UPDATE dataset_version SET {change}")
        until(lambda: "Readout-Dataset" not in served.get("/livez").headers)
        assert refused(served).startswith("The database is damaged")
        assert served.get("/read/nobody").status_code == 503
        restore(database, tmp_path / "copy.db")
        until(lambda: is_answered(served))


def test_a_load_is_noticed_though_the_connection_that_would_notice_it_was_lost(database: str) -> None:
    """A lock that it met closes it, and the next one begins to count changes anew."""
    query(database, "PRAGMA journal_mode = DELETE")  # under write-ahead logging nobody can keep a reader out
    with serving(database) as served, closing(sqlite3.connect(file_of(database), isolation_level=None)) as other:
        keep(served)
        other.execute("BEGIN EXCLUSIVE")
        other.execute(f"UPDATE meeting SET title = 'Another' WHERE id = '{CONGRESS}'")
        with pytest.raises(httpx.TimeoutException):
            served.get("/dataset", timeout=0.5)
        other.execute("COMMIT")
        until(lambda: title(served) == "Another")
