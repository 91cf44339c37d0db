"""Parsed queries and filters as queries of Tantivy: what matches, and how it is ranked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from itertools import accumulate, chain
from math import ceil, log

from tantivy import FieldType, Occur, Query, Schema, Searcher

from app.enums import SearchKind
from app.search.folder import OpenIndex
from app.search.folding import is_gram, word_pairs
from app.search.query_parsing import ParsedQuery, Phrase
from app.search.schema import (
    ALL_WORDS,
    EVIDENCE,
    PAIR_FIELDS,
    SOURCE_WORDS,
    STEM_FIELDS,
    VERSION_UNIT,
    WORD_FIELDS,
    analyzer,
)

WEIGHTS = {"name": 3.0, "title": 2.0, "text": 1.0, EVIDENCE: 0.3, ALL_WORDS: 1.0, SOURCE_WORDS: 1.0}
"""Factors of the scores of words in their exact form, by field."""

STEM_WEIGHT = 0.5
"""The factor of other forms of a word. In its exact form a word scores for its stem, too."""

TOGETHER_WEIGHT = 2.0
"""The factor of a field's weight for the words of a query that stand together in it, and in order."""

TOGETHER_FIELDS = ("name", "title", "text")
LONGEST_TOGETHER = 5
"""Of how many words at most it is asked whether they stand together.

They do if the field has them all, and any of the item's texts has them in order: only all words have pairs.
"""

HEADINGS = ("name", "title")

SHORTEST_BEGINNING, MOST_FORMS = 3, 500
"""How many letters the forms of a word have in common at least, and how many words that begin so are looked at."""

STEMMED_AT_BEGINNING = ("stem_arabic",)
"""Fields of stems that lack the beginning of a word, such as an article: its other forms may begin with any letter."""

KIND_WEIGHTS = {SearchKind.meeting: 2.0, SearchKind.person: 4.0, SearchKind.party: 4.0}
"""Factors of the rarity of a query's words, to be added to the scores of some kinds: who searches for a name or a place
mostly wants the person, the party or the meeting itself, and not each of its facts."""

MOST_SORTED = 5_000
"""How many titles are sorted by date at once."""

MOST_SCORED = 300_000
"""How many occurrences of a query's words are scored at most; hits of commoner words are ranked in tiers."""

FEW_HITS = 5_000
"""So many hits at most are sought in all years at once."""

COMMON = 100_000
"""How many texts have a word or pair that is common. With nothing but such, the recent hits of a tier come first."""

RECENT = 100_000
"""How many documents, at least, are of the years that are recent."""

MEETING_WEIGHT = 10.0
"""The additional score of a meeting's title, among titles with the same words."""

FEW_YEARS = 12
"""How many years are found one by one at most."""

TOPIC = "topic"
"""The kind of the documents for suggestions of topics, which are no hits."""

FACTS = (SearchKind.meeting, SearchKind.agenda_item, SearchKind.delegate, SearchKind.agreement, SearchKind.quote)
"""The kinds of items that have evidence."""

DEFAULT_KINDS = (*FACTS, SearchKind.person, SearchKind.party)
"""The kinds that are searched unless others are requested. An article repeats what its facts say."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a search. `any_of` has the values by field of which one must apply; days are ordinals."""

    kinds: tuple[SearchKind, ...] = ()
    any_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    all_with: Sequence[str] = ()
    first_day: int | None = None
    last_day: int | None = None

    def without(self, name: str) -> "Filters":
        """All filters but that of a facet; without the one of kinds, sources are no hits."""
        match name:
            case "kind":
                return replace(self, kinds=())
            case "year":
                return replace(self, first_day=None, last_day=None)
        return replace(self, any_of={key: values for key, values in self.any_of.items() if key != name})


