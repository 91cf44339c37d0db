"""An index that followed every load is as one that was made anew from the database."""

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.search.folder import SearchFolder
from tests.amounts import RANDOM_DATASETS, RANDOM_LOADS
from tests.api.history import History
from tests.databases import Databases, Kind, query, try_to_load
from tests.search.indexes import assert_as_new, assert_same, follow
from tests.seed.test_load import HISTORIES, LOADS, Load, load_drawn


def follow_history(loads: list[Load], root: Path, databases: Databases) -> None:
    """After each load, the index that followed is as a new one."""
    url, folder = databases.migrated(), root / "search"
    for each in loads:
        if load_drawn(url, root / "data", each) and query(url, "SELECT number FROM dataset_version"):
            follow(url, folder)
            shutil.rmtree(root / "new", ignore_errors=True)
            assert_as_new(url, folder, root / "new")


@pytest.mark.parametrize("history", HISTORIES)
def test_an_index_follows_these_loads(history: str, tmp_path: Path, databases: Databases) -> None:
    follow_history(HISTORIES[history], tmp_path, databases)


@pytest.mark.long
@settings(
    max_examples=RANDOM_DATASETS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(loads=LOADS)
def test_an_index_follows_random_loads(loads: list[Load], tmp_path: Path, database_kind: Kind) -> None:
    with database_kind.databases() as databases:
        shutil.rmtree(tmp_path / "search", ignore_errors=True)
        follow_history(loads, tmp_path, databases)


@pytest.mark.long
def test_two_indexes_follow_loads_of_all_that_a_record_can_hold(tmp_path: Path, databases: Databases) -> None:
    """One follows each load, the other, as on a host that was away, only some of them."""
    url, random = databases.migrated(), Random(16)
    history = History(random)
    replaced = 0
    for number in range(RANDOM_LOADS):
        history.go_on()
        folders = history.write(tmp_path / "data")
        if number == 0 or random.random() < 0.8:
            try_to_load(url, tmp_path / "data", prune=random.random() < 0.7)
        else:
            try_to_load(url, random.choice(folders))
        if not query(url, "SELECT number FROM dataset_version"):
            continue
        replaced += follow(url, tmp_path / "search").units or 0
        shutil.rmtree(tmp_path / "new", ignore_errors=True)
        assert_as_new(url, tmp_path / "search", tmp_path / "new")
        if random.random() < 0.3:
            follow(url, tmp_path / "other")
            assert_same(SearchFolder(tmp_path / "other").open(), SearchFolder(tmp_path / "new").open())
    assert replaced > RANDOM_LOADS
