"""ASGI middleware of every response: request ids, common headers, the cache, redirects, preflights and errors."""

import asyncio
import re
from collections.abc import Callable
from itertools import chain, count
from secrets import token_hex

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars

from app.db.errors import Unavailable
from app.db.snapshots import Version
from app.http.error_responses import is_expected, problem_of
from app.http.negotiation import accepts, preferred_coding
from app.http.representations import BufferedResponse, chunks
from app.http.request_state import RequestState, request_state
from app.http.response_cache import ResponseCache
from app.http.response_headers import COMMON_HEADERS, PREFLIGHT_HEADERS, Headers
from app.problems import ClientDisconnected, Code, Problem
from app.refusal_counts import count_refusal

MAX_URL_BYTES = 8192
"""Path and query together."""

_STREAMED = re.compile(r"/exports/|/[a-z]+\.(csv|ndjson|ics)$")
"""The paths of files and of whole lists, which are streamed and neither buffered nor cached."""

_USED_HEADERS = {b"accept", b"accept-encoding", b"if-none-match", b"x-request-id"}
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")


class ResponseMiddleware:
    """Sends the application's responses, or cached ones, under a public URL.

    It fills in the RequestState for the log. `error_response` makes the response to a problem, which an exception means
    or the connection found. `used_query` returns the query string of a request without ignored parameters.
    """

    def __init__(
        self,
        app: ASGIApp,
        cache: ResponseCache,
        public_url: str,
        error_response: Callable[[Problem, Scope], Response],
        used_query: Callable[[Scope], bytes],
    ) -> None:
        self._app = app
        self._used_query = used_query
        self._error_response = error_response
        self.cache = cache
        self._public_url = public_url
        self._id_prefix, self._counter = token_hex(8), count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = _used_headers(scope["headers"])
        state = request_state(scope)
        state.id = self._request_id(headers.get(b"x-request-id"))
        state.coding = preferred_coding(headers.get(b"accept-encoding", b""))
        path, method = scope["path"], scope["method"]
        is_read = method in ("GET", "HEAD")
        query = scope["query_string"]
        if state.problem is not None:
            await self._respond(scope, receive, send, headers, state, query)
            return
        cached = self.cache.get((scope["raw_path"], query), state.coding) if is_read else None
        if cached is None and query:
            query = self._used_query(scope)
            cached = self.cache.get((scope["raw_path"], query), state.coding) if is_read else None
        if cached is not None and _is_accepted(headers.get(b"accept"), cached.media_type):
            state.route, state.version, state.cached = cached.route, cached.version, True
            await _send(send, cached, method, headers, state)
        elif method == "OPTIONS":
            await _send_empty(send, 204, [*self._common_headers(state), *PREFLIGHT_HEADERS], state.id)
        elif is_read and scope["raw_path"][-1:] == b"/" and path != "/":  # not `%2F`, which the redirect would keep
            redirect = [(b"location", self._url_without_slash(scope)), (b"content-length", b"0")]
            await _send_empty(send, 308, [*self._common_headers(state), *redirect], state.id)
        elif _STREAMED.match(path):
            await self._stream(scope, receive, send, state)
        else:
            await self._respond(scope, receive, send, headers, state, query)

    async def _respond(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, bytes], state: RequestState, query: bytes
    ) -> None:
        """Send the application's response, and cache it under a query string."""
        response, failure = await self._buffered_response(scope, receive, state)
        self.cache.offer((scope["raw_path"], query), response)
        await _send(send, response, scope["method"], headers, state)
        if failure is not None:
            raise failure  # the client has its response, and uvicorn logs the traceback

    async def _buffered_response(
        self, scope: Scope, receive: Receive, state: RequestState
    ) -> tuple[BufferedResponse, Exception | None]:
        """The application's response, and the unexpected exception that it raised, if it did."""
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        failure = await self._run(scope, receive, collect, messages, state)
        if state.response is not None:
            self._version(state)
            return state.response, failure
        start, *rest = messages
        parts = [message.get("body", b"") for message in rest]
        return BufferedResponse(start["status"], start["headers"], parts, self._version(state), state.route), failure

    async def _stream(self, scope: Scope, receive: Receive, send: Send, state: RequestState) -> None:
        """Send a response without buffering it, with the common headers."""
        started: list[Message] = []

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                message["headers"] = [*message["headers"], *self._common_headers(state), (b"x-request-id", state.id)]
            await send(message)

        failure = await self._run(scope, receive, send_with_headers, started, state)
        if failure is not None:
            raise failure

    async def _run(
        self, scope: Scope, receive: Receive, send: Send, sent: list[Message], state: RequestState
    ) -> Exception | None:
        """Run the application, and send an error response if it raised before it sent anything.

        Returns the exception if it is unexpected.
        """
        try:
            if state.problem is None and _url_bytes(scope) > MAX_URL_BYTES:
                state.problem = Problem(Code.uri_too_long, f"The address has more than {MAX_URL_BYTES:,} bytes.")
            if state.problem is None:
                await self._app(scope, receive, send)
            else:  # not raised: its traceback would refer to this frame, and the frame to it
                state.explain(state.problem)
                await self._error_response(state.problem, scope)(scope, receive, send)
        except ClientDisconnected:
            raise
        except Exception as error:
            problem = problem_of(error, scope["method"])
            state.explain(problem)
            if isinstance(error, Unavailable):
                count_refusal(error.reason)
            if sent:
                state.interrupted = "service"
            else:
                await self._error_response(problem, scope)(scope, receive, send)
            return None if is_expected(error) else error
        finally:
            state.route = getattr(scope.get("route"), "path", None)
        return None

    def _common_headers(self, state: RequestState) -> Headers:
        """The headers of every response, with the dataset version."""
        version = self._version(state)
        return [*COMMON_HEADERS, (b"readout-dataset", str(version).encode())] if version else COMMON_HEADERS

    def _version(self, state: RequestState) -> Version | None:
        """The dataset version that the response was read from, or the current one if it was read from none."""
        if state.version is not None and state.is_of_index:
            return state.version
        if state.version is not None:
            self.cache.watcher.observe_version(state.version)
        else:
            state.version = self.cache.version()
        return state.version

    def _url_without_slash(self, scope: Scope) -> bytes:
        path = scope["raw_path"].decode("ascii", "replace").rstrip("/") or "/"
        query = scope["query_string"]
        return f"{self._public_url}{path}".encode() + (b"?" + query if query else b"")

    def _request_id(self, requested: bytes | None) -> bytes:
        """The client's request id if it is valid, or else a new one; the log has it from here on."""
        is_valid = requested is not None and _REQUEST_ID.fullmatch(requested)
        id = requested if requested and is_valid else f"{self._id_prefix}-{next(self._counter):x}".encode()
        bind_contextvars(request_id=id.decode())
        return id


