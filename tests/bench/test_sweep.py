"""The sweep: its filters and sorts are those of the OpenAPI document, its values those of the data."""

from dataclasses import replace

import pytest

from app.api.resources.parties import PARTIES
from app.api.resources.people import PEOPLE
from bench.datasets import Dataset
from bench.measure import sweep as swept
from bench.report.goals import goals
from bench.report.tables import items_rows, slowest_rows, sweep_rows
from bench.results import Results
from tests.api.oracle import LISTS


@pytest.fixture(autouse=True)
def _two_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swept, "LISTS", (PEOPLE, PARTIES))
    monkeypatch.setattr(swept, "PAIRS", 12)
    monkeypatch.setattr(swept, "REPETITIONS", 1)
    monkeypatch.setattr(swept, "SIZE", 3)


def test_every_filter_with_a_value_is_swept_with_every_sort(dataset: Dataset) -> None:
    taken = swept.sweep(dataset)
    for path in ("/people", "/parties"):
        single = {(params[0][0], params[1][1]) for one in taken if one.path == path and len(params := one.params) == 2}
        filters = {*LISTS[path].filters, "q", "changed_since"}
        assert single == {(name, sort) for name in filters for sort in LISTS[path].both_ways}
        assert any(one.is_deep for one in taken if one.path == path)
    assert any(len(one.params) == 3 for one in taken)
    assert all(one.milliseconds > 0 for one in taken)
    totals = {one.params[0]: one.total for one in taken if one.path == "/people" and len(one.params) == 2}
    assert len({total for (name, _), total in totals.items() if name == "party"}) == 2, "a rare value and a dense one"


def test_a_deep_page_is_behind_an_item_that_matches_and_is_not_the_last(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_behind_one: list[bool] = []

    def checked(page: swept._Page) -> tuple[float, int]:
        if page.listed.has_cursor:
            rows, _ = replace(page, listed=replace(page.listed, has_cursor=False)).searched().read(10_000)
            is_behind_one.append(page.listed.values["after_id"] in [row.id for row in rows[:-1]])
        return 1.0, 0

    monkeypatch.setattr(swept, "_least_seconds", checked)
    swept.sweep(dataset)
    assert is_behind_one and all(is_behind_one)


def test_the_seed_chooses_what_is_measured_and_there_is_a_bound(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swept, "SINGLES", 10)
    monkeypatch.setattr(swept, "_least_seconds", lambda listed: (1.0, 0))
    first, again, other = ([one.params for one in swept.sweep(dataset, seed) if not one.is_deep] for seed in (1, 1, 2))
    assert first == again != other
    assert len([params for params in first if len(params) == 2]) == 10


def test_figures_become_goals_and_tables(dataset: Dataset) -> None:
    results = Results()
    swept.add_sweep(results, dataset)
    figures = sweep_rows(results, [dataset.size])
    assert figures[0][1:] == ["half", "95%", "99%", "all"] and "–" not in figures[1]
    assert len(slowest_rows(results)) == 1 + swept.WORST
    assert items_rows(results, dataset.size)[0][0] == "meetings"
    met = [goal.figure(results) for goal in goals([dataset.size], dataset.size) if goal.top.name.startswith("sweep")]
    assert len(met) == 2 and all(met)
