"""Which records a path means, and with whose definitions a record is proved that is given alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from seed.dataset.dataset import Dataset
from tests.conftest import Readout, WriteRecord, reported_faults
from tests.seed.samples import SMALL_ARTICLE, Change, small

NOTE = "  - {id: ID-note, file: article.txt, title: A note, language: en}\n"
PARTIES = "parties:\n  - {id: uto, kind: state, name: Utopia}\n"
BORROWS: list[Change] = [(NOTE, "  - a-note\n"), (PARTIES, "")]
"""What makes a record take its source and its party from the record `a`."""


@pytest.fixture
def data(tmp_path: Path, write_record: WriteRecord) -> Path:
    """A dataset of two records, of which `b` borrows from `a`, beside things that are no records."""
    write_record(tmp_path / "data/a", small("a"), SMALL_ARTICLE)
    write_record(tmp_path / "data/b", small("b", *BORROWS))
    write_record(tmp_path / "data/notes", None, "No record.")
    write_record(tmp_path / "data/deep/er", small("deep"), SMALL_ARTICLE)
    (tmp_path / "data/README").write_text("A file.")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("paths", "meetings"),
    [
        (["data"], ["a", "b"]),
        (["data/a"], ["a"]),
        (["data/b"], ["b"]),
        (["data/b", "data/a"], ["b", "a"]),
        (["data/b", "data"], ["b", "a"]),
        (["data", "data", "data/a"], ["a", "b"]),
        (["data/deep"], ["deep"]),
        (["data", "data/deep"], ["a", "b", "deep"]),
        (["data/../data/a", "data/a"], ["a"]),
        (["link", "data"], ["a", "b"]),
    ],
)
def test_a_path_is_a_record_or_a_dataset_and_none_is_taken_twice(
    paths: list[str], meetings: list[str], data: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(data)
    dataset = Dataset.of([tmp_path / path for path in paths])
    dataset.add_siblings()
    outcomes = list(dataset.prove())
    assert [outcome.proved.id if outcome.proved else outcome.faults for outcome in outcomes] == meetings


def test_a_relative_path_is_told_as_it_is_given(
    data: Path, write_record: WriteRecord, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_record(data / "a", small("a", ("status: held", "status: over")))
    monkeypatch.chdir(data.parent)
    assert [fault["path"] for fault in reported_faults(readout, "check", "data")] == ["data/a/record.yaml"]
    monkeypatch.chdir(data / "a")
    assert [fault["path"] for fault in reported_faults(readout, "check", ".")] == ["record.yaml"]
    assert reported_faults(readout, "check", data / "b") == []


@pytest.mark.parametrize(
    ("beside", "codes"),
    [
        ([], []),
        ([("led by Jane Roe", "lead by Jane Roe")], []),  # faults of siblings are not reported
        ([("status: reviewed", "status: draft")], []),
        ([("status: held", "status: over")], []),
        ([("person: jane-roe", "person: nobody")], []),
        ([("name: Utopia", "name: Ruritania")], ["name-not-in-words"]),
        ([("name: Utopia}", "name: 'No'}"), ("words: Utopia met", "inferred: So")], ["name-not-in-words"]),
        ([("id: uto", "id: utopia"), ("[uto]", "[utopia]")], ["unknown-reference"]),
        ([("ID-note", "the-note")], ["unknown-reference"]),
        ([("status: reviewed", "status: [")], ["unknown-reference", "unknown-reference"]),
        ([("language: en", "language: '?'")], ["unknown-reference"]),
    ],
)
def test_a_record_alone_is_proved_with_the_definitions_of_those_beside_it(
    beside: list[Change], codes: list[str], data: Path, write_record: WriteRecord, readout: Readout
) -> None:
    write_record(data / "a", small("a", *beside))
    faults = reported_faults(readout, "check", data / "b")
    assert [fault["code"] for fault in faults] == codes, faults
    assert all(fault["path"] == f"{data}/b/record.yaml" for fault in faults)


def test_a_record_alone_is_not_proved_without_the_text_that_it_cites(
    data: Path, readout: Readout, database: str
) -> None:
    (data / "a/article.txt").unlink()
    (fault,) = reported_faults(readout, "check", data / "b")
    unknown = reported_faults(readout, "load", data / "b")
    assert {each["path"] for each in (fault, *unknown)} == {f"{data}/b/record.yaml"}
    assert [each["code"] for each in unknown] == ["unknown-reference"] * 2
    assert f"load {data}/a too" not in unknown[0]["message"] and f"load {data}/a too" in unknown[1]["message"]


@pytest.mark.parametrize(
    ("own", "codes"),
    [
        ([("  - {id: jane-roe", "  - {id: king, name: King}\n  - {id: jane-roe")], []),  # which the record beside uses
        ([("  - {id: jane-roe", "  - {id: queen, name: Queen}\n  - {id: jane-roe")], ["unused-definition"]),
    ],
)
def test_definitions_that_siblings_use_are_used(
    own: list[Change], codes: list[str], data: Path, write_record: WriteRecord, readout: Readout
) -> None:
    write_record(
        data / "c", small("c", ("person: jane-roe", "person: king"), ("  - {id: jane-roe, name: Jane Roe}\n", "  []\n"))
    )
    write_record(data / "b", small("b", *BORROWS, *own))
    assert [fault["code"] for fault in reported_faults(readout, "check", data / "b")] == codes


@pytest.mark.parametrize("reference", ["nobody", "{party: nobody, role: observer}"])
def test_an_unknown_reference_is_a_fault_in_either_form(
    reference: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    folder = write_record(tmp_path / "a", small("a", ("[uto]", f"[uto, {reference}]")), SMALL_ARTICLE)
    (fault,) = reported_faults(readout, "check", folder)
    assert fault["code"] == "unknown-reference" and "`nobody`" in fault["message"]


def test_progress_is_told_for_each_record_twice(data: Path) -> None:
    steps: list[int] = []
    dataset = Dataset.of([data], steps.append)
    assert sum(steps) == 2 and not dataset.faulty
    list(dataset.prove())


@pytest.mark.parametrize("file", ["a/record.yaml", "a/article.txt"])
@pytest.mark.parametrize("change", [lambda file: file.write_text(file.read_text() + "\n"), Path.unlink])
def test_a_record_that_changes_between_its_two_readings_is_a_fault(
    file: str, change: Callable[[Path], object], data: Path
) -> None:
    dataset = Dataset.of([data])
    change(data / file)
    a, b = dataset.prove()
    assert not a.proved
    assert [(fault.code, fault.line, fault.column) for fault in a.faults] == [("unreadable", 1, 1)]
    assert bool(b.proved) is (file == "a/record.yaml"), "b cites a's article"


@pytest.mark.parametrize("path", ["data", "data/b"])
def test_check_says_how_many_records_it_proved(path: str, data: Path, readout: Readout) -> None:
    ran = readout("check", data.parent / path)
    assert (ran.status, ran.err) == (0, "")
    first = ran.out.splitlines()[0]
    assert first == {"data": "2 records proved, no fault", "data/b": "1 record proved, no fault"}[path]
