"""The draft of the shipped article, beside the record that a person made of it."""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from seed.draft.proposal.draft import Draft, draft_article
from seed.draft.proposal.record import Source
from tests.conftest import Readout, WriteRecord, told

SHIPPED = Path("seed/summits/riyadh-2025-02-18")
ARTICLE = (SHIPPED / "article.txt").read_text(encoding="utf-8")
RECORD: dict[str, Any] = yaml.safe_load((SHIPPED / "record.yaml").read_text(encoding="utf-8"))


def draft() -> Draft:
    return draft_article(ARTICLE, Source("article.txt"))


def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(draft().text)
    return loaded


def test_the_delegates_are_the_four_and_none_more() -> None:
    keys = ("person", "party", "title", "role", "attendance")
    assert [[one[key] for key in keys] for one in document()["delegates"]] == [
        [one[key] for key in keys] for one in RECORD["delegates"]
    ]


def test_all_quotes_with_their_speakers() -> None:
    keys = ("kind", "text", "speakers", "speaker_title")
    assert [[one[key] for key in keys] for one in document()["quotes"]] == [
        [one[key] for key in keys] for one in RECORD["quotes"]
    ]


def test_the_plain_agreements() -> None:
    plain = {one["text"] for one in RECORD["agreements"] if one["commitment"] == "agreed"}
    assert plain <= {one["text"] for one in document()["agreements"] if one["commitment"] == "agreed"}


def test_at_most_a_quarter_of_the_values_need_a_change() -> None:
    """Of the draft's values, labels among them; and of the facts alone, those that are missing counted too."""
    there, wanted = values(document()), values(RECORD)
    assert (there - wanted).total() <= there.total() / 4
    there, wanted = without_labels(there), without_labels(wanted)
    assert (there - wanted).total() + (wanted - there).total() <= wanted.total() / 4


def values(record: dict[str, Any]) -> Counter[tuple[str, ...]]:
    return Counter(facts(record))


def without_labels(values: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """The values that need evidence, and their words: what is not the curator's own."""
    labels = {"id", "title", "summary", "topics", "agenda", "wikidata", "inferred"}
    kept = {path: count for path, count in values.items() if path[-2] not in labels or path[0] == "delegates"}
    return Counter({path: count for path, count in kept.items() if path[0] not in {"sources", "status"}})


def facts(record: dict[str, Any]) -> list[tuple[str, ...]]:
    """Each value of a record with where it stands; a part of a list is known by what it is about, not by its place."""
    found: list[tuple[str, ...]] = []
    for key, value in record.items():
        if isinstance(value, dict):
            found += ((key, *path) for path in facts(value))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            found += ((key, about(one), *path) for one in value for path in facts(one))
        elif isinstance(value, list):
            found += ((key, str(one)) for one in value)
        elif value is not None:
            found.append((key, " ".join(str(value).split())))
    return found


def about(part: dict[str, Any]) -> str:
    """What a part of a list is about, by which it is the same in both records: not its label."""
    if "says" in part:
        says = part["says"]
        return " ".join(sorted([says] if isinstance(says, str) else says))
    if "outcome" in part:
        return str(part["evidence"][0]["words"])
    return next((str(part[name]) for name in ("text", "person", "name", "file") if name in part), "")


def test_nothing_but_the_draft_is_a_fault(tmp_path: Path, write_record: WriteRecord, readout: Readout) -> None:
    folder = write_record(tmp_path / "riyadh", draft().text, ARTICLE)
    assert [fault["code"] for fault in told(readout, "check", folder)] == ["draft"]
