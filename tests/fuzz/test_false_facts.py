"""Facts made false: of each kind that a machine can tell, the proof refuses or flags a share of at least its floor."""

from pathlib import Path
from random import Random

import pytest

from tests.amounts import FALSE_FACTS
from tests.fuzz.false_fact_counts import Count, add_counts, table
from tests.fuzz.false_facts import false_facts, samples
from tests.fuzz.fuzzing import SEED

FLOORS = {
    "TODO left": 1,
    "actor swapped: asserted_by": 1,
    "actor swapped: host": 1,
    "actor swapped: parties": 0.7,  # the words for several fields may name another party, too
    "actor swapped: party": 0.9,
    "actor swapped: person": 0.9,
    "actor swapped: speakers": 1,
    "actor swapped: via": 1,
    "changed: attendance": 0.2,
    "changed: commitment": 0.8,
    "changed: outcome": 0.9,
    "country that is none": 1,
    "day changed": 1,
    "kind of quote changed": 0.85,
    "month changed": 1,
    "name of function words": 1,
    "negated: attendance present": 1,
    "negated: commitment": 1,
    "negated: outcome agreed": 1,
    "part of a longer word": 1,
    "parts reversed": 1,
    "place changed": 1,
    "record as its own article": 1,
    "speaker far away": 0.9,
    "text altered": 1,
    "text cut": 1,
    "title cut": 1,
    "title of another": 0.97,
    "words cut at their beginning": 1,
    "words cut at their end": 1,
    "words without a word": 1,
    "year changed": 1,
}
"""By the beginning of a kind's name. It is below 1 if some facts of a kind are true, or no machine can find them."""


@pytest.mark.long
def test_facts_made_false_are_refused_or_flagged(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    by_kind: dict[str, Count] = {}
    for facts in samples():
        every = list(false_facts(facts))
        chosen = Random(SEED).sample(every, min(FALSE_FACTS, len(every)))
        add_counts(by_kind, facts, chosen, tmp_path)
    request.node.user_properties.append(("printed", table(by_kind)))
    for kind, count in by_kind.items():
        floor = next((share for name, share in FLOORS.items() if kind.startswith(name)), 0)
        if floor == 1 or len(every) < FALSE_FACTS:
            assert count.found >= floor, f"{kind}: {count.missed}"


def test_every_floor_is_that_of_a_kind() -> None:
    kinds = {each.kind for facts in samples() for each in false_facts(facts)}
    assert [name for name in FLOORS if not any(kind.startswith(name) for kind in kinds)] == []
