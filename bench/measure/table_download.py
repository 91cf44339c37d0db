"""A table that is downloaded beside readers: how much longer they wait, the seconds that it takes, and its memory."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import chain
from statistics import median
from time import monotonic, sleep

import httpx

from bench.datasets import Dataset
from bench.measure.rounds import InvalidMeasurement, Plan
from bench.measure.wrk import Requests, run_wrk
from bench.peers.servers import Server, service
from bench.peers.workloads import workloads
from bench.results import Measure

ROWS, READERS = 100_000, 64

ALONE, BESIDE, DURATION, MEMORY = "readers alone", "readers beside a table", "seconds of a table", "memory of a table"
"""The figures: the 99th percentile of the readers' latency in milliseconds, seconds, and megabytes."""

_SAMPLE_SECONDS = 0.1


def measure(figure: str, size: int) -> Measure:
    """The identity of a figure."""
    return Measure(figure, "readout", size)


def plan_table(plan: Plan, stack: ExitStack, dataset: Dataset, seconds: int) -> None:
    """Plan a CSV file of ROWS agreements beside READERS that request items and filtered lists in turn."""
    server = stack.enter_context(service(dataset, READOUT_CACHE_MIB="0"))
    paths = {workload.name: workload.readout for workload in workloads(dataset)}
    readers = Requests([*chain.from_iterable(zip(paths["item"], paths["filtered"], strict=False))])
    download = TableDownload(server, readers, table_path(dataset, ROWS), seconds)
    for figure in (ALONE, BESIDE, DURATION, MEMORY):
        plan.add(measure(figure, dataset.size), download.figure(figure))


def table_path(dataset: Dataset, rows: int) -> str:
    """The path of a table with so many agreements, or a few more; of all if there are fewer."""
    dates = "SELECT date_ascending FROM agreement ORDER BY date_ascending LIMIT 1 OFFSET ?"
    with closing(sqlite3.connect(f"file:{dataset.path}?mode=ro", uri=True)) as connection:
        found = connection.execute(dates, (rows - 1,)).fetchone()
    return f"/agreements.csv?date_to={found[0]}" if found else "/agreements.csv"


@dataclass(slots=True)
class TableDownload:
    """A table that is downloaded beside readers; one run of it gives all figures."""

    server: Server
    readers: Requests
    path: str
    seconds: int
    _memory: int | None = None
    """Bytes of private memory before the first table, after readers."""
    _figures: dict[str, float] = field(default_factory=dict)

    def figure(self, name: str) -> Callable[[], Callable[[], float]]:
        """The preparation of a figure; the first one that a round wants runs the download."""

        def measured() -> float:
            if name not in self._figures:
                self._figures = self.run()
            return self._figures.pop(name)

        return lambda: measured

    def run(self) -> dict[str, float]:
        """The figures of one run."""
        alone = self._latency()
        if self._memory is None:
            self._memory = self.server.private_bytes()
        with ThreadPoolExecutor(2) as threads:
            download = threads.submit(self._download)
            beside = threads.submit(self._latencies_until, download)
            most = 0
            while not download.done():
                most = max(most, self.server.private_bytes())
                sleep(_SAMPLE_SECONDS)
        memory = (most - self._memory) / 1e6
        return {ALONE: alone, BESIDE: median(beside.result()), DURATION: download.result(), MEMORY: memory}

    def _latencies_until(self, download: Future[float]) -> list[float]:
        """The latencies of runs of the readers that were beside the download from begin to end, or of one at least."""
        found = [self._latency()]
        while not download.done():
            found.append(self._latency())
        return found[:-1] or found

    def _latency(self) -> float:
        run = run_wrk(self.server, self.readers, READERS, self.seconds)
        if run.unexpected or run.broken:
            raise InvalidMeasurement(f"{run.unexpected} responses to readers were unexpected, and {run.broken} broke")
        return run.slowest_milliseconds

    def _download(self) -> float:
        begin = monotonic()
        try:
            with httpx.stream("GET", f"{self.server.address}{self.path}", timeout=None) as response:
                for _ in response.iter_raw():
                    pass
        except httpx.RemoteProtocolError as error:
            raise InvalidMeasurement("the table was cut off") from error
        if response.status_code != 200:
            raise InvalidMeasurement(f"the table was a {response.status_code}")
        return monotonic() - begin
