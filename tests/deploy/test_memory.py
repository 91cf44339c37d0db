"""The memory of processes after long traffic and the worst input, and the limits of the shipped files."""

import random
import re
import sqlite3
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest
import yaml

from app.enums import LISTS
from bench.clones import WORD
from bench.datasets import Dataset, index, make
from tests.amounts import MIXED_MEETINGS, MIXED_REQUESTS, WORST_INPUT
from tests.api.processes import PATIENCE, peak_resident_mib, running
from tests.api.raw_connections import INPUT, send_from_4096_connections, service
from tests.deploy.dockerfile import ROOT

DEPLOY = ROOT / "deploy"
CLIENTS = 32


def of_compose() -> tuple[int, int]:
    """The number of workers that compose.yaml starts in a container, and the bytes that this may take."""
    service = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["readout"]
    (limit,) = re.findall(r"^(\d+)m$", service["mem_limit"])
    return int(service["environment"]["WEB_CONCURRENCY"]), int(limit) * 2**20


def of_systemd() -> tuple[int, int]:
    """The same for the unit."""
    unit = (DEPLOY / "readout@.service").read_text()
    (limit,) = re.findall(r"^MemoryMax=(\d+)M$", unit, re.MULTILINE)
    return int((re.findall(r"^Environment=WEB_CONCURRENCY=(\d+)$", unit, re.MULTILINE) or ["1"])[0]), int(limit) * 2**20


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    made = Dataset(tmp_path_factory.mktemp("memory") / "readout.db", MIXED_MEETINGS, 1)
    make(made)
    index(made)  # otherwise the service's memory would have the process in it that makes it
    return made


def mixed_paths(dataset: Dataset) -> list[str]:
    """Paths of all kinds; most are requested once or twice, so that the caches are full of other responses soon."""
    chance, tables = random.Random(1), {name: kind for kind, name in LISTS.items() if name != "sources"}
    lists = [*tables]
    with closing(sqlite3.connect(dataset.path)) as connection:
        ids = {name: [id for (id,) in connection.execute(f"SELECT id FROM {tables[name]}")] for name in lists}

    def path() -> str:
        name, meeting = chance.choice(lists), chance.choice(ids["meetings"])
        kinds = {
            f"/{name}/{chance.choice(ids[name])}": 60,
            f"/{name}?limit=100&sort={chance.choice(['id', '-id', 'changed_in'])}": 6,
            f"/{chance.choice(['delegates', 'quotes', 'agreements'])}?meeting={meeting}&limit=50": 15,
            f"/delegates?party={chance.choice(ids['parties'])}": 5,
            f"/meetings/{meeting}/readout": 4,
            f"/read/{meeting}": 4,
            f"/search?q={WORD}&limit={chance.randrange(1, 100)}": 1,
            f"/changes?since=0&limit={chance.randrange(1, 100)}": 2,
            f"/{name}/nobody": 2,
            "/readyz": 1,
        }
        return chance.choices([*kinds], [*kinds.values()])[0]

    return [path() for _ in range(MIXED_REQUESTS)]


def ask(address: str, paths: Sequence[str]) -> set[int]:
    """Request paths over one connection; returns the statuses."""
    url, statuses = httpx.URL(address), set()
    codings = ("identity", "gzip", "br", "zstd")
    with closing(HTTPConnection(url.host, url.port, timeout=PATIENCE)) as connection:
        for number, path in enumerate(paths):
            connection.request("GET", path, headers={"Accept-Encoding": codings[number % len(codings)]})
            response = connection.getresponse()
            response.read()
            statuses.add(response.status)
    return statuses


def memory(pid: int) -> int:
    """The bytes that a process and its children take together; what they share counts once (proportional set size)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollups = (Path(f"/proc/{each}/smaps_rollup").read_text() for each in (pid, *children))
    return sum(int(re.findall(r"^Pss:\s+(\d+) kB$", rollup, re.MULTILINE)[0]) for rollup in rollups) * 1024


def ask_all(address: str, dataset: Dataset) -> None:
    """Send the mixed requests over many connections."""
    paths = mixed_paths(dataset)
    with ThreadPoolExecutor(CLIENTS) as threads:
        statuses = set().union(*threads.map(lambda first: ask(address, paths[first::CLIENTS]), range(CLIENTS)))
    assert statuses <= {200, 404, 503}


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.usefixtures("not_forked", "many_files")
def test_a_process_stays_under_256_mb_with_the_worst_input_after_long_traffic(dataset: Dataset, tmp_path: Path) -> None:
    workers, limit = of_systemd()
    assert workers == 1
    with service(dataset.url, tmp_path, READOUT_SEARCH=str(dataset.search)) as own:
        ask_all(own.address, dataset)
        assert memory(own.process.pid) < limit * 2 / 3, "the unit's limit has a third to spare"
        for kind in [*(WORST_INPUT or INPUT)] * 2:
            send_from_4096_connections(own, kind)
            assert peak_resident_mib(own.process.pid) < 256, kind


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.usefixtures("not_forked")
def test_the_memory_limit_of_a_container_has_a_third_to_spare(dataset: Dataset) -> None:
    workers, limit = of_compose()
    with running(database=dataset.url, WEB_CONCURRENCY=str(workers), READOUT_SEARCH=str(dataset.search)) as (
        process,
        address,
    ):
        ask_all(address, dataset)
        assert memory(process.pid) < limit * 2 / 3
