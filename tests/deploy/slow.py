"""Slow clients ("slowloris"): they hold connections open by sending one byte of a header at a time."""

import ssl
import threading
import time
from types import TracebackType
from typing import Self

from tests.deploy.proxies import HOST, Proxy

PAUSE, LIMIT = 0.25, 60
"""In seconds: the pause between two bytes, and the time after which the clients give up."""


class SlowClients:
    """Connections that each send a header byte by byte until the other side closes them."""

    def __init__(self, proxy: Proxy, count: int) -> None:
        self._open = [self._opened(proxy) for _ in range(count)]
        self._received: list[bytes] = []
        self._thread = threading.Thread(target=self._send_slowly)
        self._stopped = threading.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._thread.join()
        for each in self._open:
            each.close()

    def wait_until_closed(self) -> list[bytes]:
        """Everything received, once the other side has closed all connections."""
        self._thread.join()
        assert not self._open, f"{len(self._open)} are still open"
        return self._received

    def _opened(self, proxy: Proxy) -> ssl.SSLSocket:
        secure = proxy.connect()
        secure.sendall(f"GET /slow HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode())
        secure.setblocking(False)
        return secure

    def _send_slowly(self) -> None:
        deadline = time.monotonic() + LIMIT
        while self._open and time.monotonic() < deadline and not self._stopped.wait(PAUSE):
            closed = [each for each in self._open if not self._is_open(each)]
            self._open = [each for each in self._open if each not in closed]
            for each in closed:
                each.close()

    def _is_open(self, connection: ssl.SSLSocket) -> bool:
        try:
            connection.send(b"x")
            self._received.append(connection.recv(4096))
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return True
        except OSError:
            return False
        return self._received[-1] != b""
