"""How PostgreSQL finds: by the words of the entries' parts, as functions of the database make them.

A part has at most 255 words; most entries are one (`docs/decisions/0013-search-on-postgresql.md`).
"""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    TableClause,
    cast,
    column,
    distinct,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.types import NullType

from app.models import SEARCH_BLOCK, SearchEntry, first_entry, table
from app.searching.common import BETWEEN, number, text, weight
from app.vocabulary import SearchKind

_entry = table(SearchEntry)
_index = TableClause(
    "search_index",
    column("key", BigInteger),
    column("part", Integer),
    column("is_long", Boolean),
    column("first", Integer),
    column("last", Integer),
    column("words", TSVECTOR),
)

_TITLE_TIMES_FOUR: ColumnElement[Any] = literal_column("'{0.25, 0.25, 0.25, 1}'::real[]")
_BY_LENGTH = 1
"""Has a rank divided by 1 + the logarithm of how many words there are (documentation of PostgreSQL, 12.3.3)."""


def matching_keys(kind: SearchKind, query: str) -> Select[Any]:
    first = first_entry(kind)
    of_kind = cast(f"#{kind}", TSQUERY)
    in_block = _index.c.key.between(first, first + SEARCH_BLOCK - 1)
    found = union_all(
        _short(func.tsquery_and(func.search_all(text(query)), of_kind)), _long(query).where(in_block)
    ).subquery()
    return select((found.c.key - first).label("key"))


def ranked(query: str, limit: str, offset: str) -> Select[Any]:
    rank = func.ts_rank(_TITLE_TIMES_FOUR, _index.c.words, func.search_any(text(query)), _BY_LENGTH)
    score = type_coerce(rank * weight(_index.c.key), NullType()).label("score")
    found = _found(query)
    parts = select(_index, score).join(found, found.c.key == _index.c.key)
    parts = parts.distinct(_index.c.key).order_by(_index.c.key, rank.desc(), _index.c.part)
    best = parts.subquery("best")
    page = (
        select(best)
        .order_by(best.c.score.desc(), best.c.key)
        .limit(number(limit))
        .offset(number(offset))
        .subquery("page")
    )
    shown = func.substr(_entry.c.text, page.c.first, page.c.last - page.c.first + 1)
    title = func.search_snippet(text(query), _entry.c.title, False, False)
    body = func.search_snippet(text(query), shown, page.c.part > 0, page.c.last < func.length(_entry.c.text))
    snippet = title.concat(BETWEEN).concat(body).label("snippet")
    hit = select(_entry.c.kind, _entry.c.id, _entry.c.title, page.c.score, snippet)
    return hit.join(page, page.c.key == _entry.c.key).order_by(page.c.score.desc(), page.c.key)


def counted(query: str, up_to: int) -> Select[Any]:
    return select(func.count()).select_from(select(_found(query)).limit(up_to).subquery())


def _found(query: str) -> FromClause:
    """The keys of the entries that have all phrases of a query."""
    return union_all(_short(func.search_all(text(query))), _long(query)).subquery("found")


def _short(wanted: Any) -> Select[Any]:
    """Of the entries that are one part."""
    return select(_index.c.key).where(_matches(wanted), ~_index.c.is_long)


def _long(query: str) -> Select[Any]:
    """Of the entries in several parts, which may have one phrase here and another there."""
    phrases = func.search_phrases(text(query)).table_valued(column("phrase", ARRAY(String)), name="phrases")
    every = select(func.count()).select_from(func.search_phrases(text(query)).table_valued("phrase"))
    some = select(_index.c.key).join_from(phrases, _index, _matches(func.search_phrase(phrases.c.phrase)))
    has_every = func.count(distinct(phrases.c.phrase)) == every.scalar_subquery()
    return some.where(_index.c.is_long).group_by(_index.c.key).having(has_every)


def _matches(wanted: Any) -> Any:
    return _index.c.words.bool_op("@@")(wanted)