def _used_headers(headers: Headers) -> dict[bytes, bytes]:
    """The request headers that a response depends on; repeated ones are one list (RFC 9110, 5.3)."""
    used: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in _USED_HEADERS:
            used[name] = used[name] + b", " + value if name in used else value
    return used


def _url_bytes(scope: Scope) -> int:
    query = scope["query_string"]
    return len(scope["raw_path"]) + (len(query) + 1 if query else 0)


def _is_accepted(accept: bytes | None, media_type: str) -> bool:
    return accept is None or accept == b"*/*" or accepts(accept.decode("latin-1"), media_type)


async def _send(
    send: Send, response: BufferedResponse, method: str, headers: dict[bytes, bytes], state: RequestState
) -> None:
    """Send the representation that a request prefers, or 304 if the client has one."""
    representation = response.representation(state.coding)
    if_none_match = headers.get(b"if-none-match")
    if if_none_match and (if_none_match == representation.etag or response.matches(if_none_match)):
        await _send_empty(send, 304, representation.not_modified_headers, state.id)
        return
    with_id = [*representation.headers, (b"x-request-id", state.id)]
    await send({"type": "http.response.start", "status": response.status, "headers": with_id})
    if response.is_large and method != "HEAD":
        for chunk in chain.from_iterable(map(chunks, representation.parts)):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await asyncio.sleep(0)  # lets other requests run
        await send({"type": "http.response.body", "body": b""})
    else:
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else representation.parts[0]})


async def _send_empty(send: Send, status: int, headers: Headers, id: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*headers, (b"x-request-id", id)]})
    await send({"type": "http.response.body", "body": b""})
