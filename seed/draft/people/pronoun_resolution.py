"""Pronoun resolution: a pronoun refers to the most salient person whose gender agrees.

The method, not the weights, is from S. Lappin and H. Leass, “An Algorithm for Pronominal Anaphora Resolution”,
Computational Linguistics 20 (1994).
"""

from collections import Counter

from seed.draft.people.entities import Entity

SPEAKING, SUBJECT, NAMED, OWNER = 120.0, 80.0, 50.0, 30.0
"""The salience that a mention adds: as speaker, as subject of a sentence, elsewhere, or as a possessive."""

_DECAY = 0.3
"""The share of salience that remains after each sentence."""

_NEGLIGIBLE = 1e-6

_UNKNOWN_GENDER = 0.7
"""The factor for an entity whose gender is unknown."""

_CLEAR_MARGIN = 1.5
"""How many times more salient than the next an antecedent must be to count as unambiguous."""


class Salience:
    """The salience of each entity, from sentence to sentence."""

    def __init__(self) -> None:
        self._before: dict[Entity, float] = {}
        self._here: dict[Entity, float] = {}
        self._counts: Counter[Entity] = Counter()

    def next_sentence(self) -> None:
        """Let the salience of all entities decay."""
        for entity, here in self._here.items():
            self._before[entity] = self._before.get(entity, 0.0) + here
        self._before = {entity: left * _DECAY for entity, left in self._before.items() if left > _NEGLIGIBLE}
        self._here = {}

    def add(self, entity: Entity, salience: float) -> None:
        """Count a mention, or a pronoun's reference. Only the most salient one of a sentence counts."""
        self._counts[entity] += 1
        self._here[entity] = max(salience, self._here.get(entity, 0.0))
        self._before.setdefault(entity, 0.0)

    def ranked(self) -> list[Entity]:
        """All entities, the most salient first."""
        return sorted(self._before, key=lambda entity: -self._of(entity))

    def most_mentioned(self) -> Entity | None:
        """The entity with the most mentions and references, or None."""
        return max(self._before, key=lambda entity: (self._counts[entity], self._of(entity)), default=None)

    def antecedent(self, gender: str) -> tuple[Entity | None, bool]:
        """The antecedent of a pronoun, whose gender is `m` or `f`, and whether it is unambiguous."""
        entity = max(self._before, key=lambda entity: self._agreeing(entity, gender), default=None)
        if entity is None or not self._agreeing(entity, gender):
            return None, False
        others = (self._agreeing(other, gender) for other in self._before if other is not entity)
        alone = max(others, default=0.0) * _CLEAR_MARGIN <= self._agreeing(entity, gender)
        clear = alone and entity.gender == gender
        if alone:
            entity.gender = gender  # the pronoun shows it
        return entity, clear

    def _of(self, entity: Entity) -> float:
        return self._before[entity] + self._here.get(entity, 0.0)

    def _agreeing(self, entity: Entity, gender: str) -> float:
        fits = 1.0 if entity.gender == gender else 0.0 if entity.gender else _UNKNOWN_GENDER
        return fits * self._of(entity)
