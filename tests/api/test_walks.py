"""Walks through lists of any data, and through lists that change meanwhile."""

import dataclasses
import shutil
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.amounts import RANDOM_WALKS
from tests.api.conftest import Changing
from tests.api.oracle import LISTS, in_order
from tests.api.world import PLANS, Plan, plan, write_plan

TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=5)
WITHOUT_SHRINKING = [
    Phase.explicit,
    Phase.reuse,
    Phase.generate,
]  # each example loads records, so shrinking takes minutes
SORTS = [(path, sort) for path, rules in LISTS.items() for sort in rules.both_ways]


@st.composite
def plans(draw: st.DrawFn) -> list[Plan]:
    """Some records that may differ in everything."""
    made = [plan(f"m{number}", draw(st.randoms()).choice) for number in range(draw(st.integers(1, 3)))]
    return [dataclasses.replace(one, title=draw(TITLES), source_title=draw(TITLES)) for one in made]


def expected_ids(plans: list[Plan]) -> dict[str, set[str]]:
    """The ids that the lists of what a record tells must hold."""
    return {
        "/meetings": {plan.id for plan in plans},
        "/delegates": {f"{plan.id}.d{number}" for plan in plans for number in range(len(plan.delegates))},
        "/agreements": {f"{plan.id}.a{number}" for plan in plans for number in range(len(plan.agreements))},
        "/quotes": {f"{plan.id}.q{number}" for plan in plans for number in range(len(plan.quotes))},
    }


@pytest.mark.long
@settings(
    max_examples=RANDOM_WALKS, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=WITHOUT_SHRINKING
)
@given(plans=plans(), limit=st.integers(1, 4), random=st.randoms())
def test_a_walk_over_any_data_is_the_whole_list(
    changing: Changing, plans: list[Plan], limit: int, random: Random
) -> None:
    shutil.rmtree(changing.folder / "records", ignore_errors=True)
    changing.served.load(*(write_plan(changing.folder / "records" / one.id, one) for one in plans), prune=True)
    for path, ids in expected_ids(plans).items():
        assert set(changing.served.ids(f"{path}?limit=100")) == ids
    for path, sort in random.sample(SORTS, 8):
        whole = changing.served.walk(f"{path}?sort=id&limit=100")
        assert changing.served.ids(f"{path}?sort={sort}&limit={limit}") == in_order(changing.served, path, whole, sort)


@pytest.mark.long
@settings(max_examples=RANDOM_WALKS, deadline=None, phases=WITHOUT_SHRINKING)
@given(
    loads=st.lists(st.sets(st.sampled_from(range(5)), min_size=2), min_size=2, max_size=4),
    path_and_sort=st.sampled_from(
        [(path, sort) for path, sort in SORTS if path in ("/meetings", "/agreements", "/quotes")]
    ),
    limit=st.integers(1, 3),
)
def test_a_walk_while_loads_happen_neither_repeats_nor_skips_what_stays(
    changing: Changing, loads: list[set[int]], path_and_sort: tuple[str, str], limit: int
) -> None:
    path, sort = path_and_sort
    folders = [write_plan(changing.folder / "all" / one.id, one) for one in PLANS[:5]]
    seen: list[str] = []
    here: list[set[str]] = []
    next_url: str | None = f"{path}?sort={sort}&limit={limit}"
    versions = iter(loads)
    while next_url:
        if present := next(versions, None):
            changing.served.load(*(folders[number] for number in present), prune=True)
            items = changing.served.walk(f"{path}?limit=100")
            keeping = {(item["id"], LISTS[path].sorts[sort.removeprefix("-")](item)) for item in items}
            here.append({f"{id} {key}" for id, key in keeping})
        page = changing.served.json(next_url)
        seen += [f"{item['id']} {LISTS[path].sorts[sort.removeprefix('-')](item)}" for item in page["items"]]
        next_url = page["next"]
    assert len(set(seen)) == len(seen)
    assert set.intersection(*here) <= set(seen)
