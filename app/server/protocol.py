"""uvicorn's HTTP protocol with limits: sizes, timeouts, pipelining, and the number of connections.

No client of a read-only service comes near the limits. A request beyond them gets an error response where that is
possible, and its connection is closed.
"""

import asyncio
import resource
import socket
from asyncio import AbstractEventLoop, BaseTransport, Transport
from contextlib import suppress
from typing import Any, Literal, cast

import httptools
import uvicorn
from starlette.types import Scope
from uvicorn._types import HTTPScope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from app.http.middleware import MAX_URL_BYTES
from app.http.request_state import request_state
from app.problems import Code, Problem, try_again
from app.refusal_counts import Reason, count_refusal
from app.server.listener import Listener
from app.server.message_validation import message_error
from app.server.turn_limit import TurnLimit

HEAD_TIMEOUT_SECONDS = 10
"""How long the head of a request may take, from its first byte, or from the connection's begin for the first one."""

KEEP_ALIVE_SECONDS = 75
"""How long an idle connection stays open: longer than in proxies (nginx: 60 s), since a proxy that sends a request just
as we close the connection loses it."""

WRITE_TIMEOUT_SECONDS = 30
"""How long a client may read nothing of its response."""

MAX_HEAD_BYTES = 64 * 1024
"""From the request line to the last header; browsers and proxies send at most 32 KiB. For an incomplete head the first
chunk is not counted: it may be the end of the previous request."""

MAX_HEADERS = 100
"""How many header lines a request may have, and how many trailers. A bound in bytes is none in objects: 64 KiB are
15,000 lines, each of which takes a hundred bytes of memory."""

MAX_BODY_BYTES = 64 * 1024
"""No request needs a body; a shorter one is ignored. Chunk extensions and trailers count (RFC 9112, 7.1)."""

MAX_PIPELINED = 100
"""How many requests may wait behind one that has no response yet."""

MAX_INPUT_BYTES, INPUT_BYTES_PER_CONNECTION = 8 * 2**20, 4096
"""How much memory the input of all connections may take together, until its response is sent, and how much of each
connection is not counted. Each may hold a head of 64 KiB, but not all of them at once."""

REQUEST_BYTES, HEADER_BYTES = 4096, 128
"""The memory that a pipelined request takes, and each header line beside its characters."""

SMALL_CHUNK_BYTES, FEW_HEADERS = 2048, 16
"""A head in a chunk of so many bytes, with so many header lines, is not measured: it takes less than a connection may
hold uncounted. Measuring each header of each request would cost a microsecond a request."""

MAX_REFUSED_CONNECTIONS, RESERVED_FILES = 64, 64
"""How many connections beyond the limit get a 503, while further ones are closed at once; and how many open files are
reserved for databases, exports and libraries."""


def connection_limit(wanted: int) -> int:
    """How many connections this process may have: those wanted, or as many as its limit of open files allows.

    Raises the soft limit of open files to the hard one: the usual 1,024 are soon used up.
    """
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    return max(1, min(wanted, files - MAX_REFUSED_CONNECTIONS - RESERVED_FILES))


class BoundedServerState(ServerState):
    """The state that all connections of a server share, with their limit."""

    def __init__(self, max_connections: int) -> None:
        super().__init__()
        self.max_connections = max_connections
        self.input_bytes = 0
        """The memory of input that has no response yet."""
        self.first_requests, self.further_requests = TurnLimit(), TurnLimit()
        """How many requests begin in a turn of the event loop. New connections do not wait behind busy ones."""


class BoundedServer(uvicorn.Server):
    """uvicorn's server, which also closes connections that time out, and accepts them as Listener does."""

    def __init__(self, config: uvicorn.Config, max_connections: int) -> None:
        super().__init__(config)
        self.server_state = BoundedServerState(max_connections)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=[])
        self.servers += [cast(asyncio.Server, Listener(each, self._make_protocol)) for each in sockets or []]

    def _make_protocol(self) -> asyncio.Protocol:
        return BoundedHttpProtocol(self.config, cast(BoundedServerState, self.server_state), self.lifespan.state)

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # there are ten ticks a second
            for connection in tuple(self.server_state.connections):
                cast(BoundedHttpProtocol, connection).close_if_timed_out()
        return await super().on_tick(counter)


def uvicorn_config(app: Any, **options: Any) -> uvicorn.Config:
    """uvicorn's configuration to serve an application by BoundedHttpProtocol."""
    return uvicorn.Config(app, http=BoundedHttpProtocol, ws="none", timeout_keep_alive=KEEP_ALIVE_SECONDS, **options)


_NO_SCOPE = cast(HTTPScope, {})


