"""A work that is done again whenever a file of the records that it reads has changed.

It looks at the files again and again, where a library would wait for the system to tell: that way a folder is seen that
comes, goes or is replaced as a whole, and so is a change on a disk that tells nothing, like a shared or a mounted one.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import NoReturn, TypeVar

from seed.cli.report import as_many_as_fit, fault_texts, summary, without_fault
from seed.cli.terminal import say, stdout
from seed.dataset.files import Unreadable, record_folders, records_in
from seed.record.faults import LocatedFault

Result = TypeVar("Result")
Files = dict[Path, tuple[int, ...]]

_PAUSE = 0.2
"""Seconds between two looks. A change is taken when two looks are alike, so that who writes a file can finish."""


def watch_and_tell(paths: list[Path], prove: Callable[[], tuple[list[LocatedFault], int]]) -> NoReturn:
    """Tell what a check finds, now and after each change; of many faults those that fit on the screen."""
    for faults, proved in watched(paths, prove):
        outcome = summary(faults) if faults else without_fault(proved)
        texts = as_many_as_fit(fault_texts(faults, stdout), stdout, outcome)
        rest = f", the first {len(texts)} shown" if len(texts) < len(faults) else ""
        stdout.clear()
        for text in (*texts, outcome):
            say(stdout, text)
        say(stdout, f"{datetime.now():%H:%M:%S}{rest}: watching for changes, until Ctrl-C", "dim")
    raise AssertionError("a watch has no end")


def watched(paths: list[Path], work: Callable[[], Result]) -> Iterator[Result]:
    """What a work gives now, and after each change; not what it gives while files change."""
    done: Files | None = None
    while True:
        files = _settled(paths)
        if files != done:
            result = work()
            if _look(paths) == files:
                done = files
                yield result


def _settled(paths: list[Path]) -> Files:
    before = _look(paths)
    while True:
        sleep(_PAUSE)
        files = _look(paths)
        if files == before:
            return files
        before = files


def _look(paths: list[Path]) -> Files:
    """All files in the records of some paths, and in those beside them, with what changes when they do."""
    files: Files = {}
    for folder in dict.fromkeys(folder for path in paths for folder in _folders(path)):
        with suppress(OSError):  # it goes as we look, and the next look differs
            for file in (folder, *folder.rglob("*")):
                status = file.stat()
                files[file] = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return files


def _folders(path: Path) -> list[Path]:
    """The folders of records that a check of a path reads."""
    with suppress(OSError, Unreadable):
        folders = record_folders(path)
        return records_in(path.resolve().parent) if folders == [path] else folders
    return [path]
