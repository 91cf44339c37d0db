"""nginx's cache: a response is fresh as long as `Cache-Control` says, and served stale if the service is down."""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from seed.cli.commands import SUMMITS
from tests.databases import load_records
from tests.deploy.conftest import Site, running_site
from tests.deploy.dockerfile import Image
from tests.deploy.proxies import HOST, PUBLIC_URL, Certificate

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


def cache_statuses(site: Site) -> list[str]:
    """nginx's cache status of each request."""
    log = site.proxy.log.read_text().splitlines(keepends=True)
    return [json.loads(line)["cache"] for line in log if line.startswith("{") and line.endswith("\n")]


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
