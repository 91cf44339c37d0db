"""`make soak`, or `python -m tests.deploy.soak --minutes 30`: the service under load while its databases fail.

A primary, two standbys and a service of several workers run on this machine, under most of the load that they can
take. Every minute there is a load; in between, servers are killed, frozen and restarted. The report has the responses by
status, the reasons of refusals, the versions that a client saw go back, the longest waits, and the memory of each process.
"""

import asyncio
import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import httpx
import psycopg
import typer
from prometheus_client.parser import text_string_to_metric_families

from app.db.errors import Unavailable
from bench.datasets import Dataset, make
from bench.scaling import copy
from seed.store.migration import migrate
from tests.api.processes import complete_lines, running
from tests.api.world import CONGRESS_RECORD, write_congress
from tests.databases import load_records
from tests.deploy.test_memory import mixed_paths
from tests.postgresql import Server, server, standby

MEETINGS, CLIENTS, WORKERS = 200, 48, 2
SHARE_OF_CAPACITY = 0.8
"""How much of the requests that the service can take at most are sent."""

STEP_SECONDS = 15
"""How long a failure lasts, and then the time until the next one."""

BOUND_SECONDS = 0.05
"""How long after a version was seen an older one may be served, as documented: by another worker."""


class Versions:
    """When each version was first seen, and how often an older one was served later than the bound allows."""

    def __init__(self) -> None:
        self._seen: dict[int, float] = {}
        self.back: Counter[str] = Counter()
        self.worst = 0.0

    def take(self, version: int, asked: float, answered: float) -> None:
        newer = [seen for number, seen in self._seen.items() if number > version]
        late = asked - min(newer, default=asked)
        if late > 0:
            self.back["within the bound" if late <= BOUND_SECONDS else "beyond the bound"] += 1
            self.worst = max(self.worst, late)
        self._seen.setdefault(version, answered)


@dataclass
class Client:
    """One client, and all that it has seen. Every second client opens a connection for each request."""

    address: httpx.URL
    keeps_connection: bool
    versions: Versions
    statuses: Counter[str] = field(default_factory=Counter)
    waits: dict[str, float] = field(default_factory=dict)
    """The longest wait in seconds, by status."""
    own: Versions = field(default_factory=Versions)
    _connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str) -> None:
        """Send a request, and count its response."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(60):
                status, version = await self._response(path)
        except (OSError, EOFError, TimeoutError) as error:
            await self._close()
            status, version = type(error).__name__, None
        now = time.monotonic()
        self.statuses[status] += 1
        self.waits[status] = max(self.waits.get(status, 0), now - began)
        if version is not None:
            self.own.take(version, began, now)
            self.versions.take(version, began, now)

    async def _response(self, path: str) -> tuple[str, int | None]:
        if self._connection is None:
            self._connection = await asyncio.open_connection(self.address.host, self.address.port)
        reader, writer = self._connection
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        await reader.readexactly(int(re.findall("content-length: ([0-9]+)", head)[0]))
        if not self.keeps_connection or "connection: close" in head:
            await self._close()
        numbers = re.findall("readout-dataset: ([0-9]+)-", head)
        return head[9:12], int(numbers[0]) if numbers else None

    async def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection[1].close()
            with suppress(OSError):
                await connection[1].wait_closed()


class Clients:
    """Clients in a thread of their own, each with its next request when its time has come."""

    def __init__(self, address: str, paths: list[str]) -> None:
        self.versions = Versions()
        url = httpx.URL(address)
        self.all = [Client(url, bool(number % 2), self.versions) for number in range(CLIENTS)]
        self._paths, self._stop = paths, threading.Event()
        self.pause = 0.0
        """Seconds between two requests of a client."""

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    async def _run(self) -> None:
        await asyncio.gather(*(self._repeat(client, number) for number, client in enumerate(self.all)))

    async def _repeat(self, client: Client, number: int) -> None:
        for path in cycle(random.Random(number).sample(self._paths, len(self._paths))):
            if self._stop.is_set():
                break
            began = time.monotonic()
            await client.ask(path)
            await asyncio.sleep(max(0, self.pause * random.uniform(0.5, 1.5) - (time.monotonic() - began)))

    def total(self) -> int:
        return sum(sum(client.statuses.values()) for client in self.all)

    def by_status(self) -> Counter[str]:
        return sum((client.statuses for client in self.all), Counter())

    def calibrate(self) -> float:
        """Send as much as the service can take for some seconds, then a share of it; requests a second."""
        time.sleep(5)  # the caches fill
        before = self.total()
        time.sleep(10)
        rate = (self.total() - before) / 10 * SHARE_OF_CAPACITY
        self.pause = CLIENTS / rate
        return rate


@dataclass
class Failures:
    """The failures of the servers, in turn."""

    primary: Server
    standbys: list[Server]
    folder: Path
    loads: int = 0

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        one, other = self.standbys
        while True:
            yield "load", self.load
            yield "the first standby is killed", one.kill
            yield "it is back", one.recover
            yield "the first standby freezes", one.freeze
            yield "load", self.load
            yield "it goes on", one.thaw
            yield "the primary restarts", partial(_restart, self.primary)
            yield "the first standby restarts", partial(_restart, one)
            yield "load", self.load
            yield "both standbys are killed", partial(_kill, self.standbys)
            yield "the second one is back", other.recover
            yield "the first one is back", one.recover
            yield "load", self.load
            yield "the primary freezes", self.primary.freeze
            yield "it goes on", self.primary.thaw
            yield "the second standby freezes", other.freeze
            yield "load", self.load
            yield "it goes on", other.thaw

    def load(self) -> None:
        self.loads += 1
        record = CONGRESS_RECORD.replace("Congress of Vienna", f"Congress {self.loads}")
        with suppress(Unavailable):
            load_records(self.primary.url("readout"), write_congress(self.folder / "record", record))


def _restart(server: Server) -> None:
    server.stop()
    server.start()


def _kill(servers: list[Server]) -> None:
    for each in servers:
        each.kill()


def main(minutes: Annotated[float, typer.Option(help="How long the load lasts.")] = 30) -> None:
    """Run the service under load while its databases fail, and print what its clients saw."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        primary = stack.enter_context(server())
        dataset = _fill(primary.create("readout"), folder)
        standbys = [stack.enter_context(standby(primary)) for _ in range(2)]
        hosts = ",".join(str(each.folder) for each in (*standbys, primary))
        url = f"postgresql://postgres@/readout?host={hosts}&target_session_attrs=prefer-standby"
        log = folder / "log"
        settings = {"WEB_CONCURRENCY": str(WORKERS), "READOUT_METRICS_PORT": "0"}
        process, address = stack.enter_context(running(database=url, log=log, **settings))
        (metrics,) = (line["metrics"] for line in complete_lines(log) if line["event"] == "serving")
        clients = Clients(address, mixed_paths(dataset))
        with clients.running():
            print(f"{clients.calibrate():.0f} requests a second: {SHARE_OF_CAPACITY:.0%} of the capacity")
            before = _memory(process.pid)
            _fail(Failures(primary, standbys, folder), clients, metrics, minutes)
        time.sleep(2)  # the gauges are up to a second old
        _report(clients, log, metrics, before, _memory(process.pid))


