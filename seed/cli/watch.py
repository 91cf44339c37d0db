"""`check --watch`: check again whenever a file of the records has changed.

The files are polled instead of using the system's notifications: so folders may appear, vanish or be replaced as a
whole, and changes on shared or mounted disks, which send no notification, are found too.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import NoReturn, TypeVar

from seed.cli.check import CheckResult
from seed.cli.fault_report import as_many_as_fit, conclusion, fault_texts
from seed.cli.terminal import say, stdout
from seed.dataset.files import Unreadable, given_folder, record_folders, records_in

Result = TypeVar("Result")
Files = dict[Path, tuple[int, ...]]

_PAUSE = 0.2
"""Seconds between two polls. A change counts when two polls agree, so that an editor can finish writing a file."""


def watch_and_report(paths: list[Path], check: Callable[[], CheckResult]) -> NoReturn:
    """Report the result of a check, now and after each change; of many faults those that fit on the screen."""
    for result in watched(paths, check):
        faults, outcome = result.faults, conclusion(result)
        texts = as_many_as_fit(fault_texts(faults, stdout), stdout, outcome)
        rest = f", the first {len(texts)} shown" if len(texts) < len(faults) else ""
        stdout.clear()
        for text in (*texts, outcome):
            say(stdout, text)
        say(stdout, f"{datetime.now():%H:%M:%S}{rest}: watching for changes, until Ctrl-C", "dim")
    raise AssertionError("a watch has no end")


def watched(paths: list[Path], work: Callable[[], Result]) -> Iterator[Result]:
    """The results of `work` now and after each change; a result is dropped if files changed meanwhile."""
    done: Files | None = None
    while True:
        files = _settled(paths)
        if files != done:
            result = work()
            if _poll(paths) == files:
                done = files
                yield result


def _settled(paths: list[Path]) -> Files:
    before = _poll(paths)
    while True:
        sleep(_PAUSE)
        files = _poll(paths)
        if files == before:
            return files
        before = files


def _poll(paths: list[Path]) -> Files:
    """All files of the records of some paths and of their siblings, with their inode, size and times."""
    files: Files = {}
    for folder in dict.fromkeys(folder for path in paths for folder in _folders(path)):
        with suppress(OSError):  # it vanished just now, and the next poll differs
            for file in (folder, *folder.rglob("*")):
                status = file.stat()
                files[file] = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return files


def _folders(path: Path) -> list[Path]:
    """The folders of records that a check of a path reads."""
    path = given_folder(path)
    with suppress(OSError, Unreadable):
        folders = record_folders(path)
        return records_in(path.resolve().parent) if folders == [path] else folders
    return [path]
