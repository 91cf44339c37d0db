"""Publishing of exports: one folder for each dataset version and deployment, complete or absent."""

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
"""The names of folders with exports. Nothing else in the exports' folder is ever removed."""


class File(BaseModel):
    """An exported file; `size` is in bytes, `sha256` in hex."""

    name: str
    size: int
    sha256: str


_Files = TypeAdapter(list[File])


def folder_of(settings: Settings, version: Version) -> Path:
    """The folder of exports, named by everything that their content depends on: load, settings and release."""
    load = (version.number, version.digest, version.loaded_at.isoformat())
    identity = json.dumps([*load, settings.public_url, settings.licence, settings.contact, VERSION])
    return settings.exports / sha256(identity.encode()).hexdigest()[:16]


def published_files(folder: Path) -> list[File]:
    """The exported files in a folder; empty if there are none."""
    try:
        return _Files.validate_json((folder / _MANIFEST).read_bytes())
    except OSError:
        return []


@contextmanager
def export_lock(exports: Path) -> Iterator[None]:
    """Hold the lock on exports; others wait for it. The system releases it if the process dies. Raises OSError."""
    exports.mkdir(parents=True, exist_ok=True)
    folder = os.open(exports, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def publish(folder: Path, write: Callable[[Path], None]) -> list[File]:
    """Let `write` fill a folder, sync it to the disk, and rename it into place. Raises OSError."""
    unfinished = folder.with_name(_UNFINISHED)
    for leftover in (unfinished, folder):  # from a killed process, or with files missing
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        unfinished.mkdir()
        write(unfinished)
        files = [_synced_file(path) for path in sorted(unfinished.iterdir())]
        (unfinished / _MANIFEST).write_bytes(_Files.dump_json(files))
        for path in (unfinished / _MANIFEST, unfinished):
            _sync(path)
        unfinished.rename(folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return files


def remove_all_but(folder: Path) -> None:
    """Remove all other exports. Responses that still send one of their files have it open. Raises OSError."""
    for path in folder.parent.iterdir():
        if _OWN.fullmatch(path.name) and path != folder:
            shutil.rmtree(path)


def _synced_file(path: Path) -> File:
    """The manifest's entry for a file, after it was synced to the disk."""
    _sync(path)
    with path.open("rb") as file:
        return File(name=path.name, size=path.stat().st_size, sha256=file_digest(file, "sha256").hexdigest())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
