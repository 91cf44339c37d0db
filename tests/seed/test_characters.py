"""One text, one meaning: characters with which a text is not what it looks like are refused in articles and records."""

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

from seed.record.characters import refused_character
from tests.conftest import Readout, WriteRecord, reported_faults
from tests.databases import execute
from tests.seed.samples import ARTICLE, RECORD, changed

BIDIRECTIONAL = [*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))]
NONCHARACTERS = [
    *map(chr, (*range(0xFDD0, 0xFDF0), *(at + end for at in range(0, 0x110000, 1 << 16) for end in (0xFFFE, 0xFFFF))))
]
CONTROLS = [chr(code) for code in range(0x100) if unicodedata.category(chr(code)) == "Cc" and chr(code) not in "\t\n\r"]
SOME = ["\u202e", "\u2066", "\ufdd0", "\U0010ffff", "\x1b", "\x85", "\0"]
NAMES = {
    "\u202e": "RIGHT-TO-LEFT OVERRIDE (U+202E)",
    "\u2066": "LEFT-TO-RIGHT ISOLATE (U+2066)",
    "\ufdd0": "A noncharacter (U+FDD0)",
    "\U0010ffff": "A noncharacter (U+10FFFF)",
    "\x1b": "ESCAPE (U+001B)",
    "\x85": "NEXT LINE (U+0085)",
    "\0": "NULL (U+0000)",
    "\x01": "A control character (U+0001)",
}


def test_exactly_these_characters_are_refused() -> None:
    refused = {chr(code) for code in range(0x110000) if refused_character(chr(code))}
    assert refused == {*BIDIRECTIONAL, *NONCHARACTERS, *CONTROLS}
    assert (len(BIDIRECTIONAL), len(NONCHARACTERS), len(CONTROLS)) == (9, 66, 62)


@pytest.mark.parametrize("character", NAMES)
def test_the_message_names_the_character_its_place_and_the_way_out(character: str) -> None:
    found = refused_character(f"first\n\tsecond {character}{character}")
    assert found is not None and (found.line, found.column) == (2, 9)
    assert str(found).startswith(NAMES[character])
    assert rf"s/\x{{{ord(character):04X}}}//g" in str(found)


@pytest.mark.parametrize("character", SOME)
def test_an_article_with_it_is_unreadable(
    character: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    article = changed(ARTICLE, ("the King", f"the {character}King"))
    (fault,) = reported_faults(readout, "check", write_record(tmp_path, RECORD, article))
    assert (fault["code"], fault["line"]) == ("unreadable", 4)
    assert f"article.txt: line 9, column 13: {NAMES[character]}" in fault["message"]
    drafted = readout("draft", tmp_path / "article.txt")
    assert (drafted.status, drafted.out) == (2, "") and NAMES[character] in drafted.err


PLACES = {
    "a comment": ("status: reviewed", "status: reviewed # X", True),
    "a plain text": ("title: When to open", "title: When X to open", True),
    "a key": ("  topics: [peace]", "  toXpics: [peace]", True),
    "an escape": ("title: When to open", 'title: "When X to open"', False),
    "an escape in a key": ("  topics: [peace]", '  "toXpics": [peace]', False),
    "an escape in words": ("words: for two hours", 'words: "for Xtwo hours"', False),
}


@pytest.mark.parametrize("character", SOME)
@pytest.mark.parametrize("place", PLACES)
def test_a_record_with_it_is_unreadable(
    place: str, character: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    old, new, is_raw = PLACES[place]
    written = character if is_raw else f"\\U{ord(character):08x}"
    record = changed(RECORD, (old, new.replace("X", written)))
    (fault,) = reported_faults(readout, "check", write_record(tmp_path, record, ARTICLE))
    before = record[: record.index(written)]
    assert (fault["code"], fault["line"]) == ("unreadable", before.count("\n") + 1)
    assert not is_raw or fault["column"] == len(before) - before.rfind("\n")
    assert fault["message"].startswith(NAMES[character])


def test_the_way_out_works(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    folder = write_record(tmp_path, RECORD, changed(ARTICLE, ("the King", "the \u202eKing")))
    (fault,) = reported_faults(readout, "check", folder)
    command = re.search("`(.*)`", fault["message"])
    assert command is not None
    subprocess.run(command[1].replace("FILE", str(folder / "article.txt")), shell=True, check=True)
    assert (folder / "article.txt").read_text(encoding="utf-8") == ARTICLE


def test_a_stored_text_with_it_is_listed_by_verify(
    tmp_path: Path, write_record: WriteRecord, database: str, readout: Readout
) -> None:
    write_record(tmp_path / "vienna", RECORD, ARTICLE)
    assert readout("load", tmp_path).status == 0
    execute(database, "UPDATE source_text SET text = replace(text, 'the King', 'the \u202eKing')")
    ran = readout("verify")
    assert ran.status == 1 and "meeting vienna: RIGHT-TO-LEFT OVERRIDE (U+202E) is not allowed" in ran.out + ran.err
