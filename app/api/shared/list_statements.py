"""The statements that read and count the rows of a list: by the index of a filter, or by the index of its sort.

Both databases run the same SQL. A condition that must not choose the index is a test of one row at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
)

from app.api.shared.filters import Bound, Filter
from app.db.statements import FilterParam, as_test, cached_statement
from app.models import ListSize, table


@dataclass(frozen=True, slots=True)
class Sort:
    """The column that a list is sorted by; one for each direction if values are unknown, which come last in both."""

    ascending: Column[Any]
    descending: Column[Any] | None = None
    has_index: bool = True
    """Whether all rows can be read in this order. Otherwise the sort needs a filter, which leaves few rows to sort."""


@dataclass(eq=False)
class ListRows:
    """The rows of a list, with its sorts and filters by name.

    `indexed_pairs` are pairs of filters whose two columns begin an index, `indexed_sorts` pairs of a filter and a sort:
    an index has the items that have one value of the filter in the order of the sort. `links` are filters by a table
    that has a row for each value and each item that matches it, with what lists are sorted by: all sorts have such an
    index there.
    """

    name: str
    rows: Table
    sorts: Mapping[str, Sort]
    filters: Mapping[str, Filter]
    indexed_pairs: Sequence[tuple[str, str]] = ()
    indexed_sorts: Sequence[tuple[str, str]] = ()
    links: Mapping[str, Filter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.aliased = self.rows.alias("item")
        """The rows as a lead finds them. An alias has 100 KB, so all statements share it."""
        halved = [(name, filter.halves) for name, filter in self.filters.items() if filter.halves]
        self.conditions: Mapping[str, Filter] = {
            **self.filters,
            **{name + BEGIN: halves.begin for name, halves in halved},
            **{name + GO_ON: halves.go_on for name, halves in halved},
        }
        """The filters and the halves of filters, by name."""
        ends = [name for name, filter in self.filters.items() if filter.bound is Bound.upper]
        spans = [(name, end) for (name, _), end in zip(halved, ends, strict=True)]
        self.pairs: Sequence[tuple[str, str]] = [*self.indexed_pairs, *spans]
        """The pairs of filters that can lead together; two of days are a range of an index of spans."""


BEGIN, GO_ON = ": begin", ": go on"
"""The ends of the names of a filter's halves."""


FilterParams = tuple[tuple[str, FilterParam], ...]
"""The filters of a request, by name: requests with the same filters, whatever their values, share a statement."""

Lead = tuple[int, ...]
"""The filter whose index finds the rows, by its number among the filters of a request; or two with a common index."""

Few = tuple[int, ...]
"""Filters that match few items, by their numbers: each is tested by the set of the keys that it matches."""


@dataclass(slots=True)
class KeyRow:
    key: int


@dataclass(slots=True)
class PageRow(KeyRow):
    """The key of an item, and its position in the list: the value that it is sorted by, and its id."""

    value: Any
    id: str


@dataclass(slots=True)
class SortedRow(PageRow):
    """A row of a page, and the number of all items of the list."""

    total: int


@dataclass(slots=True)
class CountRow:
    """The number of items among the first rows that a lead finds, and of these rows; `lead` is its index."""

    lead: int
    hits: int
    steps: int


@dataclass(slots=True)
class RestRow:
    """The id of an item behind the end of a walk."""

    id: str


@dataclass(slots=True)
class TotalRow:
    total: int


_SIZE: ColumnElement[int] = bindparam("size", type_=Integer)
_STEPS: ColumnElement[int] = bindparam("steps", type_=Integer)
_LIMIT: ColumnElement[int] = bindparam("limit", type_=Integer)
_AFTER_VALUE: ColumnElement[Any] = bindparam("after_value")
_AFTER_ID: ColumnElement[Any] = bindparam("after_id")


def sort_column(definition: ListRows, sort: str) -> Column[Any]:
    """The column of a sort; `-` before its name is for descending order."""
    chosen = definition.sorts[sort.removeprefix("-")]
    if sort.startswith("-") and chosen.descending is not None:
        return chosen.descending
    return chosen.ascending