def _fill(url: str, folder: Path) -> Dataset:
    """Fill a database with copies of the shipped record."""
    migrate(url)
    dataset = Dataset(folder / "readout.db", MEETINGS, 1)
    make(dataset)
    with psycopg.connect(url, autocommit=True) as connection:
        copy(dataset, connection)
    return dataset


def _fail(failures: Failures, clients: Clients, metrics: str, minutes: float) -> None:
    """Take one step after the other, and print what came of each; the last ones bring all servers back."""
    end, steps = time.monotonic() + minutes * 60, failures.steps()
    for name, step in steps:
        before = clients.by_status()
        step()
        time.sleep(STEP_SECONDS)
        now = clients.by_status()
        responses = ", ".join(f"{number:,} × {status}" for status, number in sorted((now - before).items()))
        print(f"{time.strftime('%H:%M:%S')} {name}: {responses}; read from {_servers(metrics)}", flush=True)
        if time.monotonic() > end and name == "load":
            break
    for each in (failures.primary, *failures.standbys):
        with suppress(OSError):
            each.thaw()
        each.recover()


def _metrics(address: str) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(httpx.get(address, timeout=60).text)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
        if "bucket" not in sample.name
    }


def _servers(metrics: str) -> str:
    """The servers that the workers read from, with the number of these."""
    values = _metrics(metrics).items()
    workers = {key[1]: value for key, value in values if key[0] == "readout_database_workers" and value}
    return ", ".join(f"{Path(name).name} ({number:.0f})" for name, number in workers.items()) or "none"


def _memory(pid: int) -> dict[str, int]:
    """The proportional set size of a process and its children in MiB, by name."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    names = {"supervisor": str(pid), **{f"worker {number}": each for number, each in enumerate(children)}}
    rollups = {name: Path(f"/proc/{each}/smaps_rollup").read_text() for name, each in names.items()}
    return {
        name: int(re.findall(r"^Pss:\s+(\d+) kB$", text, re.MULTILINE)[0]) // 1024 for name, text in rollups.items()
    }


def _refusals(log: Path) -> Counter[tuple[str, str]]:
    """The responses that were refused, by reason and cause; one of several servers is like another."""
    with log.open() as lines:
        refused = [json.loads(line) for line in lines if '"reason":"' in line and '"event":"request"' in line]
    return Counter((line["reason"], re.sub(r"postgresql-\w+|[0-9]+", "…", line["cause"] or "")) for line in refused)


def _report(clients: Clients, log: Path, metrics: str, before: dict[str, int], after: dict[str, int]) -> None:
    values = _metrics(metrics)
    print("\n| status | responses | longest wait |\n|---|---|---|")
    for status, number in sorted(clients.by_status().items()):
        print(f"| {status} | {number:,} | {max(client.waits.get(status, 0) for client in clients.all):.1f} s |")
    print("\n| reason | cause | refused |\n|---|---|---|")
    for (reason, cause), number in sorted(_refusals(log).items()):
        print(f"| {reason} | {cause} | {number:,} |")
    own: Counter[str] = sum((client.own.back for client in clients.all), Counter())
    print("\n| versions that went back | within 50 ms | later | latest |\n|---|---|---|---|")
    for name, back, worst in (
        ("for one client", own, max(client.own.worst for client in clients.all)),
        ("over all clients", clients.versions.back, clients.versions.worst),
    ):
        print(f"| {name} | {back['within the bound']:,} | {back['beyond the bound']:,} | {worst * 1000:.0f} ms |")
    print("\n| memory | at the beginning | at the end |\n|---|---|---|")
    for name, mebibytes in after.items():
        print(f"| {name} | {before.get(name, 0)} MiB | {mebibytes} MiB |")
    busy = {key[1]: value for key, value in values.items() if key[0] == "readout_readers_busy"}
    print(f"\nThreads that still read: {busy}; restarts of workers: {values['readout_worker_restarts_total',]:.0f}")


if __name__ == "__main__":
    typer.run(main)
