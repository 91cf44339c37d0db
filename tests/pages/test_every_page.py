"""Every page: no barrier that axe-core knows of, and no sideways scrolling on the narrowest screen."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.amounts import AXE_PAGES
from tests.api.world import CONGRESS, RIYADH
from tests.pages.conftest import Open

PAGES = ["/read/bare", "/", "/read/search?q=lavrov", "/read/nobody", f"/read/{RIYADH}", f"/read/{CONGRESS}"]
PAGES += [
    "/read/hostile",
    "/read/arabic",
    "/read/chinese",
    "/read/people/sergey-lavrov",
    "/read/parties/uto",
    "/read/parties/rur/with/uto",
    "/read/parties/rus/with/usa",
    "/read/people",
    "/read/topics",
    "/read/years",
    "/read/sources/gazette",
    "/?cursor=2",
]
STATUS = {"/read/nobody": 404, "/?cursor=2": 422}
NARROWEST = {"width": 320, "height": 640}
AXE = Axe()


OF_LOOKS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]}
}
"""The rules of axe-core that look at colours and sizes; all others judge the document alone."""


def barriers(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """The violations that axe-core reports, by rule and element."""
    found = AXE.run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES[:AXE_PAGES])
def test_no_barrier_in_either_scheme_on_either_screen(open_page: Open, path: str) -> None:
    page = open_page(path, STATUS.get(path, 200), viewport=NARROWEST, color_scheme="light")
    assert barriers(page) == [] and not scrolls_sideways(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 800})
    for link in page.locator(".ref[href]").all()[:1]:
        link.focus()  # something is lit
    assert barriers(page, OF_LOOKS) == [] and not scrolls_sideways(page)


def test_a_crowded_page_does_not_scroll_sideways(open_page: Open) -> None:
    assert not scrolls_sideways(open_page("/read/crowded", viewport=NARROWEST))


def scrolls_sideways(page: Page) -> bool:
    """Whether a page is wider than a narrow, a middle or a wide screen."""
    widths = []
    for width in (320, 700, 2000):
        page.set_viewport_size({"width": width, "height": 640})
        widths.append(page.evaluate("document.documentElement.scrollWidth") > width)
    return any(widths)


@pytest.mark.parametrize(
    ("path", "direction", "language"), [("/read/arabic", "rtl", "ar"), ("/read/chinese", "ltr", "zh-Hans")]
)
def test_scripts_are_set_their_way(open_page: Open, path: str, direction: str, language: str) -> None:
    page = open_page(path)
    for words in (page.locator(".set"), page.locator(".fact q").first, page.locator(".note q").first):
        assert (words.get_attribute("dir"), words.get_attribute("lang")) == (direction, language)
        assert words.evaluate("one => getComputedStyle(one).direction") == direction


def test_motion_only_for_those_who_ask_for_no_less(open_page: Open) -> None:
    for preference, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        page = open_page(f"/read/{RIYADH}", reduced_motion=preference)
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour
