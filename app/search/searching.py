"""Searches in an opened index: hits with their snippets, exact totals, facets, suggestions, and what was meant."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import orjson
from tantivy import DocAddress, Occur, Query

from app.enums import SearchKind
from app.search.folder import OpenIndex
from app.search.folding import fold, is_gram
from app.search.queries import DEFAULT_KINDS, Filters, QueryMaker
from app.search.query_parsing import ParsedQuery, Phrase
from app.search.schema import LONGEST_BEGINNING, stored_hit
from app.search.similar_names import matching_names, most_different, nearest
from app.search.snippets import Matcher, Ranges, Snippet

MAX_FACET_VALUES = 50

MOST_SETS = 8_000
"""How many different sets of values are counted at once. Of more, the matches of each value are counted one by one."""

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


@dataclass(frozen=True, slots=True)
class Counts:
    """A number of hits, and by the values of some fields."""

    total: int
    by: Mapping[str, Counter[str]]

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.total + other.total, {name: counts + other.by[name] for name, counts in self.by.items()})


class Search:
    """A search for a query with filters, in an index as of one commit. Without a query, the filters select.

    `facets` are those that will be requested: they are counted together.
    """

    def __init__(
        self, opened: OpenIndex, parsed: ParsedQuery | None, filters: Filters, facets: Sequence[str] = ()
    ) -> None:
        self._opened = opened
        self._searcher = opened.searcher
        self._maker = QueryMaker(opened)
        self._parsed, self._filters, self._facets = parsed, filters, facets
        wanted = parsed.wanted if parsed else ()
        self._similar = _similar_names(opened, self._maker, wanted, filters)
        names = [name for found in self._similar.values() for name in found]
        self._matcher = Matcher(wanted, self._maker.stem_fields, names)

    def of_kind(self, kind: SearchKind) -> "Search":
        """The same search for another kind of items."""
        return Search(self._opened, self._parsed, replace(self._filters, kinds=(kind,)), self._facets)

    def page(self, offset: int, limit: int, newest_first: bool = False) -> Page:
        """Some hits, the best or the newest first, and the number of all."""
        found = self._newest(offset, limit) if newest_first else self._best(offset, limit)
        return Page([self._hit(score, address) for score, address in found], self.total)

    def _newest(self, offset: int, limit: int) -> Sequence[tuple[float, DocAddress]]:
        query = Query.boolean_query([(Occur.Should, each) for each in self._matching(self._filters)])
        return self._searcher.search(query, limit, count=False, offset=offset, order_by_field="first_day").hits

    def _best(self, offset: int, limit: int) -> Sequence[tuple[float, DocAddress]]:
        """Some of the best hits. Of several tiers, a hit that n of them come after has a score from n to n + 1."""
        end = offset + limit
        best: dict[tuple[int, int], tuple[float, DocAddress]] = {}
        for after, tier in self._maker.ranked(self._parsed, self._filters, self.total, self._others(self._filters)):
            if not best and not after:
                return self._searcher.search(tier, limit, count=False, offset=offset).hits
            for score, address in self._searcher.search(tier, end, count=False).hits:
                best.setdefault((address.segment_ord, address.doc), (after + score / (score + 1), address))
            if len(best) >= end:
                break
        return [*best.values()][offset:end]

    @property
    def total(self) -> int:
        """The number of all hits."""
        return self._counts.total

    def count(self, kind: SearchKind) -> int:
        """The number of hits of a kind, under all other filters."""
        if kind == SearchKind.source:
            return self._sources
        return self._counted(replace(self._filters, kinds=(kind,)), []).total

    def facet(self, name: str) -> list[FacetValue]:
        """The most frequent values of a field among the hits, each counted under the filters of all other fields.

        Sources are among the kinds, even if they are no hits.
        """
        counts = self._counts.by.get(name) or self._counted(self._filters.without(name), [name]).by[name]
        if name == "kind":
            counts = counts + Counter({SearchKind.source: self._sources})
        most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MAX_FACET_VALUES]
        labels = self._labels(name, [value for value, _ in most]) if name in ("party", "person") else {}
        return [FacetValue(value, labels.get(value, value), count) for value, count in most]

    def nearest_query(self) -> str | None:
        """A query like this one that has hits, for one without: words respelt, or the rarest left out."""
        asked = self._parsed or ParsedQuery()
        respelt = [self._respelt(phrase) for phrase in asked.wanted]
        wanted = [phrase for phrase in respelt if phrase is not None]
        while wanted:
            parsed = replace(asked, wanted=tuple(wanted))
            if parsed != asked and self._counted_by(self._maker.matching(parsed, self._filters), []).total:
                return _text(parsed)
            wanted.remove(min(wanted, key=lambda phrase: min(map(self._maker.frequency, phrase.words))))
        return None

    def _matching(self, filters: Filters) -> list[Query]:
        """Queries for what is found under some filters; each finds something else."""
        others = self._others(filters)
        return [self._maker.matching(self._parsed, filters), *([others] if others else [])]

    def _others(self, filters: Filters) -> Query | None:
        """The query for similar names, if there are some."""
        if not self._parsed or not self._similar or SearchKind.evidence in filters.kinds:
            return None
        return self._maker.similar(self._parsed, filters, [*self._similar])

    @cached_property
    def _counts(self) -> Counts:
        """The number of hits, also by each requested facet whose own field has no filter."""
        return self._counted(
            self._filters, [each for each in self._facets if self._filters.without(each) == self._filters]
        )

    @cached_property
    def _sources(self) -> int:
        """The number of sources that match."""
        return self._counted(replace(self._filters, kinds=(SearchKind.source,)), []).total

    def _counted(self, filters: Filters, names: Sequence[str]) -> Counts:
        """The number of hits under some filters, and by the values of some fields."""
        known = None if names else self._maker.known_count(self._parsed, filters)
        queries = self._matching(filters)
        counts = [self._counted_by(query, names) for query in (queries if known is None else queries[1:])]
        return sum(counts, Counts(known or 0, {name: Counter() for name in names}))

    def _counted_by(self, query: Query, names: Sequence[str]) -> Counts:
        """The number of matches. To aggregate them takes a fraction of the time of a search with a count.

        The index counts sets of values, and a match is counted for each value of its set.
        """
        asked = {name: {"terms": {"field": name, "size": MOST_SETS}} for name in names}
        found = self._searcher.aggregate(query, asked if "kind" in names else {"all": {"filter": "*"}, **asked})
        by = {name: self._by_value(query, name, found[name]) for name in names}
        return Counts(by["kind"].total() if "kind" in by else found["all"]["doc_count"], by)

    def _by_value(self, query: Query, name: str, sets: Mapping[str, Any]) -> Counter[str]:
        if sets["sum_other_doc_count"]:
            return Counter(dict(self._searcher.terms_with_prefix(name, "", filter_query=query)))
        counts: Counter[str] = Counter()
        for each in sets["buckets"]:
            counts.update(dict.fromkeys(str(each["key"]).split(), int(each["doc_count"])))
        return counts

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
    """The stored fields of items with a name in which a word begins so, the most mentioned first.

    Meetings, which nothing mentions, come last, the newest first.
    """
    begun = list(dict.fromkeys(word[:LONGEST_BEGINNING] for word in fold(q).split()))
    if not begun:
        return []
    maker = QueryMaker(opened)
    found = opened.searcher.search(
        maker.names_that_begin(begun), MAX_SUGGESTIONS, count=False, order_by_field="mentions"
    ).hits
    suggested = [_stored(opened, address) for _, address in found]
    for query in maker.titles_that_begin(begun):
        if len(suggested) >= MAX_SUGGESTIONS:
            break
        newest = opened.searcher.search(query, MAX_SUGGESTIONS, count=False, order_by_field="first_day").hits
        meetings = (_stored(opened, address) for _, address in newest)
        suggested += (meeting for meeting in meetings if meeting not in suggested)
    return suggested[:MAX_SUGGESTIONS]


def _stored(opened: OpenIndex, address: DocAddress) -> Mapping[str, Any]:
    stored: Mapping[str, Any] = orjson.loads(stored_hit(opened.searcher, address))
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
    hits = opened.searcher.search(maker.similar_names(queried, limits), _SIMILAR_LOOKED_AT, count=False).hits
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
