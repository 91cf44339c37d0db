"""False facts in words that are in the article: each is refused, with its reason. Warnings are in test_warnings."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seed.proof.articles import Article
from seed.proof.definitions import Catalogue
from seed.proof.prove import prove
from seed.proof.result import Proved
from seed.record.models import Record
from seed.record.yaml_tree import compose
from tests.conftest import Readout, WriteRecord, reported, reported_faults
from tests.seed.samples import ARTICLE, RECORD, Change, changed

AGREED = "{says: commitment, words: agreed to reopen}"
OPEN = "{says: outcome, words: a date is still open}"
NAMES = "other_names: [Utopian]"
QUOTED = "“We will open our doors again,”"

FALSE_FACTS: dict[str, tuple[list[Change], list[Change], str, str]] = {
    # the changes of the record and of the article, and the code and the message
    "another month": (
        [("start_date: 2024-05-06", "start_date: 2024-11-06")],
        [],
        "date-differs",
        "the words for `start_date` name “May”, and the date is in November: correct the date, or give fewer words",
    ),
    "another weekday": (
        [("words: in Vienna on 6 May 2024", "words: in Vienna on 6 May 2024 (Tuesday)")],
        [("6 May 2024", "6 May 2024 (Tuesday)")],
        "date-differs",
        "the words for `start_date` name “Tuesday”, and 2024-05-06 is a Monday: correct the date, or give fewer words",
    ),
    "agreed of disagreed": (
        [("text: The two sides agreed", "text: The two sides disagreed")],
        [("The two sides agreed", "The two sides disagreed")],
        "not-whole-words",
        "these words begin or end inside “disagreed”: give whole words",
    ),
    "able of unable": (
        [(AGREED, "{says: commitment, words: able to reopen}"), ("sides agreed", "sides were unable")],
        [("sides agreed", "sides were unable")],
        "not-whole-words",
        "these words begin or end inside “unable”: give whole words",
    ),
    "could of couldn't": (
        [(AGREED, "{says: commitment, words: The two sides could}"), ("sides agreed to", "sides couldn’t")],
        [("sides agreed to", "sides couldn’t")],
        "not-whole-words",
        "these words begin or end inside “couldn’t”: give whole words",
    ),
    "can of can't": (
        [(AGREED, "{says: commitment, words: The two sides can}"), ("sides agreed to", "sides can't")],
        [("sides agreed to", "sides can't")],
        "not-whole-words",
        "these words begin or end inside “can't”: give whole words",
    ),
    "implemented, from a letter": (
        [("commitment: agreed", "commitment: implemented"), (AGREED, "{says: commitment, words: o, nth: 1}")],
        [],
        "not-whole-words",
        "these words begin or end inside “Utopia”: give whole words",
    ),
    "an outcome from a comma": (
        [(OPEN, "{says: outcome, words: ',', nth: 1}")],
        [],
        "not-whole-words",
        "“,” says nothing: give words with a letter or a digit",
    ),
    "a part of a number": (
        [("{says: duration, words: for two hours}", "{says: duration, words: 5 hours}")],
        [("for two\nhours", "for 2.5 hours")],
        "not-whole-words",
        "these words begin or end inside “2.5”: give whole words",
    ),
    "the name of anybody": (
        [(NAMES, "other_names: [Utopian, the of]")],
        [],
        "bad-value",
        "“the of” names nobody: give a name, as the article writes it",
    ),
    "the name of anybody with a possessive": (
        [(NAMES, "other_names: [Utopian, s]")],
        [],
        "bad-value",
        "“s” names nobody: give a name, as the article writes it",
    ),
    "a name without a letter": (
        [(NAMES, "other_names: [Utopian, '—']")],
        [],
        "bad-value",
        "“—” names nobody: give a name, as the article writes it",
    ),
    "a title that is cut": (
        [("title: Foreign Minister\n    role", "title: reign Minister\n    role")],
        [],
        "not-whole-words",
        "“reign Minister” begins or ends inside “Foreign”: give the title in whole words, as the article writes it",
    ),
    "the title of a deputy": (
        [("title: Foreign Minister\n    role", "title: President\n    role"), ("by Foreign Minister Jane Roe}", "by Vice-President Jane Roe}"), ("speaker_title: Foreign Minister", "speaker_title: Vice-President"), ("words: Foreign Minister Jane Roe", "words: Vice-President Jane Roe")],
        [("Foreign Minister Jane Roe", "Vice-President Jane Roe")],
        "not-whole-words",
        "“President” begins or ends inside “Vice-President”: give the title in whole words, as the article writes it",
    ),
    "a country by the name of a team": (
        [("name: Utopia, other_names: [Utopian], country: SUN", "name: Germany, other_names: [Utopia, Utopian], country: GER")],
        [],
        "bad-value",
        "`GER` is no country code of ISO 3166: is it `DEU`?",
    ),
    "a country that does not exist": (
        [("country: AUT", "country: ZZZ")],
        [],
        "bad-value",
        "`ZZZ` is no country code of ISO 3166: take the alpha-3 code of the country, or leave `country` out",
    ),
    "a record that is its own article": (
        [("file: article.txt", "file: record.yaml")],
        [],
        "unreadable",
        "record.yaml: this is the record itself, which proves nothing: name the article's file",
    ),
    "a quotation closed by another mark": (
        [],
        [(QUOTED, '"We will open our doors again,”')],
        "quotation-marks",
        "around these words a mark is closed by one of another kind: give words between marks of one kind",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fact", FALSE_FACTS)
def test_a_false_fact_is_refused(fact: str, tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    record, article, code, message = FALSE_FACTS[fact]
    folder = write_record(tmp_path / "vienna", changed(RECORD, *record), changed(ARTICLE, *article))
    faults = reported_faults(readout, "check", folder)
    assert [(fault["code"], fault["message"]) for fault in faults] == [(code, message)]


@pytest.mark.parametrize("name", ["US", "WHO", "IT", "The Of", "May", "Will", "the Hague"])
def test_a_name_that_looks_like_a_function_word_is_one(
    name: str, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    folder = write_record(tmp_path / "vienna", changed(RECORD, (NAMES, f"other_names: [Utopian, {name}]")), ARTICLE)
    assert reported_faults(readout, "check", folder) == []


def test_a_copy_of_the_record_or_a_link_to_it_is_no_article_either(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    copied = write_record(tmp_path / "copied", RECORD, RECORD)
    linked = write_record(tmp_path / "linked", RECORD)
    (linked / "article.txt").symlink_to("record.yaml")
    for folder in (copied, linked):
        (fault,) = reported_faults(readout, "check", folder)
        assert (fault["code"], "this is the record itself" in fault["message"]) == ("unreadable", True)


FRENCH = [("language: en", "language: fr"), ("text: The two sides agreed", "text: wo sides agreed")]


def test_words_that_are_cut_in_another_language_are_a_warning(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    title = ("title: Foreign Minister\n    role", "title: reign Minister\n    role")
    folder = write_record(tmp_path / "vienna", changed(RECORD, *FRENCH, title), ARTICLE)
    found = reported(readout, "check", folder)
    assert [(one["severity"], one["code"], one["line"]) for one in found] == [
        ("warning", "not-whole-words", 40),
        ("warning", "not-whole-words", 50),
    ]


SUMMIT = Path("seed/summits/riyadh-2025-02-18")


def outcome_of(content: dict[str, Any]) -> Proved | list[str]:
    """The result of proving a record with the shipped article: the record, or the codes of its faults."""
    record = Record.model_validate(content)
    (source,) = record.source_ids
    article = Article("article.txt", (SUMMIT / "article.txt").read_text(encoding="utf-8"))
    catalogue = Catalogue()
    catalogue.add(record, {source: article.sha256}, "record.yaml")
    outcome = prove(record, {source: article}, catalogue)
    return outcome if isinstance(outcome, Proved) else [str(fault.code) for fault in outcome]


@pytest.fixture
def summit() -> dict[str, Any]:
    """The shipped record, as plain data."""
    content = compose((SUMMIT / "record.yaml").read_text(encoding="utf-8")).plain()
    assert isinstance(content, dict)
    return content


def entries(value: Any) -> Iterator[dict[str, Any]]:
    """All evidence entries with words in a value."""
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from entries(item)
    if isinstance(value, dict) and "says" in value and "words" in value:
        yield value


def halves(words: str) -> Iterator[str]:
    """Words without their first or last letter, if that cuts a word."""
    if words[:2].isalnum():
        yield words[1:]
    if words[-2:].isalnum():
        yield words[:-1]


def test_no_word_of_the_shipped_record_can_be_cut(summit: dict[str, Any]) -> None:
    assert isinstance(outcome_of(summit), Proved)
    tried = 0
    for entry in list(entries(summit)):
        words = entry["words"]
        for entry["words"] in halves(words):
            outcome = outcome_of(summit)
            assert not isinstance(outcome, Proved) and {"not-whole-words", "words-ambiguous"} & set(outcome), entry
            tried += 1
        entry["words"] = words
    assert tried > 80


@pytest.mark.parametrize("month", range(1, 13))
def test_words_prove_no_month_but_their_own(
    month: int, tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    record = changed(RECORD, ("start_date: 2024-05-06", f"start_date: 2024-{month:02}-06"))
    found = reported_faults(readout, "check", write_record(tmp_path / "vienna", record, ARTICLE))
    assert [fault["code"] for fault in found] == ["date-differs"] * (month != 5)
