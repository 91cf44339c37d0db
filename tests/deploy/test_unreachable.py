"""If the service cannot be reached, the proxy sends the problem `unavailable` with `Retry-After`."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from app.problems import MEANINGS, Code
from tests.amounts import UNREACHABLE_PROXIES
from tests.deploy.proxies import HOST, PREFIX, PUBLIC_URL, Certificate, free_port, proxying


def check_problem(client: httpx.Client, path: str) -> None:
    response, meaning = client.get(PUBLIC_URL + path, headers={"X-Request-ID": "mine"}), MEANINGS[Code.unavailable]
    assert response.status_code == meaning.status
    assert response.json() == {
        "type": f"{PUBLIC_URL}/problems/unavailable",
        "title": meaning.title,
        "status": meaning.status,
        "detail": "The service cannot be reached now.",
        "instance": PREFIX + path.partition("?")[0],
        "code": "unavailable",
    }
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Retry-After"] == "5"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers.get_list("X-Request-ID") == ["mine"]


def cause(log: Path, name: str) -> str:
    """Why the request `mine` failed, as the proxy logged it."""
    lines = log.read_text().splitlines()
    if name == "nginx":
        return next(line for line in lines if "[error]" in line and "while connecting to upstream" in line)
    errors = [json.loads(line) for line in lines if '"http.log.error"' in line]
    return str(next(error["msg"] for error in errors if error["request"]["headers"]["X-Request-Id"] == ["mine"]))


@pytest.mark.long
@pytest.mark.parametrize("name", UNREACHABLE_PROXIES)
def test_the_port_is_closed(name: str, certificate: Certificate, tmp_path: Path) -> None:
    upstream = f"127.0.0.1:{free_port()}"
    with proxying(name, tmp_path, certificate, upstream) as proxy, proxy.client() as client:
        paths = ["/meetings", "/meetings?limit=1", "/exports/people.csv", "/a%22b"]
        with ThreadPoolExecutor() as pool:  # Caddy tries each for five seconds
            list(pool.map(lambda path: check_problem(client, path), paths))
        assert "refused" in cause(proxy.log, proxy.name)
        with closing(proxy.connect()) as connection:
            connection.sendall(f'GET {PREFIX}/a"b HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n'.encode())
            body = connection.makefile("rb").read().partition(b"\r\n\r\n")[2]
        assert json.loads(body)["instance"] == "", "valid JSON for any path"


@pytest.mark.long
@pytest.mark.parametrize("name", UNREACHABLE_PROXIES)
def test_the_connection_times_out(name: str, certificate: Certificate, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as waiting:
        for _ in range(4):  # more than the backlog
            each = waiting.enter_context(socket.socket())
            each.setblocking(False)
            each.connect_ex(server.getsockname())
        upstream = f"127.0.0.1:{server.getsockname()[1]}"
        with proxying(name, tmp_path, certificate, upstream) as proxy, proxy.client() as client:
            check_problem(client, "/meetings")
