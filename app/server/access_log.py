"""The access log: one line and the metrics for each request."""

from asyncio import CancelledError
from contextlib import suppress
from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.request_state import RequestState, request_state
from app.problems import ClientDisconnected
from app.server.client_address import ClientAddresses
from app.server.metrics import CLIENT_CLOSED_REQUEST, STAGE, WAIT, Metrics

MAX_PATH, MAX_QUERY, MAX_USER_AGENT, MAX_ERROR = 500, 400, 200, 250
"""In ASCII characters: no line is longer than the 4,096 bytes that a pipe takes at once (POSIX, PIPE_BUF)."""

DEFAULT_STATUS = 500
"""The status that uvicorn sends if the application sends none."""


class AccessLog:
    """ASGI middleware that logs and counts each request."""

    def __init__(self, app: ASGIApp, clients: ClientAddresses, metrics: Metrics) -> None:
        self._app = app
        self._clients = clients
        self._metrics = metrics
        self._log = structlog.get_logger().bind()  # once: a logger is otherwise made for each line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started_at = perf_counter()
        state, status, size = request_state(scope), None, 0

        async def observe(message: Message) -> None:
            nonlocal status, size
            if state.interrupted:
                pass
            elif message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            # The service cancels it if a thread still reads for it when the service stops.
            with suppress(ClientDisconnected, CancelledError):
                await self._app(scope, receive, observe)
        finally:
            status = status or (CLIENT_CLOSED_REQUEST if state.interrupted else DEFAULT_STATUS)
            self._count(scope, state, status, size, perf_counter() - started_at)

    def _count(self, scope: Scope, state: RequestState, status: int, size: int, seconds: float) -> None:
        method, metrics = scope["method"], self._metrics
        metrics.count_response(state.route, method, status, seconds, size)
        if method in ("GET", "HEAD"):
            metrics.increment("readout_cache_lookups", "hit" if state.cached else "miss")
        if state.queue is not None and state.queue_seconds is not None:
            metrics.observe(WAIT, state.queue_seconds, state.queue)
        for stage, stage_seconds in state.stages():
            metrics.observe(STAGE, stage_seconds, stage)
        self._log_request(scope, state, status, size, seconds)

    def _log_request(self, scope: Scope, state: RequestState, status: int, size: int, seconds: float) -> None:
        self._log.info(
            "request",
            method=scope["method"],
            path=_printable(scope["raw_path"], MAX_PATH),
            query=_printable(scope["query_string"], MAX_QUERY) or None,
            route=state.route,
            status=status,
            duration_ms=_milliseconds(seconds),
            bytes=size,
            client=self._clients.address(scope),
            dataset=state.version and str(state.version),
            cached=state.cached,
            http=scope["http_version"],
            user_agent=_printable(_user_agent(scope), MAX_USER_AGENT) or None,
            error=state.error and _printable(state.error, MAX_ERROR),
            reason=state.reason,
            cause=state.cause and _printable(state.cause, MAX_ERROR),
            queue_ms=_milliseconds(state.queue_seconds),
            database_ms=_milliseconds(state.database_seconds),
            serialisation_ms=_milliseconds(state.serialisation_seconds),
            interrupted=state.interrupted,
        )


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 3)


def _user_agent(scope: Scope) -> bytes:
    for name, value in scope["headers"]:
        if name == b"user-agent":
            return bytes(value)
    return b""


def _printable(value: bytes | str, length: int) -> str:
    """A value, cut and escaped to printable ASCII: it neither ends a line nor colours a terminal."""
    part = value[:length]
    ascii = part if isinstance(part, bytes) else part.encode("ascii", "backslashreplace")
    text = ascii.decode("ascii", "backslashreplace")
    if not text.isprintable():
        text = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
    return text[:length]
