"""A thousand connections at once, beside 64."""

from functools import partial

from bench.figures import Key
from bench.requests import checked
from bench.rounds import Plan
from bench.servers import Server
from bench.wrk import Asked, fire

MANY, FEW = 1_000, 64
SECONDS = 5
"""Long enough that opening the connections does not count for much."""


def crowds(plan: Plan, who: str, size: int, server: Server, asked: Asked) -> None:
    """Plan the rates, in answers a second, and the errors of many."""
    broken: list[int] = []

    def many() -> float:
        shot = fire(server, asked, MANY, SECONDS)
        broken.append(shot.unexpected + shot.broken)
        return shot.answered / shot.seconds

    plan.add(Key("rate of 64 connections", who, size), lambda: partial(_few, server, asked))
    plan.add(Key("rate of 1,000 connections", who, size), lambda: many)
    plan.add(Key("errors of 1,000 connections", who, size), lambda: lambda: broken[-1])


def _few(server: Server, asked: Asked) -> float:
    shot = checked(fire(server, asked, FEW, SECONDS))
    return shot.answered / shot.seconds
