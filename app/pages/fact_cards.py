"""The facts of a meeting as cards, each fact with its evidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.api.endpoints.readout import Readout
from app.api.shared.schemas import Evidence, SpeakerReference, TitleReference
from app.enums import ActorKind, Attendance, DelegateRole
from app.pages import labels

MAX_PARTIES = 4
"""The number of parties in the line that says who met."""

Item = Mapping[str, Any]
Part = str | Item
"""A part of a value: text, or an actor, which is a link if it has a page."""


@dataclass(slots=True)
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

    @property
    def id(self) -> str:
        return self.evidence["id"]

    @property
    def reason(self) -> str | None:
        """Why the fact was inferred; None if words state it."""
        return self.evidence["note"]

    @property
    def answer(self) -> str | None:
        """The reviewer's answer to a warning."""
        return self.evidence["despite"]

    @property
    def source(self) -> TitleReference | None:
        return self.evidence["source"]


@dataclass(slots=True)
class Fact:
    """The values with the same evidence."""

    values: Sequence[Value]
    notes: Sequence[Note]

    def __str__(self) -> str:
        return "; ".join(f"{value.label}: {value}" for value in self.values)

    @property
    def source_id(self) -> str | None:
        """The first article whose words say it."""
        source = self.notes[0].source
        return source and source["id"]

    @property
    def has_several_sources(self) -> bool:
        return len(self.notes) > 1 and len({note.source["id"] for note in self.notes if note.source}) > 1

    @property
    def is_inferred(self) -> bool:
        """Whether no words state the fact."""
        return all(note.evidence["basis"] == "inferred" for note in self.notes)


@dataclass(slots=True)
class Card:
    """The card of a record: its facts, and the labels of the fields that the article does not state."""

    kind: str
    item: Item
    names: Sequence[str]
    """The names of the record for a reader: of a quote, those of its speakers."""
    main_facts: Sequence[Fact]
    """The facts that are shown with the record itself."""
    details: Sequence[Fact]
    """The facts that are shown under the page's details."""
    not_stated: Sequence[str]

    @property
    def facts(self) -> list[Fact]:
        return [*self.main_facts, *self.details]

    @property
    def anchor(self) -> str:
        """The id of the card's HTML element."""
        return f"{self.kind}-{self.item['id']}"

    @property
    def name(self) -> str:
        return ", ".join(self.names)

    @property
    def notes(self) -> Iterator[Note]:
        """All evidence of the card."""
        return (note for fact in self.facts for note in fact.notes)


@dataclass(frozen=True, slots=True)
class Delegation:
    """A party to a meeting with its delegates, the heads first; without a party, all delegates of no party."""

    party: Item | None
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Participants:
    """The first parties to a meeting, each with the names of its heads, and how many more parties there are."""

    shown: Sequence[tuple[Item, Sequence[str]]]
    more: int


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """All cards of a meeting, in the order of the page."""

    agreements: Sequence[Card]
    agenda: Sequence[Card]
    delegations: Sequence[Delegation]
    quoted: Sequence[tuple[SpeakerReference, str]]
    """The speakers that did not take part, each with the reason why."""
    quotes: Sequence[Card]
    meeting: Card

    @property
    def cards(self) -> list[Card]:
        """All cards, in the order of the page."""
        delegates = [card for delegation in self.delegations for card in delegation.cards]
        return [*self.agreements, *self.agenda, *delegates, *self.quotes, self.meeting]

    @property
    def participants(self) -> Participants:
        """The first parties with their heads, for a line that says who met."""
        parties = [(each.party, _heads(each.cards)) for each in self.delegations if each.party]
        return Participants(parties[:MAX_PARTIES], len(parties[MAX_PARTIES:]))


def _heads(cards: Sequence[Card]) -> list[str]:
    """The names of the heads of a delegation that did not stay away."""
    return [
        card.name
        for card in cards
        if card.item["role"] == DelegateRole.head and card.item["attendance"] != Attendance.absent
    ]


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
        "speakers": ("Speaker", list),
        "via": ("Relayed by", _actor),
        "text": ("Words", _text),
        "speaker_title": ("Title", _text),
    },
}
"""The fields that a card shows for each kind of record, in order, with its label and the function that formats it."""

NOT_STATED = {
    "meeting": ("mode", "start_date", "end_date", "duration", "place", "host"),
    "delegate": ("title", "party", "attendance"),
    "quote": ("speaker_title",),
}
"""The fields that a card lists as not stated if they are null."""

