"""Reads stored records: the row images of a meeting, hashes, the digest and the texts of sources."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import starmap
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, select

from app.enums import ActorField, ActorKind, RecordKind
from app.models import (
    COPIED_FROM_MEETING,
    Actor,
    AgendaItem,
    CanonicalRecord,
    Delegate,
    Evidence,
    EvidenceField,
    Meeting,
    MeetingSource,
    Party,
    Person,
    Record,
    RecordTopic,
    Source,
    SourceText,
    Topic,
    table,
)
from seed.dataset.canonical import digest
from seed.proof.articles import Article
from seed.store.row_images import MODELS, ActorImage, RecordKey, RowImage, add_agreements

_meeting, _record, _agenda = table(Meeting), table(Record), table(AgendaItem)
_person, _party, _source, _topic = table(Person), table(Party), table(Source), table(Topic)
_delegate, _canonical = table(Delegate), table(CanonicalRecord)
_actor, _evidence, _evidence_field = table(Actor), table(Evidence), table(EvidenceField)
_record_topic, _meeting_source = table(RecordTopic), table(MeetingSource)

_REFERENCED_TABLES = {
    "meeting_key": _meeting,
    "person_key": _person,
    "party_key": _party,
    "host_key": _party,
    "agenda_key": _agenda,
}
_COLUMNS_NOT_IN_IMAGES = ("key", "changed_in")
_EVIDENCE_COLUMNS = (
    "basis",
    "source_key",
    "start_offset",
    "start_ascending",
    "start_descending",
    "end_offset",
    "place",
    "words",
    "note",
    "despite",
)
_FIELDS = [str(name) for name in ActorField]


_RowT = TypeVar("_RowT")


class _ActorRow(NamedTuple):
    record_key: int
    field: str
    described: str | None
    role: str | None
    person: str | None
    party: str | None
    delegate: str | None

    def image(self) -> ActorImage:
        if self.described is not None:
            return ActorImage(self.field, ActorKind.described, self.described, self.role)
        kind = ActorKind.person if self.person is not None else ActorKind.party
        return ActorImage(self.field, kind, self.person or self.party or "", self.role, self.delegate)


class _LinkRow(NamedTuple):
    """A topic or a source of a record, by its public id."""

    record_key: int
    id: str


class _EvidenceRow(NamedTuple):
    """One of the fields of a piece of evidence."""

    key: int
    id: str
    record_key: int
    field: str
    basis: str
    source_key: str | None
    start_offset: int | None
    start_ascending: int
    start_descending: int
    end_offset: int | None
    place: int
    words: str | None
    note: str | None
    despite: str | None

    def columns(self) -> dict[str, Any]:
        """The columns of a row image, with the first field."""
        return {name: getattr(self, name) for name in _EVIDENCE_COLUMNS} | {"fields": [self.field]}


def _select_rows(rows: Table) -> Select[Any]:
    """A table's rows of a meeting, with the public ids of referenced rows instead of their keys."""
    joined: Any = rows
    columns: list[Any] = []
    for column in rows.c:
        if column.name in _REFERENCED_TABLES:
            other = _REFERENCED_TABLES[column.name].alias()
            joined = joined.outerjoin(other, other.c.key == column)
            columns.append(other.c.id.label(column.name))
        else:
            columns.append(column)
    own = rows.c.key if rows is _meeting else rows.c.meeting_key
    return select(*columns).select_from(joined).where(own == _KEY).order_by(rows.c.id)


