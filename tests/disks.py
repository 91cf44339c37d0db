"""Disks in memory: for all temporary files, because that is faster, and small ones for tests that fill a disk."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108: Linux's file system in memory, which everybody may write
NEEDED_BYTES = 4 * 2**30
"""The memory that the databases of a run take at most, with room to spare. A container often has 64 MiB of it."""


def use_memory() -> None:
    """Make temporary files in memory if there is room, unless TMPDIR names a folder.

    A database is some 300 files. To make and to delete them on a busy disk takes about a second, in memory a tenth.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir():
        found = os.statvfs(MEMORY)
        if found.f_bavail * found.f_frsize >= NEEDED_BYTES and not found.f_flag & os.ST_NOEXEC:
            os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@contextmanager
def small_disk(folder: Path, kibibytes: int) -> Iterator[Path]:
    """A folder that is a disk of some size meanwhile. Where this user may mount nothing, the test is skipped."""
    folder.mkdir(exist_ok=True)
    ran = _run("mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "none", str(folder))
    if ran.returncode:
        pytest.skip(f"no disk of the test's own can be mounted: {ran.stderr.strip()}")
    try:
        yield folder
    finally:
        _run("umount", "--lazy", str(folder))


def resize(folder: Path, kibibytes: int) -> None:
    """Make room on a small disk, or take it."""
    remount(folder, f"size={kibibytes}k")


def remount(folder: Path, option: str) -> None:
    """Have a small disk be otherwise: `ro`, `rw`."""
    ran = _run("mount", "-o", f"remount,{option}", str(folder))
    assert ran.returncode == 0, ran.stderr


def _run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False)