class QueryMaker:
    """Makes queries for an opened index, without clauses that would find nothing in it."""

    def __init__(self, opened: OpenIndex) -> None:
        self._schema: Schema = opened.index.schema
        self._searcher: Searcher = opened.searcher
        self.stem_fields = stem_fields(self._searcher)

    def matching(self, parsed: ParsedQuery | None, filters: Filters) -> Query:
        """The query for all hits, without scores; without a parsed query, for all that the filters let through."""
        if parsed is None:
            return self._query([], ParsedQuery(), filters)
        if parsed.is_empty:
            return Query.empty_query()
        return self._query(self._found_by(parsed, filters), parsed, filters, is_by_all_words=True)

    def similar(self, parsed: ParsedQuery, filters: Filters, units: Sequence[str]) -> Query:
        """Of some people and parties with similar names, those that a search finds besides, without scores."""
        found = self._all_of(self._found_by(parsed, filters))
        clauses = [(Occur.Must, self._query([self._any("unit", units)], parsed, filters)), (Occur.MustNot, found)]
        return Query.const_score_query(Query.boolean_query(clauses), 0)

    def known_count(self, parsed: ParsedQuery | None, filters: Filters) -> int | None:
        """The number of matches, if the index knows it without a search: of a word in one form, among all items."""
        if parsed is None or parsed.excluded or len(parsed.wanted) != 1 or has_deleted(self._searcher):
            return None
        (phrase,) = parsed.wanted
        if len(phrase.words) > 2 or _is_beginning(phrase) or any(self._conditions(filters)):
            return None
        if any(self._kinds(filters, True, True)):
            return None
        terms = [self._terms(name, phrase) for name in _fields(filters)]
        return sum(self._searcher.doc_freq(*term) for term in chain(*terms)) if max(map(len, terms)) < 2 else None

    def ranked(
        self, parsed: ParsedQuery | None, filters: Filters, total: int, similar: Query | None
    ) -> Iterator[tuple[int, Query]]:
        """Queries that together find what a search finds, the best first; and how many come after each.

        It is one query, unless hits and words are so many that to score them in every field would take too long.
        Then the hits come in tiers, and a tier finds hits of earlier ones again.
        """
        if parsed is None or not parsed.wanted:
            yield 0, self._without_scores(parsed, filters)
        elif self._occurrences(parsed) <= MOST_SCORED:
            scored = self._scored(parsed, filters)
            yield 0, self._any_of([scored, similar]) if similar else scored
        else:
            tiers = self._tiers(parsed, filters, total)
            tiers += [lambda: similar] if similar else []
            yield from ((len(tiers) - number, tier()) for number, tier in enumerate(tiers, 1))

    def _occurrences(self, parsed: ParsedQuery) -> int:
        """In how many documents the words of a query stand, each counted in each field."""
        words = _words(parsed)
        exact = sum(self._searcher.doc_freq(name, word) for name in WORD_FIELDS for word in words)
        return exact + sum(
            self._searcher.doc_freq(name, _stem(name, word)) for name in self.stem_fields for word in words
        )

    def _scored(self, parsed: ParsedQuery, filters: Filters) -> Query:
        """The query for all hits, with the scores of all fields; they are above 0, that of similar names."""
        scores = [score for phrase in parsed.wanted for score in self._scores(phrase, filters)]
        scores += self._preferences(parsed, filters)
        found = self._without_scores(parsed, filters)
        return Query.boolean_query([(Occur.Must, found), *((Occur.Should, each) for each in scores)])

    def _tiers(self, parsed: ParsedQuery, filters: Filters, total: int) -> list[Callable[[], Query]]:
        """Makers of queries: what has all words in its name or title, what has them in its text, and all other hits.

        People, parties and meetings come before others, and words that stand together before scattered ones. If all
        words are common, what is recent comes first in each tier. The other hits come by their years, the newest first.
        """
        if SearchKind.evidence in filters.kinds:
            exactly = self._recent_first(parsed, filters, partial(self._exactly, parsed, EVIDENCE), EVIDENCE)
            return [*exactly, partial(self._without_scores, parsed, filters)]
        meetings = _of_kinds(filters, SearchKind.meeting)
        named = _of_kinds(filters, SearchKind.person, SearchKind.party) if self._may_be_called(parsed) else None
        years = self._years(filters) if total > FEW_HITS else []
        is_word = len(_words(parsed)) == 1  # to find the titles of meetings first then costs less than to prefer them
        return [
            *([partial(self._exactly, parsed, "name", named)] if named else []),
            *([partial(self._exactly, parsed, "title", meetings)] if meetings and is_word else []),
            *self._recent_first(parsed, filters, partial(self._in_headings, parsed, not is_word), *HEADINGS),
            *self._together(parsed, filters),
            *(partial(self._without_scores, parsed, each) for each in (named, meetings) if each),
            *self._recent_first(parsed, filters, partial(self._exactly, parsed, "text"), "text"),
            *(partial(self._without_scores, parsed, _of_years(filters, int(year), int(year))) for year in years),
            partial(self._without_scores, parsed, filters),
        ]

    def _may_be_called(self, parsed: ParsedQuery) -> bool:
        """Whether names of people and parties have each word of a query, in any form."""
        forms = (_forms(self._searcher, ALL_WORDS, word) for word in _words(parsed))
        return all(any(self._has("called", form) for form in some) for some in forms)

    def _recent_first(
        self, parsed: ParsedQuery, filters: Filters, made: Callable[[Filters], Query], *fields: str
    ) -> Iterator[Callable[[], Query]]:
        """Makers of a query: if the words are common in some fields, first for recent years."""
        if all(
            sum(self._frequency(name, phrase.words, filters) for name in fields) > COMMON for phrase in parsed.wanted
        ):
            yield partial(made, self._recent(filters))
        yield partial(made, filters)

    def _without_scores(self, parsed: ParsedQuery | None, filters: Filters) -> Query:
        return Query.const_score_query(self.matching(parsed, filters), 0)

    def _exactly(self, parsed: ParsedQuery, name: str, filters: Filters) -> Query:
        """The query for items with all words in a field, in just this form."""
        if not self._has_all(name, _words(parsed)):
            return Query.empty_query()
        return self._query([self._exact(name, phrase, filters) for phrase in parsed.wanted], parsed, filters)

    def _in_headings(self, parsed: ParsedQuery, prefers_meetings: bool, filters: Filters) -> Query:
        """The query for items with all words in the name or the title, in just this form."""
        found = self._any_of(self._exactly(parsed, name, filters) for name in HEADINGS)
        if not prefers_meetings:
            return found
        meeting = Query.const_score_query(self._any("kind", [SearchKind.meeting]), MEETING_WEIGHT)
        return Query.boolean_query([(Occur.Must, found), (Occur.Should, meeting)])

    def _together(self, parsed: ParsedQuery, filters: Filters) -> Iterator[Callable[[], Query]]:
        """Makers of a query for what has the words together in its text, and in order; common ones only if recent."""
        words = _words(parsed)
        if _may_stand_together(parsed) and self._has_all("text", words) and self._frequency("text", words, filters):
            some = self._recent(filters) if self._frequency("text", words, filters) > COMMON else filters
            yield lambda: self._query([self._together_in("text", words, 1, filters)], parsed, some)

    def _has_all(self, name: str, words: Iterable[str]) -> bool:
        """Whether a field has all of some words, in whatever documents."""
        return all(self._has(name, word) for word in words)

    def _frequency(self, name: str, words: Sequence[str], filters: Filters) -> int:
        """In how many documents, at most, a field has a word, or all of some that stand together."""
        if len(words) == 1:
            return self._searcher.doc_freq(name, words[0])
        fields = [PAIR_FIELDS[each] for each in _fields(filters)]
        return sum(min(self._searcher.doc_freq(field, pair) for pair in word_pairs(words)) for field in fields)

    def _recent(self, filters: Filters) -> Filters:
        """Filters for the newest years, as many as have enough documents, some of which a search may find."""
        years = self._years(filters)
        documents = accumulate(self._searcher.doc_freq("year", year) for year in years)
        oldest = next((year for year, number in zip(years, documents, strict=True) if number >= RECENT), None)
        return _of_years(filters, int(oldest), int(years[0])) if oldest else filters

    def _query(
        self, found: Sequence[Query], parsed: ParsedQuery, filters: Filters, is_by_all_words: bool = False
    ) -> Query:
        """The query that everything is found and no excluded phrase, under the filters."""
        clauses = [(Occur.Must, each) for each in found]
        clauses += self._kinds(filters, bool(clauses), bool(clauses) and is_by_all_words)
        clauses += [(Occur.Must, Query.const_score_query(each, 0)) for each in self._conditions(filters)]
        excluded = (self._found(phrase, name) for phrase in parsed.excluded for name in (ALL_WORDS, SOURCE_WORDS))
        clauses += [(Occur.MustNot, each) for each in excluded]
        return Query.boolean_query(clauses)

    def similar_names(self, words: Sequence[str], limits: Sequence[float]) -> Query:
        """People and parties with a name that has each word, or one that differs as much as its limit allows."""
        return self._all_of([self._similar_word(word, limit) for word, limit in zip(words, limits, strict=True)])

    def similar_words(self, word: str) -> Query:
        """The items with a word that has up to two other letters, the least different first."""
        return self._any_of(near for name in TOGETHER_FIELDS for near in self._near(name, word, _distance(word)))

    def names_that_begin(self, words: Sequence[str]) -> Query:
        """People, parties and topics: a word of their name begins with each of some words."""
        return self._all_of([Query.term_query(self._schema, "begins", word) for word in words])

    def titles_that_begin(self, words: Sequence[str]) -> Iterator[Query]:
        """Meetings: a word of their title begins with each of some words. Many are found by years, the newest first."""
        begun = self._all_of([Query.term_query(self._schema, "title_begins", word) for word in words])
        if min(self._searcher.doc_freq("title_begins", word) for word in words) > MOST_SORTED:
            yield from (self._all_of([begun, self._any("year", [year])]) for year in years(self._searcher))
        yield begun

    def units(self, units: Sequence[str]) -> Query:
        """The documents of some units that are no facts."""
        return self._any("unit", units)

    def frequency(self, word: str) -> int:
        """In how many documents a word stands in any form, at least."""
        return max(
            self._searcher.doc_freq(name, form)
            for name in (ALL_WORDS, SOURCE_WORDS)
            for form in _forms(self._searcher, name, word)
        )

    def _rarity(self, word: str) -> float:
        """The inverse document frequency of a word, as BM25 has it."""
        documents, frequency = self._searcher.num_docs, self.frequency(word)
        return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))

    def _found_by(self, parsed: ParsedQuery, filters: Filters) -> list[Query]:
        names = _fields(filters)
        return [self._any_of(self._found(phrase, name) for name in names) for phrase in parsed.wanted]

    def _found(self, phrase: Phrase, name: str) -> Query:
        """A phrase in a field; a single word also in its other forms."""
        if len(phrase.words) > 2:
            return self._adjacent(name, phrase.words)
        if _is_beginning(phrase):
            return Query.fuzzy_term_query(self._schema, name, phrase.words[0], 0, prefix=True)
        return self._any_of(self._term_of_kind(name, *term) for term in self._terms(name, phrase))

    def _terms(self, name: str, phrase: Phrase) -> list[tuple[str, str]]:
        """The terms by which a phrase of a field is found, as far as the index has them: those of a word are its forms,
        and some stems."""
        if len(phrase.words) == 2:
            terms = [(PAIR_FIELDS[name], word_pairs(phrase.words)[0])]
        else:
            (word,) = phrase.words
            terms = [(name, form) for form in _forms(self._searcher, name, word)]
            if name != EVIDENCE and not word.isascii():
                terms += [(each, _stem(each, word)) for each in self.stem_fields if each in STEMMED_AT_BEGINNING]
        return [term for term in terms if self._has(*term)]

    def _term_of_kind(self, name: str, field: str, term: str) -> Query:
        """A term by which a field is found; stems, which sources have in the field of all others, in theirs alone."""
        query = Query.term_query(self._schema, field, term)
        if field not in STEM_FIELDS:
            return query
        of_source = Occur.Must if name == SOURCE_WORDS else Occur.MustNot
        return Query.boolean_query([(Occur.Must, query), (of_source, self._any("kind", [SearchKind.source]))])

    def _exact(self, name: str, phrase: Phrase, filters: Filters) -> Query:
        """A phrase in a field, in just this form."""
        if len(phrase.words) > 1:
            return self._together_in(name, phrase.words, WEIGHTS[name], filters)
        return self._term(name, phrase.words[0], WEIGHTS[name])

    def _scores(self, phrase: Phrase, filters: Filters) -> Iterator[Query]:
        """The scores of a phrase by field; those of a single word count for its other forms, too."""
        for name in dict.fromkeys((*TOGETHER_FIELDS, EVIDENCE, *_fields(filters))):
            if self._has_all(name, phrase.words):
                yield self._exact(name, phrase, filters)
        if len(phrase.words) == 1:
            yield from self._stems(phrase.words[0])

    def _stems(self, word: str) -> Iterator[Query]:
        for name in self.stem_fields:
            if self._has(name, stem := _stem(name, word)):
                yield self._term(name, stem, STEM_WEIGHT)

    def _preferences(self, parsed: ParsedQuery, filters: Filters) -> Iterator[Query]:
        """Scores of hits that are better than others with all words."""
        words = _words(parsed)
        if _may_stand_together(parsed):
            for name in TOGETHER_FIELDS:
                if self._has_all(name, words) and self._frequency(name, words, filters):
                    yield self._together_in(name, words, WEIGHTS[name] * TOGETHER_WEIGHT, filters)
        rarity = sum(map(self._rarity, words))
        for kind, weight in KIND_WEIGHTS.items():
            if kind in (filters.kinds or DEFAULT_KINDS):
                yield Query.const_score_query(Query.term_query(self._schema, "kind", kind), weight * rarity)

    def _kinds(self, filters: Filters, has_words: bool, is_by_all_words: bool) -> Iterator[tuple[Occur, Query]]:
        """The condition on kinds: the other kinds are ruled out if they are few, since most documents are facts.

        The field of all words of a source is its own, so it rules out other kinds.
        """
        kinds = filters.kinds or DEFAULT_KINDS
        if is_by_all_words and {*kinds} == {SearchKind.source}:
            return
        if SearchKind.evidence in kinds and has_words:
            return
        if SearchKind.evidence in kinds:
            kinds = FACTS
        if not {*DEFAULT_KINDS} <= {*kinds}:
            yield Occur.Must, Query.const_score_query(self._any("kind", kinds), 0)
            return
        if SearchKind.source not in kinds and not is_by_all_words:
            yield Occur.MustNot, Query.term_query(self._schema, "kind", SearchKind.source)
        if not has_words:  # documents that are no items have none
            yield Occur.Must, Query.all_query()
            yield Occur.MustNot, Query.term_query(self._schema, "kind", TOPIC)
            yield Occur.MustNot, Query.term_query(self._schema, "unit", VERSION_UNIT)

    def _conditions(self, filters: Filters) -> Iterator[Query]:
        yield from (self._any(name, values) for name, values in filters.any_of.items() if values)
        yield from (self._any("with", [value]) for value in filters.all_with)
        if filters.first_day is not None or filters.last_day is not None:
            yield from self._days(filters)

    def _days(self, filters: Filters) -> Iterator[Query]:
        """Items that may have been between two days. To find a few years by themselves costs less than by days."""
        first, last = _between(filters)
        are_few = len(between := self._years(filters)) <= FEW_YEARS
        if are_few:
            yield self._any("year", between)
        if not are_few or (first.month, first.day) != (1, 1):
            yield self._range("last_day", first.toordinal(), None)
        if not are_few or (last.month, last.day) != (12, 31):
            yield self._range("first_day", 1, last.toordinal())

    def _years(self, filters: Filters) -> list[str]:
        """The years between two days, the newest first."""
        first, last = _between(filters)
        return [year for year in years(self._searcher) if first.year <= int(year) <= last.year]

    def _similar_word(self, word: str, limit: float) -> Query:
        distance = min(_distance(word), ceil(2 * limit))
        return self._any_of([Query.term_query(self._schema, "called", word), *self._near("called", word, distance)])

    def _near(self, name: str, word: str, distance: int) -> Iterator[Query]:
        """A field's words with one other letter, or two swapped; then those with two other letters."""
        for each in range(1, distance + 1):
            yield Query.fuzzy_term_query(self._schema, name, word, each, transposition_cost_one=each == 1)

    def _all_of(self, queries: Sequence[Query]) -> Query:
        if len(queries) == 1:
            return queries[0]
        return Query.boolean_query([(Occur.Must, each) for each in queries])

    def _any(self, name: str, values: Sequence[str]) -> Query:
        return self._any_of(Query.term_query(self._schema, name, value) for value in values)

    def _any_of(self, queries: Iterable[Query]) -> Query:
        some = [*queries]
        if not some:
            return Query.empty_query()
        return some[0] if len(some) == 1 else Query.boolean_query([(Occur.Should, each) for each in some])

    def _range(self, name: str, lower: int | None, upper: int | None) -> Query:
        return Query.range_query(self._schema, name, FieldType.Integer, lower, upper)

    def _term(self, name: str, term: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self._schema, name, term, index_option="freq"), weight)

    def _together_in(self, name: str, words: Sequence[str], weight: float, filters: Filters) -> Query:
        """A field with all of some words, if one of the item's texts has them together and in order."""
        adjacent = self._any_of(self._adjacent(each, words) for each in _fields(filters))
        terms = [self._term(name, word, weight) for word in words]
        return self._all_of([*terms, Query.const_score_query(adjacent, 0)])

    def _adjacent(self, name: str, words: Sequence[str]) -> Query:
        """Some words that stand together in a field, and in order. Every second pair and the last one have them all."""
        pairs = word_pairs(words)
        if len(pairs) == 1:
            return Query.term_query(self._schema, PAIR_FIELDS[name], pairs[0])
        places = sorted({*range(0, len(pairs), 2), len(pairs) - 1})
        return Query.phrase_query(self._schema, PAIR_FIELDS[name], [(place, pairs[place]) for place in places])

    def _has(self, name: str, term: str) -> bool:
        return self._searcher.doc_freq(name, term) > 0


