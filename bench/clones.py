"""Copies of the shipped record, made inside SQLite: one statement per table, with new keys and ids for each copy.

Copy 12 of `riyadh-2025-02-18` is `m-0000012`. Values are skewed, as in real data: a filter matches most items, or few,
or none together with another. `bench/skew.py` draws them; they are the same each time.

- The first party is in every meeting. Copies of the second party take turns: one is in every other meeting, one in
  every fourth, and so on down to one in a single meeting. The first party's people change with those copies.
- The other people, the topics and the places are numbered by how often they occur.
- One meeting in ten has the `WORD` in its summary.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table
from sqlmodel import SQLModel

from app.enums import LISTS, AgreementForm, Commitment, DelegateRole, Outcome, PartyKind, QuoteKind
from app.models import (
    COPIED_FROM_MEETING,
    Actor,
    AgendaItem,
    Agreement,
    Delegate,
    Evidence,
    EvidenceField,
    Meeting,
    MeetingSource,
    Party,
    Person,
    Quote,
    Record,
    RecordTopic,
    Source,
    SourceText,
    Topic,
    table,
)
from bench.skew import FIRST_OTHER_GROUP, FIRST_WORD, SHIFT, VERSIONS, create_copies, one_of, rank_of

MEETING, SOURCE = "riyadh-2025-02-18", "riyadh-us-russia-talks"
"""Ids of the shipped record, which each copy replaces."""

WORD = "plenary"
"""A word that the article does not contain; one copy in ten has it in its summary, and no title has it."""

_SHARED = (Party, Person, Topic)
_COPIED = (
    Source,
    SourceText,
    Record,
    Meeting,
    MeetingSource,
    AgendaItem,
    Delegate,
    Agreement,
    Quote,
    Actor,
    RecordTopic,
    Evidence,
    EvidenceField,
)
"""Tables with rows for each meeting; a referenced table comes before the one that refers to it."""

_GROUP = "CASE WHEN {key} <= 2 THEN level ELSE people END"
"""The group of people that a copy uses; the first two people belong to the first party."""

_CHANGED_COLUMNS = {
    "source.id": "printf('s-%07d', n)",
    "source.title": "base.title || ' ' || n",
    "source.title_sort": "base.title_sort || ' ' || n",
    "meeting.title": "base.title || ' ' || n",
    "meeting.title_sort": "base.title_sort || ' ' || n",
    "meeting.summary": f"base.summary || CASE WHEN n % 10 = 1 THEN ' {WORD}' ELSE '' END",
    **{f"meeting.{name}": f"copy.{name}" for name in ("status", "format", "mode", "host_key")},
    **{f"meeting.{name}": f"copy.{name}" for name in ("place_country", "place_city", "city_folded", "place_wikidata")},
    **{f"meeting.{name}": "copy.day" for name in ("start_date", "first_day")},
    **{f"meeting.{name}": "copy.last_day" for name in ("end_date", "last_day")},
    "meeting.span": "copy.span",
    **{f"meeting.start_{way}": "copy.day" for way in ("ascending", "descending")},
    **{f"source.{name}": f"copy.{name}" for name in ("language", "publisher", "access")},
    **{f"source.{name}": "copy.published" for name in ("published_on", "published_last_day")},
    **{f"source.published_{way}": "copy.published" for way in ("ascending", "descending")},
    "source.published_span": "0",
    **{f"{part}.title": f"{FIRST_WORD} || base.title" for part in ("agenda_item", "agreement")},
    **{f"{part}.title_sort": f"{FIRST_WORD} || base.title_sort" for part in ("agenda_item", "agreement")},
    "agenda_item.outcome": one_of(Outcome),
    "agenda_item.outcome_rank": rank_of(Outcome),
    "delegate.role": one_of(DelegateRole),
    "delegate.role_rank": rank_of(DelegateRole),
    "agreement.commitment": one_of(Commitment),
    "agreement.commitment_rank": rank_of(Commitment),
    "agreement.form": one_of(AgreementForm),
    **{f"evidence.start_{way}": f"base.start_{way} + {SHIFT}" for way in ("ascending", "descending")},
    "quote.kind": one_of(QuoteKind),
    "quote.kind_rank": rank_of(QuoteKind),
    "delegate.name_sort": f"base.name_sort || ' ' || {_GROUP.format(key='base.person_key')}",
}
"""Columns whose values differ from the original, apart from keys and ids."""

_COLUMNS_OF_GROUPS = {
    "id": "base.id || '-' || n",
    "name": "base.name || ' ' || n",
    "name_sort": "base.name_sort || ' ' || n",
    "wikidata": "base.wikidata || n",
}
"""Columns that differ in the copies of people and parties; `n` is the group."""

_LEVELS = "(SELECT DISTINCT level AS n FROM copy)"
_GROUPS = "(SELECT DISTINCT level AS n FROM copy UNION SELECT DISTINCT people FROM copy)"
_TOPICS = "(SELECT DISTINCT topics AS n FROM copy WHERE topics > 0)"

_RELAYED = """
    INSERT INTO actor (record_key, record_kind, field, position, person_key)
    SELECT record_key, record_kind, 'via', 0, person_key FROM actor WHERE field = 'speakers' AND record_key % 7 = 0
    """
"""One speaker in seven relays their own words: nobody relays any in the shipped record."""

_PARTY_PEOPLE = """
    INSERT OR IGNORE INTO party_person (party_key, key, id, name_sort, changed_in)
    SELECT found.party_key, person.key, id, name_sort, changed_in
    FROM (SELECT DISTINCT party_key, person_key FROM delegate) AS found JOIN person ON person.key = found.person_key
    """
"""The people of each party; the loader has inserted those of the shipped record."""

_COUNTS = (
    """
    UPDATE person SET
      delegates = (SELECT count(*) FROM delegate WHERE person_key = person.key),
      quotes = (SELECT count(*) FROM actor WHERE person_key = person.key AND field = 'speakers'),
      meetings = (SELECT count(*) FROM (
        SELECT meeting_key FROM delegate WHERE person_key = person.key
        UNION SELECT meeting_key FROM actor JOIN record ON record.key = record_key
        WHERE person_key = person.key AND field = 'speakers'))
    """,
    """
    UPDATE party SET
      delegates = (SELECT count(*) FROM delegate WHERE party_key = party.key),
      quotes = (SELECT count(*) FROM delegate JOIN actor ON delegate_key = delegate.key
        WHERE delegate.party_key = party.key),
      meetings = (SELECT count(*) FROM actor CROSS JOIN meeting ON meeting.key = record_key
        WHERE party_key = party.key AND field = 'parties'),
      agreements = (SELECT count(*) FROM actor CROSS JOIN agreement ON agreement.key = record_key
        WHERE party_key = party.key AND field = 'parties')
    """,
)
"""Counts of people and parties. In the shipped record no party speaks, and no quote has two speakers."""


def add_copies(connection: sqlite3.Connection, size: int, whole: int) -> Iterator[str]:
    """Copy the one record of a database until there are `size` meetings; yields the name of each step before it runs.

    Each copy has its meeting and its delegates, with their evidence; one in `whole` has the rest of the record too.
    """
    create_copies(connection, size)
    for model in (*_SHARED, *_COPIED):
        _save_original(connection, table(model))
    keys = _keys(connection)
    yield "versions, parties, people and topics"
    _insert_versions(connection)
    kinds = {"kind": one_of(PartyKind), "kind_rank": rank_of(PartyKind)}
    party = {**_COLUMNS_OF_GROUPS, **kinds, "key": "base.key + n"}
    _insert(connection, Party, party, _LEVELS, "base.key = 2")
    person = {**_COLUMNS_OF_GROUPS, "key": f"base.key + n * {keys['person']}"}
    _insert(connection, Person, person, _GROUPS, f"(base.key <= 2) = (n < {FIRST_OTHER_GROUP})")
    topic = {"id": "base.id || '-' || n", "key": f"base.key + n * {keys['topic']}"}
    _insert(connection, Topic, topic, _TOPICS, "true")
    indexes = _drop_indexes(connection)
    for model in _COPIED:
        yield str(model.__tablename__)
        values = {column.name: _value(column, keys) for column in table(model).c}
        _insert(connection, model, values, "copy", f"base.everywhere OR n % {whole} = 0")
    connection.execute(_RELAYED)
    connection.execute(_PARTY_PEOPLE)
    for name, sql in indexes:
        yield f"index {name}"
        connection.execute(sql)
    yield "counts"
    for statement in _COUNTS:
        connection.execute(statement)
    for rows, name in LISTS.items():
        sizes = f"UPDATE list_size SET items = (SELECT count(*) FROM {rows}) WHERE name = ?"
        connection.execute(sizes, (name,))


def _insert_versions(connection: sqlite3.Connection) -> None:
    """Insert later versions of the dataset, which no load has made."""
    columns = "'2025-01-01 00:00:00.000000'"
    versions = ((number, f"{number:064x}") for number in range(2, VERSIONS + 1))
    connection.executemany(
        f"INSERT INTO dataset_version (number, digest, loaded_at) VALUES (?, ?, {columns})", versions
    )


def _drop_indexes(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Drop all indexes that are not constraints; the name and the SQL of each. To create them at the end is faster."""
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    return indexes


