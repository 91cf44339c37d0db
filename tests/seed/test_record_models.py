"""The form of a record: every key with its type and values, and the JSON Schema that says the same to an editor."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import seed
from seed.dataset.files import read_record
from seed.record.faults import Code, Fault
from seed.record.schema import record_schema, schema_text
from tests.conftest import WriteRecord
from tests.seed.samples import ARTICLE, RECORD

Values = tuple[list[Any], list[Any]]
"""Values that the format takes, and values that it does not."""

TEXT: Values = (["a", "  a  ", 2025, 1.5, True, "x" * 300], ["", " ", None, [], {}, "x" * 301])
LONG_TEXT: Values = (["a", 2025, False, "x" * 3000], ["", "\n", None, ["a"], {"a": "b"}])
ID: Values = (
    ["a", "a-1", "2024-05-06", 7, "x" * 100],
    ["", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "x" * 101, None, []],
)
NO_SUCH_DAYS = ["2025-13", "2025-00", "2025-02-29", "2025-02-00", "0000"]
"""Dates that only the loader knows to be none."""
DATE: Values = (
    [2025, "2025", "2025-02", "2025-02-28", "2024-02-29"],
    [*NO_SUCH_DAYS, "2025-1-1", "18.2.2025", "25", "2025-02-18T00:00", "٢٠٢٥", "", []],
)
COUNTRY: Values = (["AUT"], ["AT", "aut", "AUTT", "A1T", "ÄÖÜ"])
WIKIDATA: Values = (["Q1", "Q55386653"], ["Q0", "q1", "1", "Q", "Q1x", "P31", "Q" + "1" * 13, "Q１"])
EVIDENCE: Values = (
    [[], [{"says": ["status"], "inferred": "why"}], [{"says": ["status", "format"], "words": "w", "inferred": "why"}]],
    [None, "words", {}, ["words"], [{}], [None]],
)
ACTORS: Values = (
    [["uto"], ["uto", {"described": "they"}]],
    [[], None, "uto", [{}], [{"described": ""}], [None], [{"party": "uto"}]],
)
PARTY_ROLES = ["principal", "mediator", "guarantor", "observer", "witness"]
SHA256 = "ce1501ce13cb138ded97be16446c116d73157d0b57bfd9ea66458e4226f9563c"


def one_of(values: str) -> Values:
    return values.split(), ["", "other", values.split(maxsplit=1)[0].title(), None, 1, [], values.split()[:1]]


def optional(values: Values) -> Values:
    return [*values[0], None], [value for value in values[1] if value is not None]


SLUGS: Values = ([[], ["a"], ["a", "b"]], [None, "a", ["A"], [None], [[]]])
NAMES: Values = ([[], ["Reuters"], ["a", "b", 7]], [None, "a", [""], [None], [{}]])

KEYS: dict[str, Values] = {
    "status": (["draft", "reviewed"], ["", "Reviewed", "done", None, []]),
    "to_review": ([None, [], [{"at": "meeting"}]], ["meeting", ["meeting"], [None], {}, [{}]]),
    "to_review.0.at": (
        [
            "meeting",
            *(
                f"{name}/a-1"
                for name in ["agenda", "delegates", "agreements", "quotes", "parties", "people", "sources"]
            ),
        ],
        ["", None, "quotes", "quotes/", "quotes/A", "meeting/vienna", "topics/peace", "quotes/a/b", [], " meeting"],
    ),
    "to_review.0.look_at": ([[], ["speakers"], "speakers", ["speakers", "text"]], [None, [""], [None], {}]),
    "to_review.0.why": optional(LONG_TEXT),
    "reviewed_by": ([None, [], [{"name": "Ana Ito", "on": "2024"}]], ["Ana Ito", ["Ana Ito"], [None], {}, [{}]]),
    "reviewed_by.0.name": TEXT,
    "reviewed_by.0.on": DATE,
    "sources": ([["gazette"]], [[], None, "gazette", {}, [None], [[]]]),
    "sources.0.id": ID,
    "sources.0.file": (["article.txt", "texts/article.txt"], ["", None, [], {}]),
    "sources.0.sha256": optional(([SHA256], ["", SHA256.upper(), SHA256[1:], 7])),
    "sources.0.title": TEXT,
    "sources.0.language": (
        ["en", "pt-BR", "zh-Hant-TW", "tlh"],
        ["", "e", "english language", "en_GB", "en-", "en" + "-a" * 17, None],
    ),
    "sources.0.publisher": optional(TEXT),
    "sources.0.issued_by": SLUGS,
    "sources.0.author": optional(TEXT),
    "sources.0.url": optional(
        (
            ["http://example.org", "https://example.org/a?b=c#d", "https://a/" + "x" * 1990],
            ["", [], 7, "example.org", "ftp://example.org", "javascript:alert(1)"],
        )
    ),
    "sources.0.published_on": optional(DATE),
    "sources.0.licence": optional(TEXT),
    "sources.0.access": optional(one_of("excerpt full")),
    "sources.0.quotation_marks": optional(one_of("double single")),
    "sources.0.paragraphs": optional(one_of("blocks lines")),
    "sources.0.cites": NAMES,
    "parties": ([[], [{"id": "a", "kind": "state", "name": "A"}]], [None, "uto", ["uto"], [None]]),
    "parties.0.id": ID,
    "parties.0.kind": one_of("state organization fund armed_group company"),
    "parties.0.name": TEXT,
    "parties.0.other_names": NAMES,
    "parties.0.country": optional(COUNTRY),
    "parties.0.wikidata": optional(WIKIDATA),
    "people": ([[], [{"id": "a", "name": "A"}]], [None, "a", ["a"], [None]]),
    "people.0.id": ID,
    "people.0.name": TEXT,
    "people.0.other_names": NAMES,
    "people.0.wikidata": optional(WIKIDATA),
    "meeting": ([], [None, "vienna", []]),
    "meeting.id": ID,
    "meeting.title": TEXT,
    "meeting.summary": optional(LONG_TEXT),
    "meeting.status": one_of("planned ongoing held cancelled"),
    "meeting.format": one_of("bilateral multilateral mediated"),
    "meeting.mode": optional(one_of("in_person remote hybrid")),
    "meeting.start_date": optional(DATE),
    "meeting.end_date": optional(DATE),
    "meeting.duration": ([None], ["PT2H", [], {}]),
    "meeting.duration.value": (
        ["PT2H", "P1D", "PT4H30M", "P1Y2M3DT4H5M6.5S", "P2W"],
        [
            "P" + "1" * 49 + "D",
            "",
            "P",
            "PT",
            "2H",
            "P1H",
            "PT1D",
            "pt2h",
            "PT2H ",
            "-PT2H",
            "PT1.5H",
            "P1DT",
            "PT２H",
            None,
            2,
        ],
    ),
    "meeting.duration.approximate": ([True, False], [None, "", "perhaps", "yes", "on", 1, []]),
    "meeting.place": ([None, {"city": "Vienna"}], ["Vienna", [], {}]),
    "meeting.place.city": TEXT,
    "meeting.place.country": optional(COUNTRY),
    "meeting.place.wikidata": optional(WIKIDATA),
    "meeting.host": optional(ID),
    "meeting.parties": (
        [
            ["uto"],
            [{"party": "uto"}],
            [{"described": "they"}],
            *([{"party": "uto", "role": role}] for role in PARTY_ROLES),
        ],
        [None, [], "uto", ["U"], [{"party": "uto", "role": "head"}], [{"party": "uto", "role": None}], [None]],
    ),
    "meeting.topics": SLUGS,
    "meeting.evidence": EVIDENCE,
    "meeting.evidence.0.says": (["status", ["status"], ["status", "mode"]], [None, "", [], [""], [None], {}]),
    "meeting.evidence.0.despite": optional(LONG_TEXT),
    "meeting.evidence.0.words": (LONG_TEXT[0], ["", "\n", ["a"]]),
    "meeting.evidence.0.inferred": optional(LONG_TEXT),
    "meeting.evidence.0.nth": ([1, 2, 1000, None], [0, -1, 1001, "second", "", 1.5, []]),
    "meeting.evidence.0.source": optional(ID),
    "meeting.agenda": ([[]], [None, "a", ["a"], [None]]),
    "meeting.agenda.0.id": ID,
    "meeting.agenda.0.title": TEXT,
    "meeting.agenda.0.outcome": one_of("agreed discussed open no_agreement deferred"),
    "meeting.agenda.0.topics": SLUGS,
    "meeting.agenda.0.evidence": EVIDENCE,
    "delegates": ([[]], [None, "a", ["a"], [None], [{}]]),
    "delegates.0.id": optional(ID),
    "delegates.0.person": ([*ID[0]], [value for value in ID[1] if value is not None]),
    "delegates.1.described": ([*TEXT[0]], [value for value in TEXT[1] if value is not None]),
    "delegates.0.party": optional(ID),
    "delegates.0.title": optional(LONG_TEXT),
    "delegates.0.role": one_of("head member adviser interpreter mediator guarantor observer witness host"),
    "delegates.0.attendance": optional(one_of("present remote absent")),
    "delegates.0.evidence": EVIDENCE,
    "agreements": ([[]], [None, "a", ["a"], [None], [{}]]),
    "agreements.0.id": ID,
    "agreements.0.title": TEXT,
    "agreements.0.text": LONG_TEXT,
    "agreements.0.commitment": one_of("willingness pledged in_principle agreed signed implemented"),
    "agreements.0.form": one_of("document joint_statement announcement reported"),
    "agreements.0.parties": ACTORS,
    "agreements.0.asserted_by": ([[], *ACTORS[0]], ACTORS[1][1:]),
    "agreements.0.agenda": optional(ID),
    "agreements.0.topics": SLUGS,
    "agreements.0.evidence": EVIDENCE,
    "quotes": ([[]], [None, "a", ["a"], [None], [{}]]),
    "quotes.0.id": ID,
    "quotes.0.speakers": ACTORS,
    "quotes.0.speaker_title": optional(LONG_TEXT),
    "quotes.0.via": ([None, "uto", {"described": "a spokesman"}], ["", "U", [], {}, {"described": None}]),
    "quotes.0.kind": one_of("direct partial indirect"),
    "quotes.0.text": LONG_TEXT,
    "quotes.0.topics": SLUGS,
    "quotes.0.evidence": EVIDENCE,
}
"""Every key of the format, with values that it takes and values that it does not."""

REQUIRED = [
    "status",
    "to_review.0.at",
    "reviewed_by.0.name",
    "reviewed_by.0.on",
    "sources",
    "meeting",
    "sources.0.id",
    "sources.0.file",
    "sources.0.title",
    "sources.0.language",
    "parties.0.id",
    "parties.0.kind",
    "parties.0.name",
    "people.0.id",
    "people.0.name",
    "meeting.id",
    "meeting.title",
    "meeting.status",
    "meeting.format",
    "meeting.parties",
    "meeting.agenda.0.id",
    "meeting.agenda.0.title",
    "meeting.agenda.0.outcome",
    "meeting.duration.value",
    "meeting.place.city",
    "delegates.0.person",
    "delegates.1.described",
    "delegates.0.role",
    "meeting.evidence.0.says",
    "meeting.evidence.0.words",
    "agreements.0.id",
    "agreements.0.title",
    "agreements.0.text",
    "agreements.0.commitment",
    "agreements.0.form",
    "agreements.0.parties",
    "quotes.0.id",
    "quotes.0.speakers",
    "quotes.0.kind",
    "quotes.0.text",
]

ONLY_THE_LOADER: dict[str, list[Any]] = {
    "meeting.parties": [[{}], [{"party": "uto", "described": "they"}]],
    "meeting.topics": [["a", "a"]],
    "meeting.evidence": [
        [{"says": ["status"]}],
        [{"says": ["status", "status"], "words": "w"}],
        [{"says": ["status"], "inferred": "why", "nth": 2}],
        [{"says": ["status"], "inferred": "why", "source": "gazette"}],
    ],
    "delegates": [
        [{"role": "head"}],
        [{"role": "head", "described": "they"}],
        [{"role": "head", "person": "a", "described": "b"}],
    ],
    "quotes.0": [{"id": "a", "speakers": ["a", "b"], "speaker_title": "Kings", "kind": "direct", "text": "w"}],
    "sources.0.url": ["http://a:b/", "http://[a", "http://a:0"],
    "to_review": [[{"at": "quotes/doors", "look_at": ["speaker"]}], [{"at": "meeting", "look_at": ["text"]}]],
}
"""What JSON Schema cannot say: it takes these, and the loader does not."""


SAMPLE: dict[str, Any] = yaml.load(re.sub(r"says: (\w+)", r"says: [\1]", RECORD), yaml.CBaseLoader)


def sample() -> dict[str, Any]:
    """The sample record as JSON has it, with a part to review."""
    to_review = [{"at": "quotes/doors", "look_at": ["id"], "why": "w"}]
    return deepcopy(SAMPLE) | {"to_review": to_review}


def put(key: str, *values: Any) -> dict[str, Any]:
    """The sample with a value at a key, or with none."""
    record = sample()
    holder: Any = record
    *way, last = [int(step) if step.isdigit() else step for step in key.split(".")]
    for step in way:
        holder = holder[step]
    holder.pop(last, None) if isinstance(holder, dict) else None
    for value in values:
        holder[last] = deepcopy(value)
    return record


def mappings(value: Any, path: str = "") -> Iterator[str]:
    """The way to every mapping of a record."""
    if isinstance(value, dict):
        yield path
    inner: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from mappings(item, f"{path}.{key}" if path else str(key))


def faults(folder: Path, write_record: WriteRecord, record: Any) -> list[Fault]:
    """The faults of a record's form; JSON is YAML too."""
    return read_record(write_record(folder, json.dumps(record, ensure_ascii=False), ARTICLE)).faults


