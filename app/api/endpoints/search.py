"""`/search`: full text search over all items, the best hit first."""

import json
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field, WithJsonSchema
from typing_extensions import TypedDict

from app.api.shared.cursors import decode_cursor, encode_cursor, invalid_cursor, next_url
from app.api.shared.list_params import Cursor, Limit, SearchWords
from app.api.shared.list_plan import COUNT_LIMIT, counted
from app.api.shared.list_statements import TotalRow
from app.api.shared.pagination import Listing, total_of
from app.api.shared.schemas import Url
from app.db.request_context import RequestContext, RequestContextDep
from app.db.statements import Statement
from app.enums import LISTS, SearchKind
from app.http.routing import contract_router
from app.search.engines import ENGINES
from app.search.hits import Hit as FoundHit
from app.types import Id

router = contract_router("search")

Match = Annotated[
    tuple[int, int],
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 2,
            "maxItems": 2,
            "description": "The start and the exclusive end of a match in the snippet's text, in code points.",
        }
    ),
]


class Snippet(TypedDict):
    """The passage with the best matches."""

    text: Annotated[
        str,
        Field(
            description="Plain text, cut at words, with `…` for an omission and `·` between texts. If only the title"
            " matches, it is the title and the beginning of the text."
        ),
    ]
    matches: Annotated[list[Match], Field(description="The positions of the matches.")]


class Hit(TypedDict):
    """An item that matches the query."""

    kind: Annotated[SearchKind, Field(description="The kind of item.")]
    id: Annotated[Id, Field(description="The id of the item.")]
    url: Url
    title: Annotated[
        str, Field(description="The name or title; for a quote the speakers, for evidence the title of its record.")
    ]
    snippet: Annotated[Snippet, Field(description="The passage with the best matches.")]
    score: Annotated[
        float,
        Field(description="The relevance: higher is better. Scores of different queries cannot be compared."),
    ]


class SearchQuery(BaseModel):
    q: SearchWords = Field(
        description="The search query, at most 32 words. An item must contain all of them, in any order; words in "
        "double quotes are a phrase. Case, diacritics, punctuation and operators are ignored.",
        examples=["foreign minister"],
    )
    limit: Limit = 20
    cursor: Cursor = None


_HITS = {name: Statement(engine.Hit, engine.ranked_hits("q", "size", "start")) for name, engine in ENGINES.items()}
_TOTALS = {name: Statement(TotalRow, engine.count_hits("q", COUNT_LIMIT + 1)) for name, engine in ENGINES.items()}


@router.get("/search")
def search(context: RequestContextDep, query: Annotated[SearchQuery, Query()]) -> Listing[Hit]:
    """Search all items.

    Returns a page of hits, the best first; only the first 10,000 hits are listed. A `cursor` is valid for one dataset
    version, since the ranking may change with the dataset.
    """
    scope = json.dumps([context.path, query.q])
    start = _start(context, query.cursor, scope) if query.cursor else 0
    (found,) = context.rows(_TOTALS[context.dialect.name], q=query.q)
    if query.cursor and not 0 < start < min(found.total, COUNT_LIMIT):
        raise invalid_cursor(query.cursor)
    size = max(0, min(query.limit, COUNT_LIMIT - start))
    rows = context.rows(_HITS[context.dialect.name], q=query.q, size=size, start=start)
    has_next = start + size < min(found.total, COUNT_LIMIT)
    cursor = encode_cursor(scope, [start + size, str(context.version)]) if has_next else None
    hits = [_hit(context, query.q, row) for row in rows]
    return {"items": hits, "total": total_of(counted(found.total)), "next": next_url(context, cursor)}


def _start(context: RequestContext, cursor: str, scope: str) -> int:
    """The offset of a cursor's page. Raises Problem for another dataset version, since its ranking may differ."""
    start, version = decode_cursor(cursor, scope, int, str)
    if version != str(context.version):
        message = f"is of the dataset version {version}, which is no longer served: search again without it"
        raise invalid_cursor(cursor, message)
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
