"""The common parts of the fuzzers: a budget of seconds, a seed, and values that programs take badly."""

import os
from collections.abc import Iterator
from itertools import count
from random import Random
from time import monotonic

from tests.amounts import FUZZ_SECONDS

SEED = os.environ.get("FUZZ_SEED") or ("CI" if "CI" in os.environ else str(Random().randrange(10**9)))
"""With CI set the same each time, as for Hypothesis."""

ODD = [
    *("", " ", "0", "-1", "1e999", "NaN", "null", "true", "9" * 40, "2025-02-30", "2024/2025", "PT", "https://["),
    *'é🕊\u202e\u2028\x00\ufeff’"\\%*',
    *("e\u0301", "\x1b[31m", "''", "%00", "../../etc/passwd", "<script>", "{{7*7}}", "' OR 1=1 --"),
    *("a" * 9_000, "[" * 200, "&a [*a]", "!!python/x y"),
]


def rounds() -> Iterator[Random]:
    """A generator of random numbers for each round, until the budget is used up; FUZZ_SEED repeats the same rounds."""
    end = monotonic() + FUZZ_SECONDS
    for number in count():
        if number and monotonic() > end:
            return
        yield Random(f"{SEED} {number}")
