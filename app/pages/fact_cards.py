"""The facts of a meeting as cards, each fact with its evidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.api.endpoints.readout import Readout
from app.api.shared.schemas import Evidence
from app.pages import labels

Item = Mapping[str, Any]
Part = str | Item
"""A part of a value: text, or an actor, which is a link if it has a page."""


@dataclass(frozen=True, slots=True)
class Value:
    """A formatted value of a field."""

    field: str
    label: str
    parts: Sequence[Part]

    def __str__(self) -> str:
        return ", ".join(part if isinstance(part, str) else part["name"] for part in self.parts)


@dataclass(slots=True)
class Note:
    """A piece of evidence on the page. `mark` is its index; `number` is the number of its passage, if it has words."""

    mark: int
    evidence: Evidence
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """The values with the same evidence."""

    values: Sequence[Value]
    notes: Sequence[Note]

    def __str__(self) -> str:
        return "; ".join(f"{value.label}: {value}" for value in self.values)

    @property
    def is_inferred(self) -> bool:
        """Whether no words state the fact."""
        return all(note.evidence["basis"] == "inferred" for note in self.notes)


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a record: its facts, and the labels of the fields that the article does not state."""

    kind: str
    item: Item
    facts: Sequence[Fact]
    not_stated: Sequence[str]

    @property
    def anchor(self) -> str:
        """The id of the card's HTML element."""
        return f"{self.kind}-{self.item['id']}"

    @property
    def names(self) -> list[str]:
        """The names of the record for a reader: of a quote, those of its speakers."""
        match self.kind:
            case "meeting":
                return ["The meeting"]
            case "delegate":
                return [str(self.item["person"]["name"] if self.item["person"] else self.item["described"])]
            case "quote":
                return [speaker["name"] for speaker in self.item["speakers"]]
        return [str(self.item["title"])]

    @property
    def name(self) -> str:
        return ", ".join(self.names)

    @property
    def notes(self) -> Iterator[Note]:
        """All evidence of the card."""
        return (note for fact in self.facts for note in fact.notes)


@dataclass(frozen=True, slots=True)
class Group:
    """Cards with a common heading."""

    heading: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """All cards of a meeting, in the order of the page."""

    meeting: Card
    delegations: Sequence[Group]
    agreements: Sequence[Group]
    agenda: Sequence[Group]
    quotes: Sequence[Group]

    @property
    def cards(self) -> list[Card]:
        """All cards, in the order of the page."""
        groups = (*self.delegations, *self.agreements, *self.agenda, *self.quotes)
        return [self.meeting, *(card for group in groups for card in group.cards)]


Formatter = Callable[[Any], Sequence[Part]]


def _word(value: str) -> Sequence[Part]:
    return [labels.words(value)]


def _text(value: str) -> Sequence[Part]:
    return [value]


def _actor(value: Item) -> Sequence[Part]:
    """An actor or a reference to a party."""
    return [{"kind": "party", **value}]


FIELDS: Mapping[str, Mapping[str, tuple[str, Formatter]]] = {
    "meeting": {
        "status": ("Status", _word),
        "format": ("Format", _word),
        "mode": ("Mode", _word),
        "start_date": ("Date", lambda value: [labels.date(value)]),
        "end_date": ("Last day", lambda value: [labels.date(value)]),
        "duration": ("Duration", lambda value: [labels.duration(value["value"], value["approximate"])]),
        "place": ("Place", lambda value: [value["city"]]),
        "host": ("Host", _actor),
        "parties": ("Parties", list),
    },
    "agenda": {"outcome": ("Outcome", _word)},
    "delegate": {
        "person": ("Name", lambda value: [{"kind": "person", **value}]),
        "described": ("Described as", _text),
        "title": ("Title", _text),
        "role": ("Role", _word),
        "party": ("Party", _actor),
        "attendance": ("Attendance", _word),
    },
    "agreement": {
        "text": ("Text", _text),
        "commitment": ("Commitment", _word),
        "parties": ("Parties", list),
        "asserted_by": ("Asserted by", list),
        "form": ("Form", _word),
    },
    "quote": {
        "text": ("Words", _text),
        "speakers": ("Speaker", list),
        "speaker_title": ("Title", _text),
        "via": ("Relayed by", _actor),
    },
}
"""The fields that a card shows for each kind of record, in order, with its label and the function that formats it."""

NOT_STATED = {
    "meeting": ("mode", "start_date", "end_date", "duration", "place", "host"),
    "delegate": ("title", "party", "attendance"),
    "quote": ("speaker_title",),
}
"""The fields that a card lists as not stated if they are null."""

NO_PARTY = "Others"


def facts_of(readout: Readout) -> MeetingFacts:
    """All facts of a readout; evidence is numbered in the order of the page."""
    marks = count()

    def card(kind: str, item: Item) -> Card:
        return _card(kind, item, marks)

    meeting = readout["meeting"]
    return MeetingFacts(
        meeting=card("meeting", meeting),
        delegations=_groups("delegate", _delegations(readout), card),
        agreements=_groups("agreement", _grouped(readout["agreements"], "commitment", labels.COMMITMENTS), card),
        agenda=_groups("agenda", _grouped(meeting["agenda"], "outcome", labels.OUTCOMES), card),
        quotes=_groups("quote", _grouped(readout["quotes"], "kind", labels.QUOTES), card),
    )


def _groups(kind: str, grouped: Iterable[tuple[str, Sequence[Item]]], card: Callable[[str, Item], Card]) -> list[Group]:
    return [Group(heading, [card(kind, item) for item in items]) for heading, items in grouped if items]


def _grouped(items: Sequence[Item], name: str, headings: Mapping[Any, str]) -> Iterator[tuple[str, Sequence[Item]]]:
    """Items by the headings for the values of an enumeration."""
    for value, heading in headings.items():
        yield heading, [item for item in items if item[name] == value]


def _delegations(readout: Readout) -> Iterator[tuple[str, Sequence[Item]]]:
    """Delegates by party: parties to the meeting first, heads of delegations before other delegates."""
    names = {party["id"]: party["name"] for party in readout["meeting"]["parties"] if party["id"]}
    delegates = sorted(readout["delegates"], key=lambda each: each["role"] != "head")
    names |= {each["party"]["id"]: each["party"]["name"] for each in delegates if each["party"]}
    for id, name in names.items():
        yield name, [each for each in delegates if each["party"] and each["party"]["id"] == id]
    yield NO_PARTY, [each for each in delegates if not each["party"]]


def _card(kind: str, item: Item, marks: Iterator[int]) -> Card:
    fields = FIELDS[kind]
    by_fields: dict[tuple[str, ...], list[Evidence]] = {}
    for evidence in item["evidence"]:
        by_fields.setdefault(tuple(name for name in fields if name in evidence["fields"]), []).append(evidence)
    order = {name: place for place, name in enumerate(fields)}
    facts = [
        Fact(
            [_value(kind, item, name) for name in names],
            [Note(next(marks), evidence) for evidence in by_fields[names]],
        )
        for names in sorted(by_fields, key=lambda names: [order[name] for name in names])
    ]
    not_stated = [fields[name][0].lower() for name in NOT_STATED.get(kind, ()) if item[name] is None]
    return Card(kind, item, facts, not_stated)


def _value(kind: str, item: Item, field: str) -> Value:
    label, formatter = FIELDS[kind][field]
    return Value(field, label, formatter(item[field]))
