"""A database of every earlier schema, with data, comes to the newest one and loses nothing.

`databases` has one of each, as the code of its time wrote it and `sqlite3 readout.db .dump` or `pg_dump --inserts` tells
it: three loads of invented records, which added, changed and removed. They are never made anew: such is what stands on
somebody's disk. PostgreSQL's begin with 0002.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect

from app.db.engines import is_server, reading_engine
from app.db.snapshots import SCHEMA
from app.db.sqlite import file_of
from app.search.query import ENGINES, words_and_phrases
from seed.store.migration import migrate
from tests.api.failing import is_answered
from tests.api.failing import refused as refused_by_service
from tests.api.serving import serving, until
from tests.conftest import Readout, WriteRecord
from tests.databases import Files, OfServer
from tests.disks import resize, small_disk
from tests.seed.outcomes import proved_version, refused
from tests.seed.samples import ARTICLE, another
from tests.seed.test_migration import REVISIONS

DUMPS = Path(__file__).parent / "databases"
FILES = [path for path in sorted(DUMPS.glob("sqlite/*.sql")) if path.stem != SCHEMA]
VERSION = "3-b504c21e"
"""Of the dataset in each."""


def restored(dump: Path, url: str) -> str:
    """A database as a dump has it."""
    if is_server(url):
        with psycopg.connect(url) as server:
            server.execute(dump.read_bytes())
        return url
    with closing(sqlite3.connect(file_of(url))) as file:
        file.executescript(dump.read_text())
        file.execute("PRAGMA journal_mode = WAL")  # which the dump does not tell
    return url


@pytest.fixture(params=sorted(DUMPS.glob("*/*.sql")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def stored(request: pytest.FixtureRequest, files: Files, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database that was dumped, as READOUT_DATABASE_URL has it."""
    in_file = request.param.parent.name == "sqlite"
    kind = files if in_file else OfServer(request.getfixturevalue("postgresql"))
    with kind.databases() as databases:
        database = restored(request.param, databases.new())
        monkeypatch.setenv("READOUT_DATABASE_URL", database)
        yield database


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def earlier(request: pytest.FixtureRequest, files: Files, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A file of an earlier schema, as READOUT_DATABASE_URL has it."""
    with files.databases() as databases:
        database = restored(request.param, databases.new())
        monkeypatch.setenv("READOUT_DATABASE_URL", database)
        yield database


def contents(url: str, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows of some tables, by some of their columns."""
    with reading_engine(url).connect() as connection:
        select = {table: f"SELECT {', '.join(names)} FROM {table}" for table, names in columns.items()}
        return {table: sorted(map(repr, connection.exec_driver_sql(rows))) for table, rows in select.items()}


def columns(url: str) -> dict[str, list[str]]:
    """The columns of every table that holds what was loaded, by the table's name."""
    with reading_engine(url).connect() as connection:
        found = inspect(connection)
        tables = [name for name in found.get_table_names() if not name.startswith(("search_", "alembic_"))]
        return {table: [column["name"] for column in found.get_columns(table)] for table in tables}


def test_there_is_a_database_of_every_schema() -> None:
    assert [path.stem for path in sorted(DUMPS.glob("sqlite/*.sql"))] == REVISIONS
    assert [path.stem for path in sorted(DUMPS.glob("postgresql/*.sql"))] == REVISIONS[1:]


def test_a_database_comes_to_the_newest_schema_with_all_that_it_had(stored: str, readout: Readout) -> None:
    had = columns(stored)
    before = contents(stored, had)
    assert len(before) > 20
    assert all(any(f"'{kind}'" in row for row in before["change"]) for kind in ("added", "changed", "removed"))
    assert readout("migrate").status == 0
    assert migrate(stored) == SCHEMA
    assert contents(stored, had) == before
    assert proved_version(readout) == VERSION, "the version goes on, and so do those who follow /changes"


def test_what_is_stored_is_found_after_an_upgrade(stored: str, readout: Readout) -> None:
    assert readout("migrate").status == 0
    with reading_engine(stored).connect() as connection:
        ranked = ENGINES[connection.dialect.name].ranked("q", "limit", "offset")
        hits = connection.execute(ranked, {"q": words_and_phrases('roe "our doors"'), "limit": 100, "offset": 0})
        assert "vienna.doors" in {hit.id for hit in hits}


def test_loads_go_on_after_an_upgrade(stored: str, readout: Readout, write_record: WriteRecord, tmp_path: Path) -> None:
    assert readout("migrate").status == 0
    write_record(tmp_path / "vienna", another("vienna"), ARTICLE)
    assert "title: Talks at the Café Hawelka → Utopia–Ruritania talks" in readout("load", tmp_path / "vienna").out
    assert proved_version(readout).startswith("4-")


def test_an_upgrade_for_which_the_disk_has_no_room_leaves_the_database_as_it_was(
    earlier: str, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, file = contents(earlier, had := columns(earlier)), file_of(earlier)
    with small_disk(tmp_path / "disk", file.stat().st_size // 1024 + 40) as disk:  # 32 of it are SQLite's shared memory
        monkeypatch.setenv("READOUT_DATABASE_URL", url := f"sqlite:///{shutil.copy(file, disk)}")
        assert refused(readout("migrate")).startswith("The disk is full, and the database is as it was")
        assert contents(url, had) == before
        resize(disk, 16 * 1024)
        assert readout("migrate").status == 0
        assert proved_version(readout) == VERSION


def test_a_service_answers_as_soon_as_its_database_is_upgraded(earlier: str) -> None:
    with serving(earlier) as served:
        assert f"{SCHEMA} is wanted: run `python -m seed migrate`" in refused_by_service(served)
        migrate(earlier)
        until(lambda: is_answered(served))
        assert served.newest() == VERSION
        assert served.json("/meetings/vienna")["title"] == "Talks at the Café Hawelka"
