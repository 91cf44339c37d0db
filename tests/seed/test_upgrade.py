"""A database of every earlier schema, with data, comes to the newest one and loses nothing.

`databases` has one of each, as the code of its time wrote it and `sqlite3 readout.db .dump` tells it: three loads of
invented records, which added, changed and removed. They are never made anew: such is what stands on somebody's disk.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.database import SCHEMA
from tests.conftest import Readout, WriteRecord
from tests.disks import resize, small_disk
from tests.seed.outcomes import proved_version, refused
from tests.seed.samples import ARTICLE, another, query
from tests.seed.test_migration import REVISIONS

DUMPS = sorted((Path(__file__).parent / "databases").glob("*.sql"))


@pytest.fixture(params=[path for path in DUMPS if path.stem != SCHEMA], ids=lambda path: path.stem)
def earlier(request: pytest.FixtureRequest, database_url: str) -> str:
    """The address of a database of an earlier schema."""
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
        connection.executescript(request.param.read_text())
        connection.execute("PRAGMA journal_mode = WAL")  # which the dump does not tell
    assert query(database_url, "SELECT version_num FROM alembic_version") == [request.param.stem]
    return database_url


def contents(url: str, columns: dict[str, list[str]]) -> dict[str, list[Any]]:
    """The rows of some tables, by some of their columns."""
    return {table: sorted(query(url, f"SELECT {', '.join(names)} FROM {table}")) for table, names in columns.items()}


def columns(url: str) -> dict[str, list[str]]:
    """The columns of every table that holds data, by the table's name."""
    named = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' AND name <> 'alembic_version'"
    )
    return {table: query(url, f"SELECT name FROM pragma_table_info('{table}')") for table in query(url, named)}


def test_there_is_a_database_of_every_schema_before_the_newest() -> None:
    assert {path.stem for path in DUMPS} >= {*REVISIONS[:-1]}


def test_an_earlier_database_comes_to_the_newest_schema_with_all_that_it_had(earlier: str, readout: Readout) -> None:
    had = columns(earlier)
    before = contents(earlier, had)
    assert len(before) > 20 and {change[2] for change in before["change"]} == {"added", "changed", "removed"}
    assert readout("migrate").status == 0
    assert query(earlier, "SELECT version_num FROM alembic_version") == [SCHEMA]
    assert contents(earlier, had) == before
    assert proved_version(readout) == "3-b504c21e", "the version goes on, and so do those who follow /changes"


def test_loads_go_on_after_an_upgrade(
    earlier: str, readout: Readout, write_record: WriteRecord, tmp_path: Path
) -> None:
    assert readout("migrate").status == 0
    write_record(tmp_path / "vienna", another("vienna"), ARTICLE)
    assert "title: Talks at the Café Hawelka → Utopia–Ruritania talks" in readout("load", tmp_path / "vienna").out
    assert proved_version(readout).startswith("4-")


def test_an_upgrade_for_which_the_disk_has_no_room_leaves_the_database_as_it_was(
    earlier: str, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(earlier.removeprefix("sqlite:///"))
    with small_disk(tmp_path / "disk", file.stat().st_size // 1024 + 64) as disk:
        monkeypatch.setenv("READOUT_DATABASE_URL", url := f"sqlite:///{shutil.copy(file, disk)}")
        assert refused(readout("migrate")).startswith("The disk is full, and the database is as it was")
        assert contents(url, columns(earlier)) == contents(earlier, columns(earlier))
        resize(disk, 16 * 1024)
        assert readout("migrate").status == 0
        assert proved_version(readout) == "3-b504c21e"
