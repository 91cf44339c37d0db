"""Which items of a kind match a search query, in an index as of one commit: for lists with `q`.

An item of a list matches if it would be a hit of a search. Similar names are for searches alone.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import islice

import orjson
from tantivy import Occur, Query

from app.enums import SearchKind
from app.search.folder import OpenIndex
from app.search.folding import fold_all
from app.search.queries import Filters, QueryMaker
from app.search.query_parsing import ParsedQuery, parse_query
from app.search.schema import stored_hit
from app.search.snippets import Matcher

FACTS_AT_ONCE = 200
"""The evidence of how many facts is in memory at once."""

TEST_COST, MOST_KEYS = 10, 200_000
"""To test whether an item matches takes as long as to read the keys of so many that do. How many are read at most."""

RecordKeys = Callable[[list[int]], Iterable[int]]
"""Returns the keys of the records that evidence with some keys belongs to."""


class Matching(ABC):
    """The items of a kind that match a query."""

    @abstractmethod
    def keys(self, up_to: int) -> list[int] | None:
        """The keys of all items that match; None if there are more than `up_to`."""

    @abstractmethod
    def among(self, keys: list[int]) -> Set[int]:
        """Which of some items match, by their keys."""


def matching(opened: OpenIndex, kind: SearchKind, q: str, record_keys: RecordKeys) -> Matching:
    """The items of a kind that match a query. `record_keys` is for evidence."""
    if kind == SearchKind.evidence:
        return _MatchingEvidence(opened, parse_query(q), record_keys)
    return _MatchingItems(opened, QueryMaker(opened).matching(parse_query(q), Filters(kinds=(kind,))))


class _Documents:
    """The documents that match a query of Tantivy."""

    def __init__(self, opened: OpenIndex, query: Query) -> None:
        self._opened, self._searcher, self._query = opened, opened.searcher, Query.const_score_query(query, 0)

    def count(self) -> int:
        """The number of documents: it takes a fraction of the time of a search with a count."""
        return int(self._searcher.aggregate(self._query, {"all": {"filter": "*"}})["all"]["doc_count"])

    def keys(self, number: int) -> list[int]:
        """The keys of the first documents."""
        addresses = [address for _, address in self._searcher.search(self._query, max(1, number), count=False).hits]
        return self._searcher.fast_field_values("key", addresses)  # type: ignore[return-value]  # integers

    def hits(self, number: int) -> Iterator[bytes]:
        """The stored fields of the first documents."""
        for _, address in self._searcher.search(self._query, max(1, number), count=False).hits:
            yield stored_hit(self._searcher, address)

    def among(self, keys: Sequence[int]) -> "_Documents":
        """Those of the documents that have one of some keys."""
        wanted = Query.term_set_query(self._opened.index.schema, "key", [*keys])
        clauses = [(Occur.Must, self._query), (Occur.Must, wanted)]
        return _Documents(self._opened, Query.boolean_query(clauses))


class _MatchingItems(Matching):
    """Items that have documents of their own."""

    def __init__(self, opened: OpenIndex, query: Query) -> None:
        self._documents = _Documents(opened, query)
        self._tested = 0

    def keys(self, up_to: int) -> list[int] | None:
        return self._documents.keys(self._count) if self._count <= up_to else None

    def among(self, keys: list[int]) -> Set[int]:
        """Those of some keys that match. After many tests the keys of all matches are read, unless they are many."""
        self._tested += len(keys)
        if self._count <= min(MOST_KEYS, TEST_COST * self._tested):
            return self._keys.intersection(keys)
        return {*self._documents.among(keys).keys(len(keys))}

    @cached_property
    def _count(self) -> int:
        return self._documents.count()

    @cached_property
    def _keys(self) -> frozenset[int]:
        return frozenset(self._documents.keys(self._count))


class _MatchingEvidence(Matching):
    """Evidence, which is part of the document of its fact. Its own words must have all of the query."""

    def __init__(self, opened: OpenIndex, parsed: ParsedQuery, record_keys: RecordKeys) -> None:
        maker = QueryMaker(opened)
        wanted = ParsedQuery(parsed.wanted)  # an excluded word may be in other evidence of the fact
        of_evidence = Filters(kinds=(SearchKind.evidence,))
        query = Query.empty_query() if parsed.is_empty else maker.matching(wanted, of_evidence)
        self._facts = _Documents(opened, query)
        self._record_keys = record_keys
        self._wanted = [Matcher([phrase], maker.stem_fields) for phrase in parsed.wanted]
        self._excluded = [Matcher([phrase], maker.stem_fields) for phrase in parsed.excluded]

    def keys(self, up_to: int) -> list[int] | None:
        """The keys of all evidence that matches; None if it, or its facts, are more than `up_to`."""
        facts = self._facts.count()
        if facts > up_to:
            return None
        keys = [*islice(self._keys(self._facts, facts), up_to + 1)]
        return keys if len(keys) <= up_to else None

    def among(self, keys: list[int]) -> Set[int]:
        records = sorted({*self._record_keys(keys)})
        return {*self._keys(self._facts.among(records), len(records), {*keys})}

    def _keys(self, facts: _Documents, number: int, wanted: Set[int] | None = None) -> Iterator[int]:
        """The keys of the evidence of some facts that matches, of all of it or of what is wanted."""
        hits = facts.hits(number)
        while some := [*islice(hits, FACTS_AT_ONCE)]:
            entries = [entry for hit in some for entry in orjson.loads(hit)["evidence"]]
            if wanted is not None:
                entries = [entry for entry in entries if entry["key"] in wanted]
            texts = [words.split() for words in fold_all([entry["words"] or entry["note"] or "" for entry in entries])]
            yield from (entry["key"] for entry, words in zip(entries, texts, strict=True) if self._match(words))

    def _match(self, words: list[str]) -> bool:
        """Whether a folded text has all of the query."""
        has_all = all(matcher.has_match(words) for matcher in self._wanted)
        return has_all and not any(matcher.has_match(words) for matcher in self._excluded)
