"""Place, date and duration of a meeting, from the sentences that report it.

Spans are code points of the article.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from seed.draft.meeting.events import MeetingEvent
from seed.draft.meeting.prose import Prose, countries
from seed.draft.text.clauses import clause_start
from seed.draft.text.countries import BY_FORM, Country
from seed.draft.text.titles import without_possessive
from seed.draft.text.tokens import Sentence
from seed.language.word_lists import word_list, word_table, words

_MONTHS, _WEEKDAYS = word_list("calendar/months"), word_list("calendar/weekdays")
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_DATE = re.compile(
    rf"(?:\b(?P<first>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b{_MONTH}"
    r"(?:\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?P<year>[12]\d{3})\b)?"
)
_ISO_DATE = re.compile(r"\b[12]\d{3}-\d{2}-\d{2}\b")
_RELATIVE = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)}|today|Today|yesterday|Yesterday)\b")

_NUMBERS = {word: int(number) for word, number in word_table("calendar/numbers").items()}
_UNITS = {"hour": 60, "minute": 1}
_DURATION = re.compile(
    rf"(?P<about>(?:nearly|almost|about|around|roughly|some|over|more than|approximately)\s+)?"
    rf"\b(?P<number>\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})(?P<half>\s+and\s+a\s+half|-and-a-half)?"
    rf"[\s-]+(?P<unit>{'|'.join(_UNITS)})s?\b"
)
_LASTING = re.compile(r"\b(?:last(?:ed|ing)|for|took|over)\s+(?:for\s+)?$")
_VERBS = words("met lasted talked spoke took")
_ABOUT_TALKS = words("met meeting talks summit session negotiations call conversation lasted")


@dataclass(frozen=True, slots=True)
class Place:
    """A city with its country; `span` is from the verb to the country, `city_end` the end of the city's name."""

    city: str
    country: Country | None
    span: tuple[int, int]
    city_end: int


@dataclass(frozen=True, slots=True)
class MeetingDate:
    """A date, at `span`: a partial ISO date, or None if the words do not give one; `why` explains an inferred date."""

    date: str | None
    span: tuple[int, int]
    why: str | None


@dataclass(frozen=True, slots=True)
class Duration:
    """An ISO 8601 duration, at `span`."""

    value: str
    approximate: bool
    span: tuple[int, int]


def meeting_place(prose: Prose, event: MeetingEvent) -> Place | None:
    """The first place behind the verb of an event, or None: `met … in Riyadh, Saudi Arabia`."""
    tokens = event.tokens
    for mention in prose.mentions(event.sentence):
        before = tokens[mention.first - 1].text if mention.first else ""
        country = mention.name in BY_FORM or prose.entities.of(mention).is_person or mention.possessive
        if mention.first < event.verb or before not in {"in", "at"} or country:
            continue
        behind = mention.last + 2
        named = next(countries(event.sentence, behind, behind + 3), None) if _comma(event, behind - 1) else None
        named = named if named and named.first <= behind + 1 else None
        last = named.last if named else mention.last
        span = (tokens[event.verb].start, tokens[last].end)
        return Place(mention.name, named.country if named else None, span, tokens[mention.last].end)
    return None


def meeting_date(prose: Prose, event: MeetingEvent, published_on: str | None) -> MeetingDate | None:
    """The date in an event's sentence, or None. The publication date completes a weekday or a missing year."""
    start, end = event.sentence.start, event.sentence.end
    text = prose.text.text
    if found := _ISO_DATE.search(text, start, end):
        return MeetingDate(found.group(), found.span(), None)
    for found in _DATE.finditer(text, start, end):
        dated = _from_date(found, published_on)
        if dated is not None:
            return dated
    if relative := _RELATIVE.search(text, start, end):
        return _from_relative_day(relative, published_on)
    return None


def durations(prose: Prose) -> Iterator[Duration]:
    """All durations of the meeting that the article gives."""
    for sentence in prose.sentences:
        if not any(without_possessive(token.text.lower()) in _ABOUT_TALKS for token in sentence.tokens):
            continue
        for found in _DURATION.finditer(prose.text.text, sentence.start, sentence.end):
            if _LASTING.search(prose.text.text, max(sentence.start, found.start() - 20), found.start()):
                yield _duration(sentence, found)


def _comma(event: MeetingEvent, index: int) -> bool:
    return index < len(event.tokens) and event.tokens[index].text == ","


def _from_date(found: re.Match[str], published_on: str | None) -> MeetingDate | None:
    day, month = found["first"] or found["day"], _MONTHS.index(found["month"]) + 1
    year = found["year"] or (published_on or "")[:4]
    if not day and not found["year"]:
        return None
    why = None if found["year"] else f"The article gives no year; it was published on {published_on}."
    if not year:
        return MeetingDate(None, found.span(), f"“{' '.join(found.group().split())}” has no year")
    try:
        value = date(int(year), month, int(day or 1))
    except ValueError:
        return None
    return MeetingDate(value.isoformat() if day else value.isoformat()[:7], found.span(), why)


def _from_relative_day(found: re.Match[str], published_on: str | None) -> MeetingDate:
    word = found.group()
    try:
        published = date.fromisoformat(published_on or "")
    except ValueError:
        return MeetingDate(None, found.span(), f"“{word}” is no date")
    back = {"today": 0, "yesterday": 1}.get(word.lower())
    if back is None:
        back = (published.weekday() - _WEEKDAYS.index(word)) % 7
    day = (published - timedelta(days=back)).isoformat()
    return MeetingDate(day, found.span(), f"“{word}”, counted back from the publication on {published_on}.")


def _duration(sentence: Sentence, found: re.Match[str]) -> Duration:
    number = _NUMBERS.get(found["number"]) or float(found["number"])
    minutes = round((number + (0.5 if found["half"] else 0)) * _UNITS[found["unit"]])
    hours, rest = divmod(minutes, 60)
    value = "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")
    before = [index for index, token in enumerate(sentence.tokens) if token.end <= found.start()]
    verb = next(
        (index for index in reversed(before) if sentence.tokens[index].text in _VERBS),
        before[-1],
    )
    start = clause_start(sentence.tokens, verb) if sentence.tokens[verb].text == "lasted" else verb
    return Duration(value, bool(found["about"]), (sentence.tokens[start].start, found.end()))
