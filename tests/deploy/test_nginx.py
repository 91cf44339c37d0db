"""nginx's cache: as long as `Cache-Control` says, no longer, and still there when the service is not."""

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

HASTY = """\
import app.answers
app.answers.CACHED = b"public, max-age=1, stale-while-revalidate=600"
from app.__main__ import main
main()
"""
"""The service, with answers that may be kept for a second and not for a minute."""


@pytest.fixture(scope="module")
def site(image: Image, certificate: Certificate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("hasty")
    with running_site("nginx", image, certificate, folder, sys.executable, "-c", HASTY) as running:
        yield running


def until(answers: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not answers():
        assert time.monotonic() < deadline


def of_cache(site: Site) -> list[str]:
    """What nginx's cache had to say to each request."""
    log = site.proxy.log.read_text().splitlines(keepends=True)
    return [json.loads(line)["cache"] for line in log if line.startswith("{") and line.endswith("\n")]


def test_an_answer_is_kept_until_it_is_old(site: Site, tmp_path: Path) -> None:
    def get(path: str) -> httpx.Response:
        return site.client.get(PUBLIC_URL + path)

    until(lambda: get("/meetings").status_code == 200 and of_cache(site)[-1:] == ["HIT"])
    get("/parties/rus")
    record = Path(shutil.copytree(SUMMITS / "riyadh-2025-02-18", tmp_path / "riyadh")) / "record.yaml"
    record.write_text(record.read_text().replace("U.S.–Russia talks in Riyadh", "The talks in Riyadh"))
    version = load_records(site.image.database, record.parent).version
    until(lambda: get("/meetings").json()["items"][0]["title"] == "The talks in Riyadh")
    assert get("/meetings").headers["Readout-Dataset"] == version
    until(lambda: get("/parties/rus").headers["Readout-Dataset"] == version)  # though its body is the same


def test_a_challenge_of_a_certificates_authority_is_met(site: Site) -> None:
    challenge = site.proxy.log.with_name("acme") / ".well-known" / "acme-challenge" / "token"
    challenge.parent.mkdir(parents=True)
    challenge.write_text("answer")
    assert site.client.get(f"http://{HOST}/.well-known/acme-challenge/token").text == "answer"


def test_one_request_makes_an_answer_for_many(site: Site) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: site.client.get(f"{PUBLIC_URL}/people").status_code, range(20)))
    assert answers == [200] * 20
    assert site.log.read_text().count('"path":"/people"') == 1


def test_what_is_kept_is_served_without_the_service(site: Site) -> None:
    """The last test: there is no service after it."""
    before = site.client.get(f"{PUBLIC_URL}/meetings")
    site.process.kill()
    site.process.wait()
    until(
        lambda: site.client.get(f"{PUBLIC_URL}/meetings").content == before.content and of_cache(site)[-1:] == ["STALE"]
    )
    assert site.client.get(f"{PUBLIC_URL}/quotes").status_code == 503
