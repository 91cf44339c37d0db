"""What Prometheus is told: numbers in memory that all processes of the service share, a row for each.

A process that dies leaves its row to the next one, so nothing that was counted is lost, and no disk is needed.
"""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from http.server import ThreadingHTTPServer
from itertools import accumulate, product
from mmap import mmap
from socket import socket
from time import monotonic

import structlog
from fastapi import FastAPI
from fastapi.routing import APIRoute
from prometheus_client import CollectorRegistry, MetricsHandler
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from app.db.snapshots import SCHEMA
from app.db.work_queue import Reason
from app.problems import MEANINGS
from app.version import VERSION

_log = structlog.get_logger()

BOUNDS = (0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""In seconds: those of the durations that are counted together, from a kept answer to the longest that is waited."""

LEFT = 499
"""The status of a request whose client left before it was answered: nginx' number for it. None is sent."""

METHODS = ("GET", "HEAD", "OPTIONS")
_TOLD = {str(meaning.status) for meaning in MEANINGS.values()}
STATUSES = ("200", "204", "206", "304", "308", *sorted(_TOLD), str(LEFT))
OTHER, NO_ROUTE, NO_VERSION = "other", "none", "none"
LANES = ("reading", "searching")
SCRAPE_SECONDS = 5
"""How long whoever asks for the metrics may take."""

Column = tuple[str, ...]
"""A metric's name, and the values of its labels."""

COUNTERS = {
    "readout_http_requests": ("Requests that were answered.", ["route", "method", "status"]),
    "readout_http_response_bytes": ("Bytes in the bodies of answers.", ["route"]),
    "readout_cache_lookups": (
        "Requests whose answer was looked for among kept ones: it was there, or not.",
        ["result"],
    ),
    "readout_refused": ("Requests and connections that were refused because there were too many.", ["reason"]),
    "readout_worker_restarts": ("Processes that ended unasked, and were replaced.", []),
}
GAUGES = {
    "readout_cache_answers": ("Answers that are kept in memory.", []),
    "readout_cache_bytes": ("Memory that kept answers take.", []),
    "readout_cache_limit_bytes": ("Memory that kept answers may take.", []),
    "readout_connections": ("Connections of clients that are open.", []),
    "readout_readers": ("Threads that may read the database.", ["lane"]),
    "readout_readers_busy": ("Threads that read the database now.", ["lane"]),
    "readout_readers_waiting": ("Requests that wait for a thread to read in.", ["lane"]),
}
"""Metrics by name: what they tell, and their labels. The numbers of all processes are added up."""

DURATION, SUM = "readout_http_request_duration_seconds", "sum"
_BOUNDS = [*map(str, BOUNDS), "+Inf"]
WATCHED, NUMBER, DIGEST = "watched", "number", "digest"
"""When a process last saw which dataset there is, by the clock that all share, and the two parts of its version."""


class Metrics(Collector):
    """The numbers of some processes, each of which takes a row before it counts. Their parent must make it."""

    def __init__(self, routes: Sequence[str], workers: int) -> None:
        self._routes = (*routes, NO_ROUTE)
        self._places = {column: place for place, column in enumerate(_columns(self._routes))}
        width = len(self._places)
        memory = memoryview(mmap(-1, 8 * width * workers)).cast("d")
        self._rows = [memory[width * worker :][:width] for worker in range(workers)]
        self._own = self._rows[0]
        for row in self._rows:
            row[self._places[WATCHED,]] = monotonic()
        self._found: dict[tuple[str, str, int], int] = {}

    def take_row(self, worker: int) -> None:
        """Count in a row from now on; who had it before is gone."""
        self._own = self._rows[worker]

    def answered(self, route: str | None, method: str, status: int, seconds: float, size: int) -> None:
        """Count a request that was answered."""
        own, route = self._own, route or NO_ROUTE
        own[self._found.get((route, method, status)) or self._find(route, method, status)] += 1
        durations = self._places[DURATION, route, SUM]
        own[durations] += seconds
        own[durations + 1 + bisect_left(BOUNDS, seconds)] += 1
        own[self._places["readout_http_response_bytes", route]] += size

    def add(self, *column: str, by: float = 1) -> None:
        """Count more of something."""
        self._own[self._places[column]] += by

    def set(self, numbers: Mapping[Column, float]) -> None:
        """Say how things stand."""
        for column, number in numbers.items():
            self._own[self._places[column]] = number

    def collect(self) -> Iterator[Metric]:
        """All metrics, as Prometheus' library writes them."""
        totals = dict(zip(self._places, map(sum, zip(*self._rows, strict=True)), strict=True))
        yield from _families(COUNTERS, CounterMetricFamily, totals)
        yield from _families(GAUGES, GaugeMetricFamily, totals)
        yield self._durations(totals)
        yield self._versions()
        age = monotonic() - min(self._of_all(WATCHED))
        yield GaugeMetricFamily("readout_watch_age_seconds", "Since all processes saw which dataset there is.", age)
        yield GaugeMetricFamily("readout_workers", "Processes that answer requests.", len(self._rows))
        yield InfoMetricFamily("readout_build", "What runs here.", {"version": VERSION, "schema": SCHEMA})

    def _find(self, route: str, method: str, status: int) -> int:
        known = method if method in METHODS else OTHER, str(status) if str(status) in STATUSES else OTHER
        place = self._found[route, method, status] = self._places["readout_http_requests", route, *known]
        return place

    def _of_all(self, name: str) -> list[float]:
        return [row[self._places[name,]] for row in self._rows]

    def _durations(self, totals: Mapping[Column, float]) -> Metric:
        metric = HistogramMetricFamily(DURATION, "From a request's headers to the end of its answer.", labels=["route"])
        for route in self._routes:
            counts = list(accumulate(totals[DURATION, route, bound] for bound in _BOUNDS))
            if counts[-1]:
                metric.add_metric([route], list(zip(_BOUNDS, counts, strict=True)), totals[DURATION, route, SUM])
        return metric

    def _versions(self) -> Metric:
        metric = GaugeMetricFamily(
            "readout_dataset_workers", "Processes by the dataset they serve.", labels=["version"]
        )
        versions = Counter(zip(self._of_all(NUMBER), self._of_all(DIGEST), strict=True))
        for (number, digest), workers in versions.items():
            metric.add_metric([f"{number:.0f}-{int(digest):08x}" if number else NO_VERSION], workers)
        return metric


def _columns(routes: Sequence[str]) -> Iterator[Column]:
    """What is counted in a row, in its order."""
    yield from [(WATCHED,), (NUMBER,), (DIGEST,)]
    values = {
        **{"route": routes, "method": (*METHODS, OTHER), "status": (*STATUSES, OTHER), "result": ("hit", "miss")},
        **{"lane": LANES, "reason": tuple(Reason)},
    }
    for name, (_, labels) in {**COUNTERS, **GAUGES}.items():
        for of_labels in product(*(values[label] for label in labels)):
            yield name, *of_labels
    for route in routes:
        yield DURATION, route, SUM
        yield from ((DURATION, route, bound) for bound in _BOUNDS)


def _families(
    described: Mapping[str, tuple[str, list[str]]],
    kind: type[CounterMetricFamily | GaugeMetricFamily],
    totals: Mapping[Column, float],
) -> Iterator[Metric]:
    for name, (meaning, labels) in described.items():
        metric = kind(name, meaning, labels=labels)
        for (named, *values), number in totals.items():
            if named == name and (number or "route" not in labels):
                metric.add_metric(values, number)
        yield metric


def of(app: FastAPI, workers: int = 1) -> Metrics:
    """The metrics of an application that some processes serve."""
    return Metrics([route.path for route in app.routes if isinstance(route, APIRoute)], workers)


class _Answering(MetricsHandler):
    timeout = SCRAPE_SECONDS


class _Listening(ThreadingHTTPServer):
    def __init__(self, listening: socket, registry: CollectorRegistry) -> None:
        super().__init__(listening.getsockname()[:2], _Answering.factory(registry), bind_and_activate=False)
        self.socket.close()
        self.socket = listening

    def handle_error(self, *_: object) -> None:
        _log.warning("scrape failed", exc_info=True)


def serve(metrics: Metrics, listening: socket) -> None:
    """Tell the metrics to whoever asks, from a thread. Several processes may share the socket: each knows all."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(metrics)
    threading.Thread(target=_Listening(listening, registry).serve_forever, name="metrics", daemon=True).start()
