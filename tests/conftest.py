"""What tests share: records on the disk, a migrated database, and the command line."""

import gc
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from seed.__main__ import main
from seed.migration import migrate
from tests import postgresql as postgresql_servers

# No test is a matter of time; and CI draws the same examples each time, so that a change is judged by what it changes.
settings.register_profile("readout", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("readout")

collect_ignore = [] if sys.platform == "linux" else ["bench"]  # it asks Linux what a process has cost


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


Readout = Callable[..., Ran]
WriteRecord = Callable[..., Path]


def told(readout: Readout, *arguments: object) -> list[dict[str, Any]]:
    """The faults that a command tells, as its JSON has them; it exits with status 1 if there are any, else with 0."""
    ran = readout(*arguments, "--format", "json")
    faults = [json.loads(line) for line in ran.out.splitlines() if line.startswith("{")]
    assert (ran.status, ran.err) == (1 if faults else 0, "")
    return faults


@pytest.fixture(scope="session")
def write_record() -> WriteRecord:
    """Write a record's folder: `write_record(folder, record, article)`; None leaves a file out."""

    def write(folder: Path, record: str | bytes | None, article: str | bytes | None = None) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (("record.yaml", record), ("article.txt", article)):
            if content is not None:
                (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_servers.Server]:
    """A PostgreSQL server to make databases in; a test that stops or kills one starts its own."""
    if postgresql_servers.programs() is None:
        without = pytest.fail if "CI" in os.environ else pytest.skip
        without(f"no PostgreSQL {postgresql_servers.OLDEST} or newer: install Debian's postgresql")
    with postgresql_servers.server() as server:
        yield server


@pytest.fixture
def database_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database that is not there yet, as READOUT_DATABASE_URL has it."""
    url = f"sqlite:///{tmp_path}/readout.db"
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    return url


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a row, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def database(database_url: str, empty_database: Path, tmp_path: Path) -> str:
    """The address of a migrated database without a row, as READOUT_DATABASE_URL has it."""
    shutil.copy(empty_database, tmp_path / "readout.db")
    return database_url


@pytest.fixture
def readout(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Readout]:
    """Run the command line in this process: `readout("check", path)`."""

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["readout", *map(str, arguments)])
        capsys.readouterr()
        status: object = 0
        try:
            main()
        except SystemExit as exit:
            status = exit.code
        printed = capsys.readouterr()
        return Ran(status if isinstance(status, int) else 0, printed.out, printed.err)

    threshold = gc.get_threshold()
    yield run
    gc.set_threshold(*threshold)
    gc.unfreeze()
