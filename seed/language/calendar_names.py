"""The names of months and weekdays in the language of an article, from CLDR."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError

from seed.language.word_lists import main_language, word_table

_SHORTEST = 3
"""Letters of an abbreviation. Shorter ones are too many other words: Czech `po` is Monday, and a preposition."""

_IDEOGRAPHS = "\u4e00"
"""The first ideograph: two of them are long enough, as in 周一."""


@dataclass(frozen=True, slots=True)
class CalendarNames:
    """Names with the numbers of the months (from 1) or weekdays (from Monday, 0): in full, and abbreviated.

    Names with a digit, such as `5月`, are left out.
    """

    whole: Mapping[str, int] = field(default_factory=dict)
    short: Mapping[str, int] = field(default_factory=dict)


@lru_cache(maxsize=64)
def calendar_names(language: str) -> tuple[CalendarNames, CalendarNames]:
    """The months and the weekdays in a language, a BCP 47 tag; both empty if CLDR does not have it.

    They contain the forms that stand alone and the forms in dates, as Russian май and мая.
    """
    locales = list(_locales(language))
    more = word_table("calendar/abbreviations", language)
    months = _names([locale.months for locale in locales], more)
    weekdays = _names([locale.days for locale in locales], more)
    ambiguous = months.short.keys() & weekdays.short.keys()  # Spanish mar
    return _without(months, ambiguous), _without(weekdays, ambiguous)


def _locales(language: str) -> Iterator[Locale]:
    """CLDR's locale for a tag, and for its language alone."""
    for tag in dict.fromkeys((language, main_language(language))):
        with suppress(UnknownLocaleError, ValueError):
            yield Locale.parse(tag, sep="-")


def _names(calendars: Iterable[Any], more: Mapping[str, str]) -> CalendarNames:
    whole: dict[str, int] = {}
    short: dict[str, int] = {}
    for calendar in calendars:
        for use in ("format", "stand-alone"):
            whole |= _by_name(calendar[use]["wide"])
            short |= _by_name(calendar[use]["abbreviated"])
    short |= {name: whole[value] for name, value in more.items() if value in whole}
    return CalendarNames(whole, {name: number for name, number in short.items() if _is_long_enough(name)})


def _by_name(names: Mapping[int, str]) -> dict[str, int]:
    found = ((name.rstrip("."), number) for number, name in names.items())
    return {name: number for name, number in found if name and not any(map(str.isdigit, name))}


def _is_long_enough(name: str) -> bool:
    return len(name) >= _SHORTEST or (len(name) == 2 and name >= _IDEOGRAPHS)


def _without(names: CalendarNames, ambiguous: Iterable[str]) -> CalendarNames:
    left_out = set(ambiguous) - names.whole.keys()
    return CalendarNames(names.whole, {name: number for name, number in names.short.items() if name not in left_out})
