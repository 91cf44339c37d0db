"""The log of a real process: lines that parse, one for each request, and nothing in them that a client chose freely."""

import os
import pty
import re
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.server.access_log import MAX_PATH, MAX_QUERY, MAX_USER_AGENT
from tests.api.conftest import World
from tests.api.processes import PATIENCE, complete_lines, environment, running, until
from tests.api.world import CONGRESS
from tests.databases import Databases, Kind
from tests.docs.markdown import DOCS, code, sections, tables
from tests.forked import Process, start_python

pytestmark = pytest.mark.sqlite  # what is logged does not turn on the database

PROXY, CLIENT = "127.0.0.2", "127.0.0.1"
TRUSTED = f"{PROXY}, 10.0.0.0/8,2001:db8::/32,192.0.2.1,"
_TABLES = tables(sections((DOCS / "operating.md").read_text(), 2)["The log"])
OF_ALL, OF_REQUESTS = ([code(row[0])[0] for row in rows] for (_, *rows) in _TABLES[:2])
LONGEST_LINE = 4096

Line = dict[str, Any]


@dataclass(frozen=True)
class Logged:
    """A process that serves, and its log."""

    process: Process
    address: str
    log: Path

    def lines(self) -> list[Line]:
        return complete_lines(self.log)

    def request(self, id: str) -> Line:
        """The one line of the request with an id, once it is there: it is written when the client has its answer."""
        return self.wait_for(lambda line: (line["event"], line.get("request_id")) == ("request", id))

    def wait_for(self, is_wanted: Callable[[Line], bool]) -> Line:
        (line,) = until(lambda: [line for line in self.lines() if is_wanted(line)])
        return line


@pytest.fixture(scope="module")
def logged(database_kind: Kind, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logged]:
    log = tmp_path_factory.mktemp("logged") / "log"
    with (
        database_kind.databases() as databases,
        running(database=databases.copy(world.database), log=log, READOUT_TRUSTED_PROXIES=TRUSTED) as (
            process,
            address,
        ),
    ):
        yield Logged(process, address, log)


@pytest.mark.parametrize(
    ("method", "address", "route", "status"),
    [
        ("GET", "/people/jane-roe", "/people/{id}", 200),
        ("GET", "/quotes?limit=1&sort=id", "/quotes", 200),
        ("HEAD", f"/meetings/{CONGRESS}", "/meetings/{id}", 200),
        ("GET", "/livez", "/livez", 200),
        ("GET", "/meetings/nobody", "/meetings/{id}", 404),
        ("GET", "/meetings?colour=red", "/meetings", 422),
        ("GET", "/exports/people.csv", "/exports/{name}", 404),
        ("POST", "/meetings", "/meetings", 405),
        ("OPTIONS", "/meetings", None, 204),
        ("GET", "/meetings/?limit=1", None, 308),
        ("DELETE", "/nothing/%0A%22here", None, 404),
        ("GET", f"/meetings?q={'x' * 8192}", None, 414),
    ],
)
def test_each_request_is_one_line(logged: Logged, method: str, address: str, route: str | None, status: int) -> None:
    id = f"{method}-{status}-{route}".translate(str.maketrans("/{}", "..."))
    headers = {"X-Request-ID": id, "User-Agent": "test/1", "Accept-Encoding": "identity"}
    answer = httpx.request(method, logged.address + address, headers=headers)
    line = logged.request(id)
    path, _, query = address.partition("?")
    assert list(line) == [*OF_ALL[:4], *OF_REQUESTS]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z", line["time"])
    assert 0 < line["duration_ms"] < 60_000
    assert line["dataset"] == answer.headers["Readout-Dataset"]
    assert {name: line[name] for name in ("level", "method", "path", "route", "status", "bytes", "client", "http")} == {
        **{"level": "info", "method": method, "path": path, "route": route, "status": status},
        **{"bytes": len(answer.content), "client": CLIENT, "http": "1.1"},
    }
    assert line["query"] == (query[:MAX_QUERY] or None) and line["user_agent"] == "test/1" and line["cached"] is False


def test_a_cached_response_is_logged_as_such(logged: Logged) -> None:
    lines = []
    for number in range(4):
        headers = {"X-Request-ID": f"kept-{number}", **({"If-None-Match": "*"} if number == 3 else {})}
        httpx.get(f"{logged.address}/parties/uto", headers=headers)
        lines.append(logged.request(f"kept-{number}"))
    assert [line["cached"] for line in lines] == [False, False, True, True]
    assert [line["status"] for line in lines] == [200, 200, 200, 304]
    assert {(line["route"], line["dataset"]) for line in lines} == {("/parties/{id}", lines[0]["dataset"])}


