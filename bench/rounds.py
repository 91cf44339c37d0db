"""Rounds: everything once, then once more, so that what disturbs the machine for a while disturbs all alike."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.figures import Figures, Key

Measuring = Callable[[], float]


class Unfit(Exception):
    """What is measured does not do what it has to, so its figure would mean nothing: why, in a few words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure in each round; `only` names what is wanted, all if it is empty."""

    only: frozenset[str] = frozenset()
    measurings: dict[Key, Measuring] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)

    def wants(self, what: str) -> bool:
        return not self.only or what in self.only

    def add(self, key: Key, prepare: Callable[[], Measuring]) -> None:
        """Take something into the rounds, if it can be prepared."""
        try:
            self.measurings[key] = prepare()
        except Unfit as reason:
            self.figures.missing[key] = str(reason)

    def run(self, rounds: int) -> None:
        """Measure everything so many times; what proves unfit is measured no more."""
        for number in range(1, rounds + 1):
            print(f"round {number} of {rounds}: {len(self.measurings)} things to measure", file=sys.stderr)
            for key in list(self.measurings):
                self._measure(key)

    def _measure(self, key: Key) -> None:
        try:
            self.figures.values[key].append(self.measurings[key]())
        except Unfit as reason:
            self.figures.missing[key] = str(reason)
            del self.figures.values[key], self.measurings[key]
