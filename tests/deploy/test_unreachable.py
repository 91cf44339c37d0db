"""Behind a proxy whose service cannot be reached, clients are told the problem that they know, and when to try again."""

import json
import socket
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from app.problems import MEANINGS, Code
from tests.deploy.proxies import HOST, PREFIX, PUBLIC_URL, Certificate, free_port, proxying


def is_told(client: httpx.Client, path: str) -> None:
    answer, meaning = client.get(PUBLIC_URL + path, headers={"X-Request-ID": "mine"}), MEANINGS[Code.unavailable]
    assert answer.status_code == meaning.status
    assert answer.json() == {
        "type": f"{PUBLIC_URL}/problems/unavailable",
        "title": meaning.title,
        "status": meaning.status,
        "detail": "The service cannot be reached now.",
        "instance": PREFIX + path.partition("?")[0],
        "code": "unavailable",
    }
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers.get_list("X-Request-ID") == ["mine"]


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_where_nobody_listens(name: str, certificate: Certificate, tmp_path: Path) -> None:
    upstream = f"127.0.0.1:{free_port()}"
    with proxying(name, tmp_path, certificate, upstream) as proxy, proxy.client() as client:
        for path in ("/meetings", "/meetings?limit=1", "/exports/people.csv", "/a%22b"):
            is_told(client, path)
        with closing(proxy.connect()) as asking:
            asking.sendall(f'GET {PREFIX}/a"b HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n'.encode())
            body = asking.makefile("rb").read().partition(b"\r\n\r\n")[2]
        assert json.loads(body)["instance"] == "", "JSON, whatever the path"


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_where_no_connection_is_made(name: str, certificate: Certificate, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as waiting:
        for _ in range(4):  # more than may wait
            each = waiting.enter_context(socket.socket())
            each.setblocking(False)
            each.connect_ex(server.getsockname())
        upstream = f"127.0.0.1:{server.getsockname()[1]}"
        with proxying(name, tmp_path, certificate, upstream) as proxy, proxy.client() as client:
            is_told(client, "/meetings")
