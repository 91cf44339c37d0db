"""Clauses around a verb: where they begin, and where what they tell ends. Places are tokens of a sentence."""

from seed.draft.text.function_words import DETERMINERS
from seed.draft.text.titles import Tokens
from seed.language.word_lists import word_set, words

_SUBORDINATE = word_set("function_words/subordinators")
_INTRODUCING = words("however meanwhile moreover but and yet also additionally furthermore finally still")
_ENDS_OBJECT = words("and to that which , in on for as by with while who ; : ( — –")
_LEAST = 2


def clause_start(tokens: Tokens, verb: int) -> int:
    """Where the clause of a verb begins: behind a subordinate clause, a semicolon, or a word that leads in."""
    start = 0
    subordinate = tokens[0].text.lower() in _SUBORDINATE
    for index in range(verb):
        word = tokens[index].text
        divides = word in {";", ":", "—", "–"} or (word == "," and subordinate)
        if divides or (word in {"while", "but"} and index):
            start = index + 1
    while start < verb and (tokens[start].text.lower() in _INTRODUCING or tokens[start].text == ","):
        start += 1
    return start


def object_end(tokens: Tokens, verb: int) -> int:
    """The last token of the first object behind a verb: `agreed to form high-level teams`."""
    index = verb + 1
    while index < len(tokens) and tokens[index].text in {"to", "on", "that", "upon"} | _INTRODUCING:
        index += 1
    index += _LEAST - 1
    while index < len(tokens) and tokens[index].text not in _ENDS_OBJECT and tokens[index].pair is None:
        index += 1
    return last_word(tokens, min(index, len(tokens)) - 1, DETERMINERS)


def last_word(tokens: Tokens, last: int, without: frozenset[str] = frozenset()) -> int:
    """The last token up to a place that is no punctuation, and none of some words."""
    while last > 0 and ((not tokens[last].is_word and tokens[last].pair is None) or tokens[last].text in without):
        last -= 1
    return last


def list_items(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    """The items of `the a, the b, and the c`, each with its first and last token; one if it is no list.

    Only what begins with an article after the comma is an item, for a comma alone divides much else.
    """
    starts = [first]
    for index in range(first + 1, last):
        word, following = tokens[index].text, tokens[index + 1].text
        if following in {"the", "a", "an"} and word in {"and", ","}:
            starts.append(index + 1)
    ends = [*(start - 1 for start in starts[1:]), last]
    return [(start, _without_joint(tokens, end)) for start, end in zip(starts, ends, strict=True) if start <= end]


def _without_joint(tokens: Tokens, last: int) -> int:
    while tokens[last].text in {",", "and"}:
        last -= 1
    return last
