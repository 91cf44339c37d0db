"""Proving a database again: every stored slice against its text, every row against its record, every hash."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, and_, exists, func, or_, select

from app.database import newest_version, snapshot
from app.models import (
    CanonicalRecord,
    Evidence,
    Meeting,
    Party,
    Person,
    Record,
    Source,
    SourceText,
    table,
)
from app.vocabulary import ActorKind, DefinitionKind
from seed.canonical import content_hash, parse
from seed.dataset import Progress
from seed.images import Image, counts, images
from seed.images import Key as ImageKey
from seed.proof.catalogue import Catalogue, definitions, uses
from seed.proof.prove import prove
from seed.proof.proved import Proved
from seed.proof.subjects import subjects
from seed.store.definitions import changed_fields, columns, stored_rows
from seed.store.load import add_stored, stored_articles, stored_digest
from seed.store.stored import Stored

COUNTED = ("meetings", "delegates", "agreements", "quotes")
_MODELS = {DefinitionKind.person: Person, DefinitionKind.party: Party, DefinitionKind.source: Source}


@dataclass(slots=True)
class Verification:
    """What was proved, and every difference that was found, one sentence each."""

    version: str = "0"
    meetings: int = 0
    facts: int = 0
    evidence: int = 0
    differences: list[str] = field(default_factory=list)
    counts: Counter[tuple[ActorKind, str, str]] = field(default_factory=Counter)


def count(engine: Engine) -> int:
    """How many meetings are to be proved."""
    with snapshot(engine) as view:
        return view.connection.scalar(select(func.count()).select_from(table(CanonicalRecord))) or 0


def verify(engine: Engine, progress: Progress = lambda done: None) -> Verification:
    """Prove everything that is stored again. Raises Unavailable."""
    with snapshot(engine) as view:
        connection, found = view.connection, Verification(str(view.version))
        found.differences += _broken_references(connection)
        found.differences += _sources(connection)
        found.differences += _definitions(connection)
        records = table(CanonicalRecord)
        for id in connection.scalars(select(records.c.id).order_by(records.c.id)).all():
            found.differences += _record(connection, id, found)
            progress(1)
        found.differences += _leftovers(connection)
        found.differences += _counts(connection, found.counts)
        version = newest_version(connection)
        if version and stored_digest(connection) != version.digest:
            found.differences.append(f"dataset version {version}: its digest is not that of what is stored")
        return found


def _broken_references(connection: Connection) -> Iterator[str]:
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"table {row[0]}, row {row[1]}: refers to a row of {row[2]} that is not there"


def _sources(connection: Connection) -> Iterator[str]:
    source, text = table(Source), table(SourceText)
    statement = select(source.c.id, source.c.sha256, source.c.length, text.c.text)
    statement = statement.outerjoin(text, text.c.source_key == source.c.key).execution_options(yield_per=1)
    for id, hash, length, content in connection.execute(statement):
        if content is None or content_hash(content) != hash or len(content) != length:
            yield f"source {id}: its text is not the one of its hash and length"


def _definitions(connection: Connection) -> Iterator[str]:
    """Every person, party and source against what their records say."""
    for kind, model in _MODELS.items():
        rows = table(model)
        ids = connection.scalars(select(rows.c.id).order_by(rows.c.id)).all()
        for start in range(0, len(ids), 500):
            chunk = ids[start : start + 500]
            catalogue = Catalogue()
            add_stored(catalogue, connection, chunk, frozenset())
            for key, stored in stored_rows(connection, [(kind, id) for id in chunk]).items():
                given = catalogue.given.get(key)
                issued_by = {"issued_by": given.values["issued_by"]} if given and "issued_by" in given.values else {}
                row = {**columns(key, given.values, None), **issued_by} if given else {}
                if not given or changed_fields(row, stored) or any(row[name] != stored[name] for name in row):
                    yield f"{kind} {key[1]}: not what the stored records say"


def _record(connection: Connection, id: str, found: Verification) -> Iterator[str]:
    """A record's canonical form, proved again, against its rows."""
    records = table(CanonicalRecord)
    content, hash = connection.execute(select(records.c.content, records.c.sha256).where(records.c.id == id)).one()
    if content_hash(content) != hash:
        yield f"meeting {id}: its record is not the one of its hash"
    try:
        record = parse(content)
    except ValidationError:
        yield f"meeting {id}: its record is none"
        return
    ids = {*uses(record), *record.source_ids, *(key[1] for key, _, _ in definitions(record))}
    catalogue = Catalogue(used=ids, used_sources=ids)
    add_stored(catalogue, connection, ids, frozenset())
    outcome = prove(record, stored_articles(connection, record.source_ids), catalogue)
    if not isinstance(outcome, Proved):
        yield from (f"meeting {id}: {fault.code}: {fault.message}" for fault in outcome)
        return
    found.meetings += 1
    found.facts += sum(len(subject.facts) for subject in subjects(record))
    found.evidence += sum(len(facts.evidence_by_id) for facts in outcome.facts)
    wanted = images(outcome, _names(catalogue))
    found.counts.update(counts(wanted))
    yield from _rows(wanted, Stored(connection, id))


def _names(catalogue: Catalogue) -> dict[str, str]:
    return {id: given.values["name"] for (kind, id), given in catalogue.given.items() if kind is DefinitionKind.person}


def _rows(wanted: Mapping[ImageKey, Image], stored: Stored) -> Iterator[str]:
    for kind, id in wanted.keys() | stored.images.keys():
        if wanted.get((kind, id)) != stored.images.get((kind, id)):
            yield f"{kind} {id}: its rows are not what its record proves"


def _counts(connection: Connection, counts: Mapping[tuple[ActorKind, str, str], int]) -> Iterator[str]:
    """What the rows of people and parties say that the lists hold of them, against what the records say."""
    for kind, model in ((ActorKind.person, Person), (ActorKind.party, Party)):
        rows = table(model)
        names = [column.name for column in rows.c if column.name in COUNTED]
        statement = select(rows.c.id, *(rows.c[name] for name in names)).execution_options(yield_per=1000)
        for id, *held in connection.execute(statement):
            if held != [counts.get((kind, id, name), 0) for name in names]:
                yield f"{kind} {id}: the counts of what the lists hold are wrong"


def _leftovers(connection: Connection) -> Iterator[str]:
    """Rows that no record accounts for, and copies that differ from what they copy."""
    meeting, record, canonical, evidence = table(Meeting), table(Record), table(CanonicalRecord), table(Evidence)
    unaccounted = select(meeting.c.id).where(~exists().where(canonical.c.id == meeting.c.id))
    for id in connection.scalars(unaccounted):
        yield f"meeting {id}: no stored record gives it"
    differs = or_(evidence.c.record_kind != record.c.kind, evidence.c.meeting_key != record.c.meeting_key)
    copies = select(evidence.c.id).join(record, and_(record.c.key == evidence.c.record_key, differs))
    for id in connection.scalars(copies):
        yield f"evidence {id}: not of the record that it hangs on"
