"""Proving a database again: every stored slice against its text, every row against its record, every hash."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, Select, and_, exists, func, or_, select
from sqlmodel import SQLModel

from app.db.snapshots import newest_version, snapshot
from app.enums import ActorKind, DefinitionKind, RecordKind
from app.models import (
    CanonicalRecord,
    Definition,
    Evidence,
    ListSize,
    Meeting,
    Party,
    Person,
    Record,
    RecordTopic,
    Source,
    SourceText,
    Topic,
    table,
)
from seed.dataset.canonical import content_hash, parse
from seed.dataset.dataset import Progress
from seed.proof.definitions import Catalogue, Key, MergedDefinition, said_by
from seed.proof.prove import prove
from seed.proof.result import Proved
from seed.proof.subjects import subjects
from seed.store import search
from seed.store.definitions import changed_fields, columns, stored_rows
from seed.store.row_images import MODELS, Image, counts, images
from seed.store.row_images import Key as ImageKey
from seed.store.stored import Stored, stored_articles, stored_digest
from seed.store.stored_definitions import catalogue as stored_catalogue
from seed.store.stored_definitions import encode
from seed.store.writer import LISTS

COUNTED = ("meetings", "delegates", "agreements", "quotes")
_DEFINED: dict[DefinitionKind, type[SQLModel]] = {
    DefinitionKind.person: Person,
    DefinitionKind.party: Party,
    DefinitionKind.source: Source,
}
_CHUNK = 500


@dataclass(slots=True)
class Verification:
    """What was proved, and every difference that was found, one sentence each."""

    version: str
    meetings: int = 0
    facts: int = 0
    evidence: int = 0
    counts: Counter[tuple[ActorKind, str, str]] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def verify(engine: Engine, progress: Progress = lambda done: None) -> Verification:
    """Prove everything that is stored again. Raises Unavailable."""
    with snapshot(engine) as view:
        connection, found = view.connection, Verification(str(view.version))
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
        found.differences += search.differences(connection)
        version = newest_version(connection)
        if version and stored_digest(connection) != version.digest:
            found.differences.append(f"dataset version {version}: its digest is not that of what is stored")
        return found


def _broken_references(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "postgresql":
        return  # it holds every reference at every moment, whoever writes
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"table {row[0]}, row {row[1]}: refers to a row of {row[2]} that is not there"


def _sources(connection: Connection) -> Iterator[str]:
    source, text = table(Source), table(SourceText)
    statement = select(source.c.id, source.c.sha256, source.c.length, text.c.text)
    statement = statement.outerjoin(text, text.c.source_key == source.c.key).execution_options(yield_per=1)
    for id, hash, length, content in connection.execute(statement):
        if content is None or content_hash(content) != hash or len(content) != length:
            yield f"source {id}: its text is not the one of its hash and length"


def _definitions(connection: Connection, catalogue: Catalogue) -> Iterator[str]:
    """Every person, party and source against what their records say."""
    for kind, model in _DEFINED.items():
        rows = table(model)
        ids = connection.scalars(select(rows.c.id).order_by(rows.c.id)).all()
        for start in range(0, len(ids), _CHUNK):
            chunk = [(kind, id) for id in ids[start : start + _CHUNK]]
            for key, stored in stored_rows(connection, chunk).items():
                if not _is_what_is_given(key, stored, catalogue.given.get(key)):
                    yield f"{kind} {key[1]}: not what the stored records say"


def _is_what_is_given(key: Key, stored: dict[str, Any], given: MergedDefinition | None) -> bool:
    if given is None:
        return False
    row = columns(key, given.values, None)
    if key[0] is DefinitionKind.source:
        row["issued_by"] = given.values["issued_by"]
    return not changed_fields(row, stored) and all(row[name] == stored[name] for name in row)


def _record(
    connection: Connection, id: str, catalogue: Catalogue, people: Mapping[str, str], found: Verification
) -> Iterator[str]:
    """A record's canonical form, proved again, against its rows and the definitions that it gives."""
    records = table(CanonicalRecord)
    content, hash = connection.execute(select(records.c.content, records.c.sha256).where(records.c.id == id)).one()
    if content_hash(content) != hash:
        yield f"meeting {id}: its record is not the one of its hash"
    try:
        record = parse(content)
    except ValidationError:
        yield f"meeting {id}: its record is none"
        return
    outcome = prove(record, stored_articles(connection, record.source_ids), catalogue)
    if not isinstance(outcome, Proved):
        yield from (f"meeting {id}: {fault.code}: {fault.message}" for fault in outcome)
        return
    found.meetings += 1
    found.facts += sum(len(subject.facts) for subject in subjects(record))
    found.evidence += sum(len(facts.evidence_by_id) for facts in outcome.facts)
    wanted = images(outcome, people)
    found.counts.update(counts(wanted))
    yield from _rows(wanted, Stored(connection, id))
    yield from _given(connection, outcome)


