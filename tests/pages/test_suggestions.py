"""Suggestions below the search box: by keyboard and by pointer, and a form that works without the script."""

import pytest
from playwright.sync_api import expect

from tests.api.world import RIYADH
from tests.pages.conftest import Open

STILL = {"reduced_motion": "reduce"}


@pytest.mark.parametrize("path", ["/", "/read/search?q=lavrov", "/read/nobody", f"/read/{RIYADH}"])
def test_names_are_suggested_while_one_types(open_page: Open, path: str) -> None:
    page = open_page(path, 404 if "nobody" in path else 200, **STILL)
    box = page.get_by_role("combobox", name="Search")
    box.fill("")
    box.press_sequentially("lavr")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Sergey Lavrov")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "suggested-0")
    box.press("Escape")
    expect(options).to_have_count(0)
    box.press_sequentially("o")
    expect(options.first).to_be_visible()
    box.press("ArrowUp")
    box.press("Enter")
    page.wait_for_url("**/read/people/sergey-lavrov")


def test_a_suggestion_can_be_clicked_and_enter_alone_searches(open_page: Open) -> None:
    page = open_page("/", **STILL)
    page.get_by_role("combobox", name="Search").press_sequentially("embas")
    page.get_by_role("option", name="embassies").first.click()
    page.wait_for_url("**/read/**")
    with page.expect_response("**/suggest?q=doors"):  # or leaving the page would cut it off
        page.get_by_role("combobox", name="Search").fill("doors")
    page.get_by_role("combobox", name="Search").press("Enter")
    page.wait_for_url("**/read/search?q=doors")
    expect(page.locator(".hit mark").first).to_have_text("doors")


def test_without_the_script_the_form_works(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False, **STILL)
    page.get_by_role("searchbox", name="Search").fill("lawrow")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hit h2").first).to_have_text("Sergey Lavrov")


def test_a_link_narrows_the_search_and_another_widens_it(open_page: Open) -> None:
    page = open_page("/read/search?q=utopia", viewport={"width": 1280, "height": 900}, **STILL)
    page.locator(".facets").get_by_role("link", name="Quotes").click()
    page.wait_for_url("**kind=quote")
    expect(page.locator(".passages .kicker").first).to_have_text("quote")
    page.get_by_role("link", name="any").first.click()
    page.wait_for_url("**/read/search?q=utopia")


def test_nothing_found_says_what_was_meant(open_page: Open) -> None:
    page = open_page("/read/search?q=embasies+zyxwv", **STILL)
    page.locator(".meant a").click()
    page.wait_for_url("**/read/search?q=embassies")
    expect(page.locator(".hit mark").first).to_have_text("embassies", ignore_case=True)
