"""Names are similar if one is a transcription of the other, or has a slip; other words are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.similar_names import difference, matching_names, most_different, nearest


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("lawrow", "lavrov"),
        ("lavrof", "lavrov"),
        ("selenskyj", "zelenskyy"),
        ("zelensky", "zelenskyy"),
        ("muhammad", "mohammed"),
        ("dmitryev", "dmitriev"),
        ("ushakow", "ushakov"),
        ("jousef", "youssef"),
        ("walz", "waltz"),
        ("rbuio", "rubio"),
    ],
)
def test_a_misspelt_name_is_similar(word: str, name: str) -> None:
    assert difference(word, name) <= most_different(word, is_known=False)
    assert difference(word, name) == difference(name, word)


@pytest.mark.parametrize(
    ("word", "name"),
    [("banana", "batman"), ("zanzibar", "sanchez"), ("iran", "iraq"), ("rabat", "rubio"), ("lavrov", "pavlov")],
)
def test_another_word_is_not(word: str, name: str) -> None:
    assert difference(word, name) > most_different(word, is_known=False)


def test_a_word_that_texts_have_is_hardly_a_misspelt_name() -> None:
    assert most_different("peace", is_known=True) < most_different("peace", is_known=False)
    assert nearest("peace", ["pearce"], most_different("peace", is_known=True)) is None
    assert nearest("novak", ["nowak"], most_different("novak", is_known=True)) == "nowak"


def test_every_word_of_a_query_must_have_a_name() -> None:
    names = ["mohammed", "bin", "salman"]
    assert matching_names(["salman", "muhammed"], [1, 1], names) == ["salman", "mohammed"]
    assert matching_names(["salman", "khalid"], [1, 1], names) is None


@given(one=st.text("abcdefgh", min_size=1, max_size=9), other=st.text("abcdefgh", min_size=1, max_size=9))
def test_only_equal_words_do_not_differ(one: str, other: str) -> None:
    assert (difference(one, other) == 0) == (one == other)