def _rows(wanted: Mapping[ImageKey, Image], stored: Stored) -> Iterator[str]:
    for key in wanted.keys() | stored.images.keys():
        mine, others = wanted.get(key), stored.images.get(key)
        if mine != others or (mine and others and list(mine.evidence) != list(others.evidence)):
            yield f"{key[0]} {key[1]}: its rows are not what its record proves"


def _given(connection: Connection, proved: Proved) -> Iterator[str]:
    definition = table(Definition)
    hashes = {id: article.sha256 for id, article in proved.articles.items()}
    wanted = {key: encode(given.values) for key, _, given in said_by(proved.record, hashes, proved.id)}
    of_record = select(definition.c.kind, definition.c.id, definition.c.content).where(definition.c.giver == proved.id)
    stored = {(DefinitionKind(kind), id): content for kind, id, content in connection.execute(of_record)}
    if wanted != stored:
        yield f"meeting {proved.id}: the stored definitions are not those that its record gives"


def _counts(connection: Connection, counts: Mapping[tuple[ActorKind, str, str], int]) -> Iterator[str]:
    """What the rows of people and parties say that the lists hold of them, against what the records say."""
    for kind, model in ((ActorKind.person, Person), (ActorKind.party, Party)):
        rows = table(model)
        names = [column.name for column in rows.c if column.name in COUNTED]
        statement = select(rows.c.id, *(rows.c[name] for name in names)).execution_options(yield_per=1000)
        for id, *held in connection.execute(statement):
            if held != [counts.get((kind, id, name), 0) for name in names]:
                yield f"{kind} {id}: the counts of what the lists hold are wrong"


def _sizes(connection: Connection) -> Iterator[str]:
    sizes = table(ListSize)
    for name, model in LISTS.items():
        size = connection.scalar(select(sizes.c["items"]).where(sizes.c.name == name))
        if size != connection.scalar(select(func.count()).select_from(table(model))):
            yield f"list {name}: the size that is kept of it is wrong"


def _leftovers(connection: Connection) -> Iterator[str]:
    """Rows that no record accounts for."""
    meeting, canonical = table(Meeting), table(CanonicalRecord)
    for id in connection.scalars(select(meeting.c.id).where(~exists().where(canonical.c.id == meeting.c.id))):
        yield f"meeting {id}: no stored record gives it"
    definition = table(Definition)
    statement = select(definition.c.kind, definition.c.id, definition.c.giver)
    for row in connection.execute(statement.where(~exists().where(canonical.c.id == definition.c.giver))):
        yield f"{row.kind} {row.id}: no stored record of {row.giver} defines it"
    topic, given = table(Topic), table(RecordTopic)
    for id in connection.scalars(select(topic.c.id).where(~exists().where(given.c.topic_key == topic.c.key))):
        yield f"topic {id}: nothing has it"


def _copies(connection: Connection) -> Iterator[str]:
    """Rows that differ from what they are a copy of."""
    record, evidence = table(Record), table(Evidence)
    differs = or_(evidence.c.record_kind != record.c.kind, evidence.c.meeting_key != record.c.meeting_key)
    copies: Select[Any] = select(evidence.c.id).join(record, and_(record.c.key == evidence.c.record_key, differs))
    for id in connection.scalars(copies):
        yield f"evidence {id}: not of the record that it hangs on"
    for kind, model in MODELS.items():
        rows = table(model)
        meeting_key = rows.c.key if kind is RecordKind.meeting else rows.c.meeting_key
        same = and_(record.c.kind == kind, record.c.id == rows.c.id, record.c.meeting_key == meeting_key)
        alone = select(rows.c.id).where(~exists().where(record.c.key == rows.c.key, same))
        for id in connection.scalars(alone):
            yield f"{kind} {id}: not of its own row among the records"
