"""Verifies a database: proves every stored record again, and compares every row, hash and count with the records."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import starmap
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, Select, and_, exists, func, or_, select
from sqlmodel import SQLModel

from app.db.snapshots import snapshot
from app.enums import ActorKind, DefinitionKind, RecordKind
from app.models import (
    Actor,
    CanonicalRecord,
    Definition,
    Delegate,
    Evidence,
    ListSize,
    LoggedChange,
    Meeting,
    Party,
    PartyPerson,
    Person,
    Record,
    RecordTopic,
    RemovedEvidence,
    Source,
    SourceText,
    Topic,
    copied_from_meeting,
    table,
)
from app.search.folder import SearchFolder
from app.search.verification import compare
from seed.dataset.canonical import content_hash, parse
from seed.dataset.dataset import Progress
from seed.proof.definitions import Catalogue, DefinitionKey, MergedDefinition
from seed.proof.facts import facts_of_parts
from seed.proof.prove import prove_stored
from seed.proof.result import Proved
from seed.record.characters import refused_character
from seed.store.merged_definitions import changed_fields, definition_row, stored_rows
from seed.store.row_images import (
    MEETING_PARTS,
    MODELS,
    CountKey,
    RecordKey,
    RowImage,
    list_counts,
    row_images,
)
from seed.store.row_writer import LIST_MODELS
from seed.store.stored_definitions import catalogue as stored_catalogue
from seed.store.stored_definitions import definitions_json, stored_json
from seed.store.stored_records import StoredMeeting, stored_articles, stored_digest

_COUNTS = ("meetings", "delegates", "agreements", "quotes")
_DEFINED_MODELS: dict[DefinitionKind, type[SQLModel]] = {
    DefinitionKind.person: Person,
    DefinitionKind.party: Party,
    DefinitionKind.source: Source,
}
_CHUNK = 500


@dataclass(slots=True)
class Verification:
    """How much was proved, and a sentence for each difference."""

    version: str
    meetings: int = 0
    facts: int = 0
    evidence: int = 0
    counts: Counter[CountKey] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    not_compared: str | None = None
    """Why the search index was not compared with the rows."""


def verify(
    engine: Engine, progress: Progress = lambda done: None, search_index: SearchFolder | None = None
) -> Verification:
    """Verify everything that is stored, and a search index if its version is the database's. Raises Unavailable."""
    with snapshot(engine) as (connection, version):
        found = Verification(str(version))
        catalogue = stored_catalogue(connection)
        people = catalogue.people()
        found.differences += _broken_references(connection)
        found.differences += _sources(connection)
        found.differences += _definitions(connection, catalogue)
        records = table(CanonicalRecord)
        for id in connection.scalars(select(records.c.id).order_by(records.c.id)).all():
            found.differences += _record(connection, id, catalogue, people, found)
            progress(1)
        found.differences += _counts(connection, found.counts)
        found.differences += _sizes(connection)
        found.differences += _leftovers(connection)
        found.differences += _copies(connection)
        found.differences += _removed_evidence(connection)
        if stored_digest(connection) != version.digest:
            found.differences.append(f"dataset version {version}: its digest is not the digest of the stored records")
        if search_index and not found.differences:  # rows that are wrong make wrong documents
            found.differences, found.not_compared = compare(connection, version, search_index)
        return found


class _BrokenReference(NamedTuple):
    """A row of `PRAGMA foreign_key_check`."""

    table: str
    row: int | None
    referenced: str
    foreign_key: int


class _SourceRow(NamedTuple):
    id: str
    sha256: str
    length: int
    text: str | None


