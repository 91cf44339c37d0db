"""Snippets: the passage with the most of the query, its matches marked in code points and as whole words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.folding import fold
from app.search.query_parsing import parse_query
from app.search.snippets import LONG_TEXT, WORDS, Matcher

STEMS = ["stem_english", "stem_russian"]


def marked(text: str, q: str, similar: list[str] | None = None) -> tuple[str, list[str]]:
    """The snippet's text, and the texts of its matches."""
    shown, matches = Matcher(parse_query(q).wanted, STEMS, similar or ()).snippet(text)
    return shown, [shown[start:end] for start, end in matches]


@pytest.mark.parametrize(
    ("text", "q", "expected"),
    [
        ("They appointed ambassadors.", "ambassador appointing", ["appointed", "ambassadors"]),
        ("🕊🕊 Straße, ÉMILE’s café", "strasse émile CAFE", ["Straße", "ÉMILE", "café"]),
        ("E\u0301mile came", "emile", ["E\u0301mile"]),
        ("The two sides agreed; sides two", '"two sides"', ["two sides"]),
        ("a four-hour talk of four hours", "four-hour", ["four-hour"]),
        ("стороны обменяются военнопленными", "военнопленные", ["военнопленными"]),
        ("代表团随后离场。离开", "离场", ["离场"]),
        ("代表团随后离场。离开", "离", ["离", "离"]),
        ("مفتـــوح أمام", "مفتوح", ["مفتـــوح"]),
        ("Peaceful people", "peacef", []),
        ("nothing here", "else", []),
        ("", "else", []),
    ],
)
def test_matches_are_whole_words_in_any_form(text: str, q: str, expected: list[str]) -> None:
    shown, matches = marked(text, q)
    assert shown == text and matches == expected


def test_a_similar_name_is_marked() -> None:
    assert marked("Sergey Lavrov", "lawrow", ["lavrov"]) == ("Sergey Lavrov", ["Lavrov"])


def test_the_passage_has_most_of_the_query_in_its_middle() -> None:
    words = [f"w{number}" for number in range(200)]
    words[20], words[120], words[125] = "peace", "peace", "talks"
    shown, matches = marked(" ".join(words), "peace talks")
    assert matches == ["peace", "talks"]
    assert shown.startswith("…w") and shown.endswith("…") and len(shown.split()) == WORDS
    before, after = shown.split("peace")[0].split(), shown.split("talks")[1].split()
    assert abs(len(before) - len(after)) <= 1


@pytest.mark.parametrize("at", [0, 700, 1500, 2999])
def test_a_long_text_is_cut_around_the_best_match(at: int) -> None:
    words = [f"wörd{number}" for number in range(3000)]
    words[at] = "péace"
    text = " ".join(words)
    assert len(text) > LONG_TEXT
    shown, matches = marked(text, "peace")
    assert matches == ["péace"] and shown.strip("…") in text
    assert shown.startswith("…") == (at > 0) and shown.endswith("…") == (at < 2999)


@given(
    text=st.text(st.sampled_from("aábß 中国мир́‘’-.🕊\u0301İ"), max_size=80),
    q=st.text(st.sampled_from('aábß 中国мир"-'), min_size=1, max_size=9),
)
def test_whatever_is_searched_for_in_whatever_text(text: str, q: str) -> None:
    wanted = parse_query(q).wanted
    shown, matches = Matcher(wanted, STEMS).snippet(text)
    assert shown.strip("…") in text
    ends = [0, *(end for _, end in matches)]
    for before, (start, end) in zip(ends, matches, strict=False):
        assert before <= start < end <= len(shown)
    exact = {word for phrase in wanted if len(phrase.words) == 1 for word in phrase.words}
    if exact & {*fold(text).split()}:
        assert matches
