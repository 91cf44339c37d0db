"""How many requests begin in one turn of the event loop, and in which order."""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import uvloop
from starlette.types import Receive, Scope, Send

from app.server.protocol import BoundedServer, uvicorn_config
from app.server.turn_limit import REQUESTS_PER_TURN, TurnLimit

CLIENTS, PATIENCE = 3 * REQUESTS_PER_TURN + 4, 30


class Application:
    """Notes in which turn of the event loop each request begins."""

    def __init__(self, requests: int) -> None:
        self._requests, self._turn = requests, 0
        self.begun: list[tuple[str, int]] = []
        """The path of each request, and the turn in which it began."""
        self.complete = asyncio.Event()
        self._count_turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.append((scope["path"], self._turn))
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        if len(self.begun) == self._requests:
            self.complete.set()

    def _count_turns(self) -> None:
        self._turn += 1
        asyncio.get_running_loop().call_soon(self._count_turns)


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=2 * CLIENTS) as own:
        yield own


def requested(*paths: str) -> bytes:
    return b"".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for path in paths)


def serve(listening: socket.socket, sent: list[bytes], requests: int) -> list[tuple[str, int]]:
    """Serve clients that have all sent their requests before the first turn; returns when each request began."""

    async def run() -> list[tuple[str, int]]:
        application = Application(requests)
        server = BoundedServer(uvicorn_config(application, lifespan="off", log_config=None), 2 * CLIENTS)
        serving = asyncio.create_task(server.serve([listening]))
        async with asyncio.timeout(PATIENCE):
            await application.complete.wait()
        server.should_exit = True
        await serving
        return application.begun

    with ExitStack() as stack:
        for piece in sent:
            client = stack.enter_context(socket.create_connection(listening.getsockname(), PATIENCE))
            client.sendall(piece)
        return uvloop.run(run())


def test_requests_beyond_the_limit_begin_in_later_turns_in_their_order(listening: socket.socket) -> None:
    paths = [f"/{number}" for number in range(CLIENTS)]
    begun, turns = zip(*serve(listening, [requested(path) for path in paths], CLIENTS), strict=True)
    assert list(begun) == paths
    assert max(Counter(turns).values()) == REQUESTS_PER_TURN


def test_pipelined_requests_keep_to_the_limit(listening: socket.socket) -> None:
    sent = [requested(*(f"/{number}/{place}" for place in range(10))) for number in range(CLIENTS)]
    begun = serve(listening, sent, 10 * CLIENTS)
    for is_first in (True, False):
        turns = Counter(turn for path, turn in begun if path.endswith("/0") is is_first)
        assert max(turns.values()) == REQUESTS_PER_TURN
    for number in range(CLIENTS):
        of_one = [(path, turn) for path, turn in begun if path.startswith(f"/{number}/")]
        assert [path for path, _ in of_one] == [f"/{number}/{place}" for place in range(10)]


class Waiting:
    """A connection that notes when it begins, or fails to."""

    def __init__(self, name: str, begun: list[str]) -> None:
        self._name, self._begun = name, begun

    def begin_request(self) -> None:
        self._begun.append(self._name)
        if self._name == "failing":
            raise ValueError


def test_a_connection_that_fails_or_leaves_keeps_no_other_waiting() -> None:
    begun: list[str] = []

    async def run() -> None:
        failures = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context["exception"]))
        limit = TurnLimit()
        while limit.may_begin():
            pass
        leaving, *others = [Waiting(name, begun) for name in ("leaving", "failing", "last")]
        for connection in (leaving, *others):
            limit.wait(connection)
        limit.leave(leaving)
        async with asyncio.timeout(PATIENCE):
            while "last" not in begun:
                await asyncio.sleep(0)
        assert [type(failure) for failure in failures] == [ValueError]
        for _ in range(3):
            await asyncio.sleep(0)
        assert limit.may_begin()

    uvloop.run(run())
    assert begun == ["failing", "last"]
