"""The records of the tests: one with every field, one with the fewest fields, and many from plans."""

import calendar
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")
Pick = Callable[[Sequence[T]], T]
"""Chooses one of several values, like `Random.choice`."""

ENUMS = {
    "party kind": ["state", "organization", "fund", "armed_group", "company"],
    "status": ["planned", "ongoing", "held", "cancelled"],
    "format": ["bilateral", "multilateral", "mediated"],
    "delegate role": [
        *("head", "member", "adviser", "interpreter", "mediator", "guarantor", "observer", "witness", "host"),
    ],
    "commitment": ["willingness", "pledged", "in_principle", "agreed", "signed", "implemented"],
    "form": ["document", "joint_statement", "announcement", "reported"],
    "quote kind": ["direct", "partial", "indirect"],
    "outcome": ["agreed", "discussed", "open", "no_agreement", "deferred"],
    "record kind": ["meeting", "agenda_item", "delegate", "agreement", "quote"],
    "basis": ["stated", "inferred"],
}
"""The values of the record format's enumerations, in order."""

SUMMITS = Path(__file__).parents[2] / "seed" / "summits"
RIYADH = "riyadh-2025-02-18"
CONGRESS = "congress-2024-05-06"

GAZETTE = """\
Utopia and Ruritania meet 🕊 in Vienna

Utopia, Ruritania and Austria met in Vienna on 6 May 2024, some of them by video, for about two hours until 7 May 2024.
Austria received the delegations and mediated; the neighbouring states looked on.
The Utopian side was led by Foreign Minister Jane Roe, who is also chair of the Utopian League;
senior officials of Ruritania sat opposite. King Rudolf stayed away.

“We will open our doors again,” Roe said. The word of Rudolf, Utopia and the many neighbours was “frank and friendly”.
The King, Ann Speaker said, would not come. The two sides agreed to reopen embassies;
when, is still open. They also spoke of visas. According to Roe, Ruritania and a tired diplomat,
Utopia will drop visas for the fishermen of the coast.
""".replace("\n", "\r\n")
WIRE = "Ruritania “will not forget” the day, a foreign diplomat told the Wire. Roe smiled.\n"

