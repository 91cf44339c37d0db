"""`python -m app` as a process: it says where to look, serves, and stops cleanly; and 1,000 connections at once."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import httpx
import pytest

from app.__main__ import main
from tests.api.conftest import World
from tests.api.processes import environment, running
from tests.api.world import CONGRESS
from tests.coroutines import run
from tests.databases import Databases
from tests.forked import start_python

pytestmark = pytest.mark.sqlite  # how a process starts and ends does not depend on the kind of database

AT_ONCE = 1_000
PATIENT = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
import app.db.timeouts as timeouts
timeouts.MAX_WAIT_SECONDS = timeouts.QUERY_TIMEOUT_SECONDS = 1000
import app.server.protocol as protocol
protocol.HEAD_TIMEOUT_SECONDS = 1000
from app.__main__ import main
main()
"""
"""A service that begins with few open files, without the limits of time that a thousand requests at once may reach."""


@pytest.fixture
def database(world: World, databases: Databases) -> str:
    return databases.copy(world.database)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_logs_its_url_serves_and_stops_with_status_0(database: str, tmp_path: Path, stop: signal.Signals) -> None:
    public_url, log = "https://facts.example/x", tmp_path / "log"
    with (
        running(database=database, log=log, READOUT_PUBLIC_URL=public_url) as (process, address),
        httpx.Client() as client,
    ):
        assert client.get(f"{address}/meetings/{CONGRESS}").json()["url"].startswith(f"{public_url}/meetings/")
        process.send_signal(stop)  # while the client keeps its connection
        _, err = process.communicate(timeout=60)
        out = log.read_text()
        assert process.returncode == 0, err
        assert f"{public_url}/docs" in out
        assert "Traceback" not in out + err
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
        with pytest.raises(httpx.ConnectError):
            httpx.get(address)


def test_it_serves_on_host_and_port(database: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running(database=database, HOST="localhost", PORT=str(port)) as (_, address):
        assert address == f"http://127.0.0.1:{port}"
        assert httpx.get(f"{address}/readyz").status_code == 200


@pytest.mark.parametrize(
    "setting",
    [
        *("WEB_CONCURRENCY=0", "WEB_CONCURRENCY=-1", "WEB_CONCURRENCY=abc", "WEB_CONCURRENCY=1.5"),
        *("READOUT_METRICS_PORT=70000", "READOUT_METRICS_PORT=-1", "READOUT_METRICS_PORT=http"),
        *("READOUT_TRUSTED_PROXIES=10.0.0.1,proxy", "READOUT_TRUSTED_PROXIES=10.0.0.1/8"),
        *("READOUT_DATABASE_URL=nonsense", "READOUT_PUBLIC_URL=nonsense", "PORT=http", "PORT=70000"),
    ],
)
def test_a_bad_setting_is_one_sentence_and_exit_status_2(
    setting: str, database: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    name, _, value = setting.partition("=")
    monkeypatch.setenv("READOUT_DATABASE_URL", database)
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capfd.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert err.startswith(f"readout: {name}") and len(err.splitlines()) == 1


def test_a_port_in_use_is_one_sentence(database: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        env = environment(database, PORT=str(taken.getsockname()[1]))
        process = start_python("-m", "app", environment=env)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert "in use" in err and len(err.splitlines()) == 1


@pytest.mark.postgresql
@pytest.mark.usefixtures("many_files")
def test_1000_concurrent_connections_get_a_response(database: str) -> None:
    """All are open before the first asks; the process begins with fewer open files than that."""
    with running(sys.executable, "-c", PATIENT, database=database) as (_, address):
        url = httpx.URL(address)
        statuses = run(ask_at_once(url.host, url.port or 80))
    assert statuses == [b"HTTP/1.1 200 OK\r\n"] * AT_ONCE


async def ask_at_once(host: str, port: int) -> list[bytes]:
    connections = await asyncio.gather(*(asyncio.open_connection(host, port) for _ in range(AT_ONCE)))
    paths = ["/quotes?limit=2&sort=-kind", "/people/jane-roe", "/dataset", "/readyz"]

    async def ask(number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(f"GET {paths[number % len(paths)]} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read(-1)
        writer.close()
        await writer.wait_closed()
        status, _, rest = answer.partition(b"\r\n")
        assert rest.endswith(b"}"), "the whole body"
        return status + b"\r\n"

    return await asyncio.gather(*(ask(number, *connection) for number, connection in enumerate(connections)))
