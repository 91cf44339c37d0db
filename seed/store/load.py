"""A load: everything that a dataset's records prove, into the database in one transaction, or nothing."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path as FilePath
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, select

from app.database import explained, newest_version
from app.models import CanonicalRecord, Definition, RecordTopic, Source, SourceText, Topic, table
from app.vocabulary import DefinitionKind
from seed.canonical import canonical, content_hash, digest, parse
from seed.dataset import Dataset, Progress
from seed.faults import Code, Fault, PlacedFault
from seed.images import images
from seed.proof.articles import Article
from seed.proof.catalogue import Catalogue, Key, said_by, uses
from seed.proof.catalogue import definitions as definitions_of
from seed.proof.prove import prove
from seed.proof.proved import Proved
from seed.reading import ReadRecord, read_record
from seed.store import definitions, meetings
from seed.store.account import Account, Difference
from seed.store.stored import Stored
from seed.store.writer import Writer

_PROOF_TURNS_ON = {"name", "other_names", "kind", "sha256", "quotation_marks", "paragraphs"}
"""Fields of definitions whose change can undo the proof of a record that uses them."""


def load(
    engine: Engine,
    dataset: Dataset,
    *,
    prune: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done: None,
) -> Account | list[PlacedFault]:
    """Prove a dataset and store it; with `prune`, remove the meetings that it does not hold.

    Faults, and a dry run, leave the database as it was. Raises Unavailable.
    """
    with explained(), engine.connect() as connection, connection.begin() as transaction:
        before = newest_version(connection)
        run = _Load(connection, dataset, prune, progress)
        differences = run.store()
        if run.faults or dry_run or not run.writer.changed:
            transaction.rollback()
        if run.faults:
            return run.faults
        version = run.made or (str(before) if before else "0")
        return Account(version, run.made is not None, len(dataset.folders), differences)


@dataclass(frozen=True, slots=True)
class _Conflict:
    """A field of a definition in which the dataset differs from a record that is stored."""

    field: str
    value: Any
    giver: str


class _Load:
    def __init__(self, connection: Connection, dataset: Dataset, prune: bool, progress: Progress) -> None:
        self.connection = connection
        self.dataset = dataset
        self.progress = progress
        self.writer = Writer(connection)
        self.faults = list(dataset.faults)
        self.made: str | None = None
        self.hashes = _stored_hashes(connection)
        self.pruned = set(self.hashes) - set(dataset.meetings) if prune else set()
        self.replaced = {*dataset.meetings, *self.pruned}
        self.conflicts: dict[Key, _Conflict] = {}
        self.rows: dict[Key, dict[str, Any]] = {}
        self.changed_sources: set[str] = set()
        self.written_sources: set[str] = set()
        self.names: dict[str, str] = {}
        self.borrowed = definitions.borrowed(connection)
        self.moved: set[Key] = set()

    def store(self) -> list[Difference]:
        """Prove and write everything, as long as there is no fault."""
        self._join_stored_definitions()
        writing = not (self.dataset.faulty or self.conflicts)
        before = definitions.keys_given_by(self.connection, self.replaced & set(self.hashes)) if writing else set()
        affected = self._affected() if writing else {}
        differences = list(self._write_people_and_parties()) if writing else []
        for outcome in self.dataset.prove(self._conflicts_of if self.conflicts else None):
            self.faults += outcome if isinstance(outcome, list) else []
            if isinstance(outcome, Proved) and writing and not self.faults:
                differences += self._write(outcome)
            self.progress(1)
        if self.faults:
            return []
        for id, key in sorted(affected.items()):
            differences += self._prove_again(id, key)
        for id in sorted(self.pruned):
            differences += meetings.remove(self.writer, Stored(self.connection, id))
            definitions.forget(self.writer, id)
            self._borrow(id, {})
        differences += self._settle(before - set(self._wanted()) | self.moved)
        if self.writer.changed and not self.faults:
            self._finish()
        return differences

    def _join_stored_definitions(self) -> None:
        """Add up the dataset's definitions with those of stored records that this load does not replace."""
        catalogue, wanted = self.dataset.catalogue, self.dataset.wanted
        for key, stored, is_stored in definitions.given(self.connection, wanted, self.replaced):
            mine = catalogue.given.get(key)
            if mine is None:
                if is_stored and (twin := _twin(catalogue, key)):
                    self.conflicts[twin] = _Conflict("id", f"a {key[0]}", stored.giver)
            elif name := mine.conflict(stored):
                if is_stored:
                    self.conflicts[key] = _Conflict(name, stored.values[name], stored.giver)
            else:
                mine.unite(stored)
        self.rows = definitions.stored_rows(self.connection, self._wanted())

    def _wanted(self) -> Iterator[Key]:
        return (key for key in self.dataset.catalogue.given if key[1] in self.dataset.wanted)

    def _affected(self) -> dict[str, Key]:
        """The stored meetings outside this load whose proof a changed definition may undo, with that definition."""
        found: dict[str, Key] = {}
        for key, stored in self.rows.items():
            given = self.dataset.catalogue.given[key].values
            changed = set(definitions.changed_fields(definitions.columns(key, given, None), stored))
            if changed & _PROOF_TURNS_ON:
                if key[0] is DefinitionKind.source:
                    self.changed_sources.add(key[1])
                users = definitions.users(self.connection, key) - self.replaced
                found.update(dict.fromkeys(users, key))
        return found

    def _write_people_and_parties(self) -> Iterator[Difference]:
        for key in list(self._wanted()):
            if key[0] is not DefinitionKind.source:
                given = self.dataset.catalogue.given[key].values
                yield from definitions.write(self.writer, key, given, None, self.rows.get(key))
            if key[0] is DefinitionKind.person:
                self.names[key[1]] = self.dataset.catalogue.given[key].values["name"]

    def _write(self, proved: Proved) -> list[Difference]:
        """Write a record, unless it and its texts are what is stored already."""
        differences = self._write_sources(proved)
        self._borrow(proved.id, self._lent_to(proved))
        content = canonical(proved)
        hash = content_hash(content)
        stored_hash = self.hashes.get(proved.id)
        if hash == stored_hash and not self.changed_sources & set(proved.articles):
            return differences
        built = images(proved, self.names)
        if stored_hash is None:
            differences += meetings.add(self.writer, built)
        else:
            differences += meetings.change(self.writer, Stored(self.connection, proved.id), built)
        if hash != stored_hash:
            self._write_canonical(proved, content, hash)
        return differences

    def _write_sources(self, proved: Proved) -> list[Difference]:
        differences: list[Difference] = []
        for id, article in proved.articles.items():
            key = (DefinitionKind.source, id)
            if id not in self.written_sources:
                self.written_sources.add(id)
                given = self.dataset.catalogue.given[key].values
                differences += definitions.write(self.writer, key, given, article.text, self.rows.get(key))
        return differences

    def _write_canonical(self, proved: Proved, content: str, hash: str) -> None:
        """Write a record's canonical form, and what it says of people, parties and sources."""
        self.writer.begin()  # the digest moves, even where no row of the meeting does
        if proved.id in self.hashes:
            self.writer.delete(CanonicalRecord, "id", proved.id)
            definitions.forget(self.writer, proved.id)
        self.writer.insert(CanonicalRecord, {"id": proved.id, "content": content, "sha256": hash})
        hashes = {id: article.sha256 for id, article in proved.articles.items()}
        for (kind, id), given in said_by(proved.record, hashes, proved.id):
            row = {"kind": kind, "id": id, "giver": proved.id, "content": definitions.encode(given.values)}
            self.writer.insert(Definition, row)
            self._give_back(proved.id, (kind, id))

    def _give_back(self, lender: str, key: Key) -> None:
        """Drop what others borrowed of a definition, now that its own record gives it."""
        for borrower, lent in self.borrowed.items():
            if lent.pop((lender, key), None) is not None:
                definitions.forget(self.writer, borrower, lender, key)
                self.moved.add(key)

    def _conflicts_of(self, read: ReadRecord) -> Iterator[Fault]:
        """The faults of a record's definitions that differ from those of stored records."""
        for key, path, definition in definitions_of(read.record) if read.record else ():
            conflict = self.conflicts.get(key)
            if conflict and (conflict.field == "sha256" or getattr(definition, conflict.field) not in (None, ())):
                there = f"`{conflict.field}` is {conflict.value} in the stored record of {conflict.giver}"
                message = f"{key[0]} `{key[1]}`: {there}; load that record too if both have changed"
                yield Fault(Code.conflicting_definition, (*path, conflict.field), message)

    def _prove_again(self, meeting_id: str, changed: Key) -> list[Difference]:
        """Prove a stored record with the definitions that this load changes, and write what moves by that."""
        records = table(CanonicalRecord)
        content = self.connection.scalar(select(records.c.content).where(records.c.id == meeting_id))
        record = parse(str(content))
        catalogue = self._catalogue_for(
            {*uses(record), *record.source_ids, *(key[1] for key, _, _ in definitions_of(record))}
        )
        outcome = prove(record, stored_articles(self.connection, record.source_ids), catalogue)
        if isinstance(outcome, Proved):
            built = images(outcome, catalogue.people())
            return meetings.change(self.writer, Stored(self.connection, meeting_id), built)
        message = f"{changed[0]} `{changed[1]}`: it undoes the stored record of {meeting_id}: {outcome[0].message}"
        self.faults.append(self._at_definition(changed, f"{message}; load that record too"))
        return []

    def _catalogue_for(self, ids: set[str]) -> Catalogue:
        mine = self.dataset.catalogue.given
        keys = [(kind, id) for id in ids for kind in DefinitionKind if (kind, id) in mine]
        catalogue = Catalogue({key: mine[key] for key in keys})
        catalogue.used, catalogue.used_sources = ids, ids
        add_stored(catalogue, self.connection, ids - {id for _, id in keys}, self.replaced)
        return catalogue

    def _at_definition(self, key: Key, message: str) -> PlacedFault:
        given = self.dataset.catalogue.given.get(key)
        file = given.giver if given else next(iter(self.dataset.meetings.values()))
        read = read_record(FilePath(file).parent)
        paths = (path for own, path, _ in definitions_of(read.record) if own == key) if read.record else iter(())
        return read.placed(Fault(Code.conflicting_definition, next(paths, ()), message))

    def _lent_to(self, proved: Proved) -> dict[tuple[str, Key], str]:
        """What records beside a proved one, given alone, say of what it uses."""
        if not self.dataset.lent:
            return {}
        ids = {
            *uses(proved.record),
            *proved.record.source_ids,
            *(key[1] for key, _, _ in definitions_of(proved.record)),
        }
        own = definitions.own(self.connection, {lender for lender, _ in self.dataset.lent})
        lent = ((name, given) for name, given in self.dataset.lent.items() if name[1][1] in ids and name not in own)
        return {name: definitions.encode(given.values) for name, given in lent}

    def _borrow(self, borrower: str, lent: dict[tuple[str, Key], str]) -> None:
        """Keep what a record borrows, in place of what it borrowed before."""
        stored = self.borrowed.get(borrower, {})
        if lent == stored:
            return
        self.writer.begin()  # what is borrowed counts in the digest
        for lender in {lender for lender, _ in stored}:
            definitions.forget(self.writer, borrower, lender)
        for (lender, (kind, id)), content in lent.items():
            giver = f"{borrower}{definitions.LENT}{lender}"
            self.writer.insert(Definition, {"kind": kind, "id": id, "giver": giver, "content": content})
        self.moved |= {key for _, key in (*stored, *lent)}

    def _settle(self, keys: set[Key]) -> list[Difference]:
        """Make definitions what the records that are stored now say, and delete those that none gives any more."""
        self.writer.flush()
        differences: list[Difference] = []
        for key in sorted(keys, key=lambda key: (list(DefinitionKind).index(key[0]), key[1])):
            catalogue = Catalogue()
            add_stored(catalogue, self.connection, {key[1]}, frozenset())
            users = definitions.users(self.connection, key)
            row = definitions.stored_rows(self.connection, [key]).get(key)
            if row is None:
                continue
            if key in catalogue.given:
                differences += definitions.write(self.writer, key, catalogue.given[key].values, None, row)
            elif users:
                message = f"no record would define {key[0]} `{key[1]}`, which the stored record of {min(users)} uses"
                self.faults.append(self._at_definition(key, f"{message}; load that record too"))
            else:
                differences += definitions.remove(self.writer, key)
        return differences

    def _finish(self) -> None:
        """Delete topics that nothing has any more, and seal the version with the digest of all that is stored."""
        self.writer.flush()
        topic, used = table(Topic), table(RecordTopic)
        self.connection.execute(delete(topic).where(~exists().where(used.c.topic_key == topic.c.key)))
        sealed = stored_digest(self.connection)
        self.writer.finish(sealed)
        self.made = f"{self.writer.version}-{sealed[:8]}"


