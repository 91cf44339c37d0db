"""Kept answers: which they are, how many, and that a load ends them."""

import asyncio
import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import httpx
import pytest

from tests.api.conftest import Serve, World
from tests.api.serving import Served, copy_database, load_records, problem, serving
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_bare, write_congress

ITEM = f"/delegates/{CONGRESS}.jane-roe"
LAG = 0.05
"""In seconds: how long an answer may be older than a load."""


@pytest.fixture(scope="module")
def small(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that keeps as little as can be set."""
    with serving(copy_database(world.database, tmp_path_factory.mktemp("small") / "own.db"), cache_mib=1) as served:
        yield served


def is_kept(served: Served, address: str, **options: object) -> bool:
    """Whether a request is answered without asking the database."""
    with served.statements() as sent:
        assert served.get(address, **options).status_code in (200, 304)
    return not sent


@pytest.mark.parametrize("address", [ITEM, "/meetings?limit=3", f"/meetings/{CONGRESS}/readout", "/dataset"])
def test_what_is_asked_for_again_is_kept(served: Served, address: str) -> None:
    for _ in range(2):
        served.get(address)
    assert is_kept(served, address)
    tag = served.get(address).headers["ETag"]
    assert is_kept(served, address, headers={"If-None-Match": tag})
    assert is_kept(served, address, headers={"Accept-Encoding": "br", "Accept": "application/*"})


def test_what_is_asked_for_once_displaces_nothing(small: Served) -> None:
    for _ in range(2):
        small.get(ITEM)
    for number in range(2_000):
        small.get(f"/people?id=random-{number}&limit=1")
    assert is_kept(small, ITEM)


def test_no_more_is_kept_than_there_is_room_for(small: Served) -> None:
    addresses = [f"/quotes?limit=100&id=nobody&id=nobody-{number}" for number in range(400)]
    for address in [ITEM, *addresses]:
        for _ in range(2):
            small.get(address)
    assert is_kept(small, addresses[-1]) and not is_kept(small, ITEM)


def test_nothing_is_kept_where_none_shall_be(world: World, tmp_path: Path) -> None:
    with serving(copy_database(world.database, tmp_path / "own.db"), cache_mib=0) as served:
        for _ in range(3):
            assert not is_kept(served, ITEM)


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
def test_no_request_spoils_what_is_kept(served: Served, address: str, headers: dict[str, str], status: int) -> None:
    for _ in range(3):
        assert served.get(address, headers=headers).status_code == status
        assert served.get(ITEM).json()["id"] == ITEM.removeprefix("/delegates/")


def test_a_refusal_is_not_kept(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    for _ in range(3):
        problem(served.get("/meetings/bare"), 404, "not_found")
    bare = write_bare(tmp_path / "bare")
    served.load(bare)
    (added,) = set(served.ids("/meetings")) - {CONGRESS}
    assert served.get(f"/meetings/{added}").status_code == 200


def test_another_file_in_the_place_of_the_database_is_seen(serve: Serve, world: World, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    for _ in range(3):
        before = served.json("/dataset")["version"]
    copy_database(world.database, tmp_path / "other.db").replace(served.database)
    for leftover in ("-wal", "-shm"):
        Path(f"{served.database}{leftover}").unlink(missing_ok=True)
    answers = (served.json("/dataset")["version"] for _ in itertools.count())
    assert next(version for version in answers if version != before) == world.versions[-1]


# Loads under load.

READ = [ITEM, "/delegates?limit=5", f"/meetings/{CONGRESS}/readout", "/people/jane-roe", "/dataset", "/meetings"]
READERS = 64
LOADS = 12


def test_a_load_under_64_readers_is_seen_at_once_and_whole(serve: Serve, tmp_path: Path) -> None:
    """No error, no answer that mixes versions, no old version 50 ms after the load has returned."""
    folder = tmp_path / "congress"
    served = serve(write_congress(folder))
    returned: list[tuple[float, str]] = []
    told: SimpleQueue[str] = SimpleQueue()
    stop = threading.Event()

    def load() -> None:
        try:
            for number in range(LOADS):
                write_congress(folder, CONGRESS_RECORD.replace("Congress of Vienna", f"Congress {number}"))
                version = load_records(served.database, folder).version
                returned.append((time.monotonic(), version))
        finally:
            stop.set()

    loading = threading.Thread(target=load)
    loading.start()
    seen = asyncio.run(read_until(stop, told, str(served.client.base_url)))
    loading.join()
    assert len(returned) == LOADS
    bodies: dict[tuple[str, str], str] = {}
    for started, address, version, tag in seen:
        assert bodies.setdefault((address, version), tag) == tag, "one version, one answer"
        old = {earlier for place, (_, earlier) in enumerate(returned[:-1]) if started > returned[place + 1][0] + LAG}
        assert version not in old


Seen = tuple[float, str, str, str]


async def read_until(stop: threading.Event, told: SimpleQueue[str], base_url: str) -> list[Seen]:
    """What many readers at once are answered: when each asked, for what, the version and the tag."""
    seen: list[Seen] = []

    async def read(client: httpx.AsyncClient, addresses: Iterator[str]) -> None:
        while not stop.is_set():
            address, started = next(addresses), time.monotonic()
            answer = await client.get(address)
            assert answer.status_code == 200, answer.text
            seen.append((started, address, answer.headers["Readout-Dataset"], answer.headers["ETag"]))
            told.put(answer.headers["Readout-Dataset"])

    limits = httpx.Limits(max_connections=READERS)
    async with httpx.AsyncClient(base_url=base_url, limits=limits, timeout=30) as client:
        addresses = itertools.cycle(READ)
        await asyncio.gather(*(read(client, addresses) for _ in range(READERS)))
    return seen
