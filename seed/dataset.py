"""The records that a command is given, proved together: read once for their definitions, then proved in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from seed.faults import Code, Fault, PlacedFault
from seed.proof.articles import Article
from seed.proof.catalogue import Catalogue, Given, Key, definitions, said_by, uses
from seed.proof.citations import Citations
from seed.proof.prove import prove
from seed.proof.proved import Proved
from seed.reading import ReadRecord, Unreadable, is_record, read_record, record_folders
from seed.records import Record
from seed.spool import Place, Spool

Outcome = Proved | list[PlacedFault]
Progress = Callable[[int], object]
"""Told each time that some more records are done."""

_FOLLOWING = (Code.unknown_reference, Code.unused_definition)
"""What may only follow from a record that cannot be read, and is then not told."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A record that was read and set down, with its articles' files and texts, by source id."""

    record: Place | None
    articles: dict[str, tuple[str, Place]]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class Dataset:
    """The records of some paths, and the definitions that they are proved with.

    `alone` are records given without their dataset: those beside them lend their definitions. `meetings` are the
    files that give a meeting, by its id; `wanted` the ids that the given records define or refer to; `lent` what
    records beside them say of those, by the lender's meeting and the definition's key.
    """

    folders: list[FilePath] = field(default_factory=list)
    alone: list[FilePath] = field(default_factory=list)
    catalogue: Catalogue = field(default_factory=Catalogue)
    faults: list[PlacedFault] = field(default_factory=list)
    meetings: dict[str, str] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    lent: dict[tuple[str, Key], Given] = field(default_factory=dict)
    _taken: dict[FilePath, _Taken] = field(default_factory=dict)
    _articles: dict[str, tuple[str, Place]] = field(default_factory=dict)
    _spool: Spool = field(default_factory=Spool)
    _all_readable: bool = True

    @classmethod
    def of(cls, paths: list[FilePath], progress: Progress = lambda done: None) -> "Dataset":
        """The records of some paths, read for their definitions."""
        dataset = cls()
        for path in paths:
            dataset._find(path)
        beside = dataset._beside()
        for folder in dataset.folders:
            dataset._take(read_record(folder))
            progress(1)
        for folder in beside:
            dataset._borrow(read_record(folder))
        return dataset

    @property
    def faulty(self) -> bool:
        """Whether a fault is known before anything is proved."""
        return bool(self.faults) or any(taken.faults for taken in self._taken.values())

    def prove(self, more: Callable[[ReadRecord], Iterator[Fault]] | None = None) -> Iterator[Outcome]:
        """Prove each record in turn; `more` may find further faults in one."""
        for folder in self.folders:
            taken = self._taken[folder]
            record = Record.model_validate_json(self._spool.get(taken.record)) if taken.record else None
            articles = self._texts(record, taken) if record else {}
            outcome = prove(record, articles, self.catalogue) if record else []
            if isinstance(outcome, Proved) and not taken.faults and more is None:
                yield outcome
            else:
                yield self._placed(folder, taken, outcome, articles, more)
        self._spool.close()

    def _find(self, path: FilePath) -> None:
        try:
            folders = record_folders(path)
        except (Unreadable, OSError) as error:
            self.faults.append(PlacedFault(str(path), 1, 1, 1, Code.unreadable, str(error), ""))
            return
        given = {folder.resolve() for folder in self.folders}
        self.folders += [folder for folder in folders if folder.resolve() not in given]
        if folders == [path]:
            self.alone.append(path)

    def _beside(self) -> list[FilePath]:
        given = {folder.resolve() for folder in self.folders}
        datasets = dict.fromkeys(folder.resolve().parent for folder in self.alone)
        beside = (folder for dataset in datasets for folder in sorted(dataset.iterdir()))
        return [folder for folder in beside if folder not in given and folder.is_dir() and is_record(folder)]

    def _take(self, read: ReadRecord) -> None:
        """Set down a record that was given, and take its definitions and uses."""
        faults, record = list(read.faults), read.record
        articles = self._set_down(read)
        if record is None:
            self._all_readable = False
        else:
            self.wanted |= {*uses(record), *record.source_ids, *(key[1] for key, _, _ in definitions(record))}
            faults += self._add(read, record)
            faults += self._second_meeting(read, record)
        place = self._spool.put(record.model_dump_json().encode()) if record else None
        self._taken[read.folder] = _Taken(place, articles, tuple(faults))

    def _borrow(self, read: ReadRecord) -> None:
        """Take the definitions and uses of a record beside the given ones; its own faults are not told."""
        self._set_down(read)
        if read.record is not None:
            self._add(read, read.record)
            if ("meeting",) not in read.validated.set_aside:
                for key, given in said_by(read.record, _hashes(read), read.record.meeting.id):
                    if key[1] in self.wanted and key not in _faulty_definitions(read, read.record):
                        self.lent[read.record.meeting.id, key] = given

    def _add(self, read: ReadRecord, record: Record) -> list[Fault]:
        self.catalogue.used |= read.validated.ids
        self.catalogue.used_sources |= read.validated.ids
        return self.catalogue.add(record, _hashes(read), read.file, _faulty_definitions(read, record))

    def _set_down(self, read: ReadRecord) -> dict[str, tuple[str, Place]]:
        """Keep a record's articles, for itself and for those that list their sources by id."""
        kept = {id: (article.file, self._spool.put(article.text.encode())) for id, article in read.articles.items()}
        for id, article in kept.items():
            self._articles.setdefault(id, article)
        return kept

    def _second_meeting(self, read: ReadRecord, record: Record) -> Iterator[Fault]:
        if ("meeting",) not in read.validated.set_aside:
            first = self.meetings.setdefault(record.meeting.id, read.file)
            if first != read.file:
                message = f"{first} has a meeting `{record.meeting.id}` already"
                yield Fault(Code.duplicate_id, ("meeting", "id"), message)

    def _texts(self, record: Record, taken: _Taken) -> dict[str, Article]:
        """A record's own articles, and those that others have of the sources that it lists by id."""
        places = {id: taken.articles.get(id) or self._articles.get(id) for id in record.source_ids}
        return {id: Article(kept[0], self._spool.get(kept[1]).decode()) for id, kept in places.items() if kept}

    def _placed(
        self,
        folder: FilePath,
        taken: _Taken,
        outcome: Proved | list[Fault],
        articles: dict[str, Article],
        more: Callable[[ReadRecord], Iterator[Fault]] | None,
    ) -> Outcome:
        """A record's faults with their lines, for which it is read again."""
        read, faults = read_record(folder), list(taken.faults)
        if isinstance(outcome, list):
            faults += [fault for fault in outcome if self._is_told(read, fault)]
        if read.validated.set_aside:
            faults += _misquoted(read, articles)
        faults += more(read) if more else ()
        placed = {read.placed(fault) for fault in faults}
        if isinstance(outcome, Proved) and not placed:
            return outcome
        return sorted(placed, key=lambda fault: (fault.line, fault.column))

    def _is_told(self, read: ReadRecord, fault: Fault) -> bool:
        """Whether a fault is one of its own, and does not only follow from another."""
        if any(fault.path[: len(path)] == path for path in read.validated.set_aside):
            return False
        if fault.code is Code.unknown_reference and _may_be_defined(read, fault):
            return False
        if fault.code is Code.unreadable and any(taken.faults for taken in self._taken.values()):
            return False
        return self._all_readable or fault.code not in _FOLLOWING


def _may_be_defined(read: ReadRecord, fault: Fault) -> bool:
    """Whether what a fault calls unknown may be defined in a part that is set aside."""
    whole = {path[0] for path in read.validated.set_aside if len(path) == 1}
    if whole & {"sources", "parties", "people"} or ("meeting" in whole and fault.path[-1] == "agenda"):
        return True
    return read.root is not None and read.root.at(fault.path).value in read.validated.ids


def _hashes(read: ReadRecord) -> dict[str, str]:
    return {id: article.sha256 for id, article in read.articles.items()}


def _faulty_definitions(read: ReadRecord, record: Record) -> set[Key]:
    return {key for key, path, _ in definitions(record) if path in read.validated.set_aside}


def _misquoted(read: ReadRecord, articles: dict[str, Article]) -> Iterator[Fault]:
    """The faults of the words in parts that are set aside."""
    if read.record is not None and ("sources",) not in read.validated.set_aside:
        citations = Citations(read.record, articles)
        for entry, path in read.validated.entries:
            if fault := citations.cite(entry, path).fault:
                yield fault
