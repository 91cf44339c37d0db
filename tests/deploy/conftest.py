"""Fixtures of the deployment tests: an image, a certificate, and the service behind each proxy."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.api.processes import running
from tests.deploy.dockerfile import Image, bake, build_context
from tests.deploy.proxies import PUBLIC_URL, Certificate, Proxy, make_certificate, proxying
from tests.forked import Process


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    settings = {"READOUT_PUBLIC_URL": PUBLIC_URL, "SOURCE_DATE_EPOCH": "1740000000", "PYTHONHASHSEED": "0"}
    return bake(build_context(tmp_path_factory.mktemp("image") / "first"), settings)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@dataclass(frozen=True)
class Site:
    """A service at its public URL, the proxy in front of it, and the process behind it."""

    proxy: Proxy
    client: httpx.Client
    """Sends requests through the proxy."""
    service: httpx.Client
    """Sends requests to the service itself."""
    image: Image
    process: Process
    log: Path
    """The log of the service."""


@contextmanager
def running_site(name: str, image: Image, certificate: Certificate, folder: Path, *command: str) -> Iterator[Site]:
    """A copy of the image behind a proxy; an optional command replaces the one that serves."""
    copy = Image(Path(shutil.copytree(image.folder, folder / "image")))
    settings = {
        "READOUT_EXPORTS": str(copy.folder / "exports"),
        "READOUT_SEARCH": str(copy.folder / "search"),
        "READOUT_PUBLIC_URL": PUBLIC_URL,
        "READOUT_TRUSTED_PROXIES": "127.0.0.1",
    }
    with (
        running(*command, database=copy.database, log=folder / "service.log", **settings) as (process, address),
        proxying(name, folder, certificate, address.removeprefix("http://")) as proxy,
        proxy.client() as client,
        httpx.Client(base_url=address, timeout=30) as service,
    ):
        yield Site(proxy, client, service, copy, process, folder / "service.log")


@pytest.fixture(scope="session")
def sites(
    image: Image, certificate: Certificate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Site]]:
    """The image behind each proxy; no test changes its dataset."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(running_site(name, image, certificate, tmp_path_factory.mktemp(name)))
            for name in ("nginx", "caddy")
        }


@pytest.fixture(params=["nginx", "caddy"])
def site(request: pytest.FixtureRequest, sites: dict[str, Site]) -> Site:
    return sites[request.param]
