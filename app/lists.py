"""What every list shares: its query, its page, and the walk through it by cursors."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Generic, Literal, TypeVar
from urllib.parse import urlencode

from fastapi import Request, Response
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints
from sqlalchemy import Column, ColumnElement, Select, Table, func, literal, select, true, union_all

from app.models import DatasetVersion, table
from app.problems import Code, ParameterError, Problem, invalid
from app.reading import Reading
from app.vocabulary import days

COUNTED = 10_000
"""How far a total is counted."""

T = TypeVar("T")


def _date(text: str) -> str:
    days(text)
    return text


def _digits(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch("[0-9]{1,9}", value):
        raise ValueError("is not a whole number from 1 to 100")
    return value


_SLUGS = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$"
PublicId = Annotated[str, StringConstraints(pattern=_SLUGS, max_length=400)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
PartialDate = Annotated[str, AfterValidator(_date)]
VersionName = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,9}-[0-9a-f]{8})$")]


class ListQuery(BaseModel):
    """The parameters that every list takes."""

    limit: Annotated[int, BeforeValidator(_digits)] = Field(
        default=20, ge=1, le=100, description="How many items a page has at most."
    )
    cursor: str | None = Field(
        default=None,
        min_length=1,
        max_length=4000,
        description="Where the page begins; only from `next`, and for the same filters and sort.",
    )
    id: list[PublicId] = Field(default=[], description="Only the items with these ids.")
    changed_since: VersionName | None = Field(
        default=None,
        description="Only what changed after a dataset version, as `Readout-Dataset` names it; `0` is before all.",
        examples=["0"],
    )


class Total(BaseModel):
    """How many items the whole list has, counted to 10,000."""

    value: int = Field(description="The number of items, or 10,000 where there are more.", examples=[3])
    relation: Literal["eq", "gte"] = Field(description="`eq`: just that many; `gte`: that many or more.")


class Listing(BaseModel, Generic[T]):
    """A page of a list."""

    items: list[T] = Field(description="The items of this page, in the order of `sort`.")
    total: Total
    next: str | None = Field(description="The address of the next page; null on the last.")


@dataclass(frozen=True, slots=True)
class Sort:
    """The columns that a list is sorted by, one for each direction: what is unknown comes last in both."""

    ascending: Column[Any]
    descending: Column[Any]


Sorts = Mapping[str, Sort]


def sort_by(column: Column[Any]) -> Sort:
    """A sort by a column that knows nothing unknown."""
    return Sort(column, column)


@dataclass(frozen=True, slots=True)
class Page:
    """The keys of a page's items, in order, with what is told of the list."""

    keys: list[int]
    total: Total
    next: str | None

    def listing(self, items: Mapping[int, T], response: Response) -> Listing[T]:
        """The page with its items, by key; the `Link` header names the next one too."""
        if self.next:
            response.headers["Link"] = f'<{self.next}>; rel="next"'
        return Listing(items=[items[key] for key in self.keys], total=self.total, next=self.next)


def paginate(
    reading: Reading,
    request: Request,
    query: ListQuery,
    rows: Table,
    sorts: Sorts,
    conditions: Sequence[ColumnElement[bool]],
) -> Page:
    """One page of a table's rows under conditions, in one statement, at a cost that does not grow with its depth.

    `query.sort` names one of `sorts`, with `-` before it for descending; ties are by id ascending.
    """
    order = _Order(query.sort, sorts, rows)  # type: ignore[attr-defined]
    binding = _binding(request.url.path, query)
    after = _position(query.cursor, binding, order.column) if query.cursor else None
    wanted = [*conditions, *_shared_conditions(query, rows)]
    page = order.page(wanted, after, query.limit + 1).subquery()
    head = _head(query, rows, wanted).subquery()
    statement = select(head, page).select_from(head.outerjoin(page, true()))
    found = reading.connection.execute(order.applied_to(statement, page.c.value, page.c.id)).all()
    _check_since(query, found[0].digest)
    here = [row for row in found if row.key is not None][: query.limit]
    further = len(found) > query.limit
    cursor = _cursor(binding, here[-1].value, here[-1].id) if further else None
    return Page([row.key for row in here], _total(found[0].total), _next(reading, request, cursor))


