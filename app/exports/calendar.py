"""Meetings as the chunks of a calendar (iCalendar, RFC 5545) that is downloaded while it is read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from app.enums import MeetingStatus
from app.version import VERSION

_STATUSES = {MeetingStatus.planned: "TENTATIVE", MeetingStatus.cancelled: "CANCELLED"}
_WHOLE_DATE = len("2025-02-18")
_END = b"END:VCALENDAR\r\n"

LoadTimes = Callable[[Iterable[int]], Mapping[int, datetime]]
"""Returns the times at which some versions were loaded."""


def calendar_chunks(
    batches: Iterable[Sequence[Mapping[str, Any]]], load_times: LoadTimes, public_url: str
) -> Iterator[bytes]:
    """A calendar of the meetings whose days are known, in chunks of bounded size."""
    written, host = _calendar().removesuffix(_END), urlsplit(public_url).hostname
    for meetings in batches:
        dated = [(meeting, days) for meeting in meetings if (days := _days(meeting))]
        times = load_times(meeting["changed_in"] for meeting, _ in dated)
        events = (_event(meeting, days, times[meeting["changed_in"]], host) for meeting, days in dated)
        yield b"".join((written, *events))
        written = b""
    yield written + _END


def _calendar() -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//Readout//Readout {VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("name", "Meetings")
    calendar.add("x-wr-calname", "Meetings")  # what clients show that do not know `name` (RFC 7986)
    return bytes(calendar.to_ical())


def _event(meeting: Mapping[str, Any], days: tuple[date, date], loaded_at: datetime, host: str | None) -> bytes:
    first_day, last_day = days
    event = Event()
    event.add("uid", f"{meeting['id']}@{host}")
    event.add("dtstamp", loaded_at)
    event.add("last-modified", loaded_at)
    event.add("sequence", meeting["changed_in"])
    event.add("status", _STATUSES.get(meeting["status"], "CONFIRMED"))
    event.add("dtstart", first_day)
    event.add("dtend", last_day + timedelta(days=1))  # the first day after it (3.6.1)
    event.add("transp", "TRANSPARENT")  # it makes nobody busy
    event.add("summary", meeting["title"])
    event.add("url", meeting["read_url"])
    if meeting["summary"]:
        event.add("description", meeting["summary"])
    if place := meeting["place"]:
        event.add("location", ", ".join(filter(None, (place["city"], place["country"]))))
    if meeting["topics"]:
        event.add("categories", meeting["topics"])
    return bytes(event.to_ical())


def _days(meeting: Mapping[str, Any]) -> tuple[date, date] | None:
    """The first and the last day; None if the first is unknown, or a date is only a month or a year."""
    dates = [meeting["start_date"], meeting["end_date"] or meeting["start_date"]]
    if any(text is None or len(text) < _WHOLE_DATE for text in dates):
        return None
    return date.fromisoformat(dates[0]), date.fromisoformat(dates[1])
