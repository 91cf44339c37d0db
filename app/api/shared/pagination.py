"""Lists: their definition with filters and sorts, their pages with the total, and their items."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain, islice
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field
from sqlalchemy import Column, ColumnElement, Integer, Select, Table, bindparam, func, literal, select, union_all
from typing_extensions import TypedDict

from app.api.shared.cursors import cursor_scope, decode_cursor, encode_cursor, invalid_cursor, next_url
from app.api.shared.dataset_versions import version_number, version_of_removal
from app.api.shared.fields import field_names, only
from app.api.shared.filters import Filter, equals
from app.api.shared.list_params import ListQuery
from app.db.request_context import RequestContext, TooManyRows
from app.db.statements import FilterParam, Statement
from app.enums import LISTS, SearchKind
from app.http.json_encoding import encode
from app.models import ListSize, table
from app.problems import all_of, gone, not_found
from app.search.engines import MatchesSearch
from app.types import SLUGS, Address, Count

COUNT_LIMIT = 10_000
"""Totals are counted up to this number."""

MAX_PAGE_BYTES = 2_000_000
"""How much JSON the items of a page may have, unless there is only one. Such a page ends early."""

MAX_ROWS = 2_000
"""How many rows of each kind, such as evidence, are read at once for several items. Usually they have some hundred."""

BATCH = 20
"""How many items of a whole list are read at once. With a hundred, which leave the CPU's cache, each takes half as long
again."""

MAX_STATEMENTS = 128
"""How many compiled statements each cache keeps, of 40 KB each: filters have more combinations than memory has room."""

T = TypeVar("T")


class Total(TypedDict):
    """The number of items in the whole list, counted up to 10,000."""

    value: Annotated[Count, Field(description="The number of items, or 10,000 if there are more.")]
    relation: Annotated[
        Literal["eq", "gte"], Field(description="`eq`: exactly `value` items; `gte`: `value` items or more.")
    ]


class Listing(TypedDict, Generic[T]):
    """A page of a list."""

    items: Annotated[list[T], Field(description="The items of this page, sorted.")]
    total: Annotated[Total, Field(description="The number of items in the whole list.")]
    next: Annotated[Address | None, Field(description="The URL of the next page; null on the last page.")]


@dataclass(frozen=True, slots=True)
class Sort:
    """The column that a list is sorted by; one for each direction if values are unknown, which come last in both."""

    ascending: Column[Any]
    descending: Column[Any] | None = None


@dataclass(slots=True)
class KeyRow:
    key: int


@dataclass(slots=True)
class ItemRow(KeyRow):
    """The columns that the tables of all lists have."""

    id: str
    changed_in: int


@dataclass(slots=True)
class PageRow(KeyRow):
    """The key of an item, and its position in the list: the value that it is sorted by, and its id."""

    value: Any
    id: str


@dataclass(slots=True)
class TotalRow:
    total: int


def meeting_sorts(rows: Table) -> dict[str, Sort]:
    """The sorts by the date of an item's meeting, and by the place of its words in the meeting's articles."""
    return {"date": Sort(rows.c.date_ascending, rows.c.date_descending), "place": Sort(rows.c.place)}


ReadItems = Callable[[RequestContext, list[int], Set[str]], Mapping[int, T]]
"""Reads what some fields of the items with some keys need. The other fields of these items mean nothing."""


class ListDefinition(Generic[T]):
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
    ) -> None:
        self.name = LISTS[kind]
        self.rows = rows
        self.item = item
        self.query = query
        self.kind = kind
        self.read_items = read_items
        self._fields = field_names(item)
        self.key_of_id = Statement(KeyRow, select(rows.c.key).where(rows.c.id == bindparam("id")))
        self.sorts = {"id": Sort(rows.c.id), **sorts, "changed_in": Sort(rows.c.changed_in)}
        self.filters: Mapping[str, Filter] = {
            **filters,
            "id": equals(rows.c.id),
            "q": Filter(rows.c.key, lambda param: MatchesSearch(rows.c.key, kind, param.name)),
            "changed_since": Filter(rows.c.changed_in, lambda param: rows.c.changed_in > bindparam(param.name)),
        }

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
    scope = cursor_scope(context.path, sort, values, query.fields)
    after, since = all_of(
        [name for name, _ in context.parameters],
        lambda: _position(query.cursor, scope, _column(definition, sort)),
        lambda: _number_since(context, query.changed_since),
    )
    values |= since
    statement = _page(definition, sort, filters, bool(after))
    rows = list(context.rows(statement, **values, **after, size=query.limit + 1))
    items = _first_items(definition.read_some(context, rows[: query.limit], query.fields))
    last = rows[len(items) - 1] if len(rows) > len(items) else None
    cursor = encode_cursor(scope, [last.value, last.id]) if last else None
    (counted,) = context.rows(_total(definition, filters), **values)
    return {"items": items, "total": total_of(counted.total), "next": next_url(context, cursor)}


def all_items(context: RequestContext, definition: ListDefinition[T], query: ListQuery) -> Iterator[list[T]]:
    """All items of a list, sorted, as lists of bounded size: memory does not grow with the list.

    Raises Problem before it returns.
    """
    sort: str = query.sort  # type: ignore[attr-defined]
    filters, values = _filters(definition, query)
    values |= _number_since(context, query.changed_since)
    return _all_items(context, definition, _all_keys(definition, sort, filters), values, query.fields)


def count_items(context: RequestContext, definition: ListDefinition[Any], query: ListQuery) -> int:
    """The number of items in a list, counted up to COUNT_LIMIT + 1. Raises Problem."""
    filters, values = _filters(definition, query)
    values |= _number_since(context, query.changed_since)
    (counted,) = context.rows(_total(definition, filters), **values)
    return counted.total


def _all_items(
    context: RequestContext,
    definition: ListDefinition[T],
    keys: Statement[KeyRow],
    values: dict[str, Any],
    fields: Set[str],
) -> Iterator[list[T]]:
    with context.stream(keys, **values) as rows:
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
    noun = definition.kind.replace("_", " ")
    if version := version_of_removal(context, definition.kind, id):
        raise gone(noun, id, version)
    raise not_found(noun, id)


FilterParams = tuple[tuple[str, FilterParam], ...]
"""The filters of a request, by name: requests with the same filters, whatever their values, share a statement."""


def _filters(definition: ListDefinition[Any], query: ListQuery) -> tuple[FilterParams, dict[str, Any]]:
    """The filters of a query, and the values of their parameters."""
    params = {
        (name, param): value
        for name, filter in definition.filters.items()
        for param, value in filter.params(name, query.value_of(name))
    }
    return tuple(params), {param.name: value for (_, param), value in params.items()}


@lru_cache(maxsize=MAX_STATEMENTS)
def _page(definition: ListDefinition[Any], sort: str, filters: FilterParams, has_cursor: bool) -> Statement[PageRow]:
    """The first rows, or the rows after a position: its ties, then those beyond it; each is one range of an index."""
    column, id = _column(definition, sort), definition.rows.c.id
    conditions = [definition.filters[name].condition(param) for name, param in filters]
    some = select(definition.rows.c.key, column.label("value"), id.label("id")).where(*conditions)
    value: ColumnElement[Any] = bindparam("after_value")
    descending = sort.startswith("-")
    if not has_cursor:
        return Statement(PageRow, _ordered(some, column, id, descending))
    beyond = _ordered(some.where(column < value if descending else column > value), column, id, descending)
    if column is id:
        return Statement(PageRow, beyond)
    ties = some.where(column == value, id > bindparam("after_id")).order_by(id).limit(_SIZE)
    both = union_all(select(ties.subquery()), select(beyond.subquery())).subquery()
    return Statement(PageRow, _ordered(select(both), both.c.value, both.c.id, descending))


@lru_cache(maxsize=MAX_STATEMENTS)
def _all_keys(definition: ListDefinition[Any], sort: str, filters: FilterParams) -> Statement[KeyRow]:
    conditions = [definition.filters[name].condition(param) for name, param in filters]
    column, id = _column(definition, sort), definition.rows.c.id
    ordered = (column.desc() if sort.startswith("-") else column.asc(), id.asc())
    return Statement(KeyRow, select(definition.rows.c.key).where(*conditions).order_by(*ordered))


_SIZE: ColumnElement[int] = bindparam("size", type_=Integer)


def _ordered(rows: Select[Any], value: ColumnElement[Any], id: ColumnElement[Any], descending: bool) -> Select[Any]:
    return rows.order_by(value.desc() if descending else value.asc(), id.asc()).limit(_SIZE)


@lru_cache(maxsize=MAX_STATEMENTS)
def _total(definition: ListDefinition[Any], filters: FilterParams) -> Statement[TotalRow]:
    """The number of rows in the whole list: stored by the loader, or counted up to the limit if there are filters."""
    if not filters:
        sizes = table(ListSize)
        return Statement(TotalRow, select(sizes.c["items"].label("total")).where(sizes.c.name == definition.name))
    conditions = [definition.filters[name].condition(param) for name, param in filters]
    counted = select(literal(1)).select_from(definition.rows).where(*conditions).limit(COUNT_LIMIT + 1).subquery()
    return Statement(TotalRow, select(func.count().label("total")).select_from(counted))


def _column(definition: ListDefinition[Any], sort: str) -> Column[Any]:
    chosen = definition.sorts[sort.removeprefix("-")]
    if sort.startswith("-") and chosen.descending is not None:
        return chosen.descending
    return chosen.ascending


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


def total_of(count: int) -> Total:
    """The total for a count of rows that stopped after the limit."""
    return {"value": min(count, COUNT_LIMIT), "relation": "gte" if count > COUNT_LIMIT else "eq"}
