"""Signals while responses are sent: nobody gets a trace, and the log says what was interrupted."""

import json
import os
import pty
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.db.read_pool import read_pool
from app.exports.__main__ import export
from app.settings import Settings
from tests.amounts import STOPPED_WORKERS
from tests.api.conftest import World
from tests.api.processes import PATIENCE, complete_lines, environment, running, until
from tests.databases import Databases
from tests.forked import Process

pytestmark = pytest.mark.sqlite  # how a response ends does not turn on the database

LARGE, NAME = 100_000_000, "readout.sqlite"
"""More than the sockets of the system hold."""

HASTY = """
import app.server.server, app.server.supervisor
from app.__main__ import main
app.server.server.SHUTDOWN_SECONDS = app.server.server.CANCEL_SECONDS = 0.1
app.server.server.EXIT_SECONDS = 2
app.server.supervisor.SHUTDOWN_SECONDS = 60
"""
"""The beginning of a service that waits little for responses when it stops, and long for its processes."""


@pytest.fixture
def database(world: World, databases: Databases) -> str:
    return databases.copy(world.database)


@pytest.fixture
def exports(database: str, tmp_path: Path) -> Path:
    """Exports with one large file."""
    folder = tmp_path / "exports"
    with closing(read_pool(Settings(database_url=database, exports=folder))) as pool:
        export(pool)
    (manifest,) = folder.glob("*/manifest.json")
    os.truncate(manifest.with_name(NAME), LARGE)
    files = json.loads(manifest.read_text())
    manifest.write_text(json.dumps([{**file, "size": LARGE} if file["name"] == NAME else file for file in files]))
    return folder


@contextmanager
def download(address: str, id: str) -> Iterator[socket.socket]:
    """A connection that has received the begin of a large file."""
    url = httpx.URL(address)
    with socket.create_connection((url.host, url.port or 80), timeout=PATIENCE) as connection:
        head = f"GET /exports/{NAME} HTTP/1.1\r\nHost: x\r\nX-Request-ID: {id}\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(12) == b"HTTP/1.1 200"
        yield connection


def line_of(log: Path, id: str) -> dict[str, Any]:
    (line,) = until(lambda: [each for each in complete_lines(log) if each.get("request_id") == id])
    return line


@pytest.mark.long
@pytest.mark.parametrize("workers", STOPPED_WORKERS)
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_during_downloads_is_logged_without_a_trace(
    database: str, exports: Path, tmp_path: Path, workers: str, stop: signal.Signals
) -> None:
    log, settings = tmp_path / "log", {"READOUT_EXPORTS": str(exports), "WEB_CONCURRENCY": workers}
    with (
        running(sys.executable, "-c", f"{HASTY}main()", database=database, log=log, **settings) as (process, address),
        download(address, "one"),
        download(address, "two"),
    ):
        process.send_signal(stop)
        _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    for id in ("one", "two"):
        line = line_of(log, id)
        assert (line["status"], line["interrupted"]) == (200, "service") and 0 < line["bytes"] < LARGE
    for line in complete_lines(log):
        assert line["level"] in ("info", "warning") and "exception" not in line, line


SIGNALLED = """
import os, signal, sys
from importlib import import_module
from app.__main__ import main

module, owner, name, number = sys.argv[1:]
place = getattr(import_module(module), owner)
function = getattr(place, name)

def signalled(*arguments, **options):
    os.killpg(0, int(number))
    return function(*arguments, **options)

setattr(place, name, signalled)
main()
"""
"""A service whose processes receive a signal, as by Ctrl-C, whenever one of them calls a function."""


@pytest.mark.parametrize("workers", STOPPED_WORKERS)
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(
    ("module", "owner", "name"),
    [
        ("app.__main__", "memory", "bound_fragmentation"),
        ("app.__main__", "logging", "configure"),
        ("app.__main__", "gc", "freeze"),
        ("app.server.server", "Server", "__init__"),
        ("app.server.server", "Server", "run"),
        ("uvicorn", "Server", "run"),
        ("uvicorn", "Server", "_serve"),
        ("uvicorn", "Server", "startup"),
        ("uvicorn", "Server", "shutdown"),
        ("app.server.line_writer", "LineWriter", "finish"),
    ],
)
def test_a_stop_at_any_time_ends_quietly(
    database: str, tmp_path: Path, module: str, owner: str, name: str, stop: signal.Signals, workers: str
) -> None:
    log, settings = tmp_path / "log", {"WEB_CONCURRENCY": workers}
    command = sys.executable, "-c", SIGNALLED, module, owner, name, str(int(stop))
    with running(*command, database=database, log=log, **settings) as (process, _):
        if name in ("shutdown", "finish"):
            process.send_signal(stop)
        _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    for line in complete_lines(log):
        assert line["level"] == "info" and "exception" not in line, line


