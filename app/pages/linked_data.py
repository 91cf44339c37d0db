"""Structured data of pages for search engines: a meeting as an `Event` with its quotations, all of it as a `Dataset`.

The vocabulary is schema.org's, as JSON-LD 1.1.
"""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from app.api.endpoints.readout import Readout
from app.enums import ActorKind, MeetingMode, MeetingStatus, QuoteKind

_CONTEXT = {"@context": "https://schema.org"}
_STATUSES = {MeetingStatus.cancelled: "EventCancelled"}
_MODES = {
    MeetingMode.in_person: "OfflineEventAttendanceMode",
    MeetingMode.remote: "OnlineEventAttendanceMode",
    MeetingMode.hybrid: "MixedEventAttendanceMode",
}


def event(readout: Readout) -> Markup:
    """A meeting with its parties and delegates, and what its speakers said in their own words."""
    meeting = readout["meeting"]
    people = [each["person"]["name"] for each in readout["delegates"] if each["person"]]
    place = meeting["place"]
    address = place and {"addressLocality": place["city"], "addressCountry": place["country"]}
    return _script(
        {
            "@type": "Event",
            "@id": meeting["read_url"],
            "url": meeting["read_url"],
            "name": meeting["title"],
            "description": meeting["summary"],
            "startDate": meeting["start_date"],
            "endDate": meeting["end_date"],
            "eventStatus": f"https://schema.org/{_STATUSES.get(MeetingStatus(meeting['status']), 'EventScheduled')}",
            "eventAttendanceMode": meeting["mode"] and f"https://schema.org/{_MODES[MeetingMode(meeting['mode'])]}",
            "location": place
            and {"@type": "Place", "name": place["city"], "address": _whole("PostalAddress", address)},
            "organizer": meeting["host"] and _whole("Organization", {"name": meeting["host"]["name"]}),
            "attendee": [
                *(_whole("Organization", {"name": party["name"]}) for party in meeting["parties"]),
                *(_whole("Person", {"name": name}) for name in dict.fromkeys(people)),
            ],
            "subjectOf": [
                *(_whole("Article", _article(source)) for source in readout["sources"]),
                *(_quotation(quote) for quote in readout["quotes"] if quote["kind"] != QuoteKind.indirect),
            ],
        }
    )


def dataset(public_url: str, version: str, loaded_on: str, licence: str | None) -> Markup:
    """All data of the service, with the places of its lists as tables."""
    return _script(
        {
            "@type": "Dataset",
            "@id": f"{public_url}/dataset",
            "url": f"{public_url}/",
            "name": "Readout: facts about meetings, with their evidence",
            "description": "Who met, what was agreed and what is open, and who said what, each with its words.",
            "version": version,
            "dateModified": loaded_on,
            "license": licence,
            "isAccessibleForFree": True,
            "distribution": [
                _whole("DataDownload", {"contentUrl": f"{public_url}/{name}.csv", "encodingFormat": "text/csv"})
                for name in ("meetings", "agreements", "quotes")
            ],
        }
    )


def _article(source: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "headline": source["title"],
        "url": source["source_url"],
        "datePublished": source["published_on"],
        "publisher": source["publisher"] and _whole("Organization", {"name": source["publisher"]}),
        "license": source["licence"],
        "inLanguage": source["language"],
    }


def _quotation(quote: Mapping[str, Any]) -> dict[str, Any]:
    speakers = [
        _whole("Organization" if each["kind"] == ActorKind.party else "Person", {"name": each["name"]})
        for each in quote["speakers"]
    ]
    return _whole("Quotation", {"text": quote["text"], "url": quote["read_url"], "creator": speakers})


def _whole(type: str, values: Mapping[str, Any] | None) -> dict[str, Any]:
    """An object without the values that are unknown."""
    return {"@type": type, **{name: value for name, value in (values or {}).items() if value not in (None, [])}}


def _script(values: dict[str, Any]) -> Markup:
    """The content of a script element: no `<` can end it."""
    text = json.dumps(_CONTEXT | {name: value for name, value in values.items() if value not in (None, [])})
    return Markup(text.replace("<", "\\u003c"))
