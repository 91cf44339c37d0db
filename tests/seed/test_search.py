"""Search entries have the right titles and texts, and follow the rows with every load."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.enums import SearchKind, rank
from app.models import SEARCH_BLOCK
from seed.store.row_writer import LIST_MODELS
from tests.conftest import Readout, WriteRecord
from tests.databases import Databases, Kind, execute, kind_of, load_records, query
from tests.seed.samples import ARTICLE, RECORD, Change, changed
from tests.seed.test_load import differences

FULL: Change = ("    access: full\n", "    access: full\n    publisher: The Gazette\n    author: A. Scribe\n")
EXCERPT: Change = ("    access: full\n", "    access: excerpt\n")
NAMED: Change = ("{id: jane-roe, name: Jane Roe}", "{id: jane-roe, name: Jane Roe, other_names: [JR, Jeanne Roé]}")
SPOKEN = """\
    speakers: [jane-roe]
    kind: direct
    text: We will open our doors again
    evidence:
      - {says: speakers, words: Roe said}
"""
BOTH: Change = (SPOKEN, SPOKEN.replace("roe]", "roe, rur]").replace("said}", "said, inferred: For both.}"))
SUMMARY: Change = ("  status: held", "  summary: They met.\n  status: held")


@pytest.fixture
def put(tmp_path: Path, write_record: WriteRecord, readout: Readout, database: str) -> Callable[..., str]:
    """Load the sample record with changes: `put(*changes)` returns the URL of the database."""

    def load(*changes: Change) -> str:
        folder = write_record(tmp_path / "data/vienna", changed(RECORD, *changes), ARTICLE)
        assert readout("load", folder).status == 0
        assert differences(database) == []
        return database

    return load


def entries(url: str, kind: str) -> dict[str, tuple[str, str]]:
    """The titles and texts of a kind's entries, by id."""
    rows = query(url, f"SELECT id, title, text FROM search_entry WHERE kind = '{kind}'")
    return {id: (title, text) for id, title, text in rows}


INDEX_HAS = {
    "sqlite": "key IN (SELECT rowid FROM search_index WHERE search_index MATCH '\"{}\"')",
    "postgresql": "key IN (SELECT key FROM search_index WHERE words @@ search_all('\"{}\"'))",
}
"""The condition that the index finds an entry for a word."""


def hits(url: str, word: str, column: str = "id") -> set[str]:
    """The ids of the entries that the index finds, or another column."""
    return set(query(url, f"SELECT {column} FROM search_entry WHERE {INDEX_HAS[kind_of(url)].format(word)}"))


def test_titles_and_texts_of_entries(put: Callable[..., str]) -> None:
    url = put(FULL, NAMED, BOTH, SUMMARY)
    text = "They met. · Vienna · When to open · peace · Utopia · Ruritania"
    assert entries(url, "meeting") == {"vienna": ("Utopia–Ruritania talks", text)}
    assert entries(url, "delegate") == {
        "vienna.jane-roe": ("Jane Roe", "Foreign Minister · Utopia · JR · Jeanne Roé"),
        "vienna.officials": ("senior officials", "Ruritania"),
    }
    assert entries(url, "agreement") == {
        "vienna.embassies": ("Reopen embassies", "The two sides agreed to reopen embassies")
    }
    assert entries(url, "quote")["vienna.doors"] == (
        "Jane Roe, Ruritania",
        "We will open our doors again · JR · Jeanne Roé",
    )
    assert entries(url, "agenda_item") == {"vienna.opening": ("When to open", "a date is\nstill open")}
    assert entries(url, "person") == {"jane-roe": ("Jane Roe", "JR · Jeanne Roé")}
    assert entries(url, "party") == {"uto": ("Utopia", "Utopian"), "rur": ("Ruritania", "")}
    assert entries(url, "source") == {
        "gazette": ("Utopia and Ruritania meet in Vienna", f"The Gazette · A. Scribe · {ARTICLE}")
    }
    assert set(entries(url, "evidence").values()) >= {
        ("Utopia–Ruritania talks", "in Vienna on 6 May 2024"),
        ("Utopia–Ruritania talks", "Two delegations."),
        ("When to open", "a date is\nstill open"),
        ("senior officials", "officials of Ruritania sat opposite"),
        ("Reopen embassies", "agreed to reopen"),
        ("Jane Roe, Ruritania", "Roe said"),
    }


def test_every_row_has_an_entry_under_its_own_key(put: Callable[..., str]) -> None:
    url = put()
    tables = ["meeting", "delegate", "agreement", "quote", "person", "party", "source", "evidence", "agenda_item"]
    for kind, table in zip(SearchKind, tables, strict=True):
        keys = query(url, f"SELECT key - {rank(kind) * SEARCH_BLOCK} FROM search_entry WHERE kind = '{kind}'")
        assert sorted(keys) == sorted(query(url, f"SELECT key FROM {table}"))


def test_only_cited_words_of_an_excerpt_are_found(put: Callable[..., str]) -> None:
    url = put()
    assert hits(url, "King") == {"gazette"}
    put(EXCERPT)
    assert hits(url, "King") == set()
    assert entries(url, "source") == {"gazette": ("Utopia and Ruritania meet in Vienna", "")}
    assert "vienna.doors" in hits(url, "doors")
    assert query(url, "SELECT count(*) FROM search_entry WHERE text LIKE '%Rudolf%'") == [0]


