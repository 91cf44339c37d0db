"""Full text search on SQLite: FTS5 over the titles and texts of the entries."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, Select, String, TableClause, column, func, select

from app.enums import SearchKind
from app.models import SEARCH_BLOCK, SearchEntry, first_entry, table
from app.search import hits
from app.search.engine_snippets import WORDS, Snippet
from app.search.ranking import number, text, weight

MARKERS = _OPEN, _CLOSE, _BETWEEN = "\ufdd0", "\ufdd1", "\ufdd2"
"""Around the matches of a snippet, and between title and text. They are noncharacters, which the loader refuses."""

_entry = table(SearchEntry)
_index = TableClause("search_index", column("search_index", String), column("rowid", Integer), column("rank", Float))


def matching_keys(kind: SearchKind, query: str) -> Select[Any]:
    first = first_entry(kind)
    of_kind = _index.c.rowid.between(first, first + SEARCH_BLOCK - 1)
    return select((_index.c.rowid - first).label("key")).where(_matches(query), of_kind)


def ranked_hits(query: str, limit: str, offset: str) -> Select[Any]:
    rank = (_index.c.rank * weight(_index.c.rowid)).label("rank")
    best = select(_index.c.rowid, rank).where(_matches(query)).order_by(rank, _index.c.rowid)
    page = best.limit(number(limit)).offset(number(offset)).subquery("page")
    # one row at a time: a join would search the index again from its first hit to its last
    title, body = (func.snippet(_index.c.search_index, at, _OPEN, _CLOSE, "…", WORDS) for at in (0, 1))
    snippet = select(title.concat(_BETWEEN).concat(body))
    marked = snippet.where(_matches(query), _index.c.rowid == page.c.rowid).scalar_subquery().label("marked")
    hit = select(_entry.c.kind, _entry.c.id, _entry.c.title, (-page.c.rank).label("score"), marked)
    return hit.join(page, page.c.rowid == _entry.c.key).order_by(page.c.rank, page.c.rowid)


@dataclass(slots=True)
class Hit(hits.Hit):
    marked: str
    """The snippets of the title and of the text, with marks around the matches."""

    def snippet(self, query: str) -> Snippet:
        title, _, text = self.marked.partition(_BETWEEN)
        return ranges(text if _OPEN in text else " · ".join(part for part in (title, text) if part))


def ranges(marked: str) -> Snippet:
    """A text without the marks around its matches, and the positions of the matches."""
    text, start = "", -1
    found: list[tuple[int, int]] = []
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece == _OPEN:
            start = len(text) if start < 0 else start
        elif piece == _CLOSE:
            found += [(start, len(text))] if 0 <= start < len(text) else []
            start = -1
        else:
            text += piece
    return text, found


def count_hits(query: str, up_to: int) -> Select[Any]:
    some = select(_index.c.rowid).where(_matches(query)).limit(up_to).subquery()
    return select(func.count().label("total")).select_from(some)


def _matches(query: str) -> ColumnElement[bool]:
    return _index.c.search_index.op("MATCH", is_comparison=True)(text(query))
