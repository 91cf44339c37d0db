"""New connections are accepted many at a time, and again after the system had no open file left."""

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
import uvloop

from app.server import listener
from app.server.listener import Listener

WAITING, PATIENCE = 20, 30


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A socket for which as many clients wait as WAITING says."""
    with ExitStack() as stack:
        own = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=2 * WAITING))
        for _ in range(WAITING):
            stack.enter_context(socket.create_connection(own.getsockname(), PATIENCE))
        yield own


class Accepted:
    """The turns of the event loop in which connections were made."""

    def __init__(self) -> None:
        self.turns: list[int] = []
        self._turn = 0
        self._complete = asyncio.Event()
        self._count_turns()

    async def wait(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._complete.wait()

    def protocol(self) -> asyncio.Protocol:
        return _Counted(self)

    def add(self) -> None:
        self.turns.append(self._turn)
        if len(self.turns) == WAITING:
            self._complete.set()

    def _count_turns(self) -> None:
        self._turn += 1
        asyncio.get_running_loop().call_soon(self._count_turns)


class _Counted(asyncio.Protocol):
    def __init__(self, accepted: Accepted) -> None:
        self._accepted = accepted

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._accepted.add()
        transport.close()


async def _accept(listening: socket.socket) -> list[int]:
    accepted = Accepted()
    with closing(Listener(listening, accepted.protocol)):
        await accepted.wait()
    return accepted.turns


def test_one_turn_of_the_event_loop_accepts_all_that_wait(listening: socket.socket) -> None:
    assert len(set(uvloop.run(_accept(listening)))) == 1


def test_a_turn_accepts_no_more_than_its_share(listening: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "MAX_ACCEPTED", WAITING // 2)
    assert len(set(uvloop.run(_accept(listening)))) == 2


def test_connections_are_accepted_again_once_there_are_open_files(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "RETRY_SECONDS", 0)
    without_files = _WithoutFiles(listening, times=2)
    assert len(uvloop.run(_accept(without_files))) == WAITING  # type: ignore[arg-type]
    assert without_files.times == 0


class _WithoutFiles:
    """A listening socket of a system that has no open file left for its first connections."""

    def __init__(self, own: socket.socket, times: int) -> None:
        self._own, self.times = own, times

    def accept(self) -> Any:
        if self.times:
            self.times -= 1
            raise OSError(errno.EMFILE, "Too many open files")
        return self._own.accept()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)
