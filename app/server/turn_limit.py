"""How many requests begin in one turn of the event loop, so that no turn takes long however many clients there are."""

import asyncio
from collections import OrderedDict
from typing import Protocol

REQUESTS_PER_TURN = 16
"""How many requests of one kind may begin in one turn. A cached response takes less than a tenth of a millisecond."""


class WaitingConnection(Protocol):
    """A connection that keeps what it received until it is its turn."""

    def begin_request(self) -> None:
        """Parse what was received."""


class TurnLimit:
    """Counts the requests that begin in each turn; connections beyond the limit wait for a later one, in order.

    A new connection needs some turns until its request begins: to be accepted, opened and read. While 2,000 clients
    each want a cached response, each turn would otherwise take a fifth of a second.
    """

    def __init__(self) -> None:
        self._left = REQUESTS_PER_TURN
        self._waiting: OrderedDict[WaitingConnection, None] = OrderedDict()

    def may_begin(self) -> bool:
        """Whether a request may begin in this turn; if so, it counts."""
        if not self._left:
            return False
        if self._left == REQUESTS_PER_TURN:
            asyncio.get_running_loop().call_soon(self._begin_turn)
        self._left -= 1
        return True

    def wait(self, connection: WaitingConnection) -> None:
        """Let a connection begin its request in a later turn; one that waits already stays in its place."""
        self._waiting[connection] = None

    def leave(self, connection: WaitingConnection) -> None:
        """Forget a connection that waits no more."""
        self._waiting.pop(connection, None)

    def _begin_turn(self) -> None:
        """Let those begin that wait, and others in what they leave of this turn."""
        self._left = REQUESTS_PER_TURN
        try:
            while self._left and self._waiting:
                self._left -= 1
                self._waiting.popitem(last=False)[0].begin_request()
        finally:
            if self._left < REQUESTS_PER_TURN:
                asyncio.get_running_loop().call_soon(self._begin_turn)
