"""What is exported: the lists, each with the shape of its items and the way to read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.api.resources import agreements, delegates, evidence, meetings, parties, people, quotes, sources
from app.api.shared.pagination import ListDefinition
from app.db.request_context import RequestContext

WHOLE = "readout.sqlite"
"""The name of the file that has everything."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A list as it is exported: its name, the shape of its items, and how keys become items."""

    listed: ListDefinition
    item: type
    items: Callable[[RequestContext, list[int]], Mapping[int, Any]]


LISTS = (
    Exported(meetings.MEETINGS, meetings.Meeting, meetings.items),
    Exported(delegates.DELEGATES, delegates.Delegate, delegates.items),
    Exported(agreements.AGREEMENTS, agreements.Agreement, agreements.items),
    Exported(quotes.QUOTES, quotes.Quote, quotes.items),
    Exported(people.PEOPLE, people.Person, people.items),
    Exported(parties.PARTIES, parties.Party, parties.items),
    Exported(sources.SOURCES, sources.Source, sources.items),
    Exported(evidence.EVIDENCE, evidence.EvidenceInPlace, evidence.items),
)

NAMES = [*(f"{each.listed.name}.{form}" for each in LISTS for form in ("csv", "ndjson")), WHOLE]
"""The names of all exports."""
