"""What records beside the given ones lend to them: definitions of whom those refer to, and the texts of sources."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from app.enums import DefinitionKind
from seed.dataset.files import ReadRecord, read_record
from seed.proof.definitions import Catalogue, Key, MergedDefinition, cited_sources, said_by, uses
from seed.record.models import Source


@dataclass(slots=True)
class Lent:
    """What records lend, each definition under its lender's meeting; their own faults are not told.

    `lenders` are the files of the lenders, by meeting. A definition that has a fault, or conflicts with one that was
    lent already, is not lent, nor is a source without its text. `used` is all that they refer to themselves.
    """

    given: dict[tuple[str, Key], MergedDefinition] = field(default_factory=dict)
    lenders: dict[str, str] = field(default_factory=dict)
    source_files: dict[str, tuple[FilePath, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    used_sources: set[str] = field(default_factory=set)
    _together: Catalogue = field(default_factory=Catalogue)

    def take(self, read: ReadRecord, wanted: Container[Key], given: Container[str]) -> None:
        """Borrow what is wanted of a record, unless its meeting is one of those given or had already."""
        record, meeting = read.record, read.meeting
        if record is None:
            return
        self.used |= {*read.validated.ids, *uses(record)}
        self.used_sources |= {*read.validated.ids, *cited_sources(record)}
        if meeting is None or meeting in given or meeting in self.lenders:
            return
        self.lenders[meeting] = read.file
        faulty = read.faulty_definitions()
        files = {source.id: source.file for source in record.sources if isinstance(source, Source)}
        for key, said in said_by(record, read.hashes(), meeting):
            if key in wanted and key not in faulty and self._is_sound(key, said):
                self.given.setdefault((meeting, key), said)
                if key[0] is DefinitionKind.source:
                    self.source_files.setdefault(key[1], (read.folder, files[key[1]]))

    def _is_sound(self, key: Key, said: MergedDefinition) -> bool:
        if key[0] is DefinitionKind.source and said.values["sha256"] is None:
            return False
        return not self._together.give(key, (), said.copy())


def lent_by(folders: list[FilePath], wanted: set[Key], given: Container[str]) -> Lent:
    """What the records of some folders lend; whoever issued a source that is lent is wanted too from then on."""
    while True:
        lent = Lent()
        for folder in folders:
            lent.take(read_record(folder), wanted, given)
        if issuers(lent.given.values()) <= wanted:
            return lent
        wanted |= issuers(lent.given.values())


def issuers(definitions: Iterable[MergedDefinition]) -> set[Key]:
    """The parties that issued those of some definitions that are sources."""
    return {(DefinitionKind.party, id) for given in definitions for id in given.values.get("issued_by", ())}
