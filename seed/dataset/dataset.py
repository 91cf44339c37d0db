"""A dataset: the records that a command is given, read once for their definitions and again, one by one, for the proof.

No record stays in memory between the two readings. A record that changes between them is a fault.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath

from seed.dataset.files import (
    TOO_LONG,
    ReadRecord,
    Unreadable,
    given_folder,
    read_record,
    read_source,
    reason,
    record_folders,
    records_in,
    too_long,
)
from seed.dataset.sibling_records import Siblings, read_siblings
from seed.proof.articles import Article
from seed.proof.citations import Citations
from seed.proof.definitions import (
    Catalogue,
    Definition,
    DefinitionKey,
    MergedDefinition,
    definitions,
    needed_definitions,
    path_of,
)
from seed.proof.prove import ErrorInPart, prove
from seed.proof.result import Proved
from seed.proof.work import MAXIMUM_SEARCHED, TooMuchWork, bounded_work
from seed.record.faults import Code, Fault, LocatedFault, Severity, unexpected
from seed.record.models import Record, Source
from seed.record.yaml_tree import Node

Progress = Callable[[int], object]
"""Called with the number of records done since the last call."""

StoredArticles = Callable[[list[str]], dict[str, Article]]

_FOLLOWING = (Code.unknown_reference, Code.unused_definition)
"""Faults that are not reported if a record cannot be read, as they may only follow from that."""

TOO_MUCH_WORK = (
    f"too much to search: the words and names of a record are searched in {MAXIMUM_SEARCHED:,} characters at most; "
    "shorten the article, or divide the record"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a record: `proved`, unless it has a fault, and its faults and warnings in their order."""

    proved: Proved | None
    faults: list[LocatedFault]


@dataclass(frozen=True, slots=True)
class _FirstReading:
    """The hash of a record as it was first read, and its conflicts with the records before it."""

    sha256: str
    conflicts: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict of a given record's definition with one from outside of them; `field` is where the two differ."""

    message: str
    field: str


