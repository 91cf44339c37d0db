"""Representations of a response."""

import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
import zstandard

from app.http.negotiation import CODINGS
from app.http.representations import BufferedResponse

THREADS, BODIES = 8, 100
DECOMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": zstandard.decompress,
    "br": brotli.decompress,
    "gzip": gzip.decompress,
}


@pytest.mark.parametrize("coding", CODINGS)
def test_threads_compress_at_once(coding: str) -> None:
    """A compressor that they shared would mix their bodies, or crash the process."""
    bodies = [b" ".join(b"%d" % (number * word) for word in range(8000)) for number in range(BODIES)]

    def compress(body: bytes) -> bytes:
        response = BufferedResponse(200, [(b"content-type", b"text/plain")], [body], None, None)
        return b"".join(response.representation(coding).parts)

    with ThreadPoolExecutor(THREADS) as threads:
        compressed = [*threads.map(compress, bodies)]
    assert [*map(DECOMPRESSORS[coding], compressed)] == bodies