@lru_cache(maxsize=2)
def stem_fields(searcher: Searcher) -> Sequence[str]:
    """The fields of stems that have any in an index."""
    return [name for name in STEM_FIELDS if searcher.terms_with_prefix(name, "", limit=1)]


@lru_cache(maxsize=2)
def years(searcher: Searcher) -> Sequence[str]:
    """The years that an index has, the newest first."""
    return sorted((year for year, _ in searcher.terms_with_prefix("year", "")), reverse=True)


@lru_cache(maxsize=2)
def has_deleted(searcher: Searcher) -> bool:
    """Whether an index has deleted documents of items, which frequencies of words still count."""
    kinds = sum(searcher.doc_freq("kind", kind) for kind in (*DEFAULT_KINDS, SearchKind.source, TOPIC))
    return kinds != searcher.num_docs - 1  # the other one names the version


_ANALYZERS = {name: analyzer(name) for name in STEM_FIELDS}


def stems(field: str, words: Sequence[str]) -> list[str]:
    """The stems of some folded words, in the language of a field."""
    return _ANALYZERS[field].analyze(" ".join(words))


@lru_cache(maxsize=1 << 10)
def _forms(searcher: Searcher, name: str, word: str) -> Sequence[str]:
    """A word, and its other forms that a field has, in any of the index's languages."""
    forms = {word}
    for stem_field in stem_fields(searcher):
        stem = _stem(stem_field, word)
        if searcher.doc_freq(stem_field, stem):
            begun = stem[: max(SHORTEST_BEGINNING, len(stem) - 1)]
            terms = [term for term, _ in searcher.terms_with_prefix(name, begun, limit=MOST_FORMS)]
            forms |= {term for term, other in zip(terms, stems(stem_field, terms), strict=True) if other == stem}
    return sorted(forms)