RENAMES: dict[str, tuple[Change, str, set[str]]] = {
    # what is changed, a word to find then, and the kinds of the entries that are written
    "a person": (("name: Jane Roe}", "name: Jane Roe Doe, other_names: [Roe, Jane Roe]}"), "Doe", {"person", "delegate", "quote", "evidence"}),
    "a person's other names": (NAMED, "Jeanne", {"person", "delegate", "quote"}),
    "a party": (("name: Ruritania}", "name: Ruritania North, other_names: [Ruritania]}"), "North", {"party", "meeting", "delegate"}),
    "a party's other names": (("name: Ruritania}", "name: Ruritania, other_names: [Rurs]}"), "Rurs", {"party"}),
    "a party's country": (("name: Ruritania}", "name: Ruritania, country: YUG}"), "Ruritania", set()),
    "a meeting's title": (("title: Utopia–Ruritania talks", "title: A congress"), "congress", {"meeting", "evidence"}),
    "a meeting's mode": (("  format: bilateral\n", "  format: multilateral\n"), "Vienna", set()),
    "an agenda item": (("title: When to open", "title: The hour"), "hour", {"meeting", "agenda_item", "evidence"}),
    "an agenda item's words": (("words: a date is still open", "words: noted that a date is still open"), "noted", {"agenda_item", "evidence"}),
    "a delegate": (("described: senior officials", "described: officials"), "officials", {"delegate", "evidence"}),
    "an agreement": (("title: Reopen embassies", "title: Embassies again"), "again", {"agreement", "evidence"}),
    "a speaker": (BOTH, "Ruritania", {"quote", "evidence"}),
    "a source": (("title: Utopia and Ruritania meet", "title: They meet"), "meet", {"source"}),
    "a topic": (("topics: [peace]", "topics: [truce]"), "truce", {"meeting"}),
}  # fmt: skip


TOUCHED = "CREATE TABLE touched (kind text)"
INSERT = "INSERT INTO touched VALUES (new.kind)"
EVENTS = ("INSERT", "UPDATE")
TOUCH = {
    "sqlite": [f"CREATE TRIGGER touch_{event} AFTER {event} ON search_entry BEGIN {INSERT}; END" for event in EVENTS],
    "postgresql": [
        f"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {INSERT}; RETURN NULL; END $$",
        "CREATE TRIGGER touch AFTER INSERT OR UPDATE ON search_entry FOR EACH ROW EXECUTE FUNCTION touch()",
    ],
}
"""Triggers that log the kinds of updated entries."""


@pytest.fixture(scope="module")
def template(database_kind: Kind, tmp_path_factory: pytest.TempPathFactory, write_record: WriteRecord) -> Iterator[str]:
    """A database with the sample record and these triggers, to be copied."""
    with database_kind.databases() as databases:
        url = databases.loaded(write_record(tmp_path_factory.mktemp("search") / "vienna", RECORD, ARTICLE))
        execute(url, TOUCHED, *TOUCH[kind_of(url)])
        yield url


@pytest.mark.parametrize("what", RENAMES)
def test_only_entries_that_show_a_name_are_updated_with_it(
    what: str, template: str, databases: Databases, tmp_path: Path, write_record: WriteRecord
) -> None:
    change, word, kinds = RENAMES[what]
    url = databases.copy(template)
    load_records(url, write_record(tmp_path / "vienna", changed(RECORD, change), ARTICLE))
    assert differences(url) == []
    assert set(query(url, "SELECT kind FROM touched")) == kinds
    assert kinds - {"evidence"} <= hits(url, word, "kind")


def test_deleted_rows_are_not_found(
    put: Callable[..., str], tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    url = put(("  - id: mood", "  - id: temper"))
    assert "vienna.temper" in hits(url, "frank") and "vienna.mood" not in hits(url, "frank")
    put()
    assert "vienna.mood" in hits(url, "frank") and "vienna.temper" not in hits(url, "frank")
    shutil.rmtree(tmp_path / "data/vienna")
    other = write_record(tmp_path / "data/other", changed(RECORD, ("  id: vienna\n", "  id: other\n")), ARTICLE)
    assert readout("load", "--prune", other.parent).status == 0
    assert differences(url) == []
    assert {id.split(".")[0] for id in hits(url, "Utopia")} == {"other", "gazette", "uto"}


def test_the_sizes_of_lists_are_stored(put: Callable[..., str]) -> None:
    url = put()
    put((RECORD[RECORD.index("  - id: date") :], ""))
    sizes = dict(query(url, "SELECT name, items FROM list_size"))
    assert sizes == {
        name: query(url, f"SELECT count(*) FROM {LIST_MODELS[name].__tablename__}")[0] for name in LIST_MODELS
    }
    assert (sizes["quotes"], sizes["sources"]) == (2, 1)


def test_a_quote_is_found_by_the_other_names_of_a_party_that_speaks(put: Callable[..., str]) -> None:
    url = put(BOTH)
    assert hits(url, "rurs") == set()
    put(BOTH, ("name: Ruritania}", "name: Ruritania, other_names: [Rurs]}"))
    assert hits(url, "rurs") == {"rur", "vienna.doors"}
