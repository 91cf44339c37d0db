"""Conditional requests (RFC 9110, 13): entity tags and dates that tell a client that its copy is still valid."""

from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache


def matches_etag(if_none_match: bytes, etags: set[bytes]) -> bool:
    """Whether an `If-None-Match` header has one of some entity tags, weak or strong, or is `*` (13.1.2)."""
    return if_none_match.strip() == b"*" or any(etag in if_none_match for etag in etags)


@lru_cache(maxsize=2)
def http_date(time: datetime) -> bytes:
    """A time in UTC in the format of `Last-Modified` (5.6.7)."""
    return format_datetime(time, usegmt=True).encode()
