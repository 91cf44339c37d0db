"""Starvation: how long small requests take, and the rate of items, while many clients request something else."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import sleep

import psycopg

from app.db.engines import is_server
from app.db.postgresql import parameters
from app.enums import LISTS
from bench.clones import WORD
from bench.datasets import Dataset, index
from bench.measure.probe import TIMEOUT_SECONDS, Latencies
from bench.measure.rounds import Plan
from bench.measure.wrk import Requests, run_wrk
from bench.peers.servers import Server, service, start
from bench.peers.workloads import workloads
from bench.results import Measure
from bench.scaling import PostgresDataset, copy, is_filled
from seed.store.migration import migrate

CONNECTIONS, WORKERS = (50, 200, 2_000), (1, 2)

LOADS = {
    "lists": "Pages of all lists with `limit` from 81 to 100",
    "filtered": "The workload of that name above",
    "searches": "Pages of up to 80 hits for common words",
    "items": "The workload `item` above",
    "cached": "One item, from the cache",
    "pages": "HTML pages of meetings",
    "exports": "CSV files of people, meetings and quotes",
}
"""What each load requests, by its name."""

MIXED = "mixed"
"""The load that is all others at once, each with as many connections."""

LIVEZ, CACHED, RATE = "/livez", "cached item", "items per second"
"""The figures: the 99th percentile of the latency in milliseconds, and responses to the load `items` per second."""

WARM_UP_SECONDS, WORDS = 1, ("minister", "delegation", "talks", "foreign", "meeting", "agreed", WORD)


def measure(figure: str, load: str, connections: int, server: str, size: int) -> Measure:
    """The identity of a figure with a load, on a server as `server_name` names it."""
    return Measure(f"{figure} with {connections} connections of {load}", server, size)


def server_name(database: str, workers: int) -> str:
    return f"{database}, {workers} worker{'s' if workers > 1 else ''}"


def plan_starvation(plan: Plan, stack: ExitStack, dataset: Dataset, seconds: int) -> None:
    """Plan each load with each number of connections, on SQLite and on the PostgreSQL of READOUT_DATABASE_URL."""
    for database, stored in _databases(dataset):
        exports = stack.enter_context(TemporaryDirectory())
        export = start([sys.executable, "-m", "app.exports"], stored, READOUT_EXPORTS=exports)
        export.communicate()
        for workers in WORKERS:
            # A cache of 1 MiB keeps the probed item, and nothing of loads that come back later than they are evicted.
            settings = {"READOUT_CACHE_MIB": "1", "READOUT_EXPORTS": exports, "WEB_CONCURRENCY": str(workers)}
            server = stack.enter_context(service(stored, **settings))
            for load in (*LOADS, MIXED):
                for connections in CONNECTIONS:
                    scenario = Scenario(server, load_paths(dataset), load, connections, seconds)
                    scenario.add_to(plan, server_name(database, workers), dataset.size)


def _databases(dataset: Dataset) -> Iterator[tuple[str, Dataset]]:
    """The dataset in SQLite, and a copy of it in an empty PostgreSQL database if READOUT_DATABASE_URL names one."""
    yield "SQLite", dataset
    url = os.environ.get("READOUT_DATABASE_URL", "")
    if is_server(url):
        migrate(url)
        with psycopg.connect(**parameters(url), autocommit=True) as connection:
            if not is_filled(connection):
                copy(dataset, connection)
        stored = PostgresDataset(dataset.path, dataset.size, dataset.whole, url)
        index(stored)  # a service would do so while it is measured
        yield "PostgreSQL", stored


def load_paths(dataset: Dataset) -> dict[str, list[str]]:
    """The paths of each load."""
    paths = {workload.name: workload.readout for workload in workloads(dataset)}
    with closing(sqlite3.connect(f"file:{dataset.path}?mode=ro", uri=True)) as connection:
        meetings = [id for (id,) in connection.execute("SELECT id FROM meeting ORDER BY key")]
    return {
        "lists": [f"/{name}?limit={limit}" for limit in range(81, 101) for name in LISTS.values()],
        "filtered": paths["filtered"],
        "searches": [f"/search?q={word}&limit={limit}" for limit in range(20, 81) for word in WORDS],
        "items": paths["item"],
        "cached": [f"/meetings/{meetings[0]}"],
        "pages": [f"/read/{id}" for id in meetings],
        "exports": [f"/exports/{name}.csv" for name in ("people", "meetings", "quotes")],
    }


@dataclass(slots=True)
class Scenario:
    """A load with some connections; one run of it gives all figures."""

    server: Server
    paths: dict[str, list[str]]
    load: str
    connections: int
    seconds: int
    _figures: dict[str, float] = field(default_factory=dict)

    def add_to(self, plan: Plan, server: str, size: int) -> None:
        """Add its figures to a plan; the first one that a round wants runs the load."""
        figures = (LIVEZ, CACHED, RATE) if "items" in self._loads() else (LIVEZ, CACHED)
        for figure in figures:
            plan.add(measure(figure, self.load, self.connections, server, size), self._figure(figure))

    def run(self) -> dict[str, float]:
        """The figures of one run."""
        loads = self._loads()
        with ThreadPoolExecutor(len(loads)) as runs:
            rates = {load: runs.submit(self._rate, load, self.connections // len(loads)) for load in loads}
            sleep(WARM_UP_SECONDS)
            latencies = self._probe()
        figures = {LIVEZ: percentile(latencies["livez"]), CACHED: percentile(latencies["path"])}
        return figures | ({RATE: rates["items"].result()} if "items" in loads else {})

    def _figure(self, figure: str) -> Callable[[], Callable[[], float]]:
        def measured() -> float:
            if figure not in self._figures:
                self._figures = self.run()
            return self._figures.pop(figure)

        return lambda: measured

    def _loads(self) -> list[str]:
        return [*LOADS] if self.load == MIXED else [self.load]

    def _rate(self, load: str, connections: int) -> float:
        """Run a load; its successful responses per second."""
        run = run_wrk(self.server, Requests(self.paths[load]), connections, self.seconds + 2 * WARM_UP_SECONDS)
        return (run.completed - run.unexpected) / run.seconds

    def _probe(self) -> Latencies:
        """The latencies while the load runs. The process is of its own, so that it waits for no other Python code."""
        item = self.paths["pages"][0].replace("/read/", "/meetings/")
        command = [sys.executable, "-m", "bench.measure.probe", self.server.address, item, str(self.seconds)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        latencies: Latencies = json.loads(printed)
        return latencies


def percentile(latencies: list[float]) -> float:
    """The 99th percentile in milliseconds; without any latency nothing responded in time."""
    return 1000 * (quantiles(latencies, n=100)[-1] if len(latencies) > 1 else TIMEOUT_SECONDS)
