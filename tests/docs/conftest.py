"""Fixtures of the documentation tests: the shipped dataset, served, and a terminal.

It is all shown over SQLite, as `make serve` has it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from seed.cli.commands import SUMMITS
from tests.api.serving import Served, serving
from tests.conftest import Readout
from tests.databases import Files
from tests.docs.terminal import PUBLIC_URL, Terminal


@pytest.fixture(scope="session")
def summits(files: Files) -> Iterator[str]:
    """A database with the shipped dataset, as `make serve` loads it."""
    with files.databases() as databases:
        yield databases.loaded(SUMMITS)


@pytest.fixture(scope="session")
def served(files: Files, summits: str) -> Iterator[Served]:
    """The shipped dataset, served as by `make serve`; no test changes it."""
    with serving(files.copy(summits), PUBLIC_URL, indexed=True) as running:
        yield running


@pytest.fixture
def terminal(
    files: Files, summits: str, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    """A terminal in an empty folder, with its own database and service."""
    monkeypatch.chdir(tmp_path)
    with files.databases() as databases:
        own = databases.copy(summits)
        monkeypatch.setenv("READOUT_DATABASE_URL", own)
        with serving(own, PUBLIC_URL, indexed=True) as running:
            yield Terminal(running, readout)
