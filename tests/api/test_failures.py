"""What the service answers when its file fails under it: 503 and a sentence, then the truth again, by itself."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from app.database import SCHEMA
from app.exports.__main__ import export
from seed.backup import backup, restore
from tests.api.conftest import World
from tests.api.failing import is_answered, keep, refused, title, until, with_title
from tests.api.serving import copy_database, load_records, problem, serving
from tests.api.world import CONGRESS
from tests.disks import remount, small_disk


@pytest.fixture
def file(world: World, tmp_path: Path) -> Path:
    """A file with the world in it."""
    return copy_database(world.database, tmp_path / "own.db")


def test_a_file_that_is_gone_is_missed_and_answered_from_when_it_is_back(file: Path) -> None:
    with serving(file) as served:
        keep(served)
        file.rename(file.with_suffix(".away"))
        assert "There is no database" in refused(served)
        file.with_suffix(".away").rename(file)
        until(lambda: is_answered(served))
        assert title(served) == "Congress of Vienna"


def test_a_file_in_the_place_of_another_is_answered_from_and_nothing_of_the_other(file: Path, tmp_path: Path) -> None:
    newer = copy_database(file, tmp_path / "newer.db")
    version = load_records(newer, with_title(tmp_path, "Another")).version
    copy_database(newer, tmp_path / "newest.db")
    with serving(file) as served:
        keep(served)
        (tmp_path / "newest.db").replace(file)
        until(lambda: served.get("/livez").headers.get("Readout-Dataset") == version)
        assert title(served) == "Another"


def test_a_copy_that_is_restored_is_answered_from(file: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{file}"
    with serving(file) as served:
        changes = served.walk("/changes")
        before = served.newest()
        backup(url, tmp_path / "copy.db")
        served.load(with_title(tmp_path, "Another"))
        keep(served)
        assert title(served) == "Another"
        restore(url, tmp_path / "copy.db")
        assert served.newest() == before
        assert title(served) == "Congress of Vienna"
        served.load(with_title(tmp_path, "A third"))
        assert served.walk("/changes")[: len(changes)] == changes


def test_a_newer_schema_is_told_and_nothing_is_kept_of_what_was(file: Path) -> None:
    with serving(file) as served:
        keep(served)
        served.change("UPDATE alembic_version SET version_num = '9999'")
        assert "schema 9999, of a newer version of Readout" in refused(served)
        served.change(f"UPDATE alembic_version SET version_num = '{SCHEMA}'")
        until(lambda: is_answered(served))


def test_a_folder_that_nobody_may_write_is_told_unless_the_file_needs_no_other(world: World, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 8 * 1024) as disk:
        file = copy_database(world.database, disk / "own.db")
        remount(disk, "ro")
        with serving(file) as served:
            assert "to write the folder" in refused(served)
            remount(disk, "rw")
            until(lambda: is_answered(served))
    with small_disk(tmp_path / "baked", 8 * 1024) as disk:
        file = copy_database(world.database, disk / "own.db")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        remount(disk, "ro")
        with serving(file) as served:
            assert is_answered(served)


def test_exports_that_are_gone_are_told_and_served_when_they_are_back(file: Path) -> None:
    with serving(file) as served:
        export(served.app.state.readers)
        exports = served.app.state.settings.exports
        assert served.get("/exports/people.csv").status_code == 200
        exports.rename(exports.with_suffix(".away"))
        assert "python -m app.exports" in problem(served.get("/exports/people.csv"), 404, "not_found")["detail"]
        until(lambda: served.json("/dataset")["exports"] == [])
        assert is_answered(served)
        exports.with_suffix(".away").rename(exports)
        assert served.get("/exports/people.csv").status_code == 200
        until(lambda: served.json("/dataset")["exports"] != [])


def test_a_damaged_file_is_told_until_a_copy_is_restored(file: Path, tmp_path: Path) -> None:
    backup(f"sqlite:///{file}", tmp_path / "copy.db")
    with serving(file, cache_mib=0) as served:
        with closing(sqlite3.connect(file)) as connection:
            (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'evidence'").fetchone()
        with file.open("r+b") as content:
            content.seek((page - 1) * 4096)
            content.write(b"\xff" * 4096)
        detail = problem(served.get("/evidence"), 503, "unavailable")["detail"]
        assert "The database is damaged" in detail
        assert is_answered(served), "what does not read the damaged page is answered"
        restore(f"sqlite:///{file}", tmp_path / "copy.db")
        until(lambda: served.get("/evidence").status_code == 200)


def test_a_load_is_noticed_though_the_connection_that_would_notice_it_was_lost(file: Path) -> None:
    """A lock that it met closes it, and the next one begins to count changes anew."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # under write-ahead logging nobody can keep a reader out
    with serving(file) as served, closing(sqlite3.connect(file, isolation_level=None)) as other:
        keep(served)
        other.execute("BEGIN EXCLUSIVE")
        other.execute(f"UPDATE meeting SET title = 'Another' WHERE id = '{CONGRESS}'")
        with pytest.raises(httpx.TimeoutException):
            served.get("/dataset", timeout=0.5)
        other.execute("COMMIT")
        until(lambda: title(served) == "Another")
