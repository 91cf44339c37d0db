"""How a page of a list is read: from the keys that match its filters, or by a walk through the index of its sort.

`docs/decisions/0025-plans-of-lists.md` explains how that is decided, and why the database does not decide it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.api.shared import list_statements as statements
from app.api.shared.filters import reach
from app.api.shared.list_statements import CountRow, Few, FilterParams, Lead, ListRows, PageRow
from app.dates import days_before
from app.db.errors import NeedsMoreTime
from app.db.request_context import RequestContext
from app.db.statements import RowT, Statement

COUNT_LIMIT = 10_000
"""Totals are counted up to this number. So many keys are sorted in any queue, or tested as a set."""

KEY_COST, ROW_COST, SORT_COST = 1, 6, 5
"""How many steps of a walk along an index take as long as to put a key into a set, as a step that reads its row, and as
to read and sort a row that a filter finds."""

MAX_STEPS = 10_000
"""How many rows a count by the index of another table looks at."""

MAX_WALK_STEPS = 10_000
"""How many rows a walk reads if every filter matches many items."""

MAX_TESTS = 2_500
"""How many rows are tested to count what several filters match. To test a row costs more than to count it."""

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
class CountedLeads:
    """The number of all items, the lead that finds the fewest and their number, and the filters that match few: of the
    others, only those by other tables, for it takes long to test a row by these. `keys` is the number of their matches.
    """

    everything: int
    best: Lead
    found: Counted
    few: Few
    keys: int


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
            return self._walk((), size, size), self.count()
        return self._with_reaches()._read_halves(size)

    def count(self) -> Counted:
        """The number of items in the whole list."""
        if not self.filters:
            (stored,) = self.context.rows(statements.stored_total(self.definition))
            return counted(stored.total)
        listed = self._with_reaches()
        return listed._count_matches(listed._counted_leads())[0]

    def _read_halves(self, size: int) -> tuple[list[PageRow], Counted]:
        leads = self._counted_leads()
        halves = statements.halves(self.definition, self.sort, self.filters)
        if len(halves) == 1 or (leads.found.is_exact and leads.found.number <= MAX_TESTS):
            return self._read(leads, size)
        rows: list[PageRow] = []
        for filters in halves:
            if len(rows) < size:
                half = replace(self, filters=filters)
                rows += half._read(half._counted_leads(), size - len(rows))[0]
        return rows, self._count_matches(leads)[0]

    def _read(self, leads: CountedLeads, size: int) -> tuple[list[PageRow], Counted]:
        total, expected = self._count_matches(leads)
        if not self.definition.sorts[self.sort.removeprefix("-")].has_index:
            return self._sort(leads.best, leads.few, size), total
        if leads.found.is_exact:
            return self._read_few(leads, total, expected, size), total
        rows = self._walk((), size, MAX_WALK_STEPS)
        if len(rows) == size or not self._has_rest(MAX_WALK_STEPS):
            return rows, total
        if not self.context.may_take_long:
            raise NeedsMoreTime
        return self._sort(self._rarest_lead(), (), size), total

    def _read_few(self, leads: CountedLeads, total: Counted, expected: int, size: int) -> list[PageRow]:
        """The page if a lead finds few rows: by a walk that reads rows or looks keys up, or sorted, as is cheapest.

        A walk may take twice as many steps as if the matches were spread evenly.
        """
        if total.is_exact and not total.number:
            return []
        is_bounded = statements.is_bounded(self.definition, self.sort, self.filters, leads.best)
        passed = leads.found.number if is_bounded else leads.everything
        steps = size * passed // max(1, expected)
        by_row, by_key = ROW_COST * steps, steps + KEY_COST * leads.keys
        reads_rows = not leads.few or (by_row < by_key and all(map(self._is_tested_fast, range(len(self.filters)))))
        if (by_row if reads_rows else by_key) <= SORT_COST * leads.found.number:
            steps *= 2
            rows = self._walk(() if reads_rows else leads.few, size, steps)
            has_all = steps >= leads.everything or (total.is_exact and len(rows) == total.number)
            if len(rows) == size or has_all or not self._has_rest(steps):
                return rows
        return self._sort(leads.best, leads.few, size)

    def _counted_leads(self) -> CountedLeads:
        everything, *rows = self._count_leads(COUNT_LIMIT + 1, MAX_STEPS)
        counts = [counted(row.hits, row.steps) for row in rows]
        leads = statements.leads(self.definition, self.filters)
        best, found = min(zip(leads, counts, strict=True), key=lambda each: (not each[1].is_exact, each[1].number))
        few = {
            lead[0]: number.number
            for lead, number in zip(leads, counts, strict=True)
            if len(lead) == 1 and number.is_exact and (lead == best or not self._is_tested_fast(lead[0]))
        }
        return CountedLeads(everything.hits, best, found, tuple(few), sum(few.values()))

    def _is_tested_fast(self, number: int) -> bool:
        """Whether a filter compares a column of the list's rows, and reads no rows of other tables."""
        filter = self.definition.conditions[self.filters[number][0]]
        return filter.keys is None or filter.selects_few

    def _rarest_lead(self) -> Lead:
        """The lead that finds the fewest rows, however many they are."""
        leads = statements.leads(self.definition, self.filters)
        if len(leads) == 1:
            return leads[0]
        _, *counts = self._count_leads(MAX_LONG_STEPS, MAX_LONG_STEPS)
        return leads[min(counts, key=lambda row: row.steps).lead]

    def _count_leads(self, limit: int, steps: int) -> list[CountRow]:
        """The number of all items, then that of each lead in their order."""
        statement = statements.lead_counts(self.definition, self.filters)
        return sorted(self._rows(statement, limit=limit, steps=steps), key=lambda row: row.lead)

    def _count_matches(self, leads: CountedLeads) -> tuple[Counted, int]:
        """The number of items that match all filters, and how many there should be if not all were counted."""
        if len(leads.best) == len(self.filters):
            return leads.found, leads.found.number
        statement = statements.match_count(self.definition, self.filters, leads.best, leads.few)
        (row,) = self._rows(statement, steps=MAX_TESTS)
        is_exact = leads.found.is_exact and row.steps < MAX_TESTS
        expected = row.hits if is_exact else row.hits * leads.found.number // MAX_TESTS
        return Counted(min(row.hits, COUNT_LIMIT), is_exact and row.hits <= COUNT_LIMIT), expected

    def _with_reaches(self) -> "Listed":
        """With the earliest day on which a span can have begun that ends on the day of a filter or later."""
        reaches = {}
        for name, param in self.filters:
            if halves := self.definition.filters[name].halves:
                (longest,) = self.context.rows(statements.longest_span(halves.spans.length))
                reaches[reach(param)] = days_before(self.values[param.name], longest.total)
        return replace(self, values={**self.values, **reaches}) if reaches else self

    def _walk(self, few: Few, size: int, steps: int) -> list[PageRow]:
        statement = statements.walk(self.definition, self.sort, self.filters, few, self.has_cursor)
        return [*self._rows(statement, size=size, steps=steps)]

    def _has_rest(self, steps: int) -> bool:
        """Whether a walk of so many steps stopped before the end of the list."""
        statement = statements.walk_rest(self.definition, self.sort, self.filters, self.has_cursor)
        return bool([*self._rows(statement, steps=steps)])

    def _sort(self, lead: Lead, few: Few, size: int) -> list[PageRow]:
        """The page from all matches among the rows that a lead finds."""
        statement = statements.sorted_matches(self.definition, self.sort, self.filters, lead, few, self.has_cursor)
        return [*self._rows(statement, size=size)]

    def _rows(self, statement: Statement[RowT], **more: int) -> Iterator[RowT]:
        return self.context.rows(statement, **self.values, **more)
