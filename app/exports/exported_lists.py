"""The exported lists."""

from typing import Any

from app.api.resources.agenda import AGENDA
from app.api.resources.agreements import AGREEMENTS
from app.api.resources.delegates import DELEGATES
from app.api.resources.evidence import EVIDENCE
from app.api.resources.meetings import MEETINGS
from app.api.resources.parties import PARTIES
from app.api.resources.people import PEOPLE
from app.api.resources.quotes import QUOTES
from app.api.resources.sources import SOURCES
from app.api.shared.pagination import ListDefinition

LISTS: tuple[ListDefinition[Any], ...] = (
    MEETINGS,
    AGENDA,
    DELEGATES,
    AGREEMENTS,
    QUOTES,
    PEOPLE,
    PARTIES,
    SOURCES,
    EVIDENCE,
)
