"""An answer in all its forms: whole, compressed, without its body, and "not modified" (RFC 9110)."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256

import brotli
import zstandard
from starlette.routing import BaseRoute

from app.db.snapshots import Version

Headers = list[tuple[bytes, bytes]]

CACHED = b"public, max-age=60, stale-while-revalidate=600"
EVERYWHERE: Headers = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Accept-Ranges, Allow, Content-Range, ETag, Link, Readout-Dataset, Retry-After, X-Request-ID",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
]
"""What every answer has, whatever it says."""

CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": zstandard.ZstdCompressor(level=6).compress,
    "br": lambda body: brotli.compress(body, quality=4),  # higher ones take longer than they save
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
"""Content codings, those that are preferred first."""

SMALLEST = 500
"""In bytes: what is smaller fits in one packet anyway."""

_OF_THE_BODY = (b"content-type", b"content-encoding", b"content-length")
_COMPRESSIBLE = ("text/", "application/json", "application/problem+json", "image/svg+xml")


@dataclass(slots=True)
class Representation:
    """An answer in one content coding, with its entity tag, if it has one."""

    tag: bytes
    headers: Headers
    body: bytes
    unchanged: Headers
    """Its headers where it is not sent again (RFC 9110, 15.4.5)."""


class BufferedResponse:
    """What the application answered. Of one that is kept, each form is made once."""

    def __init__(
        self,
        status: int,
        headers: Headers,
        body: bytes,
        version: Version | None,
        route: BaseRoute | None,
    ) -> None:
        self.status = status
        self.version = version
        self.route = route
        self.media_type, self.may_be_kept = "", status == 200
        self.size = 2 * len(body) + 4096
        """About how many bytes it takes in memory, compressed forms and headers included."""
        self._body = body
        self._headers = EVERYWHERE.copy()
        for header in headers:
            if header[0] == b"content-type":
                self.media_type = header[1].decode("latin-1")
            elif header[0] == b"cache-control":
                self.may_be_kept = False
            if header[0] != b"content-length":
                self._headers.append(header)
        if version is not None:
            self._headers.append((b"readout-dataset", str(version).encode()))
        self._hash = sha256(body).hexdigest()[:32] if self.may_be_kept else ""
        self._forms: dict[str, Representation] = {}

    def form(self, coding: str) -> Representation:
        """The answer in a content coding, or as it is if that would not make it shorter."""
        if coding not in self._forms:
            self._forms[coding] = self._made(coding)
        return self._forms[coding]

    def is_known(self, if_none_match: bytes) -> bool:
        """Whether a client has it already, in whatever coding (RFC 9110, 13.1.2)."""
        if not self._hash:
            return False
        return names_one_of({self._tag(coding) for coding in ("identity", *CODINGS)}, if_none_match)

    def _made(self, coding: str) -> Representation:
        if len(self._body) < SMALLEST or not self.media_type.startswith(_COMPRESSIBLE):
            coding = "identity"
        headers, tag, body = self._headers.copy(), self._tag(coding), self._body
        if coding != "identity":
            body = CODINGS[coding](body)
            headers.append((b"content-encoding", coding.encode()))
        headers.append((b"content-length", str(len(body)).encode()))
        if tag:
            headers += [(b"etag", tag), (b"cache-control", CACHED), (b"vary", b"Accept-Encoding")]
            if self.version is not None:
                headers.append((b"last-modified", http_date(self.version.loaded_at)))
        unchanged = [header for header in headers if header[0] not in _OF_THE_BODY] if tag else []
        return Representation(tag, headers, body, unchanged)

    def _tag(self, coding: str) -> bytes:
        """A strong entity tag: of the body alone, and one for each coding (RFC 9110, 8.8.3)."""
        if not self._hash:
            return b""
        return f'"{self._hash}"'.encode() if coding == "identity" else f'"{self._hash}-{coding}"'.encode()


def names_one_of(tags: set[bytes], if_none_match: bytes) -> bool:
    """Whether an `If-None-Match` header names one of some entity tags, weak or strong (RFC 9110, 13.1.2)."""
    return if_none_match.strip() == b"*" or not tags.isdisjoint(re.findall(rb'"[^"]*"', if_none_match))


@lru_cache(maxsize=2)
def http_date(time: datetime) -> bytes:
    """A time in UTC as HTTP has it."""
    return format_datetime(time, usegmt=True).encode()


@lru_cache(maxsize=256)
def coding(accept_encoding: bytes) -> str:
    """The content coding to answer in: of those with the highest weight the one that we prefer (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accept_encoding.decode("latin-1").lower().split(","):
        name, _, parameter = (piece.strip() for piece in part.partition(";"))
        weights[name] = _weight(parameter)
    offered = {name: weights.get(name, weights.get("*", 0.0)) for name in CODINGS}
    best = max(offered, key=lambda name: offered[name])
    identity = weights.get("identity", 0.0)
    return best if offered[best] > 0 and offered[best] >= identity else "identity"


def _weight(parameter: str) -> float:
    match = re.fullmatch(r"q\s*=\s*([01](?:\.[0-9]{0,3})?)", parameter)
    return min(1.0, float(match[1])) if match else 0.0 if parameter else 1.0
