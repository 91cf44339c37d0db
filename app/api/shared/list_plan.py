"""How a page of a list is read: from the keys that match its filters, or by a walk through the index of its sort.

`docs/decisions/0025-plans-of-lists.md` explains how that is decided, and why the database does not decide it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.api.shared import list_statements as statements
from app.api.shared.list_statements import CountRow, FilterParams, Lead, ListRows, PageRow
from app.db.errors import NeedsMoreTime
from app.db.request_context import RequestContext
from app.db.statements import RowT, Statement

COUNT_LIMIT = 10_000
"""Totals are counted up to this number. So many keys are sorted in any queue."""

TEST_COST = 2
"""A walk is tried instead of sorting all matches if these are so many times as many as the steps that it may take."""

MAX_STEPS = 10_000
"""How many rows a count by the index of another table looks at."""

MAX_WALK_STEPS = 10_000
"""How many rows a walk looks at if every filter matches many items. To test a row costs more than to count it."""

MAX_TESTS = 2_500
"""How many rows are tested to count what several filters match that match many items each."""

MAX_LONG_STEPS = 1_000_000
"""How many rows a count looks at in the queue of dear requests, to find the rarest filter."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of items, up to COUNT_LIMIT, and whether there are no more."""

    number: int
    is_exact: bool


def counted(hits: int, steps: int = 0) -> Counted:
    """The number of hits of a count that stopped beyond COUNT_LIMIT hits, or after MAX_STEPS steps."""
    return Counted(min(hits, COUNT_LIMIT), hits <= COUNT_LIMIT and steps < MAX_STEPS)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as requested: its sort, its filters, and the values of their parameters and of the cursor."""

    context: RequestContext
    definition: ListRows
    sort: str
    filters: FilterParams
    values: Mapping[str, Any]
    has_cursor: bool = False

    def read(self, size: int) -> tuple[list[PageRow], Counted]:
        """The rows of a page, and the number of items in the whole list.

        Raises NeedsMoreTime if the rows are not found in a bounded number of steps, unless the context allows more.
        """
        if not self.filters:
            return self._walk(size, size), self.count()
        everything, lead, found = self._best_lead()
        total = self._count_matches(lead, found)
        if not self.definition.sorts[self.sort.removeprefix("-")].has_index:
            return self._sort(lead, size)
        if found.is_exact:
            return self._read_few(everything, lead, found.number, total, size), total
        rows = self._walk(size, MAX_WALK_STEPS)
        if len(rows) == size or not self._has_rest():
            return rows, total
        if not self.context.may_take_long:
            raise NeedsMoreTime
        return self._sort(self._rarest_lead(), size)

    def count(self) -> Counted:
        """The number of items in the whole list."""
        if not self.filters:
            (stored,) = self.context.rows(statements.stored_total(self.definition))
            return counted(stored.total)
        _, lead, found = self._best_lead()
        return self._count_matches(lead, found)

    def _read_few(self, everything: int, lead: Lead, found: int, total: Counted, size: int) -> list[PageRow]:
        """The page if a lead finds few rows: by a walk, if the matches are so dense that it will be short, or sorted.

        The walk may take twice as many steps as if the matches were spread evenly.
        """
        if not total.number:
            return []
        steps = 2 * size * everything // total.number
        if TEST_COST * steps <= found:
            rows = self._walk(size, steps)
            if len(rows) == size:
                return rows
        return self._sort(lead, size)[0]

    def _best_lead(self) -> tuple[int, Lead, Counted]:
        """The number of all items, the lead that finds the fewest, if these are few, and their number."""
        everything, *rows = self._count_leads(COUNT_LIMIT + 1, MAX_STEPS)
        counts = [counted(row.hits, row.steps) for row in rows]
        leads = statements.leads(self.definition, self.filters)
        lead, found = min(zip(leads, counts, strict=True), key=lambda each: (not each[1].is_exact, each[1].number))
        return everything.hits, lead, found

    def _rarest_lead(self) -> Lead:
        """The lead that finds the fewest rows, however many they are."""
        _, *counts = self._count_leads(MAX_LONG_STEPS, MAX_LONG_STEPS)
        return statements.leads(self.definition, self.filters)[min(counts, key=lambda row: row.steps).lead]

    def _count_leads(self, limit: int, steps: int) -> list[CountRow]:
        """The number of all items, then that of each lead in their order."""
        statement = statements.lead_counts(self.definition, self.filters)
        return sorted(self._rows(statement, limit=limit, steps=steps), key=lambda row: row.lead)

    def _count_matches(self, lead: Lead, found: Counted) -> Counted:
        """The number of items that match all filters."""
        if len(lead) == len(self.filters):
            return found
        statement = statements.match_count(self.definition, self.filters, lead)
        steps = MAX_STEPS if found.is_exact else MAX_TESTS
        (row,) = self._rows(statement, steps=steps)
        return Counted(min(row.hits, COUNT_LIMIT), row.hits <= COUNT_LIMIT and row.steps < steps)

    def _walk(self, size: int, steps: int) -> list[PageRow]:
        statement = statements.walk(self.definition, self.sort, self.filters, self.has_cursor)
        return [*self._rows(statement, size=size, steps=steps)]

    def _has_rest(self) -> bool:
        """Whether a walk stopped before the end of the list."""
        statement = statements.walk_rest(self.definition, self.sort, self.filters, self.has_cursor)
        return bool([*self._rows(statement, steps=MAX_WALK_STEPS)])

    def _sort(self, lead: Lead, size: int) -> tuple[list[PageRow], Counted]:
        """The page from all matches among the rows that a lead finds, and their number."""
        statement = statements.sorted_matches(self.definition, self.sort, self.filters, lead, self.has_cursor)
        rows = [*self._rows(statement, size=size)]
        page = [PageRow(row.key, row.value, row.id) for row in rows if row.key is not None]
        return page, counted(rows[0].total)

    def _rows(self, statement: Statement[RowT], **more: int) -> Iterator[RowT]:
        return self.context.rows(statement, **self.values, **more)
