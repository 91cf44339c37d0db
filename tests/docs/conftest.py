"""What the tests of the documentation share: the shipped dataset, served, and a terminal.

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
    """A database with the dataset that ships, as `make serve` leaves it."""
    with files.databases() as databases:
        yield databases.loaded(SUMMITS)


@pytest.fixture(scope="session")
def served(files: Files, summits: str) -> Iterator[Served]:
    """The dataset that ships, served as `make serve` does; no test changes it."""
    with serving(files.copy(summits), PUBLIC_URL) as running:
        yield running


@pytest.fixture
def terminal(
    files: Files, summits: str, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    """A terminal in an empty folder, over a database and a service of its own."""
    monkeypatch.chdir(tmp_path)
    with files.databases() as databases:
        own = databases.copy(summits)
        monkeypatch.setenv("READOUT_DATABASE_URL", own)
        with serving(own, PUBLIC_URL) as running:
            yield Terminal(running, readout)
