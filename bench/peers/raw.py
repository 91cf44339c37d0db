"""The upper bound: an ASGI application that sends a constant body, whose size in bytes is the path."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]

_bodies: dict[str, bytes] = {}


def _body(path: str) -> bytes:
    if path not in _bodies:
        _bodies[path] = b"x" * int(path.strip("/"))
    return _bodies[path]


async def app(
    scope: MutableMapping[str, Any],
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Send 200 with a body, or 304 if the request has `If-None-Match`."""
    if scope["type"] != "http":
        return
    if any(name == b"if-none-match" for name, _ in scope["headers"]):
        await send({"type": "http.response.start", "status": 304, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    body = _body(scope["path"])
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
