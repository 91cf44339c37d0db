"""Rules on dates: stated words contain the year and the day in digits, and name no other month or weekday."""

import re
from collections.abc import Iterator
from datetime import date

from seed.proof.calendar_words import other_month, other_weekday
from seed.proof.citations import Citation, is_inferred, stated_passages, way_out
from seed.proof.definitions import Catalogue
from seed.proof.facts import DATES, PartFacts
from seed.record.faults import Code, Fault


def dates_in_words(part: PartFacts, citations: list[Citation], catalogue: Catalogue) -> Iterator[Fault]:
    """Faults of dates that the stated words do not give; one citation that gives it is enough."""
    for field in DATES:
        stated = stated_passages(citations, field) if field in part.facts else []
        if stated:
            path, value = (*part.path, field), part.facts[field]
            dated = [passage for passage in stated if _numbers(value) <= _numbers_in(passage.folded)]
            others = [_other_day(value, passage.folded, catalogue.language(passage.source)) for passage in dated]
            if not dated:
                yield Fault(Code.name_not_in_words, path, _no_numbers(field, value, citations))
            elif all(others):
                yield Fault(Code.date_differs, path, f"the words for `{field}` name {others[0]}")


_MONTH_IN_DIGITS = re.compile(r"\d[./-]\d{1,2}[./-]\d|\d\s*[月월]")


def _numbers(value: str) -> set[int]:
    year, *rest = value.split("-")
    return {int(year), *(int(day) for day in rest[1:])}


def _numbers_in(folded: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d{1,9}", folded)}


def _no_numbers(field: str, value: str, citations: list[Citation]) -> str:
    message = f"no stated words for `{field}` hold {' and '.join(map(str, sorted(_numbers(value))))} in digits"
    if is_inferred(citations, field):
        return f"{message}; {way_out(citations, field)}"
    return f"{message}; a date that was worked out is `inferred`, with the reason"


def _other_day(value: str, folded: str, language: str | None) -> str | None:
    """The other month or weekday that words name, and what to do about it; None if they name the date's or none."""
    year, *rest = map(int, value.split("-"))
    if language is None or not rest:
        return None
    advice = "correct the date, or give fewer words"
    if not _MONTH_IN_DIGITS.search(folded) and (month := other_month(folded, rest[0], language)):
        return f"“{month}”, and the date is in {date(year, rest[0], 1):%B}: {advice}"
    if len(rest) == 2 and (weekday := other_weekday(folded, date(year, *rest).weekday(), language)):
        return f"“{weekday}”, and {value} is a {date(year, *rest):%A}: {advice}"
    return None
