"""JSON encoding, the same for responses and exports."""

from typing import Any

import orjson


def encode(value: Any) -> bytes:
    """A value as JSON in UTF-8: times in UTC in the format of RFC 3339 with `Z`, enumerations as their values."""
    return bytes(memoryview(_encoded(value)))  # a copy: orjson's own takes up to twenty times its length in memory


def encode_text(value: Any) -> str:
    """The same as text."""
    return _encoded(value).decode()


def _encoded(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC)
