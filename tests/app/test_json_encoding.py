"""Encoded JSON takes no more memory than its bytes."""

import tracemalloc

import pytest

from app.http.json_encoding import encode


@pytest.mark.parametrize("length", [10, 1000, 30_000])
def test_json_takes_the_memory_of_its_bytes(length: int) -> None:
    tracemalloc.start()
    try:
        encoded = encode(["x" * 10] * (length // 10))
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < len(encoded) + 1000
