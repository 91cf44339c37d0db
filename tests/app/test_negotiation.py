"""Content negotiation: the media types that `Accept` accepts, and the content coding that `Accept-Encoding` prefers."""

import pytest

from app.http.negotiation import accepts, preferred_coding, require_acceptable
from app.problems import Code, Problem

JSON = "application/json"


@pytest.mark.parametrize(
    ("accept", "media_type", "accepted"),
    [
        ("application/json", JSON, True),
        ("*/*", JSON, True),
        ("application/*", JSON, True),
        ("APPLICATION/JSON", JSON, True),
        ("text/html, application/json;q=0.1", JSON, True),
        ("text/html", JSON, False),
        ("text/*", JSON, False),
        ("application/json;q=0", JSON, False),
        ("application/json;q=0, */*", JSON, False),
        ("*/*, application/json;q=0", JSON, False),
        ("*/*;q=0.000", JSON, False),
        ("application/json;q=0.001", JSON, True),
        ("*/*;q=0, application/json", JSON, True),
        ("application/*;q=0, application/json", JSON, True),
        ("nonsense", JSON, False),
        ("", JSON, True),
        (" ", JSON, True),
        ("text/csv", JSON, False),
        ("text/plain", "text/plain", True),
        ("text/*", "text/plain", True),
        ("application/json", "text/plain", False),
        ("text/html,application/xhtml+xml", "text/html", True),
        ("application/json", "text/html", False),
        ("image/png", JSON, False),
        ("text/*", "text/csv", True),
        ("application/json", "text/csv", False),
        ("application/x-ndjson", "application/x-ndjson", True),
        ("text/csv", "application/vnd.sqlite3", False),
    ],
)
def test_the_most_specific_range_of_accept_decides(accept: str, media_type: str, accepted: bool) -> None:
    assert accepts(accept, media_type) == accepted


def test_a_header_that_is_too_long_is_disregarded() -> None:
    assert accepts("text/html," * 100 + "image/png", JSON)
    assert preferred_coding(b"gzip," * 200 + b"br") == "identity"


def test_accept_headers_count_as_one_list() -> None:
    require_acceptable([], JSON)
    require_acceptable([(b"accept", b"text/html"), (b"accept", b"application/json")], JSON)
    with pytest.raises(Problem) as raised:
        require_acceptable([(b"accept", b"text/html"), (b"accept", b"image/png"), (b"cookie", JSON.encode())], JSON)
    assert raised.value.code == Code.not_acceptable


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("zstd;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0, zstd;q=0", "identity"),
        ("*", "zstd"),
        ("*;q=0", "identity"),
        ("*;q=0.5, zstd;q=0", "br"),
        ("identity", "identity"),
        ("", "identity"),
        ("deflate", "identity"),
        ("gzip;q=0.5", "gzip"),
        ("gzip;q=0.5, identity", "identity"),
        ("br;q=nonsense", "identity"),
        ("gzip;q=1.0000", "identity"),
        (",;=,,", "identity"),
        ("br;q=0.001", "br"),
        ("x" * 4000, "identity"),
        ("br ; q=1 , zstd ; q=0.2", "br"),
        ("gzip\xff, br;q=0.1", "br"),
    ],
    ids=lambda value: value[:30],
)
def test_the_coding_with_the_highest_weight_is_preferred(accept_encoding: str, coding: str) -> None:
    assert preferred_coding(accept_encoding.encode("latin-1")) == coding
