"""The other pages, as they come over HTTP: meetings, people, parties, what was found, what went wrong, citations."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from app.problems import MEANINGS, Code
from tests.api.serving import PUBLIC_URL as ELSEWHERE
from tests.api.serving import Served, serving
from tests.api.world import CONGRESS, RIYADH
from tests.databases import Databases, Files, Kind
from tests.pages.conftest import PUBLIC_URL
from tests.pages.parsed import NotIsolated, Parsed
from tests.pages.records import write_travels


@pytest.fixture(scope="module")
def served(database_kind: Kind, records: list[Path]) -> Iterator[Served]:
    """The same on each kind of database."""
    with (
        database_kind.databases() as databases,
        serving(databases.loaded(*records), PUBLIC_URL, indexed=True) as running,
    ):
        yield running


def text(page: str) -> str:
    """A page without its tags."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", page)).split())


def local(address: str) -> str:
    return address.removeprefix(PUBLIC_URL)


def test_the_first_page_has_the_meetings_and_leads_everywhere(served: Served) -> None:
    response = served.get("/")
    page, shown = Parsed(response.text), text(response.text)
    for meeting in served.walk("/meetings"):
        assert f"/read/{meeting['id']}" in page.all("href")
        assert meeting["title"] in shown
    for fact in (
        "18 February 2025 · Riyadh",
        "United States , Russia",
        "4 delegates · 6 agreements · 12 quotes",
    ):
        assert fact in shown
    assert served.json("/dataset")["version"] in shown
    assert {"/docs", f"{PUBLIC_URL}/meetings", f"{PUBLIC_URL}/dataset"} <= set(page.all("href"))
    assert "/read/search" in page.all("action")


def test_the_line_of_time_has_every_meeting_with_a_date_and_can_be_read(served: Served) -> None:
    page = Parsed(served.get("/").text)
    labels = " ".join(page.all("aria-label"))
    for meeting in served.walk("/meetings"):
        assert (f": {meeting['title']}" in labels) or meeting["start_date"] is None
    assert "6 May 2024 – 7 May 2024: Congress of Vienna" in page.all("aria-label")
    assert all(0 <= float(place[:-1]) <= 100 for name in ("cx", "x1", "x2") for place in page.all(name) if "%" in place)


def test_who_took_part_stands_by_party_with_the_heads_first(served: Served) -> None:
    shown = text(served.get(f"/read/{CONGRESS}").text)
    assert "Utopia ( Jane Roe ) · Ruritania · Austria (mediator)" in shown
    who = shown[shown.index("Who took part") :]
    names = ("Utopia Jane Roe , head", "Ruritania senior officials", "Austria (mediator) Nobody is named.")
    assert [who.find(name) for name in names] == sorted(who.find(name) for name in names) and names[0] in who
    assert "King Rudolf , did not attend" in who
    assert "Only quoted King Rudolf (not at the meeting)" in who
    assert "across from" not in shown


def test_a_person(served: Served) -> None:
    response = served.get("/read/people/sergey-lavrov")
    page, shown = Parsed(response.text), text(response.text)
    assert f"/read/{RIYADH}#delegate-{RIYADH}.sergey-lavrov" in page.all("href")
    assert "Took part in 1 meeting, quoted 5 times." in shown
    assert "Offices held Foreign Minister , Russia : 18 February 2025" in shown
    assert "took part as Foreign Minister , head, for Russia" in shown
    said = shown[shown.index("What was said") :]
    assert "artificial barriers" in said and re.search("remains firm[^()]*\\(18 February 2025, paraphrased", said)
    for quote in served.walk("/quotes?speaker=sergey-lavrov"):
        assert local(quote["read_url"]) in page.all("href")
    assert {served.json("/people/sergey-lavrov")["url"], "https://www.wikidata.org/wiki/Q58217"} <= set(
        page.all("href")
    )
    other = text(served.get("/read/people/kirill-dmitriev").text)
    assert "Took part in 0 meetings" in other and "quoted at" in other and "not a delegate" in other
    assert "Offices held" not in other


@pytest.mark.sqlite
def test_later_pages_of_a_person_have_only_the_meetings(databases: Databases, tmp_path: Path) -> None:
    with serving(databases.loaded(*write_travels(tmp_path, 12)), PUBLIC_URL) as served:
        first = served.get("/read/people/walker").text
        (more,) = re.findall('rel="next" href="([^"]+)"', first)
        later = served.get(unescape(more)).text
    offices = text(first).partition("Offices held")[2].partition("Meetings")[0]
    assert all(f"Envoy {number} :" in offices for number in range(1, 13))
    assert "Offices held" not in text(later)
    assert len(re.findall("took part as", text(first))) == 10 and len(re.findall("took part as", text(later))) == 2


