"""The CPU time of two hundred searches in the search index alone: `python -m bench.measure.search_mix 100000`.

The queries are drawn from the index with a seed, 40 of each kind:

- one word: the commonest words;
- phrase: two to four words that stand together in a text, in quotes;
- three words of one text, with at least four letters: people leave out the others;
- misspelt name: of a person, with a letter left out, doubled, replaced or swapped with the next;
- filtered: one or two words of a text, and one of the most frequent values of a filter.

A word is drawn as often as texts have it, so rare words are as rare as in the dataset.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from random import Random
from statistics import median
from time import thread_time
from typing import Any

import orjson
from tantivy import Query

from app.enums import SearchKind
from app.search.folder import OpenIndex, SearchFolder
from app.search.folding import fold
from app.search.queries import Filters
from app.search.query_parsing import parse_query
from app.search.schema import ALL_WORDS, stored_hit
from app.search.searching import Search
from bench.datasets import dataset

OF_EACH_KIND = 40
SHORTEST = 4
"""How many letters the words of a query of three words have at least."""

REPETITIONS = 3
"""Of how many the least is taken, because others may use the machine. Each makes the search anew."""

LONGEST_PHRASE = 4
OWN_TEXT = (SearchKind.meeting, SearchKind.agreement, SearchKind.quote)
"""The kinds whose text is one text; that of others is put together from several."""

FACETS = ("kind", "party", "year")
FILTERS = ("kind", "year", "party", "person", "country", "topic")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class MixedQuery:
    """A query of the mix: of which kind it is, its words and its filters."""

    kind: str
    q: str
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Taken:
    """The milliseconds of a query without and with three facets, and the number of its hits."""

    query: MixedQuery
    hits: int
    milliseconds: float
    with_facets: float


class QueryMix:
    """Draws the queries from an index."""

    def __init__(self, opened: OpenIndex, seed: int = 0) -> None:
        self._opened, self._random = opened, Random(seed)

    def queries(self) -> list[MixedQuery]:
        """Two hundred queries, always the same for an index and a seed."""
        counts = self._opened.searcher.terms_with_prefix(ALL_WORDS, "")
        common = sorted(counts, key=lambda each: (-each[1], each[0]))[:OF_EACH_KIND]
        people, texts = self._people(), self._texts()
        return [
            *(MixedQuery("one word", word) for word, _ in common),
            *(MixedQuery("phrase", self._phrase(next(texts))) for _ in range(OF_EACH_KIND)),
            *(MixedQuery("three words", self._words(next(texts), 3)) for _ in range(OF_EACH_KIND)),
            *(MixedQuery("misspelt name", self._misspelt(next(people))) for _ in range(OF_EACH_KIND)),
            *(self._filtered(next(texts)) for _ in range(OF_EACH_KIND)),
        ]

    def _people(self) -> Iterator[str]:
        """The names of random people, folded, without an end."""
        units = self._units("person")
        while True:
            yield fold(self._random.choice(self._items(self._random.choice(units)))["title"])

    def _texts(self) -> Iterator[list[str]]:
        """The folded words of random texts of meetings and facts, without an end."""
        units = self._units("meeting")
        while True:
            item = self._random.choice(self._items(self._random.choice(units)))
            text = item["text"] if item["kind"] in OWN_TEXT else ""
            if len(words := fold(text or item["title"]).split()) >= LONGEST_PHRASE:
                yield words

    def _units(self, kind: str) -> list[str]:
        return sorted(unit for unit, _ in self._opened.searcher.terms_with_prefix("unit", f"{kind}:"))

    def _items(self, unit: str) -> Sequence[Mapping[str, Any]]:
        """The stored fields of the items of a unit."""
        searcher = self._opened.searcher
        query = Query.term_query(self._opened.index.schema, "unit", unit)
        found = searcher.search(query, 1000, count=False, order_by_field="key").hits
        return [orjson.loads(stored_hit(searcher, address)) for _, address in found]

    def _phrase(self, words: Sequence[str]) -> str:
        length = self._random.randint(2, LONGEST_PHRASE)
        start = self._random.randint(0, len(words) - length)
        return f'"{" ".join(words[start : start + length])}"'

    def _words(self, words: Sequence[str], number: int) -> str:
        long = [*dict.fromkeys(word for word in words if len(word) >= SHORTEST)]
        return " ".join(self._random.sample(long, min(number, len(long))) or words[:number])

    def _misspelt(self, name: str) -> str:
        """A name with an error in its last word."""
        *first, last = name.split()
        at = self._random.randrange(1, max(2, len(last) - 1))
        before, letter, after = last[:at], last[at : at + 1], last[at + 1 :]
        errors = (after, letter * 2 + after, self._random.choice(LETTERS) + after, after[:1] + letter + after[1:])
        return " ".join([*first[: self._random.randint(0, 1)], before + self._random.choice(errors)])

    def _filtered(self, words: Sequence[str]) -> MixedQuery:
        q = self._words(words, self._random.randint(1, 2))
        search = Search(self._opened, parse_query(q), Filters())
        names = self._random.sample(FILTERS, len(FILTERS))
        values = ((name, [each.value for each in search.facet(name) if each.value]) for name in names)
        name, some = next((name, some) for name, some in values if some)
        return MixedQuery("filtered", q, _filter(name, self._random.choice(some)))


def _filter(name: str, value: str) -> Filters:
    if name == "kind":
        return Filters(kinds=(SearchKind(value),))
    if name == "year":
        return Filters(first_day=date(int(value), 1, 1).toordinal(), last_day=date(int(value), 12, 31).toordinal())
    return Filters(any_of={name: [value]})


def measure(opened: OpenIndex, seed: int = 0) -> list[Taken]:
    """Make each search of the mix, as `/search` makes it."""
    return [_take(opened, query) for query in QueryMix(opened, seed).queries()]


def _take(opened: OpenIndex, query: MixedQuery) -> Taken:
    hits = 0
    seconds: dict[bool, list[float]] = {False: [], True: []}
    for has_facets in [False, True] * REPETITIONS:
        begun = thread_time()
        hits = _search(opened, query, FACETS if has_facets else ())
        seconds[has_facets].append(thread_time() - begun)
    return Taken(query, hits, min(seconds[False]) * 1000, min(seconds[True]) * 1000)


def _search(opened: OpenIndex, query: MixedQuery, facets: Sequence[str]) -> int:
    search = Search(opened, parse_query(query.q), query.filters, facets)
    if not query.filters.kinds:
        search.count(SearchKind.source)
        search.count(SearchKind.evidence)
    page = search.page(0, 20)
    for name in facets:
        search.facet(name)
    if not page.total:
        search.nearest_query()
    return page.total


def print_figures(taken: Sequence[Taken]) -> None:
    """Print the median, the 95th percentile and the worst of each kind of query, and of all."""
    print("| milliseconds of CPU | median | 95% | worst | facets, times | worst query |\n|---|---|---|---|---|---|")
    for kind in [*dict.fromkeys(each.query.kind for each in taken), "all"]:
        some = sorted((each for each in taken if kind in (each.query.kind, "all")), key=lambda each: each.milliseconds)
        times = median(each.with_facets / each.milliseconds for each in some)
        most = some[ceil(len(some) * 0.95) - 1]
        figures = (median(each.milliseconds for each in some), most.milliseconds, some[-1].milliseconds, times)
        print(
            f"| {kind} |", *(f"{figure:.1f} |" for figure in figures), f"`{some[-1].query.q}`, {some[-1].hits:,} hits |"
        )


if __name__ == "__main__":
    print_figures(measure(SearchFolder(dataset(int(sys.argv[1])).search).open()))
