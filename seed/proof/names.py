"""Whether words contain a name: as whole words, if the script separates words."""

import re
from functools import lru_cache

from seed.proof.whole_words import is_whole
from seed.proof.word_search import fold
from seed.proof.work import search

_SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|II|III)$")
_folded = lru_cache(maxsize=10_000)(fold)  # the same few names are searched many times


def forms(name: str, other_names: tuple[str, ...], is_person: bool) -> tuple[str, ...]:
    """The names to search for: each of an actor's names, and the last word of a person's own name."""
    words = _SUFFIX.sub("", name).replace(",", " ").split() if is_person else []
    return (name, *other_names, *words[-1:])


def names(folded: str, forms: tuple[str, ...]) -> bool:
    """Whether folded words contain one of the names."""
    return any(_stands_in(folded, _folded(form)) for form in forms)


def _stands_in(folded: str, name: str) -> bool:
    search(len(folded))
    found = folded.find(name)
    while found >= 0:
        if is_whole(folded, found, found + len(name)):
            return True
        found = folded.find(name, found + 1)
    return False