def test_a_second_signal_does_not_wait_for_downloads(database: str, exports: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with (
        running(database=database, log=log, READOUT_EXPORTS=str(exports)) as (process, address),
        download(address, "one"),
    ):
        process.send_signal(signal.SIGINT)
        until(lambda: any(line["event"] == "Shutting down" for line in complete_lines(log)))
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
    assert (line_of(log, "one")["status"], line_of(log, "one")["interrupted"]) == (200, "service")
    assert not any("exception" in line for line in complete_lines(log))


def test_a_client_that_leaves_a_download_is_logged(database: str, exports: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(database=database, log=log, READOUT_EXPORTS=str(exports)) as (_, address):
        with download(address, "left"):
            pass
        line = line_of(log, "left")
        assert (line["status"], line["interrupted"]) == (200, "client") and line["bytes"] < LARGE
        httpx.get(f"{address}/exports/people.csv", headers={"X-Request-ID": "whole"})
        httpx.get(f"{address}/exports/{NAME}", headers={"X-Request-ID": "large"}, timeout=PATIENCE)
        assert [line_of(log, id)["interrupted"] for id in ("whole", "large")] == [None, None]
        assert line_of(log, "large")["bytes"] == LARGE


SLOW = f"""{HASTY}
import sys, time
from pathlib import Path
from app.api.resources import people

route = next(route for route in people.router.routes if route.path == "/people")
list_people, asked, left = route.endpoint, Path(sys.argv[1]), Path(sys.argv[2])

def read(**arguments):
    asked.touch()
    while not left.exists():
        time.sleep(0.01)
    return list_people(**arguments)

route.endpoint = read
main()
"""


@contextmanager
def reading(database: str, folder: Path, log: Path) -> Iterator[tuple[Process, str, socket.socket]]:
    """A process that reads for a request until there is a file `left`, its address, and the request's connection."""
    asked, left = folder / "asked", folder / "left"
    command = (sys.executable, "-c", SLOW, str(asked), str(left))
    with running(*command, database=database, log=log) as (process, address):
        url = httpx.URL(address)
        with socket.create_connection((url.host, url.port or 80)) as connection:
            connection.sendall(b"GET /people?party=uto HTTP/1.1\r\nHost: x\r\nX-Request-ID: read\r\n\r\n")
            until(asked.exists)
            yield process, address, connection


def test_a_client_that_leaves_during_a_read_is_logged(database: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with reading(database, tmp_path, log) as (_, address, connection):
        connection.close()
        assert httpx.get(f"{address}/livez").status_code == 200  # it has noticed that by now
        (tmp_path / "left").touch()
        line = line_of(log, "read")
    assert (line["status"], line["bytes"], line["interrupted"]) == (499, 0, "client")


def test_a_stop_during_a_read_that_does_not_end_leaves_no_trace(database: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with reading(database, tmp_path, log) as (process, _, __):
        process.terminate()
        assert process.communicate(timeout=PATIENCE)[1] == ""
    line = line_of(log, "read")
    assert (process.returncode, line["status"], line["interrupted"]) == (0, 499, "service")
    assert not any("exception" in line for line in complete_lines(log))


@pytest.mark.parametrize("workers", STOPPED_WORKERS)
def test_a_hangup_is_ignored(database: str, tmp_path: Path, workers: str) -> None:
    with running(database=database, log=tmp_path / "log", WEB_CONCURRENCY=workers) as (process, address):
        os.killpg(process.pid, signal.SIGHUP)
        assert httpx.get(f"{address}/livez").status_code == 200
        process.terminate()
        assert process.wait(timeout=PATIENCE) == 0


def test_a_terminal_that_is_closed_ends_the_service(database: str) -> None:
    ours, theirs = pty.openpty()
    inherited = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # below `nohup` it would be ignored
    process = subprocess.Popen([sys.executable, "-m", "app"], env=environment(database), stdout=theirs)
    signal.signal(signal.SIGHUP, inherited)
    text = b""
    while b"http://127.0.0.1:" not in text:
        text += os.read(ours, 4096)
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=PATIENCE) == -signal.SIGHUP
    os.close(ours)
    os.close(theirs)
