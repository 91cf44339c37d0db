"""Partial dates of ISO 8601 in records and requests: a year, a month or a day."""

import re
from calendar import monthrange
from datetime import date

from app.enums import DatePrecision

PARTIAL_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


_PRECISIONS = {4: DatePrecision.year, 7: DatePrecision.month, 10: DatePrecision.day}
"""By the length of a partial date."""


def precision(*partial_dates: str | None) -> DatePrecision | None:
    """The precision of the least exact of some partial dates; None if none of them is known."""
    lengths = [len(date) for date in partial_dates if date]
    return _PRECISIONS[min(lengths)] if lengths else None


def days(partial_date: str) -> tuple[str, str]:
    """The first and the last day of a partial ISO 8601 date: `2025`, `2025-02` or `2025-02-18`.

    Raises ValueError for anything else, such as 2025-02-30.
    """
    if not re.fullmatch(PARTIAL_DATE, partial_date):
        raise ValueError("is not a date, written 2025, 2025-02 or 2025-02-18")
    year, month, day = (int(part) for part in f"{partial_date}-00-00"[:10].split("-"))
    last_month = month or 12
    if year < 1 or not 1 <= last_month <= 12 or (len(partial_date) >= 7 and month == 0):
        raise ValueError(f"is not a date: there is no month {partial_date[:7]}")
    last_day = monthrange(year, last_month)[1]
    if len(partial_date) == 10:
        if not 1 <= day <= last_day:
            raise ValueError(f"is not a date: there is no day {partial_date}")
        return partial_date, partial_date
    return f"{year:04}-{month or 1:02}-01", f"{year:04}-{last_month:02}-{last_day:02}"


def span(first_day: str | None, last_day: str | None) -> int | None:
    """How many days a whole date is after another; None if one of them is unknown."""
    if first_day is None or last_day is None:
        return None
    return (date.fromisoformat(last_day) - date.fromisoformat(first_day)).days


def days_before(day: str, days: int) -> str:
    """The day that is so many days before a whole date; the first day of all if there is none."""
    return date.fromordinal(max(1, date.fromisoformat(day).toordinal() - days)).isoformat()
