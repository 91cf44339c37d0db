"""What became of each request: one line of the log, and the metrics."""

from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.db.work_queue import ClientLeft
from app.http.request_state import request_state
from app.server.client_address import ClientAddresses
from app.server.metrics import LEFT, Metrics

LONGEST_PATH, LONGEST_QUERY, LONGEST_AGENT = 1000, 500, 250
"""In characters, all of ASCII; so no line has more than 4,096 bytes, which a pipe takes as one (POSIX, PIPE_BUF)."""

FAILED = 500
"""What uvicorn answers where the application answers nothing."""


class AccessLog:
    """The application, with its log of requests."""

    def __init__(self, app: ASGIApp, clients: ClientAddresses, metrics: Metrics) -> None:
        self._app = app
        self._clients = clients
        self._metrics = metrics
        self._log = structlog.get_logger().bind()  # made here, and not anew for each line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        status, size = FAILED, 0

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientLeft:
            status = LEFT
        finally:
            self._count(scope, status, size, perf_counter() - begun)

    def _count(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        state, method, metrics = request_state(scope), scope["method"], self._metrics
        metrics.answered(state.route, method, status, seconds, size)
        if method in ("GET", "HEAD"):
            metrics.add("readout_cache_lookups", "hit" if state.cached else "miss")
        self._tell(scope, status, size, seconds)

    def _tell(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        state = request_state(scope)
        self._log.info(
            "request",
            method=scope["method"],
            path=_plain(scope["raw_path"], LONGEST_PATH),
            query=_plain(scope["query_string"], LONGEST_QUERY) or None,
            route=state.route,
            status=status,
            duration_ms=round(seconds * 1000, 3),
            bytes=size,
            client=self._clients.address(scope),
            dataset=state.version and str(state.version),
            cached=state.cached,
            http=scope["http_version"],
            user_agent=_plain(_user_agent(scope), LONGEST_AGENT) or None,
        )


def _user_agent(scope: Scope) -> bytes:
    for name, value in scope["headers"]:
        if name == b"user-agent":
            return bytes(value)
    return b""


def _plain(value: bytes, longest: int) -> str:
    """What a client sent, so much of it as is good, and in printable ASCII: it neither ends a line nor colours it."""
    text = value[:longest].decode("ascii", "backslashreplace")
    if not text.isprintable():
        text = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in text)
    return text[:longest]
