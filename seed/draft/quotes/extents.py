"""Where a statement begins and ends. Places are tokens of a sentence."""

from seed.draft.quotes.sayings import Saying
from seed.draft.text.function_words import (
    DETERMINERS,
    FINITE,
    SUBJECT_PRONOUNS,
    TIMES,
    WEEKDAYS,
    is_finite,
    is_subject_pronoun,
)
from seed.draft.text.reporting_verbs import EMPHATIC, INDIRECT, THAT_OPTIONAL, WITH_ADDRESSEE
from seed.draft.text.titles import Tokens
from seed.draft.text.tokens import word_at
from seed.language.word_lists import word_set, words

_FARTHEST_THAT = 14
"""How many tokens behind its verb `that` is looked for: `told reporters in Vienna on Monday that`."""

_LONGEST_HEARER = 4
_HEARERS = words("him her them us me reporters journalists lawmakers parliament of")
_STRESSED = words("the a his her their its")
_NO_CLAUSE = WEEKDAYS | word_set("function_words/not_opening_clause")
_OF_A_CLAUSE = FINITE | SUBJECT_PRONOUNS | words("to using by")
_LONGEST_OBJECT = 7
"""How many tokens may follow `said` and be no clause, as in `said so onstage on Tuesday`."""

_PRONOUNS = words("he she they it")
_SUBORDINATE = words("after although because before if since though when while")
_BEGINS = 2
_FARTHEST_WORDS = 5
_OPENS = DETERMINERS | SUBJECT_PRONOUNS | words("there if when you to")


def beginning(tokens: Tokens, place: int, saying: Saying) -> int | None:
    """Where what was stated begins: behind the hearer, the day and `that`."""
    if (
        saying.verb in THAT_OPTIONAL - WITH_ADDRESSEE
        and is_subject_pronoun(tokens[place].text)
        and tokens[place].text != "who"
    ):
        return place
    if (that := _that(tokens, place)) is not None:
        return that + 1
    if saying.verb in EMPHATIC and tokens[place].text in _STRESSED:
        return saying.place
    if saying.verb in WITH_ADDRESSEE and saying.verb != "warn":
        return _behind_hearer(tokens, place)
    plain = saying.verb in THAT_OPTIONAL and _opens_clause(tokens, place)
    return place if plain and _has_verb(tokens, place, saying) else None


def _that(tokens: Tokens, place: int) -> int | None:
    """The `that` behind a verb, over a hearer and a time, but over no other verb."""
    for at in range(place, min(place + _FARTHEST_THAT, len(tokens) - 1)):
        word = tokens[at].text
        if tokens[at].pair is not None or word in {":", ";"} or (at > place and word in _OF_A_CLAUSE):
            return None
        if word == "that":
            return at if tokens[at + 1].text not in FINITE else None
    return None


def _opens_clause(tokens: Tokens, place: int) -> bool:
    word, following = tokens[place].text, word_at(tokens, place + 1)
    return tokens[place].is_word and word not in _NO_CLAUSE and not (word in {"this", "last"} and following in TIMES)


def _has_verb(tokens: Tokens, place: int, saying: Saying) -> bool:
    """Whether a clause begins at a token; of other verbs than `say`, what is no clause is an object."""
    if saying.verb == "say":
        return len(tokens) - place > _LONGEST_OBJECT or any(is_finite(token.text) for token in tokens[place:])
    commas = (at for at in range(place, len(tokens)) if tokens[at].text == ",")
    return any(is_finite(token.text) for token in tokens[place : next(commas, len(tokens))])


def _behind_hearer(tokens: Tokens, place: int) -> int | None:
    """Where a clause begins behind the hearer and the time: `told the paper on Friday he would go`."""
    end = place
    if tokens[end].text.lower() in DETERMINERS:
        end += 1
    first = end
    while end < len(tokens) and end - first < _LONGEST_HEARER and _is_hearer(tokens, end, first):
        end += 1
    if end > first and end + 1 < len(tokens) and tokens[end].text in {"on", "in"} and tokens[end + 1].is_capital:
        end += 2
    return end if first < end < len(tokens) and _opens(tokens[end].text) else None


def _opens(word: str) -> bool:
    return word.lower() in _OPENS or is_subject_pronoun(word)


def _is_hearer(tokens: Tokens, place: int, first: int) -> bool:
    word = tokens[place].text
    return tokens[place].is_capital or word in _HEARERS or (place == first and word.islower() and word not in _OPENS)


def ending(tokens: Tokens, start: int, saying: Saying, sayings: list[Saying]) -> int:
    """The last token of what was stated: before a semicolon, or before another saying that a comma or `and` begins."""
    others = [other for other in sayings if other is not saying and _tells(tokens, other)]
    if _is_subordinate(tokens, saying):
        comma = (place for place in range(start, len(tokens)) if tokens[place].text == ",")
        return next(comma, len(tokens)) - 1
    for place in range(start, len(tokens)):
        if tokens[place].text == ";" or _adds(tokens, place) or _begins_another(tokens, place, others):
            return place - 1
    return len(tokens) - 1


def _tells(tokens: Tokens, saying: Saying) -> bool:
    """Whether a saying has words of its own, as `called a donor` has not."""
    behind = tokens[saying.place + 1 : saying.place + 1 + _FARTHEST_WORDS]
    return saying.verb in INDIRECT or any(token.pair is not None for token in behind)


def _is_subordinate(tokens: Tokens, saying: Saying) -> bool:
    """`When he said …, they left.`: the clause of the saying ends at a comma."""
    begins = [token.text.lower() for token in tokens[:_BEGINS]]
    led = any(word in _SUBORDINATE for word in begins)
    return led and not any(token.text == "," for token in tokens[: saying.first])


def _adds(tokens: Tokens, place: int) -> bool:
    """`…, though they did not`, `… but offered no proof`, `…, and has left`: what the article adds to a statement."""
    word, following = tokens[place].text, word_at(tokens, place + 1)
    if word == "but":
        return following in SUBJECT_PRONOUNS or following.endswith("ed")
    return word == "," and (
        following in {"though", "although"} or (following == "and" and is_finite(word_at(tokens, place + 2)))
    )


def _begins_another(tokens: Tokens, place: int, others: list[Saying]) -> bool:
    word, following = tokens[place].text, word_at(tokens, place + 1)
    if word == "," and following in {"and", "but"} and any(place + 2 <= one.place < place + 8 for one in others):
        return True
    if word == "," and any(one.shared and one.place == place + 1 for one in others):
        return True
    return word in {"and", "but"} and any(
        place < one.place < place + 6 and (one.shared or one.mention or one.subject in _PRONOUNS) for one in others
    )