class _Order:
    """The order of a list: by a column in a direction, then by id."""

    def __init__(self, sort: str, sorts: Sorts, rows: Table) -> None:
        self.rows = rows
        self.descends = sort.startswith("-")
        chosen = sorts[sort.removeprefix("-")]
        self.column = chosen.descending if self.descends else chosen.ascending

    def applied_to(self, statement: Select[Any], value: ColumnElement[Any], id: ColumnElement[Any]) -> Select[Any]:
        return statement.order_by(value.desc() if self.descends else value.asc(), id.asc())

    def page(self, conditions: Sequence[ColumnElement[bool]], after: tuple[Any, str] | None, size: int) -> Select[Any]:
        """The first rows, or those after a position: its ties, then what lies beyond; each is one range of an index."""
        column, id = self.column, self.rows.c.id
        some = select(self.rows.c.key, column.label("value"), id.label("id")).where(*conditions)
        if after is None:
            return self.applied_to(some, column, id).limit(size)
        beyond: Select[Any] = some.where(column < after[0] if self.descends else column > after[0])
        beyond = self.applied_to(beyond, column, id).limit(size)
        if column is id:
            return beyond
        ties = some.where(column == after[0], id > after[1]).order_by(id).limit(size)
        both = union_all(select(ties.subquery()), select(beyond.subquery())).subquery()
        chosen: Select[Any] = select(both)
        return self.applied_to(chosen, both.c.value, both.c.id).limit(size)


def _shared_conditions(query: ListQuery, rows: Table) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.id:
        conditions.append(rows.c.id.in_(query.id))
    if query.changed_since is not None:
        conditions.append(rows.c.changed_in > int(query.changed_since.split("-")[0]))
    return conditions


def _head(query: ListQuery, rows: Table, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """The total, counted no further than it is told, and the digest of the version in `changed_since`."""
    counted = select(literal(1)).select_from(rows).where(*conditions).limit(COUNTED + 1).subquery()
    versions, number = table(DatasetVersion), (query.changed_since or "0").split("-")[0]
    digest = select(versions.c.digest).where(versions.c.number == int(number)).scalar_subquery()
    total = select(func.count()).select_from(counted).scalar_subquery()
    return select(total.label("total"), digest.label("digest"))


def _check_since(query: ListQuery, digest: str | None) -> None:
    since = query.changed_since
    if since is not None and since != "0" and (digest is None or not since.endswith(digest[:8])):
        raise unknown_version("changed_since", since)


def unknown_version(parameter: str, value: str) -> Problem:
    """The problem that this database never had a dataset version."""
    message = "is no version that this database has had: start again from 0"
    error = ParameterError(parameter=parameter, value=value, message=message, suggestion="0")
    return invalid([(Code.invalid_parameter, error)])


def _total(counted: int) -> Total:
    return Total(value=min(counted, COUNTED), relation="gte" if counted > COUNTED else "eq")


def _binding(path: str, query: ListQuery) -> str:
    """What a cursor holds for: the path, the filters and the sort."""
    filters = query.model_dump(mode="json", exclude={"limit", "cursor"})
    same = {name: sorted(value) if isinstance(value, list) else value for name, value in filters.items()}
    return sha256(json.dumps([path, same], sort_keys=True).encode()).hexdigest()[:16]


def _cursor(binding: str, value: Any, id: str) -> str:
    """A position, sealed: a cursor is what `next` gave, or none."""
    position = json.dumps([value, id], ensure_ascii=False)
    seal = sha256(f"{binding} {position}".encode()).hexdigest()[:16]
    return urlsafe_b64encode(f"{seal}{position}".encode()).decode().rstrip("=")


def _position(cursor: str, binding: str, column: Column[Any]) -> tuple[Any, str]:
    """The sort value and the id that a cursor stands after. Raises Problem for a cursor of another list, or none."""
    try:
        value, id = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[16:])
        fits = isinstance(id, str) and type(value) is column.type.python_type
        fits = fits and _cursor(binding, value, id) == cursor and not (isinstance(value, int) and abs(value) >= 2**31)
    except (ValueError, TypeError, RecursionError):
        fits = False
    if not fits:
        message = "is not from the `next` of this list with these filters and this sort"
        error = ParameterError(parameter="cursor", value=cursor[:200], message=message, suggestion=None)
        raise invalid([(Code.invalid_cursor, error)])
    return value, id


def _next(reading: Reading, request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{reading.url(request.url.path.strip('/'))}?{urlencode([*given, ('cursor', cursor)])}"


def overlaps(first: Column[Any], last: Column[Any], start: str | None, end: str | None) -> list[ColumnElement[bool]]:
    """The conditions that days overlap a span of partial dates. Raises Problem where it ends before it starts."""
    if start and end and days(start)[0] > days(end)[1]:
        message = f"is after `date_to`, {end}"
        error = ParameterError(parameter="date_from", value=start, message=message, suggestion=None)
        raise invalid([(Code.invalid_parameter, error)])
    return [*([last >= days(start)[0]] if start else []), *([first <= days(end)[1]] if end else [])]
