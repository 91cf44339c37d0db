"""What every list shares: its query, its page, and the walk through it by cursors."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints
from sqlalchemy import Column, ColumnElement, Integer, Select, Table, bindparam, func, literal, select, union_all
from typing_extensions import TypedDict

from app.api.shared.cursors import cursor_scope, decode_cursor, encode_cursor, next_url
from app.api.shared.dataset_versions import VersionParam, version_number, version_of_removal
from app.dates import days
from app.db.request_context import RequestContext
from app.db.statements import FilterParam, Statement
from app.enums import LISTS, SearchKind
from app.models import ListSize, table
from app.problems import all_of, gone, not_found
from app.search.engines import MatchesSearch
from app.search.query_parsing import normalize_query
from app.types import COUNTRY, SLUGS, Address, Count, PartialDate

COUNT_LIMIT = 10_000
"""How far a total is counted."""

T = TypeVar("T")


def _first_day(text: str) -> str:
    return days(text)[0]


def _last_day(text: str) -> str:
    return days(text)[1]


def _digits(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch("[0-9]{1,9}", value):
        raise ValueError("is not a whole number from 1 to 100")
    return value


PublicId = Annotated[str, StringConstraints(pattern=SLUGS, max_length=400)]
Country = Annotated[str, StringConstraints(pattern=COUNTRY)]
FirstDay = Annotated[PartialDate, AfterValidator(_first_day)]
"""A partial date, taken as the first of its days."""
LastDay = Annotated[PartialDate, AfterValidator(_last_day)]
"""A partial date, taken as the last of its days."""


Limit = Annotated[int, BeforeValidator(_digits), Field(ge=1, le=100, description="How many items a page has at most.")]
Cursor = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=4000,
        description="Where the page begins; only from `next`, and for the same filters and sort.",
        examples=["ZTZiNjE2MzNlYjUwZGUwYVsia2lyaWxsLWRtaXRyaWV2IiwgImtpcmlsbC1kbWl0cmlldiJd"],
    ),
]
SearchWords = Annotated[str, Field(min_length=1), AfterValidator(normalize_query)]
"""What a person searches for, as the database takes it."""


class ListQuery(BaseModel):
    """The parameters that every list takes."""

    limit: Limit = 20
    cursor: Cursor = None
    id: list[PublicId] = Field(default=[], description="Only the items with these ids.")
    q: SearchWords | None = Field(
        default=None,
        description="Only items that full text search finds for these words; in double quotes they are a phrase.",
        examples=["Russia"],
    )
    changed_since: VersionParam | None = Field(
        default=None,
        description="Only what changed after a dataset version, as `Readout-Dataset` names it; `0` is before all.",
        examples=["0"],
    )


class Total(TypedDict):
    """How many items the whole list has, counted to 10,000."""

    value: Annotated[Count, Field(description="The number of items, or 10,000 where there are more.")]
    relation: Annotated[Literal["eq", "gte"], Field(description="`eq`: just that many; `gte`: that many or more.")]


class Listing(TypedDict, Generic[T]):
    """A page of a list."""

    items: Annotated[list[T], Field(description="The items of this page, in order.")]
    total: Annotated[Total, Field(description="How long the whole list is.")]
    next: Annotated[Address | None, Field(description="The address of the next page; null on the last.")]


@dataclass(frozen=True, slots=True)
class Sort:
    """The columns that a list is sorted by, one for each direction: what is unknown comes last in both."""

    ascending: Column[Any]
    descending: Column[Any]


def sort_on(column: Column[Any]) -> Sort:
    """A sort by a column that knows nothing unknown."""
    return Sort(column, column)


@dataclass(slots=True)
class PageRow:
    """The key of an item, with the values of the sort: its position in the list."""

    key: int
    value: Any
    id: str


@dataclass(slots=True)
class TotalRow:
    total: int


@dataclass(slots=True)
class KeyRow:
    key: int


FilterCondition = Callable[[FilterParam], ColumnElement[bool]]


class ListDefinition:
    """A list: its table, what it can be sorted by, and the condition that each filter is.

    `kind` is what search calls its items, and the change log those that it speaks of.
    """

    def __init__(
        self,
        rows: Table,
        sorts: Mapping[str, Sort],
        filters: Mapping[str, FilterCondition],
        kind: SearchKind,
    ) -> None:
        self.name = LISTS[kind]
        self.rows = rows
        self.kind = kind
        self.sorts = {**sorts, "changed_in": sort_on(rows.c.changed_in)}
        self.conditions: Mapping[str, FilterCondition] = {
            **filters,
            "id": lambda given: given.matches(rows.c.id),
            "q": lambda given: MatchesSearch(rows.c.key, kind, given.name),
            "changed_since": lambda given: rows.c.changed_in > bindparam(given.name),
        }


@dataclass(frozen=True, slots=True)
class Page:
    """The keys of a page's items, in order, with what is told of the list."""

    keys: list[int]
    total: Total
    next: str | None

    def listing(self, items: Mapping[int, T]) -> Listing[T]:
        """The page with its items, by key."""
        return {"items": [items[key] for key in self.keys], "total": self.total, "next": self.next}


