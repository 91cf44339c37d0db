"""The tables enforce every constraint: for each, a row that violates only that one is refused."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import SQLModel

import app.models  # noqa: F401  (fills the metadata)
from tests.conftest import WriteRecord
from tests.databases import Kind, connected, load_records
from tests.seed.samples import ARTICLE, RECORD, changed

CHECKS = {
    "ck_dataset_version_number": "UPDATE dataset_version SET number = 0",
    "ck_change_change": "UPDATE change SET change = 'moved'",
    "ck_change_kind": "UPDATE change SET kind = 'evidence'",
    "ck_definition_kind": "UPDATE definition SET kind = 'topic'",
    "ck_source_access": "UPDATE source SET access = 'none'",
    "ck_source_quotation_marks": "UPDATE source SET quotation_marks = 'triple'",
    "ck_source_paragraphs": "UPDATE source SET paragraphs = 'pages'",
    "ck_source_length": "UPDATE source SET length = 0",
    "ck_person_counts": "UPDATE person SET delegates = -1",
    "ck_party_counts": "UPDATE party SET agreements = -1",
    "ck_party_kind": "UPDATE party SET kind = 'realm'",
    "ck_record_kind": "UPDATE record SET kind = 'person'",
    "ck_record_own_meeting": "UPDATE record SET meeting_key = (SELECT max(key) FROM record) WHERE kind = 'meeting'",
    "ck_meeting_status": "UPDATE meeting SET status = 'over'",
    "ck_meeting_format": "UPDATE meeting SET format = 'trilateral'",
    "ck_meeting_mode": "UPDATE meeting SET mode = 'by post'",
    "ck_meeting_days": "UPDATE meeting SET first_day = '2024-05-07'",
    "ck_meeting_both_days": "UPDATE meeting SET last_day = NULL",
    "ck_meeting_duration": "UPDATE meeting SET duration_approximate = NULL",
    "ck_agenda_item_outcome": "UPDATE agenda_item SET outcome = 'shut'",
    "ck_delegate_role": "UPDATE delegate SET role = 'king'",
    "ck_delegate_attendance": "UPDATE delegate SET attendance = 'late'",
    "ck_delegate_either": "UPDATE delegate SET described = 'they' WHERE person_key IS NOT NULL",
    "ck_agreement_commitment": "UPDATE agreement SET commitment = 'firm'",
    "ck_agreement_form": "UPDATE agreement SET form = 'letter'",
    "ck_quote_kind": "UPDATE quote SET kind = 'vague'",
    "ck_actor_record_kind": "UPDATE actor SET record_kind = 'person'",
    "ck_actor_field": "UPDATE actor SET field = 'person' WHERE field = 'speakers'",
    "ck_actor_role": "UPDATE actor SET role = 'guest'",
    "ck_actor_either": "UPDATE actor SET described = 'they'",
    "ck_actor_party_field": "UPDATE actor SET party_key = NULL, person_key = 1 WHERE field = 'parties'",
    "ck_actor_delegate": "UPDATE actor SET delegate_key = (SELECT min(key) FROM delegate) WHERE field = 'parties'",
    "ck_record_topic_record_kind": "UPDATE record_topic SET record_kind = 'person'",
    "ck_evidence_record_kind": "UPDATE evidence SET record_kind = 'person'",
    "ck_evidence_basis": "UPDATE evidence SET basis = 'guessed'",
    "ck_evidence_offsets": "UPDATE evidence SET start_offset = end_offset",
    "ck_evidence_place": "UPDATE evidence SET end_offset = NULL",
    "ck_evidence_reason": "UPDATE evidence SET note = 'So.' WHERE basis = 'stated'",
    "ck_removed_evidence_record_kind": "UPDATE removed_evidence SET record_kind = 'person'",
    "ck_list_size_items": "UPDATE list_size SET items = -1",
}
"""A statement that violates each check constraint."""

BROKEN_TOO = {"ck_evidence_basis": ["ck_evidence_reason"], "ck_actor_field": ["ck_actor_delegate"]}
"""Constraints that the same rows also violate, and that a database may report instead."""

ALSO_REFUSED = [
    "UPDATE delegate SET person_key = NULL WHERE described IS NULL",
    "UPDATE actor SET party_key = NULL WHERE party_key IS NOT NULL",
    "UPDATE evidence SET start_offset = -1",
    "UPDATE evidence SET start_offset = NULL",
    "UPDATE evidence SET words = NULL",
    "UPDATE evidence SET source_key = NULL",
    "UPDATE evidence SET note = NULL WHERE basis = 'inferred'",
    "UPDATE evidence SET basis = 'inferred' WHERE basis = 'stated'",
    "UPDATE meeting SET first_day = NULL",
    "UPDATE meeting SET duration_value = NULL",
    "UPDATE evidence SET id = 'same'",
    "UPDATE party SET id = 'same'",
    "UPDATE quote SET id = 'same'",
    "UPDATE record SET id = 'same', kind = 'quote'",
    "INSERT INTO source_text SELECT * FROM source_text",
]
NOT_NULL = ["meeting.start_ascending", "meeting.title", "quote.text", "party.name_sort", "evidence.start_descending"]
TABLES_WITH_ROWS = [
    "dataset_version",
    "change",
    "canonical_record",
    "definition",
    "source",
    "source_text",
    "person",
    "party",
    "source_issuer",
    "party_person",
    "record",
    "meeting",
    "meeting_source",
    "agenda_item",
    "delegate",
    "agreement",
    "quote",
    "actor",
    "topic",
    "record_topic",
    "evidence",
    "evidence_field",
    "removed_evidence",
    "list_size",
]


@pytest.fixture(scope="module")
def connection(
    database_kind: Kind, tmp_path_factory: pytest.TempPathFactory, write_record: WriteRecord
) -> Iterator[Any]:
    """A connection to a database with the sample record, after a load that removed a piece of its evidence."""
    record = changed(
        RECORD,
        ("    access: full", "    access: full\n    issued_by: [uto]"),
        ("says: commitment, words: agreed to reopen}", "says: commitment, words: agreed to reopen, inferred: So.}"),
    )
    folder = tmp_path_factory.mktemp("models") / "record"
    with database_kind.databases() as databases:
        database = databases.loaded(
            write_record(folder, changed(record, ("words: for two hours", "words: two hours")), ARTICLE)
        )
        load_records(database, write_record(folder, record, ARTICLE))
        with connected(database) as connection:
            yield connection


@pytest.fixture
def loaded(connection: Any) -> Iterator[Any]:
    """The same connection for each test; what the test changes is rolled back."""
    yield connection
    connection.rollback()
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA ignore_check_constraints = OFF")  # it is no part of the transaction


def refused(loaded: Any, *statements: str) -> str:
    """Execute statements, the last of which violates a constraint; returns the message of the database."""
    *before, last = statements
    for statement in before:
        loaded.execute(statement)
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)) as raised:
        loaded.execute(last)
    return str(raised.value)


@pytest.mark.parametrize("name", CHECKS)
def test_check_constraints_are_enforced(name: str, loaded: Any) -> None:
    names = {name, *BROKEN_TOO.get(name, ())}
    said = re.search(r"(CHECK constraint failed:|violates check constraint) \"?(\w+)", refused(loaded, CHECKS[name]))
    assert said and said[2] in names


@pytest.mark.parametrize("statement", ALSO_REFUSED)
def test_other_constraints_are_enforced(statement: str, loaded: Any) -> None:
    assert "constraint" in refused(loaded, statement)


@pytest.mark.parametrize("column", NOT_NULL)
def test_sort_columns_are_never_null(column: str, loaded: Any) -> None:
    table, name = column.split(".")
    said = refused(loaded, f"UPDATE {table} SET {name} = NULL")
    assert (
        f"NOT NULL constraint failed: {column}" in said
        or f'null value in column "{name}" of relation "{table}"' in said
    )


FOREIGN_KEYS = sorted(  # a table's constraints are a set, and all processes must have the tests in one order
    f"{table.name}.{key.column_keys[0]}"
    for table in SQLModel.metadata.sorted_tables
    for key in table.constraints
    if isinstance(key, ForeignKeyConstraint)
)


@pytest.mark.parametrize("column", FOREIGN_KEYS)
def test_every_foreign_key_is_enforced(column: str, loaded: Any) -> None:
    table, name = column.split(".")
    key = ", ".join(column.name for column in SQLModel.metadata.tables[table].primary_key)
    statement = f"UPDATE {table} SET {name} = 999999 WHERE ({key}) = (SELECT {key} FROM {table} LIMIT 1)"
    assert re.search("(?i)foreign key constraint", refused(loaded, *without_checks(loaded, table), statement))


def without_checks(loaded: Any, table: str) -> list[str]:
    """Statements that disable the checks of a table, so that only the tested constraint can fail."""
    if isinstance(loaded, sqlite3.Connection):
        return ["PRAGMA ignore_check_constraints = ON"]
    checks = [
        str(each.name) for each in SQLModel.metadata.tables[table].constraints if isinstance(each, CheckConstraint)
    ]
    return [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for name in checks]


def test_every_constraint_is_in_these_tables_of_tests() -> None:
    constraints = [each for table in SQLModel.metadata.tables.values() for each in table.constraints]
    assert {str(each.name) for each in constraints if isinstance(each, CheckConstraint)} == set(CHECKS)
    assert {table.name for table in SQLModel.metadata.sorted_tables} == set(TABLES_WITH_ROWS)
    assert any(isinstance(each, UniqueConstraint) for each in constraints)


@pytest.mark.parametrize("table", TABLES_WITH_ROWS)
def test_the_sample_has_rows_in_every_table(table: str, loaded: Any) -> None:
    assert loaded.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0