def stored_digest(connection: Connection) -> str:
    """The digest of everything that is stored, from the hashes of the records and of what was lent to them."""
    record, lent = table(CanonicalRecord), table(Definition)
    hashes = connection.scalars(select(record.c.sha256).order_by(record.c.id).execution_options(yield_per=10_000))
    of_nobody = ~exists().where(record.c.id == lent.c.giver)
    contents = connection.scalars(
        select(lent.c.content).where(of_nobody).order_by(lent.c.kind, lent.c.id, lent.c.giver)
    )
    return digest(chain(hashes, (content_hash(content) for content in contents)))


def stored_articles(connection: Connection, source_ids: Iterable[str]) -> dict[str, Article]:
    """The stored texts of sources, by id."""
    source, text = table(Source), table(SourceText)
    statement = select(source.c.id, text.c.text).join(text, text.c.source_key == source.c.key)
    rows = connection.execute(statement.where(source.c.id.in_(list(source_ids))))
    return {id: Article(f"the text of {id}", content) for id, content in rows}


def add_stored(catalogue: Catalogue, connection: Connection, ids: Iterable[str], without: Container[str]) -> None:
    """Add up in a catalogue what stored records, and those that lent to them, say of some ids."""
    for key, given, is_stored in definitions.given(connection, ids, without):
        known = catalogue.given.setdefault(key, given)
        if known is not given and (is_stored or not known.conflict(given)):
            known.unite(given)


def _stored_hashes(connection: Connection) -> dict[str, str]:
    records = table(CanonicalRecord)
    return {row.id: row.sha256 for row in connection.execute(select(records.c.id, records.c.sha256))}


def _twin(catalogue: Catalogue, key: Key) -> Key | None:
    """The person with a party's id, or the party with a person's."""
    kinds = {DefinitionKind.person: DefinitionKind.party, DefinitionKind.party: DefinitionKind.person}
    twin = (kinds.get(key[0], key[0]), key[1])
    return twin if twin != key and twin in catalogue.given else None
