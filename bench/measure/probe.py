"""`python -m bench.measure.probe ADDRESS PATH SECONDS`: the latency of small requests, from a process of their own.

A request begins every `PAUSE_SECONDS`, whether the previous one has its response or not: otherwise a slow response
would hide how slow all others would have been meanwhile.
"""

import asyncio
import json
import sys
from typing import TypedDict
from urllib.parse import urlsplit

PAUSE_SECONDS = 0.01
TIMEOUT_SECONDS = 30
"""The latency of a request that fails."""

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Latencies(TypedDict):
    """Latencies in seconds: of `/livez` on new connections, and of a path on open ones."""

    livez: list[float]
    path: list[float]


async def probe(address: str, path: str, seconds: float) -> Latencies:
    """Send both requests again and again for some seconds."""
    probes, loop, tasks = _Probes(address, path), asyncio.get_running_loop(), []
    begin = loop.time()
    for number in range(int(seconds / PAUSE_SECONDS)):
        await asyncio.sleep(begin + number * PAUSE_SECONDS - loop.time())
        tasks += [asyncio.create_task(probes.request_livez()), asyncio.create_task(probes.request_path())]
    await asyncio.gather(*tasks)
    probes.close()
    return probes.latencies


class _Probes:
    def __init__(self, address: str, path: str) -> None:
        self.latencies = Latencies(livez=[], path=[])
        url = urlsplit(address)
        self._host, self._port, self._path = url.hostname, url.port, path
        self._idle: list[Streams] = []

    async def request_livez(self) -> None:
        """Measure `/livez` on a new connection, as a process manager requests it."""
        seconds, streams = await self._measure(None, "/livez")
        self.latencies["livez"].append(seconds)
        if streams:
            streams[1].close()

    async def request_path(self) -> None:
        """Measure the path on a connection that has been used before; a new one is only opened."""
        open_streams = self._idle.pop() if self._idle else None
        seconds, streams = await self._measure(open_streams, self._path)
        if open_streams or not streams:
            self.latencies["path"].append(seconds)
        if streams:
            self._idle.append(streams)

    def close(self) -> None:
        """Close the connections that are open."""
        for _, writer in self._idle:
            writer.close()

    async def _measure(self, streams: Streams | None, path: str) -> tuple[float, Streams | None]:
        """The latency of a request, and its connection unless it failed."""
        loop = asyncio.get_running_loop()
        begin = loop.time()
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                streams = streams or await asyncio.open_connection(self._host, self._port)
                if await _is_served(*streams, path):
                    return loop.time() - begin, streams
        except (OSError, EOFError, TimeoutError):
            pass
        if streams:
            streams[1].close()
        return TIMEOUT_SECONDS, None


async def _is_served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> bool:
    """Whether the response to a request is a 200; it is read to its end."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: probe\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    (length,) = (int(line[15:]) for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:")
    await reader.readexactly(length)
    return head.startswith(b"HTTP/1.1 200")


if __name__ == "__main__":
    print(json.dumps(asyncio.run(probe(sys.argv[1], sys.argv[2], float(sys.argv[3])))))
