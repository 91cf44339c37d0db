"""The quality of search: of each kind of judged query, how many expected hits are among the first five, and how high.

`judged_queries.json` names for each query the hit that a reader means. The weights in `app/search/queries.py` follow
from it.
"""

import json
from collections import defaultdict
from pathlib import Path

from app.enums import SearchKind
from app.search.folder import OpenIndex
from app.search.queries import Filters
from app.search.query_parsing import parse_query
from app.search.searching import Search

JUDGED = json.loads((Path(__file__).parent / "judged_queries.json").read_text(encoding="utf-8"))

RECALL, RECIPROCAL_RANK = 0.95, 0.9
"""How many of the expected hits are among the first five at least, and the mean of 1 / rank."""


def ranks(opened: OpenIndex) -> dict[str, list[tuple[str, int]]]:
    """By kind of query the rank of each expected hit, 0 if it is not among the first ten, with its query."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for each in JUDGED:
        search = Search(opened, parse_query(each["q"]), Filters())
        page = search.page(0, 10)
        if not page.total:
            page = search.of_kind(SearchKind.source).page(0, 10)
        items = [f"{hit.kind}:{hit.stored['id']}" for hit in page.hits]
        for expected in each["expected"]:
            found[each["kind"]].append((each["q"], items.index(expected) + 1 if expected in items else 0))
    return found


def test_what_a_reader_means_is_among_the_first(judged: OpenIndex) -> None:
    by_kind = ranks(judged)
    assert sum(map(len, by_kind.values())) >= 60
    every = {kind: [rank for _, rank in found] for kind, found in by_kind.items()}
    every["all"] = [rank for found in every.values() for rank in found]
    missed = [q for found in by_kind.values() for q, rank in found if not 0 < rank <= 5]
    for kind, found in every.items():
        recall = sum(0 < rank <= 5 for rank in found) / len(found)
        reciprocal_rank = sum(1 / rank for rank in found if rank) / len(found)
        assert recall >= RECALL or (kind != "all" and recall >= 0.9), (kind, recall, missed)
        assert reciprocal_rank >= RECIPROCAL_RANK or kind != "all", (kind, reciprocal_rank)
