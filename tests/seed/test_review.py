"""Faults of a review: a reviewed record lists no part to review, and has no placeholder of a draft."""

from pathlib import Path

import pytest

from tests.conftest import Readout, WriteRecord, reported_faults
from tests.seed.samples import ARTICLE, RECORD, Change, changed

DRAFT: Change = ("status: reviewed\n", "status: draft\n")
EVERY_PART = (
    *("meeting", "agenda/opening", "delegates/jane-roe", "delegates/officials", "agreements/embassies"),
    *("quotes/doors", "quotes/mood", "quotes/date", "parties/uto", "people/jane-roe", "sources/gazette"),
)


def to_review(status: str, *places: str) -> Change:
    entries = "".join(f"  - {{at: {place}, look_at: [id], why: It is unclear.}}\n" for place in places)
    return "status: reviewed\n", f"status: {status}\nto_review:\n{entries}"


def faults(folder: Path, write_record: WriteRecord, readout: Readout, *changes: Change) -> list[tuple[str, int, str]]:
    """The code, the line and the message of each fault of the sample with some changes."""
    write_record(folder, changed(RECORD, *changes), ARTICLE)
    return [(each["code"], each["line"], each["message"]) for each in reported_faults(readout, "check", folder)]


def test_each_part_that_is_left_to_review_is_a_fault_in_its_line(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    found = faults(tmp_path, write_record, readout, to_review("reviewed", *EVERY_PART))
    assert found == [
        ("not-reviewed", line, f"`{place}` is not reviewed: compare `id` with the article, then delete this entry")
        for line, place in enumerate(EVERY_PART, start=3)
    ]


def test_a_draft_reports_how_much_is_left_to_review(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    ((code, line, message),) = faults(tmp_path, write_record, readout, to_review("draft", *EVERY_PART))
    assert (code, line) == ("draft", 1)
    assert message.startswith("have a person review the 11 parts in `to_review` and delete their entries")
    ((_, _, message),) = faults(tmp_path, write_record, readout, to_review("draft", "meeting"))
    assert "the 1 part in" in message


@pytest.mark.parametrize("status", ["draft", "reviewed"])
@pytest.mark.parametrize("place", ["quotes/opening", "agenda/doors", "parties/jane-roe", "sources/article", "people/x"])
def test_a_part_that_is_not_there_is_a_fault(
    status: str, place: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    found = faults(tmp_path, write_record, readout, to_review(status, place))
    message = f"there is no `{place}` to review: correct `at`, or delete this entry"
    assert [fault for fault in found if fault[0] != "draft"] == [("not-reviewed", 3, message)]


def test_a_broken_part_may_be_the_one_to_review(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    broken = ("kind: partial", "kind: some")
    found = faults(tmp_path, write_record, readout, to_review("draft", "quotes/mood"), broken)
    assert [code for code, _, _ in found] == ["draft", "bad-value"]


def test_a_broken_entry_moves_no_other(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    entries = to_review("reviewed", "quotes", "quotes/windows", "quotes/doors")
    found = faults(tmp_path, write_record, readout, entries)
    assert [(code, line) for code, line, _ in found] == [("bad-value", 3), ("not-reviewed", 4), ("not-reviewed", 5)]


@pytest.mark.parametrize("empty", ["", "[]", "~"])
def test_a_review_without_entries_is_done(
    empty: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    assert faults(tmp_path, write_record, readout, ("status: reviewed", f"status: reviewed\nto_review: {empty}")) == []


PLACEHOLDERS: dict[str, Change] = {
    "a name": ("name: Utopia, other_names: [Utopian]", "name: TODO, other_names: [Utopia, Utopian]"),
    "a title": ("title: Reopen embassies", "title: TODO"),
    "a summary": ("  status: held", "  status: held\n  summary: 'TODO: what it was about'"),
    "a reason": ("inferred: Two delegations.", "inferred: 'TODO: who faced whom?'"),
    "a reason beside words": ("words: Roe said}", "words: Roe said, inferred: 'TODO: who?'}"),
    "a label of a source": ("    access: full", "    access: full\n    publisher: TODO"),
    "a reviewer": ("name: Ana Ito", "name: TODO"),
}


@pytest.mark.parametrize("change", PLACEHOLDERS.values(), ids=PLACEHOLDERS)
def test_a_placeholder_is_a_fault_only_in_what_is_reviewed(
    change: Change, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    assert [code for code, _, _ in faults(tmp_path, write_record, readout, change)] == ["not-reviewed"]
    assert [code for code, _, _ in faults(tmp_path, write_record, readout, change, DRAFT)] == ["draft"]


@pytest.mark.parametrize("id", ["todo", "todo-party", "todo-speaker"])
def test_the_id_of_a_placeholder_is_a_fault(
    id: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    record = RECORD.replace("rur,", f"{id},").replace("rur]", f"{id}]").replace("party: rur", f"party: {id}")
    folder = write_record(tmp_path, record, ARTICLE)
    (fault,) = reported_faults(readout, "check", folder)
    assert fault["code"] == "not-reviewed" and "here and wherever it is referred to" in fault["message"]


def test_words_of_the_article_may_say_todo(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    said = ("{says: speakers, words: Roe said}", "{says: speakers, words: 'TODO: Roe said'}")
    article = changed(ARTICLE, ("again,” Roe said.", "again,” TODO: Roe said."))
    folder = write_record(tmp_path, changed(RECORD, said), article)
    assert reported_faults(readout, "check", folder) == []
