"""`verify` finds tampering with any kind of row, and names the row."""

from collections.abc import Iterator

import pytest

from tests.conftest import Readout, WriteRecord
from tests.databases import Databases, Kind, execute
from tests.seed.samples import ARTICLE, RECORD, SMALL_ARTICLE, changed, small

CHANGES = [
    ("    access: full\n", "    access: full\n    issued_by: [uto]\n    cites: [Reuters]\n"),
    ("form: reported", "form: reported\n    asserted_by: [jane-roe]"),
    ("says: [form, parties], inferred", "says: [form, parties, asserted_by], inferred"),
]

VIENNA = "(SELECT key FROM meeting WHERE id = 'vienna')"
NOTE = "(SELECT key FROM source WHERE id = 'small-note')"
NOBODY = """
    INSERT INTO person (key, id, name, name_sort, other_names, changed_in, meetings, delegates, quotes)
    VALUES (99, 'nobody', 'N', 'n', '[]', 1, 0, 0, 0)
"""
NO_DIGEST = "0" * 64

TAMPERING: dict[str, tuple[str, str]] = {
    # the statements that tamper with the database, and how the difference begins
    "a slice's words": ("UPDATE evidence SET words = 'for three hours' WHERE words LIKE 'for two%'", "meeting vienna:"),
    "a start": ("UPDATE evidence SET start_offset = start_offset - 1 WHERE words LIKE 'for two%'", "meeting vienna:"),
    "an end": ("UPDATE evidence SET end_offset = end_offset + 1 WHERE words LIKE 'for two%'", "meeting vienna:"),
    "both offsets": (
        "UPDATE evidence SET start_offset = 0, end_offset = 9, words = 'Utopia an' WHERE words LIKE 'for two%'",
        "meeting vienna:",
    ),
    "a reason": ("UPDATE evidence SET note = 'So.' WHERE note LIKE 'Two%'", "meeting vienna:"),
    "a basis": (
        "UPDATE evidence SET basis = 'inferred', note = 'So.' WHERE words LIKE 'Roe said. She called'",
        "quote vienna.date:",
    ),
    "a sort key": ("UPDATE evidence SET start_ascending = 7 WHERE words LIKE 'for two%'", "meeting vienna:"),
    "a copied date": ("UPDATE evidence SET date_ascending = '' WHERE words LIKE 'for two%'", "evidence vienna."),
    "a copied country": ("UPDATE delegate SET meeting_country = 'FRA'", "delegate vienna."),
    "a copied status": ("UPDATE agenda_item SET meeting_status = 'planned'", "agenda_item vienna."),
    "a copied format": ("UPDATE agreement SET meeting_format = NULL", "agreement vienna.embassies:"),
    "a copied day": ("UPDATE quote SET last_day = NULL WHERE id = 'vienna.doors'", "quote vienna.doors:"),
    "an evidence's place": ("UPDATE evidence SET place = 7 WHERE words LIKE 'for two%'", "meeting vienna:"),
    "a quote's place": ("UPDATE quote SET place = 7 WHERE id = 'vienna.doors'", "quote vienna.doors:"),
    "a source's last day": ("UPDATE source SET published_last_day = '2024' WHERE id = 'gazette'", "source gazette:"),
    "a meeting's folded city": ("UPDATE meeting SET city_folded = 'Vienna' WHERE id = 'vienna'", "meeting vienna:"),
    "whether somebody asserts it": ("UPDATE agreement SET asserted = false", "agreement vienna.embassies:"),
    "the field of a piece of evidence": (
        "UPDATE evidence_field SET field = 'mode' WHERE field = 'duration'",
        "meeting vienna:",
    ),
    "an evidence's field": ("DELETE FROM evidence_field WHERE field = 'start_date'", "meeting vienna:"),
    "the order of fields": ("UPDATE evidence_field SET position = 9 WHERE field = 'place'", "meeting vienna:"),
    "all fields of an evidence": ("DELETE FROM evidence_field WHERE field = 'duration'", "meeting vienna:"),
    "the order of evidence": ("UPDATE evidence SET position = 99 WHERE words LIKE 'Delegations%'", "meeting vienna:"),
    "an evidence's record": (
        "UPDATE evidence SET record_key = (SELECT max(key) FROM quote) WHERE words LIKE 'for two%'",
        "evidence vienna.",
    ),
    "an evidence's kind": ("UPDATE evidence SET record_kind = 'quote' WHERE words LIKE 'for two%'", "evidence vienna."),
    "an evidence's meeting": (
        "UPDATE evidence SET meeting_key = (SELECT key FROM meeting WHERE id = 'small') WHERE words LIKE 'for two%'",
        "vienna",
    ),
    "an evidence's source": (
        "UPDATE evidence SET source_key = (SELECT key FROM source WHERE id = 'small-note') WHERE words LIKE 'for two%'",
        "meeting vienna:",
    ),
    "an evidence's id": (
        "UPDATE evidence SET id = 'vienna.000000000000' WHERE words LIKE 'for two%'",
        "meeting vienna:",
    ),
    "a text": (
        "UPDATE source_text SET text = replace(text, 'two', 'six') WHERE text LIKE '%for two%'",
        "source gazette:",
    ),
    "a text beyond what is cited": ("UPDATE source_text SET text = text || 'x'", "source gazette:"),
    "a missing text": ("DELETE FROM source_text WHERE text LIKE '%for two%'", "source gazette:"),
    "a text's length": ("UPDATE source SET length = length + 1 WHERE id = 'gazette'", "source gazette:"),
    "a text's hash": (
        "UPDATE source SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x') WHERE id = 'gazette'",
        "source gazette:",
    ),
    "a source's title": ("UPDATE source SET title = 'T' WHERE id = 'gazette'", "source gazette:"),
    "a source's access": ("UPDATE source SET access = 'excerpt' WHERE id = 'gazette'", "source gazette:"),
    "whom a source cites": ("UPDATE source SET cites = '[]' WHERE id = 'gazette'", "source gazette:"),
    "a source's sorting": ("UPDATE source SET title_sort = 'z' WHERE id = 'gazette'", "source gazette:"),
    "a source's span": ("UPDATE source SET published_span = 2 WHERE id = 'gazette'", "source gazette:"),
    "a source's issuer": (
        "UPDATE source_issuer SET party_key = (SELECT key FROM party WHERE id = 'rur')",
        "source gazette:",
    ),
    "a missing issuer": ("DELETE FROM source_issuer", "source gazette:"),
    "a party's name": ("UPDATE party SET name = 'Nowhere' WHERE id = 'uto'", "party uto:"),
    "a party's other names": ("UPDATE party SET other_names = '[]' WHERE id = 'uto'", "party uto:"),
    "a party's country": ("UPDATE party SET country = NULL WHERE id = 'uto'", "party uto:"),
    "a party's rank": ("UPDATE party SET kind_rank = 3 WHERE id = 'uto'", "party uto:"),
    "a party's counts": ("UPDATE party SET meetings = meetings + 1 WHERE id = 'uto'", "party uto:"),
    "a person's name": ("UPDATE person SET name = 'J. Roe'", "person jane-roe:"),
    "a person's sorting": ("UPDATE person SET name_sort = 'z'", "person jane-roe:"),
    "a person's counts": ("UPDATE person SET quotes = 0", "person jane-roe:"),
    "a party's person": ("DELETE FROM party_person", "person jane-roe: the rows in `party_person`"),
    "what a party's person copies": ("UPDATE party_person SET name_sort = 'z'", "person jane-roe: the rows in"),
    "the version of a party's person": ("UPDATE party_person SET changed_in = changed_in - 1", "person jane-roe: the"),
    "a party's person too many": (
        "INSERT INTO party_person SELECT (SELECT key FROM party WHERE id = 'rur'), key, id, name_sort, changed_in"
        " FROM person",
        "person jane-roe: the rows in `party_person`",
    ),
    "a person too many": (
        NOBODY,
        "person nobody:",
    ),
    "a definition": ("UPDATE definition SET content = replace(content, 'Utopia', 'Nowhere') WHERE id = 'uto'", "uto"),
    "a definition and its row": (
        "UPDATE definition SET content = replace(content, 'SUN', 'AUT'); UPDATE party SET country = 'AUT'",
        "",
    ),
    "a missing definition": ("DELETE FROM definition WHERE id = 'gazette'", "source gazette:"),
    "a definition that no record gives": (
        "INSERT INTO definition SELECT kind, id, 'nobody', content FROM definition WHERE id = 'jane-roe' LIMIT 1",
        "person jane-roe: no stored record of nobody",
    ),
    "a definition too many": (
        "INSERT INTO definition SELECT kind, 'nobody', meeting_id, content FROM definition WHERE id = 'jane-roe' LIMIT 1",
        "",
    ),
    "a meeting's title": ("UPDATE meeting SET title = 'T' WHERE id = 'vienna'", "meeting vienna:"),
    "a meeting's date": ("UPDATE meeting SET start_date = '2024' WHERE id = 'vienna'", "meeting vienna:"),
    "a meeting's days": ("UPDATE meeting SET last_day = '2024-05-07' WHERE id = 'vienna'", "meeting vienna:"),
    "a meeting's span": ("UPDATE meeting SET span = 2 WHERE id = 'vienna'", "meeting vienna:"),
    "a meeting's sorting": ("UPDATE meeting SET start_descending = '' WHERE id = 'vienna'", "meeting vienna:"),
    "a meeting's source": (
        f"UPDATE meeting_source SET source_key = {NOTE} WHERE meeting_key = {VIENNA}",
        "meeting vienna:",
    ),
    "a missing source": ("DELETE FROM meeting_source", "meeting vienna:"),
    "a missing topic": ("DELETE FROM record_topic", "meeting vienna:"),
    "a topic's kind of record": (
        "UPDATE record_topic SET record_kind = 'quote' WHERE record_kind = 'meeting'",
        "meeting vienna: its kind differs in `record_topic`",
    ),
    "another topic": ("UPDATE topic SET id = 'war' WHERE id = 'peace'", "meeting vienna:"),
    "a topic too many": ("INSERT INTO topic VALUES (99, 'war')", "topic war"),
    "an agenda item": ("UPDATE agenda_item SET outcome = 'agreed'", "agenda_item vienna.opening:"),
    "an agenda item's title for sorts": ("UPDATE agenda_item SET title_sort = 'When'", "agenda_item vienna.opening:"),
    "an agenda item's rank": ("UPDATE agenda_item SET outcome_rank = 0", "agenda_item vienna.opening:"),
    "an agenda item's order": ("UPDATE agenda_item SET position = 7", "agenda_item vienna.opening:"),
    "a delegate's title": ("UPDATE delegate SET title = 'King' WHERE title IS NOT NULL", "delegate vienna.jane-roe:"),
    "a delegate's party": (
        "UPDATE delegate SET party_key = (SELECT key FROM party WHERE id = 'rur')",
        "delegate vienna.jane-roe:",
    ),
    "a delegate's sorting": ("UPDATE delegate SET name_sort = 'z'", "delegate vienna.jane-roe:"),
    "a delegate described": (
        "UPDATE delegate SET described = 'they' WHERE described IS NOT NULL",
        "delegate vienna.officials:",
    ),
    "an agreement's text": ("UPDATE agreement SET text = 'They agreed'", "agreement vienna.embassies:"),
    "an agreement's commitment": ("UPDATE agreement SET commitment = 'signed'", "agreement vienna.embassies:"),
    "an agreement's rank": ("UPDATE agreement SET commitment_rank = 0", "agreement vienna.embassies:"),
    "an agreement's agenda item": ("UPDATE agreement SET agenda_key = NULL", "agreement vienna.embassies:"),
    "a quote's text": ("UPDATE quote SET text = 'We never will' WHERE id = 'vienna.doors'", "quote vienna.doors:"),
    "a quote's kind": ("UPDATE quote SET kind = 'partial' WHERE id = 'vienna.doors'", "quote vienna.doors:"),
    "a quote's id": ("UPDATE quote SET id = 'vienna.windows' WHERE id = 'vienna.doors'", "quote vienna.doors:"),
    "a quote's common row": ("UPDATE record SET id = 'vienna.windows' WHERE id = 'vienna.doors'", "vienna.doors"),
    "a quote's meeting": (
        "UPDATE quote SET meeting_key = (SELECT key FROM meeting WHERE id = 'small') WHERE id = 'vienna.doors'",
        "quote vienna.doors:",
    ),
    "a speaker": (
        "UPDATE actor SET person_key = NULL, party_key = 1, delegate_key = NULL WHERE field = 'speakers'",
        "quote vienna.doors:",
    ),
    "a missing actor": ("DELETE FROM actor WHERE field = 'asserted_by'", "agreement vienna.embassies:"),
    "an actor's kind of record": (
        "UPDATE actor SET record_kind = 'meeting' WHERE record_kind = 'quote'",
        "quote vienna.doors: its kind differs in `actor`",
    ),
    "the order of actors": (
        f"UPDATE actor SET position = 5 WHERE field = 'parties' AND position = 0 AND record_key = {VIENNA}",
        "meeting vienna:",
    ),
    "a role": ("UPDATE actor SET role = 'observer' WHERE field = 'parties' AND role = 'principal'", "meeting vienna:"),
    "the capacity of a speaker": (
        "UPDATE actor SET delegate_key = NULL WHERE field = 'speakers'",
        "quote vienna.doors:",
    ),
    "a record's content": (
        "UPDATE canonical_record SET content = replace(content, 'When to open', 'When') WHERE id = 'vienna'",
        "meeting vienna:",
    ),
    "a record's content and hash": (
        "UPDATE canonical_record SET content = replace(content, 'When to', 'How to'), sha256 = 'x' WHERE id = 'vienna'",
        "meeting vienna:",
    ),
    "an invalid record": (
        "UPDATE canonical_record SET content = '{}' WHERE id = 'vienna'",
        "meeting vienna: its record is not a valid record",
    ),
    "a record of invalid JSON": (
        "UPDATE canonical_record SET content = '{' WHERE id = 'vienna'",
        "meeting vienna: its record is not a valid record",
    ),
    "a record's hash": ("UPDATE canonical_record SET sha256 = 'x' WHERE id = 'vienna'", "meeting vienna:"),
    "a missing record": ("DELETE FROM canonical_record WHERE id = 'vienna'", "meeting vienna: no stored record"),
    "a record too many": (
        "INSERT INTO canonical_record SELECT 'other', content, sha256 FROM canonical_record WHERE id = 'vienna'",
        "",
    ),
    "the digest": (f"UPDATE dataset_version SET digest = '{NO_DIGEST}'", "dataset version 1-00000000: its digest"),
    "a list's size": ("UPDATE list_size SET items = items + 1 WHERE name = 'quotes'", "list quotes:"),
    "stored evidence that is listed as removed": (
        "INSERT INTO removed_evidence SELECT id, record_kind, 'vienna', 1 FROM evidence WHERE words LIKE 'for two%'",
        "evidence vienna.",
    ),
    "removed evidence of no record": (
        "INSERT INTO removed_evidence VALUES ('vienna.x.000000000000', 'quote', 'vienna.x', 1)",
        "evidence vienna.x.000000000000: its row in `removed_evidence`",
    ),
    "a list's missing size": ("DELETE FROM list_size WHERE name = 'people'", "list people:"),
    "the whole meeting's rows": (
        "DELETE FROM meeting WHERE id = 'vienna'",
        "meeting vienna:",
    ),
}
ON_SQLITE: dict[str, tuple[str, str]] = {  # PostgreSQL enforces foreign keys
    "a broken foreign key": ("DELETE FROM person", "table "),
    "the log's version": ("UPDATE change SET version = 7", "table change"),
}
ON_POSTGRESQL = [
    "a slice's words",
    "an evidence's kind",
    "a text",
    "whom a source cites",
    "a party's name",
    "a party's counts",
    "a party's person",
    "a definition",
    "a definition that no record gives",
    "a topic too many",
    "a quote's common row",
    "an invalid record",
    "a record's hash",
    "a missing record",
    "the digest",
    "a list's size",
    "removed evidence of no record",
]
"""At least one tampering for each check of `verify`; its code is the same for both kinds of databases."""


