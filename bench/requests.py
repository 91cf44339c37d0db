"""What a request costs a server, and how many it answers."""

from collections.abc import Callable
from functools import partial
from math import ceil
from time import monotonic

import httpx

from bench.rounds import Measuring, Unfit
from bench.servers import Server
from bench.wrk import Asked, Shot, fire

AT_ONCE = 16
"""How many requests are under way at once; of those that take longer than `SLOW_SECONDS`, just one."""

SLOW_SECONDS = 0.1
ANSWERS = 4
"""How many answers there are to be at the least, however long a run takes."""

_CHECKED = 3


def cost(server: Server, asked: Asked, seconds: int) -> Callable[[], Measuring]:
    """How to measure the CPU time of a request in microseconds. Raises Unfit for unexpected answers."""

    def prepare() -> Measuring:
        took = _first_answers(server, asked)
        connections = AT_ONCE if took < SLOW_SECONDS else 1
        return partial(_cost, server, asked, connections, max(seconds, ceil(took * ANSWERS)))

    return prepare


def _cost(server: Server, asked: Asked, connections: int, seconds: int) -> float:
    """The CPU time over the requests that were sent, once all of them are done, whether or not wrk waited for them."""
    before = server.settled_cpu_seconds()
    shot = checked(fire(server, asked, connections, seconds))
    return (server.settled_cpu_seconds() - before) / shot.sent * 1e6


def checked(shot: Shot) -> Shot:
    if shot.unexpected or shot.broken or not shot.answered:
        raise Unfit(f"of {shot.answered} answers {shot.unexpected} were not expected, {shot.broken} connections broke")
    return shot


def _first_answers(server: Server, asked: Asked) -> float:
    """Look at the first few answers, which also warms the server up; the seconds that the quickest took."""
    took = []
    with httpx.Client(base_url=server.address, timeout=60) as client:
        for path in (asked.paths * _CHECKED)[:_CHECKED]:
            begun = monotonic()
            answer = client.get(path, headers={"If-None-Match": asked.etag} if asked.etag else {})
            took.append(monotonic() - begun)
            if answer.status_code != asked.status:
                raise Unfit(f"answers {answer.status_code}")
    return min(took)
