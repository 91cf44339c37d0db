"""Kept answers: which they are, how many, and that a load ends them."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db.sqlite import file_of
from tests.amounts import LOADS_UNDER_READERS
from tests.api.conftest import Serve, World
from tests.api.processes import running
from tests.api.readers import Readers, assert_no_version_is_mixed, assert_no_way_back
from tests.api.serving import Served, problem, serving
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_bare, write_congress
from tests.databases import Databases, Kind, load_records

ITEM = f"/delegates/{CONGRESS}.jane-roe"
LARGE = [f"/evidence?limit={limit}" for limit in range(50, 100)]
"""Requests whose responses together are larger than the smallest cache."""


@pytest.fixture(scope="module")
def small(database_kind: Kind, world: World) -> Iterator[Served]:
    """A service that keeps as little as can be set."""
    with database_kind.databases() as databases, serving(databases.copy(world.database), cache_mib=1) as served:
        yield served


def is_cached(served: Served, address: str, **options: object) -> bool:
    """Whether a request is answered without asking the database."""
    with served.statements() as sent:
        assert served.get(address, **options).status_code in (200, 304)
    return not sent


@pytest.mark.parametrize("address", [ITEM, "/meetings?limit=3", f"/meetings/{CONGRESS}/readout", "/dataset"])
def test_a_second_request_caches_the_response(served: Served, address: str) -> None:
    for _ in range(2):
        served.get(address)
    assert is_cached(served, address)
    tag = served.get(address).headers["ETag"]
    assert is_cached(served, address, headers={"If-None-Match": tag})
    assert is_cached(served, address, headers={"Accept-Encoding": "br", "Accept": "application/*"})


@pytest.mark.sqlite
@pytest.mark.parametrize("address", ["/", f"/read/{CONGRESS}", "/read/people/jane-roe", "/read/search?q=jane"])
def test_a_page_is_cached_without_the_parameters_that_it_ignores(served: Served, address: str) -> None:
    sign = "&" if "?" in address else "?"
    for number in range(2):
        served.get(f"{address}{sign}utm_source={number}&limit={number}")
    cached = len(served.app.state.cache)
    assert is_cached(served, address) and is_cached(served, f"{address}{sign}utm_source=9&id=x")
    assert served.get(f"{address}{sign}utm_source=8").content == served.get(address).content
    assert len(served.app.state.cache) == cached


@pytest.mark.sqlite
def test_a_page_s_own_parameters_are_not_ignored(served: Served) -> None:
    pages = {served.get(f"/read/search?{query}").content for query in ("q=jane", "q=roe", "x=1", "Q=jane&q=vienna")}
    assert len(pages) == 4


@pytest.mark.sqlite
def test_one_off_urls_evict_nothing(small: Served) -> None:
    for _ in range(2):
        small.get(ITEM)
    for address in LARGE:
        small.get(address)
    assert is_cached(small, ITEM)


@pytest.mark.sqlite
def test_the_cache_is_bounded(small: Served) -> None:
    for address in [ITEM, *LARGE]:
        for _ in range(2):
            small.get(address)
    assert is_cached(small, LARGE[-1]) and not is_cached(small, ITEM)


@pytest.mark.sqlite
def test_a_size_of_0_disables_the_cache(world: World, databases: Databases) -> None:
    with serving(databases.copy(world.database), cache_mib=0) as served:
        for _ in range(3):
            assert not is_cached(served, ITEM)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        (ITEM, {"Accept": "text/html"}, 406),
        (f"{ITEM}?x=1", {}, 422),
        (f"{ITEM}/", {}, 308),
        ("/delegates/%6Aane", {}, 404),
        (ITEM, {"If-None-Match": "*"}, 304),
    ],
)
def test_no_request_spoils_a_cached_response(
    served: Served, address: str, headers: dict[str, str], status: int
) -> None:
    for _ in range(3):
        assert served.get(address, headers=headers).status_code == status
        assert served.get(ITEM).json()["id"] == ITEM.removeprefix("/delegates/")


@pytest.mark.sqlite
def test_an_error_response_is_not_cached(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    for _ in range(3):
        problem(served.get("/meetings/bare"), 404, "not_found")
    bare = write_bare(tmp_path / "bare")
    served.load(bare)
    (added,) = set(served.ids("/meetings")) - {CONGRESS}
    assert served.get(f"/meetings/{added}").status_code == 200


@pytest.mark.sqlite
def test_a_replaced_database_file_is_noticed(serve: Serve, world: World, databases: Databases, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    for _ in range(3):
        before = served.json("/dataset")["version"]
    file = file_of(served.database)
    file_of(databases.copy(world.database)).replace(file)
    for leftover in ("-wal", "-shm"):
        Path(f"{file}{leftover}").unlink(missing_ok=True)
    answers = (served.json("/dataset")["version"] for _ in itertools.count())
    assert next(version for version in answers if version != before) == world.versions[-1]


# Loads.


def test_no_response_is_of_an_older_version_than_the_one_before(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept goes when an answer was read from a newer version, though nobody has asked the database since."""
    for pause in ("version_watcher.FILE_POLL_SECONDS", "server_watcher.POLL_SECONDS"):
        monkeypatch.setattr(f"app.db.{pause}", 3600)
    served = serve(write_congress(tmp_path / "congress"))
    for _ in range(3):
        served.get(ITEM)
    version = load_records(served.database, write_bare(tmp_path / "bare")).version
    assert served.get(ITEM).headers["Readout-Dataset"] != version
    for address in ("/people?limit=7", ITEM):
        assert served.get(address).headers["Readout-Dataset"] == version


READ = [ITEM, "/delegates?limit=5", f"/meetings/{CONGRESS}/readout", "/people/jane-roe", "/dataset", "/meetings"]


@pytest.mark.long
def test_a_load_under_64_readers_is_served_whole(database: str, tmp_path: Path) -> None:
    """No error, no response that mixes versions, and none that is older than one before it."""
    versions = [load_records(database, write_congress(tmp_path / "congress")).version]
    with running(database=database) as (_, address), Readers(address, ask_for=READ, clients=64) as readers:
        for number in range(LOADS_UNDER_READERS):
            record = CONGRESS_RECORD.replace("Congress of Vienna", f"Congress {number}")
            versions.append(load_records(database, write_congress(tmp_path / "congress", record)).version)
            readers.wait_for(versions[-1])
    assert_no_version_is_mixed(readers.answers)
    assert_no_way_back(readers.answers, versions)
