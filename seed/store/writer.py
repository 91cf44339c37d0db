"""Writing rows: keys given out, inserts gathered into large batches, and the change log kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlmodel import SQLModel

from app.enums import ActorKind, Change, ChangeKind
from app.models import (
    Actor,
    AgendaItem,
    Agreement,
    CanonicalRecord,
    DatasetVersion,
    Definition,
    Delegate,
    Evidence,
    EvidenceField,
    ListSize,
    LoggedChange,
    Meeting,
    MeetingSource,
    Party,
    Person,
    Quote,
    Record,
    RecordTopic,
    Source,
    SourceIssuer,
    SourceText,
    Topic,
    table,
)
from seed.store import search

INSERT_ORDER: tuple[type[SQLModel], ...] = (
    Party,
    Person,
    Source,
    SourceText,
    SourceIssuer,
    Record,
    Meeting,
    MeetingSource,
    AgendaItem,
    Delegate,
    Agreement,
    Quote,
    Actor,
    Topic,
    RecordTopic,
    Evidence,
    EvidenceField,
    CanonicalRecord,
    Definition,
    LoggedChange,
)
"""Tables before those that refer to them."""

LISTS: dict[str, type[SQLModel]] = {
    "meetings": Meeting,
    "delegates": Delegate,
    "agreements": Agreement,
    "quotes": Quote,
    "people": Person,
    "parties": Party,
    "sources": Source,
    "evidence": Evidence,
}
"""The lists whose sizes are kept, and what they are of."""

Row = dict[str, Any]

BATCH = 20_000
"""How many rows are gathered before they are written: large enough to be quick, small enough for a flat memory."""


class Writer:
    """Writes into one transaction, under one dataset version that begins with the first write."""

    def __init__(self, connection: Connection, loaded_at: datetime) -> None:
        self.connection = connection
        self._loaded_at = loaded_at
        self._version: int | None = None
        self._rows: dict[type[SQLModel], list[Row]] = defaultdict(list)
        self._gathered = 0
        self._next_keys: dict[type[SQLModel], int] = {}
        self._keys: dict[type[SQLModel], dict[str, int]] = defaultdict(dict)
        self._sizes: Counter[type[SQLModel]] = Counter()
        self.counts: Counter[tuple[ActorKind, str, str]] = Counter()
        """What is to be added to what the lists hold of each person and party: by kind, id and the list's name."""

    @property
    def changed(self) -> bool:
        return self._version is not None

    def begin(self) -> None:
        """Make a version, whatever is written under it."""
        _ = self.version

    @property
    def version(self) -> int:
        """The version that is being made."""
        if self._version is None:
            versions = table(DatasetVersion)
            newest = self.connection.scalar(select(func.coalesce(func.max(versions.c.number), 0)))
            self._version = int(newest or 0) + 1
            row = {"number": self._version, "digest": "", "loaded_at": self._loaded_at}
            self.connection.execute(insert(versions), [row])
        return self._version

    def finish(self, digest: str) -> None:
        """Write what is gathered and counted, and the version's digest."""
        self.flush()
        self._count()
        versions = table(DatasetVersion)
        self.connection.execute(update(versions).where(versions.c.number == self.version).values(digest=digest))

    def new_key(self, model: type[SQLModel]) -> int:
        if model not in self._next_keys:
            self._next_keys[model] = (self.connection.scalar(select(func.max(table(model).c.key))) or 0) + 1
        self._next_keys[model] += 1
        return self._next_keys[model] - 1

    def key(self, model: type[SQLModel], id: str) -> int:
        """The key of the row with a public id."""
        known = self._keys[model]
        if id not in known:
            self.flush()
            rows = table(model)
            known[id] = self.connection.execute(select(rows.c.key).where(rows.c.id == id)).scalar_one()
        return known[id]

    def topic_key(self, id: str) -> int:
        """The key of a topic, which is made if nothing had it yet."""
        known = self._keys[Topic]
        if id not in known:
            topics = table(Topic)
            found = self.connection.scalar(select(topics.c.key).where(topics.c.id == id))
            known[id] = found if found is not None else self.insert_new(Topic, {"id": id})
        return known[id]

    def insert_new(self, model: type[SQLModel], row: Row) -> int:
        """Insert a row under a new key, which is known by the row's public id from then on."""
        key = self.new_key(model)
        self._keys[model][row["id"]] = key
        self.insert(model, {"key": key, **row})
        return key

    def insert(self, model: type[SQLModel], row: Row) -> None:
        """Insert a row, which names every column."""
        self._rows[model].append(row)
        self._gathered += 1
        if self._gathered >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write the rows that are gathered."""
        for model in INSERT_ORDER if self._gathered else ():
            if rows := self._rows.pop(model, None):
                _insert(self.connection, table(model), rows)
                self._sizes[model] += len(rows)
        self._gathered = 0

    def update(self, model: type[SQLModel], key: int, values: Row) -> None:
        self.flush()
        rows = table(model)
        self.connection.execute(update(rows).where(rows.c.key == key).values(**values))

    def delete(self, model: type[SQLModel], column: str, *values: Any) -> None:
        """Delete the rows whose column has one of the values, and what search has of them."""
        self.flush()
        rows = table(model)
        for start in range(0, len(values), 500):
            chunk = values[start : start + 500]
            self._sizes[model] -= self.connection.execute(delete(rows).where(rows.c[column].in_(chunk))).rowcount
            if column == "key":
                search.forget(self.connection, model, chunk)

    def _count(self) -> None:
        of_row: dict[tuple[ActorKind, str], dict[str, int]] = defaultdict(dict)
        for (kind, id, name), difference in sorted(self.counts.items()):
            if difference:
                of_row[kind, id][name] = difference
        for (kind, id), counts in of_row.items():
            rows = table(Person if kind is ActorKind.person else Party)
            values = {name: rows.c[name] + difference for name, difference in counts.items()}
            self.connection.execute(update(rows).where(rows.c.id == id).values(**values))
        sizes = table(ListSize)
        for name in LISTS:
            items = sizes.c["items"] + self._sizes[LISTS[name]]
            self.connection.execute(update(sizes).where(sizes.c.name == name).values(items=items))

    def forget(self, model: type[SQLModel], id: str) -> None:
        self._keys[model].pop(id, None)

    def log(self, change: Change, kind: ChangeKind, id: str, fields: list[str]) -> None:
        key = self.new_key(LoggedChange)
        row = {"key": key, "version": self.version, "change": change, "kind": kind, "id": id, "fields": fields}
        self.insert(LoggedChange, row)


def _insert(connection: Connection, rows: Table, values: list[Row]) -> None:
    """Insert many rows as the driver takes them: what SQLAlchemy does for each would cost as much again."""
    dialect = connection.dialect
    for column in rows.c:
        if as_bound := column.type.dialect_impl(dialect).bind_processor(dialect):
            for row in values:
                row[column.name] = as_bound(row[column.name])
    in_order = itemgetter(*(column.name for column in rows.c))
    if dialect.name == "postgresql":
        _copy(connection, rows, map(in_order, values))
    else:
        connection.exec_driver_sql(str(insert(rows).compile(dialect=dialect)), [in_order(row) for row in values])


def _copy(connection: Connection, rows: Table, values: Iterable[Sequence[Any]]) -> None:
    """PostgreSQL's own way to take many rows, several times as quick as inserts."""
    columns = ", ".join(f'"{column.name}"' for column in rows.c)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{rows.name}" ({columns}) FROM STDIN') as copy:
        for row in values:
            copy.write_row(row)
