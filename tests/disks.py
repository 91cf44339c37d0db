"""Disks that are full: file systems in memory of a size that a test chooses."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


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
