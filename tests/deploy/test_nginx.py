"""nginx's cache: a response is fresh as long as `Cache-Control` says, and served stale if the service is down."""

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from seed.cli.commands import SUMMITS
from tests.databases import load_records
from tests.deploy.conftest import Site, running_site
from tests.deploy.dockerfile import ROOT, Image
from tests.deploy.proxies import HOST, PREFIX, PUBLIC_URL, Certificate, proxying

SHORT_LIVED = """\
import app.http.representations
app.http.representations.CACHE_CONTROL = b"public, max-age=1, stale-while-revalidate=600"
from app.__main__ import main
main()
"""
"""The service with a `max-age` of one second instead of a minute."""


@pytest.fixture(scope="module")
def site(image: Image, certificate: Certificate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("short-lived")
    with running_site("nginx", image, certificate, folder, sys.executable, "-c", SHORT_LIVED) as running:
        yield running


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def log_entries(site: Site) -> list[dict[str, Any]]:
    log = site.proxy.log.read_text().splitlines(keepends=True)
    return [json.loads(line) for line in log if line.startswith("{") and line.endswith("\n")]


def cache_statuses(site: Site, request_id: str | None = None) -> list[str]:
    """nginx's cache status of each request, or of those with an id."""
    return [entry["cache"] for entry in log_entries(site) if request_id in (None, entry["request_id"])]


def test_a_response_is_cached_until_it_is_stale(site: Site, tmp_path: Path) -> None:
    def get(path: str) -> httpx.Response:
        return site.client.get(PUBLIC_URL + path)

    wait_until(lambda: get("/meetings").status_code == 200 and cache_statuses(site)[-1:] == ["HIT"])
    get("/parties/rus")
    record = Path(shutil.copytree(SUMMITS / "riyadh-2025-02-18", tmp_path / "riyadh")) / "record.yaml"
    record.write_text(record.read_text().replace("U.S.–Russia talks in Riyadh", "The talks in Riyadh"))
    version = load_records(site.image.database, record.parent).version
    wait_until(lambda: get("/meetings").json()["items"][0]["title"] == "The talks in Riyadh")
    assert get("/meetings").headers["Readout-Dataset"] == version
    wait_until(lambda: get("/parties/rus").headers["Readout-Dataset"] == version)  # although its body is the same


def test_what_is_never_cached_waits_for_no_other_request(site: Site) -> None:
    """Requests that use the cache wait for each other."""
    document = site.client.get(f"{PUBLIC_URL}/openapi.json").json()
    uncached = [path for path, item in document["paths"].items() if item["get"]["tags"] == ["operation"]]
    assert len(uncached) == 3
    for path in (*uncached, "/exports/people.csv"):
        site.client.get(PUBLIC_URL + path, headers={"X-Request-ID": f"uncached{path.replace('/', '.')}"})
    wait_until(lambda: len(uncached_entries(site)) == 4)
    assert [entry["cache"] for entry in uncached_entries(site)] == [""] * 4


def uncached_entries(site: Site) -> list[dict[str, Any]]:
    return [entry for entry in log_entries(site) if entry["request_id"].startswith("uncached.")]


def test_requests_wait_shortly_for_a_response_that_is_not_cached(certificate: Certificate, tmp_path: Path) -> None:
    """Another request of the same URL is sent to the service while it has not responded to the first."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    assert 0 < int(re.findall(r"proxy_cache_lock_timeout (\d+)ms;", text)[0]) <= 500
    with socket.create_server(("127.0.0.1", 0)) as server, ExitStack() as stack:
        upstream = f"127.0.0.1:{server.getsockname()[1]}"
        proxy = stack.enter_context(proxying("nginx", tmp_path, certificate, upstream))
        for _ in range(2):
            client = stack.enter_context(closing(proxy.connect()))
            client.sendall(f"GET {PREFIX}/nothing HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            assert stack.enter_context(server.accept()[0]).recv(100).startswith(b"GET /nothing ")


@pytest.mark.usefixtures("many_files")
def test_more_connections_than_nginx_has_by_default(site: Site) -> None:
    """With `worker_connections`, and files for them: a worker needs one for each client and one to the service."""
    with ExitStack() as stack:
        for _ in range(3000):
            stack.enter_context(socket.create_connection(("127.0.0.1", site.proxy.http)))
        assert site.client.get(f"{PUBLIC_URL}/readyz").status_code == 200
    assert "worker_connections" not in site.proxy.log.read_text()


def test_the_documented_commands_empty_the_cache(site: Site) -> None:
    page = (ROOT / "docs" / "deployment.md").read_text()
    commands = re.findall(r"find (/var/cache/nginx\S*) (-type f -delete)", page)
    assert len(commands) == 2
    for number, (folder, rest) in enumerate(commands, start=1):
        site.client.get(f"{PUBLIC_URL}/delegates")
        command = f"find {site.proxy.log.with_name('cache')} {rest}"
        wait_until(lambda: cached_files(site) > 0)
        subprocess.run(command.split(), check=True)
        assert cached_files(site) == 0, folder
        site.client.get(f"{PUBLIC_URL}/delegates", headers={"X-Request-ID": "emptied"})
        wait_until(lambda number=number: len(cache_statuses(site, "emptied")) == number)  # type: ignore[misc]
    assert cache_statuses(site, "emptied") == ["MISS", "MISS"]


def cached_files(site: Site) -> int:
    return sum(path.is_file() for path in site.proxy.log.with_name("cache").rglob("*"))


def test_an_acme_challenge_is_served(site: Site) -> None:
    challenge = site.proxy.log.with_name("acme") / ".well-known" / "acme-challenge" / "token"
    challenge.parent.mkdir(parents=True)
    challenge.write_text("answer")
    assert site.client.get(f"http://{HOST}/.well-known/acme-challenge/token").text == "answer"


def test_concurrent_requests_reach_the_service_once(site: Site) -> None:
    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(lambda _: site.client.get(f"{PUBLIC_URL}/people").status_code, range(20)))
    assert statuses == [200] * 20
    assert site.log.read_text().count('"path":"/people"') == 1


def test_stale_responses_are_served_without_the_service(site: Site) -> None:
    """This test must be the last: it kills the service."""
    before = site.client.get(f"{PUBLIC_URL}/meetings")
    site.process.kill()
    site.process.wait()
    wait_until(
        lambda: (
            site.client.get(f"{PUBLIC_URL}/meetings").content == before.content
            and cache_statuses(site)[-1:] == ["STALE"]
        )
    )
    assert site.client.get(f"{PUBLIC_URL}/quotes").status_code == 503
