"""Any text is a query: its words, phrases and excluded words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.folding import fold
from app.search.query_parsing import MAX_QUERY_CHARACTERS, MAX_QUERY_WORDS, ParsedQuery, parse_query


def wanted(q: str) -> list[str]:
    return [" ".join(phrase.words) for phrase in parse_query(q).wanted]


def excluded(q: str) -> list[str]:
    return [" ".join(phrase.words) for phrase in parse_query(q).excluded]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Rubio Riyadh", ["rubio", "riyadh"]),
        ('"two sides" agreed', ["two sides", "agreed"]),
        ("“two sides” «peace talks» „so“", ["two sides", "peace talks", "so"]),
        ("four-hour U.S. talks", ["four hour", "u s", "talks"]),
        ('x"y z"w', ["x", "y z", "w"]),
        ('half "a quotation', ["half", "a", "quotation"]),
        ("Trump's envoy’s", ["trump", "envoy"]),
        ("peace PEACE pèace ＰＥＡＣＥ", ["peace"]),
        ("a AND NOT b* (c OR title:d) ^e~2", ["a", "and", "not", "b", "c", "or", "title d", "e 2"]),
        ("الحِوار مفتـــوح", ["الحوار", "مفتوح"]),
        ("外交部長 會", ["外交 交部 部長", "會"]),
        ("🤝 * - \" '' -- \x00", []),
        ("", []),
    ],
)
def test_words_and_phrases_are_folded(q: str, expected: list[str]) -> None:
    assert wanted(q) == expected and excluded(q) == []


@pytest.mark.parametrize(
    ("q", "kept", "left_out"),
    [
        ("peace -war", ["peace"], ["war"]),
        ('-"two sides" peace', ["peace"], ["two sides"]),
        ("-war", [], ["war"]),
        ("four-hour", ["four hour"], []),
        ("a - b", ["a", "b"], []),
        ("--war -", ["war"], []),
        ('a-"b c"', ["a", "b c"], []),
    ],
)
def test_a_minus_directly_before_a_word_excludes_it(q: str, kept: list[str], left_out: list[str]) -> None:
    assert wanted(q) == kept and excluded(q) == left_out


def test_a_query_has_at_most_32_words() -> None:
    words = [f"w{number}" for number in range(MAX_QUERY_WORDS)]
    assert len(wanted(" ".join([*words, *words]))) == MAX_QUERY_WORDS
    for more in (" ".join([*words, "one"]), ".".join([*words, "one"]), " ".join([*words, "-one"])):
        with pytest.raises(ValueError, match="more than 32 words"):
            parse_query(more)
    assert wanted("渔" * 2 * MAX_QUERY_WORDS)
    with pytest.raises(ValueError, match="more than 32 words"):
        parse_query("".join(chr(0x4E00 + number) for number in range(2 * MAX_QUERY_WORDS + 2)))
    with pytest.raises(ValueError, match="longer than 8,192 characters"):
        parse_query("a" * (MAX_QUERY_CHARACTERS + 1))


@given(q=st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_has_the_words_that_it_would_have_as_a_text(q: str) -> None:
    parsed = parse_query(q)
    assert parsed.is_empty == (parsed == ParsedQuery())
    words = {word for phrase in (*parsed.wanted, *parsed.excluded) for word in phrase.words}
    assert all(fold(word).split()[0] == word for word in words)
