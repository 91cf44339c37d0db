"""The head of a meeting's page: who met, where that is from, and what came of it, each leading to its words."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.enums import Commitment, rank
from tests.api.serving import Served
from tests.api.world import CONGRESS, RIYADH
from tests.pages.conftest import Open
from tests.pages.parsed import Parsed

DESKTOP: dict[str, Any] = {"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce"}
MOST_PIXELS = 320
"""The height of the board on a desktop."""


def lines(page: Page, column: str) -> list[str]:
    """The lines of a column of the board."""
    section = page.locator(".board > section", has=page.get_by_role("heading", name=column))
    return [" ".join(text.split()) for text in section.locator(".line").all_inner_texts()]


@pytest.mark.parametrize("meeting", [RIYADH, CONGRESS, "bare", "crowded", "arabic"])
def test_the_board_is_low_and_each_line_leads_to_its_words(open_page: Open, meeting: str) -> None:
    page = open_page(f"/read/{meeting}", **DESKTOP)
    assert page.locator(".board").evaluate("board => board.getBoundingClientRect().height") <= MOST_PIXELS
    for line in page.locator(".line a").all():
        line.click()
        expect(page.locator(".lit").first).to_be_in_viewport()
        page.evaluate("scrollTo(0, 0)")


def test_agreements_stand_the_firmest_first_and_say_on_whose_word(open_page: Open) -> None:
    page = open_page(f"/read/{RIYADH}", **DESKTOP)
    assert lines(page, "Agreed or promised") == [
        "Agreed Restore the normal functioning of diplomatic missions",
        "Agreed Form high-level teams on a path to resolving the Ukraine conflict",
        "Pledged · says Sergey Lavrov Work to remove barriers to diplomatic relations",
        "Willing to Appoint ambassadors",
    ]
    assert page.locator(".board .line .bar").evaluate_all("bars => bars.map(bar => bar.classList[1])") == [
        *("b4", "b4", "b2", "b1"),
    ]
    assert page.get_by_role("link", name="Agreed or promised: all 6").get_attribute("href") == "#outcomes"


def test_inferred_outcomes_say_so_and_quotes_their_speaker(open_page: Open) -> None:
    page = open_page("/read/bare", **DESKTOP)
    assert lines(page, "Promised, not agreed") == ["Willing to · inferred To meet"]
    assert page.locator(".line.inferred").evaluate("line => getComputedStyle(line).borderLeftStyle") == "dashed"
    assert lines(page, "Said") == ["the crowd · paraphrased by the article cheered"]
    page = open_page(f"/read/{CONGRESS}", **DESKTOP)
    said = lines(page, "Said")
    assert "Jane Roe We will open our doors again" in said
    speakers = "King Rudolf (not at the meeting), Utopia, the many neighbours"
    assert f"{speakers} · fragments of their own words frank and friendly" in said


@pytest.mark.parametrize("meeting", [RIYADH, CONGRESS, "crowded", "firm"])
def test_both_orders_are_those_of_the_article_and_of_firmness(open_page: Open, served: Served, meeting: str) -> None:
    page = open_page(f"/read/{meeting}", **DESKTOP)
    texts = {
        source["id"]: served.get(source["text_url"]).text for source in served.walk("/sources") if source["text_url"]
    }

    def first_words(item: dict[str, Any]) -> tuple[int, ...]:
        main = served.json(f"/meetings/{meeting}")["sources"][0]["id"]
        text = item.get("text")
        places = [
            (each["source"]["id"] != main, each["start"])
            for each in item["evidence"]
            if each["source"] and (text is None or "text" in each["fields"])
        ]
        for each in item["evidence"]:
            if each["source"] and each["source"]["id"] in texts:
                assert texts[each["source"]["id"]][each["start"] : each["end"]] == each["words"]
        return min(places, default=(2, 0))

    def is_inferred(agreement: dict[str, Any]) -> bool:
        return all(each["basis"] == "inferred" for each in agreement["evidence"] if "commitment" in each["fields"])

    for name, kind in (("agreements", "agreement"), ("quotes", "quote"), ("agenda", "agenda")):
        items = {item["id"]: item for item in served.walk(f"/{name}?meeting={meeting}&limit=100")}
        shown = page.locator(f".card[id^='{kind}-']").evaluate_all("cards => cards.map(card => card.id)")
        places = [first_words(items[each.removeprefix(f"{kind}-")]) for each in shown]
        assert places == sorted(places) and len(places) == len(items)
    by_title = {each["title"]: each for each in served.walk(f"/agreements?meeting={meeting}&limit=100")}
    titles = page.locator(".board .line:has(.bar) .what").all_inner_texts()
    firmness = [
        (-rank(Commitment(one["commitment"])), is_inferred(one), first_words(one))
        for one in map(by_title.get, titles)
        if one
    ]
    assert firmness == sorted(firmness)


def test_the_line_of_a_source_says_what_is_known_and_what_is_not(open_page: Open) -> None:
    page = open_page(f"/read/{RIYADH}", **DESKTOP)
    expect(page.locator(".source-line")).to_have_text(
        "Source publisher, author, date, address and licence unknown · in full"
    )
    page = open_page(f"/read/{CONGRESS}", **DESKTOP)
    gazette, wire = page.locator(".source-line").all()
    expect(gazette).to_have_text(
        "Source The Gazette · A. Writer · May 2024 · gazette.example · CC0-1.0 · in full."
        " These sides’ own account: Utopia, Austria; no other side’s is here."
    )
    expect(gazette.get_by_role("link")).to_have_attribute("href", "https://gazette.example/a?b=c#top")
    expect(wire).to_contain_text("wire.example · publisher, author, date and licence unknown")
    expect(wire).to_contain_text("cited words only")


def test_each_passage_leads_to_its_words_at_the_publisher(served: Served) -> None:
    page = Parsed(served.get(f"/read/{CONGRESS}").text)
    wanted = {each["source_url"] for each in served.walk(f"/evidence?meeting={CONGRESS}&limit=100") if each["words"]}
    assert wanted and wanted <= set(page.all("href"))
