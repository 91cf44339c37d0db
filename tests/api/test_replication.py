"""A primary, two standbys, and processes that read from them: loads are seen, and servers are lost."""

import asyncio
import threading
import time
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import accumulate, cycle
from pathlib import Path
from statistics import median

import httpx
import psycopg
import pytest

from seed.migration import migrate
from tests.api.processes import running
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_congress
from tests.databases import load_records
from tests.postgresql import Server, server, standby

READ = [f"/delegates/{CONGRESS}.jane-roe", "/delegates?limit=5", f"/meetings/{CONGRESS}/readout", "/dataset"]
READERS = 8
LOADS = 10
LAG = 0.05
"""In seconds: how long an answer may be older than what its standby shows."""
NEWEST = "SELECT number || '-' || left(digest, 8) FROM dataset_version ORDER BY number DESC LIMIT 1"


@dataclass(frozen=True)
class Cluster:
    primary: Server
    standbys: list[Server]

    def address(self, *servers: Server) -> str:
        """The address of a database that may be read from any of some servers: the first standby, or else the first."""
        folders = ",".join(str(server.folder) for server in servers)
        return f"postgresql://postgres@/readout?host={folders}&target_session_attrs=prefer-standby"

    def load(self, folder: Path) -> str:
        """Load a record into the primary, as the command line does; the version that it made."""
        return load_records(self.primary.url("readout"), folder).version


@pytest.fixture
def cluster(postgresql: Server) -> Iterator[Cluster]:
    with ExitStack() as stack:
        primary = stack.enter_context(server())
        migrate(primary.create("readout"))
        yield Cluster(primary, [stack.enter_context(standby(primary)) for _ in range(2)])


@dataclass(frozen=True)
class Answer:
    """What a process answered, and when it was asked, and when it had."""

    process: int
    asked: float
    answered: float
    address: str
    status: str
    version: str
    tag: str


class Readers:
    """Clients that ask two processes again and again, until they are told to stop."""

    def __init__(self, *addresses: str) -> None:
        self.answers: list[Answer] = []
        self._urls = [httpx.URL(address) for address in addresses]
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
        """Wait until every process has answered every address from a version, some times and from now on."""
        wanted = {(process, address): 3 for process in range(len(self._urls)) for address in READ}
        begun = len(self.answers)
        with self._told:
            while wanted:
                assert self._told.wait(30), f"{version} is not answered with"
                for answer in self.answers[begun:]:
                    begun += 1
                    if answer.version == version and (place := (answer.process, answer.address)) in wanted:
                        wanted[place] -= 1
                        wanted = {place: times for place, times in wanted.items() if times}

    async def _ask(self) -> None:
        await asyncio.gather(*(self._read(number % len(self._urls)) for number in range(READERS)))

    async def _read(self, process: int) -> None:
        url = self._urls[process]
        reader, writer = await asyncio.open_connection(url.host, url.port)
        for address in cycle(READ):
            if self._stop.is_set():
                break
            asked = time.monotonic()
            writer.write(f"GET {address} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
            headers = dict(line.split(": ", 1) for line in lines if line)
            await reader.readexactly(int(headers["content-length"]))
            told = headers.get("readout-dataset", ""), headers.get("etag", "")
            with self._told:
                self.answers.append(Answer(process, asked, time.monotonic(), address, status[9:12], *told))
                self._told.notify_all()
        writer.close()


class Replay:
    """When a standby first showed each version, as one who asks it all the time sees."""

    def __init__(self, server: Server) -> None:
        self.shown: dict[str, float] = {}
        self._server = server
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def join(self) -> None:
        """Wait until the server is gone."""
        self._thread.join()

    def _watch(self) -> None:
        with suppress(psycopg.OperationalError), psycopg.connect(self._server.url("readout")) as connection:
            connection.autocommit = True
            while True:
                for (version,) in connection.execute(NEWEST):
                    self.shown.setdefault(version, time.monotonic())


def test_loads_are_seen_and_servers_are_lost(cluster: Cluster, tmp_path: Path) -> None:
    """No error, no answer that mixes versions, none that is older than one before it, none that lags its standby."""
    primary, (one, other) = cluster.primary, cluster.standbys
    versions = [load_another(cluster, tmp_path)]
    replays = [Replay(one), Replay(other)]
    with (
        running(database=cluster.address(one, other, primary)) as (_, first),
        running(database=cluster.address(other, one, primary)) as (_, second),
        Readers(first, second) as readers,
    ):
        for _ in range(LOADS):
            versions.append(load_another(cluster, tmp_path))
            readers.wait_for(versions[-1])
        one.kill()
        readers.wait_for(versions[-1])
        versions.append(load_another(cluster, tmp_path))
        readers.wait_for(versions[-1])
        primary.kill()
        readers.wait_for(versions[-1])
    other.kill()
    assert {answer.status for answer in readers.answers} == {"200"}
    assert_no_version_is_mixed(readers.answers)
    for process, replay in enumerate(replays):
        replay.join()
        answers = [answer for answer in readers.answers if answer.process == process]
        assert_no_way_back(answers, versions)
        assert median(lags(answers, versions, replay.shown)) <= LAG  # each would turn on what else the machine does


def assert_no_version_is_mixed(answers: list[Answer]) -> None:
    tags: dict[tuple[str, str], str] = {}
    for answer in answers:
        assert tags.setdefault((answer.address, answer.version), answer.tag) == answer.tag, "one version, one answer"


def assert_no_way_back(answers: list[Answer], versions: list[str]) -> None:
    """Whoever asks after an answer was given is answered from the same version, or from a newer one."""
    given = sorted((answer.answered, versions.index(answer.version)) for answer in answers)
    moments, newest = [moment for moment, _ in given], list(accumulate((number for _, number in given), max))
    for answer in answers:
        before = bisect_left(moments, answer.asked)
        assert not before or versions.index(answer.version) >= newest[before - 1]


def lags(answers: list[Answer], versions: list[str], shown: dict[str, float]) -> list[float]:
    """Of each version, how long after its standby showed it a request was still answered with one before it."""
    numbers = {version: number for number, version in enumerate(versions)}
    return [
        max(answer.asked - moment for answer in answers if numbers[answer.version] < numbers[version])
        for version, moment in shown.items()
        if numbers[version]
    ]


def test_a_read_that_recovery_cancels_is_tried_again(cluster: Cluster, tmp_path: Path) -> None:
    """A standby that waits for nobody cancels whoever reads when it removes what the primary has vacuumed away."""
    primary, (one, _) = cluster.primary, cluster.standbys
    one.execute("ALTER SYSTEM SET max_standby_streaming_delay = 0")
    one.execute("SELECT pg_reload_conf()")
    version = load_another(cluster, tmp_path)
    with running(database=cluster.address(one), READOUT_CACHE_MIB="0") as (_, address), Readers(address) as readers:
        while not one.execute("SELECT 1 FROM pg_stat_database_conflicts WHERE confl_snapshot >= 10", "readout"):
            primary.execute("UPDATE list_size SET items = items", "readout")
            primary.execute("VACUUM list_size", "readout")
            readers.wait_for(version)
    assert {answer.status for answer in readers.answers} == {"200"}


def load_another(cluster: Cluster, folder: Path) -> str:
    """Load the congress under another title."""
    title = f"Congress of {time.monotonic_ns()}"
    return cluster.load(write_congress(folder / "record", CONGRESS_RECORD.replace("Congress of Vienna", title)))
