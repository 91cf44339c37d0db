"""Parsed queries and filters as queries of Tantivy: what matches, and how it is ranked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from math import log

from tantivy import FieldType, Occur, Query, Schema, Searcher

from app.enums import SearchKind
from app.search.folder import OpenIndex
from app.search.folding import is_gram
from app.search.query_parsing import ParsedQuery, Phrase
from app.search.schema import ALL_WORDS, STEM_FIELDS, WORD_FIELDS, analyzer

WEIGHTS = {"name": 3.0, "title": 2.0, "text": 1.0, "context": 1.0, "evidence": 0.3}
"""Factors of the scores of words in their exact form, by field."""

STEM_WEIGHT = 0.5
"""The factor of other forms of a word. In its exact form a word scores for its stem, too."""

TOGETHER_WEIGHT = 2.0
"""The factor of a field's weight for the words of a query that stand together in it, and in order."""

TOGETHER_FIELDS = ("name", "title", "text")
LONGEST_TOGETHER = 5
"""Of how many words at most it is asked whether they stand together."""

SHORTEST_BEGINNING, MOST_FORMS = 3, 500
"""How many letters the forms of a word have in common at least, and how many words that begin so are looked at."""

STEMMED_AT_BEGINNING = ("stem_arabic",)
"""Fields of stems that lack the beginning of a word, such as an article: its other forms may begin with any letter."""

KIND_WEIGHTS = {SearchKind.meeting: 2.0, SearchKind.person: 4.0, SearchKind.party: 4.0}
"""Factors of the rarity of a query's words, to be added to the scores of some kinds: who searches for a name or a place
mostly wants the person, the party or the meeting itself, and not each of its facts."""

SCORED_ALTOGETHER = 20_000
"""Up to how many hits are scored in all fields."""

TIERS = (("name", "title"), ("text",))
"""The fields by which more hits are ranked: first those with all words in names and titles, then in texts. Before them
come people, parties and meetings with such a name or title."""

EVIDENCE = "evidence"
"""The field that is searched for evidence."""

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
        """All filters but that of a facet."""
        match name:
            case "kind":
                return replace(self, kinds=(*DEFAULT_KINDS, SearchKind.source))
            case "year":
                return replace(self, first_day=None, last_day=None)
        return replace(self, any_of={key: values for key, values in self.any_of.items() if key != name})


