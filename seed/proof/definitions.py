"""Definitions: the people, parties and sources of a dataset, merged over its records, and the ids that they use.

To merge definitions of the same id, other names are united and null agrees with any value; two different values, or
texts, conflict.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from app.enums import Access, DefinitionKind
from seed.proof.names import forms
from seed.record.faults import Code, Fault
from seed.record.models import (
    Actor,
    AgendaItem,
    Agreement,
    Delegate,
    Described,
    Meeting,
    Part,
    Party,
    Person,
    Quote,
    Record,
    Source,
)
from seed.record.yaml_tree import Path

Definition = Person | Party | Source
DefinitionKey = tuple[DefinitionKind, str]
"""A definition's kind and id."""

SHARING_IDS = {DefinitionKind.person: DefinitionKind.party, DefinitionKind.party: DefinitionKind.person}
NEAR_ENOUGH = 80
"""The least similarity, of 100, for an id to be suggested."""

MERGED_LISTS = ("other_names",)
OWN_TO_A_RECORD = ("file",)
"""Fields that are not compared: each record may have its own copy of a text."""


@dataclass(slots=True)
class MergedDefinition:
    """A definition, merged over its records, and the first of these; a source has the `sha256` of its text."""

    values: dict[str, Any]
    defined_in: str

    def conflict(self, other: "MergedDefinition") -> str | None:
        """The first field in which the two differ."""
        for name, value in other.values.items():
            mine = self.values.get(name)
            if name not in MERGED_LISTS and mine and value and mine != value:
                return name
        return None

    def copy(self) -> "MergedDefinition":
        """A copy that can be changed."""
        return MergedDefinition(dict(self.values), self.defined_in)

    def merge(self, other: "MergedDefinition") -> None:
        """Add another definition's values."""
        for name, value in other.values.items():
            if name in MERGED_LISTS:
                self.values[name] = sorted({*self.values.get(name, ()), *value})
            elif name == "access":
                self.values[name] = _strictest_access(self.values.get(name), value)
            elif value:
                self.values[name] = value


def _strictest_access(one: str | None, other: str | None) -> str | None:
    """The access that two records give together: a text is shown in full only if both say so; null is `excerpt`."""
    if one == other:
        return one
    return Access.excerpt if Access.excerpt in (one, other) else None


def values(definition: Part) -> dict[str, Any]:
    """The fields of a definition, as they are compared and stored."""
    fields = definition.model_dump(mode="json", exclude=set(OWN_TO_A_RECORD))
    return {name: sorted(set(value)) if name in MERGED_LISTS else value for name, value in fields.items()}


