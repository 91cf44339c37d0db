"""Descriptions of speakers without a name: `the senators`, `a spokesman for the fund`, `the agency`, `Roe's letter`."""

from dataclasses import dataclass
from functools import cached_property

from seed.draft.text.function_words import PREPOSITIONS
from seed.draft.text.titles import ABBREVIATED_OFFICES, FEMALE_OFFICES, MALE_OFFICES, OFFICES, is_office
from seed.language.word_lists import word_set, word_table, words

_DEFINITE = words("the this")
_KNOWN = words("the this that these those his her their its our my your another other he she they it i we")
"""First words of a description that refers to somebody mentioned before."""

_TWO = frozenset({"the two", "the pair", "both", "both men", "both women", "the two men", "the two women", "the duo"})

_GENDERS = word_table("nouns/genders")
_ROLES = word_set("nouns/roles")

_PEOPLE = word_set("nouns/people")

_KINDS = word_set("nouns/organization_kinds")
"""Nouns that refer to an organization named before."""

_THINGS = word_set("nouns/plural_things")
"""Plural nouns that are not a group of speakers."""

WRITINGS = word_set("nouns/writings")


@dataclass(frozen=True)
class Description:
    """A description; `subject` is its words as written."""

    subject: str

    @cached_property
    def _words(self) -> list[str]:
        return self.subject.lower().split()

    @cached_property
    def _noun(self) -> list[str]:
        """The words up to the head noun, which is the last before a preposition or `who`."""
        ends = (index for index, word in enumerate(self._words) if word in PREPOSITIONS or word == "who")
        return self._words[: next(ends, len(self._words))]

    @property
    def head(self) -> str:
        """The head noun; empty if a preposition comes first."""
        return self._noun[-1] if self._noun else ""

    @property
    def first(self) -> str:
        return self._words[0]

    @property
    def is_definite(self) -> bool:
        return self.first in _DEFINITE and len(self._words) > 1

    @property
    def is_writing(self) -> bool:
        """Whether it is a writing, as `his letter`, whose author is the speaker."""
        return self.head in WRITINGS

    @property
    def is_of_two(self) -> bool:
        """Whether it refers to two people who were named together: `the two`, `the senators`."""
        one, whole = self.head[:-1], self._noun == self._words
        several = self.is_definite and whole and self.head.endswith("s") and (is_office(one) or one in _ROLES)
        return self.subject.lower() in _TWO or several

    @property
    def is_plural(self) -> bool:
        """Whether it is several people: `researchers`, `the authors`."""
        return self._words[-1].endswith("s") and self._words[-1] not in _THINGS

    @property
    def is_anybody(self) -> bool:
        """Whether it refers to nobody with a name: `researchers`, `a spokesman`."""
        if self.first in _KNOWN or not self.first.isalpha():
            return False
        return any(word in _PEOPLE or is_office(word) or is_office(word.removesuffix("s")) for word in self._noun)

    @property
    def is_one_person(self) -> bool:
        return (self.head in _PEOPLE or is_office(self.head)) and not self.head.endswith("s")

    @property
    def may_be_named(self) -> bool:
        """Whether the article probably names the person: `the minister`, `the candidate`."""
        return self.head in OFFICES or self.head in _ROLES

    @property
    def office(self) -> set[str]:
        """The head noun and its abbreviations before names."""
        return {self.head, *(short for short, long in ABBREVIATED_OFFICES.items() if long == self.head)}

    @property
    def man_or_woman(self) -> str:
        """`f` for `the woman`, `m` for `the man`, else empty."""
        return _GENDERS.get(self.head, "")

    @property
    def gender(self) -> str:
        """The gender that the words up to the head noun show: `m`, `f` or empty."""
        return next((gender for word in self._noun if (gender := _gender(word))), "")

    @property
    def kind(self) -> str:
        """The kind of an organization without a name: `agency` for `the federal agency`. Empty for all else."""
        *between, last = self.subject.split()[1:] if self.is_definite else ("",)
        return last if last in _KINDS and all(map(str.islower, between)) else ""


def _gender(word: str) -> str:
    return "f" if word in FEMALE_OFFICES else "m" if word in MALE_OFFICES else _GENDERS.get(word, "")