@pytest.mark.parametrize(
    ("address", "stages"),
    [
        ("/people?party=uto", ["queue_ms", "database_ms", "serialisation_ms"]),
        ("/openapi.json", ["queue_ms", "serialisation_ms"]),
        ("/people/nobody", ["queue_ms"]),
        ("/people.csv", ["queue_ms"]),
        ("/livez", ["serialisation_ms"]),
        ("/nothing", []),
    ],
)
def test_a_line_has_the_stages_of_its_request(logged: Logged, address: str, stages: list[str]) -> None:
    id = "stages" + address.translate(str.maketrans("/?=", "..."))
    httpx.get(f"{logged.address}{address}", headers={"X-Request-ID": id}, timeout=PATIENCE)
    line = logged.request(id)
    taken = {name: line[name] for name in ("queue_ms", "database_ms", "serialisation_ms") if line[name] is not None}
    assert list(taken) == stages and 0 <= sum(taken.values()) <= line["duration_ms"]


def test_all_other_events_are_json_lines_too(logged: Logged) -> None:
    first, *lines = logged.lines()
    assert first["event"] == "serving" and first["address"] == logged.address
    assert any(line["event"] == "Application startup complete." for line in lines)
    for line in lines:
        assert list(line)[:3] == OF_ALL[:3]
        assert line["event"] == "request" or set(line) <= {*OF_ALL, "dataset"}


ODD = [
    b'/a"b\\c',
    b'/\\n{"event":"request"}',
    b"/" + b'"' * 4000 + b"?" + b'"' * 4000,
    b"/%0d%0a%1b[31m",
    b"/?q=" + b'"' * 8000,
    b"/meetings/" + b'"' * 4000 + b"?" + b'"' * 4000,
    b"/meetings?limit=" + b'"' * 8000,
]


@pytest.mark.parametrize("path", ODD, ids=range(len(ODD)))
def test_no_client_writes_into_the_log(logged: Logged, path: bytes) -> None:
    id = f"odd-{ODD.index(path)}".ljust(128, ".")
    agent = b'\x85\x9b31m\t\xe2\x80\xa8\xff"}' + b'"' * 60_000
    ask(logged, path, b"User-Agent: " + agent, b"X-Request-ID: " + id.encode())
    line = logged.request(id)
    assert line["path"] == path.partition(b"?")[0].decode()[:MAX_PATH]
    assert (
        line["user_agent"].startswith(r"\x85\x9b31m\x09\xe2\x80\xa8\xff") and len(line["user_agent"]) == MAX_USER_AGENT
    )
    (written,) = (line for line in logged.log.read_bytes().split(b"\n") if id.encode() in line)
    assert len(written) < LONGEST_LINE and written.isascii() and written.decode().isprintable()


@pytest.mark.parametrize("id", [b'a","event":"x', b"\xff", b"a b", b"y" * 129])
def test_an_invalid_request_id_is_not_logged(logged: Logged, id: bytes) -> None:
    ask(logged, b"/livez", b"X-Request-ID: " + id)
    assert id not in logged.log.read_bytes()


def ask(logged: Logged, path: bytes, *headers: bytes) -> None:
    """Ask without a library that would not send such things."""
    url = httpx.URL(logged.address)
    with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
        lines = [b"GET " + path + b" HTTP/1.1", b"Host: x", b"Connection: close", *headers, b"", b""]
        connection.sendall(b"\r\n".join(lines))
        while connection.recv(65536):
            pass