CONGRESS_RECORD = f"""\
status: reviewed
reviewed_by: [{{name: Ana Ito, on: 2024-05-08}}, {{name: Ben <Sato>, on: 2024-06}}]
sources:
  - {{id: gazette, file: gazette.txt, title: Utopia and Ruritania meet in Vienna, language: en-GB,
     publisher: The Gazette, issued_by: [uto, aut], author: A. Writer, published_on: 2024-05,
     url: "https://gazette.example/a?b=c#top", licence: CC0-1.0, access: full, quotation_marks: double,
     paragraphs: blocks, cites: [The Wire, AP]}}
  - {{id: wire, file: wire.txt, title: A day in Vienna, language: en, url: "https://wire.example/1", access: excerpt}}
parties:
  - {{id: uto, kind: state, name: Utopia, other_names: [Utopian, Utopians], country: SUN, wikidata: Q7}}
  - {{id: rur, kind: state, name: Ruritania}}
  - {{id: aut, kind: state, name: Austria, country: AUT, wikidata: Q40}}
  - {{id: league, kind: organization, name: Utopian League}}
people:
  - {{id: jane-roe, name: Jane Roe, other_names: [J. Roe], wikidata: Q42}}
  - {{id: king-rudolf, name: King Rudolf}}
  - {{id: ann-speaker, name: Ann Speaker}}
meeting:
  id: {CONGRESS}
  title: Congress of Vienna
  summary: They met, and some of them agreed.
  status: held
  format: mediated
  mode: hybrid
  start_date: 2024-05-06
  end_date: 2024-05-07
  duration: {{value: PT2H, approximate: true}}
  place: {{city: Vienna, country: AUT, wikidata: Q1741}}
  host: aut
  parties: [uto, rur, {{party: aut, role: mediator}}, {{described: the neighbouring states, role: observer}}]
  topics: [trade, embassies]
  evidence:
    - {{says: [status, parties, place, start_date], words: "Utopia, Ruritania and Austria met in Vienna on 6 May 2024"}}
    - {{says: [format, host], words: Austria received the delegations and mediated}}
    - {{says: mode, words: some of them by video, inferred: "Some of them by video, so not the others."}}
    - {{says: duration, words: for about two hours}}
    - {{says: end_date, words: until 7 May 2024}}
  agenda:
    - {{id: visas, title: Visas, outcome: discussed, topics: [trade, visas], evidence: [{{says: outcome, words: They also spoke of visas}}]}}
    - {{id: embassies, title: Embassies, outcome: agreed, evidence: [
        {{says: outcome, words: agreed to reopen embassies}},
        {{says: outcome, inferred: It is the title of the matter.}}]}}
delegates:
  - {{person: jane-roe, party: uto, title: Foreign Minister, role: head, attendance: remote, evidence: [
      {{says: [title, party, person, role], words: The Utopian side was led by Foreign Minister Jane Roe}},
      {{says: attendance, inferred: She was seen on a screen.}}]}}
  - {{id: a-chair, person: jane-roe, party: league, title: chair of the Utopian League, role: member, evidence: [
      {{says: [person, party, title, role], words: "Jane Roe, who is also chair of the Utopian League"}}]}}
  - {{id: officials, described: senior officials, party: rur, role: member, evidence: [
      {{says: [party, role], words: officials of Ruritania sat opposite}}]}}
  - {{person: king-rudolf, role: guarantor, attendance: absent, evidence: [
      {{says: [person, role, attendance], words: King Rudolf stayed away}}]}}
agreements:
  - {{id: embassies, title: Reopen embassies, text: The two sides agreed to reopen embassies, commitment: agreed,
     form: reported, parties: [uto, rur], agenda: embassies, topics: [embassies], evidence: [
      {{says: commitment, words: agreed to reopen}},
      {{says: [form, parties], inferred: In the article's own voice.}}]}}
  - {{id: visas, title: Drop visas, text: Utopia will drop visas for the fishermen of the coast, commitment: pledged,
     form: announcement, parties: [uto, {{described: the fishermen of the coast}}],
     asserted_by: [jane-roe, rur, {{described: a tired diplomat}}], topics: [], evidence: [
      {{says: [commitment, form, parties], words: Utopia will drop visas}},
      {{says: asserted_by, words: "According to Roe, Ruritania and a tired diplomat", despite: All three say so.}}]}}
quotes:
  - {{id: doors, speakers: [jane-roe], speaker_title: Foreign Minister, kind: direct,
     text: We will open our doors again, topics: [embassies, trade], evidence: [
      {{says: speakers, words: Roe said}}, {{says: speaker_title, words: Foreign Minister Jane Roe}}]}}
  - {{id: mood, speakers: [king-rudolf, uto, {{described: the many neighbours}}], kind: partial,
     text: frank and friendly, evidence: [
      {{says: speakers, words: "The word of Rudolf, Utopia and the many neighbours"}}]}}
  - {{id: stays-away, speakers: [king-rudolf], via: ann-speaker, kind: indirect, text: would not come, evidence: [
      {{says: speakers, words: "The King, Ann Speaker said", inferred: There is one king in the article.}},
      {{says: via, words: Ann Speaker said}}]}}
  - {{id: memory, speakers: [{{described: a foreign diplomat}}], via: {{described: the Wire}}, kind: partial,
     text: will not forget, evidence: [
      {{says: text, words: will not forget, source: wire}},
      {{says: speakers, words: "a foreign diplomat told the Wire", source: wire}},
      {{says: via, words: told the Wire, source: wire}}]}}
"""

BARE_RECORD = """\
status: reviewed
sources: [{id: leaflet, file: leaflet.txt, title: A leaflet, language: und}]
meeting:
  id: bare
  title: A meeting of which little is known
  status: planned
  format: multilateral
  parties: [{described: all of us}]
  evidence: [{says: [status, format], inferred: It says so little.}]
delegates: [{id: someone, described: Someone, role: witness, evidence: [{says: role, inferred: Who else saw it?}]}]
agreements: [{id: to-meet, title: To meet, text: We shall meet, commitment: willingness, form: document,
  parties: [{described: all of us}], evidence: [{says: [commitment, form], inferred: A leaflet is a document.}]}]
quotes: [{id: cheers, speakers: [{described: the crowd}], kind: indirect, text: cheered}]
"""
LEAFLET = "We shall meet, all of us. Someone saw the crowd; it cheered."


