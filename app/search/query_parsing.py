"""The words, phrases and excluded words of a search query. Any text is a query, and none is a syntax error."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.search.folding import fold, is_gram

MAX_QUERY_WORDS = 32
"""Each word costs a look-up in every field of the index. In scripts without spaces, two characters are one word."""

MAX_QUERY_CHARACTERS = 8192

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
"""Quotation marks with which people and word processors write a phrase."""

_PART = re.compile(r'(?:(?:(?<=\s)|^)(?P<minus>-))?"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+)')
_POSSESSIVE = re.compile("['’]s$", re.IGNORECASE)
_EXCLUDED = re.compile(r"-(?=[^\s-])")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that stand together in a text; mostly one word."""

    words: tuple[str, ...]
    text: str
    """How the query has it, for a query that is made from this one."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query: a hit has all of the wanted phrases and none of the excluded ones."""

    wanted: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it has no words. Such a query matches nothing."""
        return not (self.wanted or self.excluded)


def parse_query(q: str) -> ParsedQuery:
    """Any text as a query. Raises ValueError for more than 32 words or 8,192 characters.

    Double quotes make a phrase, as does punctuation within a word (`four-hour`). A minus at the beginning of a word or
    phrase excludes it. All other signs, such as those of operators, only separate words.
    """
    if len(q) > MAX_QUERY_CHARACTERS:
        raise ValueError(f"is longer than {MAX_QUERY_CHARACTERS:,} characters")
    wanted: dict[tuple[str, ...], Phrase] = {}
    excluded: dict[tuple[str, ...], Phrase] = {}
    for is_excluded, text in _parts(q.translate(_QUOTES)):
        if words := _words(text):
            (excluded if is_excluded else wanted).setdefault(words, Phrase(words, text))
    if _count(wanted) + _count(excluded) > MAX_QUERY_WORDS:
        raise ValueError(f"has more than {MAX_QUERY_WORDS} words")
    return ParsedQuery(tuple(wanted.values()), tuple(excluded.values()))


def _parts(q: str) -> Iterator[tuple[bool, str]]:
    """The words and phrases of a query as they are written, and whether each is excluded."""
    for found in _PART.finditer(q):
        if (quoted := found["quoted"]) is not None:
            yield bool(found["minus"]), quoted
        elif plain := found["plain"]:
            begins = found.start() == 0 or q[found.start() - 1].isspace()
            is_excluded = begins and _EXCLUDED.match(plain) is not None
            yield is_excluded, _POSSESSIVE.sub("", plain.removeprefix("-") if is_excluded else plain)


def _words(text: str) -> tuple[str, ...]:
    """The folded words of a phrase.

    The last character of a run without spaces is no word of its own: in a text that goes on, it is part of a pair.
    """
    words = fold(text).split()
    if len(words) > 1 and len(words[-1]) == 1 and is_gram(words[-1]) and is_gram(words[-2]):
        words.pop()
    return tuple(words)


def _count(phrases: Iterable[tuple[str, ...]]) -> int:
    words = [word for phrase in phrases for word in phrase]
    grams = sum(map(is_gram, words))
    return len(words) - grams + (grams + 1) // 2