def halves(definition: ListRows, sort: str, filters: FilterParams) -> list[FilterParams]:
    """The filters of the two lists that make up a list from a day on if it is sorted by that day, one after the other;
    else only the filters themselves."""
    column = sort_column(definition, sort)
    for number, (name, param) in enumerate(filters):
        divided = definition.filters[name].halves
        if divided and divided.begin.bounds(column):
            in_order = (BEGIN, GO_ON) if sort.startswith("-") else (GO_ON, BEGIN)
            return [(*filters[:number], (name + half, param), *filters[number + 1 :]) for half in in_order]
    return [filters]


def begins(filters: FilterParams) -> bool:
    """Whether the filters are those of the half that begins on a day or later: a walk passes only what does."""
    return any(name.endswith(BEGIN) for name, _ in filters)


@cached_statement(TotalRow)
def longest_span(length: Column[Any]) -> Select[Any]:
    """The longest span of some, in days; 0 if there is none."""
    return select(func.coalesce(func.max(length), 0).label("total"))


def bounding(definition: ListRows, sort: str, filters: FilterParams) -> set[int]:
    """The numbers of the filters of which a walk passes only matches."""
    column = sort_column(definition, sort)
    numbers = {number for number, (name, _) in enumerate(filters) if definition.conditions[name].bounds(column)}
    indexed = _indexed_with(definition, sort, filters)
    return numbers if indexed is None else {*numbers, indexed}


def reads_rows(definition: ListRows, sort: str, filters: FilterParams) -> bool:
    """Whether the tests of a walk compare other columns than those of the sort's index."""
    tested = {definition.conditions[name].column.name for name, _ in filters}
    return not tested <= _entry(definition, sort)


def _entry(definition: ListRows, sort: str) -> set[str]:
    """The names of the columns of an entry in the index of a sort."""
    return {"key", "id", sort_column(definition, sort).name}


def _indexed_with(definition: ListRows, sort: str, filters: FilterParams) -> int | None:
    """The number of a filter that has an index with the sort, if its value is one."""
    chosen = sort.removeprefix("-")
    indexed = [*definition.links, *(name for name, sorted_by in definition.indexed_sorts if sorted_by == chosen)]
    for name in indexed:
        for number, (given, param) in enumerate(filters):
            if given == name and not param.is_list:
                return number
    return None


def _walked(definition: ListRows, sort: str, filters: FilterParams) -> Table:
    """The table that a walk passes: the list's, or the one that has what a filter matches in the order of the sort."""
    indexed = _indexed_with(definition, sort, filters)
    link = None if indexed is None else definition.links.get(filters[indexed][0])
    return definition.rows if link is None else link.column.table


def leads(definition: ListRows, filters: FilterParams) -> list[Lead]:
    """The leads among some filters: each of them, and pairs with a common index."""
    numbers = {name: number for number, (name, _) in enumerate(filters)}
    pairs = [(numbers[one], numbers[two]) for one, two in definition.pairs if {one, two} <= numbers.keys()]
    return [*((number,) for number in range(len(filters))), *pairs]


@cached_statement(TotalRow)
def stored_total(definition: ListRows) -> Select[Any]:
    """The number of all rows, as the loader stored it."""
    sizes = table(ListSize)
    return select(sizes.c["items"].label("total")).where(sizes.c.name == definition.name)


ALL = -1
"""The `lead` of the row that has the number of all items."""


