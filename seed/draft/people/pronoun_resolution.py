"""Presence: whom an article is telling of at each place, and so whom a pronoun means there.

The way, though not the numbers, is that of S. Lappin and H. Leass, “An Algorithm for Pronominal Anaphora Resolution”,
Computational Linguistics 20 (1994).
"""

from collections import Counter

from seed.draft.people.entities import Entity

SPEAKING, SUBJECT, NAMED, OWNER = 120.0, 80.0, 50.0, 30.0
"""How present a naming makes somebody: as who speaks, as subject of a sentence, elsewhere, or as an owner."""

_FADES = 0.3
"""What is left of that after each sentence."""

_FORGOTTEN = 1e-6

_UNKNOWN = 0.7
"""How much less likely somebody is whose gender nothing tells."""

_FAR_BEHIND = 1.5
"""How many times more present one must be than the next for a pronoun to mean them plainly."""


class Salience:
    """Who is present, as a reader goes from sentence to sentence."""

    def __init__(self) -> None:
        self._before: dict[Entity, float] = {}
        self._here: dict[Entity, float] = {}
        self._counts: Counter[Entity] = Counter()

    def next_sentence(self) -> None:
        for one, here in self._here.items():
            self._before[one] = self._before.get(one, 0.0) + here
        self._before = {one: left * _FADES for one, left in self._before.items() if left > _FORGOTTEN}
        self._here = {}

    def add(self, one: Entity, salience: float) -> None:
        """Somebody is named, or meant: of a sentence, the strongest naming counts."""
        self._counts[one] += 1
        self._here[one] = max(salience, self._here.get(one, 0.0))
        self._before.setdefault(one, 0.0)

    def ranked(self) -> list[Entity]:
        """Everybody, the most present first."""
        return sorted(self._before, key=lambda one: -self._of(one))

    def most_mentioned(self) -> Entity | None:
        """Who of those present was named or meant most often."""
        return max(self._before, key=lambda one: (self._counts[one], self._of(one)), default=None)

    def antecedent(self, gender: str) -> tuple[Entity | None, bool]:
        """Whom a pronoun means, `m` or `f`, and whether that is plain: nobody else comes near whose gender fits."""
        one = max(self._before, key=lambda one: self._fitting(one, gender), default=None)
        if one is None or not self._fitting(one, gender):
            return None, False
        others = (self._fitting(other, gender) for other in self._before if other is not one)
        alone = max(others, default=0.0) * _FAR_BEHIND <= self._fitting(one, gender)
        plain = alone and one.gender == gender
        if alone:
            one.gender = gender  # the article tells it
        return one, plain

    def _of(self, one: Entity) -> float:
        return self._before[one] + self._here.get(one, 0.0)

    def _fitting(self, one: Entity, gender: str) -> float:
        fits = 1.0 if one.gender == gender else 0.0 if one.gender else _UNKNOWN
        return fits * self._of(one)
