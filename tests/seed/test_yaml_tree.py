"""YAML as a tree of nodes with places; invalid YAML is reported with its line and column."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seed.record.yaml_tree import MAXIMUM_DEPTH, MAXIMUM_NODES, UnreadableYaml, compose
from tests.seed.samples import RECORD, marked


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a: 2025", {"a": "2025"}),
        (
            "a: [no, 42, 1.50, 0x1F, true, 2025-02-18, =, <<]",
            {"a": ["no", "42", "1.50", "0x1F", "true", "2025-02-18", "=", "<<"]},
        ),
        ("a: [null, ~, Null, NULL, ]\nb:", {"a": [None, None, None, None], "b": None}),
        ("a: ['null', \"~\", '', nULL]", {"a": ["null", "~", "", "nULL"]}),
        ('a: "\\u00e9\\n\\x41"', {"a": "é\nA"}),
        ("a: >\n  folded\n  text\nb: |\n  as\n  it is\n", {"a": "folded text\n", "b": "as\nit is\n"}),
        ("a: &x {b: c}\nd: *x", {"a": {"b": "c"}, "d": {"b": "c"}}),
        ("&x a: *x", {"a": "a"}),
        ("a: &x 1\nb: &x 2\nc: *x", {"a": "1", "b": "2", "c": "2"}),
        ("%YAML 1.2\n---\na: b\n...\n", {"a": "b"}),
        ("- a\n-\n  - b", ["a", ["b"]]),
        ("just text", "just text"),
        ("{a: b, a: c}", {"a": "b"}),
        ("# only a comment\na: b # and another", {"a": "b"}),
    ],
)
def test_scalars_stay_as_they_are_written_save_a_plain_null(text: str, plain: Any) -> None:
    assert compose(text).plain() == plain


def test_every_value_and_every_key_knows_where_it_stands() -> None:
    root = compose("a: é\nb:\n  - {c: 1,  d: [x, 'y\n    z']}\nb: 2\n")
    places = {
        (): (1, 1),
        ("a",): (1, 4),
        ("b",): (3, 3),
        ("b", 0): (3, 5),
        ("b", 0, "c"): (3, 9),
        ("b", 0, "d"): (3, 16),
        ("b", 0, "d", 1): (3, 20),
        ("b", 0, "missing"): (3, 5),
        ("b", 7, "d"): (3, 3),
    }
    for path, place in places.items():
        span = root.at(path).span
        assert (span.line, span.column) == place, path
    assert (root.at(("b", 0, "d", 1)).span.end_line, root.at(("b", 0, "d", 1)).span.end_column) == (4, 7)
    assert root.keys["b"].span.line == 2
    assert [key.span.line for key in root.duplicate_keys] == [5]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("# nothing\n", "empty"),
        ("a: ▸!!str b", "a tag"),
        ("a: ▸!mine b", "a tag"),
        ("▸!!map {a: b}", "a tag"),
        ("a: ▸! b", "a tag"),
        ("a:\n  - ▸!!python/object/apply:os.system [ls]", "a tag"),
        ("a: b\n▸---\nc: d", "a second document"),
        ("a: b\n...\n▸---\nc: d", "a second document"),
        ("a: ▸*x", "anchor"),
        ("a: &x [▸*x]", "anchor"),
        ("a: &x {b: &y [▸*x]}", "anchor"),
        ("▸[a]: b", "a key that is not text"),
        ("▸{a: b}: c", "a key that is not text"),
        ("▸~: b", "a key that is not text"),
        (": b", None),
        ('a: ▸"x\\0y"', "NUL"),
        ('▸"x\\0y": a', "NUL"),
        ("a: ▸[b\n", "not YAML"),
        ("a: b: c▸", None),
        ("a: 'b", None),
        ("\ta: b", None),
        ("a: ▸@b", "not YAML"),
        ("a: ▸%b", "not YAML"),
        ("a: b\n▸\x01", "U+0001"),
        ("é: é ▸\x07", "U+0007"),
        ("é: é\né: é\r\n ▸\x07", "U+0007"),
        ('a: "\\q"', None),
        ("{a: b}▸}", "not YAML"),
        ("a: " + "[" * (MAXIMUM_DEPTH - 1) + "▸[" + "]" * MAXIMUM_DEPTH, "levels deep"),
        ("- " * MAXIMUM_DEPTH + "▸a", "levels deep"),
    ],
)
def test_invalid_yaml_is_a_fault_with_its_place(text: str, reason: str | None) -> None:
    text, line, column = marked(text)
    with pytest.raises(UnreadableYaml) as raised:
        compose(text)
    assert (reason or "not YAML") in str(raised.value)
    if reason:
        assert (raised.value.line, raised.value.column) == (line, column)


def test_a_tree_is_as_deep_and_as_large_as_the_limits_and_no_more() -> None:
    assert compose("[" * (MAXIMUM_DEPTH - 1) + "a" + "]" * (MAXIMUM_DEPTH - 1)).height == MAXIMUM_DEPTH
    thousand = f"[&a [{'a,' * 999}]{', *a' * 98}"  # aliases count as what they stand for
    assert compose(f"{thousand}{', a' * 999}]").size == MAXIMUM_NODES
    with pytest.raises(UnreadableYaml, match="more than 100,000 values"):
        compose(f"{thousand}{', a' * 1000}]")


def test_a_bomb_of_aliases_is_met_before_it_goes_off() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 18))
    with pytest.raises(UnreadableYaml, match="more than 100,000 values, aliases expanded"):
        compose(bomb)
    deep = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, MAXIMUM_DEPTH))
    with pytest.raises(UnreadableYaml, match="levels deep"):
        compose(deep)


@given(st.text() | st.text(st.sampled_from("ab: -[]{},&*!|>'\"%@`#?\n\t\\~\0")))
def test_any_text_is_composed_or_unreadable(text: str) -> None:
    try:
        compose(text).plain()
    except UnreadableYaml as error:
        assert error.line >= 1 and error.column >= 1 and str(error)


@given(st.integers(0, len(RECORD)), st.integers(0, 12), st.text(max_size=8))
def test_any_damaged_record_is_composed_or_unreadable(start: int, length: int, instead: str) -> None:
    try:
        compose(RECORD[:start] + instead + RECORD[start + length :]).plain()
    except UnreadableYaml as error:
        assert 1 <= error.line <= RECORD.count("\n") + 20
