"""The messages for mistakes that are easily made: each says what is wrong, where it begins, and what to do."""

import io
import sys
from pathlib import Path

import pytest

from tests.conftest import Readout, WriteRecord, reported_faults
from tests.seed.outcomes import refused
from tests.seed.samples import ARTICLE, MARK, RECORD, Change, changed, marked

DOORS = "[jane-roe]\n    kind: direct"
TITLE = "title: When to open"
QUOTE_IT = "put the whole text in quotation marks"

MESSAGES: list[tuple[list[Change], str]] = [
    # quotation marks that are copied along
    (
        [("text: We will open our doors again", "text: ▸“We will open our doors again,”")],
        "the text is what stands between the quotation marks: leave the marks out",
    ),
    (
        [("text: frank and friendly", "text: ▸“frank and friendly”")],
        "the text is what stands between the quotation marks: leave the marks out",
    ),
    (
        [("text: We will open our doors again", "text: ▸'\"We will open our doors again\"'")],
        "no such words in FOLDER/article.txt: leave the quotation marks out",
    ),
    # a comma in braces
    (
        [("words: Roe said}", "words: again,▸” Roe said}")],
        "unknown key `” Roe said`; if it belongs to `words`, put that text in quotation marks: a comma ends it",
    ),
    (
        [("inferred: Two delegations.}", "inferred: Two delegations, ▸as said: two.}")],
        "unknown key `as said`; if it belongs to `inferred`, put that text in quotation marks: a comma ends it",
    ),
    # inferred already
    (
        [
            ("party: uto", "party: ▸uto"),
            (
                "says: [person, party, title, role], words: The Utopian side was led by",
                "says: [person, title, role], words: by",
            ),
            (
                "words: by Foreign Minister Jane Roe}",
                "words: by Foreign Minister Jane Roe}\n      - {says: party, words: Roe said}\n      - {says: party, inferred: x}",
            ),
        ],
        "no stated words for `party` hold “Utopia”, “Utopian”; give words that do, another name of theirs, or take `party`"
        " out of their `says`, as it is inferred too",
    ),
    (
        [
            ("start_date: 2024-05-06", "start_date: ▸2024-05-06"),
            (
                "words: in Vienna on 6 May 2024}",
                "words: Ruritania met in Vienna}\n    - {says: start_date, inferred: x}",
            ),
        ],
        "no stated words for `start_date` hold 6 and 2024 in digits; take `start_date` out of their `says`, as it is"
        " inferred too",
    ),
    (
        [
            (
                "{says: [person, party, title, role], words: The Utopian side was led by Foreign Minister Jane Roe}",
                "{says: [person, party, role], words: The Utopian side was led by Foreign Minister Jane Roe}\n"
                "      - {says: title, words: ▸by Foreign Minister}\n      - {says: title, inferred: x}",
            ),
        ],
        "the words for `title` do not name its holder, Jane Roe: give words that do, or take `title` out of their `says`,"
        " as it is inferred too",
    ),
    # names and titles instead of ids
    ([(DOORS, "[▸Jane Roe]\n    kind: direct")], "`speakers` takes an id, not a name: give the id, `jane-roe`"),
    ([("person: jane-roe", "person: ▸jane roe")], "`person` takes an id, not a name: give the id, `jane-roe`"),
    ([("party: uto", "party: ▸Utopian")], "`party` takes an id, not a name: give the id, `uto`"),
    ([("agenda: opening", "agenda: ▸When to open")], "`agenda` takes an id, not a name: give the id, `opening`"),
    (
        [(DOORS, "[▸John Doe]\n    kind: direct")],
        "`speakers` is not a slug: lowercase letters, digits and single hyphens, at most 100",
    ),
    ([("    access: full", "    access: full\n    ▸words: x")], "the key `words` does not belong here"),
    # YAML
    ([("    file: article.txt", "▸\tfile: article.txt")], "not YAML: a tab: indent with spaces"),
    ([(TITLE, "title: Agenda▸: when to open")], f"not YAML: a colon in a text: {QUOTE_IT}"),
    ([("words: for two hours}", "words: for two▸: hours}")], f"not YAML: a colon in a text: {QUOTE_IT}"),
    ([("title: Utopia–Ruritania", 'title: ▸"Utopia–Ruritania')], "not YAML: a quotation mark that is never closed"),
    (
        [("title: Utopia–Ruritania", "title: ▸'Utopia–Ruritania")],
        "not YAML: a quotation mark (') that is closed only in line LINE: close it where its text ends",
    ),
    (
        [("text: We will open our doors", 'text: "We will open" ▸our doors')],
        f'not YAML: text after the closing ": {QUOTE_IT}, and write \\" for a " in it',
    ),
    (
        [("- {says: duration, words: for two hours}", "- ▸{says: duration, words: for two hours")],
        "not YAML: a `{` without its `}`",
    ),
    ([("rur]\n  topics: [peace]", "rur]\n  topics: [peace] ▸and war")], f"not YAML: text after `]`: {QUOTE_IT}"),
    ([(TITLE, "title: ▸@home")], f"not YAML: a text that begins with `@`: {QUOTE_IT}"),
    ([(TITLE, "title: ▸`home`")], f"not YAML: a text that begins with a backtick: {QUOTE_IT}"),
    ([(TITLE, "title: ▸? home")], f"not YAML: a text that begins with `?`: {QUOTE_IT}"),
    ([(TITLE, "title: &▸ home")], f"not YAML: a text that begins with `&` or `*`: {QUOTE_IT}"),
    (
        [(TITLE, "title: ▸*home")],
        "no anchor &home ends before this alias; a text that begins with `*` stands in quotation marks",
    ),
    (
        [(TITLE, "title: ▸!home")],
        "a tag (!home): a record needs none; a text that begins with `!` stands in quotation marks",
    ),
    (
        [(TITLE, 'title: "C:\\x▸"')],
        "not YAML: a backslash between double quotation marks begins an escape: write it twice, or use single marks",
    ),
    ([(TITLE, "title: > ▸home")], f"not YAML: a text behind `>` or `|`: begin it on the next line, or {QUOTE_IT}"),
    (
        [("  status: held", "   status▸: held")],
        "not YAML: a key that is indented deeper than the line above: indent the keys of a mapping alike",
    ),
    (
        [("  status: held", "  ▸status:held")],
        "not YAML: no key: a key has a colon and a space after it, as in `key: value`",
    ),
    ([("  - {id: rur,", "  ▸-{id: rur,")], "not YAML: no item of a list: an item begins with a dash and a space"),
    (
        [(TITLE, "title: ▸- home")],
        "not YAML: a list that begins behind its key: begin it on the next line, with `- ` before each item",
    ),
    # addresses
    (
        [("access: full", "access: full\n    url: ▸https://bbc.com@example.org/")],
        "`url` names a user before the host, example.org: take out what is before the @",
    ),
    (
        [("access: full", "access: full\n    url: ▸https://example.org/a\u200bb")],
        "`url` holds U+200B (ZERO WIDTH SPACE) as character 22: take it out, or write it as %E2%80%8B",
    ),
    (
        [("access: full", "access: full\n    url: ▸https://example.org/a b")],
        "`url` holds U+0020 (SPACE) as character 22: take it out, or write it as %20",
    ),
    (
        [("access: full", "access: full\n    url: ▸https://example.org/\u3164")],
        "`url` holds U+3164 (HANGUL FILLER) as character 21: take it out, or write it as %E3%85%A4",
    ),
    (
        [("access: full", "access: full\n    url: ▸example.org")],
        "`url` is not an address that begins with http:// or https://",
    ),
]


