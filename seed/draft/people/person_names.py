"""Names of people: whether a name is a person's, and the gender that it shows.

Positions are token indexes in a sentence.
"""

from seed.draft.text.name_words import NATIONALITIES, ORGANIZATIONS
from seed.draft.text.titles import ARTICLES, FEMALE_OFFICES, MALE_OFFICES, Tokens
from seed.language.word_lists import word_set, word_table

FEMALE_NAMES, MALE_NAMES = word_set("given_names/female"), word_set("given_names/male")

ANY_GENDER = word_set("given_names/any_gender")
"""Given names that women and men have."""

SHORT_FORMS = word_table("given_names/short_forms")
"""The full name of each short form that is not its beginning."""

_PLACES_TOO = word_set("given_names/also_places")
"""Given names that alone are more often a place or something else."""


def is_given_name(word: str) -> bool:
    """Whether a word is a listed given name."""
    return word in MALE_NAMES or word in FEMALE_NAMES or word in ANY_GENDER


def looks_like_person(words: list[str], described: bool, tokens: Tokens, before: int) -> bool | None:
    """Whether the words of a name are a person's; None if nothing shows it.

    `described` says that a title or `who` follows; `before` is the first token of the name with its title.
    """
    plural = words[-1].endswith("s") and words[-1][:-1] in NATIONALITIES
    if plural or any(word in ORGANIZATIONS for word in words):
        return False
    if is_given_name(words[0]) and (len(words) > 1 or words[0] not in _PLACES_TOO):
        return True
    if described:
        return True
    if before and tokens[before - 1].text in ARTICLES:
        return False
    return False if len(words) == 1 and words[0].isupper() and len(words[0]) > 1 else None


def is_followed_by_who(tokens: Tokens, last: int) -> bool:
    """Whether `, who` follows a name, which is no plural."""
    following = [token.text for token in tokens[last + 1 : last + 3]]
    return following == [",", "who"] and not tokens[last].text.endswith("s")


def gender(words: list[str], title: str) -> str:
    """The gender of a person by title and given name: `m`, `f`, or empty if neither shows it."""
    offices = {word.lower() for word in title.split()}
    if offices & FEMALE_OFFICES:
        return "f"
    if offices & MALE_OFFICES:
        return "m"
    if len(words) == 1:  # it may be a surname that is also a given name
        return ""
    return "f" if words[0] in FEMALE_NAMES else "m" if words[0] in MALE_NAMES else ""