def test_a_party_has_every_meeting_that_it_had_any_part_in(served: Served) -> None:
    for party in served.walk("/parties?limit=100"):
        page = Parsed(served.get(local(party["read_url"])).text)
        for part in ("delegates", "agreements", "quotes"):
            for item in served.walk(f"/{part}?party={party['id']}&limit=100"):
                assert local(item["read_url"]) in page.all("href"), party["id"]
        for meeting in served.walk(f"/meetings?party={party['id']}&limit=100"):
            assert local(meeting["read_url"]) in page.all("href")


def test_every_item_and_its_page_lead_to_each_other(served: Served) -> None:
    pages: dict[str, Parsed] = {}
    for path in ("/meetings", "/people", "/parties", "/agenda", "/delegates", "/agreements", "/quotes"):
        for item in served.walk(f"{path}?limit=100"):
            address, _, place = local(item["read_url"]).partition("#")
            if address not in pages:
                pages[address] = Parsed(served.get(address).text)
            assert item["url"] in pages[address].all("href")
            assert not place or place in pages[address].all("id")


def test_a_hit_leads_to_its_place_with_the_matches_marked(served: Served) -> None:
    for q in ("lavrov", "riyadh", "embassies", "utopia", "temporary"):
        page = served.get(f"/read/search?q={q}").text
        marked = set(re.findall("<mark>(.*?)</mark>", page))
        assert marked and {each.lower()[:5] for each in marked} == {q[:5]}
        targets = re.findall(r'<h[23] dir="auto"><a href="([^"]+)"', page)
        assert targets
        for target in targets:
            address, _, place = target.partition("#")
            assert not place or place in Parsed(served.get(address).text).all("id"), target


def test_a_search_has_pages(served: Served) -> None:
    address, shown, more = "/read/search?kind=quote&kind=agenda_item", 0, 0
    while address:
        page = served.get(address).text
        shown += len(re.findall("<h3", page))
        more += sum(map(int, re.findall(r"([0-9]+) more results?", page)))
        next_url = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(next_url[1]) if next_url else ""
    total = served.json("/search?kind=quote&kind=agenda_item")["total"]["value"]
    assert shown + more == total > 50


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/read/search", "All words must occur"),
        ("/read/search?q=", "All words must occur"),
        ("/read/search?q=nowhere-to-be-found", "No results for nowhere-to-be-found"),
        ("/read/search?kind=quote", "results."),
        ("/read/search?q=%22%3E%3Cscript%3Enowhere", 'No results for "><script>nowhere'),
        ("/read/search?q=lavrov&utm_source=elsewhere", "results for lavrov"),
    ],
)
def test_any_words_can_be_searched_for(served: Served, path: str, expected: str) -> None:
    response = served.get(path)
    assert response.status_code == 200
    assert expected in text(response.text)
    assert "<script>" not in response.text


@pytest.mark.parametrize(
    ("path", "code", "detail"),
    [
        ("/read", Code.not_found, "Nothing has this address."),
        ("/read/nobody", Code.not_found, "There is no meeting nobody ."),
        ("/read/people/nobody", Code.not_found, "There is no person nobody ."),
        ("/read/a/b/c/d", Code.not_found, "Nothing has this address."),
        (f"/read/{RIYADH}/citation.doc", Code.not_found, "There is no citation doc ."),
        ("/?cursor=2", Code.invalid_cursor, "cursor is not from the next of this list"),
        ("/read/search?q=a&q=b", Code.invalid_parameter, "q may be given only once"),
        (
            f"/read/search?q={'+'.join(f'w{number}' for number in range(40))}",
            Code.invalid_parameter,
            "more than 32 words",
        ),
        (f"/read/{'x' * 9000}", Code.uri_too_long, "8,192 bytes"),
    ],
)
def test_a_problem_is_a_page_with_its_words(served: Served, path: str, code: Code, detail: str) -> None:
    response = served.get(path)
    meaning = MEANINGS[code]
    assert response.status_code == meaning.status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert meaning.title in response.text and detail in text(response.text)
    assert f"/problems/{code}" in Parsed(response.text).all("href")


def test_other_methods_and_forms_are_refused_on_pages_too(served: Served) -> None:
    refused = served.client.post("/")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused.headers["Content-Type"].startswith("text/html")
    assert served.get("/", headers={"Accept": "application/json"}).status_code == 406
    assert served.client.head("/").headers["ETag"] == served.get("/").headers["ETag"]