@dataclass(slots=True)
class Dataset:
    """The records of some paths, and the definitions that they are proved with.

    `alone` are records given without their dataset, `meetings` the files that describe a meeting, by its id, and
    `needed` the definitions that the given records contain or refer to. `conflicts` are with definitions from outside
    of them. `stored_articles` returns the stored texts of sources, by id. If `strict`, warnings are faults.
    """

    folders: list[FilePath] = field(default_factory=list)
    alone: list[FilePath] = field(default_factory=list)
    catalogue: Catalogue = field(default_factory=Catalogue)
    faults: list[LocatedFault] = field(default_factory=list)
    meetings: dict[str, str] = field(default_factory=dict)
    needed: set[DefinitionKey] = field(default_factory=set)
    conflicts: dict[DefinitionKey, Conflict] = field(default_factory=dict)
    stored_articles: StoredArticles = lambda source_ids: {}
    strict: bool = False
    _siblings: Siblings = field(default_factory=Siblings)
    _first_readings: dict[FilePath, _FirstReading] = field(default_factory=dict)
    _source_files: dict[str, tuple[FilePath, str]] = field(default_factory=dict)
    _has_faulty_records: bool = False
    _all_readable: bool = True

    @classmethod
    def of(cls, paths: list[FilePath], progress: Progress = lambda done: None, *, strict: bool = False) -> "Dataset":
        """The records of some paths, read for their definitions.

        What siblings of a record given alone use counts; their definitions do so with `add_siblings` only.
        """
        dataset = cls(strict=strict)
        for path in paths:
            dataset._add_path(path)
        siblings = dataset._sibling_folders()
        for folder in dataset.folders:
            dataset._read(folder)
            progress(1)
        dataset._siblings = read_siblings(siblings, dataset.meetings)
        dataset.catalogue.used |= dataset._siblings.catalogue.used
        dataset.catalogue.used_sources |= dataset._siblings.catalogue.used_sources
        dataset.catalogue.sibling_definitions = dataset._siblings.catalogue.definitions
        return dataset

    @property
    def faulty(self) -> bool:
        """Whether a fault is known before anything is proved."""
        return bool(self.faults or self.conflicts) or self._has_faulty_records

    def add_siblings(self) -> None:
        """Prove the records that are given alone with the definitions of their siblings."""
        for key, definition in self._siblings.definitions(self.needed).items():
            self.merge(key, definition, f"in {definition.defined_in}")
        self._source_files = self._siblings.source_files | self._source_files

    def merge(self, key: DefinitionKey, definition: MergedDefinition, where: str) -> None:
        """Add a definition from outside of the given records to theirs, or note that they conflict."""
        own, namesake = self.catalogue.definitions.get(key), self.catalogue.namesake(key)
        if namesake:
            message = f"`{key[1]}` is a {key[0]} {where}: people and parties share their ids"
            self.conflicts.setdefault(namesake, Conflict(message, "id"))
        elif own is None:
            self.catalogue.definitions[key] = definition
        elif name := own.conflict(definition):
            difference = "its text differs" if name == "sha256" else f"`{name}` is {definition.values[name]}"
            self.conflicts.setdefault(key, Conflict(f"{key[0]} `{key[1]}`: {difference} {where}", name))
        else:
            own.merge(definition)

    def prove(self) -> Iterator[Outcome]:
        """Read each record again and prove it, in turn."""
        unlocated = dict(self.conflicts)
        for folder, first in self._first_readings.items():
            yield self._prove(folder, first, unlocated)
        if unlocated:
            yield Outcome(None, [self.conflict_at(key, conflict.message) for key, conflict in unlocated.items()])

    def conflict_at(self, key: DefinitionKey, message: str, file: str | None = None) -> LocatedFault:
        """A conflict as a fault, located where a given record (of `file`) defines it or, alone, refers to it."""
        definition = self.catalogue.definitions.get(key)
        folder = FilePath(file or (definition.defined_in if definition else "")).parent
        folders = [folder] if folder in self._first_readings else self.alone or self.folders[:1]
        for folder in folders:
            read = read_record(folder)
            if read.record and (path := path_of(key, read.record)):
                return read.located(Fault(Code.conflicting_definition, path, message))
        return read_record(folders[0]).located(Fault(Code.conflicting_definition, (), message))

    def _add_path(self, path: FilePath) -> None:
        path = given_folder(path)
        try:
            folders = record_folders(path)
        except (Unreadable, OSError) as error:
            self.faults.append(LocatedFault(str(path), 1, 1, 1, Code.unreadable, reason(error), ""))
            return
        given = {folder.resolve() for folder in self.folders}
        self.folders += [folder for folder in folders if folder.resolve() not in given]
        if folders == [path]:
            self.alone.append(path)

    def _sibling_folders(self) -> list[FilePath]:
        given = {folder.resolve() for folder in self.folders}
        siblings: list[FilePath] = []
        for dataset in dict.fromkeys(folder.resolve().parent for folder in self.alone):
            with suppress(OSError):  # a folder that cannot be read has no siblings to read
                siblings += [folder for folder in records_in(dataset) if folder not in given]
        return siblings

    def _read(self, folder: FilePath) -> None:
        """Read a record for its definitions."""
        read = ReadRecord(folder)
        try:
            read = read_record(folder)
            self._add(read)
        except Exception as error:
            self.faults.append(error_of_readout(error, read))
            self._all_readable = False

    def _add(self, read: ReadRecord) -> None:
        """Add a record's definitions and uses to those of the dataset."""
        record, conflicts = read.record, list[Fault]()
        if record is None:
            self._all_readable = False
        else:
            self.needed |= needed_definitions(record)
            self._add_source_files(read, record)
            self.catalogue.used |= read.validated.ids
            self.catalogue.used_sources |= read.validated.ids
            conflicts = self.catalogue.add(record, read.hashes(), read.file, read.faulty_definitions())
            conflicts += self._second_meeting(read, record)
        self._first_readings[read.folder] = _FirstReading(read.sha256, tuple(conflicts))
        self._has_faulty_records |= bool(read.faults or conflicts)

    def _add_source_files(self, read: ReadRecord, record: Record) -> None:
        for source in record.sources:
            if isinstance(source, Source) and source.id and source.id in read.articles:
                self._source_files.setdefault(source.id, (read.folder, source.file))

    def _second_meeting(self, read: ReadRecord, record: Record) -> Iterator[Fault]:
        if ("meeting",) not in read.validated.broken:
            first = self.meetings.setdefault(record.meeting.id, read.file)
            if first != read.file:
                message = f"{first} has a meeting `{record.meeting.id}` already"
                yield Fault(Code.duplicate_id, ("meeting", "id"), message)

    def _prove(self, folder: FilePath, first: _FirstReading, unlocated: dict[DefinitionKey, Conflict]) -> Outcome:
        """Read a record again and prove it."""
        read = ReadRecord(folder)
        try:
            read = read_record(folder)
            with bounded_work():
                return self._outcome(read, first, unlocated)
        except Exception as error:
            return Outcome(None, [error_of_readout(error, read)])

    def _outcome(self, read: ReadRecord, first: _FirstReading, unlocated: dict[DefinitionKey, Conflict]) -> Outcome:
        articles = self._articles(read)
        if articles and too_long(articles):
            return Outcome(None, read.reported([*read.faults, Fault(Code.unreadable, ("sources",), TOO_LONG)]))
        if read.sha256 != first.sha256 or articles is None:
            message = "the record or an article that it cites changed while it was read: run the command again"
            return Outcome(None, [LocatedFault(read.file, 1, 1, 1, Code.unreadable, message, "")])
        faults = [*read.faults, *first.conflicts, *self._conflicts_in(read, unlocated)]
        proved = None
        try:
            outcome = prove(read.record, articles, self.catalogue) if read.record else []
            proved = outcome if isinstance(outcome, Proved) else None
            faults += [fault for fault in _found(outcome) if self._is_reported(read, fault)]
            faults += self._faults_of_words(read, articles)
        except TooMuchWork:
            faults.append(Fault(Code.unreadable, (), TOO_MUCH_WORK))
        if self.strict:
            faults = [replace(fault, severity=Severity.fault) for fault in faults]
        has_fault = any(fault.severity is Severity.fault for fault in faults)
        return Outcome(None if has_fault else proved, read.reported(faults))

    def _articles(self, read: ReadRecord) -> dict[str, Article] | None:
        """A record's articles, and other records' of sources that it lists by id; None if one of these changed."""
        articles = dict(read.articles)
        missing = [id for id in read.record.source_ids if id and id not in articles] if read.record else []
        for id in missing:
            if id in self._source_files:
                try:
                    articles[id] = read_source(*self._source_files[id])
                except Unreadable:
                    return None
                source = self.catalogue.source(id)
                if source and source.values["sha256"] != articles[id].sha256:
                    return None
                if too_long(articles):
                    return articles
        for id in missing:
            if id not in articles and not too_long(articles):
                articles |= self.stored_articles([id])
        return articles

    def _conflicts_in(self, read: ReadRecord, unlocated: dict[DefinitionKey, Conflict]) -> Iterator[Fault]:
        """Faults of a record's own definitions that conflict with one from outside of the given records."""
        for key, path, definition in definitions(read.record) if read.record else ():
            conflict = self.conflicts.get(key)
            if conflict and _gives(definition, conflict.field):
                unlocated.pop(key, None)
                yield Fault(Code.conflicting_definition, (*path, conflict.field), conflict.message)

    def _is_reported(self, read: ReadRecord, fault: Fault) -> bool:
        """Whether a fault does not only follow from another."""
        if read.validated.is_in_broken_part(fault.path):
            return False
        if fault.code is Code.unknown_reference and _may_be_defined(read, fault):
            return False
        if fault.code is Code.not_reviewed and _may_be_a_part(read, fault):
            return False
        if fault.code is Code.unreadable and self._has_faulty_records:
            return False
        return self._all_readable or fault.code not in _FOLLOWING

    def _faults_of_words(self, read: ReadRecord, articles: dict[str, Article]) -> Iterator[Fault]:
        """Faults of the words in broken parts."""
        if read.record is not None:
            citations = Citations(read.record, articles)
            for entry, path in read.validated.entries:
                fault = citations.cite(entry, path).fault
                if fault and not (fault.code is Code.unknown_reference and _may_be_defined(read, fault)):
                    yield fault


