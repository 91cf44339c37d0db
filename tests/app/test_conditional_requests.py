"""Conditional requests: the entity tags that an `If-None-Match` header matches."""

import pytest

from app.http.conditional_requests import matches_etag

ETAG, OF_GZIP = b'"a1"', b'"a1-gzip"'


@pytest.mark.parametrize(
    "if_none_match",
    [
        *(
            b'"a1"',
            b'W/"a1"',
            b'"other", W/"one", "a1"',
            b'"a1","a1"',
            b"*",
            b" * ",
            b'"a1-gzip"',
            b'"other","a1-gzip"',
        ),
        b'"x",' * 10_000 + b' "a1"',
    ],
    ids=lambda value: value[:30].decode(),
)
def test_an_etag_in_the_header_matches(if_none_match: bytes) -> None:
    assert matches_etag(if_none_match, {ETAG, OF_GZIP})


@pytest.mark.parametrize(
    "if_none_match",
    [
        *(b'"other"', b"", b"other", b'"', b'""', b"W/", b'"*"', b"*, *", b"null", b'"' * 999, b"\xe9", b'"a" "b"'),
        *(b"a1", b'"a1', b'"a1 "', b'"A1"', b'"x",' * 10_000),
    ],
    ids=lambda value: value[:30].decode("latin-1"),
)
def test_another_etag_does_not_match(if_none_match: bytes) -> None:
    assert not matches_etag(if_none_match, {ETAG, OF_GZIP})
