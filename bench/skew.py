"""Skewed values: what each copy of the record has, drawn from its number, so that every run draws the same."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from app.enums import Access, MeetingFormat, MeetingMode, MeetingStatus

FIRST_OTHER_GROUP = 30
"""Number of the first group of the other people; the groups of the first party's people are fewer."""

VERSIONS = 7
"""How many versions the dataset has; each later one has changed an eighth of the meetings of the one before."""

SHIFT = "CASE WHEN base.start_offset IS NULL THEN 0 ELSE n * 7919 % 5000 END"
"""A number that is added to the offsets of evidence where it is sorted: otherwise all articles would be alike."""

FIRST_WORD = "((n * 7919 + base.key * 104729) % 100003) || ' '"
"""The first word of titles: otherwise the titles of all copies would be sorted by the original."""

_PLACES, _TOPICS, _PUBLISHERS = 400, 1_000, 300
_COUNTRIES = [
    "SAU",
    "AUT",
    "CHE",
    "TUR",
    "USA",
    "QAT",
    "FRA",
    "DEU",
    "EGY",
    "JPN",
    "CHN",
    "ETH",
    "KEN",
    "BRA",
    "IND",
    "SGP",
    "NOR",
    "FIN",
    "SWE",
    "ITA",
]
_LANGUAGES = ["en", "fr", "ar", "ru", "es", "de", "zh", "pt", "tr", "fa", "he", "uk", "ja"]
_FIRST_DAY, _DAYS = date(1996, 1, 1), 10_957
_LENGTHS = (0, 1, 3, 30, 365)
"""How many days meetings go on after their first."""

_COLUMNS = (
    *("n", "level", "people", "topics", "version", "place_country", "place_city", "city_folded", "place_wikidata"),
    *("status", "format", "mode", "host_key", "day", "last_day", "span"),
    *("language", "publisher", "access", "published"),
)


def create_copies(connection: sqlite3.Connection, size: int) -> None:
    """Create a temporary table with what each copy has, and the function that draws the values of items."""
    connection.create_function("drawn", 3, _closed, deterministic=True)
    connection.execute(f"CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY, {', '.join(_COLUMNS[1:])})")
    places = ", ".join("?" * len(_COLUMNS))
    connection.executemany(f"INSERT INTO copy VALUES ({places})", _copies(size))


def rank_of(values: type[StrEnum]) -> str:
    """The SQL expression of an item's drawn rank: most items have the first value, an eighth of them the next…"""
    return f"drawn({len(values)}, n, base.key)"


def one_of(values: type[StrEnum]) -> str:
    """The SQL expression of the value that has the drawn rank."""
    cases = " ".join(f"WHEN {rank} THEN '{value}'" for rank, value in enumerate(values))
    return f"CASE {rank_of(values)} {cases} END"


def _copies(size: int) -> Iterator[tuple[object, ...]]:
    people = max(2, size // 4)
    for n in range(1, size):
        level = (n & -n).bit_length()
        place = _open(_PLACES, n, 1)
        day, span = _day(n, 10), _LENGTHS[_closed(len(_LENGTHS), n, 15)]
        city = f"City {place}" if place else "Riyadh"
        yield (
            n,
            level,
            FIRST_OTHER_GROUP + int(people ** _uniform(n, 2)),
            _open(_TOPICS, n, 3),
            1 + _closed(VERSIONS, n, 4),
            _COUNTRIES[place % len(_COUNTRIES)],
            city,
            city.casefold(),
            f"Q{3692 + place}",
            [*MeetingStatus][_closed(len(MeetingStatus), n, 5)],
            [*MeetingFormat][_closed(len(MeetingFormat), n, 6)],
            [*MeetingMode][_closed(len(MeetingMode), n, 7)],
            2 + level if _closed(2, n, 8) else None,
            day.isoformat(),
            (day + timedelta(span)).isoformat(),
            span,
            _LANGUAGES[_closed(len(_LANGUAGES), n, 11)],
            f"Publisher {_open(_PUBLISHERS, n, 12)}",
            [*Access][_closed(len(Access), n, 13)],
            _day(n, 14).isoformat(),
        )


def _closed(size: int, n: int, salt: int) -> int:
    """An index below `size`: most often 0, an eighth as often 1, and so on."""
    draw, index = _uniform(n, salt + 1000 * size), 0
    while draw < 1 / 8 and index < size - 1:
        draw, index = draw * 8, index + 1
    return index


def _open(size: int, n: int, salt: int) -> int:
    """An index below `size`: 0 three times in four, and each next one less often, down to once in millions."""
    return (int((1 - _uniform(n, salt)) ** -0.5) - 1) % size


def _day(n: int, salt: int) -> date:
    """A day of thirty years, more often a late one."""
    return _FIRST_DAY + timedelta(int(_DAYS * _uniform(n, salt) ** 0.5))


_BITS = 2**64 - 1


def _uniform(n: int, salt: int) -> float:
    """A number from 0 to below 1, which depends on both arguments: the output of SplitMix64 for them."""
    state = (n + salt * 0x9E3779B97F4A7C15) * 0x9E3779B97F4A7C15 & _BITS
    state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & _BITS
    state = (state ^ state >> 27) * 0x94D049BB133111EB & _BITS
    return (state ^ state >> 31) / 2**64
