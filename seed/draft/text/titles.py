"""Titles of people: the offices and roles beside a name, before it in lower case or behind it between commas.

Positions are token indexes in a sentence.
"""

import re

from seed.draft.text.function_words import FINITE
from seed.draft.text.name_words import NEVER_NAMES
from seed.draft.text.reporting_verbs import REPORTING_VERBS
from seed.draft.text.tokens import Token
from seed.language.word_lists import word_set, word_table, words

Tokens = tuple[Token, ...]

_LONGEST_APPOSITIVE, _LONGEST_TITLE = 25, 8
"""In tokens."""

ARTICLES = words("the a an The A An")

HONORIFICS = word_table("titles/honorifics")
"""The gender of each form of address: `m`, `f` or empty."""

OFFICES = word_set("titles/offices")
"""Offices, professions and roles, which precede a name or follow it between commas."""

ABBREVIATED_OFFICES = word_table("titles/abbreviated_offices")
"""The full word of each office that is abbreviated before names."""

ABBREVIATED_RANKS = word_set("titles/abbreviated_ranks")
"""Abbreviations before a name; their point does not end the sentence."""

FEMALE_OFFICES = word_set("titles/female_offices")
MALE_OFFICES = word_set("titles/male_offices")

_OUTSIDE_TITLE = word_set("titles/never_in_titles")
_POSSESSIVE = re.compile(r"['’`]s?$")


def without_possessive(word: str) -> str:
    """A word without its possessive ending."""
    return _POSSESSIVE.sub("", word)


def is_possessive(word: str) -> bool:
    return bool(_POSSESSIVE.search(word))


def is_office(word: str) -> bool:
    """Whether a word is an office, alone or with a hyphen: `minister`, `co-founder`."""
    word = without_possessive(word)
    return word in OFFICES or word.lower() in OFFICES or any(part in OFFICES for part in word.lower().split("-"))


def title_start(tokens: Tokens, office: int) -> int:
    """The first token of the title in lower case whose last token is `office`."""
    index = office
    while index > 0 and office - index < _LONGEST_TITLE:
        if _belongs_to_title(tokens[index - 1]):
            index -= 1
        elif index > 1 and tokens[index - 1].text == "of" and tokens[index - 2].is_capital and tokens[index].is_capital:
            index -= 2  # `University of Texas president`
        else:
            break
    return index


def title_with_organization(tokens: Tokens, start: int) -> int | None:
    """The first token of `CEO of the` before the organization's name at `start`, or None."""
    for index in range(start - 1, max(-1, start - 10), -1):
        if not tokens[index].is_word:
            return None
        if is_office(tokens[index].text):
            return title_start(tokens, index)
    return None


def title_before_comma(tokens: Tokens, name: int) -> tuple[int, int] | None:
    """The first and last token of the title before a name at `name`, as in `the team's coach, Jane Roe`, or None."""
    office = name - 2
    if office < 1 or tokens[name - 1].text != "," or not tokens[office].text.islower():
        return None
    return (title_start(tokens, office), office) if is_office(tokens[office].text) else None


def appositive(tokens: Tokens, last: int) -> tuple[int, int] | None:
    """The first and last token of the appositive title behind a name that ends at `last`, or None.

    Examples: `, head of the fund,` and `, 61, a lawyer,`.
    """
    start = last + 2
    if start >= len(tokens) or tokens[last + 1].text not in {",", "("} or tokens[start].text == "who":
        return None
    if is_office(tokens[start].text) and any(token.is_capital for token in tokens[start + 1 : start + 3]):
        return None  # `In Rome, President Roe …`
    if tokens[start].text in ARTICLES:
        start += 1
    for index in range(start, min(start + _LONGEST_APPOSITIVE, len(tokens))):
        if tokens[index].pair is not None or tokens[index].text in {",", ";", ")", "."}:
            inside = tokens[start:index]
            is_clause = any(token.text in REPORTING_VERBS or token.text in FINITE for token in inside)
            return (start, index - 1) if any(is_office(token.text) for token in inside) and not is_clause else None
    return None


def _belongs_to_title(token: Token) -> bool:
    word = token.text.lower()
    return token.is_word and word not in _OUTSIDE_TITLE and not word.endswith("ly") and token.text not in NEVER_NAMES
