"""What the loader proves beyond the words being there, rule by rule; a row without a code is proved."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from seed.dataset.dataset import Dataset
from seed.proof.result import Proved
from tests.conftest import Readout, WriteRecord, reported_faults
from tests.seed.samples import ARTICLE, RECORD, Change, changed

NAME, TEXT, MARKS, VALUE = ["name-not-in-words"], ["text-not-in-words"], ["quotation-marks"], ["bad-value"]
DIFFERS, CUT = ["date-differs"], ["not-whole-words"]
NOT_FOUND, AMBIGUOUS, UNPROVED, NO_FIELD = (
    [code] for code in ("words-not-found", "words-ambiguous", "fact-without-evidence", "evidence-for-no-field")
)

DOORS = "{says: speakers, words: Roe said}"
FIRST_QUOTE = "speakers: [jane-roe]\n    kind: direct\n    text: We will open our doors again"
STATUS = "{says: [status, parties], words: Delegations of Utopia and Ruritania met}"
WHEN = "{says: [place, start_date], words: in Vienna on 6 May 2024}"
DATE = "start_date: 2024-05-06"
PARTIES = "parties: [uto, rur]\n  topics"
MINISTER = "title: Foreign Minister\n    role: head"
TITLED = "{says: [person, party, title, role], words: The Utopian side was led by Foreign Minister Jane Roe}"
LED = "{says: [person, party, role], words: The Utopian side was led by Foreign Minister Jane Roe}"
AGREED = "{says: commitment, words: agreed to reopen}"
OFFICIALS = "{says: [party, role], words: officials of Ruritania sat opposite}"
JANE = "name: Jane Roe}"
END = "was not there."


def also(entry: str, *more: str) -> Change:
    """Further entries after one."""
    return entry, "".join([entry, *(f"\n{' ' * INDENTS[entry]}- {one}" for one in more)])


INDENTS = {DOORS: 6, STATUS: 4, WHEN: 4, TITLED: 6, AGREED: 6, OFFICIALS: 6}


def quote(kind: str, text: str, article: str, *more: Change) -> tuple[list[Change], list[Change]]:
    """The last quote with another kind and text, in an article with another end."""
    return [("kind: indirect\n    text: a date is still open", f"kind: {kind}\n    text: {text}"), *more], [
        (END, article)
    ]


Row = tuple[str, list[Change], list[Change], list[str]]

NAMES: list[Row] = [
    (
        "a speaker by another name",
        [(DOORS, "{says: speakers, words: She called the talks}"), (JANE, "name: Jane Roe, other_names: [She]}")],
        [],
        [],
    ),
    ("a speaker in one of two entries", [also(DOORS, "{says: speakers, words: She called the talks}")], [], []),
    (
        "a speaker only in an inferred entry",
        [
            (
                DOORS,
                "{says: speakers, words: She called}\n      - {says: speakers, words: Jane Roe, inferred: So.}",
            )
        ],
        [],
        NAME,
    ),
    (
        "a speaker in inferred entries alone",
        [(DOORS, "{says: speakers, words: She called the talks, inferred: So.}")],
        [],
        [],
    ),
    ("a speaker without words", [(DOORS, "{says: speakers, inferred: So.}")], [], []),
    ("a speaker by part of a word", [(JANE, "name: Jane Ro}")], [], NAME * 6),
    ("each of two speakers", [(FIRST_QUOTE, FIRST_QUOTE.replace("jane-roe", "jane-roe, uto"))], [], NAME),
    (
        "each of two speakers, in two entries",
        [
            (FIRST_QUOTE, FIRST_QUOTE.replace("jane-roe", "jane-roe, uto")),
            also(DOORS, "{says: speakers, words: The Utopian side}"),
        ],
        [],
        [],
    ),
    (
        "who relays",
        [
            ("kind: indirect", "kind: indirect\n    via: uto"),
            ("{says: speakers, words: Roe said. She called}", "{says: [speakers, via], words: Roe said. She called}"),
        ],
        [],
        NAME,
    ),
    (
        "who relays, named",
        [
            ("kind: indirect", "kind: indirect\n    via: jane-roe"),
            ("{says: speakers, words: Roe said. She called}", "{says: [speakers, via], words: Roe said. She called}"),
        ],
        [],
        [],
    ),
    (
        "who asserts",
        [
            ("form: reported", "form: reported\n    asserted_by: [jane-roe]"),
            ("says: commitment", "says: [commitment, asserted_by]"),
        ],
        [],
        NAME,
    ),
    (
        "a host",
        [("format: bilateral", "format: bilateral\n  host: uto"), also(STATUS, "{says: host, words: met in Vienna}")],
        [],
        NAME,
    ),
    (
        "a host, named",
        [
            ("format: bilateral", "format: bilateral\n  host: uto"),
            also(STATUS, "{says: host, words: The Utopian side}"),
        ],
        [],
        [],
    ),
    ("a delegate's party", [(OFFICIALS, "{says: [party, role], words: sat opposite}")], [], NAME),
    (
        "the parties of an agreement",
        [
            (
                "says: [form, parties], inferred",
                "says: [form, parties], words: two sides}\n      - {says: form, inferred",
            )
        ],
        [],
        NAME * 2,
    ),
    (
        "a party with a role",
        [
            (PARTIES, "parties: [uto, {party: rur, role: observer}]\n  topics"),
            ("of Utopia and Ruritania met}", "of Utopia}"),
        ],
        [],
        NAME,
    ),
    (
        "a described actor by its description",
        [
            (FIRST_QUOTE, FIRST_QUOTE.replace("jane-roe", "{described: senior officials}")),
            (DOORS, "{says: speakers, words: senior officials of Ruritania sat}"),
        ],
        [],
        [],
    ),
    (
        "a described actor without an entry is its own words",
        [(PARTIES, "parties: [uto, rur, {described: senior officials}]\n  topics")],
        [],
        [],
    ),
    (
        "which must be in the article",
        [(PARTIES, "parties: [uto, rur, {described: junior officials}]\n  topics")],
        [],
        NOT_FOUND,
    ),
    ("and stand there once", [(PARTIES, "parties: [uto, rur, {described: The}]\n  topics")], [], AMBIGUOUS),
    (
        "or have an entry that says where",
        [
            (PARTIES, "parties: [uto, rur, {described: The}]\n  topics"),
            also(STATUS, "{says: parties, words: The, nth: 2}"),
        ],
        [],
        [],
    ),
    ("a described delegate without an entry is its own words", [], [], []),
    (
        "one whom a delegate's own entry holds too",
        [("says: [party, role], words: officials", "says: [described, party, role], words: senior officials")],
        [],
        [],
    ),
]

DATES: list[Row] = [
    (
        "a year alone",
        [(DATE, "start_date: 2024"), (WHEN, "{says: [place, start_date], words: met in Vienna on 6 May 2024}")],
        [],
        [],
    ),
    ("a month needs no digits", [(DATE, "start_date: 2024-05")], [], []),
    ("but is the one that the words name", [(DATE, "start_date: 2024-07")], [], DIFFERS),
    ("another day", [(DATE, "start_date: 2024-05-07")], [], NAME),
    ("another year", [(DATE, "start_date: 2023")], [], NAME),
    ("a day within a larger number", [(DATE, "start_date: 2024-05-06")], [("on 6 May", "on 16 May")], NOT_FOUND),
    (
        "digits with a suffix",
        [(WHEN, "{says: [place, start_date], words: in Vienna on 6th May 2024}")],
        [("on 6 May", "on 6th May")],
        [],
    ),
    (
        "leading zeros",
        [(WHEN, "{says: [place, start_date], words: in Vienna on 06.05.2024}")],
        [("6 May 2024", "06.05.2024")],
        [],
    ),
    (
        "a date that was worked out",
        [
            (
                WHEN,
                "{says: place, words: met in Vienna}\n    - {says: start_date, words: on 6 May, inferred: This year.}",
            )
        ],
        [],
        [],
    ),
    ("one entry that has it is enough", [also(WHEN, "{says: start_date, words: for two hours}")], [], []),
    (
        "an end that is the start",
        [
            (DATE, f"{DATE}\n  end_date: 2024-05-06"),
            ("says: [place, start_date]", "says: [place, start_date, end_date]"),
        ],
        [],
        [],
    ),
    (
        "an end in the same year",
        [(DATE, f"{DATE}\n  end_date: 2024"), ("says: [place, start_date]", "says: [place, start_date, end_date]")],
        [],
        [],
    ),
    (
        "an end in the year before",
        [(DATE, f"{DATE}\n  end_date: 2023"), also(WHEN, "{says: end_date, inferred: So.}")],
        [],
        VALUE,
    ),
    (
        "an end in the month before",
        [(DATE, f"{DATE}\n  end_date: 2024-04"), also(WHEN, "{says: end_date, inferred: So.}")],
        [],
        VALUE,
    ),
    (
        "an end alone",
        [(DATE, "end_date: 2024-05-06"), ("says: [place, start_date]", "says: [place, end_date]")],
        [],
        [],
    ),
    ("a place by its city", [("city: Vienna", "city: Wien")], [], NAME),
    ("a place within a word", [("city: Vienna", "city: Vien")], [], NAME),
    (
        "a place that was worked out",
        [
            ("city: Vienna", "city: Wien"),
            (
                WHEN,
                "{says: start_date, words: on 6 May 2024}\n    - {says: place, words: met in Vienna, inferred: So.}",
            ),
        ],
        [],
        [],
    ),
    ("one entry that names it is enough", [also(WHEN, "{says: place, words: for two hours}")], [], []),
]

TITLES: list[Row] = [
    ("a title in other case", [(MINISTER, MINISTER.replace("Foreign Minister", "foreign minister"))], [], TEXT),
    (
        "a title over a line end",
        [
            (MINISTER, MINISTER.replace("Foreign Minister", "for two hours")),
            (TITLED, LED + "\n      - {says: title, words: for two hours, inferred: So.}"),
        ],
        [],
        [],
    ),
    (
        "a title without its holder",
        [(TITLED, LED + "\n      - {says: title, words: led by Foreign Minister}")],
        [],
        NAME,
    ),
    (
        "which may be inferred",
        [(TITLED, LED + "\n      - {says: title, words: led by Foreign Minister, inferred: So.}")],
        [],
        [],
    ),
    (
        "but still contains it",
        [(TITLED, LED + "\n      - {says: title, words: The Utopian side, inferred: So.}")],
        [],
        TEXT,
    ),
    ("and so not without words", [(TITLED, LED + "\n      - {says: title, inferred: So.}")], [], TEXT),
    (
        "title and holder in two entries",
        [
            (
                TITLED,
                LED + "\n      - {says: title, words: led by Foreign Minister}\n      - {says: title, words: Roe said}",
            )
        ],
        [],
        NAME,
    ),
    ("one of two entries has both", [also(TITLED, "{says: title, words: Roe said}")], [], []),
    (
        "a title of someone described",
        [
            ("party: rur\n    role", "party: rur\n    title: senior\n    role"),
            also(OFFICIALS, "{says: title, words: senior officials}"),
        ],
        [],
        [],
    ),
    (
        "a title of a party",
        [
            ("[jane-roe]\n    speaker_title", "[uto]\n    speaker_title"),
            ("words: Roe said. She called the talks", "words: The Utopian side"),
            ("words: Foreign Minister Jane Roe", "words: The Utopian side was led by Foreign Minister"),
        ],
        [],
        [],
    ),
]

PARTS = "“We will open,” Roe added, “and stay open.”"
OPEN = "      - {says: text, words: 'We will open,'}\n"
STAY = "      - {says: text, words: and stay open.}\n"
ADDED = "words: Roe added}\n" + OPEN
CALLED = "words: Roe said. She called}"
TEXTS: list[Row] = [
    (
        "a text is its own words",
        [("text: The two sides agreed to reopen embassies", "text: The two sides  agreed to\n      reopen embassies")],
        [],
        [],
    ),
    (
        "or those of one entry",
        [
            (
                "says: commitment, words: agreed to reopen",
                "says: [text, commitment], words: The two sides agreed to reopen embassies",
            )
        ],
        [],
        [],
    ),
    ("and of no other", [also(AGREED, "{says: text, words: two sides agreed to reopen embassies}")], [], TEXT),
    (
        "an entry may say which",
        *quote(
            "indirect",
            "was",
            "was not there, he was away.",
            ("words: Roe said. She called}", "words: Roe said. She called}\n      - {says: text, words: was, nth: 2}"),
        ),
        [],
    ),
    ("and not that it is inferred without words", [also(AGREED, "{says: text, inferred: So.}")], [], TEXT),
    (
        "parts in order",
        *quote(
            "direct",
            "We will open, and stay open.",
            PARTS,
            (
                "words: Roe said. She called}",
                ADDED + STAY[:-1],
            ),
        ),
        [],
    ),
    (
        "parts in another order",
        *quote(
            "direct",
            "We will open, and stay open.",
            PARTS,
            (
                "words: Roe said. She called}",
                "words: Roe added}\n" + STAY + OPEN[:-1],
            ),
        ),
        TEXT,
    ),
    (
        "a part that is left out",
        *quote(
            "direct",
            "We will open, and stay open.",
            PARTS,
            ("words: Roe said. She called}", "words: Roe added}\n      - {says: text, words: 'We will open,'}"),
        ),
        TEXT,
    ),
    (
        "a part twice",
        *quote(
            "partial",
            "open, open,",
            PARTS,
            (
                "words: Roe said. She called}",
                "words: Roe added}\n      - {says: text, words: 'open,'}\n      - {says: text, words: 'open,'}",
            ),
        ),
        TEXT,
    ),
    (
        "each part of a direct quote fills its pair",
        *quote(
            "direct",
            "We will open, and stay",
            PARTS,
            (
                "words: Roe said. She called}",
                ADDED + "      - {says: text, words: and stay}",
            ),
        ),
        MARKS,
    ),
    (
        "each part of a partial one stands inside its pair",
        *quote(
            "partial",
            "We will open, Roe added",
            PARTS,
            (
                "words: Roe said. She called}",
                ADDED + "      - {says: text, words: Roe added}",
            ),
        ),
        MARKS,
    ),
]

SINGLE = ("    access: full", "    access: full\n    quotation_marks: single")
BLOCKS = ("    access: full", "    access: full\n    paragraphs: lines")
KINDS: list[Row] = [
    ("a direct quote save punctuation at its ends", *quote("direct", "Yes, we can", "said: “… Yes, we can!”"), []),
    ("a direct quote with its own punctuation", *quote("direct", "Yes, we can!", "said: “Yes, we can!”"), []),
    ("a direct quote that is a part", *quote("direct", "we can", "said: “Yes, we can!”"), MARKS),
    ("a partial quote that is a part", *quote("partial", "we can", "said: “Yes, we can!”"), []),
    ("a partial quote that is the whole", *quote("partial", "Yes, we can!", "said: “Yes, we can!”"), []),
    (
        "a partial quote across two pairs",
        *quote("partial", "can!” and “we", "said: “Yes, we can!” and “we will”"),
        MARKS,
    ),
    ("a direct quote within another", *quote("direct", "Never", "said: “He said «Never» to us”"), []),
    (
        "an indirect quote with a whole pair",
        *quote("indirect", "that they “can” do it", "said that they “can” do it"),
        [],
    ),
    ("an indirect quote inside a pair", *quote("indirect", "we can", "said: “Yes, we can!”"), MARKS),
    ("an indirect quote that cuts a pair", *quote("indirect", "'said: “Yes, we'", "said: “Yes, we can!”"), MARKS),
    (
        "an indirect quote inside a pair, relayed",
        *quote(
            "indirect",
            "she can",
            "Roe told us: “Yes, she can!”",
            ("[jane-roe]\n    kind: indirect", "[jane-roe]\n    via: jane-roe\n    kind: indirect"),
            ("says: speakers, words: Roe said. She called}", "says: [speakers, via], words: Roe said. She called}"),
        ),
        [],
    ),
    ("single marks quote nothing", *quote("direct", "Yes, we can", "said: ‘Yes, we can’"), MARKS),
    ("unless the source says so", *quote("direct", "Yes, we can", "said: ‘Yes, we can’", SINGLE), []),
    ("a stray mark quotes nothing", *quote("partial", "we can", "said: “Yes, we can!"), MARKS),
    ("a quotation over a line end", *quote("direct", "Yes, we can", 'said: "Yes,\nwe can"'), []),
    ("unless lines are paragraphs", *quote("direct", "Yes, we can", 'said: "Yes,\nwe can"', BLOCKS), MARKS),
    ("a direct quote closed by another mark", *quote("direct", "Yes, we can", 'said: "Yes, we can!” and "so"'), MARKS),
    ("a partial quote closed by another mark", *quote("partial", "we can", 'said: "Yes, we can” and "so"'), MARKS),
    ("a paraphrase between such marks", *quote("indirect", "that it is", 'said "Yes” and that it is "so"'), []),
    (
        "a paragraph that goes on",
        *quote(
            "direct",
            "We can. We will.",
            "said: “We can.\n\n“We will.”",
            (
                "words: Roe said. She called}",
                CALLED + "\n      - {says: text, words: We can.}\n      - {says: text, words: We will.}",
            ),
        ),
        [],
    ),
]

OTHER = "    access: full\n  - {id: other, file: article.txt, title: T, language: en}\n"
EVIDENCE: list[Row] = [
    ("a label needs no evidence", [("  topics: [peace]", "  topics: [peace, war]\n  summary: A summary.")], [], []),
    ("a mode needs evidence", [("format: bilateral", "format: bilateral\n  mode: remote")], [], UNPROVED),
    (
        "an agenda item's outcome needs evidence",
        [("      evidence:\n        - {says: outcome, words: a date is still open}\n", "")],
        [],
        UNPROVED,
    ),
    ("a described delegate's role needs evidence", [("{says: [party, role]", "{says: party")], [], UNPROVED),
    ("a form needs evidence", [("says: [form, parties]", "says: parties")], [], UNPROVED),
    ("speakers need evidence", [(DOORS, "{says: text, words: We will open our doors again}")], [], UNPROVED),
    ("an empty list needs none", [("form: reported", "form: reported\n    asserted_by: []")], [], []),
    ("an unknown field of an agenda item", [("says: outcome", "says: [outcome, status]")], [], NO_FIELD),
    (
        "`described` of a named delegate",
        [("says: [person, party, title", "says: [described, person, party, title")],
        [],
        NO_FIELD,
    ),
    (
        "an entry from another source",
        [("    access: full\n", OTHER), ("words: for two hours", "words: for two hours, source: other")],
        [],
        [],
    ),
    (
        "the words of another source",
        [("    access: full\n", OTHER), ("words: for two hours", "words: for three hours, source: other")],
        [],
        NOT_FOUND,
    ),
    ("`nth` says which", [("words: Roe said}", "words: Roe, nth: 2}")], [], []),
    ("`nth` of words that stand once", [("words: Roe said}", "words: Roe said, nth: 1}")], [], []),
    ("the same id in two kinds", [("id: embassies\n", "id: doors\n")], [], []),
    (
        "an anchor and its aliases",
        [
            (DOORS, "&said {says: speakers, words: Roe said}"),
            ("{says: speakers, words: Roe said. She called}", "*said"),
        ],
        [],
        [],
    ),
]

ROWS = [*NAMES, *DATES, *TITLES, *TEXTS, *KINDS, *EVIDENCE]


@pytest.mark.parametrize(("rule", "changes", "article", "codes"), ROWS, ids=[row[0] for row in ROWS])
def test_a_record_keeps_a_rule_or_gets_its_fault(
    rule: str,
    changes: list[Change],
    article: list[Change],
    codes: list[str],
    tmp_path: Path,
    write_record: WriteRecord,
    readout: Readout,
) -> None:
    folder = write_record(tmp_path / "vienna", changed(RECORD, *changes), changed(ARTICLE, *article))
    faults = reported_faults(readout, "check", folder)
    assert [fault["code"] for fault in faults] == codes, faults


def proved(folder: Path) -> Proved:
    (outcome,) = Dataset.of([folder]).prove()
    assert outcome.proved, outcome
    return outcome.proved


def test_proved_words_are_a_slice_of_the_article(tmp_path: Path, write_record: WriteRecord) -> None:
    record = changed(
        RECORD,
        ("text: We will open our doors again", "text: We'll open our doors again"),
        ("text: a date is still open", "text: that   a date is\n      still open"),
    )
    article = changed(ARTICLE, ("We will open", "We’ll open"), ("\nhours.", "\r\n\u00a0hours."))
    outcome = proved(write_record(tmp_path / "vienna", record, article))
    facts = {facts.id: facts for facts in outcome.facts}
    assert list(facts)[:2] == ["vienna", "vienna.opening"] and len(facts) == 8
    assert facts["vienna.doors"].text == "We’ll open our doors again"
    assert facts["vienna.date"].text == "that a date is still open"
    assert facts["vienna"].slices[-1] == "for two\r\n\u00a0hours"
    places = [evidence.passage for each in outcome.facts for evidence in each.evidence if evidence.passage]
    assert all(place.words == article[place.start : place.end] for place in places)
    assert len({id for each in outcome.facts for id in each.evidence_by_id}) == sum(
        len(each.evidence) for each in outcome.facts
    )


def test_evidence_keeps_its_id_wherever_it_stands_in_the_record(tmp_path: Path, write_record: WriteRecord) -> None:
    moved = changed(RECORD, (f"    - {WHEN}\n", ""), (f"    - {STATUS}\n", f"    - {WHEN}\n    - {STATUS}\n"))
    respelled = changed(RECORD, ("[place, start_date], words: in Vienna", "[start_date, place], words: in  Vienna"))
    ids = [
        set(proved(write_record(tmp_path / name, record, ARTICLE)).facts[0].evidence_by_id)
        for name, record in (("a", RECORD), ("b", moved), ("c", respelled))
    ]
    assert ids[0] == ids[1] == ids[2] and len(ids[0]) == 4


SAMPLE = yaml.load(RECORD, yaml.CBaseLoader)
WORDS = [*ARTICLE.split(), *(ARTICLE[at : at + 30] for at in range(0, len(ARTICLE), 11))]
SCALARS = st.one_of(
    st.sampled_from(["uto", "rur", "jane-roe", "gazette", "opening", "doors", "vienna", "other"]),
    st.sampled_from([None, "", 0, -1, 2024, "2023", "direct", "partial", "indirect", "draft", "single", [], {}, [[]]]),
    st.sampled_from(["status", "text", "title", "speakers", "parties", "person", "described", "words", "evidence"]),
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.builds(lambda text: {"described": text}, st.sampled_from(WORDS)),
)


def holders(value: Any) -> Iterator[Any]:
    """Every mapping and list of a record that holds something."""
    if isinstance(value, dict | list) and value:
        yield value
        for item in list(value.values()) if isinstance(value, dict) else list(value):
            yield from holders(item)


@given(st.randoms(use_true_random=False), st.lists(SCALARS, min_size=1, max_size=4), st.booleans())
def test_any_record_is_proved_or_gets_faults(chance: random.Random, values: list[Any], whole: bool) -> None:
    record = deepcopy(SAMPLE)
    for value in values:
        holder = chance.choice(list(holders(record)))
        at = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        match chance.randrange(4):
            case 0:
                del holder[at]
            case 1 if isinstance(holder, list):
                holder.append(deepcopy(holder[at]))
            case _:
                holder[at] = value
        if not record:
            break
    article = ARTICLE if whole else ARTICLE.replace(chance.choice(WORDS), str(values[0] or "“"))
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "record.yaml").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        (folder / "article.txt").write_text(article, encoding="utf-8")
        dataset = Dataset.of([folder])
        (outcome,) = dataset.prove()
    faults = outcome.faults
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in faults)
    if proved := outcome.proved:
        text = proved.articles["gazette"].text if "gazette" in proved.articles else ""
        places = [evidence.passage for facts in proved.facts for evidence in facts.evidence if evidence.passage]
        assert all(place.words == text[place.start : place.end] for place in places if place.source == "gazette")
    else:
        assert not all(fault.is_warning for fault in faults)
