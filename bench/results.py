"""Results of the benchmark: one value per round for each measure."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple


class Measure(NamedTuple):
    """The identity of a measure: its name, the peer, and the number of meetings."""

    name: str
    peer: str
    size: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of the rounds, with the least and the most."""

    median: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Results:
    """All values by measure, in the order of the rounds, and the reason for each measure that is missing."""

    values: dict[Measure, list[float]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[Measure, str] = field(default_factory=dict)
    slowest: dict[int, list[tuple[float, str]]] = field(default_factory=dict)
    """The slowest pages of the sweep by the number of meetings, each with its milliseconds."""

    def spread(self, measure: Measure) -> Spread | None:
        return _spread(self.values[measure]) if measure in self.values else None

    def ratio(self, top: Measure, bottom: Measure) -> Spread | None:
        """The ratio of two measures, taken round by round: what slows a round slows both."""
        if top not in self.values or bottom not in self.values:
            return None
        return _spread([one / other for one, other in zip(self.values[top], self.values[bottom], strict=True)])


def _spread(values: list[float]) -> Spread:
    return Spread(median(values), min(values), max(values))
