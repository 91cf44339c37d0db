"""`python -m app.exports`: what it says, and that there are the old exports or the new ones, whole."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.exports.__main__ import main
from app.exports.sqlite_export import SqliteExport
from tests.api.conftest import World
from tests.api.world import write_bare
from tests.databases import Databases, load_records
from tests.forked import Process, start_python

pytestmark = pytest.mark.sqlite  # how files are written does not depend on the kind of database

COMMAND = (sys.executable, "-m", "app.exports")
LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
from app.exports.__main__ import main
main()
"""


@pytest.fixture
def database(world: World, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> str:
    url = databases.copy(world.database)
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    return url


@pytest.fixture
def exports(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READOUT_EXPORTS", str(tmp_path / "exports"))
    return tmp_path / "exports"


def printed_line(capsys: pytest.CaptureFixture[str]) -> str:
    """The summary of a successful export, run in this process."""
    capsys.readouterr()
    main()
    printed = capsys.readouterr()
    assert printed.err == "" and printed.out.count("\n") == 1
    return printed.out


def refused(capsys: pytest.CaptureFixture[str]) -> str:
    """The sentence with which it refuses."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as exit:
        main()
    printed = capsys.readouterr()
    assert (exit.value.code, printed.out, printed.err.count("\n")) == (2, "", 1)
    return printed.err


def start() -> Process:
    return start_python("-m", "app.exports", environment=os.environ)


def files(exports: Path) -> dict[str, int]:
    """All that is there, with the time of its last change."""
    return {str(path.relative_to(exports)): path.stat().st_mtime_ns for path in exports.rglob("*")}


@pytest.mark.postgresql
def test_it_says_what_it_made_and_makes_it_once(
    exports: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed_line(capsys).startswith(f"Exported dataset version {world.versions[-1]}: 31 files, ")
    made = files(exports)
    assert "already: nothing to do" in printed_line(capsys)
    assert files(exports) == made


def test_only_what_it_made_itself_is_removed(
    database: str, exports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (exports / "mine").mkdir(parents=True)
    (exports / "mine" / "notes").write_text("")
    printed_line(capsys)
    before = {path.name for path in exports.iterdir()}
    load_records(database, write_bare(tmp_path / "bare"), prune=True)
    printed_line(capsys)
    after = {path.name for path in exports.iterdir()}
    assert before & after == {"mine"} and len(after) == 2 and (exports / "mine" / "notes").exists()


def test_two_at_once_are_one_after_the_other(exports: Path) -> None:
    ended = [(*process.communicate(), process.returncode) for process in [start(), start()]]
    assert [(err, status) for _, err, status in ended] == [("", 0), ("", 0)]
    assert sorted("already" in out for out, _, _ in ended) == [False, True]
    assert len(list(exports.iterdir())) == 1


def test_killed_on_its_way_it_leaves_the_old_ones_and_the_next_cleans_up(
    database: str, exports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed_line(capsys)
    before = files(exports)
    load_records(database, write_bare(tmp_path / "bare"), prune=True)
    process = start()
    while not (exports / ".unfinished").exists():
        assert process.poll() is None
        os.sched_yield()
    process.kill()
    process.communicate()
    assert before.items() <= files(exports).items() and (exports / ".unfinished").exists()
    assert printed_line(capsys).startswith("Exported")
    (folder,) = exports.iterdir()
    assert folder.name not in before and len(list(folder.iterdir())) == 32


def test_a_folder_from_which_files_were_taken_is_made_anew(exports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed_line(capsys)
    (folder,) = exports.iterdir()
    (folder / "manifest.json").unlink()
    assert printed_line(capsys).startswith("Exported")
    assert (folder / "manifest.json").exists()


def test_an_sqlite_file_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    """The service would report an error of SQLite as one of the database that is read."""
    with pytest.raises(OSError, match="unable to open"):
        SqliteExport(tmp_path)
    path = tmp_path / "other"
    path.write_bytes(b"no database" * 500)
    with closing(SqliteExport(path)) as export, pytest.raises(OSError, match="not a database"):
        export.begin()


@pytest.mark.parametrize("blocks", [100, 400])
def test_a_disk_that_is_full_is_one_sentence_and_the_old_ones_stay(
    exports: Path, blocks: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the first limit lines of JSON do not fit; with the second only the whole as SQLite does not."""
    printed_line(capsys)
    before = files(exports)
    monkeypatch.setenv("READOUT_PUBLIC_URL", "https://other.example")
    process = start_python("-c", LIMITED.format(size=blocks * 512), environment=os.environ)
    out, err = process.communicate()
    assert (process.returncode, out, err.count("\n")) == (2, "", 1)
    assert str(exports) in err and "READOUT_EXPORTS" in err
    assert files(exports) == before


@pytest.mark.parametrize("folder", ["file", "/proc/exports"])
def test_a_folder_that_cannot_be_written_is_one_sentence(
    exports: Path, folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exports.with_name("file").write_text("")
    monkeypatch.setenv("READOUT_EXPORTS", str(exports.parent / folder))
    assert "READOUT_EXPORTS" in refused(capsys)


@pytest.mark.parametrize(
    ("setting", "value", "advice"),
    [
        ("READOUT_DATABASE_URL", "sqlite:////proc/nothing.db", "python -m seed migrate"),
        ("READOUT_PUBLIC_URL", "nonsense", "READOUT_PUBLIC_URL"),
    ],
)
def test_a_database_or_setting_that_cannot_be_used_is_one_sentence(
    exports: Path,
    setting: str,
    value: str,
    advice: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(setting, value)
    assert advice in refused(capsys)


@pytest.mark.parametrize("module", ["app.exports", "app"])
def test_an_output_that_cannot_be_written_is_exit_status_2(
    module: str, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # what is not written must not be written again at exit
    with Path("/dev/full").open("w") as full:
        if module == "app.exports":
            ran = subprocess.run(COMMAND, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
            sentence = "readout: The output cannot be written (No space left on device): make room, and run it again.\n"
            assert (ran.returncode, ran.stderr) == (2, sentence)
        monkeypatch.setenv("READOUT_DATABASE_URL", "nonsense")
        ran = subprocess.run(
            [sys.executable, "-m", module], stdout=subprocess.PIPE, stderr=full, text=True, check=False
        )
        assert (ran.returncode, ran.stdout) == (2, "")
