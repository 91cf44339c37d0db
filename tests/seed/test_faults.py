"""Every fault code, from a small record that has just that fault, with its line and column; and how faults are reported."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from seed.dataset.files import MAXIMUM_ARTICLE, MAXIMUM_RECORD
from seed.record.faults import Code
from tests.conftest import Readout, WriteRecord, reported_faults
from tests.databases import dump
from tests.seed.samples import ARTICLE, RECORD, Change, another, changed, marked
from tests.seed.test_warnings import WARNINGS

MEETING_STATED = "{says: [status, parties], words: Delegations of Utopia and Ruritania met}"
INFERRED = "{says: [FIELD, status, parties], inferred: A reason.}"
SECOND_SOURCE = "    access: full\n  - {id: ▸other, file: article.txt, title: T, language: en}\n"
REVIEWED = "status: reviewed\n"
LAST_FIELDS = "    role: member\n"


class Case(NamedTuple):
    """A record with one fault: the clause of the format, and what is changed in the sample; ▸ is before the fault."""

    code: Code
    clause: str
    changes: list[Change]
    article: list[Change] = []  # noqa: RUF012


def stated_by_inference(field: str) -> Change:
    """Evidence for a further field of the meeting."""
    return (MEETING_STATED, INFERRED.replace("FIELD", field))


C = Code
CASES = [
    Case(C.unreadable, "not YAML", [("status: reviewed", "status: ▸@reviewed")]),
    Case(C.unreadable, "a tag", [("status: reviewed", "status: ▸!!str reviewed")]),
    Case(C.unreadable, "NUL in a text", [("title: When to open", 'title: ▸"When \\0"')]),
    Case(C.unreadable, "an alias of nothing", [("status: reviewed", "status: ▸*nothing")]),
    Case(C.unreadable, "a second document", [("status: reviewed\n", "status: reviewed\n▸---\n")]),
    Case(C.unreadable, "nested too deep", [("topics: [peace]", f"topics: {'[' * 18}▸[{']' * 19}")]),
    Case(C.unreadable, "too many values", [("status: reviewed", f"x: ▸&x [{'a, ' * 999}]\ny: [{'*x, ' * 100}]")]),
    Case(C.unreadable, "no such file", [("file: article.txt", "file: ▸missing.txt")]),
    Case(C.unreadable, "a path that leads out", [("file: article.txt", "file: ▸../vienna/article.txt")]),
    Case(C.unreadable, "an absolute path", [("file: article.txt", "file: ▸/etc/hostname")]),
    Case(C.unreadable, "the folder itself", [("file: article.txt", "file: ▸.")]),
    Case(C.unreadable, "NUL in an article", [("file: article.txt", "file: ▸article.txt")], [("the King", "the\0King")]),
    Case(C.unreadable, "the record itself", [("file: article.txt", "file: ▸record.yaml")]),
    Case(C.bad_value, "a wrong type", [("parties: [uto, rur]\n  topics", "▸parties: {uto: rur}\n  topics")]),
    Case(C.bad_value, "no value", [("  title: Utopia–Ruritania talks", "  ▸title:")]),
    Case(C.bad_value, "a missing key", [("  - id: opening\n      title: When to open", "  - ▸id: opening")]),
    Case(C.bad_value, "an empty list", [("parties: [uto, rur]\n  topics", "▸parties: []\n  topics")]),
    Case(C.bad_value, "an enum", [("status: held", "status: ▸over")]),
    Case(C.bad_value, "an enum in a list", [("rur]\n  topics", "{party: rur, role: ▸guest}]\n  topics")]),
    Case(C.bad_value, "an enum in the only source", [("access: full", "access: ▸some")]),
    Case(C.bad_value, "a date", [("start_date: 2024-05-06", "start_date: ▸2024-02-30")]),
    Case(C.bad_value, "a slug", [("id: doors", "id: ▸Doors")]),
    Case(C.bad_value, "a slug in a list", [("topics: [peace]", "topics: [peace, ▸War]")]),
    Case(C.bad_value, "the only one of a list", [("[jane-roe]\n    kind: direct", "[▸Roe]\n    kind: direct")]),
    Case(C.bad_value, "a duration", [("value: PT2H", "value: ▸2 hours")]),
    Case(C.bad_value, "a country", [("country: SUN", "country: ▸Utopia")]),
    Case(C.bad_value, "a country that does not exist", [("country: SUN", "country: ▸UTO")]),
    Case(C.bad_value, "a place's country", [("country: AUT", "country: ▸OST")]),
    Case(C.bad_value, "a name of function words", [("[Utopian]", "[Utopian, ▸of the]")]),
    Case(C.bad_value, "a name without a letter", [("[Utopian]", "[Utopian, ▸—]")]),
    Case(
        C.bad_value,
        "a person's last name",
        [("{id: jane-roe, name: Jane Roe}", "{id: jane-roe, name: ▸Jane Roe the, other_names: [Roe]}")],
    ),
    Case(C.bad_value, "an unknown key", [("  topics: [peace]", "  topics: [peace]\n  ▸colour: red")]),
    Case(C.bad_value, "an unknown key at the top", [("status: reviewed", "status: reviewed\n▸colour: red")]),
    Case(C.bad_value, "an unknown key of the only source", [("access: full", "access: full\n    ▸colour: red")]),
    Case(
        C.bad_value,
        "an unknown key of a description",
        [("parties: [uto, rur]\n    agenda", "parties: [uto, {described: The two sides, ▸colour: red}]\n    agenda")],
    ),
    Case(
        C.bad_value,
        "a key of another mapping, named like the kind of its own",
        [("    access: full", "    access: full\n    ▸source: x")],
    ),
    Case(
        C.bad_value,
        "a value beside such a key",
        [("[jane-roe]\n    kind: direct", "[{described: Roe, ▸id: {described: Roe}}]\n    kind: direct")],
    ),
    Case(C.bad_value, "a duplicate key", [("status: held", "status: held\n  ▸status: held")]),
    Case(
        C.bad_value,
        "neither words nor reason",
        [("{says: commitment, words: agreed to reopen}", "▸{says: commitment}")],
    ),
    Case(
        C.bad_value,
        "an end before its start",
        [("2024-05-06\n", "2024-05-06\n  end_date: ▸2024-05-05\n"), stated_by_inference("end_date")],
    ),
    Case(
        C.bad_value,
        "two speakers and a title",
        [("  - id: mood\n    speakers: [", "  - ▸id: mood\n    speakers: [uto, ")],
    ),
    Case(C.words_not_found, "no such words", [("words: for two hours", "words: ▸for three hours")]),
    Case(C.words_not_found, "over two lines", [("words: Roe said}", "words: ▸Roe\n          sayed}")]),
    Case(C.words_not_found, "a text of its own", [("text: frank and friendly", "text: ▸Frank and friendly")]),
    Case(C.words_not_found, "a description of its own", [("described: senior officials", "described: ▸junior ones")]),
    Case(C.words_ambiguous, "more than once", [("words: Roe said}", "words: ▸Roe}")]),
    Case(
        C.words_ambiguous,
        "a text of its own",
        [("text: frank and friendly", "text: ▸frank and friendly")],
        [("was not there", "was not frank and friendly")],
    ),
    Case(C.words_ambiguous, "`nth` too high", [("Roe said}", "Roe said, nth: ▸2}")]),
    Case(C.fact_without_evidence, "a value", [(LAST_FIELDS, "    role: member\n    attendance: ▸present\n")]),
    Case(
        C.fact_without_evidence,
        "a mapping",
        [("  place: {", "  ▸place: {"), ("says: [place, start_date]", "says: start_date")],
    ),
    Case(
        C.fact_without_evidence,
        "a list",
        [("  parties: [uto, rur]\n  topics", "  ▸parties: [uto, rur]\n  topics"), ("[status, parties]", "status")],
    ),
    Case(C.evidence_for_no_field, "an unknown field", [("says: duration", "says: [duration, ▸colour]")]),
    Case(C.evidence_for_no_field, "a field that is null", [("says: duration", "says: [duration, ▸mode]")]),
    Case(C.evidence_for_no_field, "an empty list", [("says: [form,", "says: [▸asserted_by, form,")]),
    Case(C.evidence_for_no_field, "a label", [("says: duration", "says: [duration, ▸topics]")]),
    Case(
        C.evidence_for_no_field,
        "not in a list",
        [
            ("says: outcome", "says: ▸id"),
            ("a date is still open}", "a date is still open}\n        - {says: outcome, inferred: So.}"),
        ],
    ),
    Case(
        C.name_not_in_words,
        "a person",
        [
            ("speakers: [jane-roe]\n    kind: direct", "speakers: [▸jane-roe]\n    kind: direct"),
            ("Roe said}", "She called}"),
        ],
    ),
    Case(
        C.name_not_in_words,
        "one party of several",
        [("[uto, rur]\n  topics", "[uto, ▸rur]\n  topics"), ("Utopia and Ruritania met}", "Utopia}")],
    ),
    Case(
        C.name_not_in_words,
        "a day",
        [
            ("start_date: 2", "start_date: ▸2"),
            ("in Vienna on 6 May 2024}", "met in Vienna}\n    - {says: start_date, words: May 2024}"),
            ("[place, start_date]", "place"),
        ],
    ),
    Case(
        C.name_not_in_words,
        "a year",
        [("start_date: 2", "start_date: ▸2"), ("in Vienna on 6 May 2024", "in Vienna on 6 May")],
    ),
    Case(
        C.name_not_in_words, "a city", [("city: Vienna", "city: ▸Vienna"), ("in Vienna on 6 May 2024", "on 6 May 2024")]
    ),
    Case(
        C.name_not_in_words,
        "the holder of a title",
        [("words: Foreign Minister Jane Roe", "words: ▸by Foreign Minister")],
    ),
    Case(C.date_differs, "a month", [("start_date: 2024-05-06", "start_date: ▸2024-11-06")]),
    Case(
        C.date_differs,
        "a weekday",
        [
            ("start_date: 2024", "start_date: ▸2024"),
            ("words: in Vienna on 6 May 2024", "words: 'in Vienna on Tuesday, 6 May 2024'"),
        ],
        [("on 6 May", "on Tuesday, 6 May")],
    ),
    Case(C.not_whole_words, "a word's end", [("words: agreed to reopen", "words: ▸greed to reopen")]),
    Case(C.not_whole_words, "a word's beginning", [("words: agreed to reopen", "words: ▸agreed to reope")]),
    Case(C.not_whole_words, "a text of its own", [("text: frank and friendly", "text: ▸rank and friendly")]),
    Case(C.not_whole_words, "no letter or digit", [("words: for two hours", "words: ▸;")]),
    Case(C.not_whole_words, "a title", [("title: Foreign Minister\n    role", "title: ▸reign Minister\n    role")]),
    Case(
        C.text_not_in_words, "a title", [("title: Foreign Minister\n    role", "title: ▸Minister of State\n    role")]
    ),
    Case(
        C.text_not_in_words,
        "a text",
        [("text: The two", "text: ▸The two"), ("says: commitment", "says: [commitment, text]")],
    ),
    Case(C.quotation_marks, "a direct quote in none", [("kind: indirect\n    text: ", "kind: direct\n    text: ▸")]),
    Case(
        C.quotation_marks, "a part of a direct quote", [("text: We will open our doors again", "text: ▸We will open")]
    ),
    Case(C.quotation_marks, "a partial quote in none", [("kind: indirect\n    text: ", "kind: partial\n    text: ▸")]),
    Case(
        C.quotation_marks,
        "a mark of another kind",
        [("text: We will open our doors again", "text: ▸We will open our doors again")],
        [("“We will open our doors again,”", '"We will open our doors again,”')],
    ),
    Case(
        C.quotation_marks, "an indirect quote in marks", [("kind: partial\n    text: ", "kind: indirect\n    text: ▸")]
    ),
    Case(
        C.quotation_marks,
        "an indirect quote with one mark",
        [("text: a date", "text: ▸friendly” and noted that a date")],
    ),
    Case(
        C.unknown_reference,
        "a host",
        [("format: bilateral", "format: bilateral\n  host: ▸nobody"), stated_by_inference("host")],
    ),
    Case(C.unknown_reference, "a person for a party", [("party: uto", "party: ▸jane-roe")]),
    Case(
        C.unknown_reference,
        "a party for a person",
        [("described: senior officials", "person: ▸rur"), ("says: [party, role]", "says: [person, party, role]")],
    ),
    Case(C.unknown_reference, "an agenda item", [("agenda: opening", "agenda: ▸closing")]),
    Case(C.unknown_reference, "a source of an entry", [("for two hours", "for two hours, source: ▸herald")]),
    Case(C.unknown_reference, "a source by its id", [("access: full\n", "access: full\n  - ▸herald\n")]),
    Case(C.unknown_reference, "an issuer", [("access: full\n", "access: full\n    issued_by: [▸nobody]\n")]),
    Case(C.unused_definition, "a person", [("people:\n", "people:\n  - {id: ▸king, name: Rudolf}\n")]),
    Case(
        C.unused_definition,
        "a party",
        [("parties:\n  - {id: uto", "parties:\n  - {id: ▸eur, kind: state, name: E}\n  - {id: uto")],
    ),
    Case(C.unused_definition, "a source", [("    access: full\n", SECOND_SOURCE)]),
    Case(C.reserved_id, "the address of another page", [("  id: vienna\n", "  id: ▸people\n")]),
    Case(C.duplicate_id, "a quote", [("id: mood", "id: ▸doors")]),
    Case(C.duplicate_id, "a delegate", [("id: officials", "id: ▸jane-roe")]),
    Case(
        C.duplicate_id,
        "a person and a party",
        [
            ("people:\n", "people:\n  - {id: ▸roes, name: She}\n"),
            ("parties:\n  - {id: uto", "parties:\n  - {id: roes, kind: company, name: She}\n  - {id: uto"),
            ("[jane-roe]\n    kind: indirect", "[roes]\n    kind: indirect"),
        ],
    ),
    Case(C.duplicate_id, "a source", [("    access: full\n", SECOND_SOURCE.replace("other", "gazette"))]),
    Case(C.source_changed, "another text", [("access: full", f"access: full\n    sha256: ▸{'0' * 64}")]),
    Case(C.draft, "not reviewed", [("status: reviewed", "status: ▸draft")]),
    Case(C.not_reviewed, "a part to review", [(REVIEWED, "status: reviewed\nto_review: [▸{at: quotes/doors}]\n")]),
    Case(C.not_reviewed, "no such part", [(REVIEWED, "status: reviewed\nto_review: [{at: ▸quotes/windows}]\n")]),
    Case(C.not_reviewed, "a placeholder", [("title: When to open", "title: ▸TODO")]),
    Case(C.not_reviewed, "no reason", [("inferred: Two delegations.", 'inferred: ▸"TODO: who faced whom?"')]),
]


@pytest.mark.sqlite  # what is refused is so before a database has a say, and is tested in test_load.py for both
@pytest.mark.parametrize("case", CASES, ids=[f"{case.code} {case.clause}" for case in CASES])
def test_a_record_with_one_fault_is_told_just_that_and_not_stored(
    case: Case, tmp_path: Path, write_record: WriteRecord, readout: Readout, database: str
) -> None:
    record, line, column = marked(changed(RECORD, *case.changes))
    folder, before = write_record(tmp_path / "data/vienna", record, changed(ARTICLE, *case.article)), dump(database)
    faults = reported_faults(readout, "check", tmp_path / "data")
    places = [(fault["path"], fault["line"], fault["column"], fault["code"]) for fault in faults]
    assert places == [(f"{folder}/record.yaml", line, column, case.code)], faults
    assert sorted(faults[0]) == ["code", "column", "line", "message", "nearest", "path", "severity"]
    assert faults[0]["message"] and "\n" not in faults[0]["message"]
    text = readout("load", tmp_path / "data")
    assert text.status == 1 and text.err == "1 fault in 1 file\n"
    head, excerpt, caret, *nearest = text.out.splitlines()
    assert head == f"{folder}/record.yaml:{line}:{column}: {case.code}: {faults[0]['message']}"
    assert re.match(rf" +{line} \| ", excerpt) and caret.strip(" ^") == "|" and "^" in caret
    assert (nearest != [""]) is bool(faults[0]["nearest"])
    assert dump(database) == before


def test_every_code_has_its_record() -> None:
    elsewhere = {Code.conflicting_definition, Code.internal_error, Code.more_faults}  # they take more than one change
    assert {case.code for case in CASES} | elsewhere | WARNINGS == set(Code)


def as_folder(folder: Path) -> None:
    (folder / "article.txt").unlink()
    (folder / "article.txt").mkdir()


def as_pipe(folder: Path) -> None:
    (folder / "article.txt").unlink()
    os.mkfifo(folder / "article.txt")


def as_link_out(folder: Path) -> None:
    (folder / "article.txt").rename(folder.parent.parent / "article.txt")
    (folder / "article.txt").symlink_to(folder.parent.parent / "article.txt")


def as_link_to_itself(folder: Path) -> None:
    (folder / "article.txt").unlink()
    (folder / "article.txt").symlink_to(folder / "article.txt")


def record_as_folder(folder: Path) -> None:
    (folder / "record.yaml").unlink()
    (folder / "record.yaml").mkdir()


def record_as_pipe(folder: Path) -> None:
    (folder / "record.yaml").unlink()
    os.mkfifo(folder / "record.yaml")


def record_as_link_to_nothing(folder: Path) -> None:
    (folder / "record.yaml").unlink()
    (folder / "record.yaml").symlink_to("nothing")


FILES: list[tuple[str, str | bytes, str | bytes, Callable[[Path], None], str]] = [
    ("a record that is not UTF-8", RECORD.encode() + b"#\xff\xfe", ARTICLE, lambda _: None, "not UTF-8"),
    ("a record in UTF-16", RECORD.encode("utf-16"), ARTICLE, lambda _: None, "not UTF-8"),
    ("an empty record", "", ARTICLE, lambda _: None, "empty"),
    ("a blank record", " \n\n", ARTICLE, lambda _: None, "empty"),
    ("a record of comments", "# nothing yet\n", ARTICLE, lambda _: None, "empty"),
    ("a record over the limit", RECORD + "#" * MAXIMUM_RECORD, ARTICLE, lambda _: None, "1 MiB"),
    ("a record that is a folder", RECORD, ARTICLE, record_as_folder, "not a regular file"),
    ("a record that is a pipe", RECORD, ARTICLE, record_as_pipe, "not a regular file"),
    ("a record that is a link to nothing", RECORD, ARTICLE, record_as_link_to_nothing, "no such file"),
    ("an article that is not UTF-8", RECORD, "Grüße".encode("latin-1"), lambda _: None, "not UTF-8"),
    ("an empty article", RECORD, "", lambda _: None, "empty"),
    ("an article over the limit", RECORD, ARTICLE + "x" * MAXIMUM_ARTICLE, lambda _: None, "5 MiB"),
    ("an article that is a folder", RECORD, ARTICLE, as_folder, "not a regular file"),
    ("an article that is a pipe", RECORD, ARTICLE, as_pipe, "not a regular file"),
    ("an article that is a link out", RECORD, ARTICLE, as_link_out, "leads out"),
    ("an article that is a link to itself", RECORD, ARTICLE, as_link_to_itself, ""),
]


@pytest.mark.parametrize(("clause", "record", "article", "prepare", "reason"), FILES, ids=[case[0] for case in FILES])
def test_a_file_that_cannot_be_taken_is_unreadable(
    clause: str,
    record: str | bytes,
    article: str | bytes,
    prepare: Callable[[Path], None],
    reason: str,
    tmp_path: Path,
    write_record: WriteRecord,
    readout: Readout,
) -> None:
    folder = write_record(tmp_path / "data/vienna", record, article)
    prepare(folder)
    (fault,) = reported_faults(readout, "check", tmp_path / "data")
    place = (4, 11) if "article" in clause else (1, 1)
    assert (fault["code"], fault["line"], fault["column"]) == ("unreadable", *place)
    assert fault["path"] == f"{folder}/record.yaml"
    assert reason in fault["message"]


@pytest.mark.parametrize("path", ["missing", "empty", "file.txt", "file.txt/below", "x" * 300])
def test_a_path_without_a_record_is_unreadable(path: str, tmp_path: Path, readout: Readout) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("a file")
    (fault,) = reported_faults(readout, "check", tmp_path / path)
    assert (fault["path"], fault["line"], fault["column"], fault["code"]) == (str(tmp_path / path), 1, 1, "unreadable")
    assert readout("check", tmp_path / path).out.startswith(f"{tmp_path / path}:1:1: unreadable: ")


def test_the_limits_are_what_may_still_be_read(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    record = RECORD + "#" * (MAXIMUM_RECORD - len(RECORD.encode()))
    article = ARTICLE + "." * (MAXIMUM_ARTICLE - len(ARTICLE.encode()))
    assert readout("check", write_record(tmp_path / "vienna", record, article)).status == 0


def test_a_byte_order_mark_is_dropped(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    folder = write_record(tmp_path / "vienna", b"\xef\xbb\xbf" + RECORD.encode(), b"\xef\xbb\xbf" + ARTICLE.encode())
    assert readout("check", folder).status == 0


def test_all_faults_of_all_records_are_told_in_one_run_in_their_order(
    tmp_path: Path, write_record: WriteRecord, readout: Readout, database: str
) -> None:
    before = dump(database)
    first = another("first", ("kind: partial", "kind: vague"), ("for two hours", "for three hours"))
    second = another(
        "second", ("outcome: open", "outcome: shut"), ("words: a date", "words: any date"), ("status: held", "status:")
    )
    write_record(tmp_path / "a", first, ARTICLE)
    write_record(tmp_path / "b", "status: @", ARTICLE)
    write_record(tmp_path / "c", second, ARTICLE)
    write_record(tmp_path / "d", another("fourth"), ARTICLE)
    for command in ("check", "load"):
        faults = [
            (Path(f["path"]).parent.name, f["line"], f["code"]) for f in reported_faults(readout, command, tmp_path)
        ]
        assert faults == [
            ("a", 27, "words-not-found"),
            ("a", 69, "bad-value"),
            ("b", 1, "unreadable"),
            ("c", 16, "bad-value"),
            ("c", 31, "bad-value"),
            ("c", 33, "words-not-found"),
        ]
        text = readout(command, tmp_path)
        assert text.out.count("record.yaml:") == 6 and text.err == "6 faults in 3 files\n"
    assert dump(database) == before


def test_a_fault_is_shown_under_its_line_with_the_nearest_words(
    tmp_path: Path, write_record: WriteRecord, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = changed(RECORD, ("words: The Utopian side was led by", "words: The Utopian side was lead by"))
    write_record(tmp_path / "vienna", record, ARTICLE)
    monkeypatch.chdir(tmp_path)
    assert readout("check", "vienna").out == (
        "vienna/record.yaml:40:53: words-not-found: no such words in vienna/article.txt\n"
        "  40 |       - {says: [person, party, title, role], words: The Utopian side was lead by "
        "Foreign Minister Jane Roe}\n"
        "     |                                                                          ^^^^\n"
        "     = nearest: vienna/article.txt:4:8\n"
        "   4 |                                                     The Utopian side was led by "
        "Foreign Minister Jane Roe;\n"
        "     |                                                                          ~~~\n\n"
    )
    (fault,) = reported_faults(readout, "check", "vienna")
    assert fault["nearest"] == {
        "file": "vienna/article.txt",
        "line": 4,
        "column": 8,
        "words": "The Utopian side was led by Foreign Minister Jane Roe;",
    }


def test_nothing_near_is_null(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    record = changed(RECORD, ("words: for two hours", "words: $$$ %%% &&&"))
    (fault,) = reported_faults(readout, "check", write_record(tmp_path / "data/vienna", record, ARTICLE))
    assert fault["nearest"] is None


def test_a_long_line_is_shown_around_the_fault(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    record = changed(RECORD, ("words: for two hours", f"inferred: {'a reason ' * 30}, words: for three hours"))
    ran = readout("check", write_record(tmp_path / "data/vienna", record, ARTICLE))
    _, excerpt, caret, *_ = ran.out.splitlines()
    assert len(excerpt) <= 120 and len(caret) <= 120
    start = caret.index("^")
    assert excerpt[start:].startswith("three hours") and caret.count("^") == len("three")


@pytest.mark.parametrize("word", ["[red]a[/red]", "[/]", "\\", "\x1b[31m", "\u202e", "a\tb"])
def test_nothing_in_a_record_is_taken_for_markup(
    word: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    folder = write_record(tmp_path / "vienna", changed(RECORD, ("status: held", f"status: '{word}'")), ARTICLE)
    assert readout("check", folder).status == 1


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ([("kind: state, name: Utopia", "kind: realm, name: Utopia")], ["bad-value"]),  # whom delegates refer to
        ([("- {id: jane-roe, name: Jane Roe}", "- {id: jane-roe}")], ["bad-value"]),
        ([("  - id: gazette", "  - id: Gazette")], ["bad-value"]),
        ([("  id: vienna\n", "")], ["bad-value"]),
        (
            [("name: Ruritania}", "name: [R]}"), ("words: Roe said}", "words: Roe says}")],
            ["bad-value", "words-not-found"],
        ),
        (
            [("person: jane-roe", "person: jane-roe\n    colour: red")],
            ["bad-value"],
        ),  # who defines the quotes' speaker's use
        ([("delegates:\n", "delegates: none\nx:\n")], ["bad-value", "bad-value"]),
        ([("meeting:\n", "meeting: none\nx:\n")], ["bad-value", "bad-value"]),
        ([("sources:\n", "sources: none\nx:\n")], ["bad-value", "bad-value"]),
        ([("language: en", "language: '!'"), ("for two hours}", "for two hours, source: gazette}")], ["bad-value"]),
        ([("id: gazette", "id: The Gazette"), ("for two hours}", "for two hours, source: gazette}")], ["bad-value"]),
    ],
)
def test_consequences_of_a_fault_are_not_reported(
    changes: list[Change], codes: list[str], tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    faults = reported_faults(readout, "check", write_record(tmp_path / "vienna", changed(RECORD, *changes), ARTICLE))
    assert [fault["code"] for fault in faults] == codes


@pytest.mark.parametrize(
    "change",
    [
        ("language: en", "language: '!'"),
        ("access: full", "colour: red"),
        ("    title: Utopia and Ruritania meet in Vienna\n", ""),
        ("  - id: gazette", "  - id: The Gazette"),
        ("  - id: gazette", "    id: gazette"),
    ],
)
def test_a_fault_in_a_source_hides_no_fault_of_words(
    change: Change, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    others = [
        ("for two hours", "for three hours"),
        ("Roe said}", "Roe sayed}"),
        ("title: Foreign Minister\n    role", "title: Foreign Minister\n    role_: x\n    role"),
    ]
    record = changed(RECORD, change, *others)
    faults = reported_faults(readout, "check", write_record(tmp_path / "vienna", record, ARTICLE))
    assert [fault["code"] for fault in faults] == ["bad-value", "words-not-found", "bad-value", "words-not-found"]


def test_a_source_that_is_broken_is_not_judged_by_settings_that_are_unknown(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    record = changed(RECORD, ("access: full", "quotation_marks: one"))
    article = changed(ARTICLE, ("“frank and friendly”", "‘frank and friendly’"))
    faults = reported_faults(readout, "check", write_record(tmp_path / "vienna", record, article))
    assert [fault["code"] for fault in faults] == ["bad-value"]
