"""Who sat across from whom, for a picture: lines in em and sides in percent, so that words keep their size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from app.api.endpoints.readout import Readout
from app.api.resources.delegates import Delegate
from app.api.shared.schemas import ParticipantReference
from app.enums import Attendance, DelegateRole, PartyRole

LONGEST_LINE = 18
"""In characters: what fits beside the table on the narrowest screen."""

LINE = 1.35
"""In em: from one line to the next."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One line beside the table: the name of a party, or of someone who sat there, or how it goes on."""

    text: str
    height: float
    is_party: bool = False
    is_seat: bool = False
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Seating:
    """A table with its two sides, and who is at its head and foot."""

    left: Sequence[Seat]
    right: Sequence[Seat]
    head: Sequence[Seat]
    foot: Sequence[Seat]
    top: float
    bottom: float
    height: float
    told: str
    """All of it in words."""


def seating(readout: Readout) -> Seating | None:
    """The table of a meeting of at least two parties; principals are at its sides, by turns."""
    parties = readout["meeting"]["parties"]
    sides = [party for party in parties if party["role"] == PartyRole.principal]
    if len(sides) < 2:
        return None
    others = [party for party in parties if party["role"] != PartyRole.principal]
    head = [party for party in others if party["role"] in (PartyRole.mediator, PartyRole.guarantor)]
    foot = [party for party in others if party not in head]
    rows_at_head = list(_lines(head, readout, 0.0))
    top = LINE * (len(rows_at_head) + 0.5)
    left, right = (list(_lines(side, readout, top + LINE / 2)) for side in (sides[::2], sides[1::2]))
    bottom = top + LINE * (max(len(left), len(right)) + 0.8)
    rows_at_foot = list(_lines(foot, readout, bottom))
    height = bottom + LINE * (len(rows_at_foot) + 0.5)
    told = "; ".join(filter(None, [_across(sides, readout), *(_told(party, readout) for party in (*head, *foot))]))
    return Seating(left, right, rows_at_head, rows_at_foot, top, bottom, height, f"{told}.")


def _lines(parties: Sequence[ParticipantReference], readout: Readout, start: float) -> Iterator[Seat]:
    """Each party's name, and those of its delegates, line by line."""
    height = start
    for party in parties:
        for text in wrap(_title(party), LONGEST_LINE):
            height += LINE
            yield Seat(text, height, is_party=True)
        for delegate in _sent(party, readout):
            for place, text in enumerate(wrap(_name(delegate), LONGEST_LINE)):
                height += LINE
                is_head = delegate["role"] == DelegateRole.head
                yield Seat(text, height, is_seat=place == 0, is_head=is_head)


def _sent(party: ParticipantReference, readout: Readout) -> list[Delegate]:
    """Those who were there for a party, its heads first."""
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
        ", and ".join(_told(party, readout) for party in side) for side in (sides[::2], sides[1::2])
    )


def _told(party: ParticipantReference, readout: Readout) -> str:
    names = [
        f"{_name(each)}, head" if each["role"] == DelegateRole.head else _name(each) for each in _sent(party, readout)
    ]
    return f"{_title(party)}: {'; '.join(names)}" if names else _title(party)