@cached_statement(CountRow)
def lead_counts(definition: ListRows, filters: FilterParams) -> Select[Any]:
    """How many items each lead finds, up to `limit`, and in at most `steps` steps; and how many items there are."""
    sizes = table(ListSize)
    counts = [_count_row(ALL, sizes.c["items"], literal(0)).where(sizes.c.name == definition.name)]
    for number, lead in enumerate(leads(definition, filters)):
        (filter, _), *_ = _lead_filters(definition, filters, lead)
        limit = _LIMIT if filter.keys is None else _STEPS
        # PostgreSQL's index of a column has no keys: to count them, it would read each row.
        repeats = _repeats(definition, filters, lead)
        counted = "key" if repeats else filter.column.name
        found = _found(definition, filters, lead, [counted]).limit(limit).subquery()
        hits = func.count(found.c[counted].distinct() if repeats else found.c[counted])
        counts.append(_count_row(number, hits, func.count()).select_from(found))
    return select(union_all(*counts).subquery())


@cached_statement(CountRow)
def match_count(definition: ListRows, filters: FilterParams, lead: Lead, few: Few) -> Select[Any]:
    """How many items match all filters, among those that a lead finds in at most `steps` steps."""
    others = [number for number in range(len(filters)) if number not in lead]
    names = dict.fromkeys(["key", *(_tested_column(definition, filters, number, few) for number in others)])
    found = _found(definition, filters, lead, names).limit(_STEPS).subquery("found")
    matches = case((and_(*(_test(definition, filters, number, few, found) for number in others)), found.c.key))
    hits = func.count(matches.distinct() if _repeats(definition, filters, lead) else matches)
    return _count_row(0, hits, func.count()).select_from(found)


@cached_statement(SortedRow)
def sorted_matches(
    definition: ListRows, sort: str, filters: FilterParams, lead: Lead, few: Few, has_cursor: bool
) -> Select[Any]:
    """The rows of a page, among all rows that match: those that a lead finds, tested and sorted.

    Keys are looked up in the sets before their rows are read.
    """
    item = definition.aliased
    others = [number for number in range(len(filters)) if number not in lead]
    conditions = [*_lead_conditions(definition, filters, lead)]
    if by_key := [number for number in others if number in few]:
        found = _found(definition, filters, lead, ["key"]).subquery("found")
        keys = select(found.c.key).where(*(_test(definition, filters, number, few, found) for number in by_key))
        conditions = [item.c.key.in_(keys)]
    conditions += [_test(definition, filters, number, few, item) for number in others if number not in by_key]
    value = item.c[sort_column(definition, sort).name].label("value")
    rows = select(item.c.key, value, item.c.id.label("id")).where(*conditions)
    matches = rows.cte("matches").prefix_with("MATERIALIZED")
    total = select(func.count()).select_from(matches).scalar_subquery().label("total")
    page = select(matches, total)
    if has_cursor:
        ties = and_(matches.c.value == _AFTER_VALUE, matches.c.id > _AFTER_ID)
        page = page.where(ties | _beyond(matches.c.value, sort))
    return _ordered(page, matches.c.value, matches.c.id, sort).limit(_SIZE)


