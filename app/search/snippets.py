"""The passage of a text that shows best what was found: which words, and where the matches stand in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WORDS = 32
"""How many words a passage has at most."""

MARK = "\u0300"
"""What stands, in a text as it was read, for a character that is left out of its word."""

Snippet = tuple[str, list[tuple[int, int]]]
"""A text, and where its matches stand: start and end, in code points, one after another."""

_WORD = re.compile(f"[^ {MARK}][^ ]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and how it was read, a character for each: letters, `MARK`, and spaces for what divides words.

    It may be part of a longer one, which `goes_before` or `goes_on`.
    """

    text: str
    read: str
    goes_before: bool = False
    goes_on: bool = False


def phrases(query: Text) -> list[list[str]]:
    """The words of each phrase of a query, which has its phrases in double quotes."""
    ends = [-1, *(at for at, sign in enumerate(query.text) if sign == '"'), len(query.text)]
    found = (_words(query.read[end + 1 : next]) for end, next in pairwise(ends))
    return [words for words in found if words]


def passage(text: Text, wanted: Sequence[list[str]]) -> Snippet:
    """The words in a row that have most of some phrases; if they have none, those that the text begins with."""
    places = [match.span() for match in _WORD.finditer(text.read)]
    if not places:
        return text.text, []
    matches = _matches(_words(text.read), wanted)
    first = _best(matches, len(places))
    last = min(first + WORDS, len(places)) - 1
    cut_before, cut_after = first > 0 or text.goes_before, last + 1 < len(places) or text.goes_on
    start = places[first][0] if cut_before else 0
    stop = places[last][1] if cut_after else len(text.text)
    shown = f"{'…' * cut_before}{text.text[start:stop]}{'…' * cut_after}"
    inside = _joined(
        [(max(one, first), min(other, last)) for one, other, _ in matches if one <= last and other >= first]
    )
    moved = cut_before - start
    return shown, [(places[one][0] + moved, places[other][1] + moved) for one, other in inside]


def _words(read: str) -> list[str]:
    return [word for word in read.replace(MARK, "").split(" ") if word]


def _matches(words: list[str], wanted: Sequence[list[str]]) -> list[tuple[int, int, int]]:
    """Where phrases stand: the numbers of the first and the last word, and of the phrase."""
    return [
        (at, at + len(phrase) - 1, number)
        for at, word in enumerate(words)
        for number, phrase in enumerate(wanted)
        if word == phrase[0] and words[at : at + len(phrase)] == phrase
    ]


def _best(matches: list[tuple[int, int, int]], words: int) -> int:
    """The number of the word that the passage with the most phrases begins with, the matches in its middle."""
    best, opens, closes = (0, 0), 0, WORDS - 1
    for place, (first, _, _) in enumerate(matches):
        within = [match for match in matches[place:] if match[1] < first + WORDS]
        value = (len({number for _, _, number in within}), len(within))
        if value > best:
            best, opens, closes = value, first, max(last for _, last, _ in within)
    return max(0, min(opens - (WORDS - 1 - closes + opens) // 2, words - WORDS))


def _joined(matches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Matches in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(matches):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