def _broken_references(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "postgresql":
        return  # it enforces foreign keys for every writer
    for broken in starmap(_BrokenReference, connection.exec_driver_sql("PRAGMA foreign_key_check")):
        yield f"table {broken.table}, row {broken.row}: refers to a row of {broken.referenced} that does not exist"


def _sources(connection: Connection) -> Iterator[str]:
    source, text = table(Source), table(SourceText)
    statement = select(source.c.id, source.c.sha256, source.c.length, text.c.text)
    statement = statement.outerjoin(text, text.c.source_key == source.c.key).execution_options(yield_per=1)
    for row in starmap(_SourceRow, connection.execute(statement)):
        if row.text is None or content_hash(row.text) != row.sha256 or len(row.text) != row.length:
            yield f"source {row.id}: its text does not have its hash and length"


def _definitions(connection: Connection, catalogue: Catalogue) -> Iterator[str]:
    """Compare every person, party and source with the definitions of the records."""
    for kind, model in _DEFINED_MODELS.items():
        rows = table(model)
        ids = connection.scalars(select(rows.c.id).order_by(rows.c.id)).all()
        for start in range(0, len(ids), _CHUNK):
            chunk = [(kind, id) for id in ids[start : start + _CHUNK]]
            for key, stored in stored_rows(connection, chunk).items():
                if not _is_as_defined(key, stored, catalogue.definitions.get(key)):
                    yield f"{kind} {key[1]}: its row differs from the definitions of the stored records"


def _is_as_defined(key: DefinitionKey, stored: dict[str, Any], definition: MergedDefinition | None) -> bool:
    if definition is None:
        return False
    row = definition_row(key, definition.values, None)
    if key[0] is DefinitionKind.source:
        row["issued_by"] = definition.values["issued_by"]
    return not changed_fields(row, stored) and all(row[name] == stored[name] for name in row)


def _record(
    connection: Connection, id: str, catalogue: Catalogue, people: Mapping[str, str], found: Verification
) -> Iterator[str]:
    """Prove a record again from its canonical form, and compare its rows and definitions with it."""
    records = table(CanonicalRecord)
    content, hash = connection.execute(select(records.c.content, records.c.sha256).where(records.c.id == id)).one()
    if content_hash(content) != hash:
        yield f"meeting {id}: its record does not have its hash"
    stored = StoredMeeting(connection, id)
    try:
        record = parse(content)
    except ValidationError:
        yield f"meeting {id}: its record is not a valid record"
        found.counts.update(_stored_counts(stored))
        return
    articles = stored_articles(connection, record.source_ids)
    texts = (*_texts(json.loads(content)), *(article.text for article in articles.values()))
    yield from (f"meeting {id}: {refused}" for refused in map(refused_character, texts) if refused)
    proved, faults = prove_stored(record, articles, catalogue)
    yield from (f"meeting {id}: {fault.code}: {fault.message}" for fault in faults)
    if proved is None:
        found.counts.update(_stored_counts(stored))
        return
    if not faults:
        found.meetings += 1
        found.facts += sum(len(part.facts) for part in facts_of_parts(record))
        found.evidence += sum(len(facts.evidence_by_id) for facts in proved.facts)
    expected = row_images(proved, people)
    found.counts.update(list_counts(expected))
    yield from _rows(expected, stored)
    yield from _definitions_of_record(connection, proved)


def _stored_counts(stored: StoredMeeting) -> Counter[CountKey]:
    """The counts of a meeting that cannot be proved, from its rows: no further difference follows from that."""
    has_meeting = any(kind is RecordKind.meeting for kind, _ in stored.images)
    return list_counts(stored.images) if has_meeting else Counter()


def _texts(value: Any) -> Iterator[str]:
    """All texts in a value of JSON; its keys are those of the record format."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _rows(expected: Mapping[RecordKey, RowImage], stored: StoredMeeting) -> Iterator[str]:
    for key in expected.keys() | stored.images.keys():
        one, other = expected.get(key), stored.images.get(key)
        if one != other or (one and other and list(one.evidence) != list(other.evidence)):
            yield f"{key[0]} {key[1]}: its rows differ from its record"


def _definitions_of_record(connection: Connection, proved: Proved) -> Iterator[str]:
    if definitions_json(proved) != stored_json(connection, proved.id):
        yield f"meeting {proved.id}: the stored definitions differ from those of its record"


def _counts(connection: Connection, counts: Mapping[CountKey, int]) -> Iterator[str]:
    """Compare the stored counts of people and parties with the records."""
    for kind, model in ((ActorKind.person, Person), (ActorKind.party, Party)):
        rows = table(model)
        names = [column.name for column in rows.c if column.name in _COUNTS]
        statement = select(rows.c.id, *(rows.c[name] for name in names)).execution_options(yield_per=1000)
        for id, *stored in connection.execute(statement):
            if stored != [counts.get((kind, id, name), 0) for name in names]:
                yield f"{kind} {id}: its counts of list items are wrong"


def _sizes(connection: Connection) -> Iterator[str]:
    sizes = table(ListSize)
    for name, model in LIST_MODELS.items():
        size = connection.scalar(select(sizes.c["items"]).where(sizes.c.name == name))
        if size != connection.scalar(select(func.count()).select_from(table(model))):
            yield f"list {name}: its stored size is wrong"


def _leftovers(connection: Connection) -> Iterator[str]:
    """Rows that belong to no record."""
    meeting, canonical = table(Meeting), table(CanonicalRecord)
    for id in connection.scalars(select(meeting.c.id).where(~exists().where(canonical.c.id == meeting.c.id))):
        yield f"meeting {id}: no stored record has it"
    definition = table(Definition)
    statement = select(definition.c.kind, definition.c.id, definition.c.meeting_id)
    without_record = ~exists().where(canonical.c.id == definition.c.meeting_id)
    for kind, id, meeting_id in connection.execute(statement.where(without_record)):
        yield f"{kind} {id}: no stored record of {meeting_id} defines it"
    topic, used = table(Topic), table(RecordTopic)
    for id in connection.scalars(select(topic.c.id).where(~exists().where(used.c.topic_key == topic.c.key))):
        yield f"topic {id}: no record has it"


def _copies(connection: Connection) -> Iterator[str]:
    """Compare copied columns with their originals."""
    record, evidence = table(Record), table(Evidence)
    differs = or_(evidence.c.record_kind != record.c.kind, evidence.c.meeting_key != record.c.meeting_key)
    copies: Select[Any] = select(evidence.c.id).join(record, and_(record.c.key == evidence.c.record_key, differs))
    for id in connection.scalars(copies):
        yield f"evidence {id}: its kind or meeting differs from its record"
    for links in (table(Actor), table(RecordTopic)):
        differs = and_(record.c.key == links.c.record_key, record.c.kind != links.c.record_kind)
        for kind, id in connection.execute(select(record.c.kind, record.c.id).join(links, differs).distinct()):
            yield f"{kind} {id}: its kind differs in `{links.name}`"
    yield from _copied_from_meetings(connection)
    yield from _party_people(connection)
    for kind, model in MODELS.items():
        rows = table(model)
        meeting_key = rows.c.key if kind is RecordKind.meeting else rows.c.meeting_key
        same = and_(record.c.kind == kind, record.c.id == rows.c.id, record.c.meeting_key == meeting_key)
        alone = select(rows.c.id).where(~exists().where(record.c.key == rows.c.key, same))
        for id in connection.scalars(alone):
            yield f"{kind} {id}: its row differs from its row in `record`"


def _copied_from_meetings(connection: Connection) -> Iterator[str]:
    meeting = table(Meeting)
    for rows in map(table, MEETING_PARTS):
        pairs = ((rows.c[name], meeting.c[original]) for name, original in copied_from_meeting(rows).items())
        differs = or_(*(copy.is_distinct_from(original) for copy, original in pairs))
        of_meeting = and_(meeting.c.key == rows.c.meeting_key, differs)
        for id in connection.scalars(select(rows.c.id).join(meeting, of_meeting)):
            yield f"{rows.name} {id}: its date, country, status or format differs from its meeting's"


def _party_people(connection: Connection) -> Iterator[str]:
    """Compare the people of parties with their delegates, and what they copy with the people."""
    person, delegate, links = table(Person), table(Delegate), table(PartyPerson)
    same = (links.c[name] == person.c[name] for name in ("id", "name_sort", "changed_in"))
    is_linked = exists().where(links.c.key == person.c.key, links.c.party_key == delegate.c.party_key, *same)
    missing = select(person.c.id).join(delegate, delegate.c.person_key == person.c.key)
    missing = missing.where(delegate.c.party_key.is_not(None), ~is_linked)
    is_delegate = exists().where(delegate.c.party_key == links.c.party_key, delegate.c.person_key == links.c.key)
    left = select(person.c.id).join(links, links.c.key == person.c.key).where(~is_delegate)
    for id in connection.scalars(missing.union(left)):
        yield f"person {id}: the rows in `party_person` differ from the person's delegates"


def _removed_evidence(connection: Connection) -> Iterator[str]:
    """Compare the ids of removed evidence with the stored evidence and with the changes of its record."""
    removed, evidence, change = table(RemovedEvidence), table(Evidence), table(LoggedChange)
    is_stored = exists().where(evidence.c.id == removed.c.id)
    is_logged = exists().where(
        change.c.kind == removed.c.record_kind,
        change.c.id == removed.c.record_id,
        change.c.version == removed.c.version,
    )
    for id in connection.scalars(select(removed.c.id).where(or_(is_stored, ~is_logged))):
        yield f"evidence {id}: its row in `removed_evidence` differs from the stored evidence or the change log"
