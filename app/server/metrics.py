"""Metrics for Prometheus: numbers in shared memory, one row for each process of the service.

The successor of a process that dies takes over its row, so no count is lost, and no disk is needed.
"""

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, product
from mmap import mmap
from time import monotonic
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from prometheus_client import ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from app.db.snapshots import SCHEMA
from app.problems import MEANINGS
from app.refusal_counts import Reason
from app.version import VERSION

BUCKETS = (0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The upper bounds of the histogram's buckets in seconds, from a cached response to the longest wait."""

CLIENT_CLOSED_REQUEST = 499
"""The status, taken from nginx, of a request whose connection was closed before the response. It is never sent."""

METHODS = ("GET", "HEAD", "OPTIONS")
_PROBLEM_STATUSES = {str(meaning.status) for meaning in MEANINGS.values()}
STATUSES = ("200", "204", "206", "304", "308", *sorted(_PROBLEM_STATUSES), str(CLIENT_CLOSED_REQUEST))
OTHER, NO_ROUTE, NO_VERSION, SUPERVISOR = "other", "none", "none", "supervisor"
QUEUES = ("items", "quick", "reading", "searching", "tables", "index")

Column = tuple[str, ...]
"""A metric's name, and the values of its labels."""

COUNTERS = {
    "readout_http_requests": ("Requests that got a response.", ["route", "method", "status"]),
    "readout_http_response_bytes": ("Bytes in the bodies of responses.", ["route"]),
    "readout_cache_lookups": (
        "Lookups of responses in the cache, by whether they were cached.",
        ["result"],
    ),
    "readout_refused": ("Requests and connections that were refused because of a limit or the database.", ["reason"]),
    "readout_log_lines_dropped": ("Lines of the log that could not be written.", []),
    "readout_worker_restarts": ("Processes that died and were replaced.", []),
}
GAUGES = {
    "readout_cache_answers": ("Cached responses.", []),
    "readout_cache_bytes": ("Memory that cached responses take.", []),
    "readout_cache_limit_bytes": ("Memory that cached responses may take.", []),
    "readout_connections": ("Open connections of clients.", []),
    "readout_database_workers": ("Processes by the database server that they read from.", ["server"]),
    "readout_readers": ("Threads that may read the database.", ["lane"]),
    "readout_readers_busy": ("Threads that read the database now.", ["lane"]),
    "readout_readers_waiting": ("Requests that wait for a thread to read the database.", ["lane"]),
}
"""Metrics by name: help text and labels. Their values are the sums over all processes."""

DURATION, SUM = "readout_http_request_duration_seconds", "sum"
LAG, WAIT, STAGE = "readout_event_loop_lag_seconds", "readout_queue_wait_seconds", "readout_stage_seconds"
HISTOGRAMS = {
    DURATION: ("Seconds from a request's headers to the end of its response.", ["route"]),
    LAG: ("Seconds that a timer of the event loop came late.", []),
    WAIT: ("Seconds that a request waited in a work queue.", ["queue"]),
    STAGE: ("Seconds that a request spent in a stage.", ["stage"]),
}
"""Histograms by name: help text and labels."""

STAGES = ("queue", "database", "serialisation")
_BUCKETS = [*map(str, BUCKETS), "+Inf"]
PID, CONFIRMED_AT, NUMBER, DIGEST = "pid", "confirmed_at", "number", "digest"
"""A process's id, when the database last confirmed its version, by `monotonic`, and the two parts of that version."""

TURNED_AT, READY_UNTIL = "turned_at", "ready_until"
"""When a process's event loop last turned, and until when its last read of the database makes it ready."""

BEHIND = "behind"
"""How many dataset versions the search index of a process is behind the database."""


class Metrics(Collector):
    """The metrics of some processes. Their parent makes them; each process calls `use_row` before it counts."""

    def __init__(self, routes: Sequence[str], database_servers: Sequence[str], workers: int) -> None:
        self._routes = (*routes, NO_ROUTE)
        self._indexes = {column: index for index, column in enumerate(_columns(self._routes, database_servers))}
        width = len(self._indexes)
        memory = memoryview(mmap(-1, 8 * width * workers)).cast("d")
        self._rows = [memory[width * worker :][:width] for worker in range(workers)]
        self._own = self._rows[0]
        for row in self._rows:
            row[self._indexes[CONFIRMED_AT,]] = row[self._indexes[TURNED_AT,]] = monotonic()
        self._request_indexes: dict[tuple[str, str, int], int] = {}
        self._parent_pid = os.getpid()

    def use_row(self, worker: int) -> None:
        """Count in the row of a worker from now on, in its process, which is not ready before it says so."""
        self._own = self._rows[worker]
        self.set_gauges({(PID,): os.getpid(), (TURNED_AT,): monotonic(), (READY_UNTIL,): 0})

    def count_response(self, route: str | None, method: str, status: int, seconds: float, size: int) -> None:
        """Count a request and its response."""
        own, route = self._own, route or NO_ROUTE
        own[self._request_indexes.get((route, method, status)) or self._request_index(route, method, status)] += 1
        durations = self._indexes[DURATION, route, SUM]
        own[durations] += seconds
        own[durations + 1 + bisect_left(BUCKETS, seconds)] += 1
        own[self._indexes["readout_http_response_bytes", route]] += size

    def observe(self, name: str, seconds: float, *labels: str) -> None:
        """Count a duration in a histogram."""
        own, index = self._own, self._indexes[name, *labels, SUM]
        own[index] += seconds
        own[index + 1 + bisect_left(BUCKETS, seconds)] += 1

    def increment(self, *column: str, by: float = 1) -> None:
        """Add to a counter."""
        self._own[self._indexes[column]] += by

    def set_gauges(self, values: Mapping[Column, float]) -> None:
        """Set gauges of this process."""
        for column, value in values.items():
            self._own[self._indexes[column]] = value

    def hung_workers(self, seconds: float) -> list[int]:
        """The workers whose event loop has not turned for some seconds."""
        return [worker for worker, at in enumerate(self._column(TURNED_AT)) if monotonic() - at > seconds]

    def unready_workers(self) -> list[int]:
        """The workers that cannot read the database."""
        return [worker for worker, until in enumerate(self._column(READY_UNTIL)) if monotonic() >= until]

    def collect(self) -> Iterator[Metric]:
        """All metrics, for the library of Prometheus."""
        totals = dict(zip(self._indexes, map(sum, zip(*self._rows, strict=True)), strict=True))
        yield from _families(COUNTERS, CounterMetricFamily, totals)
        yield from _families(GAUGES, GaugeMetricFamily, totals)
        yield from self._histograms(totals)
        yield self._versions()
        age = monotonic() - min(self._column(CONFIRMED_AT))
        yield GaugeMetricFamily(
            "readout_watch_age_seconds", "Seconds since all processes knew the dataset version for certain.", age
        )
        yield GaugeMetricFamily(
            "readout_search_versions_behind",
            "Dataset versions by which the search index is behind the database.",
            max(self._column(BEHIND)),
        )
        yield GaugeMetricFamily("readout_workers", "Processes that serve requests.", len(self._rows))
        yield from self._processes()
        yield InfoMetricFamily(
            "readout_build",
            "The release and the schema of the database that it reads.",
            {"version": VERSION, "schema": SCHEMA},
        )

    def _request_index(self, route: str, method: str, status: int) -> int:
        known = method if method in METHODS else OTHER, str(status) if str(status) in STATUSES else OTHER
        index = self._request_indexes[route, method, status] = self._indexes["readout_http_requests", route, *known]
        return index

    def _column(self, name: str) -> list[float]:
        return [row[self._indexes[name,]] for row in self._rows]

    def _histograms(self, totals: Mapping[Column, float]) -> Iterator[Metric]:
        for name, (help_text, labels) in HISTOGRAMS.items():
            metric = HistogramMetricFamily(name, help_text, labels=labels)
            for column, total in totals.items():
                if column[0] == name and column[-1] == SUM:
                    label_values = column[1:-1]
                    counts = list(accumulate(totals[name, *label_values, bound] for bound in _BUCKETS))
                    if counts[-1]:
                        metric.add_metric(label_values, list(zip(_BUCKETS, counts, strict=True)), total)
            yield metric

    def _processes(self) -> Iterable[Metric]:
        """The system's numbers of each process, under the names that all services use (`process_…`)."""
        pids = {str(worker): int(pid) for worker, pid in enumerate(self._column(PID))}
        if self._parent_pid not in pids.values():
            pids[SUPERVISOR] = self._parent_pid
        families: dict[str, Any] = {}
        for process, pid in pids.items():
            for metric in ProcessCollector(pid=partial(int, pid), registry=None).collect():
                family = type(metric)(metric.name, metric.documentation, labels=["process"])  # type: ignore[call-arg]
                families.setdefault(metric.name, family).add_metric([process], metric.samples[0].value)
        return families.values()

    def _versions(self) -> Metric:
        metric = GaugeMetricFamily(
            "readout_dataset_workers", "Processes by the dataset version that they serve.", labels=["version"]
        )
        versions = Counter(zip(self._column(NUMBER), self._column(DIGEST), strict=True))
        for (number, digest), workers in versions.items():
            metric.add_metric([f"{number:.0f}-{int(digest):08x}" if number else NO_VERSION], workers)
        return metric


def _columns(routes: Sequence[str], database_servers: Sequence[str]) -> Iterator[Column]:
    """The columns of a row, in order."""
    yield from [(PID,), (TURNED_AT,), (READY_UNTIL,), (CONFIRMED_AT,), (NUMBER,), (DIGEST,), (BEHIND,)]
    values = {
        **{"route": routes, "method": (*METHODS, OTHER), "status": (*STATUSES, OTHER), "result": ("hit", "miss")},
        **{"lane": QUEUES, "reason": tuple(Reason), "queue": QUEUES, "stage": STAGES, "server": database_servers},
    }
    for name, (_, labels) in {**COUNTERS, **GAUGES}.items():
        for label_values in product(*(values[label] for label in labels)):
            yield name, *label_values
    for name, (_, labels) in HISTOGRAMS.items():
        for label_values in product(*(values[label] for label in labels)):
            yield from ((name, *label_values, column) for column in (SUM, *_BUCKETS))


def _families(
    described: Mapping[str, tuple[str, list[str]]],
    kind: type[CounterMetricFamily | GaugeMetricFamily],
    totals: Mapping[Column, float],
) -> Iterator[Metric]:
    for name, (help_text, labels) in described.items():
        metric = kind(name, help_text, labels=labels)
        for (metric_name, *values), total in totals.items():
            if metric_name == name and (total or "route" not in labels):
                metric.add_metric(values, total)
        yield metric


def metrics_of(app: FastAPI, workers: int = 1) -> Metrics:
    """Metrics for the routes of an application that some processes serve."""
    routes = [route.path for route in app.routes if isinstance(route, APIRoute)]
    return Metrics(routes, app.state.read_pool.choice.names, workers)