_IN_DETAIL = {
    "agreement": {"form"},
    "delegate": {"attendance", "title"},
    "quote": {"speaker_title"},
}
"""The fields that are shown under the page's details, if nothing else has the same evidence."""


def facts_of(readout: Readout) -> MeetingFacts:
    """All facts of a readout, in the order of the articles; evidence is numbered in the order of the page."""
    marks = count()

    def cards(kind: str, items: Iterable[Item]) -> list[Card]:
        return [_card(kind, item, marks) for item in items]

    return MeetingFacts(
        agreements=cards("agreement", readout["agreements"]),
        agenda=cards("agenda", readout["agenda"]),
        delegations=[Delegation(party, cards("delegate", items)) for party, items in _delegations(readout)],
        quoted=list(_quoted(readout)),
        quotes=cards("quote", readout["quotes"]),
        meeting=_card("meeting", readout["meeting"], marks),
    )


def _delegations(readout: Readout) -> Iterator[tuple[Item | None, Sequence[Item]]]:
    """The parties to the meeting, then others that sent delegates, each with its delegates, the heads first."""
    delegates = sorted(readout["delegates"], key=lambda each: each["role"] != DelegateRole.head)
    parties = readout["meeting"]["parties"]
    ids = [party["id"] for party in parties]
    senders = [each["party"] for each in delegates if each["party"] and each["party"]["id"] not in ids]
    others: dict[str, Item] = {party["id"]: {"kind": ActorKind.party, **party} for party in senders}
    for party in (*parties, *others.values()):
        yield party, [each for each in delegates if each["party"] and each["party"]["id"] == party["id"]]
    if of_no_party := [each for each in delegates if not each["party"]]:
        yield None, of_no_party


def _quoted(readout: Readout) -> Iterator[tuple[SpeakerReference, str]]:
    """The speakers that did not take part, each once, with the reason why."""
    seen = set()
    for speaker in (speaker for quote in readout["quotes"] for speaker in quote["speakers"]):
        reason, key = why_no_participant(readout, speaker), speaker_key(speaker)
        if reason and key not in seen:
            seen.add(key)
            yield speaker, reason


def speaker_key(speaker: SpeakerReference) -> tuple[str, str]:
    """A key that is equal for the same speaker of several quotes of a meeting."""
    return speaker["kind"], speaker["id"] or speaker["name"]


def why_no_participant(readout: Readout, speaker: SpeakerReference) -> str | None:
    """Why a speaker is none of those who took part, as far as the articles say; None if the speaker took part.

    Nobody knows of a speaker without a name: "a diplomat" may be a delegate, and a joint statement is no person.
    """
    parties = [party["id"] for party in readout["meeting"]["parties"]]
    if speaker["kind"] == ActorKind.described or (speaker["kind"] == ActorKind.party and speaker["id"] in parties):
        return None
    if speaker["delegate"] is None:
        return "not a delegate"
    id = speaker["delegate"]["id"]
    stayed_away = any(each["id"] == id and each["attendance"] == Attendance.absent for each in readout["delegates"])
    return "not at the meeting" if stayed_away else None


def _card(kind: str, item: Item, marks: Iterator[int]) -> Card:
    fields = FIELDS[kind]
    by_fields: dict[tuple[str, ...], list[Evidence]] = {}
    for evidence in item["evidence"]:
        by_fields.setdefault(tuple(name for name in fields if name in evidence["fields"]), []).append(evidence)
    order = {name: place for place, name in enumerate(fields)}
    main_facts: list[Fact] = []
    details: list[Fact] = []
    for names in sorted(by_fields, key=lambda names: [order[name] for name in names]):
        values = [_value(kind, item, name) for name in names]
        notes = [Note(next(marks), evidence) for evidence in by_fields[names]]
        (details if _IN_DETAIL.get(kind, set()).issuperset(names) else main_facts).append(Fact(values, notes))
    not_stated = [fields[name][0].lower() for name in NOT_STATED.get(kind, ()) if item[name] is None]
    return Card(kind, item, _names(kind, item), main_facts, details, not_stated)


def _names(kind: str, item: Item) -> list[str]:
    match kind:
        case "meeting":
            return ["The meeting"]
        case "delegate":
            return [str(item["person"]["name"] if item["person"] else item["described"])]
        case "quote":
            return [speaker["name"] for speaker in item["speakers"]]
    return [str(item["title"])]


def _value(kind: str, item: Item, field: str) -> Value:
    label, formatter = FIELDS[kind][field]
    return Value(field, label, formatter(item[field]))
