"""The folder of the search index: the version that it holds, its one writer, and readers that may not write to it.

The folder has one subfolder for each index that was made anew, `index-1`, `index-2` and so on; the newest is the index,
and older ones are removed. An index is made under another name and put in place by one rename. Nothing else in the
folder is touched.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import orjson
import tantivy
from tantivy import Index, IndexWriter, Query, Searcher

from app.db.errors import Unavailable
from app.db.snapshots import Version
from app.search.schema import HIT, SCHEMA, VERSION_UNIT, build_schema, register_analyzers, stored_hit, to_document

WRITER_HEAP, BUILDER_HEAP = 30_000_000, 200_000_000
"""How many bytes of new documents a writer holds in memory before it writes a segment: about 8,000 meetings in 200 MB.

Every eight segments are merged, some while others are made.
"""

WRITER_THREADS = 1
"""One thread writes documents faster than Python makes them; a second one would only write more segments."""

LOCK_SECONDS = 120
"""How long to wait for another process that writes the index."""

_LOCK_POLL_SECONDS = 0.05
_NAME = re.compile(r"index-([1-9][0-9]*)")
_UNFINISHED = re.compile(r"\.index-[0-9]+-[0-9]+")
_PRIVATE_FOLDERS = ("/dev/shm", None)
"""The places for links to an index that cannot be written: memory, or else the folder for temporary files."""

_COPIED = ("meta.json", ".managed.json")
"""Files of an index that its readers write or lock; all others are linked."""


@dataclass(frozen=True, slots=True)
class IndexedVersion:
    """The dataset version that an index holds. `history` identifies all loads up to it, and so the database."""

    version: Version
    history: str

    def document(self) -> dict[str, Any]:
        """The document that names the version."""
        named = {
            "schema": SCHEMA,
            "number": self.version.number,
            "digest": self.version.digest,
            "loaded_at": self.version.loaded_at.isoformat(),
            "history": self.history,
        }
        return {"unit": VERSION_UNIT, HIT: orjson.dumps(named)}


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """An index as of one commit. It can be searched as long as it is referred to, whatever becomes of its files."""

    index: Index
    searcher: Searcher
    indexed: IndexedVersion

    @property
    def version(self) -> Version:
        return self.indexed.version


class NoIndex(Unavailable):
    """There is no index that can be searched; the message says why, and what to do."""


class SearchFolder:
    """The folder of a search index, which need not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._opened: tuple[tuple[Path, int, int], OpenIndex] | None = None

    def open(self) -> OpenIndex:
        """The index as of its newest commit. It is opened again only if it has changed. Raises NoIndex."""
        try:
            path = self._newest()
            token = _commit(path)
            if self._opened and self._opened[0] == token:
                return self._opened[1]
            opened = _open_for_reading(path)
        except OSError as error:
            raise NoIndex(f"There is no search index in {self.path}: {_ADVICE}.", str(error)) from error
        except ValueError as error:
            raise NoIndex(f"The search index in {self.path} cannot be read: {_ADVICE}.", str(error)) from error
        self._opened = token, opened
        return opened

    def newest_commit(self) -> object:
        """Names the newest commit, without opening it; None if there is no index."""
        try:
            return _commit(self._newest())
        except OSError:
            return None

    @contextmanager
    def lock(self, is_done: Callable[[], bool] = lambda: False) -> Iterator[bool]:
        """Hold the lock of the one writer; the system releases it if the process dies.

        Yields False, without the lock, if another process has it and has done what was to be done. Raises Unavailable.
        """
        with _translated_errors(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            folder = os.open(self.path, os.O_RDONLY)
        try:
            with _translated_errors(self.path):
                locked = self._wait_for_lock(folder, is_done)
            yield locked
        finally:
            os.close(folder)

    def _wait_for_lock(self, folder: int, is_done: Callable[[], bool]) -> bool:
        begun = monotonic()
        while True:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if is_done():
                    return False
                if monotonic() - begun >= LOCK_SECONDS:
                    raise Unavailable(
                        f"The search index in {self.path} is not up to date: another process has been writing it for"
                        f" {LOCK_SECONDS} seconds. See that it goes on, or end it, then run `python -m app.search`."
                    ) from None
                sleep(_LOCK_POLL_SECONDS)

    def build(self, documents: Iterable[dict[str, Any]], indexed: IndexedVersion) -> None:
        """Make the index anew from all documents. Call it with the lock. Raises Unavailable."""
        with _translated_errors(self.path):
            self._remove(self.path.iterdir(), _UNFINISHED)
            number = max((int(_NAME.fullmatch(path.name)[1]) for path in self._all()), default=0) + 1  # type: ignore[index]
            unfinished = self.path / f".index-{number}-{os.getpid()}"
            unfinished.mkdir()
            try:
                index = Index(build_schema(), str(unfinished))
                with _writing(index, BUILDER_HEAP) as writer:
                    for document in documents:
                        writer.add_document(to_document(document, index.schema))
                    writer.add_document(to_document(indexed.document(), index.schema))
                _sync(unfinished)
                unfinished.rename(self.path / f"index-{number}")
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
            _sync_folder(self.path)
            self._remove(self._all()[:-1], _NAME)

    def update(self, units: Iterable[str], documents: Iterable[dict[str, Any]], indexed: IndexedVersion) -> None:
        """Replace the documents of some units, and of every unit that a new document belongs to, in one commit.

        Call it with the lock. Raises Unavailable.
        """
        with _translated_errors(self.path):
            index = Index.open(str(self._newest()))
            with _writing(index, WRITER_HEAP) as writer:
                replaced = {*units, VERSION_UNIT}
                for unit in replaced:
                    writer.delete_documents_by_term("unit", unit)
                for document in documents:
                    if (unit := document["unit"]) not in replaced:
                        replaced.add(unit)
                        writer.delete_documents_by_term("unit", unit)
                    writer.add_document(to_document(document, index.schema))
                writer.add_document(to_document(indexed.document(), index.schema))
            self._remove(self._all()[:-1], _NAME)
            self._remove(self.path.iterdir(), _UNFINISHED)

    def has_index(self) -> bool:
        """Whether there is an index, which may be damaged or of another release."""
        return bool(self._all())

    def _all(self) -> list[Path]:
        """The subfolders with indexes, the oldest first."""
        try:
            found = [path for path in self.path.iterdir() if _NAME.fullmatch(path.name)]
        except OSError:
            return []
        return sorted(found, key=lambda path: int(path.name.partition("-")[2]))

    def _newest(self) -> Path:
        """The subfolder of the index. Raises OSError if there is none."""
        found = self._all()
        if not found:
            raise FileNotFoundError(f"no index in {self.path}")
        return found[-1]

    def _remove(self, paths: Iterable[Path], names: re.Pattern[str]) -> None:
        for path in [path for path in paths if names.fullmatch(path.name)]:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _commit(path: Path) -> tuple[Path, int, int]:
    """Names the commit of an index: each replaces the file. Raises OSError."""
    status = (path / "meta.json").stat()
    return path, status.st_ino, status.st_mtime_ns


_ADVICE = "run `python -m app.search`, as a user who may write READOUT_SEARCH"


def _open_for_reading(path: Path) -> OpenIndex:
    """Open an index; one that cannot be written is opened through links. Raises OSError and ValueError."""
    try:
        return _opened(path)
    except ValueError as error:
        if not _is_refused(error):
            raise
    with _links(path) as private:
        return _opened(private)


def _opened(path: Path) -> OpenIndex:
    with panics_as_errors():
        index = Index.open(str(path))
        register_analyzers(index)
        index.config_reader("manual")
        index.reload()
        searcher = index.searcher()
        return OpenIndex(index, searcher, _indexed_version(index.schema, searcher))


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Raise ValueError where Tantivy panics, as it may over a damaged file; pyo3's own exception would end a thread."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError(f"it is damaged: {error}") from error


def _indexed_version(schema: tantivy.Schema, searcher: Searcher) -> IndexedVersion:
    """The version that a commit names. Raises ValueError if it names none, or was made by another release."""
    found = searcher.search(Query.term_query(schema, "unit", VERSION_UNIT), 2).hits
    if len(found) != 1:
        raise ValueError("it names no dataset version")
    stored = orjson.loads(stored_hit(searcher, found[0][1]))
    if stored["schema"] != SCHEMA:
        raise ValueError("another release made it")
    version = Version(stored["number"], stored["digest"], datetime.fromisoformat(stored["loaded_at"]))
    return IndexedVersion(version, stored["history"])


def _is_refused(error: ValueError) -> bool:
    """Whether an index was not opened because its folder, or a file in it, cannot be written."""
    return any(reason in str(error) for reason in ("PermissionDenied", "ReadOnlyFilesystem", "Read-only file system"))


@contextmanager
def _links(path: Path) -> Iterator[Path]:
    """A private folder with links to the files of an index, and copies of the files that readers lock."""
    for parent in _PRIVATE_FOLDERS:
        with suppress(OSError), tempfile.TemporaryDirectory(prefix="readout-search-", dir=parent) as private:
            for file in path.iterdir():
                if file.name in _COPIED:
                    shutil.copyfile(file, Path(private) / file.name)
                elif not file.name.endswith(".lock"):
                    (Path(private) / file.name).symlink_to(file)
            yield Path(private)
            return
    raise OSError(f"{path} cannot be written, and neither can /dev/shm or the folder for temporary files")


@contextmanager
def _writing(index: Index, heap: int) -> Iterator[IndexWriter]:
    """A writer of an index, whose changes are one commit, or none after an error."""
    register_analyzers(index)
    writer = index.writer(heap, WRITER_THREADS)
    writer.garbage_collect_files()  # or files of a killed writer may be in the way of new ones
    try:
        yield writer
        writer.commit()
    except BaseException:
        with suppress(ValueError):
            writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


@contextmanager
def _translated_errors(path: Path) -> Iterator[None]:
    """Raise errors of the file system and of Tantivy as Unavailable."""
    try:
        with panics_as_errors():
            yield
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or "Tantivy refuses it"
        raise Unavailable(
            f"The search index cannot be written to {path}: {reason}; one that was there still is. Make room, or set"
            " READOUT_SEARCH to a folder that can be written, then run `python -m app.search`.",
            str(error),
        ) from error


def _sync(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
