"""Writes rows: assigns keys, buffers inserts for large batches, and writes the change log."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
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
    PartyPerson,
    Person,
    Quote,
    Record,
    RecordTopic,
    RemovedEvidence,
    Source,
    SourceIssuer,
    SourceText,
    Topic,
    table,
)
from seed.store.row_images import CountKey, PartyPersonId, RecordKey

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
    PartyPerson,
    Agreement,
    Quote,
    Actor,
    Topic,
    RecordTopic,
    RemovedEvidence,
    Evidence,
    EvidenceField,
    CanonicalRecord,
    Definition,
    LoggedChange,
)
"""Rows are inserted before the rows that refer to them."""

LIST_MODELS: dict[str, type[SQLModel]] = {
    "meetings": Meeting,
    "delegates": Delegate,
    "agreements": Agreement,
    "quotes": Quote,
    "people": Person,
    "parties": Party,
    "sources": Source,
    "evidence": Evidence,
    "agenda": AgendaItem,
}
"""The models of the lists whose sizes are stored."""

ColumnValues = dict[str, Any]
"""The values of a row by column, to be inserted or updated."""

_party, _person, _delegate, _party_person = table(Party), table(Person), table(Delegate), table(PartyPerson)
_PARTY_KEY = select(_party.c.key).where(_party.c.id == bindparam("party")).scalar_subquery()
_PERSON_KEY = select(_person.c.key).where(_person.c.id == bindparam("person")).scalar_subquery()
_DELETE_PARTY_PERSON = delete(_party_person).where(
    _party_person.c.party_key == _PARTY_KEY, _party_person.c.key == _PERSON_KEY
)
_INSERT_PARTY_PERSON = insert(_party_person).from_select(
    [column.name for column in _party_person.c],
    select(_delegate.c.party_key, *(_person.c[name] for name in ("key", "id", "name_sort", "changed_in")))
    .join(_person, _person.c.key == _delegate.c.person_key)
    .where(_delegate.c.party_key == _PARTY_KEY, _delegate.c.person_key == _PERSON_KEY)
    .limit(1),
)

BATCH = 20_000
"""The number of rows that are buffered: large enough for speed, small enough for flat memory."""


class Writer:
    """Writes in one transaction, and creates one dataset version with the first write."""

    def __init__(self, connection: Connection, loaded_at: datetime) -> None:
        self.connection = connection
        self._loaded_at = loaded_at
        self._version: int | None = None
        self._rows: dict[type[SQLModel], list[ColumnValues]] = defaultdict(list)
        self._buffered = 0
        self._next_keys: dict[type[SQLModel], int] = {}
        self._keys: dict[type[SQLModel], dict[str, int]] = defaultdict(dict)
        self._sizes: Counter[type[SQLModel]] = Counter()
        self.counts: Counter[CountKey] = Counter()
        """How many items are added to the lists of each person and party."""
        self.party_people: set[PartyPersonId] = set()
        """The parties and people of the delegates that are written or deleted."""

    @property
    def changed(self) -> bool:
        return self._version is not None

    @property
    def version(self) -> int:
        """The number of the new dataset version, which is created when it is first needed."""
        return self.begin_version()

    def begin_version(self) -> int:
        """Create the new dataset version, unless that is done; returns its number."""
        if self._version is None:
            versions = table(DatasetVersion)
            newest = self.connection.scalar(select(func.coalesce(func.max(versions.c.number), 0)))
            self._version = int(newest or 0) + 1
            row = {"number": self._version, "digest": "", "loaded_at": self._loaded_at}
            self.connection.execute(insert(versions), [row])
        return self._version

    def finish(self, digest: str) -> None:
        """Write the buffered rows, the people of parties, the counts and the digest of the version."""
        self.flush()
        self._update_party_people()
        self._update_counts()
        self._update_sizes()
        versions = table(DatasetVersion)
        self.connection.execute(update(versions).where(versions.c.number == self.version).values(digest=digest))

    def new_key(self, model: type[SQLModel]) -> int:
        """The next unused key of a table."""
        if model not in self._next_keys:
            self._next_keys[model] = (self.connection.scalar(select(func.max(table(model).c.key))) or 0) + 1
        self._next_keys[model] += 1
        return self._next_keys[model] - 1

    def key_of(self, model: type[SQLModel], id: str) -> int:
        """The key of the row with a public id, which must exist."""
        known = self._keys[model]
        if id not in known:
            self.flush()
            rows = table(model)
            known[id] = self.connection.execute(select(rows.c.key).where(rows.c.id == id)).scalar_one()
        return known[id]

    def topic_key(self, id: str) -> int:
        """The key of a topic, which is inserted if it is new."""
        known = self._keys[Topic]
        if id not in known:
            topics = table(Topic)
            found = self.connection.scalar(select(topics.c.key).where(topics.c.id == id))
            known[id] = found if found is not None else self.insert_with_key(Topic, {"id": id})
        return known[id]

    def insert_with_key(self, model: type[SQLModel], row: ColumnValues) -> int:
        """Insert a row with a public id under a new key; returns the key."""
        key = self.new_key(model)
        self._keys[model][row["id"]] = key
        self.insert(model, {"key": key, **row})
        return key

    def insert(self, model: type[SQLModel], row: ColumnValues) -> None:
        """Insert a row, which has a value for every column."""
        self._rows[model].append(row)
        self._buffered += 1
        if self._buffered >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write the buffered rows."""
        for model in INSERT_ORDER if self._buffered else ():
            if rows := self._rows.pop(model, None):
                _insert(self.connection, table(model), rows)
                self._sizes[model] += len(rows)
                if model is Evidence:  # some of it may be back
                    self._delete_rows(RemovedEvidence, "id", [row["id"] for row in rows])
        self._buffered = 0

    def update(self, model: type[SQLModel], key: int, values: ColumnValues) -> None:
        self.flush()
        rows = table(model)
        self.connection.execute(update(rows).where(rows.c.key == key).values(**values))

    def delete(self, model: type[SQLModel], column: str, *values: Any) -> None:
        """Delete the rows that have one of the values in a column."""
        self.flush()
        self._sizes[model] -= self._delete_rows(model, column, values)

    def _delete_rows(self, model: type[SQLModel], column: str, values: Sequence[Any]) -> int:
        """Delete the rows that have one of the values in a column; returns their number."""
        rows, deleted = table(model), 0
        for start in range(0, len(values), 500):
            chunk = values[start : start + 500]
            deleted += self.connection.execute(delete(rows).where(rows.c[column].in_(chunk))).rowcount
        return deleted

    def _update_party_people(self) -> None:
        """Make the rows of parties and people anew whose delegates were written or deleted."""
        pairs = [{"party": party, "person": person} for party, person in sorted(self.party_people)]
        for statement in (_DELETE_PARTY_PERSON, _INSERT_PARTY_PERSON) if pairs else ():
            self.connection.execute(statement, pairs)

    def _update_counts(self) -> None:
        differences: dict[tuple[ActorKind, str], dict[str, int]] = defaultdict(dict)
        for (kind, id, name), difference in sorted(self.counts.items()):
            if difference:
                differences[kind, id][name] = difference
        for (kind, id), counts in differences.items():
            rows = table(Person if kind is ActorKind.person else Party)
            values = {name: rows.c[name] + difference for name, difference in counts.items()}
            self.connection.execute(update(rows).where(rows.c.id == id).values(**values))

    def _update_sizes(self) -> None:
        sizes = table(ListSize)
        for name, model in LIST_MODELS.items():
            items = sizes.c["items"] + self._sizes[model]
            self.connection.execute(update(sizes).where(sizes.c.name == name).values(items=items))

    def forget_key(self, model: type[SQLModel], id: str) -> None:
        """Forget the key of a deleted row."""
        self._keys[model].pop(id, None)

    def log_change(self, change: Change, kind: ChangeKind, id: str, fields: list[str]) -> None:
        """Append an entry to the change log."""
        key = self.new_key(LoggedChange)
        row = {"key": key, "version": self.version, "change": change, "kind": kind, "id": id, "fields": fields}
        self.insert(LoggedChange, row)

    def list_as_removed(self, record: RecordKey, ids: Iterable[str]) -> None:
        """List evidence of a record as removed, until evidence with the id is inserted again."""
        kind, record_id = record
        for id in ids:
            row = {"id": id, "record_kind": kind, "record_id": record_id, "version": self.version}
            self.insert(RemovedEvidence, row)


def _insert(connection: Connection, rows: Table, values: list[ColumnValues]) -> None:
    """Insert rows through the driver, which takes half the time of SQLAlchemy's insert."""
    dialect = connection.dialect
    for column in rows.c:
        if bind := column.type.dialect_impl(dialect).bind_processor(dialect):
            for row in values:
                row[column.name] = bind(row[column.name])
    in_order = itemgetter(*(column.name for column in rows.c))
    if dialect.name == "postgresql":
        _copy(connection, rows, map(in_order, values))
    else:
        connection.exec_driver_sql(str(insert(rows).compile(dialect=dialect)), [in_order(row) for row in values])


def _copy(connection: Connection, rows: Table, values: Iterable[Sequence[Any]]) -> None:
    """Insert rows by COPY, which is several times as fast as INSERT."""
    columns = ", ".join(f'"{column.name}"' for column in rows.c)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{rows.name}" ({columns}) FROM STDIN') as copy:
        for row in values:
            copy.write_row(row)
