"""A fact and the words that say it light up together, in both directions, by mouse, keyboard, touch and address."""

import pytest
from playwright.sync_api import Page, expect

from tests.api.serving import Served
from tests.api.world import CONGRESS, RIYADH
from tests.pages.conftest import PUBLIC_URL, Open

READ = f"/read/{RIYADH}"
STILL = {"reduced_motion": "reduce"}  # so that nothing moves while it is pointed at
WIDE = {"viewport": {"width": 1280, "height": 800}, **STILL}
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True, **STILL}
DURATION = "The meeting, which lasted nearly 4.5 hours"


def lit_words(page: Page) -> str:
    """The words that are lit, as they stand in the article."""
    return " ".join("".join(page.locator(".articles .s.lit").all_text_contents()).split())


def colour(page: Page, selector: str) -> list[str]:
    """The highlight colour of each matching element."""
    property = "getPropertyValue('--light').trim()"
    return page.eval_on_selector_all(selector, f"all => all.map(one => getComputedStyle(one).{property})")  # type: ignore[no-any-return]


def test_a_fact_lights_its_words_when_pointed_at_and_brings_them_into_view_when_clicked(open_page: Open) -> None:
    page = open_page(READ, **WIDE)
    fact = page.locator(".fact", has_text="permanent end to the war and not").last
    fact.scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    fact.hover()
    assert (
        lit_words(page)
        == "This needs to be a permanent end to the war and not a temporary end as we’ve seen in the past."
    )
    assert page.evaluate("scrollY") == scrolled
    page.mouse.move(2, 2)
    expect(page.locator(".lit")).to_have_count(0)
    fact.click()
    expect(page.locator(".articles .s.lit").first).to_be_in_viewport()


def test_words_light_the_facts_that_they_carry_when_pointed_at_and_bring_them_into_view_when_clicked(
    open_page: Open,
) -> None:
    page = open_page(READ, **WIDE)
    words = page.locator(".articles .s", has_text="Foreign Minister Sergey Lavrov")
    words.scroll_into_view_if_needed()
    scrolled = "document.getElementById('facts').scrollTop"
    before = page.evaluate(scrolled)
    words.hover()
    titles = page.locator(".facts .fact.lit")
    texts = [" ".join(text.split()) for text in titles.all_text_contents()]
    assert sum("Sergey Lavrov" in each and "Foreign Minister" in each for each in texts) >= 1
    assert sum("Title Foreign Minister" in each for each in texts) >= 5  # of as many quotes
    assert page.evaluate(scrolled) == before
    words.click()
    expect(titles.first).to_be_in_viewport()


def test_the_keyboard_lights_both_ways(open_page: Open) -> None:
    page = open_page(READ, **WIDE)
    reference = page.locator(".fact", has_text="Duration").locator("a.ref").first
    reference.focus()
    assert lit_words(page) == DURATION
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == reference.get_attribute("href")
    page.locator(".articles a.s", has_text="which lasted nearly").focus()
    assert "Duration" in page.locator(".fact.lit").first.inner_text()
    page.keyboard.press("Enter")
    note = page.locator(".note:target")
    assert DURATION in note.inner_text()
    note.get_by_role("link", name="The meeting").focus()
    page.keyboard.press("Escape")
    assert lit_words(page) in ("", DURATION)


def test_everything_can_be_reached_by_tab(open_page: Open) -> None:
    page = open_page("/read/bare", **WIDE)
    name = "one => one.name || one.innerText + one.getAttribute('href')"
    seen = "all => all.filter(one => one.checkVisibility())"
    wanted = set(page.eval_on_selector_all("a[href], input, button", f"all => ({seen})(all).map({name})"))
    reached = set()
    for _ in range(2 * len(wanted)):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(f"({name})(document.activeElement)"))
    assert wanted <= reached


