"""File responses: the byte ranges that a `Range` header asks for (RFC 9110, 14)."""

import pytest

from app.http.file_responses import MAX_RANGES, parse_ranges
from app.problems import Code, Problem

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "ranges"),
    [
        ("bytes=0-9", [range(10)]),
        ("bytes=5-", [range(5, SIZE)]),
        ("bytes=-7", [range(SIZE - 7, SIZE)]),
        ("bytes=-99999999", [range(SIZE)]),
        ("Bytes = 3-99999999", [range(3, SIZE)]),
        ("bytes=0-0,", [range(1)]),
        ("bytes=999-999", [range(999, 1000)]),
        ("bytes=4-5, 99999999-", [range(4, 6)]),
        ("bytes=0-9, -5, 20-20", [range(10), range(SIZE - 5, SIZE), range(20, 21)]),
        ("bytes=" + "0-0," * MAX_RANGES, [range(1)] * MAX_RANGES),
        ("bytes=0-499,500-", [range(500), range(500, SIZE)]),
    ],
    ids=lambda value: str(value)[:30],
)
def test_ranges_are_cut_at_the_end_of_the_file(header: str, ranges: list[range]) -> None:
    assert parse_ranges(header, SIZE) == ranges


@pytest.mark.parametrize(
    "header",
    [
        *("", "bytes=9-5", "lines=0-1", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-5,x", "bytes=0-,0-,0-"),
        *("bytes=1" + "9" * 5000, "bytes=0-5,9-5", "bytes=" + "0-0," * (MAX_RANGES + 1), "bytes=0-500,500-"),
        "bytes=٣-٤",
    ],
    ids=lambda header: header[:20],
)
def test_an_invalid_or_too_large_request_means_the_whole_file(header: str) -> None:
    assert parse_ranges(header, SIZE) == []


@pytest.mark.parametrize("header", ["bytes=99999999-", "bytes=1000-", "bytes=-0", "bytes=99999998-99999999, 99999999-"])
def test_ranges_beyond_the_file_are_not_satisfiable(header: str) -> None:
    with pytest.raises(Problem) as raised:
        parse_ranges(header, SIZE)
    assert raised.value.code == Code.range_not_satisfiable
    assert raised.value.headers == {"Content-Range": "bytes */1000"}
