"""A load: everything that a dataset's records prove, into the database in one transaction, or nothing."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection, Engine, delete, exists, select

from app.db.engines import translate_errors
from app.db.snapshots import newest_version
from app.enums import Change, DefinitionKind
from app.models import CanonicalRecord, Definition, RecordTopic, Topic, table
from seed.dataset.canonical import canonical, content_hash, parse
from seed.dataset.dataset import Dataset, Progress
from seed.proof.definitions import SHARING_IDS, Catalogue, Key, wanted
from seed.proof.prove import prove
from seed.proof.result import Proved
from seed.record.faults import PlacedFault
from seed.store import definitions, meetings, search, stored_definitions
from seed.store.load_report import Account, Difference
from seed.store.row_images import images
from seed.store.stored import Stored, stored_articles, stored_digest, stored_hashes
from seed.store.writer import Writer

_PROOF_TURNS_ON = {"name", "other_names", "kind", "sha256", "quotation_marks", "paragraphs"}
"""Fields of definitions whose change can undo the proof of a record that refers to them."""


def load(
    engine: Engine,
    dataset: Dataset,
    *,
    prune: bool = False,
    dry_run: bool = False,
    loaded_at: datetime | None = None,
    progress: Progress = lambda done: None,
) -> Account | list[PlacedFault]:
    """Prove a dataset and store it; with `prune`, remove the meetings that it does not hold.

    The version that it makes was loaded now, if no time is given. Faults, and a dry run, leave the database as it was.
    Raises Unavailable.
    """
    with translate_errors(engine), engine.connect() as connection, connection.begin() as transaction:
        before = newest_version(connection)
        run = _Load(connection, dataset, prune, loaded_at or datetime.now(UTC), progress)
        differences = run.store()
        if run.faults or dry_run or not run.writer.changed:
            transaction.rollback()
        if run.faults:
            return run.faults
        version = run.made or (str(before) if before else "0")
        return Account(version, run.made is not None, len(dataset.folders), differences)


class _Load:
    def __init__(
        self, connection: Connection, dataset: Dataset, prune: bool, loaded_at: datetime, progress: Progress
    ) -> None:
        self.connection = connection
        self.dataset = dataset
        self.progress = progress
        self.writer = Writer(connection, loaded_at)
        self.faults = list(dataset.faults)
        self.made: str | None = None
        self.hashes = stored_hashes(connection)
        self.pruned = set(self.hashes) - set(dataset.meetings) if prune else set()
        self.replaced = {*dataset.meetings, *self.pruned}
        stored_definitions.add(connection, dataset, self.replaced)
        dataset.stored_articles = partial(stored_articles, connection)
        self.people = dataset.catalogue.people()
        self.keys = [key for key in dataset.catalogue.given if key in dataset.wanted]
        self.rows = definitions.stored_rows(connection, self.keys)
        self.moved = self._moved()
        self._add_stored_uses()
        self.written_sources: set[str] = set()

    def store(self) -> list[Difference]:
        """Prove and write everything, as long as there is no fault."""
        writing = not self.dataset.faulty
        before = stored_definitions.keys_of(self.connection, self.replaced) if writing else {}
        differences = list(self._write_people_and_parties()) if writing else []
        for outcome in self.dataset.prove():
            self.faults += outcome if isinstance(outcome, list) else []
            if isinstance(outcome, Proved) and writing and not self.faults:
                differences += self._write_sources(outcome)
                differences += self._write(outcome, self.people, self._has_moved(outcome))
            self.progress(1)
        if self.faults:
            return []
        differences += self._remove_pruned()
        differences += self._withdraw(before)
        differences += self._prove_again(differences)
        if self.writer.changed and not self.faults:
            self._finish()
        return differences

    def _moved(self) -> set[Key]:
        """What moves the rows of a record that refers to it, all else alike: another text, a person for a party."""
        new = [key for key in self.keys if key not in self.rows and key[0] in SHARING_IDS]
        twins = definitions.stored_rows(self.connection, ((SHARING_IDS[kind], id) for kind, id in new))
        moved = {key for key in new if (SHARING_IDS[key[0]], key[1]) in twins}
        for key in self.rows.keys() & set(self.keys):
            if key[0] is DefinitionKind.source:
                moved |= (
                    {key} if self.rows[key]["sha256"] != self.dataset.catalogue.given[key].values["sha256"] else set()
                )
        return moved

    def _add_stored_uses(self) -> None:
        """Count the uses by stored records, so that a definition that only they use is not an unused one."""
        catalogue = self.dataset.catalogue
        for key in self.rows:
            if not catalogue.is_used(key) and definitions.users(self.connection, key) - self.replaced:
                catalogue.use(key)

    def _has_moved(self, proved: Proved) -> bool:
        return bool(self.moved) and not self.moved.isdisjoint(wanted(proved.record))

    def _write_people_and_parties(self) -> Iterator[Difference]:
        for key in self.keys:
            if key[0] is not DefinitionKind.source:
                values = self.dataset.catalogue.given[key].values
                yield from definitions.write(self.writer, key, values, None, self.rows.get(key))

    def _write_sources(self, proved: Proved) -> Iterator[Difference]:
        for id, article in proved.articles.items():
            key = (DefinitionKind.source, id)
            if id not in self.written_sources:
                self.written_sources.add(id)
                values = self.dataset.catalogue.given[key].values
                yield from definitions.write(self.writer, key, values, article.text, self.rows.get(key))

    def _write(self, proved: Proved, people: Mapping[str, str], moved: bool) -> list[Difference]:
        """Write a record, unless it is what is stored already and nothing that it refers to has moved."""
        content = canonical(proved)
        hash, stored_hash = content_hash(content), self.hashes.get(proved.id)
        if hash == stored_hash and not moved:
            return []
        built = images(proved, people)
        if stored_hash is None:
            differences = meetings.add(self.writer, built)
        else:
            differences = meetings.change(self.writer, Stored(self.connection, proved.id), built)
        if hash != stored_hash:
            self._forget(proved.id)
            self.writer.begin()  # the digest changes, though what is served may not
            self.writer.insert(CanonicalRecord, {"id": proved.id, "content": content, "sha256": hash})
            stored_definitions.give(self.writer, proved)
        return differences

    def _forget(self, id: str) -> None:
        """Delete a record's canonical form, and what it said."""
        if id in self.hashes:
            self.writer.delete(CanonicalRecord, "id", id)
            self.writer.delete(Definition, "giver", id)

    def _remove_pruned(self) -> list[Difference]:
        differences: list[Difference] = []
        for id in sorted(self.pruned):
            differences += meetings.remove(self.writer, Stored(self.connection, id))
            self._forget(id)
        return differences

    def _withdraw(self, givers: Mapping[Key, str]) -> list[Difference]:
        """Delete definitions that nobody gives any more, and lessen those that fewer give than `givers` did."""
        self.writer.flush()
        keys = givers.keys() - set(self.keys)
        still = stored_definitions.catalogue(self.connection, keys).given
        rows = definitions.stored_rows(self.connection, keys)
        differences: list[Difference] = []
        for key in sorted(rows, key=lambda key: (list(DefinitionKind).index(key[0]), key[1])):
            if key in still:
                differences += definitions.write(self.writer, key, still[key].values, None, rows[key])
            elif users := definitions.users(self.connection, key):
                message = f"no record would define {key[0]} `{key[1]}`, which the stored record of {min(users)} uses"
                file = self.dataset.meetings.get(givers[key])
                self.faults.append(self.dataset.at(key, f"{message}; load that record too", file))
            else:
                differences += definitions.remove(self.writer, key)
        return differences

    def _prove_again(self, differences: list[Difference]) -> list[Difference]:
        """Prove stored records again that refer to definitions that this load changed, and write what moves by that."""
        self.writer.flush()
        changed: dict[str, Key] = {}
        for difference in differences:
            key = difference.definition
            if key and difference.change is Change.changed and _PROOF_TURNS_ON & difference.fields.keys():
                changed |= dict.fromkeys(definitions.users(self.connection, key) - self.replaced, key)
        whole = stored_definitions.catalogue(self.connection) if changed else Catalogue()
        people = whole.people()
        again: list[Difference] = []
        for id, key in sorted(changed.items()):
            again += self._write_again(id, key, whole, people)
        return again

    def _write_again(self, id: str, changed: Key, whole: Catalogue, people: Mapping[str, str]) -> list[Difference]:
        records = table(CanonicalRecord)
        record = parse(str(self.connection.scalar(select(records.c.content).where(records.c.id == id))))
        outcome = prove(record, stored_articles(self.connection, record.source_ids), whole)
        if isinstance(outcome, Proved):
            return self._write(outcome, people, moved=True)
        message = f"{changed[0]} `{changed[1]}`: it undoes the stored record of {id}: {outcome[0].message}"
        self.faults.append(self.dataset.at(changed, f"{message}; load that record too"))
        return []

    def _finish(self) -> None:
        """Delete topics that nothing has any more, and seal the version with the digest of all that is stored.

        What search finds follows the rows: it is no part of the digest.
        """
        self.writer.flush()
        topic, used = table(Topic), table(RecordTopic)
        self.connection.execute(delete(topic).where(~exists().where(used.c.topic_key == topic.c.key)))
        search.follow(self.connection, self.writer.version)
        sealed = stored_digest(self.connection)
        self.writer.finish(sealed)
        self.made = f"{self.writer.version}-{sealed[:8]}"
