"""The benchmark's databases are consistent, and the service serves them."""

import sqlite3
from contextlib import closing

import pytest

from bench.clones import WORD
from bench.datasets import Dataset
from tests.api.serving import Served
from tests.bench.conftest import SIZE


def test_every_foreign_key_has_its_row(dataset: Dataset) -> None:
    with closing(sqlite3.connect(dataset.path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_meeting_has_delegates_and_one_in_five_a_whole_record(copies: Served) -> None:
    known = {
        "meetings": SIZE,
        "delegates": 4 * SIZE,
        "agenda": 9 * 13,
        "agreements": 6 * 13,
        "quotes": 12 * 13,
        "sources": SIZE,
    }
    assert {name: len(set(copies.ids(f"/{name}?limit=100"))) for name in known} == known
    whole = copies.json("/meetings/m-0000025/readout")
    original = copies.json("/meetings/riyadh-2025-02-18/readout")
    for name in ("agenda", "delegates", "agreements", "quotes"):
        words = [[[one["words"] for one in item["evidence"]] for item in made[name]] for made in (whole, original)]
        assert words[0] == words[1]
    assert all(item["evidence"] for item in copies.all("/delegates"))


@pytest.mark.parametrize(
    ("kind", "lists"),
    [("person", ("delegates", "meetings")), ("party", ("delegates", "meetings", "agreements", "quotes"))],
)
def test_counts_equal_the_totals_of_the_lists(copies: Served, kind: str, lists: tuple[str, ...]) -> None:
    items = copies.all({"person": "/people", "party": "/parties"}[kind])
    for item in items:
        totals = {name: copies.json(f"/{name}?{kind}={item['id']}&limit=1")["total"]["value"] for name in lists}
        if kind == "person":
            totals["quotes"] = copies.json(f"/quotes?speaker={item['id']}&limit=1")["total"]["value"]
        assert item["counts"] == totals, item["id"]


def test_parties_range_from_one_meeting_to_all(copies: Served) -> None:
    meetings = sorted(item["counts"]["meetings"] for item in copies.all("/parties"))
    assert meetings == [1, 1, 2, 4, 8, 15, 30, SIZE]  # one of the two ones is the original party


def test_delegates_are_sorted_by_the_names_of_their_people(copies: Served) -> None:
    names = [item["person"]["name"].casefold() for item in copies.walk("/delegates?limit=100&sort=name")]
    assert names == sorted(names)


def test_one_meeting_in_ten_has_the_word_in_its_summary(copies: Served) -> None:
    found = [item["id"] for item in copies.all("/meetings") if WORD in item["summary"]]
    assert found == [f"m-{n:07}" for n in range(1, SIZE, 10)]
