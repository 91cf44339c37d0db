"""Fixtures of the tests of pages: a service with all records, and a browser that reports whatever goes wrong in it."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.api.serving import Served, serving
from tests.api.world import write_world
from tests.databases import Files
from tests.packages import need
from tests.pages.records import write_hard_records

PUBLIC_URL = "https://facts.example"

Open = Callable[..., Page]
"""Open a path in a browser of its own, with options of Playwright's contexts."""

LEFT = "net::ERR_ABORTED"
"""How a request fails whose page was left before its response."""


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The folders of everything that is to be shown."""
    folder = tmp_path_factory.mktemp("pages")
    return [*write_world(folder / "world"), *write_hard_records(folder / "hard")]


@pytest.fixture(scope="session")
def served(files: Files, records: list[Path]) -> Iterator[Served]:
    """All of it, served; no test changes it."""
    with files.databases() as databases, serving(databases.loaded(*records), PUBLIC_URL, indexed=True) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one file: while Playwright is open, its event loop counts as running in the thread of all tests."""
    program = need("chromium")
    sandboxed = [] if os.geteuid() else ["--no-sandbox"]  # Chromium has no sandbox for root
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=sandboxed)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[Open]:
    """Nothing may be asked of another origin, fail, or be complained of in the console, whatever a test does."""
    origin = str(served.client.base_url)
    wrong: list[str] = []

    def open_path(path: str, status: int = 200, **options: Any) -> Page:
        context = stack.enter_context(browser.new_context(base_url=origin, **options))
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("request", lambda request: None if request.url.startswith(origin) else wrong.append(request.url))
        page.on("requestfailed", lambda request: None if request.failure == LEFT else wrong.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if status == 200 else None)
        response = page.goto(path)
        assert response is not None and response.status == status
        return page

    with ExitStack() as stack:
        yield open_path
    assert wrong == []
