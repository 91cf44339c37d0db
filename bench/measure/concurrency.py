"""Throughput with 1,000 concurrent connections, compared with 64."""

from bench.measure.request_cost import require_expected
from bench.measure.rounds import Plan
from bench.measure.wrk import Requests, WrkRun, run_wrk
from bench.peers.servers import Server
from bench.results import Measure

MANY, FEW = 1_000, 64
SECONDS = 5
"""Long enough that opening the connections does not count for much."""


def plan_connections(plan: Plan, peer: str, size: int, server: Server, requests: Requests) -> None:
    """Plan the rates, in responses per second, and the number of errors with 1,000 connections."""
    errors: list[int] = []

    def many() -> float:
        run = _run(server, requests, MANY)
        errors.append(run.unexpected + run.broken)
        return run.completed / run.seconds

    def few() -> float:
        run = require_expected(_run(server, requests, FEW))
        return run.completed / run.seconds

    plan.add(Measure("rate of 64 connections", peer, size), lambda: few)
    plan.add(Measure("rate of 1,000 connections", peer, size), lambda: many)
    plan.add(Measure("errors of 1,000 connections", peer, size), lambda: lambda: errors[-1])


def _run(server: Server, requests: Requests, connections: int) -> WrkRun:
    """Run wrk, then wait until the server has finished: the other peers need the same core."""
    run = run_wrk(server, requests, connections, SECONDS)
    server.settled_cpu_seconds()
    return run
