"""How a dataset's definitions go together with stored ones, and what its records borrow from those beside them."""

from collections.abc import Container

from sqlalchemy import Connection

from seed.dataset.dataset import Conflict, Dataset
from seed.dataset.sibling_records import issuers
from seed.proof.definitions import Catalogue, Key, MergedDefinition, wanted
from seed.record.models import Record
from seed.store import stored_definitions
from seed.store.stored_definitions import LENT, Row
from seed.store.writer import Writer


class Lending:
    """What records borrow: the stored ones, and instead of those that a load replaces the ones that it brings."""

    def __init__(self, connection: Connection, dataset: Dataset, replaced: Container[str]) -> None:
        self._dataset = dataset
        self._before = stored_definitions.loans(connection)
        self._after = {row: content for row, content in self._before.items() if not self._ends(row[0], replaced)}
        self._stored: dict[Row, str] = {}
        self._join(connection, replaced)

    def borrow(self, record: Record) -> None:
        """Note what a record borrows: what it wants, and its lender's own record is not stored with."""
        if not self._dataset.lent:
            return
        keys = wanted(record)
        keys |= issuers(given for (_, key), given in self._dataset.lent.items() if key in keys)
        for (lender, key), given in self._dataset.lent.items():
            content = stored_definitions.encode(given.values)
            if key in keys and self._stored.get((lender, key)) != content:
                self._after[f"{record.meeting.id}{LENT}{lender}", key] = content

    def settle(self, writer: Writer) -> dict[Key, str]:
        """Write what is borrowed now; the definitions that were given back, each with its lender."""
        for row in sorted(self._before.keys() | self._after.keys()):
            content = self._after.get(row)
            if content != self._before.get(row):
                writer.begin()  # what is borrowed counts in the digest
                stored_definitions.remove(writer, row)
                if content is not None:
                    stored_definitions.insert(writer, row, content)
        return {key: giver.split(LENT)[1] for giver, key in self._before.keys() - self._after.keys()}

    def _ends(self, giver: str, replaced: Container[str]) -> bool:
        borrower, lender = giver.split(LENT)
        return borrower in replaced or lender in self._dataset.meetings

    def _join(self, connection: Connection, replaced: Container[str]) -> None:
        """Add what other records are stored with to the dataset's definitions, or note their conflicts."""
        dataset = self._dataset
        for key, given in stored_definitions.said_of(connection, dataset.wanted):
            if given.giver in dataset.lenders:
                self._stored[given.giver, key] = stored_definitions.encode(given.values)
            ends = self._ends(given.giver, replaced) if LENT in given.giver else given.giver in replaced
            if not ends and (conflict := _unite(dataset.catalogue, key, given)):
                dataset.conflicts.setdefault(*conflict)


def _unite(catalogue: Catalogue, key: Key, given: MergedDefinition) -> tuple[Key, Conflict] | None:
    """Add a stored definition to the catalogue, if that has it; else tell which definition it conflicts with."""
    there = f"in the stored record of {given.giver.split(LENT)[0]}; load that record too if both have changed"
    mine, twin = catalogue.given.get(key), catalogue.twin(key)
    if twin:
        return twin, Conflict(f"`{key[1]}` is a {key[0]} {there}", "id")
    if mine and (name := mine.conflict(given)):
        return key, Conflict(f"{key[0]} `{key[1]}`: `{name}` is {given.values[name]} {there}", name)
    if mine:
        mine.unite(given)
    return None
