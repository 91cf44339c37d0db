"""The outcome board of a meeting's page: what was agreed, what was discussed or is open, and who said what."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.api.endpoints.readout import Readout
from app.api.resources.agenda import AgendaItem
from app.api.resources.agreements import Agreement
from app.api.resources.quotes import Quote
from app.api.shared.schemas import Evidence, SpeakerReference
from app.enums import Basis, Commitment, Outcome, QuoteKind, rank
from app.pages import labels
from app.pages.fact_cards import speaker_key, why_no_participant

MAX_LINES = 4
"""The number of lines of a column."""

_OPEN_FIRST = (Outcome.open, Outcome.no_agreement, Outcome.deferred, Outcome.discussed)
_KINDS = (QuoteKind.direct, QuoteKind.partial, QuoteKind.indirect)
"""The kinds of quotes, the one to show first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the board, which links to the words that say it."""

    text: str
    evidence_id: str
    meeting_id: str
    source_id: str | None
    """The article with the words; None without words."""
    word: str
    """The commitment, the outcome or the kind of quote in words."""
    is_inferred: bool
    steps: int = 0
    """How many steps of the bar are filled."""
    names: Sequence[str] = ()
    """The actors that say so, or the speakers."""
    remarks: Sequence[str | None] = ()
    """For each speaker, why they are none of those who took part."""
    kind: QuoteKind | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board; `total` counts the lines that there would be without MAX_LINES."""

    heading: str
    anchor: str
    """The id of the element with all of them."""
    if_empty: str
    lines: Sequence[Line]
    total: int


def outcome_board(readout: Readout) -> list[Column]:
    """The columns of a meeting's board: the firmest agreements first, then what is open, and the shortest quotes."""
    lines = [agreed(agreement) for agreement in sorted(readout["agreements"], key=firmness)]
    items = [item for outcome in _OPEN_FIRST for item in readout["agenda"] if item["outcome"] == outcome]
    said = list(_said(readout))
    return [
        Column(_heading(lines), "outcomes", "No agreement is recorded.", lines[:MAX_LINES], len(lines)),
        Column(
            "Discussed or open",
            "agenda",
            "Nothing is recorded as discussed or open.",
            [*map(not_agreed, items[:MAX_LINES])],
            len(items),
        ),
        Column("Said", "quotes", "Nobody is quoted.", said[:MAX_LINES], len(said)),
    ]


def _heading(lines: Sequence[Line]) -> str:
    """The heading of agreements: who only reads the headings must not take a promise for an agreement."""
    firm = [line.steps >= labels.STEPS[Commitment.in_principle] for line in lines]
    if all(firm):
        return "Agreed"
    return "Agreed or promised" if any(firm) else "Promised, not agreed"


def firmness(agreement: Agreement) -> tuple[int, bool]:
    """A sort key: the firmest agreement first, and of equally firm ones those whose commitment words state."""
    proof = _evidence_for(agreement["evidence"], "commitment")
    return -rank(Commitment(agreement["commitment"])), proof["basis"] == Basis.inferred


def agreed(agreement: Agreement) -> Line:
    """The line of an agreement."""
    commitment, names = Commitment(agreement["commitment"]), [actor["name"] for actor in agreement["asserted_by"]]
    line = _line(agreement, "commitment", agreement["title"], labels.COMMITMENTS[commitment])
    return replace(line, steps=labels.STEPS[commitment], names=names)


def not_agreed(item: AgendaItem) -> Line:
    """The line of an agenda item that was discussed or is open."""
    return _line(item, "outcome", item["title"], labels.OUTCOMES[Outcome(item["outcome"])])


def _said(readout: Readout) -> Iterator[Line]:
    """The shortest quote of each speaker: those who took part first, and of them whole utterances first."""
    speakers: dict[str, list[SpeakerReference]] = defaultdict(list)
    quotes = {}
    for speaker, quote in _shortest_quotes(readout):
        speakers[quote["id"]].append(speaker)
        quotes[quote["id"]] = quote
    lines = []
    for id, quote in quotes.items():
        kind, remarks = QuoteKind(quote["kind"]), [why_no_participant(readout, each) for each in speakers[id]]
        line = _line(quote, "text", quote["text"], labels.QUOTES[kind])
        lines.append(replace(line, names=[each["name"] for each in speakers[id]], remarks=remarks, kind=kind))
    yield from sorted(lines, key=lambda line: (all(line.remarks), _KINDS.index(line.kind or QuoteKind.indirect)))


def _line(item: AgendaItem | Agreement | Quote, field: str, text: str, word: str) -> Line:
    proof = _evidence_for(item["evidence"], field)
    source_id = proof["source"] and proof["source"]["id"]
    return Line(text, proof["id"], item["meeting"]["id"], source_id, word, proof["basis"] == Basis.inferred)


def _evidence_for(evidence: Sequence[Evidence], field: str) -> Evidence:
    """The evidence for a field: words that state it, if there are any."""
    return min((each for each in evidence if field in each["fields"]), key=lambda each: each["basis"] == Basis.inferred)


def _shortest_quotes(readout: Readout) -> Iterator[tuple[SpeakerReference, Quote]]:
    """Each speaker with the shortest quote of the best kind that there is of them, in the order of the articles."""
    found: dict[tuple[str, str], tuple[SpeakerReference, Quote]] = {}
    for quote in readout["quotes"]:
        for speaker in quote["speakers"]:
            key = speaker_key(speaker)
            if key not in found or _preference(quote) < _preference(found[key][1]):
                found[key] = speaker, quote
    in_marks = [each for each in found.values() if each[1]["kind"] != QuoteKind.indirect]
    yield from in_marks or found.values()


def _preference(quote: Quote) -> tuple[int, int]:
    return _KINDS.index(QuoteKind(quote["kind"])), len(quote["text"])
