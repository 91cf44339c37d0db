"""The diagram of the table: the sides of a meeting with their delegates. Vertical positions are in em."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from app.api.endpoints.readout import Readout
from app.api.resources.delegates import Delegate
from app.api.shared.schemas import ParticipantReference
from app.enums import Attendance, DelegateRole, PartyRole

LONGEST_LINE = 18
"""In characters, so that a line fits beside the table on the narrowest screen."""

LINE_HEIGHT = 1.35
"""The height of a line in em."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text beside the table: the name of a party or delegate, or its continuation."""

    text: str
    height: float
    is_party: bool = False
    is_seat: bool = False
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class SeatingDiagram:
    """A table with its two sides, its head and its foot."""

    left: Sequence[Line]
    right: Sequence[Line]
    head: Sequence[Line]
    foot: Sequence[Line]
    top: float
    bottom: float
    height: float
    description: str
    """The diagram as text, for screen readers."""


def seating_diagram(readout: Readout) -> SeatingDiagram | None:
    """The diagram of a meeting with at least two principals, which are on both sides by turns; None for fewer."""
    parties = readout["meeting"]["parties"]
    sides = [party for party in parties if party["role"] == PartyRole.principal]
    if len(sides) < 2:
        return None
    others = [party for party in parties if party["role"] != PartyRole.principal]
    head = [party for party in others if party["role"] in (PartyRole.mediator, PartyRole.guarantor)]
    foot = [party for party in others if party not in head]
    rows_at_head = list(_lines(head, readout, 0.0))
    top = LINE_HEIGHT * (len(rows_at_head) + 0.5)
    left, right = (list(_lines(side, readout, top + LINE_HEIGHT / 2)) for side in (sides[::2], sides[1::2]))
    bottom = top + LINE_HEIGHT * (max(len(left), len(right)) + 0.8)
    rows_at_foot = list(_lines(foot, readout, bottom))
    height = bottom + LINE_HEIGHT * (len(rows_at_foot) + 0.5)
    description = "; ".join(
        filter(None, [_across(sides, readout), *(_description(party, readout) for party in (*head, *foot))])
    )
    return SeatingDiagram(left, right, rows_at_head, rows_at_foot, top, bottom, height, f"{description}.")


def _lines(parties: Sequence[ParticipantReference], readout: Readout, start: float) -> Iterator[Line]:
    """The names of parties and of their delegates, as lines."""
    height = start
    for party in parties:
        for text in wrap(_title(party), LONGEST_LINE):
            height += LINE_HEIGHT
            yield Line(text, height, is_party=True)
        for delegate in _delegates(party, readout):
            for place, text in enumerate(wrap(_name(delegate), LONGEST_LINE)):
                height += LINE_HEIGHT
                is_head = delegate["role"] == DelegateRole.head
                yield Line(text, height, is_seat=place == 0, is_head=is_head)


def _delegates(party: ParticipantReference, readout: Readout) -> list[Delegate]:
    """The delegates of a party that attended, heads first."""
    sent = [each for each in readout["delegates"] if each["party"] and each["party"]["id"] == party["id"]]
    there = [each for each in sent if each["attendance"] != Attendance.absent]
    return sorted(there, key=lambda each: each["role"] != DelegateRole.head)


def _title(party: ParticipantReference) -> str:
    role = party["role"]
    return party["name"] if role == PartyRole.principal else f"{party['name']} ({role})"


def _name(delegate: Delegate) -> str:
    return delegate["person"]["name"] if delegate["person"] else str(delegate["described"])


def _across(sides: Sequence[ParticipantReference], readout: Readout) -> str:
    return " across from ".join(
        ", and ".join(_description(party, readout) for party in side) for side in (sides[::2], sides[1::2])
    )


def _description(party: ParticipantReference, readout: Readout) -> str:
    names = [
        f"{_name(each)}, head" if each["role"] == DelegateRole.head else _name(each)
        for each in _delegates(party, readout)
    ]
    return f"{_title(party)}: {'; '.join(names)}" if names else _title(party)
