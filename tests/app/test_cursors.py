"""Cursors: a cursor is valid for the requests that it was made for, and no other text is a cursor."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.shared.cursors import cursor_scope, decode_cursor, encode_cursor
from app.problems import Code, Problem

SCOPE = cursor_scope("/people", "name", {"party": "uto"})


def base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def assert_is_invalid(cursor: str, *types: type, scope: str = SCOPE) -> None:
    with pytest.raises(Problem) as raised:
        decode_cursor(cursor, scope, *types)
    (error,) = raised.value.errors
    assert raised.value.code == Code.invalid_cursor
    assert (error.parameter, error.value) == ("cursor", cursor[:200])


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")), st.integers(-1, 2**31 - 1))
def test_a_cursor_is_decoded_to_its_position(text: str, number: int) -> None:
    assert decode_cursor(encode_cursor(SCOPE, [text, number]), SCOPE, str, int) == [text, number]


@pytest.mark.parametrize(
    ("path", "sort", "filters"),
    [
        ("/parties", "name", {"party": "uto"}),
        ("/people", "-name", {"party": "uto"}),
        ("/people", "id", {"party": "uto"}),
        ("/people", "name", {}),
        ("/people", "name", {"party": "rur"}),
        ("/people", "name", {"party": ["uto", "rur"]}),
        ("/people", "name", {"meeting": "uto"}),
        ("/people", "name", {"party": "uto", "q": "roe"}),
    ],
)
def test_a_cursor_is_invalid_for_another_path_sort_or_filter(path: str, sort: str, filters: dict[str, Any]) -> None:
    assert_is_invalid(encode_cursor(SCOPE, ["a", 1]), str, int, scope=cursor_scope(path, sort, filters))


def test_the_order_of_parameters_does_not_count() -> None:
    one = cursor_scope("/people", "name", {"party": ["rur", "uto"], "q": "roe"})
    assert one == cursor_scope("/people", "name", {"q": "roe", "party": ["uto", "rur"]})


@pytest.mark.parametrize("position", [["Jané Roe", "jane-roe"], [12, "vienna.doors#1"]], ids=str)
def test_a_changed_cursor_is_invalid(position: list[Any]) -> None:
    cursor, types = encode_cursor(SCOPE, position), [type(value) for value in position]
    raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    changed = [base64(raw[:index] + bytes([byte ^ 1]) + raw[index + 1 :]) for index, byte in enumerate(raw)]
    changed += [cursor[:length] for length in range(len(cursor))]
    changed += [
        f"{cursor[:index]}{'B' if sign == 'A' else 'A'}{cursor[index + 1 :]}" for index, sign in enumerate(cursor)
    ]
    changed += [cursor + "A", cursor + "=", cursor + "\n", "A" + cursor, cursor + cursor, cursor.swapcase()]
    for each in changed:
        assert_is_invalid(each, *types)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 2900,
        b'{"a":' * 500,
        b"[[[]]]",
        b"null",
        b"1e999",
        b"NaN",
        b"9" * 2900,
        b'["\\ud800","\\ud800","\\ud800"]',
        b"\xff\xfe",
        b"",
    ],
    ids=lambda content: content[:20].decode("latin-1"),
)
def test_a_cursor_of_any_content_is_only_invalid(content: bytes) -> None:
    for checksum in (b"", b"0" * 16):  # decoding skips the first 16 bytes
        assert_is_invalid(base64(checksum + content), str, str, str)


@given(st.one_of(st.text(max_size=80), st.binary(max_size=80).map(base64)))
def test_any_text_is_an_invalid_cursor(text: str) -> None:
    assert_is_invalid(text, int, str)


@pytest.mark.parametrize(
    "position",
    [
        *([2**40, "", 1], [2**31, "", 1], [-2, "", 1], [1, "", -(2**31)], [1, "a\0b", 1]),
        *([True, "", 1], ["1", "", 1], [1.0, "", 1], [1, None, 1], [1, ""], [1, "", 1, 1], {}),
    ],
    ids=str,
)
def test_a_position_that_cannot_be_is_invalid(position: Any) -> None:
    assert_is_invalid(encode_cursor(SCOPE, position), int, str, int)