@pytest.mark.parametrize(
    ("changes", "message"), MESSAGES, ids=[f"{place} {message[:40]}" for place, (_, message) in enumerate(MESSAGES)]
)
def test_a_mistake_has_a_message_that_says_what_to_do(
    changes: list[Change], message: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    record, line, column = marked(changed(RECORD, *changes))
    folder = write_record(tmp_path / "data/vienna", record, ARTICLE)
    faults = reported_faults(readout, "check", folder)
    assert MARK not in record and len(faults) == 1, faults
    closing = record.count("\n", 0, record.find("article's")) + 1
    expected = message.replace("FOLDER", str(folder)).replace("LINE", str(closing))
    assert (faults[0]["message"], faults[0]["line"], faults[0]["column"]) == (expected, line, column)


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("cp1252", "not UTF-8: byte 207 (line 6) is 0x93, which is “ in Windows-1252: save the file as UTF-8"),
        ("utf-16", "not UTF-8: byte 0 (line 1) is 0xff, as in UTF-16: save the file as UTF-8"),
    ],
)
def test_another_encoding(
    encoding: str, message: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    content = ARTICLE.encode(encoding)
    folder = write_record(tmp_path / "data/vienna", RECORD, content)
    (fault,) = reported_faults(readout, "check", folder)
    at = content.find(b"\x93") if encoding == "cp1252" else 0
    assert fault["message"] == "article.txt: " + message.replace("byte 207", f"byte {at}")


@pytest.mark.sqlite
def test_a_database_that_is_not_there(tmp_path: Path, readout: Readout, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "my data.db"
    monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{file}")
    for command in ("load", "verify"):
        assert refused(readout(command)) == (
            f"There is no database {file}: run `readout migrate` to make it, then `readout load`; or point"
            " READOUT_DATABASE_URL to another."
        )


@pytest.mark.sqlite
def test_a_copy_or_a_folder_that_is_not_there(tmp_path: Path, readout: Readout, database: str) -> None:
    assert refused(readout("restore", tmp_path / "nope.db")) == (
        f"There is no file {tmp_path}/nope.db, and nothing was restored: give the path of a copy."
    )
    assert refused(readout("backup", tmp_path / "nowhere/copy.db")) == (
        f"There is no folder {tmp_path}/nowhere: make it, or give another path for the copy."
    )
    assert not (tmp_path / "nowhere").exists()


def test_help_is_not_cut_short(readout: Readout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = readout("--help").out
    assert "..." not in text.replace("[ARGS]...", "") and readout("-h").out == text
    assert readout("check", "-h").out == readout("check", "--help").out


def test_the_version(readout: Readout) -> None:
    ran = readout("--version")
    assert (ran.status, ran.out) == (0, "readout 0.1.0\n")


def test_a_draft_of_standard_input(tmp_path: Path, readout: Readout, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert readout("draft", "-").out == readout("draft", "article.txt").out != ""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    ran = readout("draft", "-")
    assert ran.status == 2 and ran.err.startswith("readout: standard input: not UTF-8: byte 0 (line 1) is 0xff")


def test_a_record_may_be_given_by_its_file(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    folder = write_record(tmp_path / "data/vienna", RECORD, ARTICLE)
    assert readout("check", folder / "record.yaml") == readout("check", folder)
    assert readout("check", folder).status == 0
