"""The faults of the index: whatever goes wrong, it is the one before or the one after, and the next run mends it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pytest
from tantivy import Document, Index, SchemaBuilder

from app.db.errors import Unavailable
from app.db.snapshots import Version
from app.db.sqlite import file_of
from app.search import folder as folders
from app.search.folder import NoIndex, SearchFolder
from app.search.queries import Filters
from app.search.query_parsing import parse_query
from app.search.schema import register_analyzers
from app.search.searching import Search
from tests.amounts import INDEXER_STEPS
from tests.conftest import Readout, WriteRecord
from tests.databases import Databases, load_records, query
from tests.disks import remount, resize, small_disk
from tests.search.indexes import assert_as_new, documents, follow
from tests.seed.samples import ARTICLE, RECORD, changed

RENAMED = changed(RECORD, ("title: Utopia–Ruritania talks", "title: A congress"))


@pytest.fixture
def records(tmp_path: Path, write_record: WriteRecord) -> tuple[Path, Path]:
    """A record, and the same with another title."""
    own = (
        write_record(tmp_path / "old/vienna", RECORD, ARTICLE),
        write_record(tmp_path / "new/vienna", RENAMED, ARTICLE),
    )
    return own


@pytest.fixture
def url(databases: Databases, records: tuple[Path, Path]) -> str:
    """A database with the record."""
    return databases.loaded(records[0])


@pytest.fixture
def folder(tmp_path: Path, url: str) -> Path:
    """The database's search index."""
    follow(url, tmp_path / "search")
    return tmp_path / "search"


def title(folder: Path) -> str:
    """The title of the meeting in the index."""
    found: str = documents(SearchFolder(folder).open())["meeting", "vienna"]["title"]
    return found


def test_an_index_that_is_there_is_followed(folder: Path, url: str, records: tuple[Path, Path]) -> None:
    assert follow(url, folder).units == 0
    load_records(url, records[1])
    outcome = follow(url, folder)
    assert outcome.units and outcome.units > 1 and outcome.reason is None
    assert title(folder) == "A congress"


def test_totals_are_exact_after_documents_were_deleted(folder: Path) -> None:
    def totals() -> tuple[int, int]:
        searched = Search(SearchFolder(folder).open(), parse_query("jane"), Filters())
        return searched.total, len(searched.page(0, 100).hits)

    before, listed = totals()
    assert before == listed > 1
    own = SearchFolder(folder)
    with own.lock():
        own.update(["person:jane-roe"], [], own.open().indexed)
    assert totals() == (before - 1, listed - 1)


def test_a_reader_keeps_its_commit(folder: Path, url: str, records: tuple[Path, Path], tmp_path: Path) -> None:
    reader = SearchFolder(folder)
    before = reader.open()
    assert reader.open() is before, "it is opened again only if it has changed"
    load_records(url, records[1])
    follow(url, folder)
    assert reader.open().version.number == 2
    shutil.rmtree(folder)
    assert documents(before)["meeting", "vienna"]["title"] == "Utopia–Ruritania talks"
    with pytest.raises(NoIndex, match="There is no search index"):
        reader.open()
    assert follow(url, folder).units is None
    assert reader.open().version.number == 2


def test_an_older_database_replaces_the_index(
    folder: Path, url: str, databases: Databases, records: tuple[Path, Path], tmp_path: Path
) -> None:
    """A restore of a backup; and then another load, which has the number of the one that is gone."""
    backup = databases.copy(url)
    load_records(url, records[1])
    follow(url, folder)
    outcome = follow(backup, folder)
    assert outcome.units is None and "of another database" in str(outcome.reason)
    assert title(folder) == "Utopia–Ruritania talks"
    follow(url, folder)
    load_records(backup, records[1])
    assert follow(backup, folder).units is None, "the load has another time"
    assert_as_new(backup, folder, tmp_path / "again")


def test_another_database_replaces_the_index(
    folder: Path, databases: Databases, tmp_path: Path, write_record: WriteRecord
) -> None:
    other = databases.loaded(
        write_record(tmp_path / "other/linz", changed(RECORD, ("  id: vienna\n", "  id: linz\n")), ARTICLE)
    )
    assert follow(other, folder).units is None
    assert_as_new(other, folder, tmp_path / "again")


def _truncate(index: Path) -> None:
    next(index.glob("*.term")).write_bytes(b"short")


def _remove_segment(index: Path) -> None:
    next(index.glob("*.store")).unlink()


def _break_meta(index: Path) -> None:
    (index / "meta.json").write_text("{")


def _empty(index: Path) -> None:
    shutil.rmtree(index)
    index.mkdir()


