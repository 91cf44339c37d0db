"""What tells that a name is a person's, and which gender. Places are tokens of a sentence."""

from seed.draft.text.name_words import NATIONALITIES, ORGANIZATIONS
from seed.draft.text.titles import ARTICLES, FEMALE_OFFICES, MALE_OFFICES, Tokens
from seed.language.word_lists import word_set, word_table

FEMALE_NAMES, MALE_NAMES = word_set("given_names/female"), word_set("given_names/male")

ANY_GENDER = word_set("given_names/any_gender")
"""Given names that women and men have."""

SHORT_FORMS = word_table("given_names/short_forms")
"""Short forms that are not the beginning of their name, with the full name."""

_PLACES_TOO = word_set("given_names/also_places")
"""Given names that alone are more often something else."""


def is_given_name(word: str) -> bool:
    return word in MALE_NAMES or word in FEMALE_NAMES or word in ANY_GENDER


def looks_like_person(words: list[str], described: bool, tokens: Tokens, before: int) -> bool | None:
    """Whether the words of a name that begins at `before` are a person's; None where nothing tells."""
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
    """Whether `, who` follows a name that is no plural."""
    following = [token.text for token in tokens[last + 1 : last + 3]]
    return following == [",", "who"] and not tokens[last].text.endswith("s")


def gender(words: list[str], title: str) -> str:
    """`m` or `f`; empty where neither the title nor the given name tells."""
    told = {word.lower() for word in title.split()}
    if told & FEMALE_OFFICES:
        return "f"
    if told & MALE_OFFICES:
        return "m"
    if len(words) == 1:  # a surname, perhaps, that is a given name too
        return ""
    return "f" if words[0] in FEMALE_NAMES else "m" if words[0] in MALE_NAMES else ""
