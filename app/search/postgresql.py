"""Full text search on PostgreSQL: `tsvector` over the parts of entries, made by functions of the database.

A part has at most 255 words; most entries have one part (`docs/decisions/0013-full-text-search-on-postgresql.md`).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
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
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, distinct_on
from sqlalchemy.types import NullType

from app.enums import SearchKind
from app.models import SEARCH_BLOCK, SearchEntry, first_entry, table
from app.search import hits
from app.search.engine_snippets import Snippet, Text, passage, phrases
from app.search.ranking import number, text, weight

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
"""Divides the rank by 1 + the logarithm of the number of words (documentation of PostgreSQL, 12.3.3)."""


def matching_keys(kind: SearchKind, query: str) -> Select[Any]:
    first = first_entry(kind)
    wanted = select(func.tsquery_and(func.search_all(text(query)), cast(f"#{kind}", TSQUERY)))
    in_block = _index.c.key.between(first, first + SEARCH_BLOCK - 1)
    found = union_all(_short(wanted, _index.c.key), _long(query).where(in_block)).subquery()
    return select((found.c.key - first).label("key"))


def count_hits(query: str, up_to: int) -> Select[Any]:
    found = union_all(_short(_all(query), _index.c.key), _long(query)).subquery()
    return select(func.count().label("total")).select_from(select(found).limit(up_to).subquery())


def ranked_hits(query: str, limit: str, offset: str) -> Select[Any]:
    page = _page(query, limit, offset)
    part = func.substr(_entry.c.text, page.c.first, page.c.last - page.c.first + 1)
    hit = select(
        _entry.c.kind,
        _entry.c.id,
        _entry.c.title,
        page.c.score,
        part.label("part"),
        (page.c.part > 0).label("goes_before"),
        (page.c.last < func.length(_entry.c.text)).label("goes_on"),
        func.search_letters(part).label("normalized_part"),
        func.search_letters(_entry.c.title).label("normalized_title"),
        select(func.search_letters(text(query))).scalar_subquery().label("normalized_query"),
    )
    return hit.join(page, page.c.key == _entry.c.key).order_by(page.c.score.desc(), page.c.key)


@dataclass(slots=True)
class Hit(hits.Hit):
    part: str
    goes_before: bool
    goes_on: bool
    normalized_part: str
    normalized_title: str
    normalized_query: str

    def snippet(self, query: str) -> Snippet:
        wanted = phrases(Text(query, self.normalized_query))
        shown, matches = passage(Text(self.part, self.normalized_part, self.goes_before, self.goes_on), wanted)
        if matches:
            return shown, matches
        title, matches = passage(Text(self.title, self.normalized_title), wanted)
        return " · ".join(part for part in (title, shown) if part), matches


def _page(query: str, limit: str, offset: str) -> FromClause:
    """The best entries, each with its best part: the part's range of characters, and its score."""
    any_phrase = select(func.search_any(text(query))).scalar_subquery()
    rank = func.ts_rank(_TITLE_TIMES_FOUR, _index.c.words, any_phrase, _BY_LENGTH)
    score = type_coerce(rank * weight(_index.c.key), NullType()).label("score")
    columns = (_index.c.key, _index.c.part, _index.c.first, _index.c.last, score)
    long = _long(query).subquery()
    parts = select(*columns).join(long, long.c.key == _index.c.key).where(_index.c.words.bool_op("@@")(any_phrase))
    best_parts = parts.ext(distinct_on(_index.c.key)).order_by(_index.c.key, score.desc(), _index.c.part)
    found = union_all(_short(_all(query), *columns), select(best_parts.subquery())).subquery()
    best = select(found).order_by(found.c.score.desc(), found.c.key)
    return best.limit(number(limit)).offset(number(offset)).subquery("page")


def _short(wanted: Select[Any], *columns: ColumnElement[Any]) -> Select[Any]:
    """Entries with one part that match."""
    return select(*columns).where(_index.c.words.bool_op("@@")(wanted.scalar_subquery()), ~_index.c.is_long)


def _long(query: str) -> Select[Any]:
    """Entries with several parts that contain every phrase, in whichever parts."""
    every, each = (func.search_phrases(text(query)).table_valued(column("wanted", TSQUERY)) for _ in range(2))
    has_every = func.count(distinct(each.c.wanted)) == select(func.count()).select_from(every).scalar_subquery()
    has_one = _index.c.words.bool_op("@@")(each.c.wanted)
    some = select(_index.c.key).join_from(each, _index, has_one).where(_index.c.is_long)
    return some.group_by(_index.c.key).having(has_every)


def _all(query: str) -> Select[Any]:
    return select(func.search_all(text(query)))
