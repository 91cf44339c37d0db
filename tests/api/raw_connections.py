"""A service that is spoken to over raw connections, as no client of HTTP speaks to one."""

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx

from tests.api.processes import complete_lines, running
from tests.api.serving import until
from tests.forked import Process

GET = b"GET /livez HTTP/1.1\r\nHost: x\r\n"
PATIENCE = 30


class Service:
    """A process that serves, and ways to talk to it that no client of HTTP has."""

    def __init__(self, address: str, log: Path, process: Process) -> None:
        self.process = process
        self.address = address
        self.log = log
        url = httpx.URL(address)
        self.at = url.host, url.port or 80

    def connect(self) -> socket.socket:
        return socket.create_connection(self.at, PATIENCE)

    def exchange(self, *sent: bytes) -> bytes:
        """Send something, a piece at a time, and read until the other side ends."""
        with self.connect() as connection:
            for piece in sent:
                connection.sendall(piece)
            return read_to_end(connection)

    def get(self, path: str = "/livez") -> int:
        """The status of an answer, or 0 where there is none."""
        try:
            return httpx.get(f"{self.address}{path}", timeout=PATIENCE).status_code
        except httpx.TransportError:
            return 0

    def refusals(self) -> set[str]:
        """Why something was refused, as the log tells."""
        return {line["reason"] for line in complete_lines(self.log) if line["event"] == "refused"}


@contextmanager
def service(database: str, folder: Path, change: str = "pass", files: int = 0, **settings: str) -> Iterator[Service]:
    """A process with some constants changed, that may open so many files."""
    log = folder / "log"
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({files}, {files}))" if files else "pass"
    code = f"{limit}; import app.server.protocol as p; {change}; from app.__main__ import main; main()"
    with running(sys.executable, "-c", code, database=database, log=log, **settings) as (process, address):
        yield Service(address, log, process)


def read_to_end(connection: socket.socket) -> bytes:
    """What comes until the other side ends."""
    received = b""
    while piece := connection.recv(65536):
        received += piece
    return received


def parse_responses(received: bytes) -> list[tuple[int, dict[str, str], bytes]]:
    """Answers that came one after another: their status, headers and bodies."""
    found = []
    while received:
        head, _, received = received.partition(b"\r\n\r\n")
        first, *lines = head.decode().splitlines()
        headers = dict(line.lower().split(": ", 1) for line in lines)
        length = int(headers.get("content-length", 0))
        found.append((int(first.split()[1]), headers, received[:length]))
        received = received[length:]
    return found


INPUT = {
    "idle": (b"", 1),
    "requests": (GET + b"\r\n", 1),
    "long heads": (GET + b"X: " + b"x" * 16_000, 4),
    "whole long heads": (GET + b"X: " + b"x" * 60_000 + b"\r\n\r\n", 1),
    "long heads and one more": (GET + b"X: " + b"x" * 60_000 + b"\r\n\r\n" + GET + b"\r\n", 1),
    "long addresses": (b"GET /" + b"x" * 8000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 1),
    "many header lines": (GET + b"".join(b"header-%d: value-%d\r\n" % (line, line) for line in range(90)), 1),
    "pipelined": ((b"GET /search?q=a HTTP/1.1\r\nHost: x\r\n" + b"a:\r\n" * 90 + b"\r\n") * 100, 1),
    "trailers": (GET + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + b"x" * 58_000, 1),
    "bodies": (b"GET /search?q=a HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + b"x" * 15_000, 3),
}
"""The input of each of many connections, and how often it is sent."""


def send_from_4096_connections(own: Service, kind: str) -> None:
    """The process stands still while they send, as on a busy machine: then it has all their input at once."""
    sent, times = INPUT[kind]
    with ExitStack() as stack:
        connections = [stack.enter_context(own.connect()) for _ in range(4096)]
        own.process.send_signal(signal.SIGSTOP)
        for connection in connections * times:
            connection.setblocking(False)
            with suppress(OSError):
                connection.send(sent)
        own.process.send_signal(signal.SIGCONT)
        until(lambda: own.get() in (200, 503))
