"""An error of Readout itself, with a record or an article, is reported as one: no command ends with a traceback."""

from pathlib import Path
from typing import NoReturn

import pytest

from tests.conftest import Readout, WriteRecord, reported_faults
from tests.databases import dump
from tests.seed.outcomes import refused
from tests.seed.samples import ARTICLE, RECORD, another


def fail(*_: object) -> NoReturn:
    raise KeyError("duration")


@pytest.fixture
def data(tmp_path: Path, write_record: WriteRecord) -> Path:
    write_record(tmp_path / "data/a", RECORD, ARTICLE)
    write_record(tmp_path / "data/b", another("b"), ARTICLE)
    return tmp_path / "data"


@pytest.mark.sqlite
@pytest.mark.parametrize("command", ["check", "load"])
@pytest.mark.parametrize(
    ("function", "line"),
    [
        ("seed.proof.prove.place_in_words", 13),
        ("seed.dataset.files.validate", 1),
        ("seed.dataset.dataset.needed_definitions", 1),
        ("seed.dataset.dataset.prove", 1),
        ("seed.dataset.files.ReadRecord._span", 1),
    ],
)
def test_an_error_with_a_record_is_a_fault_of_each_record(
    function: str, line: int, command: str, data: Path, readout: Readout, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(database)
    monkeypatch.setattr(function, fail)
    if function.endswith("_span"):
        (data / "a/article.txt").write_text("Another text.")
        (data / "b/article.txt").write_text("Another text.")
    faults = reported_faults(readout, command, data)
    assert [(Path(fault["path"]).parent.name, fault["line"], fault["code"]) for fault in faults] == [
        ("a", line, "internal-error"),
        ("b", line, "internal-error"),
    ]
    assert {fault["message"] for fault in faults} == {
        "this is an error of Readout, please report it with the record: "
        "KeyError: 'duration' in fail, line 15 of test_internal_errors.py"
    }
    assert dump(database) == before


@pytest.mark.sqlite
def test_an_error_with_a_sibling_record_is_not_reported(
    data: Path, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seed.dataset.sibling_records.cited_sources", fail)
    assert readout("check", data / "a").status == 0


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("seed.draft.proposal.draft.draft_article", ["draft", "a/article.txt"]),
        ("seed.store.load.canonical", ["load", "a"]),
    ],
)
def test_an_error_elsewhere_is_one_sentence(
    function: str,
    arguments: list[str],
    data: Path,
    readout: Readout,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = dump(database)
    monkeypatch.chdir(data)
    monkeypatch.setattr(function, fail)
    assert refused(readout(*arguments)) == (
        "This is an error of Readout, please report it "
        "(KeyError: 'duration' in fail, line 15 of test_internal_errors.py)"
    )
    assert dump(database) == before
