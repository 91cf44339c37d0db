"""The exported lists, with the schema of their items and the functions that read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.api.resources import agreements, delegates, evidence, meetings, parties, people, quotes, sources
from app.api.shared.pagination import ListDefinition
from app.db.request_context import RequestContext

SQLITE_FILE = "readout.sqlite"
"""The file name of the SQLite export, which contains all lists."""


@dataclass(frozen=True, slots=True)
class ExportedList:
    """An exported list: its definition, the TypedDict of its items, and the function that reads items by keys."""

    definition: ListDefinition
    item: type
    items: Callable[[RequestContext, list[int]], Mapping[int, Any]]


LISTS = (
    ExportedList(meetings.MEETINGS, meetings.Meeting, meetings.items),
    ExportedList(delegates.DELEGATES, delegates.Delegate, delegates.items),
    ExportedList(agreements.AGREEMENTS, agreements.Agreement, agreements.items),
    ExportedList(quotes.QUOTES, quotes.Quote, quotes.items),
    ExportedList(people.PEOPLE, people.Person, people.items),
    ExportedList(parties.PARTIES, parties.Party, parties.items),
    ExportedList(sources.SOURCES, sources.Source, sources.items),
    ExportedList(evidence.EVIDENCE, evidence.EvidenceInPlace, evidence.items),
)

NAMES = [*(f"{each.definition.name}.{form}" for each in LISTS for form in ("csv", "ndjson")), SQLITE_FILE]
"""The file names of all exports."""
