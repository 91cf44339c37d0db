"""What the tests of the documentation share: the shipped dataset, served, and a terminal."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from seed.__main__ import SUMMITS
from tests.api.serving import Served, load_records, serving
from tests.conftest import Readout
from tests.docs.terminal import PUBLIC_URL, Terminal


@pytest.fixture(scope="session")
def summits(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """A database with the dataset that ships, as `make serve` leaves it."""
    database = Path(shutil.copy(empty_database, tmp_path_factory.mktemp("summits") / "summits.db"))
    load_records(database, SUMMITS)
    return database


@pytest.fixture(scope="session")
def served(summits: Path) -> Iterator[Served]:
    """The dataset that ships, served as `make serve` does; no test changes it."""
    with serving(summits, PUBLIC_URL) as running:
        yield running


@pytest.fixture
def terminal(
    summits: Path, database_url: str, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    """A terminal in an empty folder, over a database and a service of its own."""
    own = Path(database_url.removeprefix("sqlite:///"))
    shutil.copy(summits, own)
    monkeypatch.chdir(tmp_path)
    with serving(own, PUBLIC_URL) as running:
        yield Terminal(running, readout)