def error_of_readout(error: Exception, read: ReadRecord) -> LocatedFault:
    """An unexpected exception as a fault of the record that it happened with, at the part that was being proved."""
    path = error.path if isinstance(error, ErrorInPart) else ()
    message = f"this is an error of Readout, please report it with the record: {unexpected(error)}"
    fault = Fault(Code.internal_error, path, message)
    try:
        return read.located(fault)
    except Exception:  # it may be what failed
        return LocatedFault(read.file, 1, 1, 1, fault.code, fault.message, "")


def _found(outcome: Proved | list[Fault]) -> Iterable[Fault]:
    return outcome.warnings if isinstance(outcome, Proved) else outcome


def _may_be_defined(read: ReadRecord, fault: Fault) -> bool:
    """Whether the id of an unknown reference may be defined in a broken part."""
    broken = read.validated.broken
    if any((name,) in broken for name in ("sources", "parties", "people")):
        return True
    if ("meeting",) in broken and fault.path[-1] == "agenda":
        return True
    if fault.path[-1] == "source" and read.record and "" in read.record.source_ids:
        return True  # a source whose own id is no slug
    return read.root is not None and _id_at(read.root.at(fault.path)) in read.validated.ids


def _may_be_a_part(read: ReadRecord, fault: Fault) -> bool:
    """Whether the part that an entry of `to_review` is at may be a broken one."""
    if read.root is None or fault.path[-1] != "at":
        return False
    kind, _, id = str(read.root.at(fault.path).value).partition("/")
    return ("meeting" if kind == "agenda" else kind,) in read.validated.broken or id in read.validated.ids


def _id_at(reference: Node) -> str | None:
    """The id that a reference consists of, or that its key `party` has; None if it has neither."""
    named = reference.value.get("party") if isinstance(reference.value, dict) else reference
    return named.value if named is not None and isinstance(named.value, str) else None


def _gives(definition: Definition, name: str) -> bool:
    return name == "sha256" or getattr(definition, name) not in (None, ())
