"""A thousand connections at once, beside 64."""

from bench.figures import Key
from bench.requests import checked
from bench.rounds import Plan
from bench.servers import Server
from bench.wrk import Asked, Shot, fire

MANY, FEW = 1_000, 64
SECONDS = 5
"""Long enough that opening the connections does not count for much."""


def crowds(plan: Plan, who: str, size: int, server: Server, asked: Asked) -> None:
    """Plan the rates, in answers a second, and the errors of many."""
    broken: list[int] = []

    def many() -> float:
        shot = _fire(server, asked, MANY)
        broken.append(shot.unexpected + shot.broken)
        return shot.answered / shot.seconds

    def few() -> float:
        shot = checked(_fire(server, asked, FEW))
        return shot.answered / shot.seconds

    plan.add(Key("rate of 64 connections", who, size), lambda: few)
    plan.add(Key("rate of 1,000 connections", who, size), lambda: many)
    plan.add(Key("errors of 1,000 connections", who, size), lambda: lambda: broken[-1])


def _fire(server: Server, asked: Asked, connections: int) -> Shot:
    """A run, and then the time to finish what wrk no longer waits for: the others are served on that core too."""
    shot = fire(server, asked, connections, SECONDS)
    server.settled_cpu_seconds()
    return shot
