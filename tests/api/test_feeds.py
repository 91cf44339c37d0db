"""Feeds and the calendar: a list with its filters, to subscribe to."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest

from app.exports.atom_feed import tag_uri
from tests.api.conftest import Serve, World
from tests.api.oracle import LISTS, values
from tests.api.serving import PUBLIC_URL, Json, Served, problem
from tests.api.test_lists import query
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_bare, write_congress
from tests.databases import query as rows_of

FEEDS = ("/meetings", "/agreements", "/quotes")
ATOM = "{http://www.w3.org/2005/Atom}"
CALENDAR = "/meetings.ics"


def feed_at(served: Served, address: str) -> Any:
    """A page of a feed, parsed; the parser finds nothing wrong with it."""
    response = served.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/atom+xml")
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def walk(served: Served, address: str) -> Iterator[Any]:
    """The pages of a feed, by the links of RFC 5005."""
    while address:
        page = feed_at(served, address)
        yield page
        address = next((link.href for link in page.feed.links if link.rel == "next"), "")


def loaded_at(served: Served, number: int) -> str:
    """The time of a version, as a feed has it."""
    (time,) = rows_of(served.database, f"SELECT loaded_at FROM dataset_version WHERE number = {number}")
    time = time if isinstance(time, datetime) else datetime.fromisoformat(time)
    return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# Atom.


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_the_items_of_the_list_the_last_changed_first(served: Served, path: str) -> None:
    for filters in ("", query({"topic": values(served, path, "topic")[:3]}), "q=vienna", "changed_since=0"):
        items = served.walk(f"{path}?sort=-changed_in&limit=100&{filters}")
        entries = [entry for page in walk(served, f"{path}.atom?limit=3&{filters}") for entry in page.entries]
        assert [entry.link for entry in entries] == [item["read_url"] for item in items]
        assert [entry.id for entry in entries] == [tag_uri(PUBLIC_URL, f"{path}/{item['id']}") for item in items]
        assert [entry.updated for entry in entries] == [loaded_at(served, item["changed_in"]) for item in items]
        assert [[tag.term for tag in entry.get("tags", [])] for entry in entries] == [item["topics"] for item in items]
        json = [next(link.href for link in entry.links if link.type == "application/json") for entry in entries]
        assert json == [item["url"] for item in items]


@pytest.mark.parametrize("path", ["/agreements", "/quotes"])
def test_the_words_are_the_summary(served: Served, path: str) -> None:
    items = served.walk(f"{path}?sort=-changed_in&limit=100")
    assert [entry.summary for entry in feed_at(served, f"{path}.atom").entries] == [item["text"] for item in items]


def test_the_title_is_that_of_the_item_or_the_speakers(served: Served) -> None:
    for item, entry in zip(
        served.walk("/quotes?sort=-changed_in"), feed_at(served, "/quotes.atom").entries, strict=True
    ):
        assert entry.title == f"{', '.join(who['name'] for who in item['speakers'])}: {item['meeting']['title']}"
    for item, entry in zip(
        served.walk("/meetings?sort=-changed_in"), feed_at(served, "/meetings.atom").entries, strict=True
    ):
        words = [each["words"] for each in item["evidence"] if each["words"]]
        assert (entry.title, entry.get("summary")) == (item["title"], item["summary"] or next(iter(words), None))


def test_a_feed_names_itself_its_author_and_its_next_page(served: Served) -> None:
    feed = feed_at(served, "/quotes.atom?kind=direct&limit=1").feed
    links = {link.rel: link.href for link in feed.links}
    assert links["self"] == f"{PUBLIC_URL}/quotes.atom?kind=direct&limit=1"
    assert links["alternate"] == f"{PUBLIC_URL}/quotes?kind=direct"
    assert served.get("/quotes.atom?kind=direct&limit=1").headers["Link"] == f'<{links["next"]}>; rel="next"'
    assert feed.id == "tag:facts.example,2026:/read/out/quotes.atom?kind=direct"
    assert (feed.author, feed.title, feed.rights) == ("Readout", "Quotes – Readout", "CC0-1.0")
    pages = [*walk(served, "/quotes.atom?kind=direct&limit=1")]
    assert len(pages) > 1 and {page.feed.id for page in pages} == {feed.id}
    assert all(page.feed.updated == max(entry.updated for entry in page.entries) for page in pages)


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_what_rfc_4287_requires(served: Served, path: str) -> None:
    root = ElementTree.fromstring(served.get(f"{path}.atom").content)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated") or "")
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert alternates and len({link.get("type") for link in alternates}) == len(alternates)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) > 1


def test_an_empty_feed_is_one(served: Served) -> None:
    page = feed_at(served, "/quotes.atom?id=nobody")
    assert page.entries == [] and page.feed.updated == served.json("/dataset")["loaded_at"][:19] + "Z"


def test_a_changed_item_comes_first_with_its_own_id(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "congress"
    served = serve(write_congress(folder), write_bare(tmp_path / "bare"))
    before = feed_at(served, "/meetings.atom").entries
    served.load(write_congress(folder, CONGRESS_RECORD.replace("Congress of Vienna", "Talks in Vienna")))
    first, second = feed_at(served, "/meetings.atom").entries
    assert (first.title, first.updated) == ("Talks in Vienna", loaded_at(served, 2))
    assert {first.id, second.id} == {entry.id for entry in before}


def test_markup_in_a_title_is_text(serve: Serve, tmp_path: Path) -> None:
    record = CONGRESS_RECORD.replace("title: Congress of Vienna", 'title: "A <b>bold</b> & “quoted” congress"')
    served = serve(write_congress(tmp_path / "congress", record))
    root = ElementTree.fromstring(served.get("/meetings.atom").content)
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == "A <b>bold</b> & “quoted” congress"


@pytest.mark.parametrize(
    ("public_url", "tag"),
    [
        ("https://facts.example/read/out", "tag:facts.example,2026:/read/out/quotes"),
        ("http://facts.example/read/out", "tag:facts.example,2026:/read/out/quotes"),
        ("http://localhost:8000", "tag:localhost,2026::8000/quotes"),
        ("http://[::1]:8000", "tag:1,2026::8000/quotes"),
    ],
)
def test_tag_uris(public_url: str, tag: str) -> None:
    assert tag_uri(public_url, "/quotes") == tag


def test_a_feed_is_cached_and_revalidated_like_a_list(served: Served) -> None:
    tag = served.get("/agreements.atom").headers["ETag"]
    assert served.get("/agreements.atom", headers={"If-None-Match": tag}).status_code == 304
    assert served.get("/agreements.atom", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_no_other_sort(served: Served, path: str) -> None:
    (error,) = problem(served.get(f"{path}.atom?sort=id"), 422, "invalid_parameter")["errors"]
    assert error["message"] == "makes no sense here: a feed has what changed last first"


@pytest.mark.parametrize("name", ["people", "evidence", "search", "nothing"])
def test_a_list_without_a_format_says_which_have_it(served: Served, name: str) -> None:
    feeds = problem(served.get(f"/{name}.atom"), 404, "not_found")["detail"]
    assert feeds == "There is no feed of this name; there are `/meetings.atom`, `/agreements.atom` and `/quotes.atom`."
    calendar = problem(served.get(f"/{name}.ics"), 404, "not_found")["detail"]
    assert calendar == "There is no calendar of this name; there is `/meetings.ics`."
    assert problem(served.get(f"/{name}.foo"), 404, "not_found")["detail"] == "Nothing has this address."
    if f"/{name}" not in LISTS:
        tables = problem(served.get(f"/{name}.csv"), 404, "not_found")["detail"]
        assert all(f"`{path}.csv`" in tables for path in LISTS)


# The calendar.


def events_at(served: Served, address: str) -> list[Any]:
    response = served.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))  # octets (RFC 5545, 3.1)
    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    assert not any(event.errors for event in calendar.walk("VEVENT"))
    return [*calendar.walk("VEVENT")]


def has_days(meeting: Json) -> bool:
    return all(len(day or "") == 10 for day in (meeting["start_date"], meeting["end_date"] or meeting["start_date"]))


@pytest.mark.parametrize("filters", ["", "status=planned&status=held", "q=vienna", "date_from=2024", "id=nobody"])
def test_the_calendar_has_the_meetings_whose_days_are_known(served: Served, filters: str) -> None:
    meetings = [meeting for meeting in served.walk(f"/meetings?{filters}&limit=100") if has_days(meeting)]
    events = events_at(served, f"{CALENDAR}?{filters}")
    assert [str(event["UID"]) for event in events] == [f"{meeting['id']}@facts.example" for meeting in meetings]
    for event, meeting in zip(events, meetings, strict=True):
        last = date.fromisoformat(meeting["end_date"] or meeting["start_date"])
        assert event["DTSTART"].dt == date.fromisoformat(meeting["start_date"])
        assert event["DTEND"].dt == last + timedelta(days=1)
        expected = {"planned": "TENTATIVE", "cancelled": "CANCELLED"}.get(meeting["status"], "CONFIRMED")
        assert (str(event["STATUS"]), event["SEQUENCE"]) == (expected, meeting["changed_in"])
        assert event["DTSTAMP"].dt.strftime("%Y-%m-%dT%H:%M:%SZ") == loaded_at(served, meeting["changed_in"])
        assert (str(event["SUMMARY"]), str(event["URL"])) == (meeting["title"], meeting["read_url"])


def test_the_world_has_meetings_of_every_kind(served: Served) -> None:
    """So that the comparison above compares something."""
    meetings = served.all("/meetings")
    assert {has_days(meeting) for meeting in meetings} == {True, False}
    assert {"planned", "held"} <= {meeting["status"] for meeting in meetings if has_days(meeting)}


def test_a_calendar_has_an_end_date_that_is_exclusive(served: Served) -> None:
    (event,) = events_at(served, f"{CALENDAR}?id={CONGRESS}")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2024, 5, 6), date(2024, 5, 8))


def test_a_calendar_of_too_many_meetings_is_refused(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.shared.list_plan.COUNT_LIMIT", 3)
    (error,) = problem(served.get(CALENDAR), 422, "invalid_parameter")["errors"]
    assert (error["parameter"], error["value"]) == ("date_from", None)
    assert served.client.head(CALENDAR).status_code == 422
    assert served.get(f"{CALENDAR}?id={CONGRESS}").status_code == 200


@pytest.mark.parametrize("name", ["limit=5", "cursor=abc", "sort=id"])
def test_the_parameters_of_a_page_make_no_sense_in_a_calendar(served: Served, name: str) -> None:
    (error,) = problem(served.get(f"{CALENDAR}?{name}"), 422, "invalid_parameter")["errors"]
    assert error["message"] == "makes no sense here: a calendar has the whole list"


def test_a_calendar_that_is_known_is_not_read(served: Served, world: World) -> None:
    tag = served.get(CALENDAR).headers["ETag"]
    with served.statements() as sent:
        assert served.get(CALENDAR, headers={"If-None-Match": tag}).status_code == 304
    assert sent == []