def test_json_addresses_never_response_with_a_page(served: Served) -> None:
    for path in ("/meetings", "/meetings/nobody", "/nowhere", "/readyz", "/readings", "/livez", "/search?q=a&x=1"):
        response = served.get(path, headers={"Accept": "text/html, */*;q=0.1"})
        assert "json" in response.headers["Content-Type"], path


FORMS = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}


@pytest.mark.parametrize(("form", "media_type"), FORMS.items())
def test_a_meeting_can_be_cited(served: Served, form: str, media_type: str) -> None:
    page = Parsed(served.get(f"/read/{CONGRESS}").text)
    address = f"/read/{CONGRESS}/citation.{form}"
    assert page.all("href").count(address) == 2
    response = served.get(address)
    assert response.headers["Content-Type"].split(";")[0] == media_type
    version = response.headers["Readout-Dataset"]
    for value in ("Congress of Vienna", f"{PUBLIC_URL}/read/{CONGRESS}", version, "A. Writer", "The Gazette"):
        assert value in response.text


def test_citations_in_their_forms(served: Served) -> None:
    works = json.loads(served.get(f"/read/{CONGRESS}/citation.json").text)
    assert [work["id"] for work in works] == [CONGRESS, "gazette", "wire"]
    assert works[1]["issued"] == {"date-parts": [[2024, 5]]}
    ris = served.get(f"/read/{CONGRESS}/citation.ris").text.split("\r\n")
    assert ris.count("ER  - ") == 3 and "DA  - 2024/05" in ris
    assert all(re.fullmatch("[A-Z][A-Z0-9]  - .*", line) for line in ris if line)
    bib = served.get("/read/hostile/citation.bib").text
    assert r"\&" in bib
    for entry in bib.split("\n\n"):
        assert re.sub(r"\\[{}]", "", entry).count("{") == re.sub(r"\\[{}]", "", entry).count("}")


def test_pages_lead_on_below_the_path_of_the_public_address(files: Files, records: list[Path]) -> None:
    with files.databases() as databases, serving(databases.loaded(*records[:2]), ELSEWHERE, indexed=True) as below:
        base = "/read/out"
        for path in (
            "/",
            f"/read/{RIYADH}",
            "/read/people/jane-roe",
            "/read/parties/uto",
            "/read/parties/rur/with/uto",
            "/read/parties",
            "/read/people",
            "/read/topics",
            "/read/years",
            "/read/sources/gazette",
            "/read/search?q=roe",
            "/read/x",
        ):
            page = Parsed(below.get(path).text)
            targets = [target for name in ("href", "src", "action") for target in page.all(name)]
            assert all(target.startswith((f"{base}/", "#", "https://")) for target in targets), path
            for target in (target for target in targets if target.startswith(base)):
                assert below.get(target.removeprefix(base)).status_code == 200, target


def names_of(served: Served) -> set[str]:
    """Every name, label and title that a record gives."""
    items = {path: list(served.walk(f"/{path}")) for path in ("people", "parties", "sources", "meetings", "delegates")}
    found = {
        name for path in ("people", "parties") for each in items[path] for name in (each["name"], *each["other_names"])
    }
    found |= {each[key] for each in items["sources"] for key in ("title", "publisher", "author")}
    found |= {each["title"] for path in ("meetings", "delegates") for each in items[path]}
    found |= {each["described"] for each in items["delegates"]}
    for meeting in items["meetings"]:
        found |= {meeting["place"] and meeting["place"]["city"], *(party["name"] for party in meeting["parties"])}
        found |= {item["title"] for item in meeting["agenda"]}
        found |= {reviewer["name"] for reviewer in meeting["reviewed_by"] or ()}
    for quote in served.walk("/quotes"):
        found |= {quote["speaker_title"], *(speaker["name"] for speaker in quote["speakers"])}
    found |= {agreement["title"] for agreement in served.walk("/agreements")}
    return {name for name in found if name and not name.isdigit()}  # the numbers of notes are digits


@pytest.mark.sqlite
def test_every_name_is_isolated(served: Served) -> None:
    names = names_of(served)
    meetings, people, parties = (
        [f"/read/{within}{each['id']}" for each in served.walk(f"/{path}")]
        for path, within in (("meetings", ""), ("people", "people/"), ("parties", "parties/"))
    )
    others = ["/read/people", "/read/parties", "/read/parties/rur/with/uto", "/read/sources/gazette"]
    for path in ("/", *meetings, *people, *parties, *others, "/read/search?q=Roe", "/read/search?q=Vienna"):
        assert NotIsolated(served.get(path).text, names).found == [], path
