"""GET requests at a fraction of what they cost with httpx, which takes as much CPU for one as the service does.

Tests send some ten thousands of them. The responses are httpx's own, so nothing else differs.
"""

import re
import socket
from contextlib import suppress

import httptools
import httpx

CODINGS = "gzip, deflate, br, zstd"
"""The content codings that httpx accepts."""

_PLAIN = re.compile(r"/(?!/)(?:[A-Za-z0-9_/?&=,:;~+-]|(?<!/)\.|%[0-9A-Fa-f]{2})*")


def is_plain(target: str) -> bool:
    """Whether httpx would send a path and query just as they are, without escaping or normalizing anything."""
    return bool(_PLAIN.fullmatch(target))


class _Response(httpx.Response):
    """A response whose request is made only if a test looks at it."""

    def __init__(self, url: str, status: int, headers: list[tuple[bytes, bytes]], content: bytes) -> None:
        super().__init__(status, headers=headers, stream=httpx.ByteStream(content))  # `content` would add a header
        self._url = url
        self.read()

    @property  # type: ignore[misc]  # nobody sets it
    def request(self) -> httpx.Request:
        if self._request is None:
            self._request = httpx.Request("GET", self._url)
        return self._request


class _Received:
    """The received part of a response, in the form that httptools calls."""

    def __init__(self) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self.body: list[bytes] = []
        self.is_complete = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name, value))

    def on_body(self, part: bytes) -> None:
        self.body.append(part)

    def on_message_complete(self) -> None:
        self.is_complete = True


class Connections:
    """Connections to one server, which are used again; threads may share them."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._base = f"http://{host}:{port}"
        self._idle: list[socket.socket] = []

    def get(self, target: str, codings: str = CODINGS) -> httpx.Response:
        """Request a plain path and query."""
        connection = self._connect()
        try:
            connection.sendall(
                f"GET {target} HTTP/1.1\r\nHost: {self._address[0]}:{self._address[1]}\r\nAccept: */*\r\n"
                f"Accept-Encoding: {codings}\r\nUser-Agent: python-httpx/{httpx.__version__}\r\n\r\n".encode()
            )
            received = _Received()
            parser = httptools.HttpResponseParser(received)
            while not received.is_complete:
                data = connection.recv(2**16)
                if not data:
                    raise httpx.RemoteProtocolError(f"the server closed the connection before its response to {target}")
                parser.feed_data(data)
        except BaseException:
            connection.close()
            raise
        if parser.should_keep_alive():
            self._idle.append(connection)
        else:
            connection.close()
        return _Response(self._base + target, parser.get_status_code(), received.headers, b"".join(received.body))

    def close(self) -> None:
        """Close all that are not in use."""
        for connection in self._idle:
            connection.close()

    def _connect(self) -> socket.socket:
        with suppress(IndexError):
            while True:
                connection = self._idle.pop()
                with suppress(BlockingIOError):
                    connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)  # the end, or what was not requested
                    connection.close()
                    continue
                return connection
        return socket.create_connection(self._address, timeout=60)