def test_touch_on_a_phone(open_page: Open) -> None:
    page = open_page(READ, **PHONE)
    page.locator(".articles .s", has_text="which lasted nearly").tap()
    sheet = page.locator("#sheet")
    assert lit_words(page) == DURATION
    expect(sheet.locator(".fact")).to_contain_text("about 4 hours 30 minutes")
    sheet.locator("a.ref").first.tap()
    expect(sheet).to_be_hidden()
    expect(page.locator(".facts .fact", has_text="about 4 hours 30 minutes")).to_be_in_viewport()
    page.locator(".facts .fact", has_text="about 4 hours 30 minutes").locator(".value").tap()
    expect(page.locator(".articles .s.lit").first).to_be_in_viewport()
    assert lit_words(page) == DURATION


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("options", [WIDE, PHONE], ids=["wide", "phone"])
def test_an_address_opens_at_the_words_and_lights_them_and_the_fact(
    open_page: Open, served: Served, script: bool, options: dict[str, object]
) -> None:
    evidence = served.json("/evidence?meeting=riyadh-2025-02-18&q=temporary&limit=100")["items"][0]
    address = evidence["read_url"].removeprefix(PUBLIC_URL)
    page = open_page(address, java_script_enabled=script, **options)
    anchor = page.locator(":target")
    mark = (anchor.get_attribute("class") or "").split()[-1]
    expect(page.locator(f".s.{mark}").first).to_be_in_viewport()
    assert " ".join("".join(page.locator(f".s.{mark}").all_text_contents()).split()) == evidence["words"]
    unlit = "transparent"
    assert unlit not in colour(page, f".{mark}:is(.s, .fact)")
    assert set(colour(page, f":is(.s, .fact):not(.{mark})")) == {unlit}


def test_the_address_of_a_quote_lights_all_that_is_said_of_it(open_page: Open, served: Served) -> None:
    quote = served.json(f"/quotes/{RIYADH}.waltz-permanent-end")
    page = open_page(quote["read_url"].removeprefix(PUBLIC_URL), **WIDE)
    expect(page.locator(".card:target .fact.lit")).to_have_count(2)
    expect(page.locator(".fact.lit")).to_have_count(3)
    expect(page.locator(".facts .fact.lit").first).to_be_in_viewport()
    assert quote["text"] in lit_words(page)
    page.goto(f"{READ}#facts")
    expect(page.locator(".lit")).to_have_count(0)


def test_without_the_script_facts_and_words_lead_to_each_other(open_page: Open) -> None:
    page = open_page(READ, java_script_enabled=False, **WIDE)
    page.locator(".fact", has_text="Duration").locator("a.ref").first.click()
    expect(page.locator(":target + .s")).to_be_in_viewport()
    page.locator(":target + a.s").click()
    expect(page.locator(".note:target")).to_contain_text(DURATION)
    page.locator(".note:target ul a").first.click()
    assert page.locator(".fact:has(:target)").inner_text().startswith("Duration")


def test_every_one_of_many_facts_over_one_another_is_reachable(open_page: Open) -> None:
    page = open_page("/read/crowded", **WIDE)
    expect(page.locator(".articles a.s")).to_have_count(200)
    segment = page.locator(".articles .s").nth(150)
    segment.scroll_into_view_if_needed()
    segment.hover()
    expect(page.locator(".facts .fact.lit")).to_have_count(151)
    page.locator(".card", has_text="Matter 77").locator("a.ref").focus()
    assert lit_words(page) == " ".join(f"word{number}" for number in range(77, 277))


def test_several_articles_and_one_of_which_only_the_cited_words_are_shown(open_page: Open) -> None:
    page = open_page(f"/read/{CONGRESS}", **WIDE)
    wire = page.locator("#source-wire")
    expect(wire).to_contain_text("only the cited words")
    expect(wire.locator(".set")).to_contain_text("will not forget")
    expect(wire.locator(".set")).not_to_contain_text("smiled")
    page.locator(".fact", has_text="will not forget").first.hover()
    assert lit_words(page) == "will not forget"
    expect(wire.locator(".s.lit")).to_be_in_viewport()


def test_on_paper_every_fact_has_its_words_as_a_note(open_page: Open) -> None:
    page = open_page(READ)
    page.emulate_media(media="print", color_scheme="dark")
    for gone in ("form", "nav", ".tools", ".back"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.locator(".facts").evaluate("pane => pane.scrollHeight <= pane.clientHeight + 1")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    for number in page.locator(".fact a.ref").all_text_contents():
        assert page.locator(f"#n-{number}").count() == 1
    expect(page.locator("#n-9")).to_contain_text(DURATION)
