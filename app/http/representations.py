"""Representations of a response (RFC 9110, 8): one for each content coding, with its entity tag and headers."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import brotli
import zstandard

from app.db.snapshots import Version
from app.http.conditional_requests import http_date, matches_etag
from app.http.negotiation import CODINGS
from app.http.response_headers import CACHE_CONTROL, COMMON_HEADERS, Headers

MIN_COMPRESSED_SIZE = 500
"""In bytes: a smaller body fits in one packet anyway."""

_COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": zstandard.ZstdCompressor(level=6).compress,
    "br": lambda body: brotli.compress(body, quality=4),  # higher qualities take longer than they save
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
_COMPRESSIBLE = ("text/", "application/json", "application/problem+json", "image/svg+xml")
_BODY_HEADERS = (b"content-type", b"content-encoding", b"content-length")


@dataclass(slots=True)
class Representation:
    """A response in one content coding, with its entity tag; the tag is empty if the response is not cacheable."""

    etag: bytes
    headers: Headers
    body: bytes
    not_modified_headers: Headers
    """The headers of a 304 response (RFC 9110, 15.4.5)."""


class BufferedResponse:
    """A whole response of the application. Each representation is made once, so a cached response is compressed once.

    `version` is the dataset version that it was made from, `route` the path template of the route that made it.
    """

    def __init__(self, status: int, headers: Headers, body: bytes, version: Version | None, route: str | None) -> None:
        self.status = status
        self.version = version
        self.route = route
        self.media_type, self.cacheable = "", status == 200
        self.size = 2 * len(body) + 4096
        """An estimate of the memory that it takes in bytes, with headers and compressed bodies."""
        self._body = body
        self._headers = COMMON_HEADERS.copy()
        for header in headers:
            if header[0] == b"content-type":
                self.media_type = header[1].decode("latin-1")
            elif header[0] == b"cache-control":
                self.cacheable = False
            if header[0] != b"content-length":
                self._headers.append(header)
        if version is not None:
            self._headers.append((b"readout-dataset", str(version).encode()))
        self._hash = sha256(body).hexdigest()[:32] if self.cacheable else ""
        self._representations: dict[str, Representation] = {}

    def representation(self, coding: str) -> Representation:
        """The response in a content coding, or uncompressed if its body is small or of a compressed media type."""
        if coding not in self._representations:
            self._representations[coding] = self._encode(coding)
        return self._representations[coding]

    def matches(self, if_none_match: bytes) -> bool:
        """Whether an `If-None-Match` header has the entity tag of any of its representations."""
        if not self._hash:
            return False
        return matches_etag(if_none_match, {self._etag(coding) for coding in ("identity", *CODINGS)})

    def _encode(self, coding: str) -> Representation:
        if len(self._body) < MIN_COMPRESSED_SIZE or not self.media_type.startswith(_COMPRESSIBLE):
            coding = "identity"
        headers, etag, body = self._headers.copy(), self._etag(coding), self._body
        if coding != "identity":
            body = _COMPRESSORS[coding](body)
            headers.append((b"content-encoding", coding.encode()))
        headers.append((b"content-length", str(len(body)).encode()))
        if etag:
            headers += [(b"etag", etag), (b"cache-control", CACHE_CONTROL), (b"vary", b"Accept-Encoding")]
            if self.version is not None:
                headers.append((b"last-modified", http_date(self.version.loaded_at)))
        not_modified = [header for header in headers if header[0] not in _BODY_HEADERS] if etag else []
        return Representation(etag, headers, body, not_modified)

    def _etag(self, coding: str) -> bytes:
        """The strong entity tag: a hash of the body, different for each content coding (RFC 9110, 8.8.3)."""
        if not self._hash:
            return b""
        return f'"{self._hash}"'.encode() if coding == "identity" else f'"{self._hash}-{coding}"'.encode()
