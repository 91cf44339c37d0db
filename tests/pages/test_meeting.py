"""The page of a meeting over HTTP."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.api.serving import Served, serving
from tests.api.world import CONGRESS, RIYADH, SUMMITS, WIRE
from tests.conftest import WriteRecord
from tests.databases import Databases
from tests.pages.conftest import PUBLIC_URL
from tests.pages.parsed import Parsed
from tests.pages.records import HOSTILE
from tests.seed.samples import ARTICLE, another

MEETINGS = [RIYADH, CONGRESS, "bare", "meeting-1", "meeting-2", "crowded", "hostile", "arabic", "chinese"]


def parsed(served: Served, meeting: str, of: str = "set") -> Parsed:
    response = served.get(f"/read/{meeting}")
    assert response.status_code == 200, response.text[:500]
    return Parsed(response.text, of)


@pytest.mark.parametrize("meeting", MEETINGS)
def test_every_piece_of_evidence_has_its_address_and_all_links_lead_somewhere(served: Served, meeting: str) -> None:
    page, evidence = parsed(served, meeting), served.walk(f"/evidence?meeting={meeting}&limit=100")
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {f"{side}-{each['id']}" for each in evidence for side in "ef"} <= set(ids)
    assert {target[1:] for target in page.all("href") if target.startswith("#")} <= set(ids)
    for each in evidence:
        if each["words"] is not None:
            assert each["read_url"] == f"{PUBLIC_URL}/read/{meeting}#e-{each['id']}"


def test_all_of_the_article_is_there_and_nothing_else(served: Served) -> None:
    article = (SUMMITS / RIYADH / "article.txt").read_text()
    assert parsed(served, RIYADH).text.split() == article.split()


@pytest.mark.parametrize(
    "beginning", ["In a significant", "The\nRussian delegation", "One of the primary", "Lavrov emphasized", "RT.com"]
)
def test_a_line_is_a_paragraph(served: Served, beginning: str) -> None:
    assert f"\n{beginning}" in parsed(served, RIYADH).text


@pytest.mark.parametrize("broken", ["functioning of\ndiplomatic missions", "resolution to the\nconflict in Ukraine"])
def test_a_line_that_ends_in_a_sentence_divides_no_paragraph(served: Served, broken: str) -> None:
    assert broken in parsed(served, RIYADH).text


def test_headings_points_and_the_title_are_recognized_by_their_form(served: Served) -> None:
    page = served.get(f"/read/{RIYADH}").text
    assert len(re.findall('<li class="point">', page)) == 5
    headings = re.findall('<h4 class="heading">(.*?)</h4>', page)
    assert headings == [
        "Restoring diplomatic ties",
        "Progress on Ukraine peace talks",
        "Economic and security cooperation",
    ]
    assert page.count('<h3 class="title">') == 1


def test_pages_of_an_excerpt_show_only_cited_words(served: Served) -> None:
    page = served.get(f"/read/{CONGRESS}").text
    cited = [each["words"] for each in served.walk(f"/evidence?meeting={CONGRESS}&source=wire")]
    assert cited
    left = WIRE
    for words in cited:
        assert words in page
        left = left.replace(words, "|")
    for piece in left.split("|"):
        assert len(piece) < 4 or piece.strip() not in page
    assert "[…]" in page


def test_inferred_facts_have_reasons_and_missing_values_are_listed(served: Served) -> None:
    page = served.get(f"/read/{RIYADH}").text
    assert "The article says only Tuesday and has no date." in page
    assert "Not stated: last day, host" in page
    inferred = [each for each in served.walk(f"/evidence?meeting={RIYADH}&limit=100") if each["basis"] == "inferred"]
    assert len(re.findall(r"<b>Inferred\.</b>", page)) == len(inferred)


def test_the_answer_to_a_warning_is_shown(served: Served) -> None:
    assert '<b>Checked again.</b> <span dir="auto">All three say so.</span>' in served.get(f"/read/{CONGRESS}").text


def test_everything_from_a_record_is_text(served: Served) -> None:
    response = served.get("/read/hostile")
    page = Parsed(response.text)
    assert page.text.count(HOSTILE) == 2
    assert HOSTILE in unescape(response.text.partition("<b>Checked again.</b>")[2].partition("</p>")[0])
    scripts = [attributes for tag, attributes in page.elements if tag == "script"]
    assert [each["src"] for each in scripts if each.get("type") != "application/ld+json"] == [
        source for source in page.all("src") if re.search("/read/static/(reader|suggest).js", source)
    ]
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert not page.all("style") and "<style" not in response.text
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy


def test_pages_are_served_like_everything_else(served: Served) -> None:
    first = served.get(f"/read/{RIYADH}", headers={"Accept-Encoding": "br"})
    assert first.headers["Content-Type"] == "text/html; charset=utf-8"
    assert first.headers["Content-Encoding"] == "br"
    assert first.headers["Readout-Dataset"] in first.text
    again = served.get(f"/read/{RIYADH}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert served.get(f"/read/{RIYADH}?anything=goes").status_code == 200
    assert served.get(f"/meetings/{RIYADH}", headers={"Accept": "text/html"}).status_code == 406


def test_a_page_of_the_shipped_record_is_light(served: Served) -> None:
    page = served.get(f"/read/{RIYADH}", headers={"Accept-Encoding": "gzip"})
    files = set(re.findall(r'(?:href|src)="(/read/static/[^"]+)"', page.text))
    assert len(files) == 5
    weights: list[Any] = [served.get(file, headers={"Accept-Encoding": "gzip"}) for file in files]
    assert sum(int(each.headers["Content-Length"]) for each in [page, *weights]) < 60 * 1024


@pytest.mark.parametrize("name", ["reader.css", "lights.css", "reader.js", "suggest.js", "icon.svg"])
def test_files_of_the_pages(served: Served, name: str) -> None:
    assert served.get(f"/read/static/{name}").status_code == 200
    assert served.get(f"/read/static/{name}.map").status_code == 404


def test_the_reviewers_are_named_if_the_record_names_them(served: Served) -> None:
    page = served.get(f"/read/{CONGRESS}").text
    assert "Reviewed by <bdi>Ana Ito</bdi> (8 May 2024), <bdi>Ben &lt;Sato&gt;</bdi> (June 2024)." in page
    assert "Reviewed by" not in served.get("/read/bare").text


@pytest.mark.sqlite
def test_of_a_long_article_the_text_around_the_cited_words_is_shown_with_a_link_to_the_whole(
    databases: Databases, write_record: WriteRecord, tmp_path: Path
) -> None:
    padding = "\n\n" + "Nothing of this is cited by any fact. " * 30
    database = databases.loaded(write_record(tmp_path / "vienna", another("vienna"), ARTICLE + padding * 1000))
    with serving(database) as served:
        page = served.get("/read/vienna").text
        ids = [evidence["id"] for evidence in served.json("/evidence?limit=100")["items"]]
    assert len(page) < 400_000
    assert re.search('href="[^"]+/sources/gazette/text">read the whole text', page)
    assert all(page.count(f'id="e-{id}"') == 1 for id in ids)


DIVIDED = "Wien, 6 May 2024\n\nJane Roe\nKing Rudolf\nAnn Speaker\n\n- one\n- two\n\nThey met. And <!-- met --> again.\n\nשלום לכם וברכה\n"


@pytest.mark.sqlite
def test_lists_date_lines_and_other_scripts_keep_their_form(
    databases: Databases, write_record: WriteRecord, tmp_path: Path
) -> None:
    database = databases.loaded(write_record(tmp_path / "vienna", another("vienna"), f"{ARTICLE}\n\n{DIVIDED}"))
    with serving(database) as served:
        page = served.get("/read/vienna").text
    assert '<p class="text">Wien, 6 May 2024</p>' in page
    assert '<p class="lines">Jane Roe\nKing Rudolf\nAnn Speaker</p>' in page
    assert re.search(r'<ul>\s*<li class="point">- one</li>\s*<li class="point">- two</li>\s*</ul>', page)
    assert "&lt;!-- met --&gt;" in page
    assert '<p class="text" lang="und" dir="rtl">שלום לכם וברכה</p>' in page