def _be_a_file(index: Path) -> None:
    shutil.rmtree(index)
    index.write_text("not a folder")


def _be_foreign(index: Path) -> None:
    """The index of another program."""
    _empty(index)
    builder = SchemaBuilder()
    builder.add_text_field("body")
    Index(builder.build(), str(index)).writer(15_000_000, 1).commit()


def _be_of_another_release(index: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folders, "SCHEMA", "another")
        own = Index.open(str(index))
        register_analyzers(own)
        writer = own.writer(15_000_000, 1)
        version = folders.IndexedVersion(Version(1, "0" * 64, datetime.now(UTC)), "")
        writer.delete_documents_by_term("unit", "version")
        writer.add_document(Document.from_dict(version.document(), own.schema))
        writer.commit()


DAMAGE: list[Callable[[Path], None]] = [
    _truncate, _remove_segment, _break_meta, _empty, _be_a_file, _be_foreign, _be_of_another_release
]  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.parametrize("damage", DAMAGE)
def test_what_cannot_be_searched_is_replaced(
    damage: Callable[[Path], None], folder: Path, url: str, tmp_path: Path
) -> None:
    damage(folder / "index-1")
    (folder / "note.txt").write_text("somebody else's")
    with pytest.raises(NoIndex):
        SearchFolder(folder).open()
    outcome = follow(url, folder)
    assert outcome.units is None and outcome.reason
    assert_as_new(url, folder, tmp_path / "again")
    assert {path.name for path in folder.iterdir()} == {"index-2", "note.txt"}


SCRIPT = """
import os, sys
from pathlib import Path
from app.search import folder, following
from app.db.engines import reading_engine
number, signal = 0, 0
class Watched:
    def __init__(self, wrapped): self.__dict__["wrapped"] = wrapped
    def __getattr__(self, name):
        step()
        return getattr(self.wrapped, name)
def step():
    global number
    number -= 1
    if number == 0:
        os.kill(os.getpid(), int(signal))
writing = folder._writing
import contextlib
@contextlib.contextmanager
def watched(*arguments):
    step()
    with writing(*arguments) as writer:
        yield Watched(writer)
        step()
    step()
folder._writing = watched
rename = folder.Path.rename
def renamed(path, target):
    step(); rename(path, target); step()
folder.Path.rename = renamed
for line in sys.stdin:
    path, step_of_signal, signal = line.split()
    child = os.fork()
    if child == 0:
        number = int(step_of_signal)
        following.bring_up_to_date(reading_engine(sys.argv[1]), folder.SearchFolder(Path(path)))
        os._exit(0)
    if int(signal) != 9:
        print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Brings indexes up to date, each in a process that sends itself a signal at the step with some number."""


class Indexer:
    """Runs that script: it reads a folder, a step and a signal, and writes the exit status; before it, the process."""

    def __init__(self, url: str) -> None:
        arguments = [sys.executable, "-c", SCRIPT, url]
        self._process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def begin(self, folder: Path, step: int, number: int) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{folder} {step} {number}\n")
        self._process.stdin.flush()

    def read(self) -> int:
        assert self._process.stdout
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def start_indexer(url: str) -> Iterator[Callable[[], Indexer]]:
    with ExitStack() as stack:

        def start() -> Indexer:
            stack.callback((indexer := Indexer(url)).close)
            return indexer

        yield start


def wait_until_stopped(process: int) -> None:
    """Wait until a process has stopped itself."""
    while Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        sleep(0.0005)


@pytest.mark.long
@pytest.mark.sqlite
@pytest.mark.parametrize("makes_anew", [False, True])
def test_an_indexer_that_is_killed_leaves_the_index_before_or_after(
    makes_anew: bool,
    folder: Path,
    url: str,
    records: tuple[Path, Path],
    tmp_path: Path,
    start_indexer: Callable[[], Indexer],
) -> None:
    load_records(url, records[1])
    indexer, statuses = start_indexer(), set()
    for step in range(1, 70, INDEXER_STEPS):
        copy = tmp_path / f"copy{step}"
        if not makes_anew:
            shutil.copytree(folder, copy)
        indexer.begin(copy, step, signal.SIGKILL)
        statuses.add(status := indexer.read())
        if not makes_anew or SearchFolder(copy).has_index():
            assert title(copy) in {"Utopia–Ruritania talks", "A congress"}
        follow(url, copy)
        assert title(copy) == "A congress"
        assert len([*copy.iterdir()]) == 1, "nothing is left over"
        if status == 0:
            break
    assert statuses == {0, -signal.SIGKILL}


