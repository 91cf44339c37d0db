"""Sibling records: those in the same dataset's folder as a record that is given alone.

`check` uses their definitions for it. Their own faults are not reported.
"""

from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from app.enums import DefinitionKind
from seed.dataset.files import ReadRecord, read_record
from seed.proof.definitions import Catalogue, DefinitionKey, MergedDefinition, cited_sources, record_definitions, uses
from seed.record.models import Record, Source


@dataclass(slots=True)
class Siblings:
    """The definitions of sibling records, the ids that they use, and the folder and file of each source's text.

    A definition is left out if it has a fault, conflicts with another sibling's, or is a source without a text.
    """

    catalogue: Catalogue = field(default_factory=Catalogue)
    source_files: dict[str, tuple[FilePath, str]] = field(default_factory=dict)

    def definitions(self, keys: set[DefinitionKey]) -> dict[DefinitionKey, MergedDefinition]:
        """The siblings' definitions of some keys, and of the parties that issued the sources among them."""
        known = self.catalogue.definitions
        issuers = {
            (DefinitionKind.party, id) for key in keys & known.keys() for id in known[key].values.get("issued_by", ())
        }
        return {key: definition for key, definition in known.items() if key in keys | issuers}

    def add_uses(self, read: ReadRecord, record: Record) -> None:
        self.catalogue.used |= {*read.validated.ids, *uses(record)}
        self.catalogue.used_sources |= {*read.validated.ids, *cited_sources(record)}

    def add_definitions(self, read: ReadRecord, record: Record) -> None:
        faulty, hashes = read.faulty_definitions(), read.hashes()
        files = {source.id: source.file for source in record.sources if isinstance(source, Source)}
        for key, path, definition in record_definitions(record, hashes, read.file, faulty):
            kind, id = key
            without_text = kind is DefinitionKind.source and id not in hashes
            if without_text or self.catalogue.merge(key, path, definition):
                continue
            if kind is DefinitionKind.source:
                self.source_files.setdefault(id, (read.folder, files[id]))


def read_siblings(folders: Iterable[FilePath], meetings_of_dataset: Container[str]) -> Siblings:
    """Read the sibling records in some folders.

    A record whose meeting is in `meetings_of_dataset`, or is an earlier sibling's, is a copy: its definitions are left
    out.
    """
    siblings, meetings = Siblings(), set[str]()
    for folder in folders:
        with suppress(Exception):  # an error of Readout is reported when the sibling itself is given
            read = read_record(folder)
            if read.record is None:
                continue
            siblings.add_uses(read, read.record)
            if read.meeting is not None and read.meeting not in meetings_of_dataset and read.meeting not in meetings:
                meetings.add(read.meeting)
                siblings.add_definitions(read, read.record)
    return siblings
