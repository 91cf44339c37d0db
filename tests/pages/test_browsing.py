"""Finding one's way: lists of people, parties, topics and years, two parties together, and what search engines get."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.api.serving import Served, serving
from tests.api.world import CONGRESS, RIYADH
from tests.databases import Kind
from tests.pages.conftest import PUBLIC_URL
from tests.pages.parsed import Parsed
from tests.pages.test_pages import local, text

MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(scope="module")
def served(database_kind: Kind, records: list[Path]) -> Iterator[Served]:
    """The same on each kind of database."""
    with (
        database_kind.databases() as databases,
        serving(databases.loaded(*records), PUBLIC_URL, indexed=True) as running,
    ):
        yield running


def linked_data(page: str) -> dict[str, Any]:
    (script,) = re.findall('<script type="application/ld\\+json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(script)
    return found


@pytest.mark.parametrize("kind", ["people", "parties"])
def test_people_and_parties_are_listed_by_name_with_their_counts(served: Served, kind: str) -> None:
    page = served.get(f"/read/{kind}").text
    items = served.walk(f"/{kind}?sort=name&limit=100")
    links = re.findall(r'<li><a href="(/read/[^"]+)"><bdi>(.*?)</bdi></a> <span class="count">([0-9,]+) meeting', page)
    assert [(unescape(name), int(count)) for _, name, count in links] == [
        (item["name"], item["counts"]["meetings"]) for item in items
    ]
    assert [address for address, _, _ in links] == [local(item["read_url"]) for item in items]


def test_topics_and_years_lead_to_as_many_records_as_they_say(served: Served) -> None:
    for path in ("/read/topics", "/read/years"):
        links = re.findall(
            r'<a href="(/read/search\?[^"]+)"><bdi>[^<]*</bdi></a> <span class="count">([^<]*)', served.get(path).text
        )
        assert links
        for address, counts in links:
            query = unescape(address).removeprefix("/read")
            for number, kind in re.findall(r"([0-9]+) (agenda item|agreement|meeting|quote)s?", counts):
                found = served.json(f"{query}&kind={kind.replace(' ', '_')}" if path == "/read/topics" else query)
                assert found["total"]["value"] == int(number), (address, kind)
            assert re.fullmatch(r"([0-9]+ (agenda item|agreement|meeting|quote)s?( · |$))+", counts)


def test_the_first_page_has_four_doors(served: Served) -> None:
    doors = {"/read/parties", "/read/people", "/read/topics", "/read/years"}
    assert doors <= set(Parsed(served.get("/").text).all("href"))


def test_an_article_has_its_meetings(served: Served) -> None:
    page = served.get("/read/sources/gazette").text
    assert "The Gazette · A. Writer · May 2024 · gazette.example · CC0-1.0 · in full" in text(page)
    assert f"/read/{CONGRESS}#source-gazette" in Parsed(page).all("href")
    assert served.get("/read/sources/nothing").status_code == 404


def test_two_parties_have_what_they_agreed_by_topic_and_what_each_said(served: Served) -> None:
    page = served.get("/read/parties/rus/with/usa").text
    shown, links = text(page), set(Parsed(page).all("href"))
    assert "Firmest so far: agreed, Form high-level teams" in shown or "Firmest so far: agreed, Restore" in shown
    assert "Open since 18 February 2025: ukraine" in shown
    for name in ("agreements", "agenda", "quotes"):
        for item in served.walk(f"/{name}?with=rus&with=usa&limit=100"):
            if name == "quotes":
                of_either = any(speaker["delegate"] for speaker in item["speakers"])
                assert (local(item["read_url"]) in links) >= of_either
            elif item.get("outcome") != "agreed":
                assert links & {
                    local(item["read_url"]),
                    *(f"/read/{RIYADH}#e-{each['id']}" for each in item["evidence"]),
                }
    assert f"{PUBLIC_URL}/read/parties/rus/with/usa" in links
    assert f"{PUBLIC_URL}/read/parties/rus/with/usa" in Parsed(served.get("/read/parties/usa/with/rus").text).all(
        "href"
    )
    assert served.get("/read/parties/rus/with/rus").status_code == 404
    assert served.get("/read/parties/rus/with/nobody").status_code == 404
    assert "No meeting of both is here." in text(served.get("/read/parties/rus/with/uto").text)


def test_the_dossier_is_linked_wherever_two_parties_stand_together(served: Served) -> None:
    for path in (f"/read/{RIYADH}", "/read/parties/rus", "/read/parties/usa"):
        assert "/read/parties/rus/with/usa" in Parsed(served.get(path).text).all("href")


def test_each_page_can_be_shared(served: Served) -> None:
    paths = ("/", f"/read/{RIYADH}", "/read/people/jane-roe", "/read/parties/uto", "/read/people", "/read/years")
    for path in (*paths, "/read/parties/rus/with/usa", "/read/sources/gazette"):
        page = served.get(path).text
        names = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page))
        assert {"description", "og:title", "og:description", "og:image", "og:url"} <= set(names), path
        assert f'<link rel="canonical" href="{names["og:url"]}">' in page
        assert names["og:url"].startswith(PUBLIC_URL)
        image = served.get(local(names["og:image"]))
        assert (image.status_code, image.headers["Content-Type"]) == (200, "image/png")
    described = re.search('name="description" content="([^"]*)"', served.get(f"/read/{RIYADH}").text)
    assert described and described[1].startswith("18 February 2025: United States, Russia. Agreed or promised: ")


def test_a_meeting_is_an_event_with_its_quotations(served: Served) -> None:
    event = linked_data(served.get(f"/read/{RIYADH}").text)
    assert (event["@context"], event["@type"], event["startDate"]) == ("https://schema.org", "Event", "2025-02-18")
    assert event["location"]["address"] == {
        **{"@type": "PostalAddress", "addressLocality": "Riyadh"},
        "addressCountry": served.json(f"/meetings/{RIYADH}")["place"]["country"],
    }
    quotations = [each["text"] for each in event["subjectOf"] if each["@type"] == "Quotation"]
    quotes = served.walk(f"/quotes?meeting={RIYADH}&sort=place&limit=100")
    assert quotations == [each["text"] for each in quotes if each["kind"] != "indirect"]
    hostile = linked_data(served.get("/read/hostile").text)
    assert hostile["name"] == served.json("/meetings/hostile")["title"]
    assert linked_data(served.get("/").text)["@type"] == "Dataset"


def test_search_engines_get_every_page_and_no_searches(served: Served) -> None:
    robots = served.get("/robots.txt").text.splitlines()
    assert "Disallow: /read/search" in robots and f"Sitemap: {PUBLIC_URL}/sitemap.xml" in robots
    parts = [each.text for each in ElementTree.fromstring(served.get("/sitemap.xml").text).iter(MAPS)]
    pages = {
        str(each.text)
        for part in parts
        for each in ElementTree.fromstring(served.get(local(str(part))).text).iter(MAPS)
    }
    wanted = {
        item["read_url"] for path in ("meetings", "people", "parties") for item in served.walk(f"/{path}?limit=100")
    }
    assert pages == wanted | {f"{PUBLIC_URL}/read/sources/{item['id']}" for item in served.walk("/sources?limit=100")}
    assert all(served.get(local(page)).status_code == 200 for page in pages)
    for missing in (
        "/sitemap-meetings-0.xml",
        "/sitemap-meetings-2.xml",
        "/sitemap-evidence-1.xml",
        "/sitemap-x-y.xml",
    ):
        assert served.get(missing).status_code == 404


def test_what_is_missing_can_be_searched_for(served: Served) -> None:
    page = served.get("/read/lavrov-in-riyadh")
    assert page.status_code == 404
    assert 'name="q" type="search" value="lavrov in riyadh"' in page.text
