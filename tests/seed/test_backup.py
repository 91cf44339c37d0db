"""A restored backup equals the database: `verify` proves it, and its versions go on."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.db.engines import writing_engine
from app.db.sqlite import file_of
from seed.store.migration import migrate
from tests.conftest import Readout
from tests.databases import dump, execute, query
from tests.disks import small_disk
from tests.docs.markdown import DOCS, blocks, sections
from tests.forked import start_python
from tests.packages import found
from tests.postgresql import Server
from tests.seed.outcomes import NEW, OLD, proved_version, refused, write_talks

COMMANDS = sections(sections((DOCS / "operating.md").read_text(), 2)["Backup and restore"], 3)


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """Folders `old` and `new` of datasets."""
    write_talks(tmp_path / "old", OLD, "The talks")
    write_talks(tmp_path / "new", NEW, "The new talks")
    return tmp_path


@pytest.fixture
def file(readout: Readout, database: str, talks: Path) -> Path:
    """A database with the old dataset."""
    assert readout("load", talks / "old").status == 0
    return file_of(database)


def documented(heading: str, folder: Path) -> list[list[str]]:
    """The commands of the documentation, those of each block, with another folder."""
    steps = (block.steps() for block in blocks(COMMANDS[heading]))
    return [[command.replace("/backups", str(folder)) for command, _ in each] for each in steps]


def run(*commands: str) -> None:
    """Run commands as one shell does; those of Python as forked processes, which saves seconds."""
    environment = dict(os.environ)
    if program := found("postgresql"):
        environment["PATH"] = f"{program.parent}{os.pathsep}{environment['PATH']}"
    for command in commands:
        if exported := re.fullmatch(r'export (\w+)="([^"$]*)"', command):
            environment[exported[1]] = exported[2]
        elif python := re.fullmatch(r"(?:(\w+)=(\S+) )?python ([^\"'$]*)", command):
            name, value, arguments = python.groups()
            process = start_python(*arguments.split(), environment=environment | ({name: value} if name else {}))
            assert process.wait() == 0, process.communicate()
        else:
            ran = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=False)
            assert ran.returncode == 0, ran


@pytest.mark.sqlite
def test_a_file_is_restored_as_documented(file: Path, readout: Readout, talks: Path, database: str) -> None:
    before, version = dump(database), proved_version(readout)
    ((backup, *restore),) = documented("An SQLite file", talks)
    run(backup)
    assert readout("load", talks / "new", "--prune").status == 0
    assert proved_version(readout) != version
    run(*restore)
    assert proved_version(readout) == version
    assert dump(database) == before
    assert query(database, "PRAGMA journal_mode") == ["wal"]
    assert "nothing changed" in readout("load", talks / "old").out


@pytest.fixture
def restored(postgresql: Server) -> Iterator[str]:
    """The URL of the database that the documentation restores into."""
    yield postgresql.url("readout-restored")
    postgresql.execute('DROP DATABASE "readout-restored"')


@pytest.mark.postgresql
def test_postgresql_is_restored_as_documented(
    database: str, restored: str, readout: Readout, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READOUT_EXPORTS", str(talks / "exports"))
    assert readout("load", talks / "old").status == 0
    version = proved_version(readout)
    backup, restore = documented("PostgreSQL", talks)
    run(*backup)
    assert readout("load", talks / "new", "--prune").status == 0
    assert proved_version(readout) != version
    run(*(command.replace("postgresql://readout@HOST/readout-restored", restored) for command in restore))
    monkeypatch.setenv("READOUT_DATABASE_URL", restored)
    assert proved_version(readout) == version
    assert "nothing changed" in readout("load", talks / "old").out
    assert readout("load", talks / "new").status == 0
    assert proved_version(readout).startswith("2-")


@pytest.mark.sqlite
def test_a_backup_during_a_load_is_a_snapshot(file: Path, readout: Readout, talks: Path, database: str) -> None:
    version = proved_version(readout)
    engine = writing_engine(database)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM evidence_field")
        assert readout("backup", talks / "copy.db").status == 0
    engine.dispose()
    assert readout("restore", talks / "copy.db").status == 0
    assert proved_version(readout) == version


@pytest.mark.sqlite
def test_readers_during_a_restore_see_one_database_then_the_other(file: Path, readout: Readout, talks: Path) -> None:
    newest = "SELECT max(number) FROM dataset_version"
    assert readout("backup", talks / "copy.db").status == 0
    assert readout("load", talks / "new").status == 0
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute(newest).fetchone() == (2,)
        assert readout("restore", talks / "copy.db").status == 0
        assert reader.execute(newest).fetchone() == (2,)
        reader.execute("COMMIT")
        assert reader.execute(newest).fetchone() == (1,)


@pytest.mark.sqlite
def test_a_restore_creates_a_missing_database(
    file: Path, readout: Readout, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = proved_version(readout)
    assert readout("backup", talks / "copy.db").status == 0
    monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{talks}/elsewhere/own.db")
    assert readout("restore", talks / "copy.db").status == 0
    assert proved_version(readout) == version


def missing(copy: Path) -> None:
    copy.unlink()


def text(copy: Path) -> None:
    copy.write_text("This is no database, but a text that is longer than a page's header. " * 20)


def empty(copy: Path) -> None:
    copy.write_bytes(b"")


def foreign(copy: Path) -> None:
    copy.unlink()
    execute(f"sqlite:///{copy}", "CREATE TABLE meeting (id TEXT, title TEXT)")


def cut(copy: Path) -> None:
    os.truncate(copy, copy.stat().st_size // 2)


def damaged(copy: Path) -> None:
    with copy.open("r+b") as content:
        content.seek(copy.stat().st_size // 2)
        content.write(b"\xff" * 8192)


@pytest.mark.sqlite
@pytest.mark.parametrize("spoil", [missing, text, empty, foreign, cut, damaged], ids=lambda spoil: spoil.__name__)
def test_an_unsound_copy_is_not_restored(
    spoil: Callable[[Path], None], file: Path, readout: Readout, talks: Path, database: str
) -> None:
    assert readout("backup", talks / "copy.db").status == 0
    spoil(talks / "copy.db")
    before = dump(database)
    assert ", and nothing was restored: give " in refused(readout("restore", talks / "copy.db"))
    assert dump(database) == before


@pytest.mark.sqlite
def test_a_backup_overwrites_nothing_and_leaves_no_partial_copy(file: Path, readout: Readout, talks: Path) -> None:
    (talks / "copy.db").write_text("mine")
    assert "exists already" in refused(readout("backup", talks / "copy.db"))
    assert (talks / "copy.db").read_text() == "mine"
    with small_disk(talks / "disk", 128) as disk:
        assert refused(readout("backup", disk / "copy.db")).startswith(
            "The disk is full, and the database is as it was"
        )
        assert not list(disk.iterdir())


@pytest.mark.sqlite
def test_a_restore_with_too_little_disk_space_changes_nothing(
    file: Path, readout: Readout, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert readout("backup", talks / "copy.db").status == 0
    with small_disk(talks / "disk", file.stat().st_size // 1024 + 200) as disk:
        monkeypatch.setenv("READOUT_DATABASE_URL", url := f"sqlite:///{shutil.copy(file, disk / 'own.db')}")
        migrate(url)
        before = dump(url)
        assert refused(readout("restore", talks / "copy.db")).startswith("The disk is full")
        assert dump(url) == before


@pytest.mark.sqlite
def test_a_restore_into_a_foreign_or_a_locked_database_is_refused(
    file: Path, readout: Readout, talks: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert readout("backup", talks / "copy.db").status == 0
    monkeypatch.setattr("app.db.sqlite.BUSY_SECONDS", 0.01)
    engine = writing_engine(database)
    with engine.begin():
        assert refused(readout("restore", talks / "copy.db")).startswith("The database is locked by another program")
    engine.dispose()
    (talks / "other.db").touch()
    foreign(talks / "other.db")
    monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{talks}/other.db")
    assert "not one of Readout's" in refused(readout("restore", talks / "copy.db"))


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_backup_and_restore_refuse_postgresql(
    command: str, readout: Readout, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READOUT_DATABASE_URL", "postgresql://localhost/readout")
    assert "pg_dump and pg_restore" in refused(readout(command, talks / "copy.db"))
