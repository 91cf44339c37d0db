"""A reader of the log that hangs or is gone stops no request; lines that cannot be written are counted."""

import json
import os
import pty
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from app.server.line_writer import MAX_WAITING_BYTES, LineWriter
from tests.amounts import LOG_DESTINATIONS
from tests.api.conftest import World
from tests.api.processes import PATIENCE, environment, until
from tests.api.test_metrics import Measured
from tests.databases import Databases
from tests.disks import small_disk
from tests.forked import start_python

pytestmark = pytest.mark.sqlite  # what is logged does not turn on the database

LONG = "/nothing/" + "'" * 491 + "?" + "'" * 400
REQUESTS = 300
"""So many long lines are more than a pipe or a socket and the writer hold."""

LITTLE = """
import app.server.line_writer
from app.__main__ import main
app.server.line_writer.MAX_WAITING_BYTES = 50_000
main()
"""
"""A service whose writer holds little."""


@pytest.fixture
def database(world: World, databases: Databases) -> str:
    return databases.copy(world.database)


@contextmanager
def logging_to(stdout: int, database: str, **settings: str) -> Iterator[Measured]:
    """A process whose log goes to a file descriptor, on ports of ours: nobody may be able to read its log."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        port, metrics_port = (each.getsockname()[1] for each in (one, other))
    env = environment(database, **{**settings, "PORT": str(port), "READOUT_METRICS_PORT": str(metrics_port)})
    process = start_python("-c", LITTLE, environment=env, stdout=stdout)
    try:
        measured = Measured(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{metrics_port}/metrics", database)
        until(lambda: is_served(measured.address))
        yield measured
        process.terminate()
        _, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, err) == (0, "")
    finally:
        process.kill()


def is_served(address: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{address}/livez").status_code == 200
    return False


def ask(measured: Measured, times: int = REQUESTS) -> None:
    with httpx.Client(base_url=measured.address, timeout=PATIENCE) as client:
        assert {client.get(LONG).status_code for _ in range(times)} == {404}


def held(stack: ExitStack, ends: tuple[int, int]) -> int:
    """The second of two ends, both of which stay open meanwhile."""
    for end in ends:
        stack.callback(os.close, end)
    return ends[1]


def pipe(stack: ExitStack) -> int:
    return held(stack, os.pipe())


def closed_pipe(stack: ExitStack) -> int:
    reading, writing = os.pipe()
    os.close(reading)
    stack.callback(os.close, writing)
    return writing


def stream(stack: ExitStack) -> int:
    """As systemd gives one to its services."""
    ours, theirs = socket.socketpair()
    stack.enter_context(ours)
    return stack.enter_context(theirs).fileno()


def terminal(stack: ExitStack) -> int:
    return held(stack, pty.openpty())


def full_disk(stack: ExitStack) -> int:
    return stack.enter_context(open("/dev/full", "wb")).fileno()  # noqa: PTH123


Open = Callable[[ExitStack], int]


CASES = [(pipe, "2"), (terminal, "1"), (pipe, "1"), (closed_pipe, "1"), (stream, "1"), (full_disk, "2")]


@pytest.mark.long
@pytest.mark.parametrize(
    ("open", "workers"), CASES[:LOG_DESTINATIONS], ids=lambda part: getattr(part, "__name__", part)
)
def test_a_log_that_nobody_reads_stops_no_request(database: str, open: Open, workers: str) -> None:
    with ExitStack() as stack:
        stdout = open(stack)
        with logging_to(stdout, database, WEB_CONCURRENCY=workers) as measured:
            ask(measured, REQUESTS * int(workers))
            measured.wait_for(lambda values: values["readout_log_lines_dropped_total",] > 0)
            assert os.get_blocking(stdout), "the shell that shares it expects it to wait"


def test_a_reader_that_goes_on_gets_the_newer_lines_and_how_many_it_missed(database: str) -> None:
    with ExitStack() as stack:
        reading, writing = os.pipe()
        stack.callback(os.close, writing)
        log = stack.enter_context(open(reading, encoding="ascii"))  # noqa: PTH123
        with logging_to(writing, database) as measured:
            ask(measured)
            measured.wait_for(lambda values: values["readout_log_lines_dropped_total",] > 0)
            lines = []
            for line in log:
                lines.append(json.loads(line))
                if lines[-1]["event"] == "log lines dropped":
                    break
            measured.wait_for(lambda values: values["readout_log_lines_dropped_total",] == lines[-1]["lines"])
            assert sum(line.get("path", "").startswith("/nothing") for line in lines) + lines[-1]["lines"] == REQUESTS
            ask(measured, 1)
            assert json.loads(log.readline())["path"].startswith("/nothing")


def test_a_disk_that_was_full_has_whole_lines_only(database: str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 512) as disk:
        log, ballast = disk / "log", disk / "ballast"
        ballast.write_bytes(b"x" * 256 * 1024)
        with log.open("ab") as stdout, logging_to(stdout.fileno(), database) as measured:
            ask(measured)
            measured.wait_for(lambda values: values["readout_log_lines_dropped_total",] > 0)
            ballast.unlink()
            ask(measured, 10)
            until(lambda: b"log lines dropped" in log.read_bytes())
        events = [json.loads(line)["event"] for line in log.read_text().splitlines()]
    assert events.count("log lines dropped") == 1


def test_a_line_longer_than_a_pipe_is_written_in_pieces(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    lines = [letter * size for letter, size in ((b"a", 300_000), (b"b", 10), (b"c", 100_000))]
    writer = LineWriter(writing)
    for line in lines:
        writer.write(line)
    os.set_blocking(reading, False)
    received = b""
    while received.count(b"\n") < len(lines):
        received += os.read(reading, 2**20)
        writer.finish()
    assert received.splitlines() == lines and writer.dropped == 0
    os.close(reading)
    os.close(writing)


def test_waiting_lines_are_bounded() -> None:
    reading, writing = os.pipe()
    writer = LineWriter(writing)
    for _ in range(3 * MAX_WAITING_BYTES // 1000):
        writer.write(b"x" * 1000)
    assert 1.5 * MAX_WAITING_BYTES < writer.dropped * 1000 < 2 * MAX_WAITING_BYTES
    os.close(reading)
    os.close(writing)