@dataclass(frozen=True)
class Plan:
    """The varying parts of a small record. Its facts are inferred, and its article consists of its texts."""

    id: str
    title: str
    status: str
    format: str
    start_date: str | None
    end_date: str | None
    country: str | None
    topics: tuple[str, ...]
    parties: tuple[str, ...]
    host: str | None
    source_title: str
    published_on: str | None
    issued_by: tuple[str, ...]
    shared_source: bool
    delegates: tuple[tuple[str | None, str | None, str], ...]
    """For each delegate: the person, or None for `described`, the party and the role."""
    agreements: tuple[tuple[str, str, str, tuple[str, ...], str], ...]
    """For each agreement: title, commitment, form, parties and topic."""
    quotes: tuple[tuple[tuple[str, ...], str, str], ...]
    """For each quote: speakers (people, parties, and `?` for `described`), kind and topic."""
    agenda: tuple[tuple[str, str, str], ...]
    """For each agenda item, to which the agreement of the same number belongs: title, outcome and topic."""


NAMES = ["zed", "Zed", "Straße", "STRASSE", "straße", "Émile", "emile", "Ångström", "ΣΊΣΥΦΟΣ", "σίσυφος", "İpek"]
NAMES += ["ﬀ", "ffa", "𝒵ed", "豈 1", "10", "9", "Zo Ö", "zo ö"]
PEOPLE = {f"person-{number}": name for number, name in enumerate(NAMES[:9])}
PARTIES = {f"party-{number}": (name, ENUMS["party kind"][number % 5]) for number, name in enumerate(NAMES[9:])}
TOPICS = ["trade", "embassies", "fish", "ice"]
DATES = [None, "2023", "2024", "2024-02", "2024-03", "2024-05", "2024-05-06", "2024-02-29", "2025-01-01", "2023-12-31"]


@cache
def days(date: str) -> tuple[str, str]:
    """The first and the last day of a partial date."""
    year, month = int(date[:4]), int(date[5:7] or 12)
    return f"{date}-01-01"[:10], date if len(
        date
    ) == 10 else f"{date[:4]}-{month:02}-{calendar.monthrange(year, month)[1]}"


def plan(id: str, pick: Pick[Any]) -> Plan:
    """A plan with randomly chosen parts."""

    def some(options: Sequence[T], at_most: int = 3) -> tuple[T, ...]:
        return tuple(dict.fromkeys(pick(options) for _ in range(pick(range(at_most + 1)))))

    def delegate() -> tuple[str | None, str | None, str]:
        return pick([*PEOPLE, None]), pick([*PARTIES, None]), pick(ENUMS["delegate role"])

    start = pick(DATES)
    ends = [date for date in DATES if date and start and date[:7] >= start[:7] and days(date)[1] >= days(start)[1]]
    return Plan(
        id=id,
        title=pick(NAMES),
        status=pick(ENUMS["status"]),
        format=pick(ENUMS["format"]),
        start_date=start,
        end_date=pick([None, *ends]),
        country=pick([None, "AUT", "SUN", "SAU"]),
        topics=some(TOPICS),
        parties=some(list(PARTIES)) or ("party-0",),
        host=pick([None, *PARTIES]),
        source_title=pick(NAMES),
        published_on=pick(DATES),
        issued_by=some(list(PARTIES), 2),
        shared_source=pick([True, False]),
        delegates=tuple(delegate() for _ in range(pick(range(4)))),
        agreements=tuple(
            (
                pick(NAMES),
                pick(ENUMS["commitment"]),
                pick(ENUMS["form"]),
                some(list(PARTIES)) or ("party-1",),
                pick(TOPICS),
            )
            for _ in range(pick(range(4)))
        ),
        quotes=tuple(
            (some([*PEOPLE, *PARTIES, "?"]) or ("?",), pick(ENUMS["quote kind"]), pick(TOPICS))
            for _ in range(pick(range(4)))
        ),
        agenda=tuple((pick(NAMES), pick(ENUMS["outcome"]), pick(TOPICS)) for _ in range(pick(range(4)))),
    )


# 15: someone speaks who has two parts, for different parties; 33: a delegate speaks after another speaker.
PLANS = [plan(f"meeting-{number}", Random(seed).choice) for number, seed in enumerate((0, 1, 15, 33, 4, 5))]


