"""Definitions of a dataset: what records say of the same person, party or source adds up or conflicts, and is used."""

from pathlib import Path

import pytest

from tests.conftest import Readout, WriteRecord, reported_faults
from tests.databases import query
from tests.seed.samples import SMALL_ARTICLE, Change, marked, small

NOTE = "{id: ID-note, file: article.txt, title: A note, language: en}"
UTO = "{id: uto, kind: state, name: Utopia}"
ROE = "{id: jane-roe, name: Jane Roe}"
SHARED = "{id: shared, file: article.txt, title: A note, language: en}"


def note(more: str) -> Change:
    return NOTE, f"{SHARED[:-1]}{more}}}"


def uto(more: str) -> Change:
    return UTO, f"{{id: uto, kind: state, name: Utopia{more}}}"


def roe(more: str) -> Change:
    return ROE, f"{{id: jane-roe, name: Jane Roe{more}}}"


Records = tuple[list[Change], list[Change]]

AGREE: dict[str, Records] = {
    "the same twice": ([], []),
    "other names are united": ([uto(", other_names: [They]")], [uto(", other_names: [Them, They]")]),
    "a name that only the other record gives": (
        [roe(", other_names: [envoys]")],
        [("words: led by Jane Roe", "words: met envoys")],
    ),
    "a name that only a later record gives": (
        [("words: led by Jane Roe", "words: met envoys")],
        [roe(", other_names: [envoys]")],
    ),
    "names that each needs of the other": (
        [roe(", other_names: [Utopia]"), ("words: led by Jane Roe", "words: met envoys")],
        [roe(", other_names: [envoys]"), ("words: led by Jane Roe", "words: Utopia")],
    ),
    "null agrees with anything": ([uto(", country: SUN, wikidata: null")], [uto(", country: null, wikidata: Q5")]),
    "an empty list agrees with anything": ([note(", cites: []")], [note(", cites: [Reuters]")]),
    "the same list": ([note(", cites: [Reuters, AP]")], [note(", cites: [Reuters, AP]")]),
    "the same text in another file": ([note("")], [note("")]),
    "a source by its id": ([(NOTE, SHARED)], [(NOTE, "shared")]),
    "a party that only the other record defines": ([], [(f"parties:\n  - {UTO}\n", "")]),
    "a person that only the other record uses": (
        [(ROE, f"{ROE}\n  - {{id: king, name: envoys}}")],
        [("person: jane-roe", "person: king"), ("words: led by Jane Roe", "words: 'met envoys, led by Jane Roe'")],
    ),
    "a source that only the other record uses": ([(NOTE, f"{NOTE}\n  - {SHARED}")], [(NOTE, "shared")]),
    "a source that only the other record cites": (
        [(NOTE, f"{NOTE}\n  - {SHARED}")],
        [(NOTE, f"{NOTE}\n  - shared"), ("words: Utopia met", "words: Utopia met, source: shared")],
    ),
    "a party that only issued a text": (
        [(UTO, f"{UTO}\n  - {{id: eur, kind: fund, name: E}}"), (NOTE, f"{NOTE[:-1]}, issued_by: [eur]}}")],
        [],
    ),
    "a person that only the other record defines": ([], [(f"people:\n  - {ROE}\n", "")]),
}

CONFLICTS: dict[str, Records] = {
    "a party's name": ([], [(UTO, "{id: uto, kind: state, name: ▸They, other_names: [Utopia]}")]),
    "a party's kind": ([], [(UTO, "{id: uto, kind: ▸fund, name: Utopia}")]),
    "a party's country": ([uto(", country: SUN")], [uto(", country: ▸AUT")]),
    "a party's Wikidata id": ([uto(", wikidata: Q1")], [uto(", wikidata: ▸Q2")]),
    "a person's name": ([], [(ROE, "{id: jane-roe, name: ▸J. Roe}")]),
    "a person's Wikidata id": ([roe(", wikidata: Q1")], [roe(", wikidata: ▸Q2")]),
    "a person and a party": (
        [
            (UTO, "{id: jane-roe, kind: state, name: Utopia}"),
            (f"people:\n  - {ROE}\n", ""),
            ("[uto]", "[jane-roe]"),
            ("person: jane-roe", "described: envoys\n    id: a"),
            ("says: [person, role]", "says: role"),
        ],
        [(ROE, "▸" + ROE), ("words: led by Jane Roe", "inferred: So.")],
    ),
    "a source's language": ([(NOTE, SHARED)], [(NOTE, SHARED.replace("en", "▸de"))]),
    "a source's publisher": ([note(", publisher: A")], [note(", publisher: ▸B")]),
    "a source's author": ([note(", author: A")], [note(", author: ▸B")]),
    "a source's address": ([note(", url: 'http://a.org'")], [note(", url: ▸'http://b.org'")]),
    "a source's date": ([note(", published_on: 2024")], [note(", published_on: ▸2024-05")]),
    "a source's licence": ([note(", licence: A")], [note(", licence: ▸B")]),
    "a source's access": ([note(", access: full")], [note(", access: ▸excerpt")]),
    "a source's marks": ([note(", quotation_marks: double")], [note(", quotation_marks: ▸single")]),
    "a source's paragraphs": ([note(", paragraphs: lines")], [note(", paragraphs: ▸blocks")]),
    "whom a source cites": ([note(", cites: [Reuters]")], [note(", ▸cites: [AP]")]),
    "a source's text": ([note("")], [(NOTE, "▸" + SHARED)]),
}


