"""An index that followed every load is as one that was made anew from the database."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.amounts import RANDOM_DATASETS
from tests.databases import Databases, Kind, query
from tests.search.indexes import assert_as_new, follow
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
