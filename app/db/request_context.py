"""What a request reads: one snapshot of the database, the version in it, and the addresses of what is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection

from app.db.snapshots import Version
from app.db.statements import ByKeys, RowT, Statement
from app.settings import Settings


@dataclass(slots=True)
class RequestContext:
    """What an endpoint answers from: a snapshot with its dataset version, and what the request asked for."""

    connection: DBAPIConnection
    dialect: Dialect
    version: Version
    settings: Settings
    path: str
    """The request's path, without the prefix of the public address."""
    parameters: Sequence[tuple[str, str]]
    """The query, as it was given."""

    def rows(self, statement: Statement[RowT], **values: Any) -> Iterator[RowT]:
        """The rows that a statement gives for some values of its parameters, read as they are asked for."""
        return statement.rows(self.connection, self.dialect, values)

    def of(self, statement: ByKeys[RowT], keys: list[int]) -> Iterator[RowT]:
        """The rows that a statement gives for some keys."""
        return statement.rows(self.connection, self.dialect, keys)

    def url(self, collection: str, id: str) -> str:
        """The public address of something: `url("meetings", id)`."""
        return f"{self.settings.public_url}/{collection}/{id}"

    def read_url(self, kind: str, id: str) -> str:
        """The public address where a reader sees something: its page, or its place on its meeting's page."""
        match kind:
            case "meeting":
                return self.url("read", id)
            case "person":
                return self.url("read/people", id)
            case "party":
                return self.url("read/parties", id)
        prefix = "e" if kind == "evidence" else kind
        return f"{self.url('read', id.partition('.')[0])}#{prefix}-{id}"


# A dependency by its form alone, so that the OpenAPI document has no such parameter: ContractRoute gives it.
RequestContextDep = Annotated[RequestContext, Depends(lambda: None)]