class QueryMaker:
    """Makes queries for an opened index, without clauses that would find nothing in it."""

    def __init__(self, opened: OpenIndex) -> None:
        self._schema: Schema = opened.index.schema
        self._searcher: Searcher = opened.searcher
        self.stem_fields = stem_fields(self._searcher)

    def matching(self, parsed: ParsedQuery | None, filters: Filters, forgiven: Sequence[str] = ()) -> Query:
        """What a search finds, without scores; without a parsed query, all that the filters let through.

        `forgiven` are units of people and parties with names similar to the query's.
        """
        name = EVIDENCE if SearchKind.evidence in filters.kinds else ALL_WORDS
        return self._query(parsed, filters, lambda phrase: self._found(phrase, name), forgiven)

    def ranked(self, parsed: ParsedQuery | None, filters: Filters, forgiven: Sequence[str], total: int) -> list[Query]:
        """Queries for what a search finds, the best first, each without what those before it find.

        It is one query, unless there are many hits: to score each of these in every field would take too long.
        """
        found = self.matching(parsed, filters, forgiven)
        if parsed is None or not parsed.wanted:
            return [Query.const_score_query(found, 0)]
        if total <= SCORED_ALTOGETHER or SearchKind.evidence in filters.kinds:
            return [self._scored(parsed, filters, forgiven)]
        by_field = [self._query(parsed, filters, partial(self._exactly, fields)) for fields in TIERS]
        by_title = by_field[0]
        themselves = Query.boolean_query([(Occur.Must, self._any("kind", [*KIND_WEIGHTS])), (Occur.Must, by_title)])
        tiers = [themselves, *by_field, Query.const_score_query(found, 0)]
        return [self._without(tier, tiers[:number]) for number, tier in enumerate(tiers)]

    def _scored(self, parsed: ParsedQuery, filters: Filters, forgiven: Sequence[str]) -> Query:
        """What a search finds, with the scores of all fields; those of similar names are 0, and so below all others."""
        scores = [score for phrase in parsed.wanted for score in self._scores(phrase)]
        scores += self._preferences(parsed, filters)
        exact = Query.const_score_query(self.matching(parsed, filters), 0)
        scored = Query.boolean_query([(Occur.Must, exact), *((Occur.Should, each) for each in scores)])
        if not forgiven:
            return scored
        return self._any_of([scored, Query.const_score_query(self.matching(parsed, filters, forgiven), 0)])

    def _query(
        self,
        parsed: ParsedQuery | None,
        filters: Filters,
        found: Callable[[Phrase], Query],
        forgiven: Sequence[str] = (),
    ) -> Query:
        """The query that each phrase is found and no excluded one, under the filters."""
        if parsed is None:
            parsed = ParsedQuery()
        elif parsed.is_empty:
            return Query.empty_query()
        clauses = [(Occur.Must, found(phrase)) for phrase in parsed.wanted]
        if clauses and forgiven:
            clauses = [(Occur.Must, self._any_of([Query.boolean_query(clauses), self._any("unit", forgiven)]))]
        clauses += self._kinds(filters, has_words=bool(clauses))
        clauses += [(Occur.Must, Query.const_score_query(each, 0)) for each in self._conditions(filters)]
        clauses += [(Occur.MustNot, self._found(phrase, ALL_WORDS)) for phrase in parsed.excluded]
        return Query.boolean_query(clauses)

    def _without(self, query: Query, others: Sequence[Query]) -> Query:
        return Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, each) for each in others)])

    def similar_names(self, words: Sequence[str]) -> Query:
        """People and parties with a name that has each word, or one with up to two other letters."""
        clauses = [(Occur.Must, self._similar_word(word)) for word in words]
        kinds = self._any("kind", [SearchKind.person, SearchKind.party])
        return Query.boolean_query([*clauses, (Occur.Must, Query.const_score_query(kinds, 0))])

    def similar_words(self, word: str) -> Query:
        """The items with a word that has up to two other letters, the least different first."""
        return self._any_of(near for name in TOGETHER_FIELDS for near in self._near(name, word))

    def beginning(self, words: Sequence[str]) -> Query:
        """The items for suggestions: a word of their name or title begins with each of some words."""
        return Query.boolean_query([(Occur.Must, Query.term_query(self._schema, "begins", word)) for word in words])

    def units(self, units: Sequence[str]) -> Query:
        """The documents of some units that are no facts."""
        return self._any("unit", units)

    def frequency(self, word: str) -> int:
        """In how many documents a word stands in any form, at least."""
        return max(self._searcher.doc_freq(ALL_WORDS, form) for form in _forms(self._searcher, ALL_WORDS, word))

    def _rarity(self, word: str) -> float:
        """The inverse document frequency of a word, as BM25 has it."""
        documents, frequency = self._searcher.num_docs, self.frequency(word)
        return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))

    def _found(self, phrase: Phrase, name: str) -> Query:
        """A phrase in a field, or in any of the fields with positions; a single word also in its other forms."""
        if len(phrase.words) > 1:
            return self._exactly(WORD_FIELDS if name == ALL_WORDS else (name,), phrase)
        (word,) = phrase.words
        if len(word) == 1 and is_gram(word):
            return Query.fuzzy_term_query(self._schema, name, word, 0, prefix=True)
        forms = [self._term(name, form, 1) for form in _forms(self._searcher, name, word)]
        begun = [self._term(each, _stem(each, word), 1) for each in self.stem_fields if each in STEMMED_AT_BEGINNING]
        return self._any_of([*forms, *(begun if name == ALL_WORDS else ())])

    def _exactly(self, fields: Sequence[str], phrase: Phrase) -> Query:
        """A phrase in any of some fields, in just this form."""
        if len(phrase.words) > 1:
            return self._any_of(self._adjacent(name, phrase.words, WEIGHTS[name]) for name in fields)
        return self._any_of(self._term(name, phrase.words[0], WEIGHTS[name]) for name in fields)

    def _scores(self, phrase: Phrase) -> Iterator[Query]:
        """The scores of a phrase by field; those of a single word count for its other forms, too."""
        if len(phrase.words) > 1:
            yield from (self._adjacent(name, phrase.words, WEIGHTS[name]) for name in WORD_FIELDS)
            return
        (word,) = phrase.words
        yield from (self._term(name, word, WEIGHTS[name]) for name in WORD_FIELDS if self._has(name, word))
        yield from self._stems(word)

    def _stems(self, word: str) -> Iterator[Query]:
        for name in self.stem_fields:
            if self._has(name, stem := _stem(name, word)):
                yield self._term(name, stem, STEM_WEIGHT)

    def _preferences(self, parsed: ParsedQuery, filters: Filters) -> Iterator[Query]:
        """What makes a hit better than others with all words."""
        words = [word for phrase in parsed.wanted for word in phrase.words]
        if len(parsed.wanted) > 1 and len(words) <= LONGEST_TOGETHER:
            for name in TOGETHER_FIELDS:
                if all(self._has(name, word) for word in words):
                    yield self._adjacent(name, words, WEIGHTS[name] * TOGETHER_WEIGHT)
        rarity = sum(map(self._rarity, words))
        for kind, weight in KIND_WEIGHTS.items():
            if kind in (filters.kinds or DEFAULT_KINDS):
                yield Query.const_score_query(Query.term_query(self._schema, "kind", kind), weight * rarity)

    def _kinds(self, filters: Filters, has_words: bool) -> Iterator[tuple[Occur, Query]]:
        """The condition on kinds: the other kinds are ruled out if they are few, since most documents are facts."""
        kinds = filters.kinds or DEFAULT_KINDS
        if SearchKind.evidence in kinds and has_words:
            return
        if SearchKind.evidence in kinds:
            kinds = FACTS
        if has_words and {*DEFAULT_KINDS} <= {*kinds}:
            others = {SearchKind.source} - {*kinds}
            yield from ((Occur.MustNot, Query.term_query(self._schema, "kind", kind)) for kind in others)
        else:
            yield Occur.Must, Query.const_score_query(self._any("kind", kinds), 0)

    def _conditions(self, filters: Filters) -> Iterator[Query]:
        yield from (self._any(name, values) for name, values in filters.any_of.items() if values)
        yield from (self._any("with", [value]) for value in filters.all_with)
        if filters.first_day is not None:
            yield self._range("last_day", filters.first_day, None)
        if filters.last_day is not None:
            yield self._range("first_day", 1, filters.last_day)

    def _similar_word(self, word: str) -> Query:
        return self._any_of([Query.term_query(self._schema, "name", word), *self._near("name", word)])

    def _near(self, name: str, word: str) -> Iterator[Query]:
        """A field's words with one other letter, or two swapped; then those with two other letters."""
        for distance in range(1, _distance(word) + 1):
            yield Query.fuzzy_term_query(self._schema, name, word, distance, transposition_cost_one=distance == 1)

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
        return Query.boost_query(Query.term_query(self._schema, name, term), weight)

    def _adjacent(self, name: str, words: Sequence[str], weight: float) -> Query:
        return Query.boost_query(Query.phrase_query(self._schema, name, [*words]), weight)

    def _has(self, name: str, term: str) -> bool:
        return self._searcher.doc_freq(name, term) > 0


@lru_cache(maxsize=2)
def stem_fields(searcher: Searcher) -> Sequence[str]:
    """The fields of stems that have any in an index."""
    return [name for name in STEM_FIELDS if searcher.terms_with_prefix(name, "", limit=1)]


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


def _distance(word: str) -> int:
    """How many letters of a word may differ, by its length."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2
