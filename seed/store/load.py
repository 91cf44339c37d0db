"""Loads a dataset: proves its records and stores them in one transaction, or stores nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, delete, exists, select

from app.db.engines import translate_errors
from app.db.snapshots import newest_version
from app.enums import Change, DefinitionKind
from app.models import CanonicalRecord, Definition, RecordTopic, Topic, table
from seed.dataset.canonical import canonical, content_hash, parse
from seed.dataset.dataset import Dataset, Progress
from seed.proof.articles import Article
from seed.proof.definitions import SHARING_IDS, Catalogue, DefinitionKey, MergedDefinition, needed_definitions
from seed.proof.prove import prove_stored
from seed.proof.result import Proved
from seed.record.faults import Code, Fault, LocatedFault
from seed.store import meetings, merged_definitions, stored_definitions
from seed.store.load_report import Difference, LoadReport
from seed.store.row_images import row_images
from seed.store.row_writer import Writer
from seed.store.stored_records import StoredMeeting, stored_articles, stored_digest, stored_hashes

_FIELDS_IN_PROOFS = {"name", "other_names", "kind", "sha256", "language", "quotation_marks", "paragraphs"}
"""Fields of definitions that proofs of records depend on."""


def load(
    engine: Engine,
    dataset: Dataset,
    *,
    prune: bool = False,
    dry_run: bool = False,
    loaded_at: datetime | None = None,
    progress: Progress = lambda done: None,
) -> LoadReport | list[LocatedFault]:
    """Prove a dataset and store it; `prune` deletes the stored meetings that it does not contain.

    Returns a report, or the faults and warnings. With faults, or in a dry run, the database is not changed.
    `loaded_at`, now by default, is the time of the new dataset version. Raises Unavailable.
    """
    with translate_errors(engine), engine.connect() as connection, connection.begin() as transaction:
        before = newest_version(connection)
        run = _Load(connection, dataset, prune, loaded_at or datetime.now(UTC), progress)
        differences = run.store()
        if run.faults or dry_run or not run.writer.changed:
            transaction.rollback()
        if run.faults:
            return [*run.faults, *run.warnings]
        version = run.new_version or (str(before) if before else "0")
        return LoadReport(version, run.new_version is not None, len(dataset.folders), differences, run.warnings)


class _Load:
    def __init__(
        self, connection: Connection, dataset: Dataset, prune: bool, loaded_at: datetime, progress: Progress
    ) -> None:
        self.connection = connection
        self.dataset = dataset
        self.progress = progress
        self.writer = Writer(connection, loaded_at)
        self.faults = list(dataset.faults)
        self.warnings: list[LocatedFault] = []
        self.new_version: str | None = None
        self.hashes = stored_hashes(connection)
        self.pruned = set(self.hashes) - set(dataset.meetings) if prune else set()
        self.replaced = {*dataset.meetings, *self.pruned}
        stored_definitions.add_to_dataset(connection, dataset, self.replaced)
        dataset.stored_articles = partial(stored_articles, connection)
        self.people = dataset.catalogue.people()
        self.definition_keys = [key for key in dataset.catalogue.definitions if key in dataset.needed]
        self.definition_rows = merged_definitions.stored_rows(connection, self.definition_keys)
        self.replacing_keys = self._replacing_definitions()
        self._add_stored_uses()
        self.written_sources: set[str] = set()
        self.old_articles: dict[str, Article] = {}

    def store(self) -> list[Difference]:
        """Prove all records, and write them until a fault is found; returns the differences."""
        writing = not self.dataset.faulty
        old_definitions = stored_definitions.meetings_by_definition(self.connection, self.replaced) if writing else {}
        differences = list(self._write_people_and_parties()) if writing else []
        for outcome in self.dataset.prove():
            self.faults += [fault for fault in outcome.faults if not fault.is_warning]
            self.warnings += [fault for fault in outcome.faults if fault.is_warning]
            if outcome.proved and writing and not self.faults:
                differences += self._write_sources(outcome.proved)
                differences += self._write(outcome.proved, self.people, self._refers_to_replacing(outcome.proved))
            self.progress(1)
        if self.faults:
            return []
        differences += self._delete_pruned()
        differences += self._update_shared_definitions(old_definitions)
        differences += self._prove_again(differences)
        if self.writer.changed and not self.faults:
            self._finish()
        return differences

    def _replacing_definitions(self) -> set[DefinitionKey]:
        """Definitions that change rows of records with equal canonical forms: new texts, people instead of parties."""
        new = [key for key in self.definition_keys if key not in self.definition_rows and key[0] in SHARING_IDS]
        namesakes = merged_definitions.stored_rows(self.connection, ((SHARING_IDS[kind], id) for kind, id in new))
        replacing = {key for key in new if (SHARING_IDS[key[0]], key[1]) in namesakes}
        definitions = self.dataset.catalogue.definitions
        for key, row in self.definition_rows.items():
            if key[0] is DefinitionKind.source and row["sha256"] != definitions[key].values["sha256"]:
                replacing.add(key)
        return replacing

    def _add_stored_uses(self) -> None:
        """Count the uses by stored records, so that a definition that only they use is not an unused one."""
        catalogue = self.dataset.catalogue
        for key in self.definition_rows:
            if (
                not catalogue.is_used(key)
                and merged_definitions.referring_meetings(self.connection, key) - self.replaced
            ):
                catalogue.use(key)

    def _refers_to_replacing(self, proved: Proved) -> bool:
        return bool(self.replacing_keys) and not self.replacing_keys.isdisjoint(needed_definitions(proved.record))

    def _write_people_and_parties(self) -> Iterator[Difference]:
        for key in self.definition_keys:
            if key[0] is not DefinitionKind.source:
                values = self.dataset.catalogue.definitions[key].values
                yield from merged_definitions.upsert(self.writer, key, values, None, self.definition_rows.get(key))

    def _write_sources(self, proved: Proved) -> Iterator[Difference]:
        for id, article in proved.articles.items():
            key = (DefinitionKind.source, id)
            if id not in self.written_sources:
                self.written_sources.add(id)
                if key in self.replacing_keys:
                    self.old_articles |= stored_articles(self.connection, [id])
                values = self.dataset.catalogue.definitions[key].values
                yield from merged_definitions.upsert(
                    self.writer, key, values, article.text, self.definition_rows.get(key)
                )

    def _write(self, proved: Proved, people: Mapping[str, str], compare_rows: bool) -> list[Difference]:
        """Write a record if its canonical form has changed; with `compare_rows`, also if only its rows have."""
        content = canonical(proved)
        hash, stored_hash = content_hash(content), self.hashes.get(proved.id)
        if hash == stored_hash and not compare_rows:
            return []
        images = row_images(proved, people)
        if stored_hash is None:
            differences = meetings.insert(self.writer, images)
        else:
            differences = meetings.update(self.writer, StoredMeeting(self.connection, proved.id), images)
        if hash != stored_hash:
            self._delete_canonical_record(proved.id)
            self.writer.begin_version()  # the digest changes, even if no row does
            self.writer.insert(CanonicalRecord, {"id": proved.id, "content": content, "sha256": hash})
            stored_definitions.insert(self.writer, proved)
        return differences

    def _delete_canonical_record(self, id: str) -> None:
        """Delete the canonical form and the definitions of a stored record."""
        if id in self.hashes:
            self.writer.delete(CanonicalRecord, "id", id)
            self.writer.delete(Definition, "meeting_id", id)

    def _delete_pruned(self) -> list[Difference]:
        differences: list[Difference] = []
        for id in sorted(self.pruned):
            differences += meetings.delete(self.writer, StoredMeeting(self.connection, id))
            self._delete_canonical_record(id)
        return differences

    def _update_shared_definitions(self, old_definitions: Mapping[DefinitionKey, str]) -> list[Difference]:
        """Update or delete definitions that replaced records had, given with their meetings, and new ones have not."""
        self.writer.flush()
        keys = old_definitions.keys() - set(self.definition_keys)
        remaining = stored_definitions.catalogue(self.connection, keys).definitions
        rows = merged_definitions.stored_rows(self.connection, keys)
        differences: list[Difference] = []
        for key in sorted(rows, key=lambda key: (list(DefinitionKind).index(key[0]), key[1])):
            if key in remaining:
                differences += merged_definitions.upsert(self.writer, key, remaining[key].values, None, rows[key])
            elif meetings := merged_definitions.referring_meetings(self.connection, key):
                self._add_missing_definition(key, min(meetings), old_definitions[key])
            else:
                differences += merged_definitions.delete(self.writer, key)
        return differences

    def _add_missing_definition(self, key: DefinitionKey, meeting: str, old_meeting: str) -> None:
        """Add the fault of a stored record that would refer to a definition of no record."""
        message = f"no record would define {key[0]} `{key[1]}`, which the stored record of {meeting} uses"
        file = self.dataset.meetings.get(old_meeting)
        self.faults.append(self.dataset.conflict_at(key, f"{message}; load that record too", file))

    def _prove_again(self, differences: list[Difference]) -> list[Difference]:
        """Prove stored records again if this load changed definitions that they refer to, and write changed rows."""
        self.writer.flush()
        changed: dict[str, DefinitionKey] = {}
        for difference in differences:
            key = difference.definition_key
            if key and difference.change is Change.changed and _FIELDS_IN_PROOFS & difference.fields.keys():
                meetings = merged_definitions.referring_meetings(self.connection, key) - self.replaced
                changed |= dict.fromkeys(meetings, key)
        catalogue = stored_definitions.catalogue(self.connection) if changed else Catalogue()
        before, people = _before(catalogue, differences), catalogue.people()
        new_differences: list[Difference] = []
        for id, key in sorted(changed.items()):
            new_differences += self._prove_stored_record(id, key, catalogue, before, people)
        return new_differences

    def _prove_stored_record(
        self, id: str, changed: DefinitionKey, catalogue: Catalogue, before: Catalogue, people: Mapping[str, str]
    ) -> list[Difference]:
        """Write the changed rows of a stored record, or add the fault of a change that undoes it.

        A record that newer rules refuse is refused with the definitions as they were, too, and blocks no load.
        """
        records = table(CanonicalRecord)
        try:
            record = parse(str(self.connection.scalar(select(records.c.content).where(records.c.id == id))))
        except ValidationError:
            return []  # refused by a newer format: `verify` lists it
        articles = stored_articles(self.connection, record.source_ids)
        proved, faults = prove_stored(record, articles, catalogue)
        known = prove_stored(record, articles | self.old_articles, before)[1] if faults else []
        if undone := _first_new(faults, known):
            message = f"{changed[0]} `{changed[1]}`: it undoes the stored record of {id}: {undone.message}"
            self.faults.append(self.dataset.conflict_at(changed, f"{message}; load that record too"))
        elif proved:
            return self._write(proved, people, compare_rows=True)
        return []

    def _finish(self) -> None:
        """Delete unused topics, and complete the new dataset version with its digest."""
        self.writer.flush()
        topic, used = table(Topic), table(RecordTopic)
        self.connection.execute(delete(topic).where(~exists().where(used.c.topic_key == topic.c.key)))
        digest = stored_digest(self.connection)
        self.writer.finish(digest)
        self.new_version = f"{self.writer.version}-{digest[:8]}"


def _before(catalogue: Catalogue, differences: list[Difference]) -> Catalogue:
    """The stored definitions as they were before some differences."""
    definitions = dict(catalogue.definitions)
    for difference in differences:
        key = difference.definition_key
        if key in definitions and difference.change is Change.changed:
            old = {name: value for name, (value, _) in difference.fields.items()}
            definitions[key] = MergedDefinition(definitions[key].values | old, definitions[key].defined_in)
    return replace(catalogue, definitions=definitions)


def _first_new(faults: list[Fault], known: list[Fault]) -> Fault | None:
    """The first fault with another code or place than the known ones.

    Unknown references are never known ones: no rule makes them, but a load that takes a definition away or makes a
    person of a party.
    """
    places = {(fault.code, fault.path) for fault in known if fault.code is not Code.unknown_reference}
    return next((fault for fault in faults if (fault.code, fault.path) not in places), None)
