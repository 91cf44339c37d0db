"""Which stretches of a text stand between quotation marks: the rules of the format's paragraph on them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.enums import Paragraphs, QuotationMarks
from seed.proof.quotation_marks import Marks

DOUBLE, SINGLE = QuotationMarks.double, QuotationMarks.single
BLOCKS, LINES = Paragraphs.blocks, Paragraphs.lines

FAMILIES = ("“„”", '"', "«»", "「」", "『』", "‘’", "'")


def quoted(text: str, marks: QuotationMarks = DOUBLE, paragraphs: Paragraphs | None = None) -> list[str]:
    return [text[pair.start : pair.end] for pair in Marks(text, marks, paragraphs).pairs()]


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("“A” and “B”", ["A", "B"]),
        ("„A“ und „B“", ["A", "B"]),
        ("„A” i „B”", ["A", "B"]),
        ('"A" and "B"', ["A", "B"]),
        ("«A» et «B»", ["A", "B"]),
        ("»A« und »B«", ["A", "B"]),
        ("「A」と「B」", ["A", "B"]),
        ("『A』と『B』", ["A", "B"]),
        ("「A『B』」", ["A『B』", "B"]),
        ("“A «B» C”", ["A «B» C", "B"]),
        ('“A "B" C”', ['A "B" C', "B"]),
        ("«A “B» C”", ["A “B", "B» C"]),
        ("“”", [""]),
        ("", []),
        ("none", []),
        ("‘A’ 'B'", []),
    ],
)
def test_each_kind_pairs_for_itself(text: str, between: list[str]) -> None:
    assert quoted(text) == between


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("‘A’ and 'B'", ["A", "B"]),
        ("‘they’ve’", ["they’ve"]),
        ("'they've'", ["they've"]),
        ("‘rock ’n’ roll’", ["rock "]),
        ("“A” and «B»", ["A", "B"]),
        ("‘O‘Brien’", ["O‘Brien"]),
        ("'a1's' b", ["a1"]),
    ],
)
def test_single_marks_quote_where_the_source_says_so_but_never_between_letters(text: str, between: list[str]) -> None:
    assert quoted(text, SINGLE) == between
    assert quoted("‘A’ and 'B'") == []


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("»A« and «B»", ["A"]),
        ("«A» and »B«", ["A"]),
        ("» A «, » B «", [" A ", " B "]),
    ],
)
def test_the_first_guillemet_of_a_text_says_which_way_they_point(text: str, between: list[str]) -> None:
    assert quoted(text) == between


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("s.” and “A”", ["A"]),
        ("“A and “B”", ["B"]),
        ("“A” and B”", ["A"]),
        ("„A “B”", ["A "]),
        ("“A „B“", ["B"]),
        ("“A “B “C", []),
        ("“A\n\nB”", ["A\n\nB"]),
        ("“A\n\nB\n\nC\n\nD\n\nE”", ["A\n\nB\n\nC\n\nD\n\nE"]),
        ("“A\n\nB\n\nC\n\nD\n\nE\n\nF”", []),
        ("“A\n\nB\n\nC\n\nD\n\nE\n\nF” “G”", ["G"]),
        ('"A\n\nB"', []),
        ('"A\n\nB" "C"', [" "]),
        ('A" and "B"\n\nC "D"', [" and ", "D"]),
    ],
)
def test_a_stray_mark_pairs_with_nothing_and_swallows_nothing(text: str, between: list[str]) -> None:
    assert quoted(text) == between


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("“A.\n\n“B.”", ["A.", "B."]),
        ("He: “A.\n\n“B.\n\n“C.” End", ["A.", "B.", "C."]),
        ('"A.\n\n"B."', ["A.", "B."]),
        ("«A.\n\n«B.»", ["A.", "B."]),
        ("„A.\n\n„B.“", ["A.", "B."]),
        ("“A.\n\nHe: “B.”", ["B."]),
        ("“A.\n\nB.\n\n“C.”", ["C."]),
        ('"A.\n\nHe: "B."', ["B."]),
        ('A" and "B"\n\n"C"', [" and ", "", "C"]),
        ("“A.\n\n  “B.”", ["A.", "B."]),
    ],
)
def test_a_paragraph_that_leaves_a_mark_open_is_quoted_to_its_end_if_the_next_opens_with_one(
    text: str, between: list[str]
) -> None:
    assert quoted(text) == between


@pytest.mark.parametrize(
    ("text", "paragraphs", "between"),
    [
        ('"A\nB"', None, []),
        ('"A\nB"', BLOCKS, ["A\nB"]),
        ('"A\nB"\n\nC', None, ["A\nB"]),
        ('"A\nB"\n\nC', LINES, []),
        ('"A\r\nB"', None, []),
        ('"A\r\nB"\r\n\r\nC', None, ["A\r\nB"]),
        ('"A\rB"\r\rC', None, ["A\rB"]),
        ('"A\n  \t\nB"', None, []),
        ('"A\nB"\n\n', None, []),
        ('\n\n"A\nB"', None, []),
        ('"A\nB"\n \n \nC', None, ["A\nB"]),
        ("“A.\n“B.”", None, ["A.", "B."]),
        ("“A.\n“B.”", LINES, ["A.", "B."]),
        ("“A.\n“B.”", BLOCKS, ["B."]),
        ("“A\nB\nC\nD\nE\nF”", None, []),
        ("“A\nB\nC\nD\nE\nF”", BLOCKS, ["A\nB\nC\nD\nE\nF"]),
    ],
)
def test_blank_lines_divide_paragraphs_or_where_there_are_none_line_ends(
    text: str, paragraphs: Paragraphs | None, between: list[str]
) -> None:
    assert quoted(text, DOUBLE, paragraphs) == between


@pytest.mark.parametrize(
    ("text", "words", "fills", "inside", "cuts"),
    [
        ("“A b c.” said", "A b c", True, True, False),
        ("“A b c.” said", "A b c.", True, True, False),
        ("“A b c.” said", "b c.", False, True, False),
        ("“…A b,” said", "A b", True, True, False),
        ("“ A b ” said", "A b", True, True, False),
        ("“A b” said", "said", False, False, False),
        ("“A b” said", "“A b” said", False, False, False),
        ("“A b” said", "“A b", False, False, True),
        ("“A b” said", "A b”", False, False, True),
        ("“A b” said", "b” said", False, False, True),
        ("so “A” and “B” said", "so “A” and “B", False, False, True),
        ("so “A” and “B” said", "A” and “B", False, False, True),
        ("so “A” and “B” said", "so “A” and “B” said", False, False, False),
        ("so “A” and “B” said", "“A” and “B”", False, False, False),
        ("“A «b» c” d", "b", True, True, False),
        ("“A «b» c” d", "A «b» c", True, True, False),
        ("x s.” said", "x s.” said", False, False, False),
        ("so “A.\n\n“B.” said", "A.", True, True, False),
        ("so “A.\n\n“B.” said", "so “A.", False, False, False),
        ("so “A.\n\n“B.” said", "so “A", False, False, True),
        ("so “A.\n\n“B.” said", "A.\n\n“B.", False, False, True),
        ("so “A.\n\n“B.” said", "so “A.\n\n“B.” said", False, False, False),
        ("‘A b’", "A b", False, False, False),
    ],
)
def test_words_fill_a_pair_or_stand_inside_one_or_cut_one(
    text: str, words: str, fills: bool, inside: bool, cuts: bool
) -> None:
    marks, start = Marks(text), text.index(words)
    end = start + len(words)
    assert (marks.fills_pair(start, end), marks.inside_pair(start, end)) == (fills, inside)
    assert inside or marks.cuts_pair(start, end) is cuts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"Yes, we can” and "no" he', "Yes, we can"),
        ('"Yes, we can” and "no" he', "we can” and"),
        ('"Yes, we can” he said', "Yes, we can"),
        ('"Yes, we can.” he said', "Yes, we can"),
        ('“Yes, we can" he said', "Yes, we can"),
        ('“Yes, we can" he said, “and no”', "Yes, we can"),
        ('“A a" x and "B b”', "A a"),
        ('“A a" x and "B b”', "x and"),
        ('“A a" x and "B b”', "B b"),
        ('He had “that. She said "Yes”', "Yes"),
        ("«Yes” he said, “no»", "Yes"),
        ("«A» „Yes» he said „no“", "Yes"),
    ],
)
def test_a_mark_that_is_closed_by_another_kind_quotes_nothing(text: str, words: str) -> None:
    start = text.index(words)
    assert Marks(text).are_mixed(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('“He said "Yes, we can" to us”', "Yes, we can"),
        ('“He said "Yes, we can" to us”', "to us"),
        ('“He said "Yes, we can" to us”', 'He said "Yes, we can" to us'),
        ("“A «b» C” d", "b"),
        ("„A b“ und „C“", "A b"),
        ("«A „b c“ d»", "b c"),
        ("»A b« und", "A b"),
        ("「A『B』c」", "B"),
        ("“It is 6'2\" tall,” he", "It is"),
        ('He said: "Yes." "No," he', "No"),
        ('"Yes," he said—"and no."', "and no"),
        ('He said:"Yes".', "Yes"),
        ('("Yes we")', "Yes we"),
        ('" A b " x', "A b"),
        ('say "yes"-men "no"', "yes"),
        ('"Is it?" "It is!" “B”', "It is"),
        ('"A.\n\n"B b." said', "A"),
        ("“‘Yes,’ he said,” x", "Yes"),
        ("none", "none"),
        ("“A” none “B”", "none"),
    ],
)
def test_marks_of_two_kinds_that_open_and_close_in_turn_are_not_mixed(text: str, words: str) -> None:
    start = text.index(words)
    assert not Marks(text).are_mixed(start, start + len(words))
    assert not Marks(text, SINGLE).are_mixed(start, start + len(words))


marked_texts = st.text(st.sampled_from("“”„\"«»「」『』‘’' aB.,\n\r"), max_size=80)


@given(marked_texts, st.sampled_from(QuotationMarks), st.sampled_from([None, *Paragraphs]))
def test_pairs_stand_between_marks_of_their_kind_and_those_of_a_kind_never_overlap(
    text: str, marks: QuotationMarks, paragraphs: Paragraphs | None
) -> None:
    pairs = Marks(text, marks, paragraphs).pairs()
    for family in FAMILIES:
        own = [pair for pair in pairs if text[pair.start - 1] in family]
        assert all(before.end < after.start for before, after in pairwise(own))
        assert all(text[pair.end] in family for pair in own if pair.closed)
        assert all(text[pair.end :].lstrip()[0] in family for pair in own if not pair.closed)
    assert all(pair.start <= pair.end for pair in pairs)
    if marks is DOUBLE:
        assert not any(text[pair.start - 1] in "‘’'" for pair in pairs)


@given(marked_texts, st.data())
def test_text_that_fills_a_pair_is_inside_it(text: str, data: st.DataObject) -> None:
    marks = Marks(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    inside = any(pair.start <= start and end <= pair.end for pair in marks.pairs())
    assert marks.inside_pair(start, end) is inside
    assert inside or not marks.fills_pair(start, end)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("“" * 100_000, 0),
        ("”" * 100_000, 0),
        ("“a” " * 40_000, 40_000),
        ("„“" * 40_000, 40_000),
        ('"\n\n' * 40_000, 39_999),
    ],
    ids=lambda value: str(value)[:6],
)
def test_a_text_of_nothing_but_marks_is_read_once(text: str, pairs: int) -> None:
    marks = Marks(text)
    assert len(marks.pairs()) == pairs
    assert sum(marks.inside_pair(at, at + 1) or marks.cuts_pair(at, at + 1) for at in range(0, len(text), 7)) >= 0
    assert sum(marks.are_mixed(at, at + 1) for at in range(0, len(text), 7)) >= 0
