"""Clauses: where the clause of a verb begins, where its object ends, and the items of a list.

Positions are token indexes in a sentence.
"""

from seed.draft.text.function_words import DETERMINERS
from seed.draft.text.titles import Tokens
from seed.language.word_lists import word_set, words

_SUBORDINATE = word_set("function_words/subordinators")
_CONNECTIVES = words("however meanwhile moreover but and yet also additionally furthermore finally still")
_OBJECT_ENDS = words("and to that which , in on for as by with while who ; : ( — –")
_SHORTEST_OBJECT = 2


def clause_start(tokens: Tokens, verb: int) -> int:
    """The first token of a verb's clause: behind a subordinate clause, a semicolon or a conjunction."""
    start = 0
    subordinate = tokens[0].text.lower() in _SUBORDINATE
    for index in range(verb):
        word = tokens[index].text
        divides = word in {";", ":", "—", "–"} or (word == "," and subordinate)
        if divides or (word in {"while", "but"} and index):
            start = index + 1
    while start < verb and (tokens[start].text.lower() in _CONNECTIVES or tokens[start].text == ","):
        start += 1
    return start


def object_end(tokens: Tokens, verb: int) -> int:
    """The last token of the first object behind a verb: `agreed to form high-level teams`."""
    index = verb + 1
    while index < len(tokens) and tokens[index].text in {"to", "on", "that", "upon"} | _CONNECTIVES:
        index += 1
    index += _SHORTEST_OBJECT - 1
    while index < len(tokens) and tokens[index].text not in _OBJECT_ENDS and tokens[index].pair is None:
        index += 1
    return last_word(tokens, min(index, len(tokens)) - 1, DETERMINERS)


def last_word(tokens: Tokens, last: int, without: frozenset[str] = frozenset()) -> int:
    """The last token up to `last` that is neither punctuation nor in `without`."""
    while last > 0 and ((not tokens[last].is_word and tokens[last].pair is None) or tokens[last].text in without):
        last -= 1
    return last


def list_items(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    """The first and last token of each item of `the a, the b, and the c`; one item if it is no list.

    An item must begin with an article, because a comma alone divides much else.
    """
    starts = [first]
    for index in range(first + 1, last):
        word, following = tokens[index].text, tokens[index + 1].text
        if following in {"the", "a", "an"} and word in {"and", ","}:
            starts.append(index + 1)
    ends = [*(start - 1 for start in starts[1:]), last]
    return [(start, _without_conjunction(tokens, end)) for start, end in zip(starts, ends, strict=True) if start <= end]


def _without_conjunction(tokens: Tokens, last: int) -> int:
    while tokens[last].text in {",", "and"}:
        last -= 1
    return last
