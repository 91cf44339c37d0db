"""`/changes`: the change log, from which clients update a copy of the dataset."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import Integer, bindparam, func, literal, select
from typing_extensions import TypedDict

from app.api.shared.cursors import decode_cursor, encode_cursor, invalid_cursor, next_url
from app.api.shared.dataset_versions import VersionParam, is_known_version, version_number
from app.api.shared.list_params import Cursor, Limit
from app.api.shared.list_plan import COUNT_LIMIT, counted
from app.api.shared.list_statements import KeyRow, TotalRow
from app.api.shared.pagination import Listing, total_of
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import Statement, columns_of
from app.enums import LISTS, Change, ChangeKind
from app.http.routing import contract_router
from app.models import LoggedChange, table
from app.problems import all_of
from app.types import Address, Count, Id

router = contract_router("changes")

_change = table(LoggedChange)


class ChangeItem(TypedDict):
    """An item that a load added, changed or removed."""

    version: Annotated[Count, Field(description="The number of the dataset version that the load made.")]
    change: Annotated[Change, Field(description="Whether the item was added, changed or removed.")]
    kind: Annotated[
        ChangeKind,
        Field(
            description="The kind of item. Changed evidence is a change of its item. A changed agenda item is also a"
            " change of its meeting."
        ),
    ]
    id: Annotated[Id, Field(description="The id of the item.")]
    url: Annotated[Address, Field(description="The URL of the item; 410 if it was removed.")]
    fields: Annotated[
        list[str],
        Field(description="The changed fields; empty for an added or removed item."),
    ]


class ChangeQuery(BaseModel):
    since: VersionParam = Field(
        default="0",
        description="Only changes after this dataset version (`Readout-Dataset`); `0` is before the first.",
        examples=["0"],
    )
    limit: Limit = 20
    cursor: Cursor = None


_key, _version = _change.c.key, _change.c.version
_last_before = select(_key).where(_version <= bindparam("since")).order_by(_version.desc(), _key.desc()).limit(1)
_after = func.coalesce(bindparam("after", type_=_key.type), _last_before.scalar_subquery(), 0)


@dataclass(slots=True)
class ChangeRow:
    key: int
    version: int
    change: Change
    kind: ChangeKind
    id: str
    fields: list[str]


_page = select(*columns_of(_change, ChangeRow)).where(_key > _after).order_by(_key)
_PAGE = Statement(ChangeRow, _page.limit(bindparam("size", type_=Integer)))
_EXISTS = Statement(KeyRow, select(_key).where(_key == bindparam("key")))
_counted = select(literal(1)).where(_version > bindparam("since")).limit(COUNT_LIMIT + 1).subquery()
_TOTAL = Statement(TotalRow, select(func.count().label("total")).select_from(_counted))


@router.get("/changes")
def list_changes(context: RequestContextDep, query: Annotated[ChangeQuery, Query()]) -> Listing[ChangeItem]:
    """List added, changed and removed items after a dataset version, the oldest change first.

    Apply the changes of all pages in this order to keep a copy of the dataset up to date: request the `url` of each
    item that was not removed.
    """
    scope = f"{context.path} {query.since}"
    since, after = all_of(
        [name for name, _ in context.parameters],
        lambda: version_number(context, "since", query.since),
        lambda: _position(context, query.cursor, scope),
    )
    rows = list(context.rows(_PAGE, since=since, after=after, size=query.limit + 1))
    page_rows = rows[: query.limit]
    cursor = _cursor(context, scope, page_rows[-1].key) if len(rows) > query.limit else None
    (found,) = context.rows(_TOTAL, since=since)
    items = [_item(context, row) for row in page_rows]
    return {"items": items, "total": total_of(counted(found.total)), "next": next_url(context, cursor)}


def _cursor(context: RequestContext, scope: str, key: int) -> str:
    """The cursor of the page after a change.

    It contains the dataset version, since the key of a change means nothing in another database.
    """
    return encode_cursor(scope, [context.version.number, context.version.digest, key])


def _position(context: RequestContext, cursor: str | None, scope: str) -> int | None:
    """The key of the last change before a cursor; None without a cursor. Raises Problem."""
    if cursor is None:
        return None
    number, digest, key = decode_cursor(cursor, scope, int, str, int)
    if not is_known_version(context, number, digest):
        raise invalid_cursor(cursor, "is from a dataset version that this database never had: start again from 0")
    if not list(context.rows(_EXISTS, key=key)):
        raise invalid_cursor(cursor)
    return int(key)


def _item(context: RequestContext, row: ChangeRow) -> ChangeItem:
    return {
        "version": row.version,
        "change": row.change,
        "kind": row.kind,
        "id": row.id,
        "url": context.url(LISTS[row.kind], row.id),
        "fields": row.fields,
    }