@pytest.mark.parametrize(
    ("peer", "headers", "client"),
    [
        (CLIENT, {"X-Forwarded-For": "198.51.100.7", "Forwarded": "for=198.51.100.7"}, CLIENT),
        (CLIENT, {"X-Real-IP": "198.51.100.7"}, CLIENT),
        (PROXY, {}, PROXY),
        (PROXY, {"X-Real-IP": "198.51.100.7"}, PROXY),
        (PROXY, {"X-Forwarded-For": "198.51.100.7"}, "198.51.100.7"),
        (PROXY, {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}, "198.51.100.7"),
        (PROXY, {"X-Forwarded-For": "203.0.113.9, 198.51.100.7, 10.1.2.3,192.0.2.1"}, "198.51.100.7"),
        (PROXY, {"X-Forwarded-For": "10.0.0.1, 10.0.0.2"}, "10.0.0.1"),
        (PROXY, {"X-Forwarded-For": "198.51.100.7:4711"}, "198.51.100.7"),
        (PROXY, {"X-Forwarded-For": "[2001:0DB8::1]:4711"}, "2001:db8::1"),
        (PROXY, {"X-Forwarded-For": "2a00::1, 2001:db8::1"}, "2a00::1"),
        (PROXY, {"X-Forwarded-For": "::ffff:198.51.100.7, ::ffff:10.0.0.1"}, "198.51.100.7"),
        (PROXY, {"X-Forwarded-For": "198.51.100.7, unknown"}, PROXY),
        (PROXY, {"X-Forwarded-For": '198.51.100.7, "},10.0.0.1'}, "10.0.0.1"),
        (PROXY, {"X-Forwarded-For": "fe80::1%" + "x" * 9000}, PROXY),
        (PROXY, {"X-Forwarded-For": "198.51.100.7" + ",10.0.0.1" * 5000}, "10.0.0.1"),
        (PROXY, {"Forwarded": 'for=203.0.113.9;by=1, For="[2a00::1]:4711";proto=https, for=10.0.0.1'}, "2a00::1"),
        (PROXY, {"Forwarded": "for=_hidden"}, PROXY),
        (PROXY, {"Forwarded": "host=198.51.100.7"}, PROXY),
        (PROXY, {"X-Forwarded-For": "198.51.100.7", "Forwarded": "for=203.0.113.9"}, "198.51.100.7"),
    ],
)
def test_the_client_is_the_peer_or_forwarded_by_a_trusted_proxy(
    logged: Logged, peer: str, headers: dict[str, str], client: str
) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(local_address=peer)) as from_peer:
        answer = from_peer.get(f"{logged.address}/livez", headers=headers)
    assert logged.request(answer.headers["X-Request-ID"])["client"] == client


FAILING = """
import threading, warnings
from app.__main__ import main
from app.api.endpoints import health

def get_liveness():
    warnings.warn("to be noticed")
    thread = threading.Thread(target=lambda: [][0])
    thread.start()
    thread.join()
    return 1 / 0

next(route for route in health.router.routes if route.path == "/livez").endpoint = get_liveness
main()
"""


@pytest.fixture
def database(world: World, databases: Databases) -> str:
    return databases.copy(world.database)


def test_a_failure_is_one_line_with_its_request(database: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(sys.executable, "-c", FAILING, database=database, log=log) as (process, address):
        logged = Logged(process, address, log)
        assert httpx.get(f"{address}/livez", headers={"X-Request-ID": "failing"}, timeout=PATIENCE).status_code == 500
        assert logged.request("failing")["status"] == 500
        line = logged.wait_for(lambda line: "ZeroDivisionError" in line.get("exception", ""))
        assert (line["level"], line["request_id"]) == ("error", "failing")
        warned = logged.wait_for(lambda line: "to be noticed" in line["event"])
        assert (warned["level"], warned["request_id"]) == ("warning", "failing")
        thread = logged.wait_for(lambda line: "IndexError" in line.get("exception", ""))
        assert (thread["level"], thread["event"]) == ("critical", "uncaught")
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=PATIENCE)[1] == "", "standard error is empty"


def test_a_log_that_cannot_be_written_blocks_no_request(database: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with (
        running("sh", "-c", f"{sys.executable} -m app | head -n 1", database=database, log=log) as (_, address),
        httpx.Client(base_url=address) as client,
    ):
        assert {client.get("/people/jane-roe").status_code for _ in range(50)} == {200}
    assert log.read_bytes().count(b"\n") == 1


def test_on_a_terminal_the_lines_are_readable_text(database: str) -> None:
    ours, theirs = pty.openpty()
    process = start_python("-m", "app", environment=environment(database), stdout=theirs)
    os.close(theirs)
    logged_text = ""
    while not (found := re.search(r"http://127\.0\.0\.1:\d+", logged_text)):
        logged_text += os.read(ours, 4096).decode()
    httpx.get(f"{found[0]}/people/jane-roe")
    while "jane-roe" not in logged_text:
        logged_text += os.read(ours, 4096).decode()
    process.terminate()
    assert process.wait(timeout=PATIENCE) == 0
    os.close(ours)
    assert "{" not in logged_text.partition("route")[0] and "serving" in logged_text