@pytest.mark.sqlite
def test_a_stopped_indexer_lets_readers_read_and_writers_give_up(
    folder: Path,
    url: str,
    records: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    start_indexer: Callable[[], Indexer],
) -> None:
    load_records(url, records[1])
    indexer = start_indexer()
    indexer.begin(folder, 10, signal.SIGSTOP)
    wait_until_stopped(process := indexer.read())
    assert title(folder) == "Utopia–Ruritania talks"
    monkeypatch.setattr(folders, "LOCK_SECONDS", 0.2)
    with pytest.raises(Unavailable, match="another process has been writing it"):
        follow(url, folder)
    os.kill(process, signal.SIGCONT)
    assert indexer.read() == 0
    assert title(folder) == "A congress" and follow(url, folder).units == 0


@pytest.mark.sqlite
def test_one_indexer_waits_for_another(
    folder: Path, url: str, records: tuple[Path, Path], start_indexer: Callable[[], Indexer]
) -> None:
    """As two loaders do: the second one finds that the first has done its work."""
    load_records(url, records[1])
    first, second = start_indexer(), start_indexer()
    first.begin(folder, 10, signal.SIGSTOP)
    wait_until_stopped(process := first.read())
    second.begin(folder, 0, 0)
    second.read()
    os.kill(process, signal.SIGCONT)
    assert (first.read(), second.read()) == (0, 0)
    assert title(folder) == "A congress"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 64 * 1024) as disk:
        yield disk


@pytest.mark.sqlite
@pytest.mark.parametrize("makes_anew", [False, True])
def test_a_full_disk_leaves_the_index_before(
    makes_anew: bool, folder: Path, url: str, disk: Path, records: tuple[Path, Path]
) -> None:
    own = disk / "search"
    if not makes_anew:
        shutil.copytree(folder, own)
    load_records(url, records[1])
    status = os.statvfs(disk)
    used = (status.f_blocks - status.f_bfree) * status.f_frsize // 1024
    refused = 0
    for room in range(4, 2000, 8):
        resize(disk, used + room)
        try:
            follow(url, own)
            break
        except Unavailable as error:
            refused += 1
            assert "The search index cannot be written" in str(error)
            if not makes_anew:
                assert title(own) == "Utopia–Ruritania talks"
    assert refused > 2
    assert title(own) == "A congress"


@pytest.mark.sqlite
def test_a_read_only_folder_is_read_through_links(
    folder: Path, url: str, disk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(folder, disk / "search")
    remount(disk, "ro")
    assert title(disk / "search") == "Utopia–Ruritania talks"
    with pytest.raises(Unavailable, match="The search index cannot be written"):
        shutil_free = SearchFolder(disk / "search")
        shutil_free.build([], shutil_free.open().indexed)
    assert follow(url, disk / "search").units == 0, "nothing is to be written"
    monkeypatch.setattr(folders, "_PRIVATE_FOLDERS", (str(tmp_path / "none"),))
    with pytest.raises(NoIndex):
        SearchFolder(disk / "search").open()


@pytest.mark.sqlite
def test_a_load_whose_index_cannot_be_written_is_stored_and_says_so(
    database: str, records: tuple[Path, Path], tmp_path: Path, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("READOUT_SEARCH", str(tmp_path / "file"))
    ran = readout("load", records[0])
    assert ran.status == 2 and ran.err.startswith("readout: The records are stored, and searches do not know it yet: ")
    assert "cannot be written" in ran.err and "1 meeting proved and stored" in ran.out
    assert query(database, "SELECT count(*) FROM meeting") == [1]
    monkeypatch.setenv("READOUT_SEARCH", str(tmp_path / "search"))
    assert readout("load", records[0]).status == 0
    assert title(tmp_path / "search") == "Utopia–Ruritania talks"


@pytest.mark.sqlite
def test_a_restore_and_a_replaced_file_are_followed(
    database: str, records: tuple[Path, Path], tmp_path: Path, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READOUT_SEARCH", str(tmp_path / "search"))
    readout("load", records[0])
    readout("backup", tmp_path / "copy.db")
    readout("load", records[1])
    assert title(tmp_path / "search") == "A congress"
    ran = readout("restore", tmp_path / "copy.db")
    assert ran.status == 0 and "The search index was made anew" in ran.err
    assert title(tmp_path / "search") == "Utopia–Ruritania talks"
    readout("load", records[1])
    query(database, "PRAGMA wal_checkpoint(TRUNCATE)")
    (tmp_path / "copy.db").replace(file_of(database))
    follow(database, tmp_path / "search")
    assert title(tmp_path / "search") == "Utopia–Ruritania talks"
