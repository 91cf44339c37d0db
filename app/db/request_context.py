"""The context of a request: a snapshot of the database, its dataset version, and public URLs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection

from app.db.dialect_sql import index_settings
from app.db.errors import NO_INDEX, Unavailable
from app.db.snapshots import Version
from app.db.statements import ByKeys, RowT, Statement
from app.settings import Settings


class TooManyRows(Exception):
    """The items with some keys have more rows than may be read at once."""


@dataclass(slots=True)
class RequestAddress:
    """A request's path and parameters, and the public URLs that its response has."""

    settings: Settings
    path: str
    """The request's path, without the prefix of the public address."""
    parameters: Sequence[tuple[str, str]]
    """The query parameters, in the order of the query string."""

    def url(self, collection: str, id: str) -> str:
        """The public URL of an item: `url("meetings", id)`."""
        return f"{self.settings.public_url}/{collection}/{id}"

    def read_url(self, kind: str, id: str) -> str:
        """The public URL of an item's page, or of its anchor on the page of its meeting."""
        match kind:
            case "meeting":
                return self.url("read", id)
            case "person":
                return self.url("read/people", id)
            case "party":
                return self.url("read/parties", id)
        prefix = {"evidence": "e", "agenda_item": "agenda"}.get(kind, kind)
        return f"{self.url('read', id.partition('.')[0])}#{prefix}-{id}"


def no_index(_: Version) -> Any:
    """Raise Unavailable: exports are lists without a search query."""
    raise Unavailable(NO_INDEX)


@dataclass(slots=True)
class RequestContext(RequestAddress):
    """The data of an endpoint: a snapshot with its dataset version, and the request's path and parameters."""

    connection: DBAPIConnection
    dialect: Dialect
    version: Version
    may_take_long: bool = True
    """Whether a list may look at any number of rows for its page."""
    open_index: Callable[[Version], Any] = no_index
    """Opens the search index, if it has a dataset version (`app/search/list_index.py`). Raises IndexBehind."""
    max_rows: int | None = None
    """How many rows a statement may return for some keys; None if that is not bounded."""

    def rows(self, statement: Statement[RowT], **values: Any) -> Iterator[RowT]:
        """The rows of a statement for some values of its parameters, read lazily."""
        return statement.rows(self.connection, self.dialect, values)

    def read_by_indexes(self) -> None:
        """Have the database find rows by indexes only from now on."""
        if settings := index_settings(self.dialect):
            self.connection.cursor().execute(settings)

    def stream(self, statement: Statement[RowT], **values: Any) -> AbstractContextManager[Iterator[RowT]]:
        """The rows of a statement that may have any number of them. Only one statement can be streamed at a time."""
        return statement.stream(self.connection, self.dialect, values)

    def rows_by_key(self, statement: ByKeys[RowT], keys: list[int]) -> Iterator[RowT]:
        """The rows of a statement for some keys, read lazily if their number is not bounded. Raises TooManyRows."""
        rows = statement.rows(self.connection, self.dialect, keys)
        if self.max_rows is None:
            return rows
        some = list(islice(rows, self.max_rows + 1))
        if len(some) > self.max_rows:
            raise TooManyRows
        return iter(some)


# It is a dependency only so that the OpenAPI document has no such parameter: ContractRoute passes the context.
RequestContextDep = Annotated[RequestContext, Depends(lambda: None)]
