"""Full text search: what a person typed, the conditions and statements that find it, and the snippets of hits.

What only SQLite's FTS5 or only PostgreSQL does is in `sqlite` and `postgresql`. What is indexed, and why so, is told in
`docs/decisions/0010-full-text-search.md`.
"""

from typing import Any, Protocol

from sqlalchemy import Boolean, Column, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.enums import SearchKind
from app.search import postgresql, sqlite
from app.search.hits import Hit


class Engine(Protocol):
    """What finds: a module of this package."""

    @property
    def Hit(self) -> type[Hit]:  # noqa: N802
        """The class of the rows of `ranked_hits`."""

    def matching_keys(self, kind: SearchKind, query: str) -> Select[Any]:
        """The keys of a kind's rows whose entries match the bound parameter named `query`."""

    def ranked_hits(self, query: str, limit: str, offset: str) -> Select[Any]:
        """Some of the hits, best first, by bound parameters of these names."""

    def count_hits(self, query: str, up_to: int) -> Select[Any]:
        """How many hits there are, counted no further than `up_to`."""


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}
"""The engines, by the name of the database whose they are."""


class MatchesSearch(FunctionElement[bool]):
    """That a column is the key of a row that is found for a parameter: `Found(column, kind, "name")`."""

    type = Boolean()
    inherit_cache = False

    def __init__(self, column: Column[Any], kind: SearchKind, query: str) -> None:
        super().__init__(column)
        self.column, self.kind, self.query = column, kind, query


@compiles(MatchesSearch)
def _among_keys(element: MatchesSearch, compiler: SQLCompiler, **options: Any) -> str:
    keys = ENGINES[compiler.dialect.name].matching_keys(element.kind, element.query)
    return compiler.process(element.column.in_(keys), **options)
