"""Search: full text over everything, best first."""

import json
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from app.api.shared.cursors import decode_cursor, encode_cursor, next_url
from app.api.shared.pagination import COUNT_LIMIT, Cursor, Limit, Listing, SearchWords, TotalRow, total_of
from app.api.shared.schemas import Url
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import Statement
from app.enums import LISTS, SearchKind
from app.http.routing import contract_router
from app.problems import Code, ParameterError, invalid
from app.search.engines import ENGINES
from app.search.hits import Hit as FoundHit
from app.types import Id

router = contract_router("search")

Match = Annotated[
    tuple[int, int],
    Field(description="Where a match begins in the snippet's text, and where it ends, exclusive; in code points."),
]


class Snippet(TypedDict):
    """The passage that was found."""

    text: Annotated[
        str,
        Field(
            description="Plain text, cut at words, `…` where something is left out, `·` between texts. Where only the"
            " title has the words, it is the title and how the rest begins."
        ),
    ]
    matches: Annotated[list[Match], Field(description="Where the matches are.")]


class Hit(TypedDict):
    """Something that was found."""

    kind: Annotated[SearchKind, Field(description="What it is.")]
    id: Annotated[Id, Field(description="Its id.")]
    url: Url
    title: Annotated[str, Field(description="Its name or title; of a quote, who speaks; of evidence, what it is for.")]
    snippet: Annotated[Snippet, Field(description="The passage that was found.")]
    score: Annotated[
        float,
        Field(description="How well it fits: the higher, the better, within one search; it compares with no other."),
    ]


class SearchQuery(BaseModel):
    """What can be searched for."""

    q: SearchWords = Field(
        description="Words that must all occur, in any order; in double quotes they are a phrase. At most 32. Case, "
        "diacritics, signs and operators make no difference.",
        examples=["foreign minister"],
    )
    limit: Limit = 20
    cursor: Cursor = None


_HITS = {name: Statement(engine.Hit, engine.ranked_hits("q", "size", "start")) for name, engine in ENGINES.items()}
_TOTALS = {name: Statement(TotalRow, engine.count_hits("q", COUNT_LIMIT + 1)) for name, engine in ENGINES.items()}


@router.get("/search")
def search(context: RequestContextDep, query: Annotated[SearchQuery, Query()]) -> Listing[Hit]:
    """Everything that has some words, best first; the first 10,000 hits can be reached."""
    scope = json.dumps([context.path, query.q])
    start = _start(context, query.cursor, scope) if query.cursor else 0
    (found,) = context.rows(_TOTALS[context.dialect.name], q=query.q)
    size = max(0, min(query.limit, COUNT_LIMIT - start))
    rows = context.rows(_HITS[context.dialect.name], q=query.q, size=size, start=start)
    further = start + size < min(found.total, COUNT_LIMIT)
    cursor = encode_cursor(scope, [start + size, str(context.version)]) if further else None
    hits = [_hit(context, query.q, row) for row in rows]
    return {"items": hits, "total": total_of(found.total), "next": next_url(context, cursor)}


def _start(context: RequestContext, cursor: str, scope: str) -> int:
    """Where a cursor's page begins. Raises Problem for one of another dataset version, which may rank otherwise."""
    start, version = decode_cursor(cursor, scope, int, str)
    if version != str(context.version):
        message = f"is of the dataset version {version}, which is no longer served: search again without it"
        error = ParameterError(parameter="cursor", value=cursor[:200], message=message, suggestion=None)
        raise invalid([(Code.invalid_cursor, error)])
    return int(start)


def _hit(context: RequestContext, q: str, row: FoundHit) -> Hit:
    text, matches = row.snippet(q)
    return {
        "kind": row.kind,
        "id": row.id,
        "url": context.url(LISTS[row.kind], row.id),
        "title": row.title,
        "snippet": {"text": text, "matches": matches},
        "score": round(row.score, 6),
    }