@cached_statement(PageRow)
def walk(definition: ListRows, sort: str, filters: FilterParams, few: Few, has_cursor: bool) -> Select[Any]:
    """The rows of a page, among the next `steps` rows in the order of the sort; after a cursor, among as many of its
    ties and, if there are no more ties, among as many rows beyond them.

    The rows are tested as they come, so the walk ends when the page is full: if the ties fill it, before what is
    beyond them. The inner LIMIT keeps both databases from merging the SELECTs, and since there is nothing to join,
    they keep the order. If some filters match few items, the walk passes only entries of the sort's index, looks each
    up in the sets, and reads the rows of those few.
    """
    rows, column = _walked(definition, sort, filters), sort_column(definition, sort)
    ranges, tests = _ranges_and_tests(definition, sort, filters, has_cursor)
    by_entry = [number for number in tests if number in few] if few else tests
    if rows is not definition.rows:  # to test other columns of it, SQLite would sort the entries of another index
        entry = _entry(definition, sort)
        by_entry = [number for number in by_entry if _tested_column(definition, filters, number, few) in entry]
    by_row = [number for number in tests if number not in by_entry]
    names = ["key", column.name, "id", *(_tested_column(definition, filters, number, few) for number in by_entry)]
    columns = [rows.c[name] for name in dict.fromkeys(names)]

    walked, *beyond = _parts(definition, sort, filters, select(*columns).where(*ranges), has_cursor)
    rest, *_ = _rests(definition, sort, filters, has_cursor)
    has_ended = rest.correlate(None).scalar_subquery().is_(None)  # else the rows behind would follow a gap
    steps_beyond = case((has_ended, _STEPS), else_=literal(0))  # as a condition, SQLite would test it for each row
    parts = [walked.limit(_STEPS), *(part.limit(steps_beyond) for part in beyond)]
    some = (union_all(*(select(part.subquery()) for part in parts)) if beyond else parts[0]).subquery("walked")
    conditions = [_test(definition, filters, number, few, some) for number in by_entry]
    if by_row:
        item = definition.aliased
        row_tests = (_test(definition, filters, number, few, item) for number in by_row)
        row = select(literal(1)).where(item.c.key == some.c.key, *row_tests).correlate(some)
        conditions.append(row.scalar_subquery().is_not(None))
    page = select(some.c.key, some.c[column.name].label("value"), some.c.id.label("id"))
    page = page.where(*conditions).limit(_SIZE)
    if not beyond:
        return page
    both = page.subquery()
    return _ordered(select(both), both.c.value, both.c.id, sort)


@cached_statement(RestRow)
def walk_rest(definition: ListRows, sort: str, filters: FilterParams, has_cursor: bool) -> Select[Any]:
    """A row for each part of a walk that has more than `steps` rows."""
    parts = _rests(definition, sort, filters, has_cursor)
    if len(parts) == 1:
        return parts[0]
    return select(union_all(*(select(part.subquery()) for part in parts)).subquery())


def _rests(definition: ListRows, sort: str, filters: FilterParams, has_cursor: bool) -> list[Select[Any]]:
    """For each part of a walk, a row if it has more than `steps` rows. Its id is in the sort's index."""
    ranges, _ = _ranges_and_tests(definition, sort, filters, has_cursor)
    some = select(_walked(definition, sort, filters).c.id).where(*ranges)
    parts = _parts(definition, sort, filters, some, has_cursor)
    return [part.offset(_STEPS).limit(1) for part in parts]


def _count_row(lead: int, hits: ColumnElement[int], steps: ColumnElement[int]) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [literal(lead).label("lead"), hits.label("hits"), steps.label("steps")]
    return select(*columns)


def _found(
    definition: ListRows, filters: FilterParams, lead: Lead, names: Sequence[str] | dict[str, None]
) -> Select[Any]:
    """Columns of the rows that a lead finds; null for a key that is no row's, so that each step is a row."""
    item = definition.aliased
    some = select(*(item.c[name] for name in names))
    (filter, param), *_ = _lead_filters(definition, filters, lead)
    if filter.keys is None:
        return some.where(*_lead_conditions(definition, filters, lead))
    keys = union_all(*filter.keys(param)).subquery("keys")
    if filter.column is definition.rows.c.key and [*names] == ["key"]:
        return select(keys.c[0].label("key"))
    return some.select_from(keys.outerjoin(item, item.c[filter.column.name] == keys.c[0]))


def _lead_filters(definition: ListRows, filters: FilterParams, lead: Lead) -> list[tuple[Filter, FilterParam]]:
    """The filters by which a lead finds rows: two bounds of days are one filter."""
    (filter, param), *others = [(definition.conditions[name], param) for name, param in (filters[at] for at in lead)]
    if filter.halves and others:
        ((_, end),) = others
        return [(filter.halves.until(end), param)]
    return [(filter, param), *others]


def _lead_conditions(definition: ListRows, filters: FilterParams, lead: Lead) -> Iterator[ColumnElement[bool]]:
    for filter, param in _lead_filters(definition, filters, lead):
        yield filter.condition(definition.aliased.c[filter.column.name], param)


