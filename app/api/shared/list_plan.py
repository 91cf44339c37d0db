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

KEY_COST, ROW_COST, SORT_COST = 1, 6, 4
"""How many steps of a walk along an index take as long as to put a key into a set, as a step that reads or tests its
row, and as to read and sort a row that a filter finds."""

JOINED_KEY_COST, JOINED_ROW_COST = 2, 18
"""The same of a key and of a test that come from rows of other tables."""

MAX_STEPS = 10_000
"""How many rows a count by the index of another table looks at."""

MAX_WALK_STEPS = 10_000
"""How many rows a walk reads if every filter matches many items. Of the entries of an index, it reads
twice as many."""

SORTED_AT_ONCE = 2_500
"""If the rarest of several filters finds so few rows, its matches are sorted, and counted by that."""

MAX_TESTS = 1_000
"""How many rows are tested to estimate how many items match several filters that each find more."""

MAX_LONG_STEPS = 1_000_000
"""How many rows a count looks at in the queue of dear requests, to find the rarest filter."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of items, up to COUNT_LIMIT, and whether there are no more."""

    number: int
    is_exact: bool

    @property
    def rarity(self) -> tuple[bool, int]:
        """The order of leads: if none is counted to its end, first the one that finds most in its steps."""
        return (False, self.number) if self.is_exact else (True, -self.number)


def counted(hits: int) -> Counted:
    """The number of hits of a count that stopped beyond COUNT_LIMIT hits."""
    return Counted(min(hits, COUNT_LIMIT), hits <= COUNT_LIMIT)