def write(
    root: Path, write_record: WriteRecord, records: Records, second_article: str = SMALL_ARTICLE
) -> tuple[int, int]:
    """Write a dataset of two records; the line and column of the mark in the second."""
    first, _, _ = marked(small("a", *records[0]))
    second, line, column = marked(small("b", *records[1]))
    write_record(root / "a", first, SMALL_ARTICLE)
    write_record(root / "b", second, second_article)
    return line, column


@pytest.mark.parametrize("what", AGREE)
def test_definitions_add_up(what: str, tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    write(tmp_path, write_record, AGREE[what])
    assert reported_faults(readout, "check", tmp_path) == []


@pytest.mark.parametrize("what", CONFLICTS)
def test_different_values_conflict(what: str, tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    article = SMALL_ARTICLE + "More." if what == "a source's text" else SMALL_ARTICLE
    line, column = write(tmp_path, write_record, CONFLICTS[what], article)
    faults = reported_faults(readout, "check", tmp_path)
    (fault,) = [
        fault for fault in faults if fault["code"] != "unknown-reference"
    ]  # that a person is no party may follow
    assert (fault["code"], fault["line"], fault["column"]) == ("conflicting-definition", line, column)
    assert fault["path"] == f"{tmp_path}/b/record.yaml" and f"{tmp_path}/a/record.yaml" in fault["message"]


def test_three_records_give_each_conflict_once(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    for name, country in zip("abc", ("SUN", "AUT", "CZE"), strict=True):
        write_record(tmp_path / name, small(name, uto(f", country: {country}")), SMALL_ARTICLE)
    assert [
        (Path(fault["path"]).parent.name, fault["code"]) for fault in reported_faults(readout, "check", tmp_path)
    ] == [
        ("b", "conflicting-definition"),
        ("c", "conflicting-definition"),
    ]


@pytest.mark.parametrize("kind", ["person", "party", "source"])
def test_an_unused_definition_is_a_fault_where_it_is_defined(
    kind: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    changes = {
        "person": (ROE, f"{ROE}\n  - {{id: ▸king, name: King}}"),
        "party": (UTO, f"{UTO}\n  - {{id: ▸eur, kind: fund, name: E}}"),
        "source": (NOTE, f"{NOTE}\n  - {SHARED.replace('id: ', 'id: ▸')}"),
    }
    line, column = write(tmp_path, write_record, ([], [changes[kind]]))
    (fault,) = reported_faults(readout, "check", tmp_path)
    assert (fault["code"], fault["line"], fault["column"]) == ("unused-definition", line, column)


def test_two_records_of_one_meeting_are_a_duplicate(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    write_record(tmp_path / "a", small("a"), SMALL_ARTICLE)
    write_record(tmp_path / "b", small("a"), SMALL_ARTICLE)
    (fault,) = reported_faults(readout, "check", tmp_path)
    assert (fault["code"], fault["line"], fault["column"]) == ("duplicate-id", 9, 7)
    assert fault["path"].endswith("b/record.yaml") and f"{tmp_path}/a/record.yaml" in fault["message"]


@pytest.mark.parametrize(
    ("broken", "codes"),
    [
        ((UTO, "{id: uto, kind: realm, name: Utopia}"), ["bad-value"]),
        (("status: reviewed", "status: ["), ["unreadable"]),
        (("ID-note, file: article.txt", "ID-note, file: article.md"), ["unreadable"]),
    ],
)
def test_that_a_definition_cannot_be_read_is_told_once(
    broken: Change, codes: list[str], tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    write(tmp_path, write_record, ([broken], [(f"parties:\n  - {UTO}\n", ""), (f"  - {NOTE}", "  - a-note")]))
    assert [fault["code"] for fault in reported_faults(readout, "check", tmp_path)] == codes


def test_a_source_that_another_record_defines_has_its_text(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    write(tmp_path, write_record, ([(NOTE, SHARED)], [(NOTE, "shared"), ("led by Jane Roe", "lead by Jane Roe")]))
    (fault,) = reported_faults(readout, "check", tmp_path)
    assert fault["code"] == "words-not-found"
    assert fault["nearest"] == {
        "file": f"{tmp_path}/a/article.txt",
        "line": 1,
        "column": 20,
        "words": "led by Jane Roe.",
    }


@pytest.mark.parametrize(
    ("first", "second", "access"),
    [
        (", access: full", "", "excerpt"),
        ("", ", access: full", "excerpt"),
        (", access: excerpt", "", "excerpt"),
        (", access: full", ", access: full", "full"),
    ],
)
def test_a_text_is_shown_in_full_only_if_every_record_says_so(
    first: str, second: str, access: str, tmp_path: Path, write_record: WriteRecord, readout: Readout, database: str
) -> None:
    write(tmp_path, write_record, ([note(first)], [note(second)]))
    assert readout("load", tmp_path / "a").status == readout("load", tmp_path / "b").status == 0
    assert query(database, "SELECT access FROM source") == [access]
    assert readout("verify").status == 0