@cache
def schema() -> Draft202012Validator:
    return Draft202012Validator(record_schema())


@cache
def schema_of(top: str) -> Draft202012Validator:
    """The schema of what stands under one of a record's own keys."""
    whole = record_schema()
    return Draft202012Validator({"$defs": whole["$defs"], **whole["properties"][top]})


def in_schema(record: Any) -> bool:
    return schema().is_valid(record)


@pytest.mark.parametrize("key", KEYS)
def test_the_loader_and_the_schema_take_the_same_values(key: str, tmp_path: Path, write_record: WriteRecord) -> None:
    good, bad = KEYS[key]
    top = key.split(".", maxsplit=1)[0]
    taken, in_the_schema = [], []
    for value in (*good, *bad):
        record = put(key, value)
        found = faults(tmp_path, write_record, record)
        assert not found or {fault.code for fault in found} <= {Code.bad_value, Code.unreadable}, value
        taken += [value] if all(fault.code is not Code.bad_value for fault in found) else []
        in_the_schema += [value] if schema_of(top).is_valid(record[top]) else []
    assert taken == good
    assert [value for value in in_the_schema if value not in NO_SUCH_DAYS] == good


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_required_or_may_be_left_out(key: str, tmp_path: Path, write_record: WriteRecord) -> None:
    record = put(key)
    found = faults(tmp_path, write_record, record)
    assert {fault.code for fault in found} == ({Code.bad_value} if key in REQUIRED else set())
    alternatives = ("delegates.0.person", "delegates.1.described", "meeting.evidence.0.words")
    assert key in alternatives or in_schema(record) is (key not in REQUIRED)