@dataclass(slots=True)
class Catalogue:
    """All definitions of a dataset, and the ids that are used somewhere in it."""

    definitions: dict[DefinitionKey, MergedDefinition] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    used_sources: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    """Ids whose definition has a fault: references to them are valid, and no rule applies to them."""
    sibling_definitions: Mapping[DefinitionKey, MergedDefinition] = field(default_factory=dict)
    """Definitions of sibling records that are neither loaded nor stored: a fault names their folder."""

    def add(
        self, record: Record, hashes: Mapping[str, str], defined_in: str, faulty: Set[DefinitionKey] = frozenset()
    ) -> list[Fault]:
        """Add a record's definitions and uses; returns the conflicts.

        `hashes` are the SHA-256 of its sources' texts, by id; of `faulty` definitions only the id is added.
        """
        faults: list[Fault] = []
        self.unknown |= {id for _, id in faulty}
        for key, path, definition in record_definitions(record, hashes, defined_in, faulty):
            faults += self.merge(key, path, definition)
        self.used |= set(uses(record))
        self.used_sources |= set(cited_sources(record))
        return faults

    def merge(self, key: DefinitionKey, path: Path, definition: MergedDefinition) -> list[Fault]:
        """Merge a definition into those of the same id; returns the conflict, if there is one."""
        kind, id = key
        if (namesake := self.namesake(key)) and (
            there := self.definitions[namesake].defined_in
        ) != definition.defined_in:
            message = f"`{id}` is a {namesake[0]} in {there}: people and parties share their ids"
            return [Fault(Code.conflicting_definition, path, message)]
        known = self.definitions.setdefault(key, definition)
        if known is definition or known.defined_in == definition.defined_in:  # twice in one record: a duplicate id
            return []
        if name := known.conflict(definition):
            there, here = known.values[name], definition.values[name]
            what = "its text differs" if name == "sha256" else f"`{name}` is {here} here and {there}"
            message = f"{kind} `{id}`: {what} in {known.defined_in}"
            return [Fault(Code.conflicting_definition, (*path, name), message)]
        known.merge(definition)
        return []

    def is_known(self, id: str) -> bool:
        return id in self.unknown or self.is_person(id) or self.is_party(id)

    def is_person(self, id: str) -> bool:
        return (DefinitionKind.person, id) in self.definitions

    def is_party(self, id: str) -> bool:
        return (DefinitionKind.party, id) in self.definitions

    def namesake(self, key: DefinitionKey) -> DefinitionKey | None:
        """The party with a person's id, or the person with a party's."""
        kind, id = key
        namesake = (SHARING_IDS[kind], id) if kind in SHARING_IDS else None
        return namesake if namesake in self.definitions else None

    def people(self) -> dict[str, str]:
        """The names of all people, by id."""
        people = ((id, known) for (kind, id), known in self.definitions.items() if kind is DefinitionKind.person)
        return {id: known.values["name"] for id, known in people}

    def nearest(self, id: str) -> str | None:
        """The most similar id of a person or party, if one is similar enough."""
        known = [known for kind, known in self.definitions if kind is not DefinitionKind.source]
        found = process.extractOne(id, known, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        return found[0] if found else None

    def source(self, id: str) -> MergedDefinition | None:
        return self.definitions.get((DefinitionKind.source, id))

    def language(self, source: str) -> str | None:
        """The language of a source, a BCP 47 tag; None if its definition is missing or has a fault."""
        known = self.source(source)
        return known.values["language"] if known else None

    def forms(self, actor: Actor) -> tuple[str, ...] | None:
        """The names of an actor; None if its definition is missing or has a fault."""
        if isinstance(actor, Described):
            return (actor.described,)
        for kind in (DefinitionKind.person, DefinitionKind.party):
            if known := self.definitions.get((kind, actor)):
                return forms(known.values["name"], known.values["other_names"], kind is DefinitionKind.person)
        return None

    def unused(self, record: Record) -> list[Fault]:
        """The record's definitions that nothing in the dataset uses."""
        return [
            Fault(
                Code.unused_definition, (*path, "id"), f"{kind} `{id}` is defined, and nothing in the dataset uses it"
            )
            for (kind, id), path, _ in definitions(record)
            if id not in self.unknown and not self.is_used((kind, id))
        ]

    def is_used(self, key: DefinitionKey) -> bool:
        kind, id = key
        return id in (self.used_sources if kind is DefinitionKind.source else self.used)

    def use(self, key: DefinitionKey) -> None:
        """Count a definition as used."""
        kind, id = key
        if kind is DefinitionKind.source:
            self.used_sources.add(id)
        else:
            self.used.add(id)

    def sibling(self, id: str, *kinds: DefinitionKind) -> str | None:
        """The file of a sibling record, neither loaded nor stored, that defines an id as one of some kinds."""
        found = (
            self.sibling_definitions[kind, id].defined_in for kind in kinds if (kind, id) in self.sibling_definitions
        )
        return next(found, None)


def definitions(record: Record) -> Iterator[tuple[DefinitionKey, Path, Definition]]:
    """A record's definitions, each with its key and path."""
    for index, source in enumerate(record.sources):
        if isinstance(source, Source):
            yield (DefinitionKind.source, source.id), ("sources", index), source
    for index, party in enumerate(record.parties):
        yield (DefinitionKind.party, party.id), ("parties", index), party
    for index, person in enumerate(record.people):
        yield (DefinitionKind.person, person.id), ("people", index), person


def record_definitions(
    record: Record, hashes: Mapping[str, str], defined_in: str, faulty: Set[DefinitionKey] = frozenset()
) -> Iterator[tuple[DefinitionKey, Path, MergedDefinition]]:
    """A record's definitions, except those with a fault, as they are merged, each with its key and path.

    `hashes` are the SHA-256 of its sources' texts, by id.
    """
    for key, path, definition in definitions(record):
        if key in faulty:
            continue
        fields = values(definition)
        if key[0] is DefinitionKind.source:
            fields["sha256"] = hashes.get(key[1])
        yield key, path, MergedDefinition(fields, defined_in)


def needed_definitions(record: Record) -> set[DefinitionKey]:
    """The keys of all definitions that a record gives or refers to; an actor's id counts as a person and as a party."""
    named = ((kind, id) for id in set(uses(record)) for kind in SHARING_IDS)
    listed = ((DefinitionKind.source, id) for id in record.source_ids)
    return {*named, *listed, *(key for key, _, _ in definitions(record))}


def path_of(key: DefinitionKey, record: Record) -> Path | None:
    """The path of a definition in a record or, if it gives none, of a reference to it."""
    kind, id = key
    defined = (path for own, path, _ in definitions(record) if own == key)
    listed = (("sources", index) for index, source in enumerate(record.source_ids) if source == id)
    named = (path for other, path in references(record) if other == id)
    return next(defined, None) or next(listed if kind is DefinitionKind.source else named, None)


def uses(record: Record) -> Iterator[str]:
    """The ids of the people and parties that a record refers to."""
    return (id for id, _ in references(record))


def references(record: Record) -> Iterator[tuple[str, Path]]:
    """The ids of the people and parties that a record refers to, each with its path."""
    for index, source in enumerate(record.sources):
        if isinstance(source, Source):
            yield from ((id, ("sources", index, "issued_by", at)) for at, id in enumerate(source.issued_by))
    meeting = record.meeting
    if meeting.host is not None:
        yield meeting.host, ("meeting", "host")
    for index, participant in enumerate(meeting.parties):
        if participant.party is not None:
            yield participant.party, ("meeting", "parties", index)
    for index, delegate in enumerate(record.delegates):
        yield from _ids((delegate.person,), ("delegates", index, "person"))
        yield from _ids((delegate.party,), ("delegates", index, "party"))
    for index, agreement in enumerate(record.agreements):
        yield from _ids(agreement.parties, ("agreements", index, "parties"))
        yield from _ids(agreement.asserted_by, ("agreements", index, "asserted_by"))
    for index, quote in enumerate(record.quotes):
        yield from _ids(quote.speakers, ("quotes", index, "speakers"))
        yield from _ids((quote.via,), ("quotes", index, "via"))


def cited_sources(record: Record) -> Iterator[str]:
    """The sources that a record takes words from: the first is cited wherever an entry names none."""
    yield record.source_ids[0]
    parts: tuple[Meeting | AgendaItem | Delegate | Agreement | Quote, ...]
    parts = (record.meeting, *record.meeting.agenda, *record.delegates, *record.agreements, *record.quotes)
    yield from (entry.source for part in parts for entry in part.evidence if entry.source is not None)


def _ids(actors: tuple[Actor | None, ...], path: Path) -> Iterator[tuple[str, Path]]:
    return ((actor, (*path, index)) for index, actor in enumerate(actors) if isinstance(actor, str))
