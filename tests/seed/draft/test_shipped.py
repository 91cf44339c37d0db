"""The draft of the shipped article, compared with the record that a person wrote."""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from seed.draft.proposal.draft import Draft, draft_article
from seed.draft.proposal.record import Source
from tests.conftest import Readout, WriteRecord, reported_faults

SHIPPED = Path("seed/summits/riyadh-2025-02-18")
ARTICLE = (SHIPPED / "article.txt").read_text(encoding="utf-8")
RECORD: dict[str, Any] = yaml.load((SHIPPED / "record.yaml").read_bytes(), yaml.CSafeLoader)


def draft() -> Draft:
    return draft_article(ARTICLE, Source("article.txt"))


def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(draft().text, yaml.CSafeLoader)
    return loaded


def test_exactly_the_delegates_of_the_record() -> None:
    keys = ("person", "party", "title", "role", "attendance")
    assert [[one[key] for key in keys] for one in document()["delegates"]] == [
        [one[key] for key in keys] for one in RECORD["delegates"]
    ]


def test_exactly_the_quotes_of_the_record_with_their_speakers() -> None:
    keys = ("kind", "text", "speakers", "speaker_title")
    assert [[one[key] for key in keys] for one in document()["quotes"]] == [
        [one[key] for key in keys] for one in RECORD["quotes"]
    ]


def test_all_agreements_with_the_commitment_agreed() -> None:
    plain = {one["text"] for one in RECORD["agreements"] if one["commitment"] == "agreed"}
    assert plain <= {one["text"] for one in document()["agreements"] if one["commitment"] == "agreed"}


def test_at_most_a_quarter_of_the_values_need_a_change() -> None:
    """First of all values of the draft; then without labels, where missing values count as well."""
    drafted, wanted = values(document()), values(RECORD)
    assert (drafted - wanted).total() <= drafted.total() / 4
    drafted, wanted = without_labels(drafted), without_labels(wanted)
    assert (drafted - wanted).total() + (wanted - drafted).total() <= wanted.total() / 4


def values(record: dict[str, Any]) -> Counter[tuple[str, ...]]:
    return Counter(paths(record))


def without_labels(values: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """The values with evidence, and its words: all but the curator's own text."""
    labels = {"id", "title", "summary", "topics", "agenda", "wikidata", "inferred"}
    facts = {path: count for path, count in values.items() if path[-2] not in labels or path[0] == "delegates"}
    return Counter({path: count for path, count in facts.items() if path[0] not in {"sources", "status"}})


def paths(record: dict[str, Any]) -> list[tuple[str, ...]]:
    """The path of each value with the value; a part of a list is known by what it is about, not by its index."""
    found: list[tuple[str, ...]] = []
    for key, value in record.items():
        if isinstance(value, dict):
            found += ((key, *path) for path in paths(value))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            found += ((key, about(one), *path) for one in value for path in paths(one))
        elif isinstance(value, list):
            found += ((key, str(one)) for one in value)
        elif value is not None:
            found.append((key, " ".join(str(value).split())))
    return found


def about(part: dict[str, Any]) -> str:
    """The value that identifies a list's part in both records, which is not its label."""
    if "says" in part:
        says = part["says"]
        return " ".join(sorted([says] if isinstance(says, str) else says))
    if "outcome" in part:
        return str(part["evidence"][0]["words"])
    return next((str(part[name]) for name in ("text", "person", "name", "file") if name in part), "")


def test_the_only_fault_is_that_it_is_a_draft(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    folder = write_record(tmp_path / "riyadh", draft().text, ARTICLE)
    assert [fault["code"] for fault in reported_faults(readout, "check", folder)] == ["draft"]
