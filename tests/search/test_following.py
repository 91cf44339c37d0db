"""An index that followed every load is as one that was made anew from the database."""

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.search.folder import SearchFolder
from tests.amounts import RANDOM_DATASETS, RANDOM_LOADS
from tests.api.history import History
from tests.conftest import WriteRecord
from tests.databases import Databases, Kind, load_records, query, try_to_load
from tests.search.indexes import assert_as_new, assert_same, follow, numbers
from tests.seed.samples import ARTICLE, RECORD, Change, changed
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


SHARED: dict[str, Change] = {
    "a person's name": ("{id: jane-roe, name: Jane Roe}", "{id: jane-roe, name: Jane Roe Doe, other_names: [Roe, Jane Roe]}"),
    "a person's other names": ("{id: jane-roe, name: Jane Roe}", "{id: jane-roe, name: Jane Roe, other_names: [JR]}"),
    "a party's name": ("name: Ruritania}", "name: Ruritania North, other_names: [Ruritania]}"),
    "a party's other names": ("name: Ruritania}", "name: Ruritania, other_names: [Rurs]}"),
    "a party's country": ("name: Ruritania}", "name: Ruritania, country: YUG}"),
    "a source's title": ("title: Utopia and Ruritania meet", "title: They meet"),
    "a source's language": ("language: en", "language: en-GB"),
    "a source's access": ("access: full", "access: excerpt"),
}  # fmt: skip
"""Changes of what two records share, given by both."""
OWN: dict[str, Change] = {
    "a topic": ("    topics: [embassies]\n", ""),
    "the words of a fact": ("words: agreed to reopen}", "words: reopen embassies}"),
    "the country of a meeting": ("country: AUT", "country: CHE"),
    "the date of a meeting": ("start_date: 2024-05-06", "start_date: 2024-05"),
}
"""Changes of one record alone."""


def write_both(root: Path, write_record: WriteRecord, *changes: Change, own: Change | None = None) -> Path:
    """Two records that share all definitions; `own` changes only the first."""
    write_record(root / "vienna", changed(RECORD, *changes, *([own] if own else [])), ARTICLE)
    write_record(root / "linz", changed(RECORD, ("  id: vienna\n", "  id: linz\n"), *changes), ARTICLE)
    return root


@pytest.fixture
def both(tmp_path: Path, databases: Databases, write_record: WriteRecord) -> str:
    """A database with two records, and an index that follows it."""
    url = databases.migrated()
    load_records(url, write_both(tmp_path / "data", write_record))
    follow(url, tmp_path / "search")
    return url


@pytest.mark.parametrize("what", [*SHARED, *OWN])
def test_documents_follow_what_they_repeat_and_count(
    what: str, both: str, tmp_path: Path, write_record: WriteRecord
) -> None:
    changes = [SHARED[what]] if what in SHARED else []
    load_records(both, write_both(tmp_path / "data", write_record, *changes, own=OWN.get(what)))
    outcome = follow(both, tmp_path / "search")
    assert outcome.units and outcome.reason is None
    assert_as_new(both, tmp_path / "search", tmp_path / "new")


def test_a_removed_meeting_is_counted_no_more(both: str, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "data/linz")
    load_records(both, tmp_path / "data", prune=True)
    follow(both, tmp_path / "search")
    assert_as_new(both, tmp_path / "search", tmp_path / "new")
    assert numbers(SearchFolder(tmp_path / "search").open())["person", "jane-roe"][-1] == 1
