"""Loading speed, goals and tables: the parts of the benchmark that need no server."""

from pathlib import Path

import pytest

from bench.measure.loading import LoadingSpeed
from bench.report.goals import Goal, goals
from bench.report.tables import goal_rows
from bench.results import Measure, Results


def test_loader_and_executemany_store_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.measure.loading.RECORDS", 2)
    loading = LoadingSpeed(tmp_path)
    assert len(loading.rows["meeting"]) == 2
    assert len(loading.rows["delegate"]) == 8
    assert loading.by_loader() > 0
    assert loading.by_executemany() > 0


def test_a_goal_is_met_by_the_median_of_its_rounds() -> None:
    results, one, other = Results(), Measure("item", "textbook", 1), Measure("item", "readout", 1)
    goal = Goal("times", is_lower=True, bound=10, top=one, bottom=other)
    assert goal.figure(results) is None
    assert not goal.met(results)
    results.values[one] += [900, 100, 200]
    results.values[other] += [10, 10, 20]
    assert goal.met(results)  # 90, 10, 10
    results.values[other][1] = 11
    assert goal.figure(results) is not None
    assert not Goal("at most", is_lower=False, bound=9, top=one, bottom=other).met(results)


def test_goals_become_a_table() -> None:
    rows = goal_rows(Results(), [1_000, 100_000], 100_000)
    assert len(rows) == 1 + len(goals([1_000, 100_000], 100_000))
    assert {row[-1] for row in rows[1:]} == {"not measured"}
