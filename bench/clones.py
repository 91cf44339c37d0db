"""Copies of the shipped record, made inside SQLite: one statement per table, with new keys and ids for each copy.

Copy 12 of `riyadh-2025-02-18` is `m-0000012`. The first party is in every meeting. Copies of the second party take
turns: one is in every other meeting, one in every fourth, and so on down to one in a single meeting. The first party's
people change with those copies; the other people are the same for four meetings in a row. Dates are spread over thirty
years, and one meeting in ten has the `WORD` in its summary.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Table
from sqlmodel import SQLModel

from app.enums import LISTS, MeetingFormat, MeetingStatus
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
    table,
)

MEETING, SOURCE = "riyadh-2025-02-18", "riyadh-us-russia-talks"
"""Ids of the shipped record, which each copy replaces."""

WORD = "plenary"
"""A word that the article does not contain; one copy in ten has it in its summary, and no title has it."""

_SHARED = (Party, Person)
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

_FIRST_OTHER_GROUP = 30
"""Number of the first group of the other people; the groups of the first party's people are fewer."""

_GROUP = f"CASE WHEN {{key}} <= 2 THEN level ELSE {_FIRST_OTHER_GROUP} + n / 4 END"
"""The group of people that a copy uses; the first two people belong to the first party."""

_DAY = "date('1996-01-01', '+' || (n * 7919 % 10957) || ' days')"  # both prime, so neighbours are years apart


def _spread(values: type[StrEnum]) -> str:
    cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
    return f"CASE n % {len(values)} {cases} END"


_CHANGED_COLUMNS = {
    "source.id": "printf('s-%07d', n)",
    "source.title": "base.title || ' ' || n",
    "source.title_sort": "base.title_sort || ' ' || n",
    "meeting.title": "base.title || ' ' || n",
    "meeting.title_sort": "base.title_sort || ' ' || n",
    "meeting.summary": f"base.summary || CASE WHEN n % 10 = 1 THEN ' {WORD}' ELSE '' END",
    "meeting.status": _spread(MeetingStatus),
    "meeting.format": _spread(MeetingFormat),
    **{f"meeting.{name}": _DAY for name in ("start_date", "first_day")},
    **{f"meeting.{name}": _DAY for name in ("start_ascending", "start_descending")},
    "delegate.name_sort": f"base.name_sort || ' ' || {_GROUP.format(key='base.person_key')}",
}
"""Columns whose values differ from the original, apart from keys and ids."""

_COLUMNS_OF_GROUPS = {
    "id": "base.id || '-' || n",
    "name": "base.name || ' ' || n",
    "name_sort": "base.name_sort || ' ' || n",
}
"""Columns that differ in the copies of people and parties; `n` is the group."""

_LEVELS = "(SELECT DISTINCT level AS n FROM copy)"
_GROUPS = f"(SELECT DISTINCT level AS n FROM copy UNION SELECT {_FIRST_OTHER_GROUP} + n / 4 FROM copy)"

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


_ALL_SEARCHABLE_UP_TO = 10_000
"""Largest number of meetings whose evidence and articles are searchable; beyond it the index would dominate."""


def add_copies(connection: sqlite3.Connection, size: int, whole: int) -> Iterator[str]:
    """Copy the one record of a database until there are `size` meetings; yields the name of each step before it runs.

    Each copy has its meeting and its delegates, with their evidence; one in `whole` has the rest of the record too.
    """
    connection.execute("CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY, level INTEGER NOT NULL)")
    numbers = ((n, (n & -n).bit_length()) for n in range(1, size))
    connection.executemany("INSERT INTO copy VALUES (?, ?)", numbers)
    for model in (*_SHARED, *_COPIED):
        _save_original(connection, table(model))
    keys = _keys(connection)
    yield "parties and people"
    _insert(connection, Party, {**_COLUMNS_OF_GROUPS, "key": "base.key + n"}, _LEVELS, "base.key = 2")
    person = {**_COLUMNS_OF_GROUPS, "key": f"base.key + n * {keys['person']}"}
    _insert(connection, Person, person, _GROUPS, f"(base.key <= 2) = (n < {_FIRST_OTHER_GROUP})")
    for model in _COPIED:
        yield str(model.__tablename__)
        values = {column.name: _value(column, keys) for column in table(model).c}
        _insert(connection, model, values, "copy", f"base.everywhere OR n % {whole} = 0")
    yield "counts"
    for statement in _COUNTS:
        connection.execute(statement)
    for rows, name in LISTS.items():
        sizes = f"UPDATE list_size SET items = (SELECT count(*) FROM {rows}) WHERE name = ?"
        connection.execute(sizes, (name,))
        if size <= _ALL_SEARCHABLE_UP_TO or rows not in ("source", "evidence"):
            yield f"search entries of {name}"
            new = "WHERE NOT EXISTS (SELECT 1 FROM search_entry AS old WHERE old.key = entry.key)"
            columns = "key, kind, id, title, text"
            connection.execute(
                f"INSERT INTO search_entry ({columns}) SELECT {columns} FROM {rows}_entry AS entry {new}"
            )


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
    for name in ("record", "evidence", "source", "person"):
        ((steps[name],),) = connection.execute(f"SELECT max(key) FROM base_{name}")
    return steps


def _value(column: Column[Any], keys: Mapping[str, int]) -> str:
    """The SQL expression of a copy's value in a column."""
    name = f"base.{column.name}"
    if column.name in COPIED_FROM_MEETING:
        return _DAY
    if different := _CHANGED_COLUMNS.get(str(column)):
        return different
    if column.name == "id":
        return f"replace(base.id, '{MEETING}', printf('m-%07d', n))"
    match _root(column):
        case Column(table=Table(name="record" | "evidence" | "source" as space), name="key"):
            return f"{name} + n * {keys[space]}"
        case Column(table=Table(name="person"), name="key"):
            return f"{name} + ({_GROUP.format(key=name)}) * {keys['person']}"
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