@pytest.mark.parametrize("place", list(mappings(sample())))
def test_an_unknown_key_is_a_fault_everywhere(place: str, tmp_path: Path, write_record: WriteRecord) -> None:
    record = put(f"{place}.colour" if place else "colour", "red")
    assert [fault.code for fault in faults(tmp_path, write_record, record)] == [Code.bad_value]
    assert not in_schema(record)


@pytest.mark.parametrize("key", ONLY_THE_LOADER)
def test_the_loader_refuses_what_a_schema_cannot_say(key: str, tmp_path: Path, write_record: WriteRecord) -> None:
    for value in ONLY_THE_LOADER[key]:
        record = put(key, value)
        assert {fault.code for fault in faults(tmp_path, write_record, record)} == {Code.bad_value}, value
        assert in_schema(record), value


@pytest.mark.parametrize("record", [None, "text", [], ["status"], {}, 7])
def test_a_record_is_a_mapping(record: Any, tmp_path: Path, write_record: WriteRecord) -> None:
    assert {fault.code for fault in faults(tmp_path, write_record, record)} == {Code.bad_value}
    assert not in_schema(record)


def test_the_table_of_keys_is_that_of_the_schema() -> None:
    definitions = record_schema()["$defs"]
    known = {key.rsplit(".", 1)[-1] for key in KEYS} | {"role", "party"}
    parts = (record_schema(), *definitions.values())
    assert {key for part in parts for key in part.get("properties", ())} == known


