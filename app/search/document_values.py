"""The values that documents of all kinds have: the words and the days of their dates, beginnings of words, hits."""

from datetime import date
from typing import Any

from app.search.schema import LONGEST_BEGINNING

Document = dict[str, Any]
"""The values of a document by field."""

LONGEST_SPAN = 12
"""Of how many months of a long meeting the names are indexed."""

_MONTHS = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sep", "october oct", "november nov", "december dec"),
)


def date_words(start_date: str | None, first_day: str | None, last_day: str | None) -> str:
    """The words of a date: its day, the names of its months, its years, and the date in digits."""
    if first_day is None or last_day is None:
        return ""
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    words = [start_date or ""]
    if months <= LONGEST_SPAN and len(start_date or "") != 4:
        words += [_MONTHS[(first.month - 1 + number) % 12] for number in range(months)]
    if len(start_date or "") == 10:
        words += sorted({str(first.day), str(last.day)})
    return " ".join([*words, *years(first_day, last_day)])


def years(first_day: str | None, last_day: str | None) -> list[str]:
    """All years of a span of days, by which filters on dates find it."""
    if first_day is None or last_day is None:
        return []
    return [f"{year:04}" for year in range(int(first_day[:4]), int(last_day[:4]) + 1)]


def ordinal(day: str | None) -> int:
    """The number of a day in the proleptic Gregorian calendar; 0 if there is none."""
    return date.fromisoformat(day).toordinal() if day else 0


def beginnings(folded: str) -> str:
    """The beginnings of the words of a folded text, for suggestions."""
    words = {*folded.split()}
    return " ".join({word[:length] for word in words for length in range(1, min(len(word), LONGEST_BEGINNING) + 1)})


def new_hit(
    kind: str, id: str, title: str, text: str, date: str | None, meeting: dict[str, str] | None
) -> dict[str, Any]:
    """The part of the stored field that every hit has."""
    return {"kind": kind, "id": id, "title": title, "text": text, "date": date, "meeting": meeting}
