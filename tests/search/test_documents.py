"""What documents hold: every item is found by its own words, and its hit shows them."""

from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson
import pytest
from tantivy import Query

from app.db.engines import reading_engine
from app.search.document_values import date_words
from app.search.documents import DocumentReader
from app.search.folder import OpenIndex, SearchFolder
from tests.api.world import write_world
from tests.conftest import WriteRecord
from tests.databases import Databases, Files, Kind, load_records
from tests.search.indexes import documents, follow, found
from tests.seed.samples import ARTICLE, RECORD, Change, changed

EXCERPT: Change = ("    access: full\n", "    access: excerpt\n")
NAMED: Change = ("{id: jane-roe, name: Jane Roe}", "{id: jane-roe, name: Jane Roe, other_names: [JR, Jeanne Roé]}")


@pytest.fixture
def opened(tmp_path: Path, databases: Databases, write_record: WriteRecord) -> OpenIndex:
    """The index of the sample record."""
    url = databases.migrated()
    load_records(url, write_record(tmp_path / "vienna", changed(RECORD, NAMED), ARTICLE))
    follow(url, tmp_path / "search")
    return SearchFolder(tmp_path / "search").open()


FOUND: dict[tuple[str, str], set[str]] = {
    ("name", "jeanne"): {"jane-roe", "vienna.jane-roe", "vienna.doors", "vienna.mood", "vienna.date"},
    ("title", "talks"): {"vienna"},
    ("title", "embassies"): {"vienna.embassies"},
    ("text", "minister"): {"vienna.jane-roe", "gazette"},
    ("text", "rudolf"): {"gazette"},
    ("words", "roe"): {"jane-roe", "vienna", "vienna.date", "vienna.doors", "vienna.jane-roe", "vienna.mood"},
    ("words", "may"): {"vienna", "vienna.opening", "vienna.jane-roe", "vienna.officials", "vienna.embassies", "vienna.doors", "vienna.mood", "vienna.date"},
    ("source_words", "roe"): {"gazette"},
    ("source_words", "may"): {"gazette"},
    ("pairs", "we_will"): {"vienna.doors"},
    ("source_pairs", "we_will"): {"gazette"},
    ("evidence_pairs", "we_will"): {"vienna.doors"},
    ("evidence", "sat"): {"vienna.officials"},
    ("stem_english", "embassi"): {"vienna.embassies", "gazette"},
    ("begins", "jea"): {"jane-roe"},
    ("begins", "utopia"): {"uto"},
    ("title_begins", "utopia"): {"vienna"},
    ("called", "jeanne"): {"jane-roe"},
    ("party", "uto"): {"uto", "vienna", "vienna.jane-roe", "vienna.embassies", "vienna.doors", "vienna.mood", "vienna.date", "jane-roe"},
    ("with", "jane-roe"): {"vienna", "vienna.opening", "vienna.jane-roe", "vienna.officials", "vienna.embassies", "vienna.doors", "vienna.mood", "vienna.date"},
    ("topic", "embassies"): {"embassies", "vienna.embassies"},
    ("commitment", "agreed"): {"vienna.embassies"},
    ("country", "SUN"): {"uto"},
    ("year", "2024"): {"vienna", "vienna.opening", "vienna.jane-roe", "vienna.officials", "vienna.embassies", "vienna.doors", "vienna.mood", "vienna.date"},
    ("unit", "person:jane-roe"): {"jane-roe"},
    ("refers", "person:jane-roe"): {"vienna"},
}  # fmt: skip


def test_items_are_found_by_their_fields(opened: OpenIndex) -> None:
    assert {key: {id for _, id in found(opened, *key)} for key in FOUND} == FOUND