def test_every_text_has_a_greatest_length() -> None:
    """A pattern that repeats something is no bound."""

    def texts(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            if "string" in node.get("type", ()) and not {"enum", "const"} & node.keys():
                yield node
            for value in node.values():
                yield from texts(value)
        elif isinstance(node, list):
            for item in node:
                yield from texts(item)

    found = list(texts(record_schema()))
    assert len(found) > 50
    endless = [text for text in found if "maxLength" not in text and re.search(r"[*+]|\\S|^$", text.get("pattern", ""))]
    assert endless == []


def test_the_published_schema_is_the_one_that_the_models_make() -> None:
    Draft202012Validator.check_schema(record_schema())
    published = Path(seed.__file__).parent / "record.schema.json"  # the shipped record's first line names it
    assert published.read_text(encoding="utf-8") == schema_text()


def test_the_shipped_record_is_in_the_schema() -> None:
    shipped = Path(seed.__file__).parent / "summits/riyadh-2025-02-18/record.yaml"
    record = yaml.load(shipped.read_text(encoding="utf-8"), yaml.CSafeLoader)
    record["meeting"]["start_date"] = str(record["meeting"]["start_date"])  # YAML 1.1's dates, which JSON has not
    assert [error.message[:80] for error in schema().iter_errors(record)] == []
