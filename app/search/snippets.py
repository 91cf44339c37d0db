"""Snippets: the passage of a text with the best matches, and the positions of the matches in it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from app.search.folding import Words, fold_all, is_gram, words
from app.search.queries import stems
from app.search.query_parsing import Phrase

WORDS = 32
"""The maximum number of words in a passage."""

LONG_TEXT = 4_000
"""From how many characters on the words of a text are looked up only in its best part."""

_PART = re.compile(r"(?s).{1,600}(?:\s|$)|.{600}")

Ranges = list[tuple[int, int]]
"""The start and exclusive end of each match, in code points, in order."""

Snippet = tuple[str, Ranges]
"""A text, and the matches in it."""


class Found(NamedTuple):
    """A match: the index of its first and of its last word, and the number of the phrase."""

    first: int
    last: int
    phrase: int


class Matcher:
    """Finds the phrases of a query in texts: words as they are folded, in other forms, and similar names."""

    def __init__(self, phrases: Sequence[Phrase], stem_fields: Sequence[str], similar: Iterable[str] = ()) -> None:
        numbered = [(number, phrase.words) for number, phrase in enumerate(phrases)]
        single = {words[0]: number for number, words in numbered if len(words) == 1}
        self._longer = [(number, words) for number, words in numbered if len(words) > 1]
        self._single = {**dict.fromkeys(similar, 0), **single}
        self._prefixes = {word: number for word, number in single.items() if len(word) == 1 and is_gram(word)}
        self._stems: dict[str, Mapping[str, int]] = {
            field: dict(zip(stems(field, [*single]), single.values(), strict=True)) for field in stem_fields if single
        }
        self._numbers: dict[str, int | None] = {}
        """The words that were looked up, each with the number of the phrase that it matches alone."""

    def snippet(self, text: str) -> Snippet:
        """The passage with the most of the phrases; the beginning of the text if it has none of them."""
        part, goes_before, goes_on = self._best_part(text) if len(text) > LONG_TEXT else (text, False, False)
        found = self._words(part)
        matches = [*self._matches_of(found.texts)]
        return _passage(part, found.places, matches, goes_before, goes_on)

    def _words(self, text: str) -> Words:
        """The words of a text. A pair of characters whose first one alone is looked for ends with it."""
        found = words(text)
        if not self._prefixes:
            return found
        starts = [word[0] in self._prefixes for word in found.texts]
        places = zip(starts, found.places, strict=True)
        return found._replace(places=[(start, start + 1 if is_first else end) for is_first, (start, end) in places])

    def matches(self, text: str) -> Ranges:
        """The positions of the matches in a short text."""
        found = self._words(text)
        places = found.places
        return _merged((places[each.first][0], places[each.last][1]) for each in self._matches_of(found.texts))

    def counts(self, texts: Sequence[str]) -> list[int]:
        """How many of the phrases each text has."""
        return [len({match.phrase for match in self._matches_of(text.split())}) for text in fold_all(texts)]

    def has_match(self, words: list[str]) -> bool:
        """Whether a folded text has one of the phrases."""
        return next(self._matches_of(words), None) is not None

    def _best_part(self, text: str) -> tuple[str, bool, bool]:
        """The part of a long text with the most of the phrases, and whether the text goes before it and goes on."""
        starts = [part.start() for part in _PART.finditer(text)]
        parts = [(start, starts[at + 2] if at + 2 < len(starts) else len(text)) for at, start in enumerate(starts)]
        values = self.counts([text[start:end] for start, end in parts])
        start, end = parts[values.index(max(values))]
        return text[start:end], start > 0, end < len(text)

    def _matches_of(self, texts: list[str]) -> Iterator[Found]:
        self._look_up({*texts}.difference(self._numbers))
        for at, word in enumerate(texts):
            if (number := self._numbers[word]) is not None:
                yield Found(at, at, number)
            for number, phrase in self._longer:
                if word == phrase[0] and tuple(texts[at : at + len(phrase)]) == phrase:
                    yield Found(at, at + len(phrase) - 1, number)

    def _look_up(self, new: Set[str]) -> None:
        """Find the number of the phrase that each of some words matches alone."""
        if not new:
            return
        own = [*new]
        self._numbers |= dict.fromkeys(own)
        for field, wanted in self._stems.items():
            pairs = zip(own, stems(field, own), strict=True)
            self._numbers |= {word: wanted[stem] for word, stem in pairs if stem in wanted}
        if self._prefixes:
            self._numbers |= {word: self._prefixes[word[0]] for word in own if word[0] in self._prefixes}
        self._numbers |= {word: self._single[word] for word in own if word in self._single}


def _passage(text: str, places: Ranges, matches: Sequence[Found], goes_before: bool, goes_on: bool) -> Snippet:
    if not places:
        return text, []
    first = _best(matches, len(places))
    last = min(first + WORDS, len(places)) - 1
    cut_before, cut_after = first > 0 or goes_before, last + 1 < len(places) or goes_on
    start = places[first][0] if cut_before else 0
    stop = places[last][1] if cut_after else len(text)
    moved = cut_before - start
    inside = _merged(
        (places[max(each.first, first)][0], places[min(each.last, last)][1])
        for each in matches
        if each.first <= last and each.last >= first
    )
    shown = f"{'…' * cut_before}{text[start:stop]}{'…' * cut_after}"
    return shown, [(begin + moved, end + moved) for begin, end in inside]


def _best(matches: Sequence[Found], count: int) -> int:
    """The index of the first word of the best passage, which has the matches in its middle."""
    best, opens, closes = (0, 0), 0, WORDS - 1
    for place, (first, _, _) in enumerate(matches):
        within = [match for match in matches[place : place + WORDS] if match.last < first + WORDS]
        value = (len({match.phrase for match in within}), len(within))
        if value > best:
            best, opens, closes = value, first, max(match.last for match in within)
    return max(0, min(opens - (WORDS - 1 - closes + opens) // 2, count - WORDS))


def _merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Sorted ranges; overlapping ones are merged."""
    joined: Ranges = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
