"""Words are found where they stand, whatever the whitespace and the typography; the result is the article's slice."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from seed.proof.word_search import FoldedText, fold

ALL = 10**6
SPACES = " \t\n\r\u00a0\u2003\u2028\x0b"
VARIANTS = ('"“”„\u201f', "'‘’‚\u201b", "-–—\u2010\u2011", SPACES)
"""Characters that are equal to each other."""

ONE_FORM = str.maketrans({variant: group[0] for group in VARIANTS for variant in group})

texts = st.text(st.sampled_from("aAbé𝒳ß" + "".join(VARIANTS)) | st.characters(codec="utf-8"), max_size=60)


def folded(text: str) -> str:
    """The form that equal texts share, made in another way than in the code."""
    return re.sub(r"\s+", " ", text.translate(ONE_FORM)).strip()


@st.composite
def sliced(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """A text, a slice of it without whitespace at its ends, and the same words written another way."""
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    whole = text[start:end]
    assume(whole.strip())
    start += len(whole) - len(whole.lstrip())
    end = start + len(whole.strip())
    words = ""
    for run in re.findall(r"\s+|\S", text[start:end]):
        group = next((group for group in VARIANTS if run[0] in group), run[0] if not run.isspace() else SPACES)
        words += draw(st.text(st.sampled_from(group), min_size=1, max_size=3 if run.isspace() else 1))
    around = st.text(st.sampled_from(SPACES), max_size=2)
    return text, start, end, draw(around) + words + draw(around)


@given(sliced())
def test_any_slice_is_found_where_it_stands(case: tuple[str, int, int, str]) -> None:
    text, start, end, words = case
    assert (start, end) in FoldedText(text).find(words, ALL)


@given(sliced())
def test_the_places_are_all_there_are_and_each_is_the_articles_own_slice(case: tuple[str, int, int, str]) -> None:
    text, _, _, words = case
    article, ends = FoldedText(text), [at for at, character in enumerate(text) if not character.isspace()]
    wanted = folded(words)
    everywhere = [
        (start, last + 1)
        for start in ends
        for last in ends
        if last >= start and folded(text[start : last + 1]) == wanted
    ]
    assert article.find(words, ALL) == everywhere
    assert article.count(words) == len(everywhere)


@given(texts, texts)
def test_words_that_are_not_there_are_not_found(text: str, words: str) -> None:
    assume(folded(words) and folded(words) not in folded(text))
    assert FoldedText(text).find(words, ALL) == []


@given(texts)
def test_folding_is_done_once_and_for_all(text: str) -> None:
    assert fold(fold(text)) == fold(text) == folded(text)


@pytest.mark.parametrize("variant", [variant for group in VARIANTS for variant in group], ids=ascii)
def test_variants_of_a_mark_are_equal_to_each_other(variant: str) -> None:
    (group,) = [group for group in VARIANTS if variant in group]
    for other in group:
        assert FoldedText(f"a{variant}b").find(f"a{other}b", ALL) == [(0, 3)]


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("led by\r\n  Jane Roe", "by Jane", [(4, 14)]),
        ("Utopia–Ruritania", "Utopia-Ruritania", [(0, 16)]),
        ("they’ve “seen” it", 'they\'ve "seen"', [(0, 14)]),
        ("5\u00a0000 men", "5 000", [(0, 5)]),
        ("𝒳 and 𝒳", "and", [(2, 5)]),
        ("aaa", "aa", [(0, 2), (1, 3)]),
        ("Utopia", "utopia", []),
        ("naïve", "naive", []),
        ("cafe\u0301", "café", []),
        ("a b", "ab", []),
        ("ﬁne", "fine", []),
        ("«a»", '"a"', []),
        ("", "a", []),
    ],
)
def test_only_whitespace_and_typography_are_folded(text: str, words: str, places: list[tuple[int, int]]) -> None:
    assert FoldedText(text).find(words, ALL) == places


def test_no_more_places_are_looked_for_than_are_wanted() -> None:
    assert FoldedText("a " * 100).find("a", 2) == [(0, 1), (2, 3)]


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 1)), (1, (1, 2)), (3, (2, 1)), (5, (3, 1)), (7, (4, 1)), (8, (4, 2))],
)
def test_lines_end_with_any_line_end(offset: int, position: tuple[int, int]) -> None:
    assert FoldedText("a\r\nb\nc\rde").position(offset) == position


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("lead by Minister", "led by\nMinister"),
        ("Led By Minister Roe", "led by\nMinister Roe."),
        ("The side, let by Ministr Roe.", "The side, led by\nMinister Roe."),
        ("inister R", "Minister Roe."),
        ("entirely else, quite another matter", None),
        ("x" * 20_000_000, None),
    ],
    ids=lambda words: str(words)[:20],
)
def test_the_nearest_are_whole_words_of_the_article(words: str, nearest: str | None) -> None:
    text = "The side, led by\nMinister Roe. Nothing more was said of it."
    place = FoldedText(text).nearest(words)
    assert (place and text[slice(*place)]) == nearest


def test_an_article_of_five_mebibytes_is_folded_once_for_many_searches() -> None:
    article = FoldedText("all work and no play makes Jack a dull boy,\n" * 120_000 + "“an end”")
    for _ in range(100):
        assert article.find('boy, "an end"', 2) == [(120_000 * 44 - 5, 120_000 * 44 + 8)]
