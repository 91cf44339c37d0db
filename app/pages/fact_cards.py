"""What is known of a meeting as a reader takes it in: cards of facts, each with the evidence for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.api.endpoints.readout import Readout
from app.api.shared.schemas import Evidence
from app.pages import labels

Item = Mapping[str, Any]
Part = str | Item
"""Something that a value is made of: words, or someone who may have a page."""


@dataclass(frozen=True, slots=True)
class Value:
    """A field of a record, as it is said."""

    field: str
    label: str
    parts: Sequence[Part]

    def __str__(self) -> str:
        return ", ".join(part if isinstance(part, str) else part["name"] for part in self.parts)


@dataclass(slots=True)
class Note:
    """A piece of evidence on the page. Its `number` is that of the passage, if it has words."""

    mark: int
    evidence: Evidence
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What the same evidence says."""

    values: Sequence[Value]
    notes: Sequence[Note]

    def __str__(self) -> str:
        return "; ".join(f"{value.label}: {value}" for value in self.values)

    @property
    def brief(self) -> str:
        """The same without texts, which are the words themselves."""
        return "; ".join(value.label if value.field == "text" else f"{value.label}: {value}" for value in self.values)

    @property
    def is_inferred(self) -> bool:
        """Whether nothing says it in so many words."""
        return all(note.evidence["basis"] == "inferred" for note in self.notes)


@dataclass(frozen=True, slots=True)
class Card:
    """A record: its facts, and what the article leaves open of it."""

    kind: str
    item: Item
    facts: Sequence[Fact]
    open: Sequence[str]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.kind}-{self.item['id']}"

    @property
    def name(self) -> str:
        """What it is about, in a few words."""
        match self.kind:
            case "meeting":
                return "The meeting"
            case "delegate":
                return str(self.item["person"]["name"] if self.item["person"] else self.item["described"])
            case "quote":
                return ", ".join(speaker["name"] for speaker in self.item["speakers"])
        return str(self.item["title"])

    @property
    def notes(self) -> Iterator[Note]:
        """All of its evidence."""
        return (note for fact in self.facts for note in fact.notes)


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading."""

    heading: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a meeting, in the order in which it is read."""

    meeting: Card
    delegations: Sequence[Group]
    agreements: Sequence[Group]
    matters: Sequence[Group]
    quotes: Sequence[Group]

    @property
    def cards(self) -> list[Card]:
        """All of them."""
        groups = (*self.delegations, *self.agreements, *self.matters, *self.quotes)
        return [self.meeting, *(card for group in groups for card in group.cards)]


Format = Callable[[Any], Sequence[Part]]


def _word(value: str) -> Sequence[Part]:
    return [labels.words(value)]


def _text(value: str) -> Sequence[Part]:
    return [value]


def _someone(value: Item) -> Sequence[Part]:
    """An actor, or a reference to a party."""
    return [{"kind": "party", **value}]


FIELDS: Mapping[str, Mapping[str, Format]] = {
    "meeting": {
        "status": _word,
        "format": _word,
        "mode": _word,
        "start_date": lambda value: [labels.date(value)],
        "end_date": lambda value: [labels.date(value)],
        "duration": lambda value: [labels.duration(value["value"], value["approximate"])],
        "place": lambda value: [value["city"]],
        "host": _someone,
        "parties": list,
    },
    "agenda": {"outcome": _word},
    "delegate": {
        "person": lambda value: [{"kind": "person", **value}],
        "described": _text,
        "title": _text,
        "role": _word,
        "party": _someone,
        "attendance": _word,
    },
    "agreement": {
        "text": _text,
        "commitment": _word,
        "parties": list,
        "asserted_by": list,
        "form": _word,
    },
    "quote": {
        "text": _text,
        "speakers": list,
        "speaker_title": _text,
        "via": _someone,
    },
}
"""The fields that a card shows for each kind of record, in order, with the function that formats the value."""

OPEN = {
    "meeting": ("mode", "start_date", "end_date", "duration", "place", "host"),
    "delegate": ("title", "party", "attendance"),
    "quote": ("speaker_title",),
}
"""What an article may leave open: where it is null."""

NO_PARTY = "Others"


def facts_of(readout: Readout) -> Facts:
    """Everything in a readout, arranged; evidence is numbered in the order in which it is shown."""
    marks = count()

    def card(kind: str, item: Item) -> Card:
        return _card(kind, item, marks)

    meeting = readout["meeting"]
    return Facts(
        meeting=card("meeting", meeting),
        delegations=_groups("delegate", _delegations(readout), card),
        agreements=_groups("agreement", _by(readout["agreements"], "commitment", labels.COMMITMENTS), card),
        matters=_groups("agenda", _by(meeting["agenda"], "outcome", labels.OUTCOMES), card),
        quotes=_groups("quote", _by(readout["quotes"], "kind", labels.QUOTES), card),
    )


def _groups(kind: str, grouped: Iterable[tuple[str, Sequence[Item]]], card: Callable[[str, Item], Card]) -> list[Group]:
    return [Group(heading, [card(kind, item) for item in items]) for heading, items in grouped if items]


def _by(items: Sequence[Item], name: str, headings: Mapping[Any, str]) -> Iterator[tuple[str, Sequence[Item]]]:
    """Items under the headings of an enumeration's values."""
    for value, heading in headings.items():
        yield heading, [item for item in items if item[name] == value]


def _delegations(readout: Readout) -> Iterator[tuple[str, Sequence[Item]]]:
    """Who came for each party, those to the meeting first; heads before others."""
    names = {party["id"]: party["name"] for party in readout["meeting"]["parties"] if party["id"]}
    delegates = sorted(readout["delegates"], key=lambda each: each["role"] != "head")
    names |= {each["party"]["id"]: each["party"]["name"] for each in delegates if each["party"]}
    for id, name in names.items():
        yield name, [each for each in delegates if each["party"] and each["party"]["id"] == id]
    yield NO_PARTY, [each for each in delegates if not each["party"]]


def _card(kind: str, item: Item, marks: Iterator[int]) -> Card:
    fields, field_labels = FIELDS[kind], labels.FIELDS[kind]
    by_fields: dict[tuple[str, ...], list[Evidence]] = {}
    for evidence in item["evidence"]:
        by_fields.setdefault(tuple(name for name in fields if name in evidence["fields"]), []).append(evidence)
    order = {name: place for place, name in enumerate(fields)}
    facts = [
        Fact(
            [Value(name, field_labels[name], fields[name](item[name])) for name in names],
            [Note(next(marks), evidence) for evidence in by_fields[names]],
        )
        for names in sorted(by_fields, key=lambda names: [order[name] for name in names])
    ]
    left_open = [field_labels[name].lower() for name in OPEN.get(kind, ()) if item[name] is None]
    return Card(kind, item, facts, left_open)
