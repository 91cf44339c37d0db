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
    drafted, wanted = values({**document(), "to_review": []}), values(RECORD)
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


def test_every_part_is_to_be_reviewed_in_the_order_of_the_record() -> None:
    drafted = document()
    parts = [
        *(f"{name}/{one['id']}" for name in ("sources", "parties", "people") for one in drafted[name]),
        "meeting",
        *(f"agenda/{one['id']}" for one in drafted["meeting"]["agenda"]),
        *(f"delegates/{one['person']}" for one in drafted["delegates"]),
        *(f"{name}/{one['id']}" for name in ("agreements", "quotes") for one in drafted[name]),
    ]
    assert [entry["at"] for entry in drafted["to_review"]] == parts


def test_doubts_name_the_fields_to_look_at_and_the_reason() -> None:
    doubts = {entry["at"]: (entry["look_at"], entry["why"]) for entry in document()["to_review"] if "why" in entry}
    assert doubts["agenda/many-details-remain-worked"] == (["outcome"], "how it ended")
    assert doubts["meeting"][0] == ["title", "summary", "start_date"]
    assert "TODO" not in str(doubts)
    assert all(entry.keys() in ({"at"}, {"at", "look_at", "why"}) for entry in document()["to_review"])


def test_a_draft_does_not_prove_when_its_status_is_changed(
    tmp_path: Path, write_record: WriteRecord, readout: Readout
) -> None:
    flipped = draft().text.replace("status: draft", "status: reviewed")
    faults = reported_faults(readout, "check", write_record(tmp_path / "riyadh", flipped, ARTICLE))
    assert {fault["code"] for fault in faults} == {"not-reviewed"}
    lines = [number for number, line in enumerate(flipped.splitlines(), start=1) if line.startswith("  - {at: ")]
    assert [fault["line"] for fault in faults] == lines
