"""What a connection may take: uvicorn's protocol, held to bounds that no client of a read-only service comes near.

What goes beyond them is answered as everything else where that can be, and the connection ends.
"""

import resource
from asyncio import AbstractEventLoop, BaseTransport, Transport
from typing import Any, cast

import httptools
import uvicorn
from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from app.db.work_queue import Reason, refused
from app.http.middleware import MAX_URL_BYTES
from app.http.request_state import request_state
from app.problems import Code, Problem, try_again

HEAD_SECONDS = 10
"""How long a request's head may take to be there, from its first byte or, of the first, from the connection's begin."""

IDLE_SECONDS = 75
"""How long a connection is kept for another request: longer than proxies do (nginx 60 s, most balancers too), since one
that sends a request just as we close has lost it."""

STUCK_SECONDS = 30
"""How long a client may take nothing of what is sent to it."""

LONGEST_HEAD = 64 * 1024
"""In bytes, from the first line to the last header; browsers and proxies send at most 32 KiB. Of one that is not whole
yet, what came in one piece with its beginning is not counted: that may be the end of another request."""

LONGEST_BODY = 64 * 1024
"""In bytes: no request needs a body, and what is sent is passed over, so far."""

PIPELINED = 100
"""How many requests may follow one that is not answered yet."""

TOLD, SPARE = 64, 64
"""How many connections beyond the bound are still told so, the others being closed at once; and how many files beside
connections are open at most: databases, exports, libraries."""


def room(wanted: int) -> int:
    """How many connections there may be: as many as are wanted, if the system allows that many open files.

    Has it allow this process as many as it can: each connection is one, and the usual 1,024 are soon used up.
    """
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    return max(1, min(wanted, files - TOLD - SPARE))


class Connections(ServerState):
    """All connections of a server, and how many there may be."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


class BoundedServer(uvicorn.Server):
    """uvicorn's server, which ends what takes too long."""

    def __init__(self, config: uvicorn.Config, most: int) -> None:
        super().__init__(config)
        self.server_state = Connections(most)

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # of ten a second
            for connection in tuple(self.server_state.connections):
                cast(BoundedHttpProtocol, connection).end_if_late()
        return await super().on_tick(counter)


def configuration(app: Any, **options: Any) -> uvicorn.Config:
    """How uvicorn serves an application over such connections."""
    return uvicorn.Config(app, http=BoundedHttpProtocol, ws="none", timeout_keep_alive=IDLE_SECONDS, **options)


class BoundedHttpProtocol(HttpToolsProtocol):
    """One connection, from its first byte to its last."""

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: Connections,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._most = server_state.most
        self._due = self._moved = self.loop.time()
        self._unsent = 0
        self._in_head, self._deaf = False, False
        self._arriving, self._size = 0, 0
        self._problem: Problem | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast(Transport, transport))
        self._due = self.loop.time() + HEAD_SECONDS
        if (beyond := len(self.connections) - self._most) > 0:
            refused(Reason.too_many_connections)
            self._problem = try_again("The service has as many connections as it may have: try again later.")
            if beyond > TOLD:
                self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._deaf:
            return
        self._unset_keepalive_if_required()
        self._arriving = len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._hear_no_more()  # of the other protocol; the request is answered in this one
        except httptools.HttpParserError:
            if not self._deaf:
                self._refuse(Reason.malformed, Problem(Code.bad_request, "What was sent is no request of HTTP/1.1."))
        else:
            self._measure_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._size = True, -self._arriving  # so that what came before it in one piece does not count
        self._due = self.loop.time() + HEAD_SECONDS

    def on_headers_complete(self) -> None:
        if self._size >= 0 or self._arriving > LONGEST_HEAD:
            self._measure_headers()
        self._in_head, self._size = False, 0
        if len(self.pipeline) >= PIPELINED:
            self._give_up(Reason.too_many_pipelined)
            raise ValueError  # so that the parser stops
        if self._problem is None:
            super().on_headers_complete()
        else:
            request_state(cast(Scope, self.scope)).problem = self._problem
            super().on_headers_complete()
            self._hear_no_more()

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._size += len(body)
        if self._size > LONGEST_BODY and not self._deaf:
            self._give_up(Reason.body_too_long)

    def on_response_complete(self) -> None:
        self._due = self.loop.time() + (HEAD_SECONDS if self._in_head or self._deaf else IDLE_SECONDS)
        super().on_response_complete()

    def end_if_late(self) -> None:
        """End the connection if its client takes too long to ask, or to take what is sent to it."""
        now, unsent = self.loop.time(), self.transport.get_write_buffer_size()
        if not unsent or not self._unsent or unsent < self._unsent:
            self._moved = now
        self._unsent = unsent
        if now - self._moved > STUCK_SECONDS:
            refused(Reason.answer_not_taken)
            self.transport.abort()
        elif now > self._due and not unsent and not self._is_answering():
            if self._in_head or self.cycle is None:
                refused(Reason.head_too_slow)
            self.transport.abort()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _measure_head(self) -> None:
        """Refuse a head that goes on for too long."""
        if self._in_head:
            self._size += self._arriving
            if self._size > LONGEST_HEAD:
                self._refuse(Reason.head_too_long, self._too_long())

    def _measure_headers(self) -> None:
        """Refuse a head that is whole, and too long."""
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > LONGEST_HEAD:
            refused(Reason.head_too_long)
            self._problem = self._too_long()

    def _too_long(self) -> Problem:
        if len(self.url) > MAX_URL_BYTES:
            return Problem(Code.uri_too_long, f"The address has more than {MAX_URL_BYTES:,} bytes.")
        return Problem(Code.headers_too_long, f"The request's headers have more than {LONGEST_HEAD:,} bytes.")

    def _give_up(self, reason: Reason) -> None:
        """Answer what was asked so far, and end."""
        refused(reason)
        self._hear_no_more()

    def _hear_no_more(self) -> None:
        self._deaf = True
        if self._is_answering():
            self.cycle.keep_alive = False
        else:
            self.transport.close()

    def _refuse(self, reason: Reason, problem: Problem) -> None:
        """Answer what cannot be read by a problem, in its turn, as if it were the plainest of requests."""
        refused(reason)
        self._deaf, self._problem = True, problem
        self.transport = cast(Transport, _Lingering(self.transport))
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(b"GET * HTTP/1.1\r\n\r\n")


class _Lingering:
    """A transport that is closed on our side first, since a client that is still sending would lose the answer.

    The other side's end, or the time, closes it wholly (RFC 9112, 9.6).
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._is_ended = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def close(self) -> None:
        if self._is_ended:
            self._transport.close()
        elif not self._transport.is_closing():
            self._is_ended = True
            self._transport.write_eof()