class BoundedHttpProtocol(HttpToolsProtocol):
    """One connection, from its first byte to its last."""

    # With uvicorn's, they are more attributes than the dictionaries of objects can share their keys for: 1.5 KiB each.
    __slots__ = (
        *("_shared", "_input_bytes", "_head_bytes", "_running", "_deadline", "_last_progress", "_unsent_bytes"),
        *("_in_head", "_ignores_input", "_chunk_bytes", "_first_chunk_bytes", "_received_bytes", "_problem"),
        *("_waiting_input", "_has_input_ended"),
    )

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: BoundedServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._shared = server_state
        self._input_bytes = 0
        """Its part of the server's `input_bytes`."""
        self._head_bytes: list[int] = []
        """The memory of the heads that have no response yet, the running request's first; 0 if a head is small."""
        self._running: RequestResponseCycle | None = None
        """The request that is responded to; others wait in the pipeline."""
        self._deadline = self._last_progress = self.loop.time()
        self._unsent_bytes = 0
        self._in_head, self._ignores_input = False, False
        self._chunk_bytes, self._first_chunk_bytes, self._received_bytes = 0, 0, 0
        self._problem: Problem | None = None
        self._waiting_input = b""
        """Input that is not parsed yet, because too many requests began in the same turn of the event loop."""
        self._has_input_ended = False
        """Whether the client has ended its half of the connection while it waited."""

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast(Transport, transport))
        self._deadline = self.loop.time() + HEAD_TIMEOUT_SECONDS
        if (beyond := len(self.connections) - self._shared.max_connections) > 0:
            count_refusal(Reason.too_many_connections)
            self._problem = try_again(
                "The service has as many connections as it may have: try again later.", Reason.too_many_connections
            )
            if beyond > MAX_REFUSED_CONNECTIONS:
                self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._interrupt_response("client")
        super().connection_lost(exc)  # notifies the newest request only
        self._unset_keepalive_if_required()  # also after an error: the timer would hold the connection for 75 seconds
        self._drop_input()
        self._stop_waiting()
        self._hold_input(0)
        # These refer to the connection, and it to them: memory that only the garbage collector would free.
        del self.parser, self.cycle, self._running

    def data_received(self, data: bytes) -> None:
        if self._ignores_input:
            return
        self._unset_keepalive_if_required()
        is_first = not self._waiting_input
        data = self._waiting_input + data
        if len(data) > SMALL_CHUNK_BYTES or self._is_responding() or self._is_request_incomplete():
            self._stop_waiting()
            self._parse(data)
        elif is_first and self._turn_limit.may_begin():
            self._parse(data)
        else:
            self._waiting_input = data
            self._turn_limit.wait(self)

    def begin_request(self) -> None:
        """Parse the input that waited for its turn, or begin the pipelined request that did."""
        if self._waiting_input:
            self._begin_with_input()
        else:
            super().on_response_complete()

    def _begin_with_input(self) -> None:
        data = self._waiting_input
        self._stop_waiting()
        self._parse(data)
        if self._has_input_ended:
            self._close_soon()

    def _stop_waiting(self) -> None:
        self._turn_limit.leave(self)
        self._waiting_input = b""

    @property
    def _turn_limit(self) -> TurnLimit:
        return self._shared.first_requests if self.cycle is None else self._shared.further_requests

    def eof_received(self) -> bool:  # type: ignore[override]
        """Close the connection, but behind a request that waits for its turn, or has just had it."""
        self._has_input_ended = True
        if not self._waiting_input:
            self._close_soon()
        return True  # otherwise the event loop would close it now

    def _close_soon(self) -> None:
        """Close the connection after what the event loop has to do already."""
        transport = self.transport
        whole = transport.whole if isinstance(transport, _HalfClosingTransport) else transport
        self.loop.call_soon(whole.close)

    def shutdown(self) -> None:
        if self._waiting_input:
            self._begin_with_input()
        super().shutdown()

    def _parse(self, data: bytes) -> None:
        self._chunk_bytes = len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._stop_reading()  # the request gets its response, and what follows is not HTTP
        except httptools.HttpParserError:
            if not self._ignores_input:
                self._refuse(Reason.malformed, Problem(Code.bad_request, "The request is not valid HTTP/1.1."))
        else:
            if self._is_request_incomplete():
                self._check_incomplete_request()
            elif self._input_bytes:
                self._hold_input(self._held_bytes())

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True
        self._received_bytes = -self._chunk_bytes  # the previous request may end in this chunk
        self._deadline = self.loop.time() + HEAD_TIMEOUT_SECONDS

    def on_header(self, name: bytes, value: bytes) -> None:
        headers = self.headers
        if len(headers) >= MAX_HEADERS:
            detail = f"The request has more than {MAX_HEADERS} header lines."
            self._refuse(Reason.head_too_long, Problem(Code.headers_too_long, detail))
            raise ValueError  # stops the parser
        name = name.lower()  # uvicorn's own code, since a call of it for each header costs a microsecond a request
        if name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        headers.append((name, value.strip(b" \t")))  # llhttp leaves whitespace behind a value (RFC 9112, 5.1)

    def on_headers_complete(self) -> None:
        is_pipelined = bool(self._head_bytes)
        is_small = (
            self._received_bytes < 0 and self._chunk_bytes <= SMALL_CHUNK_BYTES and len(self.headers) <= FEW_HEADERS
        )
        head_bytes = 0 if is_small else self._measure_head()
        if is_pipelined:
            head_bytes += REQUEST_BYTES
        self._in_head, self._received_bytes = False, -self._chunk_bytes  # of the body: the chunk is mostly the head
        if len(self.pipeline) >= MAX_PIPELINED:
            self._refuse_further_input(Reason.too_many_pipelined)
            raise ValueError  # stops the parser
        if head_bytes and not self._may_hold(sum(self._head_bytes) + head_bytes):
            raise ValueError  # stops the parser
        super().on_headers_complete()
        self._head_bytes.append(head_bytes)
        if not is_pipelined:
            self._running = self.cycle
        if self._problem is None:
            self._check_message()
        if self._problem is not None:
            request_state(cast(Scope, self.scope)).problem = self._problem  # the application runs later
            self._stop_reading()
            raise ValueError  # stops the parser: what follows may not be a request
        self._forget_head()

    def on_body(self, body: bytes) -> None:
        """Discard the body: nothing reads it."""

    def on_message_complete(self) -> None:
        self.headers = []  # the trailers: nothing reads them
        self.cycle.more_body = False  # also if its response is complete, unlike in uvicorn
        self.cycle.message_event.set()
        if not self.cycle.keep_alive and not self._ignores_input:
            self._stop_reading()
            raise ValueError  # stops the parser: what follows gets no response (RFC 9112, 9.6)

    def on_response_complete(self) -> None:
        if self._running is not None:
            self._running.scope = _NO_SCOPE  # an idle connection would hold the head until its next request
        self._running = self.pipeline[-1][0] if self.pipeline else None
        del self._head_bytes[0]
        if self._input_bytes:
            self._hold_input(self._held_bytes())
        expects_head = self._in_head or self._ignores_input
        self._deadline = self.loop.time() + (HEAD_TIMEOUT_SECONDS if expects_head else KEEP_ALIVE_SECONDS)
        if self.pipeline and not self._turn_limit.may_begin():
            self._turn_limit.wait(self)
        else:
            super().on_response_complete()

    def stop(self) -> None:
        """Close the connection, because the service stops and its response has taken too long."""
        self._interrupt_response("service")
        self.transport.abort()

    def _interrupt_response(self, by: Literal["client", "service"], reason: Reason | None = None) -> None:
        """End the response that is being sent, if there is one."""
        if self._running is not None and not self._running.disconnected:
            state = request_state(cast(Scope, self._running.scope))
            state.interrupted, state.reason = by, reason or state.reason
            self._running.disconnected = True
            self._running.message_event.set()

    def close_if_timed_out(self) -> None:
        """Close the connection if its client takes too long to send a request or to read a response."""
        now, unsent_bytes = self.loop.time(), self.transport.get_write_buffer_size()
        if not unsent_bytes or not self._unsent_bytes or unsent_bytes < self._unsent_bytes:
            self._last_progress = now
        self._unsent_bytes = unsent_bytes
        if now - self._last_progress > WRITE_TIMEOUT_SECONDS:
            count_refusal(Reason.answer_not_taken)
            self._interrupt_response("client", Reason.answer_not_taken)
            self.transport.abort()
        elif now > self._deadline and not unsent_bytes and not self._is_responding() and not self._waiting_input:
            if self._in_head or self.cycle is None:
                count_refusal(Reason.head_too_slow)
            self.transport.abort()

    def _is_responding(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _is_request_incomplete(self) -> bool:
        return self._in_head or (self.cycle is not None and self.cycle.more_body)

    def _check_incomplete_request(self) -> None:
        """Refuse a head or a body that is incomplete and already too long, and count the memory that it takes."""
        if self._received_bytes < 0:
            self._first_chunk_bytes = self._chunk_bytes
        self._received_bytes += self._chunk_bytes
        if self._in_head and self._received_bytes > MAX_HEAD_BYTES:
            self._refuse(Reason.head_too_long, self._head_too_long())
        elif not self._in_head and self._received_bytes > MAX_BODY_BYTES:
            self._refuse_further_input(Reason.body_too_long)
        elif not self._in_head and not self.cycle.keep_alive:
            self._stop_reading()  # no other request gets a response
        else:
            self._may_hold(self._held_bytes())

    def _held_bytes(self) -> int:
        """The memory of the input that has no response yet. A body is counted, because it may be trailers."""
        held = sum(self._head_bytes)
        if self._is_request_incomplete():
            held += self._first_chunk_bytes + max(0, self._received_bytes) + HEADER_BYTES * len(self.headers)
        return held

    def _may_hold(self, held: int) -> bool:
        """Count the memory of this connection's input, or disconnect its client if all others hold too much already.

        Pipelined requests may use half of it. The connection that goes beyond stays: if it were disconnected, each next
        one would be parsed up to the same point.
        """
        others = self._shared.input_bytes - self._input_bytes
        most = MAX_INPUT_BYTES // 2 if self._head_bytes else MAX_INPUT_BYTES
        if held <= INPUT_BYTES_PER_CONNECTION or others <= most:
            self._hold_input(held)
            return True
        count_refusal(Reason.too_much_input)
        self._drop_input()  # at once: a thousand connections may be read before one is closed
        self.transport.abort()
        return False

    def _hold_input(self, held: int) -> None:
        counted = max(0, held - INPUT_BYTES_PER_CONNECTION)
        self._shared.input_bytes += counted - self._input_bytes
        self._input_bytes = counted

    def _drop_input(self) -> None:
        """Drop all input but the head of the running request, which its task holds."""
        self._ignores_input = True
        self.pipeline.clear()
        del self._head_bytes[1:]
        self._hold_input(sum(self._head_bytes))
        self.parser = httptools.HttpRequestParser(self)
        self._forget_head()

    def _forget_head(self) -> None:
        """Drop what the request has of its own now, or what no request gets any more."""
        self.url, self.headers, self.scope = b"", [], _NO_SCOPE

    def _check_message(self) -> None:
        """Refuse a request whose version, `Host` or framing is invalid (RFC 9112, 2.3, 3.2, 6.1)."""
        if error := message_error(self.scope["http_version"], self.headers):
            count_refusal(Reason.malformed)
            self._problem = Problem(Code.bad_request, error, reason=Reason.malformed)

    def _measure_head(self) -> int:
        """The memory that a complete head takes. Refuses it if it is too long."""
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > MAX_HEAD_BYTES:
            count_refusal(Reason.head_too_long)
            self._problem = self._head_too_long()
        return size + len(self.url) + HEADER_BYTES * len(self.headers)  # the path is held as bytes and as text

    def _head_too_long(self) -> Problem:
        code, detail = Code.headers_too_long, f"The request's headers have more than {MAX_HEAD_BYTES:,} bytes."
        if len(self.url) > MAX_URL_BYTES:
            code, detail = Code.uri_too_long, f"The address has more than {MAX_URL_BYTES:,} bytes."
        return Problem(code, detail, reason=Reason.head_too_long)

    def _refuse_further_input(self, reason: Reason) -> None:
        """Respond to the requests so far, and close the connection."""
        count_refusal(reason)
        self._stop_reading()

    def _stop_reading(self) -> None:
        """Ignore further input, and close the connection after the last response: at once if it is complete."""
        self._ignores_input = True
        self._forget_head()
        self.parser = httptools.HttpRequestParser(self)  # the old one may hold 64 KiB of a trailer
        self._deadline = self.loop.time() + HEAD_TIMEOUT_SECONDS
        self.transport = self.cycle.transport = cast(Transport, _HalfClosingTransport(self.transport))
        if self._is_responding():
            self.cycle.keep_alive = False
        else:
            self.transport.close()

    def _refuse(self, reason: Reason, problem: Problem) -> None:
        """Respond with a problem to a head that cannot be parsed, by parsing a minimal request in its place."""
        if self.cycle is not None and self.cycle.more_body:  # a body: its request has a response already
            self._refuse_further_input(reason)
            return
        count_refusal(reason)
        problem.reason = reason
        self._ignores_input, self._problem = True, problem
        self.parser = httptools.HttpRequestParser(self)
        with suppress(httptools.HttpParserError):  # it is stopped like any request with a problem
            self.parser.feed_data(b"GET * HTTP/1.1\r\n\r\n")


class _HalfClosingTransport:
    """A transport that closes its sending half first: a client that still sends would lose the response otherwise.

    The client's end of the connection, or a timeout, closes it wholly (RFC 9112, 9.6).
    """

    def __init__(self, transport: Transport) -> None:
        self.whole = transport
        self._is_half_closed = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)

    def close(self) -> None:
        if self._is_half_closed:
            self.whole.close()
        elif not self.whole.is_closing():
            self._is_half_closed = True
            self.whole.write_eof()
