"""Snippets: the passage of a text with the best matches, and the positions of the matches in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WORDS = 32
"""The maximum number of words in a passage."""

REMOVED = "\u0300"
"""A character that normalization removes from its word; the normalized text keeps one for it."""

Snippet = tuple[str, list[tuple[int, int]]]
"""A text, and the start and exclusive end of each match, in code points, in order."""

_WORD = re.compile(f"[^ {REMOVED}][^ ]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its normalized form of the same length: letters, `REMOVED`, and spaces between words.

    It may be part of a longer text, which `goes_before` it or `goes_on` after it.
    """

    text: str
    normalized: str
    goes_before: bool = False
    goes_on: bool = False


def phrases(query: Text) -> list[list[str]]:
    """The words of each phrase of a normalized query."""
    ends = [-1, *(at for at, sign in enumerate(query.text) if sign == '"'), len(query.text)]
    found = (_words(query.normalized[end + 1 : next]) for end, next in pairwise(ends))
    return [words for words in found if words]


def passage(text: Text, wanted: Sequence[list[str]]) -> Snippet:
    """The passage with the most of the phrases; the beginning of the text if it has none of them."""
    places = [match.span() for match in _WORD.finditer(text.normalized)]
    if not places:
        return text.text, []
    matches = _matches(_words(text.normalized), wanted)
    first = _best(matches, len(places))
    last = min(first + WORDS, len(places)) - 1
    cut_before, cut_after = first > 0 or text.goes_before, last + 1 < len(places) or text.goes_on
    start = places[first][0] if cut_before else 0
    stop = places[last][1] if cut_after else len(text.text)
    shown = f"{'…' * cut_before}{text.text[start:stop]}{'…' * cut_after}"
    inside = _merged(
        [(max(one, first), min(other, last)) for one, other, _ in matches if one <= last and other >= first]
    )
    moved = cut_before - start
    return shown, [(places[one][0] + moved, places[other][1] + moved) for one, other in inside]


def _words(normalized: str) -> list[str]:
    return [word for word in normalized.replace(REMOVED, "").split(" ") if word]


def _matches(words: list[str], wanted: Sequence[list[str]]) -> list[tuple[int, int, int]]:
    """The matches of phrases: the index of the first and of the last word, and of the phrase."""
    return [
        (at, at + len(phrase) - 1, number)
        for at, word in enumerate(words)
        for number, phrase in enumerate(wanted)
        if word == phrase[0] and words[at : at + len(phrase)] == phrase
    ]


def _best(matches: list[tuple[int, int, int]], words: int) -> int:
    """The index of the first word of the best passage, which has the matches in its middle."""
    best, opens, closes = (0, 0), 0, WORDS - 1
    for place, (first, _, _) in enumerate(matches):
        within = [match for match in matches[place:] if match[1] < first + WORDS]
        value = (len({number for _, _, number in within}), len(within))
        if value > best:
            best, opens, closes = value, first, max(last for _, last, _ in within)
    return max(0, min(opens - (WORDS - 1 - closes + opens) // 2, words - WORDS))


def _merged(matches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted matches; overlapping ones are merged."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(matches):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
