"""Full text search by SQLite's FTS5: all that is particular to the engine, for whoever makes statements of it.

What is indexed, and why so, is told in `docs/decisions/0010-search-entries.md`.
"""

import re
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    TableClause,
    bindparam,
    case,
    column,
    func,
    select,
)

from app.models import SEARCH_BLOCK, SearchEntry, first_entry, table
from app.vocabulary import SearchKind

WORDS = 32
"""How many words a query has at most: each is looked up, and weighed in every hit."""

_WEIGHTS = {
    SearchKind.meeting: 2.0,
    SearchKind.delegate: 1.0,
    SearchKind.agreement: 1.0,
    SearchKind.quote: 1.0,
    SearchKind.person: 2.0,
    SearchKind.party: 2.0,
    SearchKind.source: 2.0,
    SearchKind.evidence: 0.25,
}
"""What scores are multiplied by, so that what a record is about comes before what is in it, and evidence last.

The longer a text, the lower its score; articles, and meetings with their agenda, are the longest.
"""

_OPEN, _CLOSE, _BETWEEN = "\ufdd0", "\ufdd1", "\ufdd2"
"""Noncharacters, which no text for people has: around a snippet's matches, and between its title and its text."""

_SNIPPET_WORDS = 32
_DIVIDERS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")

_entry = table(SearchEntry)
_index = TableClause("search_index", column("search_index", String), column("rowid", Integer), column("rank", Float))


def words_and_phrases(q: str) -> str:
    """What a person typed, as FTS5 takes it, whatever it is: words that an entry must all have, in any order.

    A pair of double quotes makes a phrase, as do signs within a word (`four-hour`); `AND`, `NOT`, `*` and the like mean
    nothing special. Without a word, it matches nothing. Raises ValueError for more than 32 different words.
    """
    found = (phrase or word for phrase, word in _PHRASE_OR_WORD.findall(_DIVIDERS.sub(" ", q)))
    different = {part.lower(): f'"{part}"' for part in found if _WORD.search(part)}
    if sum(len(_WORD.findall(part)) for part in different) > WORDS:
        raise ValueError(f"has more than {WORDS} words")
    return " ".join(different.values()) or '""'


def matching_keys(kind: SearchKind, query: str) -> Select[Any]:
    """The keys of a kind's rows whose entries match the bound parameter named `query`, for `table.c.key.in_(…)`."""
    first = first_entry(kind)
    of_kind = _index.c.rowid.between(first, first + SEARCH_BLOCK - 1)
    return select((_index.c.rowid - first).label("key")).where(_matches(query), of_kind)


def ranked(query: str, limit: str, offset: str) -> Select[Any]:
    """Some of the hits, best first, by bound parameters of these names: `kind, id, title, score, snippet`.

    The score is above 0, and comparable within one query; what `snippet` holds, `snippet_ranges` takes apart.
    """
    weight = case(*((_index.c.rowid < first_entry(kind) + SEARCH_BLOCK, _WEIGHTS[kind]) for kind in SearchKind))
    rank = (_index.c.rank * weight).label("rank")
    best = select(_index.c.rowid, rank).where(_matches(query)).order_by(rank, _index.c.rowid)
    page = best.limit(_number(limit)).offset(_number(offset)).subquery("page")
    # of one row at a time: joined, the index would be searched anew from its first hit to its last
    title, text = (func.snippet(_index.c.search_index, at, _OPEN, _CLOSE, "…", _SNIPPET_WORDS) for at in (0, 1))
    snippet = select(title.concat(_BETWEEN).concat(text))
    marked = snippet.where(_matches(query), _index.c.rowid == page.c.rowid).scalar_subquery().label("snippet")
    hit = select(_entry.c.kind, _entry.c.id, _entry.c.title, (-page.c.rank).label("score"), marked)
    return hit.join(page, page.c.rowid == _entry.c.key).order_by(page.c.rank, page.c.rowid)


def counted(query: str, up_to: int) -> Select[Any]:
    """How many hits there are, counted no further than `up_to`."""
    some = select(_index.c.rowid).where(_matches(query)).limit(up_to).subquery()
    return select(func.count()).select_from(some)


def snippet_ranges(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A snippet's text, and where its matches stand: start and end, in code points, one after another.

    It is of an entry's text; where nothing matches there, it is the title and how the text begins.
    """
    title, _, text = marked.partition(_BETWEEN)
    return _ranges(text if _OPEN in text else " · ".join(part for part in (title, text) if part))


def _ranges(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, start = "", -1
    ranges: list[tuple[int, int]] = []
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece == _OPEN:
            start = len(text) if start < 0 else start
        elif piece == _CLOSE:
            ranges += [(start, len(text))] if 0 <= start < len(text) else []
            start = -1
        else:
            text += piece
    return text, ranges


def _matches(query: str) -> ColumnElement[bool]:
    return _index.c.search_index.op("MATCH", is_comparison=True)(bindparam(query, type_=String()))


def _number(name: str) -> BindParameter[int]:
    return bindparam(name, type_=Integer())