# Built once: building a statement takes longer than executing it.
_KEY = bindparam("meeting", type_=_meeting.c.key.type)
_ROWS = {kind: _select_rows(table(model)) for kind, model in MODELS.items()}
_ACTORS = (
    select(
        *(_actor.c[name] for name in ("record_key", "field", "described", "role")),
        _person.c.id.label("person"),
        _party.c.id.label("party"),
        _delegate.c.id.label("delegate"),
    )
    .join(_record, _record.c.key == _actor.c.record_key)
    .outerjoin(_person, _person.c.key == _actor.c.person_key)
    .outerjoin(_party, _party.c.key == _actor.c.party_key)
    .outerjoin(_delegate, _delegate.c.key == _actor.c.delegate_key)
    .where(_record.c.meeting_key == _KEY)
    .order_by(_actor.c.record_key, _actor.c.field, _actor.c.position)
)
_TOPICS = (
    select(_record_topic.c.record_key, _topic.c.id)
    .join(_topic, _topic.c.key == _record_topic.c.topic_key)
    .join(_record, _record.c.key == _record_topic.c.record_key)
    .where(_record.c.meeting_key == _KEY)
    .order_by(_record_topic.c.record_key, _record_topic.c.position)
)
_SOURCES = (
    select(_meeting_source.c.meeting_key.label("record_key"), _source.c.id)
    .join(_source, _source.c.key == _meeting_source.c.source_key)
    .where(_meeting_source.c.meeting_key == _KEY)
    .order_by(_meeting_source.c.position)
)
_EVIDENCE = (
    select(
        *(_evidence.c[name] for name in ("key", "id", "record_key")),
        _evidence_field.c.field,
        _evidence.c.basis,
        _source.c.id.label("source_key"),
        *(_evidence.c[name] for name in _EVIDENCE_COLUMNS[2:]),
    )
    .join(_evidence_field, _evidence_field.c.evidence_key == _evidence.c.key)
    .outerjoin(_source, _source.c.key == _evidence.c.source_key)
    .join(_record, _record.c.key == _evidence.c.record_key)
    .where(_record.c.meeting_key == _KEY)
    .order_by(_evidence.c.record_key, _evidence.c.position, _evidence_field.c.position)
)


def _not_in_image(kind: RecordKind) -> Container[str]:
    """The columns of a row that its image does not have."""
    return _COLUMNS_NOT_IN_IMAGES if kind is RecordKind.meeting else {*_COLUMNS_NOT_IN_IMAGES, *COPIED_FROM_MEETING}


class StoredMeeting:
    """The row images of a stored meeting, with the keys of its rows and of its evidence."""

    def __init__(self, connection: Connection, meeting_id: str) -> None:
        self.images: dict[RecordKey, RowImage] = {}
        self.row_keys: dict[RecordKey, int] = {}
        self.evidence_keys: dict[str, int] = {}
        # rows that refer to a row of another meeting go to an image that nobody reads
        self._by_key: dict[int, RowImage] = defaultdict(lambda: RowImage({}))
        self._connection = connection
        self._meeting_key = connection.scalar(select(_meeting.c.key).where(_meeting.c.id == meeting_id))
        if self._meeting_key is not None:
            self._read_rows()
            self._read_links()
            self._read_evidence()

    def _read(self, row: type[_RowT], statement: Select[Any]) -> Iterator[_RowT]:
        return starmap(row, self._connection.execute(statement, {"meeting": self._meeting_key}))

    def _read_rows(self) -> None:
        for kind, statement in _ROWS.items():
            for row in self._connection.execute(statement, {"meeting": self._meeting_key}).mappings():
                columns = {str(name): value for name, value in row.items() if name not in _not_in_image(kind)}
                self.images[kind, row["id"]] = self._by_key[row["key"]] = RowImage(columns)
                self.row_keys[kind, row["id"]] = row["key"]
        add_agreements(self.images)

    def _read_links(self) -> None:
        for actor in self._read(_ActorRow, _ACTORS):
            self._by_key[actor.record_key].actors.append(actor.image())
        for image in self.images.values():
            image.actors.sort(key=lambda actor: _FIELDS.index(actor.field))  # in the order of the record format
        for topic in self._read(_LinkRow, _TOPICS):
            self._by_key[topic.record_key].topics.append(topic.id)
        for source in self._read(_LinkRow, _SOURCES):
            self._by_key[source.record_key].sources.append(source.id)

    def _read_evidence(self) -> None:
        for row in self._read(_EvidenceRow, _EVIDENCE):
            self.evidence_keys[row.id] = row.key
            evidence = self._by_key[row.record_key].evidence
            if row.id in evidence:
                evidence[row.id]["fields"].append(row.field)
            else:
                evidence[row.id] = row.columns()


def stored_hashes(connection: Connection) -> dict[str, str]:
    """The hashes of the stored records, by meeting."""
    return {row.id: row.sha256 for row in connection.execute(select(_canonical.c.id, _canonical.c.sha256))}


def stored_digest(connection: Connection) -> str:
    """The digest of everything that is stored, from the hashes of the records."""
    hashes = select(_canonical.c.sha256).order_by(_canonical.c.id).execution_options(yield_per=10_000)
    return digest(connection.scalars(hashes))


def stored_articles(connection: Connection, source_ids: Iterable[str]) -> dict[str, Article]:
    """The stored texts of sources, by id."""
    text = table(SourceText)
    statement = select(_source.c.id, text.c.text).join(text, text.c.source_key == _source.c.key)
    rows = connection.execute(statement.where(_source.c.id.in_(list(source_ids))))
    return {id: Article(f"the text of {id}", content) for id, content in rows}