def _save_original(connection: sqlite3.Connection, rows: Table) -> None:
    """Save the original rows in a temporary table, with a flag whether each copy has them."""
    select = f"SELECT *, {_everywhere(rows)} AS everywhere FROM {rows.name}"
    connection.execute(f"CREATE TEMP TABLE base_{rows.name} AS {select}")


def _everywhere(rows: Table) -> str:
    kinds = "IN ('meeting', 'delegate')"
    if "evidence_key" in rows.c:
        return f"(SELECT record_kind FROM evidence WHERE key = evidence_key) {kinds}"
    for name in ("record_key", "key"):
        if name in rows.c and _root(rows.c[name]).table.name == "record":
            return f"(SELECT kind FROM record AS own WHERE own.key = {rows.name}.{name}) {kinds}"
    return "0" if rows.name == "source_text" else "1"


def _keys(connection: sqlite3.Connection) -> dict[str, int]:
    """The largest key of the original in each table; each copy adds a multiple of it to its keys."""
    steps = {}
    for name in ("record", "evidence", "source", "person", "topic"):
        ((steps[name],),) = connection.execute(f"SELECT max(key) FROM base_{name}")
    return steps


def _value(column: Column[Any], keys: Mapping[str, int]) -> str:
    """The SQL expression of a copy's value in a column."""
    name = f"base.{column.name}"
    if column.name == "changed_in":
        return "copy.version"
    if original := COPIED_FROM_MEETING.get(column.name):
        return _CHANGED_COLUMNS[f"meeting.{original}"]
    if different := _CHANGED_COLUMNS.get(str(column)):
        return different
    if column.name == "id":
        return f"replace(base.id, '{MEETING}', printf('m-%07d', n))"
    match _root(column):
        case Column(table=Table(name="record" | "evidence" | "source" as space), name="key"):
            return f"{name} + n * {keys[space]}"
        case Column(table=Table(name="person"), name="key"):
            return f"{name} + ({_GROUP.format(key=name)}) * {keys['person']}"
        case Column(table=Table(name="topic"), name="key"):
            return f"{name} + topics * {keys['topic']}"
        case Column(table=Table(name="party"), name="key"):
            return f"{name} + CASE WHEN {name} = 2 THEN level ELSE 0 END"
    return name


def _root(column: Column[Any]) -> Column[Any]:
    """The column at the end of a chain of foreign keys, or the column itself."""
    for key in column.foreign_keys:
        return _root(key.column)
    return column


def _insert(
    connection: sqlite3.Connection, model: type[SQLModel], values: Mapping[str, str], copies: str, where: str
) -> None:
    rows = table(model)
    names = ", ".join(column.name for column in rows.c)
    chosen = ", ".join(values.get(column.name, f"base.{column.name}") for column in rows.c)
    connection.execute(
        f"INSERT INTO {rows.name} ({names}) SELECT {chosen} FROM {copies} AS copy"
        f" CROSS JOIN temp.base_{rows.name} AS base WHERE {where}"
    )
