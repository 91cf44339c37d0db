"""Words that begin or end inside a word, and the word that they are cut out of."""

import pytest

from seed.proof.whole_words import cut_word, has_word


@pytest.mark.parametrize(
    ("text", "words", "cut"),
    [
        ("they disagreed to it", "agreed to", "disagreed"),
        ("she is unable to", "able", "unable"),
        ("a greeting", "a greet", "greeting"),
        ("We can't go", "We can", "can't"),
        ("We can’t go", "We can", "can’t"),
        ("they didn’t go", "they did", "didn’t"),
        ("a non-binding deal", "binding deal", "non-binding"),
        ("the Vice-President Roe", "President Roe", "Vice-President"),
        ("then-President Roe", "President Roe", None),
        ("10,000 men", "000 men", "10,000"),
        ("about 2.5 million", "about 2", "2.5"),
        ("16 May", "6 May", "16"),
        ("dis\u00adagreed", "agreed", "dis\u00adagreed"),
        ("the U.S. side", "S. side", "U.S"),
        ("the U.S. side", ".S. side", "U.S"),
        ("the U.S. side", "the U.", "U.S"),
        ("the U.S. side", "the U.S", None),
        ("the U.S. side", "side", None),
        ("by J. Roe", "Roe", None),
        ("by J.Roe", "Roe", None),
        ("Roe's men", "Roe", None),
        ("“Yes,” said Roe.", "Yes", None),
        ("in 2024, 3 men", "in 2024", None),
        ("L’accord est signé", "accord", None),
        ("Moscow-based", "Moscow", None),
        ("他们同意了", "同意", None),
        ("x" * 9, "x", "x" * 9),
    ],
)
def test_a_word_is_cut(text: str, words: str, cut: str | None) -> None:
    start = text.rindex(words) if "000" not in words else text.index(words)
    assert cut_word(text, start, start + len(words), "en") == cut


def test_prefixes_and_short_negations_are_of_english() -> None:
    assert cut_word("vice-président", 5, 14, "fr") is None
    assert cut_word("a can't", 2, 5, "fr") is None


@pytest.mark.parametrize(("text", "has"), [("o", True), ("7", True), ("同", True), (",", False), ("— … “", False)])
def test_words_have_a_letter_or_a_digit(text: str, has: bool) -> None:
    assert has_word(text) is has
