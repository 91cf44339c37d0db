"""What tests need from Debian's packages: found, else installed where that can be, else skipped by name."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

PROGRAMS = {
    "caddy": "caddy",
    "chromium": "chromium",
    "curl": "curl",
    "docker-compose": "docker-compose",
    "gettext-base": "envsubst",
    "git": "git",
    "nginx": "nginx",
    "openssl": "openssl",
    "postgresql": "postgres",
    "prometheus": "promtool",
    "systemd": "systemd-analyze",
    "wrk": "wrk",
}
"""Of each package the program that it is wanted for."""

OLDEST_POSTGRESQL = 15


def need(package: str) -> Path:
    """The program of a package, which is installed first where it is missing and the tests run as root.

    Where that cannot be, the test is skipped; with `CI` set it fails.
    """
    refused = "" if found(package) else _install(package)
    if program := found(package):
        return program
    reason = f"{PROGRAMS[package]} is missing: install Debian's package {package}{refused}"
    if "CI" in os.environ:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def found(package: str) -> Path | None:
    """The program of a package, in its newest version, if it is here."""
    folders = [*_postgresql_folders(), os.environ.get("PATH", os.defpath), "/usr/sbin"]
    program = shutil.which(PROGRAMS[package], path=os.pathsep.join(folders))
    return Path(program) if program else None


def _postgresql_folders() -> list[str]:
    """Where Debian has PostgreSQL's programs, in no user's PATH."""
    versions = {int(folder.name): folder for folder in Path("/usr/lib/postgresql").glob("[0-9]*")}
    return [str(versions[number] / "bin") for number in sorted(versions, reverse=True) if number >= OLDEST_POSTGRESQL]


@cache
def _install(package: str) -> str:
    """Install a package, once a run: one process does, and those beside it wait. Why it could not be, else nothing."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    with Path(tempfile.gettempdir(), "readout-tests.apt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if found(package):
            return ""
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}  # 1: services are not started
        for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
            line = ["apt-get", "--quiet=2", *command]
            ran = subprocess.run(line, check=False, env=quiet, capture_output=True, text=True)
            if ran.returncode:
                return f" ({' '.join(ran.stderr.split())})"
    return ""
