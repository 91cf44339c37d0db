"""`readout verify` compares the search index with the database."""

from pathlib import Path

import pytest

from app.search.folder import SearchFolder
from tests.conftest import Readout, WriteRecord
from tests.databases import execute
from tests.seed.samples import ARTICLE, RECORD


@pytest.fixture
def folder(
    tmp_path: Path, database: str, readout: Readout, write_record: WriteRecord, monkeypatch: pytest.MonkeyPatch
) -> SearchFolder:
    """The search index of a database with the sample record."""
    monkeypatch.setenv("READOUT_SEARCH", str(tmp_path / "search"))
    assert readout("load", write_record(tmp_path / "vienna", RECORD, ARTICLE)).err == ""
    return SearchFolder(tmp_path / "search")


def test_an_index_is_verified(folder: SearchFolder, readout: Readout) -> None:
    ran = readout("verify")
    assert (ran.status, ran.err) == (0, "") and folder.open()


def test_a_document_that_is_missing_or_left_over_is_found(
    folder: SearchFolder, readout: Readout, database: str
) -> None:
    opened = folder.open()
    folder.update(["meeting:vienna"], [], opened.indexed)
    ran = readout("verify")
    assert ran.status == 1 and "meeting vienna: it is not in the search index" in ran.out
    folder.update([], [{"unit": "person:nobody", "kind": "person", "key": 9, "hit": b"{}"}], opened.indexed)
    assert "documents, and the database" in readout("verify").out


def test_a_row_that_changed_without_a_load_is_found(folder: SearchFolder, readout: Readout, database: str) -> None:
    execute(database, "UPDATE agreement SET commitment_rank = commitment_rank")
    assert readout("verify").status == 0
    folder.update([], [_changed(folder)], folder.open().indexed)
    assert "person jane-roe: its document in the search index differs from its rows" in readout("verify").out


def _changed(folder: SearchFolder) -> dict[str, object]:
    hit = b'{"kind": "person", "id": "jane-roe", "title": "Jane Doe"}'
    return {"unit": "person:jane-roe", "kind": "person", "key": 1, "hit": hit}


def test_an_index_of_another_version_is_not_compared(folder: SearchFolder, readout: Readout, database: str) -> None:
    execute(database, "UPDATE dataset_version SET loaded_at = '2020-01-01 00:00:00.000000'")
    ran = readout("verify")
    assert ran.status == 0 and "The search index was not compared" in ran.err
