"""What is measured without a server, and how figures become goals and tables."""

from pathlib import Path

import pytest

from bench.figures import Figures, Key
from bench.goals import Goal, goals
from bench.storing import Storing
from bench.tables import goal_rows


def test_storing_is_measured_over_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.storing.MEETINGS", 2)
    storing = Storing(tmp_path)
    assert len(storing.rows["meeting"]) == 2
    assert len(storing.rows["delegate"]) == 8
    assert storing.by_loader() > 0
    assert storing.by_executemany() > 0


def test_a_goal_is_met_by_the_median_of_its_rounds() -> None:
    figures, one, other = Figures(), Key("item", "textbook", 1), Key("item", "readout", 1)
    goal = Goal("times", least=True, bound=10, top=one, bottom=other)
    assert goal.figure(figures) is None
    assert not goal.met(figures)
    figures.values[one] += [900, 100, 200]
    figures.values[other] += [10, 10, 20]
    assert goal.met(figures)  # 90, 10, 10
    figures.values[other][1] = 11
    assert goal.figure(figures) is not None
    assert not Goal("at most", least=False, bound=9, top=one, bottom=other).met(figures)


def test_goals_are_told_as_a_table() -> None:
    rows = goal_rows(Figures(), [1_000, 100_000], 100_000)
    assert len(rows) == 1 + len(goals([1_000, 100_000], 100_000))
    assert {row[-1] for row in rows[1:]} == {"not measured"}
