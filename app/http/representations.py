"""Representations of a response (RFC 9110, 8): one for each content coding, with its entity tag and headers."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import brotli
import zstandard

from app.db.snapshots import Version
from app.http.conditional_requests import http_date, matches_etag
from app.http.negotiation import CODINGS
from app.http.response_headers import CACHE_CONTROL, COMMON_HEADERS, Headers

MIN_COMPRESSED_SIZE = 500
"""In bytes: a smaller body fits in one packet anyway."""

STREAMED_SIZE = 2**20
"""In bytes: a larger body is compressed and sent in chunks, so it is in memory once and delays no other request."""

CHUNK_SIZE = 2**16
"""In bytes. It takes a few milliseconds to compress."""

_COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": zstandard.ZstdCompressor(level=6).compress,
    "br": lambda body: brotli.compress(body, quality=4),  # higher qualities take longer than they save
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


class _ChunkCompressor(Protocol):
    """A compressor of a body in chunks: the end of the compressed bytes comes with the flush."""

    def compress(self, chunk: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=4)

    def compress(self, chunk: bytes) -> bytes:
        return bytes(self._compressor.process(chunk))

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


_CHUNK_COMPRESSORS: dict[str, Callable[[], _ChunkCompressor]] = {
    "zstd": lambda: zstandard.ZstdCompressor(level=6).compressobj(),
    "br": _Brotli,
    "gzip": lambda: zlib.compressobj(6, wbits=31),  # the format of gzip (documentation of zlib)
}
_COMPRESSIBLE = ("text/", "application/json", "application/problem+json", "image/svg+xml")
_BODY_HEADERS = (b"content-type", b"content-encoding", b"content-length")


@dataclass(slots=True)
class Representation:
    """A response in one content coding, with its entity tag; the tag is empty if the response is not cacheable."""

    coding: str
    etag: bytes
    headers: Headers
    body: bytes
    """Empty if the body is streamed."""
    not_modified_headers: Headers
    """The headers of a 304 response (RFC 9110, 15.4.5)."""


class BufferedResponse:
    """A whole response of the application. Each representation is made once, so a cached response is compressed once.

    `version` is the dataset version that it was made from, `route` the path template of the route that made it.
    """

    def __init__(
        self, status: int, headers: Headers, parts: Sequence[bytes], version: Version | None, route: str | None
    ) -> None:
        self.status = status
        self.version = version
        self.route = route
        self.media_type, self.cacheable = "", status == 200
        self._length = sum(map(len, parts))
        self.size = 2 * self._length + 4096
        """An estimate of the memory that it takes in bytes, with headers and compressed bodies."""
        self.is_streamed = self._length > STREAMED_SIZE
        """Whether its body is sent in chunks. It is not cached."""
        self._parts = parts if self.is_streamed or len(parts) == 1 else [b"".join(parts)]
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
        self._hash = _sha256(self._parts)[:32] if self.cacheable else ""
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

    def chunks(self, coding: str) -> Iterator[bytes]:
        """The body in a content coding, in chunks of at most some 64 KiB."""
        views = (memoryview(part)[start : start + CHUNK_SIZE] for part in self._parts for start in _starts(part))
        return compressed(map(bytes, views), coding)

    def _encode(self, coding: str) -> Representation:
        if self._length < MIN_COMPRESSED_SIZE or not self.media_type.startswith(_COMPRESSIBLE):
            coding = "identity"
        headers, etag, body = self._headers.copy(), self._etag(coding), b""
        if not self.is_streamed:
            body = self._parts[0] if coding == "identity" else _COMPRESSORS[coding](self._parts[0])
        if coding != "identity":
            headers.append((b"content-encoding", coding.encode()))
        if coding == "identity" or not self.is_streamed:
            length = len(body) if body else self._length
            headers.append((b"content-length", str(length).encode()))
        if etag:
            headers += [(b"etag", etag), (b"cache-control", CACHE_CONTROL), (b"vary", b"Accept-Encoding")]
            if self.version is not None:
                headers.append((b"last-modified", http_date(self.version.loaded_at)))
        not_modified = [header for header in headers if header[0] not in _BODY_HEADERS] if etag else []
        return Representation(coding, etag, headers, body, not_modified)

    def _etag(self, coding: str) -> bytes:
        return etag_of(self._hash, coding) if self._hash else b""


def compressed(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The chunks of a body in a content coding; none is empty."""
    if coding == "identity":
        yield from filter(None, chunks)
        return
    compressor = _CHUNK_COMPRESSORS[coding]()
    yield from filter(None, map(compressor.compress, chunks))
    yield compressor.flush()


def etag_of(hash: str, coding: str) -> bytes:
    """A strong entity tag: the hash of a body, different for each content coding (RFC 9110, 8.8.3)."""
    return f'"{hash}"'.encode() if coding == "identity" else f'"{hash}-{coding}"'.encode()


def _sha256(parts: Sequence[bytes]) -> str:
    digest = sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def _starts(part: bytes) -> range:
    return range(0, len(part), CHUNK_SIZE)
