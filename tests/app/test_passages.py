"""Snippets: the chosen passage of a text, and the positions of its matches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.engine_snippets import REMOVED, WORDS, Text, passage, phrases

NUMBERS = " ".join(str(number) for number in range(100))


def snippet(text: str, *phrases: str, goes_before: bool = False, goes_on: bool = False) -> str:
    """A passage with brackets around its matches; letters are read as small ones, signs as dividers."""
    normalized = "".join(sign.lower() if sign.isalnum() else REMOVED if sign == REMOVED else " " for sign in text)
    snippet_words, matches = passage(Text(text, normalized, goes_before, goes_on), [each.split() for each in phrases])
    for start, end in reversed(matches):
        snippet_words = f"{snippet_words[:start]}[{snippet_words[start:end]}]{snippet_words[end:]}"
    return snippet_words


@pytest.mark.parametrize(
    ("text", "phrases", "expected"),
    [
        ("“We met,” Roe said.", ["met", "roe"], "“We [met],” [Roe] said."),
        ("a b c, B c", ["b c"], "a [b c], [B c]"),
        ("a b c d", ["a b", "b c"], "[a b c] d"),
        ("roe roe", ["roe"], "[roe] [roe]"),
        ("a b c", ["x"], "a b c"),
        ("a b", ["b c"], "a b"),
        (" — ", ["a"], " — "),
        ("", ["a"], ""),
        (f"e{REMOVED}a {REMOVED}b", ["ea", "b"], f"[e{REMOVED}a] {REMOVED}[b]"),
        (NUMBERS, ["x"], "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31…"),
        (NUMBERS, ["50"], f"…{' '.join(map(str, range(35, 50)))} [50] {' '.join(map(str, range(51, 67)))}…"),
        (NUMBERS, ["99"], f"…{' '.join(map(str, range(68, 99)))} [99]"),
        (NUMBERS, ["2", "60", "62"], f"…{' '.join(map(str, range(46, 60)))} [60] 61 [62] {' '.join(map(str, range(63, 78)))}…"),
        (NUMBERS, [" ".join(map(str, range(20, 60)))], "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 [20 21 22 23 24 25 26 27 28 29 30 31]…"),
    ],
)  # fmt: skip
def test_the_passage_with_the_most_is_shown(text: str, phrases: list[str], expected: str) -> None:
    assert snippet(text, *phrases) == expected


def test_a_snippet_of_a_part_marks_what_is_left_out() -> None:
    assert snippet("(a b)", "a", goes_before=True, goes_on=True) == "…[a] b…"


@given(
    st.text(st.sampled_from("abAB ,…" + REMOVED), max_size=200),
    st.lists(st.sampled_from(["a", "b", "ab a", "b b"]), max_size=3),
)
def test_matches_stand_in_a_text_of_few_words(text: str, phrases: list[str]) -> None:
    snippet_words = snippet(text, *phrases)
    assert snippet_words.replace("[", "").replace("]", "").strip("…") in text
    assert len(snippet_words.replace(",", " ").replace("…", " ").split()) <= WORDS + text.count(REMOVED)
    for match in snippet_words.replace(REMOVED, "").lower().split("[")[1:]:
        assert any(match.partition("]")[0].replace(",", " ").split()[0].startswith(each[0]) for each in phrases)


def test_a_query_is_its_phrases() -> None:
    q = '"Four-hour" "ROE" "—" "a"'
    assert phrases(Text(q, re.sub(r"\W", " ", q.lower()))) == [["four", "hour"], ["roe"], ["a"]]
    assert phrases(Text('""', "  ")) == []
