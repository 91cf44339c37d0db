"""Clients that hold connections by sending a byte of a header now and then ("slowloris")."""

import ssl
import threading
import time
from types import TracebackType
from typing import Self

from tests.deploy.proxies import HOST, Proxy

BETWEEN, PATIENCE = 0.25, 60
"""In seconds: the pause between two bytes, and how long to go on with it."""


class SlowClients:
    """Some connections, each of which sends its header bit by bit, until the other side ends it."""

    def __init__(self, proxy: Proxy, count: int) -> None:
        self._open = [self._begun(proxy) for _ in range(count)]
        self._told: list[bytes] = []
        self._thread = threading.Thread(target=self._dribble)
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

    def until_ended(self) -> list[bytes]:
        """What they were told, once all are ended."""
        self._thread.join()
        assert not self._open, f"{len(self._open)} are not ended"
        return self._told

    def _begun(self, proxy: Proxy) -> ssl.SSLSocket:
        secure = proxy.connect()
        secure.sendall(f"GET /slow HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode())
        secure.setblocking(False)
        return secure

    def _dribble(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self._open and time.monotonic() < deadline and not self._stopped.wait(BETWEEN):
            ended = [each for each in self._open if not self._goes_on(each)]
            self._open = [each for each in self._open if each not in ended]
            for each in ended:
                each.close()

    def _goes_on(self, connection: ssl.SSLSocket) -> bool:
        try:
            connection.send(b"x")
            self._told.append(connection.recv(4096))
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return True
        except OSError:
            return False
        return self._told[-1] != b""
