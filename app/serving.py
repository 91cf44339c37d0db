"""How every request is answered: from the cache or by the application, with what every answer has."""

import re
from contextvars import ContextVar
from itertools import count
from secrets import token_hex

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.answers import EVERYWHERE, Answer, Headers, coding
from app.caching import Cache
from app.routing import accepts

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="-")
"""The id of the request that is being answered, for the log."""

STREAMED = "/exports/"
"""Where files are, which are sent from the disk as they are."""

_ASKED = {b"accept", b"accept-encoding", b"if-none-match", b"x-request-id"}
_OWN_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_PREFLIGHT: Headers = [
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"Accept, Cache-Control, If-Modified-Since, If-None-Match, Range, X-Request-ID"),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, OPTIONS"),
    (b"content-length", b"0"),
]


class Serving:
    """The application, as it is served at a public address."""

    def __init__(self, app: ASGIApp, cache: Cache, public_url: str) -> None:
        self.app = app
        self.cache = cache
        self._public_url = public_url
        self._series, self._count = token_hex(8), count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = _asked(scope["headers"])
        id = self._id(asked.get(b"x-request-id"))
        path, method = scope["path"], scope["method"]
        if method in ("GET", "HEAD"):
            if path[-1:] == "/" and path != "/":
                await _send(send, 308, [*self._stamp(scope), (b"location", self._without_slash(scope))], id)
            elif path.startswith(STREAMED):
                await self.app(scope, receive, self._adding(send, id, scope))
            else:
                await self._read(scope, receive, send, asked, id)
        elif method == "OPTIONS":
            await _send(send, 204, [*self._stamp(scope), *_PREFLIGHT], id)
        else:
            await self.app(scope, receive, self._adding(send, id, scope))

    async def _read(self, scope: Scope, receive: Receive, send: Send, asked: dict[bytes, bytes], id: bytes) -> None:
        self.cache.version()
        address, failure = (scope["raw_path"], scope["query_string"]), None
        answer = self.cache.get(address)
        if answer is None or not _accepted(asked.get(b"accept"), answer.media_type):
            answer, failure = await self._ask(scope, receive)
            self.cache.offer(address, answer)
        form = answer.form(coding(asked.get(b"accept-encoding", b"")))
        known = asked.get(b"if-none-match")
        if known is not None and (known == form.tag or answer.is_known(known)):
            await _send(send, 304, form.unchanged, id)
        else:
            await _send(send, answer.status, form.headers, id, b"" if scope["method"] == "HEAD" else form.body)
        if failure is not None:
            raise failure  # it was answered, and the server's log is to have it

    async def _ask(self, scope: Scope, receive: Receive) -> tuple[Answer, Exception | None]:
        """What the application answers, and what it failed of, if it did."""
        messages: list[Message] = []

        async def hold(message: Message) -> None:
            messages.append(message)

        failure = None
        try:
            await self.app(scope, receive, hold)
        except Exception as error:
            failure = error
        start, *parts = messages
        body = b"".join(part.get("body", b"") for part in parts)
        version = scope.get("version") or self.cache.version()
        return Answer(start["status"], list(start["headers"]), body, version), failure

    def _adding(self, send: Send, id: bytes, scope: Scope) -> Send:
        """A way to send what is not held, with what every answer has."""

        async def send_with_stamp(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._stamp(scope), (b"x-request-id", id)]
            await send(message)

        return send_with_stamp

    def _stamp(self, scope: Scope) -> Headers:
        """What every answer has, and the dataset version: the one that it was made from, if it was made from any."""
        version = scope.get("version") or self.cache.version()
        return [*EVERYWHERE, (b"readout-dataset", str(version).encode())] if version else EVERYWHERE

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


def _accepted(accept: bytes | None, media_type: str) -> bool:
    return accept is None or accept == b"*/*" or accepts(accept.decode("latin-1"), media_type)


async def _send(send: Send, status: int, headers: Headers, id: bytes, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*headers, (b"x-request-id", id)]})
    await send({"type": "http.response.body", "body": body})