@pytest.fixture(scope="module")
def template(database_kind: Kind, tmp_path_factory: pytest.TempPathFactory, write_record: WriteRecord) -> Iterator[str]:
    """A database with two records, to be copied."""
    folder = tmp_path_factory.mktemp("verify")
    write_record(folder / "vienna", changed(RECORD, *CHANGES), ARTICLE)
    write_record(folder / "small", small("small"), SMALL_ARTICLE)
    with database_kind.databases() as databases:
        yield databases.loaded(folder)


@pytest.fixture
def loaded(template: str, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> str:
    url = databases.copy(template)
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    return url


def test_loaded_records_are_proved_and_counted(loaded: str, readout: Readout) -> None:
    ran = readout("verify")
    assert (ran.status, ran.err) == (0, "")
    version = ran.out.split()[2].rstrip(":")
    assert ran.out == f"dataset version {version}: 31 facts of 2 meetings proved, with 20 pieces of evidence\n"


@pytest.mark.sqlite
@pytest.mark.parametrize("what", [*TAMPERING, *ON_SQLITE])
def test_tampering_is_found_and_named(what: str, loaded: str, readout: Readout) -> None:
    assert_found(loaded, readout, *(TAMPERING | ON_SQLITE)[what])


@pytest.mark.postgresql
@pytest.mark.parametrize("what", ON_POSTGRESQL)
def test_tampering_with_a_server_is_found_and_named(what: str, loaded: str, readout: Readout) -> None:
    assert_found(loaded, readout, *TAMPERING[what])


def assert_found(loaded: str, readout: Readout, statements: str, named: str) -> None:
    assert execute(loaded, *statements.split("; "), linked=False) > 0
    ran = readout("verify")
    assert ran.status == 1 and ran.err == ""
    *differences, last = ran.out.splitlines()
    assert differences and any(named in difference for difference in differences), differences
    assert f"{len(differences)} difference" in last


def test_an_empty_database_is_refused(database: str, readout: Readout) -> None:
    ran = readout("verify")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "readout: The database holds no dataset: load one with `python -m seed load`.\n"
