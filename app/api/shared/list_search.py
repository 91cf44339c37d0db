"""Lists with a search query, `q`: the search index says which items match (`app/search/matching.py`)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TypeVar

from sqlalchemy import select

from app.api.shared.list_plan import COUNT_LIMIT, MAX_TESTS, MAX_WALK_STEPS, Counted, Listed
from app.api.shared.list_statements import KeyRow, PageRow
from app.db.errors import TIMED_OUT, NeedsMoreTime, QueryTimeout
from app.db.request_context import RequestContext
from app.db.statements import ByKeys, FilterParam
from app.enums import SearchKind
from app.models import Evidence, table
from app.search.matching import Matching, matching

SEARCH = "q"
"""The name of the filter. Its parameter are the keys of the items that match."""

MAX_KEYS = 10_000
"""How many keys are such a parameter at most."""

SHORTEST_BLOCK, LONGEST_BLOCK = 100, 2_000
"""Of how many items at once the index says which match. A block is twice as long as the one before."""

MAX_LONG_WALK_STEPS = 200_000
"""How many items are looked at in the queue of dear requests."""

KeyRowT = TypeVar("KeyRowT", bound=KeyRow)

_evidence = table(Evidence)


@dataclass(slots=True)
class _RecordRow:
    record_key: int


_RECORDS = ByKeys(_RecordRow, lambda keys: select(_evidence.c.record_key).where(keys.matches(_evidence.c.key)))


@dataclass(frozen=True, slots=True)
class SearchedList:
    """A list of the items that match a query, if they are more than MAX_KEYS, and so are those of the other filters.

    Its pages are found by a walk through the list without the query.
    """

    listed: Listed
    matching: Matching

    def read(self, size: int) -> tuple[list[PageRow], Counted]:
        """The rows of a page, and the least number of items in the whole list.

        Raises NeedsMoreTime if the rows are not found in a bounded number of steps, and QueryTimeout if the context
        allows more steps and these do not do either.
        """
        return self._walk(size), self.count()

    def count(self) -> Counted:
        """The least number of items in the whole list."""
        if not self.listed.filters:
            return Counted(COUNT_LIMIT, is_exact=False)
        some = _first(self.listed, MAX_TESTS)
        return Counted(len(self.matching.among([row.key for row in some])), is_exact=False)

    def _walk(self, size: int) -> list[PageRow]:
        rows: list[PageRow] = []
        rest, block, steps = self.listed, SHORTEST_BLOCK, 0
        while True:
            some, _ = rest.read(block)
            rows += matching_rows(self.matching, iter(some))
            steps += block
            if len(rows) >= size or len(some) < block:
                return rows[:size]
            self._require_time(steps)
            rest, block = rest.after(some[-1]), min(2 * block, LONGEST_BLOCK)

    def _require_time(self, steps: int) -> None:
        if not self.listed.context.may_take_long:
            if steps >= MAX_WALK_STEPS:
                raise NeedsMoreTime
        elif steps >= MAX_LONG_WALK_STEPS:
            raise QueryTimeout(TIMED_OUT)


def searched(listed: Listed, kind: SearchKind, q: str | None) -> Listed | SearchedList:
    """A list of items of a kind with only those that match a query, if there is one. Raises IndexBehind."""
    if q is None:
        return listed
    found = matching(listed.context.open_index(listed.context.version), kind, q, partial(_records, listed.context))
    keys = found.keys(MAX_KEYS)
    if keys is None:
        keys = _few(listed, found)
    if keys is None:
        return SearchedList(listed, found)
    filters = (*listed.filters, (SEARCH, FilterParam(SEARCH, is_list=True)))
    return replace(listed, filters=filters, values={**listed.values, SEARCH: keys})


def matching_rows(matching: Matching, rows: Iterator[KeyRowT]) -> Iterator[KeyRowT]:
    """Those of some rows whose items match."""
    while some := [*islice(rows, LONGEST_BLOCK)]:
        keys = matching.among([row.key for row in some])
        yield from (row for row in some if row.key in keys)


def _few(listed: Listed, found: Matching) -> list[int] | None:
    """The keys of the items of a list that match; None if the list has more than MAX_KEYS items."""
    if not listed.filters:
        return None
    counted = listed.count()
    if not counted.is_exact or counted.number > MAX_KEYS:
        return None
    return sorted(found.among([row.key for row in _first(listed, counted.number)]))


def _first(listed: Listed, size: int) -> list[PageRow]:
    """The first rows of the whole list."""
    rows, _ = replace(listed, has_cursor=False).read(size)
    return rows


def _records(context: RequestContext, keys: list[int]) -> Iterator[int]:
    """The keys of the records that some evidence belongs to."""
    return (row.record_key for row in _RECORDS.rows(context.connection, context.dialect, keys))
