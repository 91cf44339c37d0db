"""Rounds of measurements: each round measures everything once, so a disturbance of the machine affects all alike."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.results import Measure, Results

Measurement = Callable[[], float]


class InvalidMeasurement(Exception):
    """Raised if a server does not do what is to be measured; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The measurements of each round; `only` names the parts to measure, and an empty set means all."""

    only: frozenset[str] = frozenset()
    measurements: dict[Measure, Measurement] = field(default_factory=dict)
    results: Results = field(default_factory=Results)

    def includes(self, part: str) -> bool:
        return not self.only or part in self.only

    def add(self, measure: Measure, prepare: Callable[[], Measurement]) -> None:
        """Add a measurement to each round, unless its preparation shows that it is invalid."""
        try:
            self.measurements[measure] = prepare()
        except InvalidMeasurement as reason:
            self.results.missing[measure] = str(reason)

    def run(self, rounds: int) -> None:
        """Run the rounds; an invalid measurement is dropped from all of them."""
        for number in range(1, rounds + 1):
            print(f"round {number} of {rounds}: {len(self.measurements)} measurements", file=sys.stderr)
            for measure in list(self.measurements):
                self._measure(measure)

    def _measure(self, measure: Measure) -> None:
        try:
            self.results.values[measure].append(self.measurements[measure]())
        except InvalidMeasurement as reason:
            self.results.missing[measure] = str(reason)
            del self.results.values[measure], self.measurements[measure]