@dataclass(frozen=True, slots=True)
class CountedLeads:
    """The number of all items, the lead that finds the fewest and their number, and the numbers of the matches of each
    filter that matches few."""

    everything: int
    best: Lead
    found: Counted
    few: Mapping[int, int]


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
        return self._by_indexes()._read_halves(size)

    def count(self) -> Counted:
        """The number of items in the whole list."""
        if not self.filters:
            (stored,) = self.context.rows(statements.stored_total(self.definition))
            return counted(stored.total)
        listed = self._by_indexes()
        return listed._count_matches(listed._counted_leads(), COUNT_LIMIT + 1)[0]

    def _read_halves(self, size: int) -> tuple[list[PageRow], Counted]:
        leads = self._counted_leads()
        halves = statements.halves(self.definition, self.sort, self.filters)
        if len(halves) == 1 or (leads.found.is_exact and leads.found.number <= SORTED_AT_ONCE):
            return self._read(leads, size)
        rows: list[PageRow] = []
        for filters in halves:
            if len(rows) < size:
                half = replace(self, filters=filters)
                rows += half._read_half(size - len(rows))
        return rows, self._count_matches(leads, MAX_TESTS)[0]

    def _read_half(self, size: int) -> list[PageRow]:
        """Rows of a half of a list that matches many. If it is what begins on a day or later, a short walk fills most
        pages, and nothing is counted for it."""
        if statements.begins(self.filters):
            rows = self._walk((), size, MAX_TESTS)
            if len(rows) == size:
                return rows
        return self._read(self._counted_leads(), size)[0]

    def after(self, row: PageRow) -> "Listed":
        """The rest of the list after a row."""
        return replace(self, values={**self.values, "after_value": row.value, "after_id": row.id}, has_cursor=True)

    def _read(self, leads: CountedLeads, size: int) -> tuple[list[PageRow], Counted]:
        if not self.definition.sorts[self.sort.removeprefix("-")].has_index:
            return self._sort(leads, size)
        if leads.found.is_exact:
            return self._read_few(leads, size)
        return self._read_many(leads, size)

    def _read_many(self, leads: CountedLeads, size: int) -> tuple[list[PageRow], Counted]:
        """The page if every filter matches many items: by a walk, unless the matches are very few."""
        total, expected = self._count_matches(leads, MAX_TESTS)
        if expected or leads.found.number < COUNT_LIMIT:
            reads_rows = statements.reads_rows(self.definition, self.sort, self.filters)
            steps = MAX_WALK_STEPS if reads_rows else 2 * MAX_WALK_STEPS
            rows = self._walk((), size, steps)
            if len(rows) == size or not self._has_rest(steps):
                return rows, total
        if not self.context.may_take_long:
            raise NeedsMoreTime
        if len(self.filters) > 1:
            leads = self._counted_leads(MAX_LONG_STEPS, MAX_LONG_STEPS)
        return self._sort(leads, size)

    def _read_few(self, leads: CountedLeads, size: int) -> tuple[list[PageRow], Counted]:
        """The page if a lead finds few rows: by a walk that reads rows or looks keys up, or sorted, as is cheapest.

        A walk may take twice as many steps as if the matches were spread evenly, or cost as much as to sort.
        """
        found = leads.found.number
        if not found:
            return [], leads.found
        is_single = len(leads.best) == len(self.filters)
        if not is_single and found <= SORTED_AT_ONCE:
            return self._sort(leads, size)
        total, expected = self._count_matches(leads, MAX_TESTS)
        passed = self._passed(leads)
        steps = size * passed // max(1, expected)
        few = self._few(leads, steps * found // passed, leads.best)
        sets = self._set_costs(leads, few)
        by_row, by_key = ROW_COST * steps, steps + sets
        reads_rows = not few or (by_row < by_key and all(map(self._is_tested_fast, range(len(self.filters)))))
        sorts = self._sort_cost(leads, expected)
        if (by_row if reads_rows else by_key) <= sorts:
            affordable = sorts // ROW_COST if reads_rows else sorts - sets
            steps = max(2 * steps, affordable)
            rows = self._walk(() if reads_rows else few, size, steps)
            has_all = steps >= leads.everything or (total.is_exact and len(rows) == total.number)
            if len(rows) == size or has_all or not self._has_rest(steps):
                return rows, total
        return self._sort(leads, size)

    def _passed(self, leads: CountedLeads) -> int:
        """How many rows a walk to the end of the list passes."""
        bounding = statements.bounding(self.definition, self.sort, self.filters)
        numbers = [leads.few[number] for number in bounding if number in leads.few]
        if not bounding.isdisjoint(leads.best):
            numbers.append(leads.found.number)
        return min([leads.everything, *numbers])

    def _sort_cost(self, leads: CountedLeads, expected: int) -> int:
        """The cost of sorting an expected number of matches."""
        few = self._few(leads, leads.found.number)
        is_looked_up = len({*few, *leads.best}) == len(self.filters)
        rows = expected if is_looked_up else leads.found.number
        return leads.found.number + self._set_costs(leads, few) + SORT_COST * rows

    def _few(self, leads: CountedLeads, rows: int, lead: Lead = ()) -> Few:
        """The filters to test by sets of keys: if that costs less than to test so many rows, and those of a lead."""
        others = leads.few.keys() - leads.best
        return tuple(
            number
            for number in leads.few
            if number in lead
            or (number in others and self._set_costs(leads, (number,)) < rows * self._test_cost(number))
        )

    def _set_costs(self, leads: CountedLeads, few: Few) -> int:
        """The cost of making the sets of the keys that some filters match."""
        costs = {number: KEY_COST if self._is_tested_fast(number) else JOINED_KEY_COST for number in few}
        return sum(leads.few[number] * cost for number, cost in costs.items())

    def _test_cost(self, number: int) -> int:
        return ROW_COST if self._is_tested_fast(number) else JOINED_ROW_COST

    def _counted_leads(self, limit: int | None = None, steps: int | None = None) -> CountedLeads:
        limit, steps = limit or COUNT_LIMIT, steps or MAX_STEPS
        everything, *rows = self._count_leads(limit + 1, steps)
        counts = [Counted(min(row.hits, limit), row.hits <= limit and row.steps < steps) for row in rows]
        leads = statements.leads(self.definition, self.filters)
        # of equal ones a pair, which leaves one filter less to test
        best, found = min(zip(leads, counts, strict=True), key=lambda each: (each[1].rarity, -len(each[0])))
        few = {
            lead[0]: number.number
            for lead, number in zip(leads, counts, strict=True)
            if len(lead) == 1 and number.is_exact
        }
        return CountedLeads(everything.hits, best, found, few)

    def _is_tested_fast(self, number: int) -> bool:
        """Whether a filter compares a column of the list's rows, and reads no rows of other tables."""
        filter = self.definition.conditions[self.filters[number][0]]
        return filter.keys is None or filter.selects_few

    def _count_leads(self, limit: int, steps: int) -> list[CountRow]:
        """The number of all items, then that of each lead in their order."""
        statement = statements.lead_counts(self.definition, self.filters)
        return sorted(self._rows(statement, limit=limit, steps=steps), key=lambda row: row.lead)

    def _count_matches(self, leads: CountedLeads, tests: int) -> tuple[Counted, int]:
        """The number of items that match all filters among so many rows, and how many there should be in all."""
        if len(leads.best) == len(self.filters):
            return leads.found, leads.found.number
        few = self._few(leads, min(tests, leads.found.number))
        statement = statements.match_count(self.definition, self.filters, leads.best, few)
        (row,) = self._rows(statement, steps=tests)
        is_exact = leads.found.is_exact and row.steps < tests
        expected = row.hits if is_exact else row.hits * leads.found.number // tests
        return Counted(min(row.hits, COUNT_LIMIT), is_exact and row.hits <= COUNT_LIMIT), expected

    def _by_indexes(self) -> "Listed":
        """The list, of which the database is to find rows by the indexes of filters and sorts only."""
        self.context.read_by_indexes()
        return self._with_reaches()

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

    def _sort(self, leads: CountedLeads, size: int) -> tuple[list[PageRow], Counted]:
        """The page from all matches among the rows that the best lead finds, and their number."""
        few = self._few(leads, leads.found.number)
        statement = statements.sorted_matches(
            self.definition, self.sort, self.filters, leads.best, few, self.has_cursor
        )
        rows = [*self._rows(statement, size=size)]
        if not rows and self.has_cursor:
            return [], self._count_matches(leads, MAX_TESTS)[0]
        return [*rows], counted(rows[0].total if rows else 0)

    def _rows(self, statement: Statement[RowT], **more: int) -> Iterator[RowT]:
        return self.context.rows(statement, **self.values, **more)
