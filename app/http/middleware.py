"""How every request is answered: from the cache or by the application, with what every answer has."""

import re
from collections.abc import Callable
from itertools import count
from secrets import token_hex
from typing import cast

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.db.snapshots import Version
from app.db.work_queue import ClientLeft
from app.http.error_responses import is_expected
from app.http.representations import EVERYWHERE, BufferedResponse, Headers, coding
from app.http.response_cache import ResponseCache
from app.http.routing import accepts
from app.problems import Code, Problem
from app.server.logging import REQUEST_ID

LONGEST_ADDRESS = 8192
"""In bytes, path and query together."""

STREAMED = "/exports/"
"""Where files are, which are sent from the disk as they are."""

_ASKED = {b"accept", b"accept-encoding", b"if-none-match", b"x-request-id"}
_OWN_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_PREFLIGHT: Headers = [
    (b"access-control-allow-methods", b"GET, HEAD"),
    (
        b"access-control-allow-headers",
        b"Accept, Cache-Control, If-Modified-Since, If-None-Match, If-Range, Range, X-Request-ID",
    ),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, OPTIONS"),
]


class ResponseMiddleware:
    """The application, as it is served at a public address.

    It leaves in the scope what the log tells of a request: `route`, `version`, and `cached` if the answer was kept.
    What an error is answered with, `tell` says; a `problem` that the connection found is one.
    """

    def __init__(
        self, app: ASGIApp, cache: ResponseCache, public_url: str, tell: Callable[[Exception, Scope], Response]
    ) -> None:
        self._app = app
        self._tell = tell
        self.cache = cache
        self._public_url = public_url
        self._series, self._count = token_hex(8), count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = _asked(scope["headers"])
        id = self._id(asked.get(b"x-request-id"))
        path, method = scope["path"], scope["method"]
        if "problem" in scope:
            await self._answer(scope, receive, send, asked, id)
            return
        reads = method == "GET" or method == "HEAD"  # noqa: PLR1714  (twice as quick as a look into a tuple)
        kept = self.cache.get((scope["raw_path"], scope["query_string"])) if reads else None
        if kept is not None and _accepted(asked.get(b"accept"), kept.media_type):
            scope["route"], scope["version"], scope["cached"] = kept.route, kept.version, True
            await _send(send, kept, method, asked, id)
        elif method == "OPTIONS":
            await _send_empty(send, 204, [*self._stamp(scope), *_PREFLIGHT], id)
        elif reads and path[-1:] == "/" and path != "/":
            redirect = [(b"location", self._without_slash(scope)), (b"content-length", b"0")]
            await _send_empty(send, 308, [*self._stamp(scope), *redirect], id)
        elif path.startswith(STREAMED):
            await self._stream(scope, receive, send, id)
        else:
            await self._answer(scope, receive, send, asked, id)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, asked: dict[bytes, bytes], id: bytes) -> None:
        answer, failure = await self._ask(scope, receive)
        self.cache.offer((scope["raw_path"], scope["query_string"]), answer)
        await _send(send, answer, scope["method"], asked, id)
        if failure is not None:
            raise failure  # it was answered, and the server's log is to have it

    async def _ask(self, scope: Scope, receive: Receive) -> tuple[BufferedResponse, Exception | None]:
        """What the application answers, and what it failed of, if it did."""
        messages: list[Message] = []

        async def hold(message: Message) -> None:
            messages.append(message)

        failure = await self._apply(scope, receive, hold, messages)
        start, *parts = messages
        body = parts[0]["body"] if len(parts) == 1 else b"".join(part.get("body", b"") for part in parts)
        return BufferedResponse(
            start["status"], start["headers"], body, self._version(scope), scope.get("route")
        ), failure

    async def _stream(self, scope: Scope, receive: Receive, send: Send, id: bytes) -> None:
        """Send what is not held, with what every answer has."""
        started: list[Message] = []

        async def send_with_stamp(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                message["headers"] = [*message["headers"], *self._stamp(scope), (b"x-request-id", id)]
            await send(message)

        failure = await self._apply(scope, receive, send_with_stamp, started)
        if failure is not None:
            raise failure

    async def _apply(self, scope: Scope, receive: Receive, send: Send, sent: list[Message]) -> Exception | None:
        """Have the application answer, or tell the problem if nothing was sent; gives back what it failed of."""
        try:
            if "problem" in scope:
                raise scope["problem"]
            if _length(scope) > LONGEST_ADDRESS:
                raise Problem(Code.uri_too_long, f"The address has more than {LONGEST_ADDRESS:,} bytes.")
            await self._app(scope, receive, send)
        except ClientLeft:
            raise
        except Exception as error:
            if not sent:
                await self._tell(error, scope)(scope, receive, send)
            return None if is_expected(error) else error
        return None

    def _stamp(self, scope: Scope) -> Headers:
        """What every answer has, and the dataset version."""
        version = self._version(scope)
        return [*EVERYWHERE, (b"readout-dataset", str(version).encode())] if version else EVERYWHERE

    def _version(self, scope: Scope) -> Version | None:
        """The dataset version that an answer was made from, if it was made from any, or else the one that there is."""
        if "version" in scope:
            self.cache.watch.observe_version(scope["version"])
        else:
            scope["version"] = self.cache.version()
        return cast("Version | None", scope["version"])

    def _without_slash(self, scope: Scope) -> bytes:
        path = scope["raw_path"].decode("ascii", "replace").rstrip("/") or "/"
        query = scope["query_string"]
        return f"{self._public_url}{path}".encode() + (b"?" + query if query else b"")

    def _id(self, given: bytes | None) -> bytes:
        """The request's id: the caller's, if it is one."""
        id = given if given and _OWN_ID.fullmatch(given) else f"{self._series}-{next(self._count):x}".encode()
        REQUEST_ID.set(id.decode())
        return id


def _asked(headers: Headers) -> dict[bytes, bytes]:
    """Those headers of a request that its answer depends on; several lines are one list (RFC 9110, 5.3)."""
    asked: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in _ASKED:
            asked[name] = asked[name] + b", " + value if name in asked else value
    return asked


def _length(scope: Scope) -> int:
    query = scope["query_string"]
    return len(scope["raw_path"]) + (len(query) + 1 if query else 0)


def _accepted(accept: bytes | None, media_type: str) -> bool:
    return accept is None or accept == b"*/*" or accepts(accept.decode("latin-1"), media_type)


async def _send(send: Send, answer: BufferedResponse, method: str, asked: dict[bytes, bytes], id: bytes) -> None:
    """Send an answer in the form that was asked for, or that the caller has it already."""
    form = answer.form(coding(asked.get(b"accept-encoding", b"")))
    known = asked.get(b"if-none-match")
    if known is not None and (known == form.tag or answer.is_known(known)):
        await _send_empty(send, 304, form.unchanged, id)
        return
    headers = [*form.headers, (b"x-request-id", id)]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else form.body})


async def _send_empty(send: Send, status: int, headers: Headers, id: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*headers, (b"x-request-id", id)]})
    await send({"type": "http.response.body", "body": b""})