def _tested_column(definition: ListRows, filters: FilterParams, number: int, few: Few) -> str:
    """The name of the column that the test of a filter compares."""
    return "key" if number in few else definition.conditions[filters[number][0]].column.name


def _test(definition: ListRows, filters: FilterParams, number: int, few: Few, rows: FromClause) -> ColumnElement[bool]:
    """The test of a filter for one row at a time."""
    name, param = filters[number]
    filter = definition.conditions[name]
    column = rows.c[_tested_column(definition, filters, number, few)]
    if number in few:
        return as_test(column.in_(_matching_keys(definition, filter, param)))
    return filter.test(column, param)


def _matching_keys(definition: ListRows, filter: Filter, param: FilterParam) -> Select[Any] | CompoundSelect[Any]:
    """The keys of all rows that match a filter."""
    if filter.keys and filter.column is definition.rows.c.key:
        return union_all(*filter.keys(param))
    item = definition.aliased
    return select(item.c.key).where(filter.condition(item.c[filter.column.name], param)).correlate(None)


def _repeats(definition: ListRows, filters: FilterParams, lead: Lead) -> bool:
    """Whether a lead may find a row more than once."""
    given = _lead_filters(definition, filters, lead)
    return any(filter.keys is not None and (param.is_list or not filter.is_unique) for filter, param in given)


def _ranges_and_tests(
    definition: ListRows, sort: str, filters: FilterParams, has_cursor: bool
) -> tuple[list[ColumnElement[bool]], list[int]]:
    """The conditions on the columns of the sort's index, which bound the walk, and the numbers of the filters that are
    tested.

    After a cursor, the bound at which a walk would have begun is a test: of two, SQLite might take it.
    """
    rows, column = _walked(definition, sort, filters), sort_column(definition, sort)
    first = Bound.upper if sort.startswith("-") else Bound.lower
    indexed = _indexed_with(definition, sort, filters)
    ranges, tests = [], []
    for number, (name, param) in enumerate(filters):
        filter = definition.conditions[name]
        if number == indexed:
            one = definition.links.get(name, filter)
            ranges.append(one.condition(one.column, param))
            continue
        is_range = filter.bounds(column) and not (has_cursor and filter.bound is first)
        if is_range:
            ranges.append(filter.condition(rows.c[column.name], param))
        if not is_range or filter.column is not column:
            tests.append(number)
    return ranges, tests


def _parts(
    definition: ListRows, sort: str, filters: FilterParams, rows: Select[Any], has_cursor: bool
) -> list[Select[Any]]:
    """All rows in order; or the rows after a cursor: its ties, then those beyond it. Each is one range of an index.

    Nothing is beyond it if a filter matches one value of the sort only. PostgreSQL would look for it in any index.
    """
    walked, column = _walked(definition, sort, filters), sort_column(definition, sort)
    value, id = walked.c[column.name], walked.c.id
    if not has_cursor:
        return [_ordered(rows, value, id, sort)]
    beyond = _ordered(rows.where(_beyond(value, sort)), value, id, sort)
    if value is id:
        return [beyond]
    ties = rows.where(value == _AFTER_VALUE, id > _AFTER_ID).order_by(id.asc())
    return [ties] if _has_one_value(definition, column, filters) else [ties, beyond]


def _has_one_value(definition: ListRows, column: Column[Any], filters: FilterParams) -> bool:
    """Whether a filter matches only one value of a column."""
    given = [(definition.conditions[name], param) for name, param in filters]
    return any(filter.column is column and filter.bound is None and not param.is_list for filter, param in given)


def _beyond(value: ColumnElement[Any], sort: str) -> ColumnElement[bool]:
    return value < _AFTER_VALUE if sort.startswith("-") else value > _AFTER_VALUE


def _ordered(rows: Select[Any], value: ColumnElement[Any], id: ColumnElement[Any], sort: str) -> Select[Any]:
    return rows.order_by(value.desc() if sort.startswith("-") else value.asc(), id.asc())
