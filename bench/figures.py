"""What was measured: one value a round for each thing."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple


class Key(NamedTuple):
    """What was measured, of whom, with how many meetings."""

    what: str
    who: str
    size: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of the rounds, with the least and the most."""

    median: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All values by round, and why what is missing could not be measured."""

    values: dict[Key, list[float]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[Key, str] = field(default_factory=dict)

    def spread(self, key: Key) -> Spread | None:
        return _spread(self.values[key]) if key in self.values else None

    def ratio(self, top: Key, bottom: Key) -> Spread | None:
        """One thing over another, round by round: what slowed a round slowed both."""
        if top not in self.values or bottom not in self.values:
            return None
        return _spread([one / other for one, other in zip(self.values[top], self.values[bottom], strict=True)])


def _spread(values: list[float]) -> Spread:
    return Spread(median(values), min(values), max(values))
