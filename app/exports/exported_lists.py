"""The exported lists, with the schema of their items."""

from collections.abc import Mapping
from typing import Any

from app.api.resources import agenda, agreements, delegates, evidence, meetings, parties, people, quotes, sources
from app.api.shared.pagination import ListDefinition

LISTS: Mapping[ListDefinition[Any], type] = {
    meetings.MEETINGS: meetings.Meeting,
    agenda.AGENDA: agenda.AgendaItem,
    delegates.DELEGATES: delegates.Delegate,
    agreements.AGREEMENTS: agreements.Agreement,
    quotes.QUOTES: quotes.Quote,
    people.PEOPLE: people.Person,
    parties.PARTIES: parties.Party,
    sources.SOURCES: sources.Source,
    evidence.EVIDENCE: evidence.EvidenceInPlace,
}
"""The exported lists, each with the TypedDict of its items."""