def write_plan(folder: Path, plan: Plan) -> Path:
    """Write a plan's record and article."""
    agreed = [f"Clause {number} stands" for number, _ in enumerate(plan.agreements)]
    lines = [f"line {number} was read" for number, _ in enumerate(plan.quotes)]
    marked = [
        text if kind == "indirect" else f"“{text}”" for text, (_, kind, _) in zip(lines, plan.quotes, strict=True)
    ]
    article = "\n\n".join([*agreed, *marked, "A clerk watched the scribe."])
    sources: list[Any] = [
        {"id": f"{plan.id}-news", "file": "article.txt", "title": plan.source_title, "language": "en"}
    ]
    sources[0] |= {"published_on": plan.published_on, "issued_by": list(plan.issued_by), "access": "full"}
    if plan.shared_source:
        sources.append({"id": "almanac", "file": "almanac.txt", "title": "almanac", "language": "en", "access": "full"})
        _write(folder / "almanac.txt", "All meetings of the year.")
    record = {
        "status": "reviewed",
        "sources": sources,
        "meeting": _meeting(plan),
        "delegates": [_delegate(number, *delegate) for number, delegate in enumerate(plan.delegates)],
        "agreements": [
            _agreement(number, text, *parts, agenda=f"g{number}" if number < len(plan.agenda) else None)
            for number, (text, parts) in enumerate(zip(agreed, plan.agreements, strict=True))
        ],
        "quotes": [
            _quote(number, text, *parts) for number, (text, parts) in enumerate(zip(lines, plan.quotes, strict=True))
        ],
    }
    used = json.dumps([record["meeting"], record["delegates"], record["agreements"], record["quotes"], sources])
    record["people"] = [{"id": id, "name": name} for id, name in PEOPLE.items() if id in used]
    record["parties"] = [{"id": id, "name": name, "kind": kind} for id, (name, kind) in PARTIES.items() if id in used]
    _write(folder / "article.txt", article)
    _write(folder / "record.yaml", json.dumps(record, ensure_ascii=False))
    return folder


def _meeting(plan: Plan) -> dict[str, Any]:
    meeting: dict[str, Any] = {
        "id": plan.id,
        "title": plan.title,
        "status": plan.status,
        "format": plan.format,
        "start_date": plan.start_date,
        "end_date": plan.end_date,
        "place": {"city": "Somewhere", "country": plan.country} if plan.country else None,
        "host": plan.host,
        "parties": list(plan.parties),
    }
    facts = [name for name in meeting if name not in ("id", "title") and meeting[name] is not None]
    evidence = _inferred(*facts)
    if plan.shared_source:
        evidence.append({"says": ["status"], "words": "All meetings", "source": "almanac"})
    agenda = [_agenda_item(number, *item) for number, item in enumerate(plan.agenda)]
    return {**meeting, "topics": list(plan.topics), "evidence": evidence, "agenda": agenda}


def _agenda_item(number: int, title: str, outcome: str, topic: str) -> dict[str, Any]:
    return {
        **{"id": f"g{number}", "title": title, "outcome": outcome},
        **{"topics": [topic], "evidence": _inferred("outcome")},
    }


def _delegate(number: int, person: str | None, party: str | None, role: str) -> dict[str, Any]:
    who = {"person": person} if person else {"described": "the scribe"}
    facts = [*(["person"] if person else []), *(["party"] if party else []), "role"]
    return {"id": f"d{number}", **who, "party": party, "role": role, "evidence": _inferred(*facts)}


def _agreement(
    number: int,
    text: str,
    title: str,
    commitment: str,
    form: str,
    parties: tuple[str, ...],
    topic: str,
    agenda: str | None,
) -> dict[str, Any]:
    return {
        **{"id": f"a{number}", "title": title, "text": text, "commitment": commitment, "form": form},
        **{"parties": list(parties), "topics": [topic], "evidence": _inferred("commitment", "form", "parties")},
        "agenda": agenda,
    }


def _quote(number: int, text: str, speakers: tuple[str, ...], kind: str, topic: str) -> dict[str, Any]:
    actors = [{"described": "A clerk"} if speaker == "?" else speaker for speaker in speakers]
    return {
        **{"id": f"q{number}", "speakers": actors, "kind": kind, "text": text},
        **{"topics": [topic], "evidence": _inferred("speakers")},
    }


def _inferred(*fields: str) -> list[dict[str, Any]]:
    return [{"says": [field], "inferred": "It is planned so."} for field in fields]


def write_congress(folder: Path, record: str = CONGRESS_RECORD) -> Path:
    _write(folder / "gazette.txt", "\ufeff" + GAZETTE)
    _write(folder / "wire.txt", WIRE)
    _write(folder / "record.yaml", record)
    return folder


def write_bare(folder: Path) -> Path:
    _write(folder / "leaflet.txt", LEAFLET)
    _write(folder / "record.yaml", BARE_RECORD)
    return folder


def write_world(folder: Path) -> list[Path]:
    """Write all records of the tests; the folders of all records, with the shipped one."""
    plans = [write_plan(folder / plan.id, plan) for plan in PLANS]
    return [SUMMITS / RIYADH, write_congress(folder / "congress"), write_bare(folder / "bare"), *plans]


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())
