"""Words name someone where a name of theirs stands in them as whole words, if the script has words."""

import pytest

from seed.proof.names import forms, names
from seed.proof.word_search import fold


@pytest.mark.parametrize(
    ("name", "words", "named"),
    [
        ("Jane Roe", "Foreign Minister Jane Roe said", True),
        ("Jane Roe", "Roe’s word", True),
        ("Jane Roe", "Roe", True),
        ("Jane Roe", "roe", False),
        ("Jane Roe", "Jane", False),
        ("Jane Roe", "Roebuck", False),
        ("Jane Roe", "MonRoe", False),
        ("Jane Roe", "Roe2", False),
        ("Jane Roe", "Roebuck and Roe", True),
        ("Jane Roe", "the Roe-Doe talks", True),
        ("Jane\nRoe", "Jane Roe", True),
        ("John Doe Jr.", "Doe", True),
        ("John Doe, Jr.", "Doe", True),
        ("John Doe Sr", "Doe", True),
        ("John Doe II", "Doe", True),
        ("John Doe III", "King III", False),
        ("John Doe IV", "Doe", False),
        ("Conan O’Brien", "O'Brien", True),
        ("José Müller", "Müllers", False),
        ("José Müller", "Mu\u0308ller", False),
        ("Jose Mu", "Mu\u0308ller", False),
        ("石破茂", "日本の石破茂首相", True),
        ("Kim", "キムKim首相", True),
        ("ไทย", "ประเทศไทยและ", True),
        ("김정은", "김정은이", False),
        ("Владимир Путин", "Путина", False),
        ("Cher", "Cher", True),
        ("U.S.", "the U.S. side", True),
        ("U.S.", "the U.S.A.", True),
        ("A", "A", True),
    ],
)
def test_a_persons_name_or_its_last_word_names_them(name: str, words: str, named: bool) -> None:
    assert names(fold(words), forms(name, (), is_person=True)) is named


@pytest.mark.parametrize(
    ("words", "named"),
    [("the Utopian side", True), ("the Utopians", False), ("Republic", False), ("the Republic of Utopia", True)],
)
def test_a_party_is_named_by_any_of_its_names_and_by_no_part_of_them(words: str, named: bool) -> None:
    assert names(fold(words), forms("Republic of Utopia", ("Utopian", "Utopia"), is_person=False)) is named


@pytest.mark.parametrize("name", [", Jr.", ", II", ",", "Jr.", "II", ", ,", "…", "."])
def test_no_name_is_too_odd_to_be_looked_for(name: str) -> None:
    assert names("Jane Roe", forms(name, (), is_person=True)) is False
