"""The two search engines, SQLite's FTS5 and PostgreSQL, and the SQL condition that an item matches a query.

The indexed texts are explained in `docs/decisions/0010-full-text-search.md`.
"""

from typing import Any, Protocol

from sqlalchemy import Boolean, ColumnElement, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.enums import SearchKind
from app.search import postgresql, sqlite
from app.search.hits import Hit


class Engine(Protocol):
    """The interface of a search engine, which is a module of this package."""

    @property
    def Hit(self) -> type[Hit]:  # noqa: N802
        """The class of the rows of `ranked_hits`."""

    def matching_keys(self, kind: SearchKind, query: str) -> Select[Any]:
        """The keys of a kind's items that match. `query` is the name of a bound parameter."""

    def ranked_hits(self, query: str, limit: str, offset: str) -> Select[Any]:
        """A page of hits, the best first, with the columns of `Hit`. The arguments are names of bound parameters."""

    def count_hits(self, query: str, up_to: int) -> Select[Any]:
        """The number of hits, counted up to `up_to`."""


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}
"""Search engines by dialect name."""


class MatchesSearch(FunctionElement[bool]):
    """The condition that an item matches a query: `MatchesSearch(key_column, kind, "parameter_name")`."""

    type = Boolean()
    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], kind: SearchKind, query: str) -> None:
        super().__init__(column)
        self.column, self.kind, self.query = column, kind, query


@compiles(MatchesSearch)
def _among_keys(element: MatchesSearch, compiler: SQLCompiler, **options: Any) -> str:
    keys = ENGINES[compiler.dialect.name].matching_keys(element.kind, element.query)
    return compiler.process(element.column.in_(keys), **options)