def test_hits_show_what_they_need(opened: OpenIndex) -> None:
    hits = documents(opened)
    quote = hits["quote", "vienna.doors"]
    assert quote["title"] == "Jane Roe" and quote["text"] == "We will open our doors again"
    assert quote["speakers"] == [{"kind": "person", "id": "jane-roe", "name": "Jane Roe"}]
    assert quote["meeting"] == {"id": "vienna", "title": "Utopia–Ruritania talks"} and quote["date"] == "2024-05-06"
    (entry,) = [entry for entry in quote["evidence"] if entry["words"] == "Roe said"]
    assert entry["source"] == "gazette" and entry["id"].startswith("vienna.doors.") and entry["note"] is None
    assert hits["delegate", "vienna.jane-roe"]["text"] == "Foreign Minister · Utopia"
    assert hits["agenda_item", "vienna.opening"]["text"] == "a date is\nstill open"
    assert hits["person", "jane-roe"]["text"] == "JR · Jeanne Roé"
    assert hits["source", "gazette"]["text"] == ARTICLE.rstrip("\n") or hits["source", "gazette"]["text"] == ARTICLE


def test_a_phrase_does_not_go_on_from_one_piece_of_evidence_to_the_next(opened: OpenIndex) -> None:
    def hits(*words: str) -> int:
        query = Query.term_query(opened.index.schema, "evidence_pairs", "_".join(words))
        return len(opened.searcher.search(query, 10).hits)

    assert hits("ruritania", "met") == hits("two", "delegations") == 1
    assert hits("met", "two") == 0


def test_evidence_with_the_words_of_its_fact_is_matched_once(
    databases: Databases, tmp_path: Path, write_record: WriteRecord
) -> None:
    engine = reading_engine(databases.loaded(write_record(tmp_path / "vienna", RECORD, ARTICLE)))
    with engine.connect() as connection:
        made = {orjson.loads(each["hit"])["id"]: each for each in DocumentReader(connection).all()}
    quote = made["vienna.doors"]
    assert quote["text"] in quote["evidence"] and quote["words"].count(quote["text"]) == 1
    assert quote["stem_english"].count(quote["text"]) == 1
    assert all(len({*each.get("evidence", ())}) == len(each.get("evidence", ())) for each in made.values())


def test_only_cited_words_of_an_excerpt_are_found(
    tmp_path: Path, databases: Databases, write_record: WriteRecord
) -> None:
    url = databases.migrated()
    load_records(url, write_record(tmp_path / "vienna", changed(RECORD, EXCERPT), ARTICLE))
    follow(url, tmp_path / "search")
    opened = SearchFolder(tmp_path / "search").open()
    hit: dict[str, Any] = documents(opened)["source", "gazette"]
    assert not found(opened, "text", "rudolf") and "Rudolf" not in hit["text"]
    assert ("source", "gazette") in found(opened, "text", "opposite") and "sat opposite" in hit["text"]


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (("2025-02-18", "2025-02-18", "2025-02-18"), "2025-02-18 february feb 18 2025"),
        (("2025-02", "2025-02-01", "2025-02-28"), "2025-02 february feb 2025"),
        (("2025", "2025-01-01", "2025-12-31"), "2025 2025"),
        (("2024-12-30", "2024-12-30", "2025-01-02"), "2024-12-30 december dec january jan 2 30 2024 2025"),
        ((None, None, None), ""),
    ],
)
def test_dates_are_found_by_words_and_numbers(dates: tuple[str | None, str | None, str | None], words: str) -> None:
    assert date_words(*dates) == words


@pytest.mark.postgresql
def test_documents_are_the_same_of_both_databases(database_kind: Kind, files: Files, tmp_path: Path) -> None:
    """So whatever is searched in an index of one is as in an index of the other."""
    folders = write_world(tmp_path / "world")
    made = []
    for kind in (files, database_kind):
        with kind.databases() as databases, reading_engine(databases.loaded(*folders)).connect() as connection:
            made.append(sorted(DocumentReader(connection).all(), key=itemgetter("unit", "kind", "key")))
    assert made[0] == made[1] and len(made[0]) > 100
