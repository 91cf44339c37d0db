"""Full text search: what a person typed, the conditions and statements that find it, and the snippets of hits.

What only SQLite's FTS5 or only PostgreSQL does is in `sqlite` and `postgresql`. What is indexed, and why so, is told in
`docs/decisions/0010-full-text-search.md`.
"""

import re
from typing import Any, Protocol

from sqlalchemy import Boolean, Column, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.enums import SearchKind
from app.search import postgresql, sqlite
from app.search.hits import Hit

WORDS = 32
"""How many words a query has at most: each is looked up, and weighed in every hit."""

_DIVIDERS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


def words_and_phrases(q: str) -> str:
    """What a person typed, as both engines take it, whatever it is: words that an entry must all have, in any order.

    A pair of double quotes makes a phrase, as do signs within a word (`four-hour`); `AND`, `NOT`, `*` and the like mean
    nothing special. Without a word, it matches nothing. Raises ValueError for more than 32 different words.
    """
    found = (phrase or word for phrase, word in _PHRASE_OR_WORD.findall(_DIVIDERS.sub(" ", q)))
    different = {part.lower(): f'"{part}"' for part in found if _WORD.search(part)}
    if sum(len(_WORD.findall(part)) for part in different) > WORDS:
        raise ValueError(f"has more than {WORDS} words")
    return " ".join(different.values()) or '""'


class Engine(Protocol):
    """What finds: a module of this package."""

    @property
    def Hit(self) -> type[Hit]:  # noqa: N802
        """The class of the rows of `ranked`."""

    def matching_keys(self, kind: SearchKind, query: str) -> Select[Any]:
        """The keys of a kind's rows whose entries match the bound parameter named `query`."""

    def ranked(self, query: str, limit: str, offset: str) -> Select[Any]:
        """Some of the hits, best first, by bound parameters of these names."""

    def counted(self, query: str, up_to: int) -> Select[Any]:
        """How many hits there are, counted no further than `up_to`."""


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}
"""The engines, by the name of the database whose they are."""


class Found(FunctionElement[bool]):
    """That a column is the key of a row that is found for a parameter: `Found(column, kind, "name")`."""

    type = Boolean()
    inherit_cache = False

    def __init__(self, column: Column[Any], kind: SearchKind, query: str) -> None:
        super().__init__(column)
        self.column, self.kind, self.query = column, kind, query


@compiles(Found)
def _among_keys(element: Found, compiler: SQLCompiler, **options: Any) -> str:
    keys = ENGINES[compiler.dialect.name].matching_keys(element.kind, element.query)
    return compiler.process(element.column.in_(keys), **options)
