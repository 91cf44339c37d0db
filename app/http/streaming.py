"""Streamed responses: a thread reads the body from one snapshot while it is sent.

The memory of a response does not depend on its length. A response that fails on its way ends without the last chunk
(RFC 9112, 7.1), so no client takes a part of it for the whole.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import closing
from functools import partial
from hashlib import sha256
from itertools import chain
from math import inf
from time import monotonic
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from app.db.errors import Interrupted, QueryTimeout
from app.db.read_pool import ReadPool
from app.db.request_context import RequestContext
from app.db.snapshots import Version
from app.db.timeouts import TABLE_TIMEOUT_SECONDS
from app.http.conditional_requests import http_date, matches_etag
from app.http.cpu_share import CpuShare
from app.http.negotiation import CODINGS, preferred_coding
from app.http.query_params import Params
from app.http.representations import compressed, etag_of
from app.http.request_state import request_state
from app.http.response_headers import CACHE_CONTROL, Headers
from app.http.routing import ContractRoute, run_in, with_index
from app.problems import ClientDisconnected, Code, Problem
from app.version import VERSION

_CONTENT_TYPES = {
    "text/csv": "text/csv; charset=utf-8; header=present",  # RFC 4180, 3
    "text/calendar": "text/calendar; charset=utf-8",
}
"""The content type for a media type that has parameters."""


class StreamRoute(ContractRoute):
    """A route whose endpoint returns an iterator over the chunks of a body, which a client saves as a file.

    Its entity tag is made from the dataset version and the URL, so `HEAD` and "not modified" read nothing. The endpoint
    raises a Problem before it returns the iterator.
    """

    def must_check(self, params: Params) -> bool:
        """Whether the endpoint may still refuse valid parameters, so that `HEAD` has to call it, too."""
        return False

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        params, arguments = self._validate(scope, receive)
        if scope["http_version"] == "1.0":
            detail = "This response is sent in chunks, which HTTP/1.0 does not have: request it with HTTP/1.1."
            raise Problem(Code.bad_request, detail)
        coding = preferred_coding(_header(scope, b"accept-encoding"))
        state, version = request_state(scope), scope["app"].state.cache.version()
        if version is not None and self._matches(scope, version, _header(scope, b"if-none-match")):
            state.version = version
            await _send_head(send, 304, self._cache_headers(scope, version, coding))
        elif version is not None and scope["method"] == "HEAD" and not self.must_check(params):
            state.version = version
            await _send_head(send, 200, self._headers(scope, version, coding))
        else:
            await self._send_body(scope, receive, send, params, arguments, coding)

    async def _send_body(
        self, scope: Scope, receive: Receive, send: Send, params: Params, arguments: dict[str, Any], coding: str
    ) -> None:
        read_pool: ReadPool = scope["app"].state.read_pool
        sender = _ThreadSender(send)
        watch = asyncio.create_task(sender.stop_on_disconnect(receive))
        try:
            stream = partial(self._stream, sender, scope, params, arguments, coding)
            in_queue = partial(run_in, read_pool.table_queue, receive, request_state(scope), stream)
            await with_index(scope, receive, in_queue)
        finally:
            sender.stop()
            watch.cancel()
        await send({"type": "http.response.body", "body": b""})

    def _stream(
        self, sender: "_ThreadSender", scope: Scope, params: Params, arguments: dict[str, Any], coding: str
    ) -> None:
        """Read and send the response; if the database breaks off before anything is sent, do so once again."""
        sender.deadline = monotonic() + TABLE_TIMEOUT_SECONDS
        try:
            self._read_and_send(sender, scope, params, arguments, coding)
        except Interrupted:
            if sender.started:
                raise
            self._read_and_send(sender, scope, params, arguments, coding)

    def _read_and_send(
        self, sender: "_ThreadSender", scope: Scope, params: Params, arguments: dict[str, Any], coding: str
    ) -> None:
        read_pool: ReadPool = scope["app"].state.read_pool
        with read_pool.snapshot() as (connection, version):
            request_state(scope).version = version
            open_index, settings = scope["app"].state.open_index, read_pool.settings
            context = RequestContext(
                settings, scope["path"], params, connection, read_pool.dialect, version, open_index=open_index
            )
            with closing(self.endpoint(**{str(self._context_name): context}, **arguments)) as chunks:
                body = [next(chunks)] if scope["method"] == "GET" else []
                sender.send(_start(200, self._headers(scope, version, coding)))
                if body:
                    for chunk in compressed(sender.checked(chain(body, chunks)), coding):
                        sender.send({"type": "http.response.body", "body": chunk, "more_body": True})

    def _headers(self, scope: Scope, version: Version, coding: str) -> Headers:
        media_type = str(self._media_type)
        headers: Headers = [
            (b"content-type", _CONTENT_TYPES.get(media_type, media_type).encode()),
            (b"content-disposition", f'attachment; filename="{scope["path"][1:]}"'.encode()),
        ]
        if coding != "identity":
            headers.append((b"content-encoding", coding.encode()))
        return [*headers, *self._cache_headers(scope, version, coding)]

    def _cache_headers(self, scope: Scope, version: Version, coding: str) -> Headers:
        return [
            (b"etag", etag_of(self._hash(scope, version), coding)),
            (b"cache-control", CACHE_CONTROL),
            (b"vary", b"Accept-Encoding"),
            (b"last-modified", http_date(version.loaded_at)),
        ]

    def _matches(self, scope: Scope, version: Version, if_none_match: bytes) -> bool:
        hash = self._hash(scope, version)
        return matches_etag(if_none_match, {etag_of(hash, coding) for coding in ("identity", *CODINGS)})

    def _hash(self, scope: Scope, version: Version) -> str:
        """A hash of everything that the body depends on.

        The digest alone does not do: with an equal digest, another history has other values of `changed_in`.
        """
        load = (version.number, version.digest, version.loaded_at.isoformat())
        url = (scope["app"].state.settings.public_url, scope["raw_path"].decode("latin-1"))
        query = scope["query_string"].decode("latin-1")
        return sha256(json.dumps([*load, *url, query, VERSION]).encode()).hexdigest()[:32]


def _header(scope: Scope, name: bytes) -> bytes:
    """The value of a request header; several are one list (RFC 9110, 5.3)."""
    return b", ".join(value for given, value in scope["headers"] if given == name)


class _ThreadSender:
    """Sends the messages of a response from a thread, which waits until the client has taken the previous ones."""

    def __init__(self, send: Send) -> None:
        self._send, self._loop = send, asyncio.get_running_loop()
        self.deadline = inf
        self._stopped = False
        self._sending: Future[None] | None = None
        self.started = False

    def send(self, message: Message) -> None:
        """Send a message. Raises ClientDisconnected, or QueryTimeout after the deadline."""
        self.started = True
        self._sending = asyncio.run_coroutine_threadsafe(_awaited(self._send, message), self._loop)
        try:
            self._sending.result(max(0, self.deadline - monotonic()))
        except CancelledError:
            raise ClientDisconnected from None
        except TimeoutError:
            self._sending.cancel()
            raise QueryTimeout(_TOO_LONG) from None

    def checked(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Some chunks, as long as a client waits for them. Raises ClientDisconnected, or QueryTimeout."""
        share = CpuShare()
        for chunk in chunks:
            share.pause()
            if self._stopped:
                raise ClientDisconnected
            if monotonic() > self.deadline:
                raise QueryTimeout(_TOO_LONG)
            yield chunk

    def stop(self) -> None:
        """Have the thread end, after its next chunk at the latest."""
        self._stopped = True
        if self._sending is not None:
            self._sending.cancel()

    async def stop_on_disconnect(self, receive: Receive) -> None:
        """Stop when the client closes its connection, or when the service stops."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self.stop()


_TOO_LONG = (
    f"The response took more than {TABLE_TIMEOUT_SECONDS} seconds and was cut off: ask for less, or download an export."
)


async def _awaited(send: Send, message: Message) -> None:
    await send(message)


def _start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


async def _send_head(send: Send, status: int, headers: Headers) -> None:
    await send(_start(status, headers))
    await send({"type": "http.response.body", "body": b""})
