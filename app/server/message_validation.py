"""Validates a request by RFC 9112 where httptools does not: its version, `Host` and `Transfer-Encoding`."""

import re
from functools import lru_cache
from ipaddress import IPv6Address

from app.http.response_headers import Headers


def message_error(version: str, headers: Headers) -> str | None:
    """The error in a request's version, `Host` or `Transfer-Encoding`, as a sentence; None if they are valid."""
    if version not in ("1.1", "1.0"):
        return f"The request's version is HTTP/{version}: this service speaks HTTP/1.1 and HTTP/1.0."
    hosts, codings = 0, b""
    for name, value in headers:
        if name == b"host":
            hosts += 1
            if not is_host(value):
                return "The request's `Host` is not a host with an optional port."
        elif name == b"transfer-encoding":
            codings += b"," + value
    if hosts > 1 or (hosts == 0 and version == "1.1"):
        return f"The request has {hosts or 'no'} `Host` headers: it needs one."
    if codings and not _ends_chunked(codings, version):
        return "The request's `Transfer-Encoding` does not say where the body ends: only its last coding is `chunked`."
    return None


_HOST = re.compile(rb"(\[(?P<address>[0-9A-Fa-f:.]+)\]|([\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(:[0-9]*)?", re.ASCII)
MAX_HOST_BYTES = 300
"""A name in the DNS has at most 253."""


@lru_cache(maxsize=256)
def is_host(value: bytes) -> bool:
    """Whether the value of a `Host` header is valid (RFC 9110, 7.2; RFC 3986, 3.2.2); it may be empty."""
    match = _HOST.fullmatch(value) if len(value) <= MAX_HOST_BYTES else None
    if match is None:
        return False
    try:
        return match["address"] is None or bool(IPv6Address(match["address"].decode()))
    except ValueError:
        return False


def _ends_chunked(codings: bytes, version: str) -> bool:
    names = [name.strip().lower() for name in codings.split(b",") if name.strip()]
    return version == "1.1" and names[-1:] == [b"chunked"] and not {b"chunked", b"identity"}.intersection(names[:-1])
