"""Of two concurrent loaders the second waits for the first, or fails after a timeout."""

import os
from pathlib import Path

import pytest

from app.db import postgresql, sqlite
from app.db.engines import writing_engine
from tests.conftest import Readout
from tests.forked import start_python
from tests.seed.outcomes import proved_version, refused, write_talks

LOADERS = 2


def test_loaders_take_turns_and_each_stores_all(database: str, readout: Readout, tmp_path: Path) -> None:
    folders = [write_talks(tmp_path / f"{n}", range(n * 3, n * 3 + 3), f"The talks of {n}") for n in range(LOADERS)]
    processes = [start_python("-m", "seed", "load", str(folder), environment=os.environ) for folder in folders]
    for process in processes:
        out, err = process.communicate()
        assert process.returncode == 0, err
        assert "3 meetings proved and stored" in out
    assert proved_version(readout).startswith(f"{LOADERS}-")
    assert f"{3 * LOADERS} meetings" in readout("verify").out


def test_a_locked_database_is_reported_after_a_wait(
    database: str, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_talks(tmp_path / "talks", range(1), "The talks")
    engine = writing_engine(database)
    for kind in (sqlite, postgresql):
        monkeypatch.setattr(kind, "BUSY_SECONDS", 0.01)
    with engine.begin():
        for command in (["load", folder], ["migrate"]):
            message = "The database is locked by another program: try again when that has finished."
            assert refused(readout(*command)).startswith(message)
    engine.dispose()
    assert readout("load", folder).status == 0
