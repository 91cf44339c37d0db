"""Representations of a response (RFC 9110, 8): one for each content coding, with its entity tag and headers."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Protocol

import brotli
import zstandard
from starlette.responses import Response

from app.db.snapshots import Version
from app.http.conditional_requests import http_date, matches_etag
from app.http.negotiation import CODINGS
from app.http.parts_response import PartsResponse
from app.http.response_headers import CACHE_CONTROL, COMMON_HEADERS, Headers

MIN_COMPRESSED_SIZE = 500
"""In bytes: a smaller body fits in one packet anyway."""

LARGE_SIZE = 2**20
"""In bytes: a larger body is compressed in parts, so it is in memory once, is sent in parts, and is not cached."""

CHUNK_SIZE = 2**16
"""In bytes: the parts that a large body is compressed and sent in."""

EVENT_LOOP_SIZE = 2**15
"""In bytes: a larger body takes too long to compress for the event loop."""

ZSTD_LEVEL, BROTLI_QUALITY, GZIP_LEVEL = 3, 4, 4
"""Two levels more make pages a tenth smaller and take two (gzip) to four (zstd) times as long."""

_COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {  # each call has its own compressor, since threads call at once
    "zstd": lambda body: zstandard.compress(body, ZSTD_LEVEL),
    "br": lambda body: brotli.compress(body, quality=BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}


class _ChunkCompressor(Protocol):
    """A compressor of a body in chunks: the end of the compressed bytes comes with the flush."""

    def compress(self, chunk: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=BROTLI_QUALITY)

    def compress(self, chunk: bytes) -> bytes:
        return bytes(self._compressor.process(chunk))

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


_CHUNK_COMPRESSORS: dict[str, Callable[[], _ChunkCompressor]] = {
    "zstd": lambda: zstandard.ZstdCompressor(level=ZSTD_LEVEL).compressobj(),
    "br": _Brotli,
    "gzip": lambda: zlib.compressobj(GZIP_LEVEL, wbits=31),  # the format of gzip (documentation of zlib)
}
_COMPRESSIBLE = ("text/", "application/json", "application/problem+json", "application/atom+xml", "image/svg+xml")
_BODY_HEADERS = (b"content-type", b"content-encoding", b"content-length")


@dataclass(slots=True)
class Representation:
    """A response in one content coding, with its entity tag; the tag is empty if the response is not cacheable."""

    coding: str
    etag: bytes
    headers: Headers
    parts: Sequence[bytes]
    """The body: one part unless it is large."""
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
        self.is_large = self._length > LARGE_SIZE
        """Whether its body is sent in parts. It is not cached, and has only one representation."""
        self._parts = [*parts] if self.is_large or len(parts) == 1 else [b"".join(parts)]
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

    def is_ready(self, coding: str) -> bool:
        """Whether the response in a content coding is made already, or in less than a millisecond."""
        return coding in self._representations or self._length <= EVENT_LOOP_SIZE or not self._is_compressed(coding)

    def representation(self, coding: str) -> Representation:
        """The response in a content coding, or uncompressed if its body is small or of a compressed media type."""
        if coding not in self._representations:
            self._representations[coding] = self._encode(coding if self._is_compressed(coding) else "identity")
        return self._representations[coding]

    def matches(self, if_none_match: bytes) -> bool:
        """Whether an `If-None-Match` header has the entity tag of any of its representations."""
        if not self._hash:
            return False
        return matches_etag(if_none_match, {self._etag(coding) for coding in ("identity", *CODINGS)})

    def adopt(self, other: "BufferedResponse") -> None:
        """Take over the representations of another response with the same body and headers."""
        if other._hash == self._hash and other.version == self.version:
            self._representations = {**other._representations, **self._representations}

    def _is_compressed(self, coding: str) -> bool:
        is_compressible = self._length >= MIN_COMPRESSED_SIZE and self.media_type.startswith(_COMPRESSIBLE)
        return coding != "identity" and is_compressible

    def _encode(self, coding: str) -> Representation:
        headers, etag, parts = self._headers.copy(), self._etag(coding), self._parts
        if coding != "identity":
            headers.append((b"content-encoding", coding.encode()))
            parts = self._compressed_parts(coding) if self.is_large else [_COMPRESSORS[coding](parts[0])]
        headers.append((b"content-length", str(sum(map(len, parts))).encode()))
        if etag:
            headers += [(b"etag", etag), (b"cache-control", CACHE_CONTROL), (b"vary", b"Accept-Encoding")]
            if self.version is not None:
                headers.append((b"last-modified", http_date(self.version.loaded_at)))
        not_modified = [header for header in headers if header[0] not in _BODY_HEADERS] if etag else []
        return Representation(coding, etag, headers, parts, not_modified)

    def _compressed_parts(self, coding: str) -> list[bytes]:
        """The large body in a content coding. Each of its parts is dropped when it is compressed."""
        self._parts.reverse()
        parts = (self._parts.pop() for _ in range(len(self._parts)))
        return [*compressed(chain.from_iterable(map(chunks, parts)), coding)]

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


def buffered(response: Response, version: Version | None, route: str | None) -> BufferedResponse:
    """A response of a route, which has its whole body, to be sent by the middleware."""
    parts = response.parts if isinstance(response, PartsResponse) else [bytes(response.body)]
    return BufferedResponse(response.status_code, response.raw_headers, parts, version, route)


def chunks(part: bytes) -> Iterator[bytes]:
    """A part of a body, in chunks of at most CHUNK_SIZE bytes."""
    if len(part) <= CHUNK_SIZE:
        yield part
    else:
        view = memoryview(part)
        yield from (bytes(view[start : start + CHUNK_SIZE]) for start in range(0, len(part), CHUNK_SIZE))


def _sha256(parts: Sequence[bytes]) -> str:
    digest = sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()
