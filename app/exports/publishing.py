"""Where exports are: a folder for each dataset version as one deployment tells it, there whole or not at all."""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from app.db.snapshots import Version
from app.settings import Settings
from app.version import VERSION

_MANIFEST = "manifest.json"
_UNFINISHED = ".unfinished"
_OWN = re.compile(rf"[0-9a-f]{{16}}|{re.escape(_UNFINISHED)}")
"""The names of the folders that are made here; nothing else in the exports' folder is ever touched."""


class File(BaseModel):
    """A file that was made; `sha256` is in hex."""

    name: str
    size: int
    sha256: str


_Files = TypeAdapter(list[File])


def folder_of(settings: Settings, version: Version) -> Path:
    """The folder for all that the content follows from: the load, the settings that it tells, and the release."""
    load = (version.number, version.digest, version.loaded_at.isoformat())
    told = json.dumps([*load, settings.public_url, settings.licence, settings.contact, VERSION])
    return settings.exports / sha256(told.encode()).hexdigest()[:16]


def made(folder: Path) -> list[File]:
    """The exports in a folder; none where they were not made."""
    try:
        return _Files.validate_json((folder / _MANIFEST).read_bytes())
    except OSError:
        return []


@contextmanager
def alone(exports: Path) -> Iterator[None]:
    """Make exports while nobody else does; others wait, and a process that is killed lets them. Raises OSError."""
    exports.mkdir(parents=True, exist_ok=True)
    folder = os.open(exports, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def publish(folder: Path, write: Callable[[Path], None]) -> list[File]:
    """Have files written, and put them in their place all at once, when the disk has them. Raises OSError."""
    unfinished = folder.with_name(_UNFINISHED)
    for leftover in (unfinished, folder):  # of a process that was killed, or that someone took files from
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        unfinished.mkdir()
        write(unfinished)
        files = [_kept(path) for path in sorted(unfinished.iterdir())]
        (unfinished / _MANIFEST).write_bytes(_Files.dump_json(files))
        for path in (unfinished / _MANIFEST, unfinished):
            _sync(path)
        unfinished.rename(folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return files


def remove_all_but(folder: Path) -> None:
    """Remove all other exports. Who reads one of their files has it open, and reads on. Raises OSError."""
    for path in folder.parent.iterdir():
        if _OWN.fullmatch(path.name) and path != folder:
            shutil.rmtree(path)


def _kept(path: Path) -> File:
    """A file that the disk has, as it is listed."""
    _sync(path)
    with path.open("rb") as file:
        return File(name=path.name, size=path.stat().st_size, sha256=file_digest(file, "sha256").hexdigest())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
