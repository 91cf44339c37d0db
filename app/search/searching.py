"""Searches in an opened index: hits with their snippets, exact totals, facets, suggestions, and what was meant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import orjson
from tantivy import DocAddress, Query

from app.enums import SearchKind
from app.search.folder import OpenIndex
from app.search.folding import fold, is_gram
from app.search.queries import DEFAULT_KINDS, Filters, QueryMaker
from app.search.query_parsing import ParsedQuery, Phrase
from app.search.schema import HIT, LONGEST_BEGINNING
from app.search.similar_names import matching_names, most_different, nearest
from app.search.snippets import Matcher, Ranges, Snippet

MAX_FACET_VALUES = 50
MAX_EVIDENCE = 3
"""How much of its evidence a hit names."""

MAX_SUGGESTIONS = 10

_SIMILAR_LOOKED_AT = 60
"""How many people and parties with similar names are compared with a query."""

_WORDS_LOOKED_AT = 20
"""In how many documents the word is looked for that a misspelt one may mean."""


@dataclass(frozen=True, slots=True)
class FoundEvidence:
    """Evidence of a hit with words of the query."""

    id: str
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class FoundHit:
    """A hit: what the index stores of it (`app/search/documents.py`), its score, its passage and its evidence."""

    stored: Mapping[str, Any]
    score: float
    title_matches: Ranges
    snippet: Snippet
    evidence: Sequence[FoundEvidence]

    @property
    def kind(self) -> SearchKind:
        return SearchKind(self.stored["kind"])


@dataclass(frozen=True, slots=True)
class Page:
    """A page of hits, and the number of all hits."""

    hits: Sequence[FoundHit]
    total: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with the number of hits that have it. `label` is the name of a party or person."""

    value: str
    label: str
    count: int


class Search:
    """A search for a query with filters, in an index as of one commit. Without a query, the filters select."""

    def __init__(self, opened: OpenIndex, parsed: ParsedQuery | None, filters: Filters) -> None:
        self._opened = opened
        self._searcher = opened.searcher
        self._maker = QueryMaker(opened)
        self._parsed, self._filters = parsed, filters
        wanted = parsed.wanted if parsed else ()
        self._similar = _similar_names(opened, self._maker, wanted, filters)
        names = [name for found in self._similar.values() for name in found]
        self._matcher = Matcher(wanted, self._maker.stem_fields, names)

    def of_kinds(self, *kinds: SearchKind) -> "Search":
        """The same search for other kinds of items."""
        return Search(self._opened, self._parsed, replace(self._filters, kinds=kinds))

    def page(self, offset: int, limit: int, newest_first: bool = False) -> Page:
        """Some hits, the best or the newest first, and the number of all."""
        if newest_first:
            query = self._matching(self._filters)
            newest = self._searcher.search(query, limit, count=False, offset=offset, order_by_field="first_day")
        found = newest.hits if newest_first else self._best(offset, limit)
        return Page([self._hit(score, address) for score, address in found], self.total)

    def _best(self, offset: int, limit: int) -> Sequence[tuple[float, DocAddress]]:
        """Some of the best hits. Of several queries, a hit that n of them come after has a score from n to n + 1."""
        tiers = self._maker.ranked(self._parsed, self._filters, self._forgiven(self._filters), self.total)
        if len(tiers) == 1:
            return self._searcher.search(tiers[0], limit, count=False, offset=offset).hits
        best: list[tuple[float, DocAddress]] = []
        for after, tier in zip(range(len(tiers) - 1, -1, -1), tiers, strict=True):
            found = self._searcher.search(tier, limit - len(best), count=False, offset=offset).hits
            best += [(after + score / (score + 1), address) for score, address in found]
            if len(best) == limit:
                break
            offset = max(0, offset - self._count(tier)) if offset and not found else 0
        return best

    @cached_property
    def total(self) -> int:
        """The number of all hits."""
        if self._filters.kinds:
            return self._count(self._matching(self._filters))
        return sum(count for kind, count in self.kind_counts.items() if kind != SearchKind.source)

    @cached_property
    def kind_counts(self) -> Mapping[str, int]:
        """The number of hits of each kind but evidence, under all other filters."""
        return self._counts(self._matching(self._filters.without("kind")), "kind")

    def count(self, *kinds: SearchKind) -> int:
        """The number of hits of some kinds, under all other filters."""
        return self._count(self._matching(replace(self._filters, kinds=kinds)))

    def facet(self, name: str) -> list[FacetValue]:
        """The most frequent values of a field among the hits, each counted under the filters of all other fields."""
        others = self._filters.without(name)
        counts = self.kind_counts if name == "kind" else self._counts(self._matching(others), name)
        labels = self._labels(name, [*counts]) if name in ("party", "person") else {}
        values = [FacetValue(value, labels.get(value, value), count) for value, count in counts.items()]
        return sorted(values, key=lambda each: (-each.count, each.value))

    def nearest_query(self) -> str | None:
        """A query like this one that has hits, for one without: words respelt, or the rarest left out."""
        asked = self._parsed or ParsedQuery()
        respelt = [self._respelt(phrase) for phrase in asked.wanted]
        wanted = [phrase for phrase in respelt if phrase is not None]
        while wanted:
            parsed = replace(asked, wanted=tuple(wanted))
            if parsed != asked and self._count(self._maker.matching(parsed, self._filters)):
                return _text(parsed)
            wanted.remove(min(wanted, key=lambda phrase: min(map(self._maker.frequency, phrase.words))))
        return None

    def _matching(self, filters: Filters) -> Query:
        return self._maker.matching(self._parsed, filters, self._forgiven(filters))

    def _forgiven(self, filters: Filters) -> Sequence[str]:
        return [] if SearchKind.evidence in filters.kinds else [*self._similar]

    def _count(self, query: Query) -> int:
        return sum(self._counts(query, "kind").values())

    def _counts(self, query: Query, field: str) -> dict[str, int]:
        """The number of matches by the values of a field. It takes a fraction of the time of a search with a count."""
        found = self._searcher.aggregate(query, {field: {"terms": {"field": field, "size": MAX_FACET_VALUES}}})
        return {str(each["key"]): int(each["doc_count"]) for each in found[field]["buckets"]}

    def _hit(self, score: float, address: DocAddress) -> FoundHit:
        stored = _stored(self._opened, address)
        in_title = self._matcher.matches(stored["title"])
        snippet = self._matcher.snippet(stored["text"])
        return FoundHit(stored, score, in_title, snippet, [*self._evidence(stored)])

    def _evidence(self, stored: Mapping[str, Any]) -> Iterator[FoundEvidence]:
        """The evidence of a hit with the most words of the query, in its order."""
        texts = [(entry["id"], entry["words"] or entry["note"] or "") for entry in stored.get("evidence", ())]
        counts = self._matcher.counts([text for _, text in texts])
        best = sorted((at for at, count in enumerate(counts) if count), key=lambda at: -counts[at])[:MAX_EVIDENCE]
        for id, text in (texts[at] for at in sorted(best)):
            yield FoundEvidence(id, self._matcher.snippet(text))

    def _labels(self, kind: str, ids: Sequence[str]) -> dict[str, str]:
        """The names of some parties or people by id."""
        query = self._maker.units([f"{kind}:{id}" for id in ids])
        found = self._searcher.search(query, max(1, len(ids)), count=False).hits
        return {stored["id"]: stored["title"] for stored in (_stored(self._opened, address) for _, address in found)}

    def _respelt(self, phrase: Phrase) -> Phrase | None:
        """A phrase with words that the index has; None if there is none like it."""
        if all(map(self._maker.frequency, phrase.words)):
            return phrase
        meant = [self._meant_word(word) for word in phrase.words]
        return Phrase(tuple(map(str, meant)), " ".join(map(str, meant))) if None not in meant else None

    def _meant_word(self, word: str) -> str | None:
        """The word of the index that is most similar to a word; itself if the index has it."""
        if self._maker.frequency(word) or is_gram(word):
            return word
        query = self._maker.similar_words(word)
        found = self._searcher.search(query, _WORDS_LOOKED_AT, count=False).hits
        texts = [_searched_text(_stored(self._opened, address)) for _, address in found]
        return nearest(word, {name for text in texts for name in fold(text).split()}, most_different(word, False) + 0.5)


