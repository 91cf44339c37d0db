"""Clients that ask again and again while a dataset changes, and what must hold of all that they were answered."""

import asyncio
import threading
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, cycle

import httpx


@dataclass(frozen=True)
class Answer:
    """What a process answered a client, and when it was asked, and when it had."""

    process: int
    client: int
    asked: float
    answered: float
    address: str
    status: str
    version: str
    tag: str


class Readers:
    """Clients that ask one process or several for some addresses in turn, until they are stopped."""

    def __init__(self, *processes: str, ask_for: Sequence[str], clients: int) -> None:
        self.answers: list[Answer] = []
        self._urls = [httpx.URL(address) for address in processes]
        self._addresses, self._clients = ask_for, clients
        self._stop = threading.Event()
        self._told = threading.Condition()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._ask()))

    def __enter__(self) -> "Readers":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def wait_for(self, version: str) -> None:
        """Wait until every client has asked, from now on, for every address, and was answered from a version."""
        wanted = {(client, address) for client in range(self._clients) for address in self._addresses}
        now, read = time.monotonic(), len(self.answers)
        with self._told:
            while wanted:
                assert self._told.wait(30), f"{version} is not answered with"
                for answer in self.answers[read:]:
                    read += 1
                    if answer.version == version and answer.asked >= now:
                        wanted.discard((answer.client, answer.address))

    async def _ask(self) -> None:
        await asyncio.gather(*(self._read(client) for client in range(self._clients)))

    async def _read(self, client: int) -> None:
        process = client % len(self._urls)
        url = self._urls[process]
        reader, writer = await asyncio.open_connection(url.host, url.port)
        for address in cycle(self._addresses):
            if self._stop.is_set():
                break
            asked = time.monotonic()
            writer.write(f"GET {address} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
            headers = dict(line.split(": ", 1) for line in lines if line)
            await reader.readexactly(int(headers["content-length"]))
            seen = headers.get("readout-dataset", ""), headers.get("etag", "")
            with self._told:
                self.answers.append(Answer(process, client, asked, time.monotonic(), address, status[9:12], *seen))
                self._told.notify_all()
        writer.close()


def assert_no_version_is_mixed(answers: list[Answer]) -> None:
    tags: dict[tuple[str, str], str] = {}
    for answer in answers:
        assert answer.status == "200"
        assert tags.setdefault((answer.address, answer.version), answer.tag) == answer.tag, "one version, one answer"


def assert_no_way_back(answers: list[Answer], versions: list[str]) -> None:
    """Whoever asks after an answer was given is answered from the same version, or from a newer one."""
    given = sorted((answer.answered, versions.index(answer.version)) for answer in answers)
    moments, newest = [moment for moment, _ in given], list(accumulate((number for _, number in given), max))
    for answer in answers:
        before = bisect_left(moments, answer.asked)
        assert not before or versions.index(answer.version) >= newest[before - 1]
