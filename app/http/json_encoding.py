"""JSON encoding, the same for responses and exports."""

from typing import Any

import orjson


def encode(value: Any) -> bytes:
    """A value as JSON in UTF-8: times in UTC in the format of RFC 3339 with `Z`, enumerations as their values."""
    encoded = orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC)
    return bytes(memoryview(encoded))  # a copy, because orjson's own takes up to twenty times its length in memory