def suggestions(opened: OpenIndex, q: str) -> list[Mapping[str, Any]]:
    """What the index stores of items with a name in which a word begins so, the most mentioned first."""
    begun = list(dict.fromkeys(word[:LONGEST_BEGINNING] for word in fold(q).split()))
    if not begun:
        return []
    query = QueryMaker(opened).beginning(begun)
    found = opened.searcher.search(query, MAX_SUGGESTIONS, count=False, order_by_field="mentions").hits
    return [_stored(opened, address) for _, address in found]


def _stored(opened: OpenIndex, address: DocAddress) -> Mapping[str, Any]:
    stored: Mapping[str, Any] = orjson.loads(bytes(opened.searcher.doc(address)[HIT][0]))
    return stored


def _similar_names(
    opened: OpenIndex, maker: QueryMaker, wanted: Sequence[Phrase], filters: Filters
) -> dict[str, Sequence[str]]:
    """The units of people and parties who have a name similar to each word of a query, with these names."""
    named = {SearchKind.person, SearchKind.party} & {*(filters.kinds or DEFAULT_KINDS)}
    queried = [phrase.words[0] for phrase in wanted if len(phrase.words) == 1]
    if not named or not queried or len(queried) < len(wanted):
        return {}
    limits = [most_different(word, maker.frequency(word) > 0) for word in queried]
    units: dict[str, Sequence[str]] = {}
    hits = opened.searcher.search(maker.similar_names(queried), _SIMILAR_LOOKED_AT, count=False).hits
    for stored in (_stored(opened, address) for _, address in hits):
        found = matching_names(queried, limits, fold(_searched_text(stored)).split())
        if found is not None and found != queried and stored["kind"] in named:
            units[f"{stored['kind']}:{stored['id']}"] = found
    return units


def _searched_text(stored: Mapping[str, Any]) -> str:
    evidence = (entry["words"] or "" for entry in stored.get("evidence", ()))
    return " ".join([stored["title"], stored["text"], *evidence])


def _text(parsed: ParsedQuery) -> str:
    """The text of a query."""
    wanted = [f'"{phrase.text}"' if " " in phrase.text else phrase.text for phrase in parsed.wanted]
    excluded = [f'-"{phrase.text}"' for phrase in parsed.excluded]
    return " ".join([*wanted, *excluded])
