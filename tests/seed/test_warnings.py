"""Warnings: a second kind of finding, which keeps no record from being stored, and which a record answers."""

import json
from pathlib import Path

import pytest

from seed.record.faults import Code
from tests.conftest import Readout, WriteRecord, reported_faults, reported_warnings
from tests.databases import dump
from tests.seed.samples import ARTICLE, RECORD, Change, changed

WARNINGS = {Code.answers_nothing}

IDLE: Change = ("words: Roe said}", "words: Roe said, despite: So.}")
"""An answer to no warning, which is a warning by itself."""


@pytest.fixture
def doubtful(tmp_path: Path, write_record: WriteRecord) -> Path:
    return write_record(tmp_path / "data/vienna", changed(RECORD, IDLE), ARTICLE)


def test_a_warning_is_told_like_a_fault_and_ends_a_check_with_0(doubtful: Path, readout: Readout) -> None:
    ran = readout("check", doubtful)
    line = (doubtful / "record.yaml").read_text().splitlines().index("      - {says: speakers, " + IDLE[1]) + 1
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        f"{doubtful}/record.yaml:{line}:52: warning: answers-nothing: "
        "`despite` answers a warning, and there is none about this entry: take it out\n"
        f"  {line} |       - {{says: speakers, words: Roe said, despite: So.}}\n"
        "     |                                                    ^^^\n"
        "\n"
        "1 record proved, no fault, 1 warning\n"
        "2 of 13 entries inferred (15%)\n"
    )


@pytest.mark.parametrize("command", ["check", "load"])
def test_json_has_the_severity_and_nothing_but_json_is_printed(
    command: str, doubtful: Path, readout: Readout, database: str
) -> None:
    ran = readout(command, doubtful, "--format", "json")
    (line,) = [json.loads(line) for line in ran.out.splitlines()]
    assert (line["severity"], line["code"], ran.status) == ("warning", "answers-nothing", 0)


def test_a_load_tells_warnings_and_stores_the_record(doubtful: Path, readout: Readout, database: str) -> None:
    ran = readout("load", doubtful)
    assert (ran.status, ran.err) == (0, "1 warning in 1 file\n")
    assert ": warning: answers-nothing: " in ran.out.splitlines()[0]
    assert ran.out.splitlines()[-1].startswith("1 meeting proved and stored: ")
    assert readout("verify").status == 0


@pytest.mark.parametrize("command", ["check", "load"])
def test_strict_makes_a_warning_a_fault(command: str, doubtful: Path, readout: Readout, database: str) -> None:
    before = dump(database)
    ran = readout(command, doubtful, "--strict")
    assert (ran.status, ran.err) == (1, "1 fault in 1 file\n")
    assert ": answers-nothing: " in ran.out and "warning: " not in ran.out
    assert [fault["code"] for fault in reported_faults(readout, command, doubtful, "--strict")] == ["answers-nothing"]
    assert dump(database) == before


def test_faults_and_warnings_are_counted_apart(
    doubtful: Path, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    other = changed(RECORD, ("  id: vienna", "  id: linz"), ("status: held", "status: over"))
    write_record(tmp_path / "data/linz", other, ARTICLE)
    ran = readout("check", doubtful.parent)
    assert (ran.status, ran.err) == (1, "1 fault and 1 warning in 2 files\n")


def test_beside_a_fault_no_answer_is_judged(doubtful: Path, write_record: WriteRecord, readout: Readout) -> None:
    write_record(doubtful, changed(RECORD, IDLE, ("words: for two hours", "words: for ten hours")), ARTICLE)
    assert [fault["code"] for fault in reported_faults(readout, "check", doubtful)] == ["words-not-found"]
    assert reported_warnings(readout, "check", doubtful) == []
