"""How answers become JSON: one way for all, answers and exports alike."""

from typing import Any

import orjson


def encode(value: Any) -> bytes:
    """A typed dictionary as JSON in UTF-8: times in UTC as RFC 3339 with `Z`, enumerations as their values."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC)
