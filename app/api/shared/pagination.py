"""Lists: their definition with filters and sorts, their pages with the total, and their items."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate, chain, islice
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field
from sqlalchemy import Column, Select, Table, bindparam, select
from typing_extensions import TypedDict

from app.api.shared.cursors import cursor_scope, decode_cursor, encode_cursor, invalid_cursor, next_url
from app.api.shared.dataset_versions import noun, problem_of_removal, version_number
from app.api.shared.fields import field_names, only
from app.api.shared.filters import Bound, Filter, equals
from app.api.shared.list_params import ListQuery
from app.api.shared.list_plan import COUNT_LIMIT, Counted, Listed, counted
from app.api.shared.list_search import SEARCH, SearchedList, matching_rows, searched
from app.api.shared.list_statements import FilterParams, KeyRow, ListRows, Sort, sort_column
from app.db.request_context import RequestContext, TooManyRows
from app.db.statements import Statement, cached_statement
from app.enums import LISTS, SearchKind
from app.http.json_encoding import encode
from app.problems import all_of, not_found
from app.search.matching import Matching
from app.types import SLUGS, Address, Count

MAX_PAGE_BYTES = 2_000_000
"""How much JSON the items of a page may have, unless there is only one. Such a page ends early."""

MAX_ROWS = 2_000
"""How many rows of each kind, such as evidence, are read at once for several items. Usually they have some hundred."""

BATCH = 20
"""How many items of a whole list are read at once. With a hundred, which leave the CPU's cache, each takes half as long
again."""

T = TypeVar("T")


class Total(TypedDict):
    """The number of items in the whole list. Counting is bounded: it stops at 10,000 or earlier."""

    value: Annotated[Count, Field(description="The number of items that were counted, at most 10,000.")]
    relation: Annotated[
        Literal["eq", "gte"], Field(description="`eq`: exactly `value` items; `gte`: `value` items or more.")
    ]


class Listing(TypedDict, Generic[T]):
    """A page of a list."""

    items: Annotated[list[T], Field(description="The items of this page, sorted.")]
    total: Annotated[Total, Field(description="The number of items in the whole list.")]
    next: Annotated[Address | None, Field(description="The URL of the next page; null on the last page.")]


@dataclass(slots=True)
class ItemRow(KeyRow):
    """The columns that the tables of all lists have."""

    id: str
    changed_in: int


def meeting_sorts(rows: Table) -> dict[str, Sort]:
    """The sorts by the date of an item's meeting, and by the place of its words in the meeting's articles."""
    return {"date": Sort(rows.c.date_ascending, rows.c.date_descending), "place": Sort(rows.c.place, has_index=False)}


ReadItems = Callable[[RequestContext, list[int], Set[str]], Mapping[int, T]]
"""Reads what some fields of the items with some keys need. The other fields of these items mean nothing."""


def _filters_of_all(rows: Table) -> dict[str, Filter]:
    """The filters that every list has."""
    return {
        "id": equals(rows.c.id),
        SEARCH: equals(rows.c.key),  # the search index has the keys
        "changed_since": Filter(
            rows.c.changed_in, lambda column, param: column > bindparam(param.name), bound=Bound.lower
        ),
    }


class ListDefinition(ListRows, Generic[T]):
    """A list: its table, its items, its query parameters, its sorts and filters by name, and how its items are read.

    `kind` is the kind of its items in search and in the change log, `item` their TypedDict.
    """

    def __init__(
        self,
        kind: SearchKind,
        rows: Table,
        item: type[T],
        query: type[ListQuery],
        sorts: Mapping[str, Sort],
        filters: Mapping[str, Filter],
        read_items: ReadItems[T],
        indexed_pairs: Sequence[tuple[str, str]] = (),
        indexed_sorts: Sequence[tuple[str, str]] = (),
        links: Mapping[str, Filter] | None = None,
    ) -> None:
        sorts = {"id": Sort(rows.c.id), **sorts, "changed_in": Sort(rows.c.changed_in)}
        filters = {**filters, **_filters_of_all(rows)}
        super().__init__(LISTS[kind], rows, sorts, filters, indexed_pairs, indexed_sorts, links or {})
        self.item = item
        self.query = query
        self.kind = kind
        self.read_items = read_items
        self._fields = field_names(item)
        self.key_of_id = Statement(KeyRow, select(rows.c.key).where(rows.c.id == bindparam("id")))

    def items(self, context: RequestContext, keys: list[int], fields: Set[str] = frozenset()) -> Mapping[int, T]:
        """The items with some keys, by key, with some of their fields, or with all of them if `fields` is empty."""
        if not fields:
            return self.read_items(context, keys, frozenset(self._fields))
        in_order = [name for name in self._fields if name in fields]
        return {key: only(item, in_order) for key, item in self.read_items(context, keys, fields).items()}

    def read(self, context: RequestContext, rows: Sequence[KeyRow]) -> list[T]:
        """The items with the keys in some rows, in the order of the rows."""
        return [*chain.from_iterable(self.batches(context, rows))]

    def batches(
        self, context: RequestContext, rows: Sequence[KeyRow], fields: Set[str] = frozenset()
    ) -> Iterator[list[T]]:
        """The items with the keys in some rows, in their order, as lists of bounded size."""
        done = 0
        while done == 0 or done < len(rows):
            batch = self.read_some(context, rows[done : done + BATCH], fields)
            yield batch
            done += len(batch) or 1

    def read_some(self, context: RequestContext, rows: Sequence[KeyRow], fields: Set[str]) -> list[T]:
        """The items with the first keys in some rows, at least one of them: as many as have at most MAX_ROWS rows."""
        keys = [row.key for row in rows]
        while True:
            try:
                items = self.items(context if len(keys) == 1 else replace(context, max_rows=MAX_ROWS), keys, fields)
            except TooManyRows:
                keys = keys[: len(keys) // 2]
            else:
                return [items[key] for key in keys]


def list_items(context: RequestContext, definition: ListDefinition[T], query: ListQuery) -> Listing[T]:
    """One page of a list, by keyset pagination: deep pages cost no more than the first. Raises Problem.

    `query.sort` is the name of a sort, with `-` before it for descending order; ties are sorted by ascending id.
    """
    sort: str = query.sort  # type: ignore[attr-defined]
    filters, values = _filters(definition, query)
    scope = cursor_scope(context.path, sort, values | ({SEARCH: query.q} if query.q else {}), query.fields)
    after, since = all_of(
        [name for name, _ in context.parameters],
        lambda: _position(query.cursor, scope, sort_column(definition, sort)),
        lambda: _number_since(context, query.changed_since),
    )
    values |= since | after
    listed = Listed(context, definition, sort, _narrowing(filters, values), values, has_cursor=bool(after))
    rows, total = searched(listed, definition.kind, query.q).read(query.limit + 1)
    items = _first_items(definition.read_some(context, rows[: query.limit], query.fields))
    last = rows[len(items) - 1] if len(rows) > len(items) else None
    cursor = encode_cursor(scope, [last.value, last.id]) if last else None
    return {"items": items, "total": total_of(total), "next": next_url(context, cursor)}


def all_items(context: RequestContext, definition: ListDefinition[T], query: ListQuery) -> Iterator[list[T]]:
    """All items of a list, sorted, as lists of bounded size: memory does not grow with the list.

    Raises Problem before it returns.
    """
    listed = searched(listed_by(context, definition, query), definition.kind, query.q)
    matching, listed = (listed.matching, listed.listed) if isinstance(listed, SearchedList) else (None, listed)
    keys = _all_keys(definition, listed.sort, listed.filters)
    return _all_items(context, definition, keys, listed.values, query.fields, matching)


def count_items(context: RequestContext, definition: ListDefinition[Any], query: ListQuery) -> Counted:
    """The number of items in a list, exact up to COUNT_LIMIT whatever it costs. Raises Problem."""
    listed = searched(listed_by(context, definition, query), definition.kind, query.q)
    if not isinstance(listed, SearchedList):
        return listed.count()
    keys = _all_keys(definition, listed.listed.sort, listed.listed.filters)
    with context.stream(keys, **listed.listed.values) as rows:
        return counted(sum(1 for _ in islice(matching_rows(listed.matching, rows), COUNT_LIMIT + 1)))


def listed_by(context: RequestContext, definition: ListDefinition[Any], query: ListQuery) -> Listed:
    """The whole list with the sort and the filters of a query, but not its `q`. Raises Problem."""
    sort: str = query.sort  # type: ignore[attr-defined]
    filters, values = _filters(definition, query)
    values |= _number_since(context, query.changed_since)
    return Listed(context, definition, sort, _narrowing(filters, values), values)


def _all_items(
    context: RequestContext,
    definition: ListDefinition[T],
    keys: Statement[KeyRow],
    values: Mapping[str, Any],
    fields: Set[str],
    matching: Matching | None,
) -> Iterator[list[T]]:
    with context.stream(keys, **values) as all_rows:
        rows = all_rows if matching is None else matching_rows(matching, all_rows)
        while some := list(islice(rows, BATCH)):
            yield from definition.batches(context, some, fields)


def _first_items(items: list[T]) -> list[T]:
    """The first of some items, at least one: as many as have at most MAX_PAGE_BYTES of JSON together."""
    if len(encode(items)) <= MAX_PAGE_BYTES:
        return items
    sizes = accumulate(len(encode(item)) for item in items)
    return items[: max(1, sum(size <= MAX_PAGE_BYTES for size in sizes))]


def get_item(context: RequestContext, definition: ListDefinition[T], id: str, fields: Set[str] = frozenset()) -> T:
    """The item with an id, with some of its fields, or with all of them if `fields` is empty.

    Raises Problem if there is no such item, or if it was removed.
    """
    key = find_key(context, definition, id)
    return definition.items(context, [key], fields)[key]


def find_key(context: RequestContext, definition: ListDefinition[Any], id: str) -> int:
    """The key of the item with an id. Raises Problem if there is no such item, or if it was removed."""
    for row in context.rows(definition.key_of_id, id=id):
        return row.key
    raise problem_of_removal(context, definition.kind, id) or not_found(noun(definition.kind), id)


def _filters(definition: ListDefinition[Any], query: ListQuery) -> tuple[FilterParams, dict[str, Any]]:
    """The filters of a query but `q`, and the values of their parameters."""
    params = {
        (name, param): value
        for name, filter in definition.filters.items()
        if name != SEARCH
        for param, value in filter.params(name, query.value_of(name))
    }
    return tuple(params), {param.name: value for (_, param), value in params.items()}


def _narrowing(filters: FilterParams, values: Mapping[str, Any]) -> FilterParams:
    """The filters without `changed_since=0`, which matches all items: it is before the first version."""
    return tuple(each for each in filters if each[0] != "changed_since" or values["changed_since"] > 0)


@cached_statement(KeyRow)
def _all_keys(definition: ListDefinition[Any], sort: str, filters: FilterParams) -> Select[Any]:
    conditions = [definition.filters[name].condition(definition.filters[name].column, param) for name, param in filters]
    column, id = sort_column(definition, sort), definition.rows.c.id
    ordered = (column.desc() if sort.startswith("-") else column.asc(), id.asc())
    return select(definition.rows.c.key).where(*conditions).order_by(*ordered)


def _position(cursor: str | None, scope: str, column: Column[Any]) -> dict[str, Any]:
    """The statement's parameters for the rows after a cursor. Raises Problem."""
    if cursor is None:
        return {}
    value, id = decode_cursor(cursor, scope, column.type.python_type, str)
    if not re.fullmatch(SLUGS, id) or (column.name == "id" and value != id):
        raise invalid_cursor(cursor)
    return {"after_value": value, "after_id": id}


def _number_since(context: RequestContext, since: str | None) -> dict[str, Any]:
    """The statement's parameter for the version in `changed_since`, if there is one."""
    return {} if since is None else {"changed_since": version_number(context, "changed_since", since)}


def total_of(counted: Counted) -> Total:
    """The total of a list, as its pages have it."""
    return {"value": counted.number, "relation": "eq" if counted.is_exact else "gte"}
