"""The CPU time that a server needs for a request."""

from collections.abc import Callable
from functools import partial
from math import ceil
from time import monotonic

import httpx

from bench.measure.rounds import InvalidMeasurement, Measurement
from bench.measure.wrk import Requests, WrkRun, run_wrk
from bench.peers.servers import Server

CONCURRENCY = 16
"""Number of concurrent requests; a request that takes longer than `SLOW_SECONDS` is sent alone."""

SLOW_SECONDS = 0.1
RESPONSES = 4
"""A run takes at least as long as this number of responses."""

_WARM_UP = 3
"""How many requests are sent and checked before the measurement."""


def cost(server: Server, requests: Requests, seconds: int) -> Callable[[], Measurement]:
    """A function that prepares the measurement: the CPU time of a request, in microseconds.

    That function raises InvalidMeasurement if the server sends an unexpected response.
    """

    def prepare() -> Measurement:
        fastest = _warm_up(server, requests)
        connections = CONCURRENCY if fastest < SLOW_SECONDS else 1
        return partial(_cost, server, requests, connections, max(seconds, ceil(fastest * RESPONSES)))

    return prepare


def _cost(server: Server, requests: Requests, connections: int, seconds: int) -> float:
    """CPU microseconds per request sent, measured when all are done, even those that wrk did not wait for."""
    before = server.settled_cpu_seconds()
    run = require_expected(run_wrk(server, requests, connections, seconds))
    return (server.settled_cpu_seconds() - before) / run.sent * 1e6


def require_expected(run: WrkRun) -> WrkRun:
    """The run itself. Raises InvalidMeasurement if a response was unexpected or a connection broke."""
    if run.unexpected or run.broken or not run.completed:
        counts = f"{run.unexpected} of {run.completed} responses were unexpected"
        raise InvalidMeasurement(f"{counts}, and {run.broken} connections broke")
    return run


def _warm_up(server: Server, requests: Requests) -> float:
    """Send and check a few requests; the seconds that the fastest took."""
    took = []
    with httpx.Client(base_url=server.address, timeout=60) as client:
        for path in (requests.paths * _WARM_UP)[:_WARM_UP]:
            begun = monotonic()
            response = client.get(path, headers={"If-None-Match": requests.etag} if requests.etag else {})
            took.append(monotonic() - begun)
            if response.status_code != requests.status:
                raise InvalidMeasurement(f"responds with status {response.status_code}")
    return min(took)
