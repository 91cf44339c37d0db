"""Whether words contain a name: as whole words, if the script separates words."""

import re
import unicodedata
from functools import lru_cache

from seed.proof.word_search import fold

_SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|II|III)$")
_folded = lru_cache(maxsize=10_000)(fold)  # the same few names are searched many times
_NO_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")


def forms(name: str, other_names: tuple[str, ...], is_person: bool) -> tuple[str, ...]:
    """The names to search for: each of an actor's names, and the last word of a person's own name."""
    words = _SUFFIX.sub("", name).replace(",", " ").split() if is_person else []
    return (name, *other_names, *words[-1:])


def names(folded: str, forms: tuple[str, ...]) -> bool:
    """Whether folded words contain one of the names."""
    return any(_stands_in(folded, _folded(form)) for form in forms)


def _stands_in(folded: str, name: str) -> bool:
    found = folded.find(name)
    while found >= 0:
        end = found + len(name)
        if not _goes_on(folded[found - 1 : found], name[0]) and not _goes_on(name[-1], folded[end : end + 1]):
            return True
        found = folded.find(name, found + 1)
    return False


def _goes_on(before: str, after: str) -> bool:
    """Whether a word goes on from one character to the next."""
    return _is_letter(before) and _is_letter(after)


def _is_letter(character: str) -> bool:
    if not character or not (character.isalnum() or unicodedata.category(character).startswith("M")):
        return False
    return not unicodedata.name(character, "").startswith(_NO_SPACES)
