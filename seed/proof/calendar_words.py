"""Months and weekdays that words name, in the language of their article, where a date has another."""

import re
from dataclasses import dataclass
from functools import lru_cache

from seed.language.calendar_names import CalendarNames, calendar_names
from seed.language.word_lists import ENGLISH, main_language
from seed.proof.whole_words import is_whole
from seed.proof.word_search import fold

_BESIDE = (re.compile(r"\d\W*\Z"), re.compile(r"\W*\d"))
_NEAR = (re.compile(r"\d\W*[^\W\d]{0,3}\W*\Z"), re.compile(r"\W*([^\W\d]{1,3}\W+)?\d"))
"""A number near a name: a word of at most three letters may be between, as in `6 de mayo de 2024`."""

_REACH = 12
"""Characters in which a number is searched."""


@dataclass(frozen=True, slots=True)
class _Spellings:
    """The spellings of some names with their numbers.

    Names in full and `capitalised` count wherever they stand, other names in full (`whole`) only near a number, and
    abbreviations and capitals only beside one: many are other words too, as `Sun`, Russian `среда` (Wednesday,
    environment). `stems` are names without their last letter.
    """

    numbers: dict[str, int]
    capitalised: frozenset[str]
    whole: frozenset[str]
    pattern: re.Pattern[str]
    stems: dict[int, tuple[str, ...]]

    def named(self, folded: str) -> dict[str, int]:
        """The names in folded words, with their numbers, in their order."""
        found = (match for match in self.pattern.finditer(folded) if self._counts(folded, match))
        return {match.group(): self.numbers[match.group()] for match in found}

    def _counts(self, folded: str, match: re.Match[str]) -> bool:
        name, start, end = match.group(), match.start(), match.end()
        if not is_whole(folded, start, end):
            return False
        before, after = _NEAR if name in self.whole else _BESIDE
        near = before.search(folded[max(start - _REACH, 0) : start]) or after.match(folded[end : end + _REACH])
        return near is not None or name in self.capitalised


def other_month(folded: str, month: int, language: str) -> str | None:
    """A month that folded words name, if they name none with the number given. Months in digits are not read."""
    return _other(folded, month, _spellings(language)[0], language)


def other_weekday(folded: str, weekday: int, language: str) -> str | None:
    """A weekday that folded words name, if they do not name the given one; Monday is 0."""
    return _other(folded, weekday, _spellings(language)[1], language)


def _other(folded: str, number: int, spellings: _Spellings, language: str) -> str | None:
    named = spellings.named(folded)
    if not named or number in named.values() or _is_inflected(folded, number, spellings, language):
        return None
    return next(iter(named))


def _is_inflected(folded: str, number: int, spellings: _Spellings, language: str) -> bool:
    """Whether a word may be a form of a name that CLDR does not have, as Russian апреле. Never in English."""
    if main_language(language) == ENGLISH:
        return False
    words = (word for word in re.findall(r"\w+", folded) if word not in spellings.numbers)
    return any(word.lower().startswith(spellings.stems.get(number, ())) for word in words)


@lru_cache(maxsize=64)
def _spellings(language: str) -> tuple[_Spellings, _Spellings]:
    """The spellings of the months and of the weekdays in a language."""
    months, weekdays = calendar_names(language)
    return _spelled(months), _spelled(weekdays)


def _spelled(names: CalendarNames) -> _Spellings:
    numbers: dict[str, int] = {}
    stems: dict[int, tuple[str, ...]] = {}
    for name, number in (*names.short.items(), *names.whole.items()):
        numbers |= dict.fromkeys((fold(name).upper(), _capitalised(name), fold(name)), number)
    for name, number in names.whole.items():
        stems[number] = (*stems.get(number, ()), fold(name)[:-1].lower())
    capitalised = frozenset(_capitalised(name) for name in names.whole)
    return _Spellings(
        numbers,
        frozenset(name for name in capitalised if name[0].isupper()),
        frozenset(map(fold, names.whole)),
        re.compile("|".join(map(re.escape, sorted(numbers, key=len, reverse=True))) or r"(?!)"),
        stems,
    )


def _capitalised(name: str) -> str:
    return fold(name)[0].upper() + fold(name)[1:]