def paginate(context: RequestContext, query: ListQuery, listed: ListDefinition) -> Page:
    """One page of a list, at a cost that does not grow with its depth.

    `query.sort` names one of the list's sorts, with `-` before it for descending; ties are by id ascending.
    """
    sort: str = query.sort  # type: ignore[attr-defined]
    shape = tuple(given for name in listed.conditions if (given := _given(query, name)))
    values = {given.name: _value(query, given) for given in shape}
    scope = cursor_scope(context.path, sort, values)
    after, since = all_of(
        lambda: _position(query.cursor, scope, _column(listed, sort)),
        lambda: _number_since(context, query.changed_since),
    )
    values |= since
    statement = _page(listed, sort, shape, bool(after))
    found = list(context.rows(statement, **values, **after, size=query.limit + 1))
    here = found[: query.limit]
    cursor = encode_cursor(scope, [here[-1].value, here[-1].id]) if len(found) > query.limit else None
    (counted,) = context.rows(_total(listed, shape), **values)
    return Page([row.key for row in here], total_of(counted.total), next_url(context, cursor))


def find_key(context: RequestContext, listed: ListDefinition, id: str) -> int:
    """The key of the item with an id. Raises Problem where there is none, or none any more."""
    for row in context.rows(_key(listed), id=id):
        return row.key
    if version := version_of_removal(context, listed.kind, id):
        raise gone(listed.kind, id, version)
    raise not_found(listed.kind, id)


Shape = tuple[FilterParam, ...]
"""The filters that a request gives: requests of one shape are answered by one statement."""


def _given(query: ListQuery, name: str) -> FilterParam | None:
    value = getattr(query, name)
    return FilterParam(name, isinstance(value, list) and len(value) > 1) if value else None


def _value(query: ListQuery, given: FilterParam) -> Any:
    value = getattr(query, given.name)
    if isinstance(value, list):
        return [str(each) for each in value] if given.is_list else str(value[0])
    return value


@lru_cache(maxsize=1024)
def _page(listed: ListDefinition, sort: str, shape: Shape, further: bool) -> Statement[PageRow]:
    """The first rows, or those after a position: its ties, then what lies beyond; each is one range of an index."""
    column, id = _column(listed, sort), listed.rows.c.id
    conditions = [listed.conditions[given.name](given) for given in shape]
    some = select(listed.rows.c.key, column.label("value"), id.label("id")).where(*conditions)
    value: ColumnElement[Any] = bindparam("after_value")
    descends = sort.startswith("-")
    if not further:
        return Statement(PageRow, _ordered(some, column, id, descends))
    beyond = _ordered(some.where(column < value if descends else column > value), column, id, descends)
    if column is id:
        return Statement(PageRow, beyond)
    ties = some.where(column == value, id > bindparam("after_id")).order_by(id).limit(_SIZE)
    both = union_all(select(ties.subquery()), select(beyond.subquery())).subquery()
    return Statement(PageRow, _ordered(select(both), both.c.value, both.c.id, descends))


_SIZE: ColumnElement[int] = bindparam("size", type_=Integer)


def _ordered(some: Select[Any], value: ColumnElement[Any], id: ColumnElement[Any], descends: bool) -> Select[Any]:
    return some.order_by(value.desc() if descends else value.asc(), id.asc()).limit(_SIZE)


@lru_cache(maxsize=1024)
def _total(listed: ListDefinition, shape: Shape) -> Statement[TotalRow]:
    """How many rows the whole list has: kept by the loader, or counted, no further than it is told."""
    if not shape:
        sizes = table(ListSize)
        return Statement(TotalRow, select(sizes.c["items"].label("total")).where(sizes.c.name == listed.name))
    conditions = [listed.conditions[given.name](given) for given in shape]
    counted = select(literal(1)).select_from(listed.rows).where(*conditions).limit(COUNT_LIMIT + 1).subquery()
    return Statement(TotalRow, select(func.count().label("total")).select_from(counted))


@lru_cache
def _key(listed: ListDefinition) -> Statement[KeyRow]:
    return Statement(KeyRow, select(listed.rows.c.key).where(listed.rows.c.id == bindparam("id")))


def _column(listed: ListDefinition, sort: str) -> Column[Any]:
    chosen = listed.sorts[sort.removeprefix("-")]
    return chosen.descending if sort.startswith("-") else chosen.ascending


def _position(cursor: str | None, scope: str, column: Column[Any]) -> dict[str, Any]:
    """The values of a statement's parameters for the rows after a cursor."""
    if cursor is None:
        return {}
    return dict(
        zip(("after_value", "after_id"), decode_cursor(cursor, scope, column.type.python_type, str), strict=True)
    )


def _number_since(context: RequestContext, since: str | None) -> dict[str, Any]:
    """The value of a statement's parameter for the version that a request gives, if it gives one."""
    return {} if since is None else {"changed_since": version_number(context, "changed_since", since)}


def total_of(counted: int) -> Total:
    """A total as it is told."""
    return {"value": min(counted, COUNT_LIMIT), "relation": "gte" if counted > COUNT_LIMIT else "eq"}