@lru_cache(maxsize=1 << 12)
def _stem(field: str, word: str) -> str:
    return stems(field, [word])[0]


def _between(filters: Filters) -> tuple[date, date]:
    """The first and the last day of a filter."""
    return date.fromordinal(filters.first_day or 1), date.fromordinal(filters.last_day or date.max.toordinal())


def _of_kinds(filters: Filters, *kinds: SearchKind) -> Filters | None:
    """Filters for those of some kinds that a search is for, if it is for any."""
    some = tuple(kind for kind in kinds if kind in (filters.kinds or DEFAULT_KINDS))
    return replace(filters, kinds=some) if some else None


def _of_years(filters: Filters, first: int, last: int) -> Filters:
    """Filters for some years, and whatever else they demand."""
    first_day, last_day = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    return replace(
        filters,
        first_day=max(first_day, filters.first_day or 1),
        last_day=min(last_day, filters.last_day or last_day),
    )


def _fields(filters: Filters) -> Sequence[str]:
    """The fields in one of which all words must occur."""
    kinds = {*(filters.kinds or DEFAULT_KINDS)}
    if SearchKind.evidence in kinds:
        return [EVIDENCE]
    of_sources = [SOURCE_WORDS] if SearchKind.source in kinds else []
    return [ALL_WORDS, *of_sources] if kinds - {SearchKind.source} else of_sources


def _is_beginning(phrase: Phrase) -> bool:
    """Whether a phrase is a character that begins words, in a script without spaces."""
    return len(phrase.words) == 1 and len(phrase.words[0]) == 1 and is_gram(phrase.words[0])


def _words(parsed: ParsedQuery) -> list[str]:
    """All words that a hit has."""
    return [word for phrase in parsed.wanted for word in phrase.words]


def _may_stand_together(parsed: ParsedQuery) -> bool:
    """Whether it is asked if the words of a query stand together, beside those of its phrases."""
    return len(parsed.wanted) > 1 and len(_words(parsed)) <= LONGEST_TOGETHER


def _distance(word: str) -> int:
    """How many letters of a word may differ, by its length."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2
