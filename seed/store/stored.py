"""Reading back what is stored of a meeting, as the images that a load compares with."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Row, Select, Table, bindparam, select
from sqlmodel import SQLModel

from app.enums import ActorField, ActorKind, RecordKind
from app.models import (
    Actor,
    AgendaItem,
    Agreement,
    CanonicalRecord,
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
from seed.dataset.canonical import digest
from seed.proof.articles import Article
from seed.store.row_images import ActorImage, Image, Key

_meeting, _record, _agenda = table(Meeting), table(Record), table(AgendaItem)
_person, _party, _source, _topic = table(Person), table(Party), table(Source), table(Topic)
_delegate, _canonical = table(Delegate), table(CanonicalRecord)
_actor, _evidence, _evidence_field = table(Actor), table(Evidence), table(EvidenceField)
_record_topic, _meeting_source = table(RecordTopic), table(MeetingSource)

_CHILDREN: dict[RecordKind, type[SQLModel]] = {
    RecordKind.agenda_item: AgendaItem,
    RecordKind.delegate: Delegate,
    RecordKind.agreement: Agreement,
    RecordKind.quote: Quote,
}
_REFERENCES = {
    "meeting_key": _meeting,
    "person_key": _person,
    "party_key": _party,
    "host_key": _party,
    "agenda_key": _agenda,
    "source_key": _source,
}
_NOT_OF_THE_IMAGE = ("key", "changed_in")
_EVIDENCE_COLUMNS = (
    "basis",
    "start_offset",
    "start_ascending",
    "start_descending",
    "end_offset",
    "words",
    "note",
)
_FIELDS = [str(name) for name in ActorField]


def _rows_of(rows: Table) -> Select[Any]:
    """A table's rows of a meeting, with the public ids of what they refer to for the keys."""
    joined: Any = rows
    columns: list[Any] = []
    for column in rows.c:
        if column.name in _REFERENCES and column.name != "key":
            other = _REFERENCES[column.name].alias()
            joined = joined.outerjoin(other, other.c.key == column)
            columns.append(other.c.id.label(column.name))
        else:
            columns.append(column)
    own = rows.c.key if rows is _meeting else rows.c.meeting_key
    return select(*columns).select_from(joined).where(own == _KEY).order_by(rows.c.id)


# Made once: to make them took a load or a verification longer than to execute them.
_KEY = bindparam("meeting", type_=_meeting.c.key.type)
_ROWS = {RecordKind.meeting: _rows_of(_meeting), **{kind: _rows_of(table(model)) for kind, model in _CHILDREN.items()}}
_ACTORS = (
    select(_actor, _person.c.id.label("person"), _party.c.id.label("party"), _delegate.c.id.label("delegate"))
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
    select(_meeting_source.c.meeting_key, _source.c.id)
    .join(_source, _source.c.key == _meeting_source.c.source_key)
    .where(_meeting_source.c.meeting_key == _KEY)
    .order_by(_meeting_source.c.position)
)
_EVIDENCE = (
    select(_evidence, _source.c.id.label("source"), _evidence_field.c.field)
    .join(_evidence_field, _evidence_field.c.evidence_key == _evidence.c.key)
    .outerjoin(_source, _source.c.key == _evidence.c.source_key)
    .join(_record, _record.c.key == _evidence.c.record_key)
    .where(_record.c.meeting_key == _KEY)
    .order_by(_evidence.c.record_key, _evidence.c.position, _evidence_field.c.position)
)


class Stored:
    """The images of one stored meeting, with the keys of their rows and of their evidence."""

    def __init__(self, connection: Connection, meeting_id: str) -> None:
        self.images: dict[Key, Image] = {}
        self.keys: dict[Key, int] = {}
        self.evidence_keys: dict[str, int] = {}
        # what hangs on a row of another meeting is lost
        self._by_key: dict[int, Image] = defaultdict(lambda: Image({}))
        self._connection = connection
        self._meeting_key = connection.scalar(select(_meeting.c.key).where(_meeting.c.id == meeting_id))
        if self._meeting_key is not None:
            self._read_rows()
            self._read_links()
            self._read_evidence()

    def _execute(self, statement: Executable) -> CursorResult[Any]:
        return self._connection.execute(statement, {"meeting": self._meeting_key})

    def _read_rows(self) -> None:
        for kind, statement in _ROWS.items():
            for row in self._execute(statement).mappings():
                columns = {str(name): value for name, value in row.items() if name not in _NOT_OF_THE_IMAGE}
                self.images[kind, row["id"]] = self._by_key[row["key"]] = Image(columns)
                self.keys[kind, row["id"]] = row["key"]

    def _read_links(self) -> None:
        for row in self._execute(_ACTORS):
            self._by_key[row.record_key].actors.append(_actor_of(row))
        for image in self.images.values():
            image.actors.sort(key=lambda actor: _FIELDS.index(actor.field))  # in the order of the format
        for row in self._execute(_TOPICS):
            self._by_key[row.record_key].topics.append(row.id)
        for row in self._execute(_SOURCES):
            self._by_key[row.meeting_key].sources.append(row.id)

    def _read_evidence(self) -> None:
        for row in self._execute(_EVIDENCE).mappings():
            self.evidence_keys[row["id"]] = row["key"]
            columns = {name: row[name] for name in _EVIDENCE_COLUMNS} | {"source_key": row["source"]}
            kept = self._by_key[row["record_key"]].evidence.setdefault(row["id"], columns | {"fields": []})
            kept["fields"].append(row["field"])


def _actor_of(row: Row[Any]) -> ActorImage:
    if row.described is not None:
        return ActorImage(row.field, ActorKind.described, row.described, row.role)
    kind = ActorKind.person if row.person is not None else ActorKind.party
    return ActorImage(row.field, kind, row.person or row.party, row.role, row.delegate)


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
