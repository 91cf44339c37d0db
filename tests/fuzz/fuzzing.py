"""The common parts of the fuzzers: a budget of seconds, a seed, a corpus, what inputs cost, and odd values."""

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from tests.amounts import FUZZ_SECONDS

SEED = os.environ.get("FUZZ_SEED") or ("CI" if "CI" in os.environ else str(Random().randrange(10**9)))
"""With CI set the same each time, as for Hypothesis."""

CORPUS = Path(__file__).with_name("corpus")

MIB = 1024 * 1024

ODD = [
    *("", " ", "0", "-1", "1e999", "NaN", "null", "true", "9" * 40, "2025-02-30", "2024/2025", "PT", "https://["),
    *'é🕊\u202e\u2028\x00\ufeff\ufffe\x85’"\\%*',
    *("e\u0301", "\x1b[31m", "''", "%00", "../../etc/passwd", "<script>", "{{7*7}}", "' OR 1=1 --", "a\nb", "\t"),
    *("a" * 201, "a" * 9_000, "[" * 200, "&a [*a]", "!!python/x y", "a: b", "TODO", "zzqqxxjj", "-date", "a.b.c"),
]
"""Values that programs take badly."""


def rounds() -> Iterator[Random]:
    """A generator of random numbers for each round, until the budget is used up; FUZZ_SEED repeats the same rounds."""
    end = time.monotonic() + FUZZ_SECONDS
    for number in count():
        if number and time.monotonic() > end:
            return
        yield Random(f"{SEED} {number}")


def corpus(name: str) -> list[Any]:
    """Inputs that once showed an error, from a file with one as JSON on each line; `#` begins a comment."""
    lines = (CORPUS / f"{name}.jsonl").read_text().splitlines()
    return [_expanded(json.loads(line)) for line in lines if not line.startswith("#")]


def _expanded(value: Any) -> Any:
    """A value in which `{"repeat": [what, times]}` stands for a long text, or for many items of a list."""
    if isinstance(value, list):
        items: list[Any] = []
        for item in value:
            expanded = _expanded(item)
            items += expanded if _is_repeat(item) and isinstance(expanded, list) else [expanded]
        return items
    if _is_repeat(value):
        what, times = value["repeat"]
        return what * times if isinstance(what, str) else [_expanded(what)] * times
    return {key: _expanded(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _is_repeat(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"repeat"}


@dataclass
class Costs:
    """The cost of a fuzzer's inputs: their number, and the worst of them in CPU time and in memory."""

    inputs: int = 0
    seconds: float = 0
    slowest: tuple[float, str] = (0, "")
    peak: tuple[int, str] = (0, "")
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, seconds: float, peak: int, what: str) -> None:
        """Add an input with its CPU time in seconds, the peak of the memory in bytes, and a description of it."""
        self.inputs += 1
        self.seconds += seconds
        self.slowest = max(self.slowest, (seconds, what))
        self.peak = max(self.peak, (peak, what))

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def lines(self) -> list[str]:
        return [
            f"{self.inputs:,} inputs in {self.seconds:.1f} s of CPU, seed {SEED}",
            ", ".join(f"{number:,} {what}" for what, number in sorted(self.counts.items())),
            f"slowest {self.slowest[0] * 1000:,.0f} ms: {_brief(self.slowest[1])}",
            f"most memory {self.peak[0] / MIB:,.0f} MiB: {_brief(self.peak[1])}",
        ]


def _brief(text: str) -> str:
    """A text with its long words cut, and not longer than four lines."""
    return re.sub(r"(\S{60})\S+", r"\1…", text)[:400]


def cpu_seconds(pid: int) -> float:
    """The CPU time that a process has used, in seconds, as clock_getcpuclockid(3) finds its clock."""
    return time.clock_gettime((~pid << 3) | 2)


def memory(pid: int, which: str = "VmHWM") -> int:
    """The resident memory of a process in bytes: its peak, or with `VmRSS` now (proc_pid_status(5))."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition(f"{which}:")[2].split()[0]) * 1024


def forget_peak(pid: int) -> None:
    """Let the peak of a process's memory begin anew (proc_pid_clear_refs(5))."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")
