"""Function words and verb forms: pronouns, determiners, prepositions, auxiliaries, past forms."""

import re

from seed.language.word_lists import word_list, word_set, words

WEEKDAYS = frozenset(word_list("calendar/weekdays"))
TIMES = WEEKDAYS | words("afternoon autumn evening fall month morning spring summer week winter year yesterday")

DASHES = words("— – -- -")
ASIDES = words(", — – -")
"""Marks on either side of an aside, as of an appositive or a relative clause."""

HE, SHE, THEY, IT = words("he"), words("she"), words("they"), words("it")
SUBJECT_PRONOUNS = words("he she they it who i we")

DETERMINERS = word_set("function_words/determiners")

PREPOSITIONS = words("at by for from in of on to with")
"""Prepositions between a noun and a name that modifies it: `a spokesman for Smith`."""

FINITE = word_set("function_words/finite_verbs")
"""Auxiliary and modal verbs."""

IRREGULAR_PAST = word_set("verbs/irregular_past")

_CONTRACTED = re.compile(r"['’](s|re|ve|d|ll|m)$")


def uncontracted(word: str) -> str:
    """`he` of `he's`, in lower case."""
    return _CONTRACTED.sub("", word.lower())


def is_subject_pronoun(word: str) -> bool:
    """Whether a word is a pronoun that may be a subject, contracted with a verb or not: `he`, `he's`."""
    return uncontracted(word) in SUBJECT_PRONOUNS


def is_finite(word: str) -> bool:
    """Whether a word may be a finite verb, as far as its spelling shows."""
    if not word[:1].islower():
        return False
    return (
        word in FINITE
        or word in IRREGULAR_PAST
        or word.endswith(("ed", "n't", "n’t", "’s", "'s", "'d", "’d", "’ve", "'ve"))
    )
