"""How many requests begin in one turn of the event loop, and in which order."""

import asyncio
from collections import Counter

import uvloop
from starlette.types import Message, Receive, Scope, Send

from app.server.turn_limit import REQUESTS_PER_TURN, TurnLimit


class Application:
    """Notes in which turn of the event loop each request began."""

    def __init__(self) -> None:
        self.turn = 0
        self.begun: list[tuple[int, int]] = []
        """The number of each request, and the turn in which it began."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.append((scope["number"], self.turn))

    def count_turns(self) -> None:
        self.turn += 1
        asyncio.get_running_loop().call_soon(self.count_turns)


async def request(limit: TurnLimit, number: int) -> None:
    messages: asyncio.Queue[Message] = asyncio.Queue()
    await limit({"type": "http", "number": number}, messages.get, messages.put)


def test_requests_beyond_the_limit_begin_in_the_next_turns_in_their_order() -> None:
    application = Application()

    async def run() -> None:
        limit = TurnLimit(application)
        application.count_turns()
        first = [asyncio.create_task(request(limit, number)) for number in range(3 * REQUESTS_PER_TURN)]
        await asyncio.sleep(0)  # a turn later, others come: they wait behind those that came first
        later = [asyncio.create_task(request(limit, 3 * REQUESTS_PER_TURN + number)) for number in range(3)]
        await asyncio.gather(*first, *later)

    uvloop.run(run())
    numbers, turns = zip(*application.begun, strict=True)
    assert numbers == tuple(range(3 * REQUESTS_PER_TURN + 3))
    assert [*Counter(turns).values()] == [REQUESTS_PER_TURN, REQUESTS_PER_TURN, REQUESTS_PER_TURN, 3]


def test_a_request_that_ends_while_it_waits_takes_no_turn_of_another() -> None:
    application = Application()

    async def run() -> None:
        limit = TurnLimit(application)
        application.count_turns()
        requests = [asyncio.create_task(request(limit, number)) for number in range(3 * REQUESTS_PER_TURN)]
        await asyncio.sleep(0)
        for waiting in requests[REQUESTS_PER_TURN : 2 * REQUESTS_PER_TURN]:
            waiting.cancel()
        await asyncio.gather(*requests, return_exceptions=True)

    uvloop.run(run())
    assert [*Counter(turn for _, turn in application.begun).values()] == [REQUESTS_PER_TURN, REQUESTS_PER_TURN]
