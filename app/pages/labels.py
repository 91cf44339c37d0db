"""Labels of pages: headings, and the formatting of dates, durations, enumerations and counts."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from app.enums import Commitment, Outcome, QuoteKind, rank

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

COMMITMENTS = {
    Commitment.implemented: "Done",
    Commitment.signed: "Signed",
    Commitment.agreed: "Agreed",
    Commitment.in_principle: "Agreed in principle",
    Commitment.pledged: "Pledged",
    Commitment.willingness: "Willing to",
}
"""Commitments in words, the most binding first."""
STEPS = {commitment: min(5, rank(commitment) + 1) for commitment in Commitment}
"""How many of five steps a bar has for each commitment; what is signed or done has all of them."""
OUTCOMES = {
    Outcome.agreed: "Agreed",
    Outcome.no_agreement: "Not agreed",
    Outcome.deferred: "Deferred",
    Outcome.open: "Open",
    Outcome.discussed: "Discussed",
}
QUOTES = {
    QuoteKind.direct: "In their own words",
    QuoteKind.partial: "Fragments of their own words",
    QuoteKind.indirect: "Paraphrased by the article",
}

_SOURCE_FIELDS = {
    "publisher": "publisher",
    "author": "author",
    "published_on": "date",
    "source_url": "address",
    "licence": "licence",
}
_DURATION = re.compile(
    r"P(?:([0-9.]+)Y)?(?:([0-9.]+)M)?(?:([0-9.]+)W)?(?:([0-9.]+)D)?(?:T(?:([0-9.]+)H)?(?:([0-9.]+)M)?(?:([0-9.]+)S)?)?"
)
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_RIGHT_TO_LEFT = {
    *("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi", "ji"),
    *("arab", "hebr", "nkoo", "syrc", "thaa"),
}
"""Languages and scripts that are written from right to left, as BCP 47 subtags."""


def date(partial_date: str) -> str:
    """A partial ISO 8601 date as `18 February 2025`."""
    year, *rest = partial_date.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*(str(int(day)) for day in rest[1:]), *month, year])


def days(start: str, end: str | None) -> str:
    """The date or range of dates of a meeting."""
    return date(start) if end in (None, start) else f"{date(start)} – {date(str(end))}"


def duration(value: str, approximate: bool) -> str:
    """An ISO 8601 duration as `about 4 hours 30 minutes`."""
    match = _DURATION.fullmatch(value)
    amounts = match.groups() if match else ()
    parts = [
        f"{amount} {unit}{'' if amount == '1' else 's'}"
        for amount, unit in zip(amounts, _UNITS, strict=False)
        if amount
    ]
    text = " ".join(parts) or value
    return f"about {text}" if approximate else text


def unknown(source: Mapping[str, Any]) -> str:
    """The unknown properties of a source: `author and licence unknown`; empty if everything is known."""
    names = [name for key, name in _SOURCE_FIELDS.items() if not source[key]]
    if not names:
        return ""
    return f"{', '.join(names[:-1])}{' and ' if names[1:] else ''}{names[-1]} unknown"


def topics_in_order(topics: Iterable[str]) -> list[str]:
    """Topics by name; the empty one, of items without a topic, comes last."""
    return sorted(topics, key=lambda topic: (not topic, topic))


def words(value: str) -> str:
    """A value of an enumeration, or a topic, with spaces instead of hyphens and underscores."""
    return value.replace("_", " ").replace("-", " ")


def counted(number: int, noun: str) -> str:
    """A number with its noun in the singular or plural."""
    plural = f"{noun[:-1]}ies" if noun.endswith("ty") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def direction(language: str) -> str:
    """The text direction of a BCP 47 language tag: `rtl` or `ltr`, and `auto` for an undetermined language."""
    subtags = language.lower().split("-")
    scripts = [subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()]
    if subtags[0] == "und" and not scripts:
        return "auto"
    return "rtl" if (scripts or subtags)[0] in _RIGHT_TO_LEFT else "ltr"
