"""The article stays an article: its words can be found, linked to, reached and left by keyboard, mouse and wheel."""

import re
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.api.serving import Served
from tests.api.world import CONGRESS, RIYADH
from tests.pages.conftest import PUBLIC_URL, Open

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
PHRASE = 8
"""The number of words of a phrase."""

MOST_TAB_STOPS = 10


def paragraphs(page: Page) -> list[str]:
    blocks = page.locator(".set :is(p, h3, h4, li):not(.gap)").evaluate_all("all => all.map(one => one.textContent)")
    return [" ".join(block.split()) for block in blocks]


def wait_until(page: Page, condition: str) -> None:
    """Look at each frame. Playwright's own function needs `eval`, which the page's policy forbids."""
    page.evaluate(
        f"new Promise(done => {{ const look = () => ({condition}) ? done() : requestAnimationFrame(look); look() }})"
    )


@pytest.mark.parametrize("meeting", [RIYADH, CONGRESS, "crowded", "arabic", "hostile"])
def test_every_phrase_of_a_paragraph_is_found_in_the_page(open_page: Open, meeting: str) -> None:
    page = open_page(f"/read/{meeting}", **WIDE)
    words = [block.split(" ") for block in paragraphs(page)]
    phrases = [
        " ".join(block[start : start + PHRASE]) for block in words for start in range(max(1, len(block) - PHRASE + 1))
    ]
    page.evaluate("document.querySelectorAll('.head, .facts, .notes').forEach(part => part.remove())")
    missing = "phrases => phrases.filter(phrase => !find(phrase, true, false, true))"
    assert len(phrases) >= 3
    assert page.evaluate(missing, phrases) == []


def test_the_words_of_the_article_are_adjacent(served: Served) -> None:
    """Nothing stands between them in the document, so that any program that reads it finds each run of words."""
    for meeting in (RIYADH, "crowded", "arabic", "chinese", "hostile"):
        page = served.get(f"/read/{meeting}").text
        article = re.sub(r"<[^>]*>", "", page[page.index('<div class="set"') :].partition("</article>")[0])
        shown = " ".join(unescape(article).split())
        runs = served.get(f"/sources/{served.json(f'/meetings/{meeting}')['sources'][0]['id']}/text").text.split()
        for start in range(len(runs) - 2):
            assert " ".join(runs[start : start + 3]) in shown, meeting


@pytest.mark.parametrize(
    "words", ["While the meeting in Riyadh is being hailed", "the road ahead is long and challenging"]
)
def test_a_link_to_a_text_opens_at_the_words(open_page: Open, words: str) -> None:
    page = open_page(f"/read/{RIYADH}", **WIDE)
    block = page.locator(".set :is(p, li)", has_text=words).first
    page.goto("about:blank")
    page.goto(f"/read/{RIYADH}#:~:text={words.replace(' ', '%20').replace('-', '%2D')}")
    expect(block).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0


def test_the_facts_are_a_few_tab_stops_from_the_address_bar(open_page: Open) -> None:
    page = open_page(f"/read/{RIYADH}", **WIDE)
    for _ in range(MOST_TAB_STOPS - 2):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "#facts":
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#facts') !== null")


def test_the_wheel_scrolls_the_page_until_the_facts_are_at_the_top(open_page: Open) -> None:
    page = open_page(f"/read/{RIYADH}", **WIDE)
    page.locator(".facts h3").first.hover()
    page.mouse.wheel(0, 150)
    wait_until(page, "scrollY > 0")
    assert page.locator(".facts").evaluate("facts => facts.scrollTop") == 0
    page.evaluate("scrollTo(0, document.querySelector('.spread').offsetTop)")
    expect(page.locator(".facts")).not_to_have_class(re.compile("waits"))
    page.mouse.wheel(0, 150)
    wait_until(page, "document.getElementById('facts').scrollTop > 0")


def test_a_link_to_what_is_gone_says_so(open_page: Open) -> None:
    page = open_page(f"/read/{RIYADH}#e-{RIYADH}.gone.0123456789ab", **WIDE)
    expect(page.get_by_role("status")).to_have_text("What this link led to is not on this page any more.")
    page.goto(f"/read/{RIYADH}#facts")
    expect(page.get_by_role("status")).to_have_text("")


def test_a_press_copies_the_link_of_a_fact(open_page: Open) -> None:
    page = open_page(f"/read/{RIYADH}", permissions=["clipboard-read", "clipboard-write"], **WIDE)
    row = page.locator(".facts .fact", has_text="Duration")
    row.hover()
    row.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text("The link is copied.")
    address = page.evaluate("navigator.clipboard.readText()")
    assert page.locator(f"[id='{address.partition('#')[2]}']").count() == 1


@pytest.mark.parametrize(
    "meeting, fact, citation",
    [
        (
            RIYADH,
            "Duration",
            "The meeting: Duration: about 4 hours 30 minutes. “The meeting, which lasted nearly 4.5 hours”"
            " (U.S. and Russia agree to normalize ties and seek Ukraine peace)."
            " In: U.S.–Russia talks in Riyadh, Readout, dataset version ",
        ),
        (RIYADH, "is known from outside it", "Inferred: The article says only Tuesday and has no date."),
        (
            CONGRESS,
            "We will open our doors again",
            "Jane Roe. “We will open our doors again” (A. Writer, Utopia and Ruritania meet in Vienna, The Gazette, 2024-05, https://gazette.example/a?b=c#top). In: Congress of Vienna, ",
        ),
    ],
)
def test_a_press_copies_the_citation_of_a_fact(open_page: Open, meeting: str, fact: str, citation: str) -> None:
    page = open_page(f"/read/{meeting}", permissions=["clipboard-read", "clipboard-write"], **WIDE)
    row = page.locator(".facts .fact", has_text=fact).first
    row.hover()
    row.get_by_role("button", name="Cite").click()
    expect(page.get_by_role("status")).to_have_text("The citation is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert citation in copied
    assert re.search(rf" dataset version 1-[0-9a-f]{{8}}\. {PUBLIC_URL}/read/{re.escape(meeting)}#e-[^ ]+$", copied)
    assert page.locator(f"[id='{copied.rpartition('#')[2]}']").count() == 1


def test_buttons_cover_nothing(open_page: Open) -> None:
    page = open_page(f"/read/{RIYADH}", permissions=["clipboard-read", "clipboard-write"], **WIDE)
    covered = """facts => facts.filter(fact => {
        const places = (names) => [...fact.querySelectorAll(names)].flatMap(one => [...one.getClientRects()]);
        const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        const buttons = places("button");
        return meet(...buttons) || places("a, q, .label, .value").some(one => buttons.some(button => meet(one, button)));
    }).map(fact => fact.innerText)"""
    assert page.locator(".facts .fact").evaluate_all(covered) == []
