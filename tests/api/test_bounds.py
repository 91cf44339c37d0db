"""Bounds of responses: however much a stored record has, a page of a list stays small, and no item is lost."""

import pytest

from app.api.shared import pagination
from app.exports.__main__ import export
from tests.api.conftest import Serve, World
from tests.api.oracle import LISTS
from tests.api.serving import Served
from tests.api.world import CONGRESS
from tests.databases import execute

LONG_TEXTS = {
    "/meetings": ("meeting", "summary"),
    "/delegates": ("delegate", "title"),
    "/agreements": ("agreement", "text"),
    "/quotes": ("quote", "text"),
    "/people": ("person", "name"),
    "/parties": ("party", "name"),
    "/sources": ("source", "licence"),
    "/evidence": ("evidence", "note"),
}
"""A column of each list's table that may be long."""


def pages(served: Served, address: str) -> list[list[str]]:
    """The ids of each page of a list, all of which are within the bound."""
    found, next_url = [], address
    while next_url:
        response = served.get(next_url)
        items = response.json()["items"]
        assert len(response.content) < pagination.MAX_PAGE_BYTES + 2000 or len(items) == 1
        found.append([item["id"] for item in items])
        next_url = response.json()["next"]
    return found


@pytest.mark.parametrize("path", LISTS)
def test_a_page_of_long_items_ends_early_and_the_next_one_goes_on(serve: Serve, world: World, path: str) -> None:
    served = serve(of=world.database)
    kind = "&basis=inferred" if path == "/evidence" else ""
    expected = served.ids(f"{path}?limit=100&sort=id{kind}")[:7]
    table, column = LONG_TEXTS[path]
    ids = ", ".join(f"'{id}'" for id in expected)
    execute(served.database, f"UPDATE {table} SET {column} = '{'x' * 600_000}' WHERE id IN ({ids})")
    found = pages(served, f"{path}?limit=100&sort=id&" + "&".join(f"id={id}" for id in expected))
    assert [id for page in found for id in page] == expected
    assert len(found[0]) in (2, 3)


def test_an_item_that_is_longer_than_a_page_is_a_page(serve: Serve, world: World) -> None:
    served = serve(of=world.database)
    expected = served.ids("/parties?limit=100")
    execute(served.database, f"UPDATE party SET name = '{'x' * 2_100_000}' WHERE id = '{expected[1]}'")
    assert pages(served, "/parties?limit=100") == [expected[:1], expected[1:2], expected[2:]]


@pytest.mark.parametrize("path", LISTS)
def test_items_with_many_rows_are_read_a_few_at_a_time(
    serve: Serve, world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve(of=world.database)
    expected = served.ids(f"{path}?limit=100&sort=id")
    monkeypatch.setattr(pagination, "MAX_ROWS", 5)
    found = pages(served, f"{path}?limit=100&sort=id")
    assert [id for page in found for id in page] == expected
    assert len(found) >= len(expected) / 5


@pytest.mark.sqlite
def test_a_readout_and_exports_of_many_rows_are_whole(
    serve: Serve, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = serve(of=world.database), serve(of=world.database)
    export(one.app.state.read_pool)
    expected = one.json(f"/meetings/{CONGRESS}/readout"), one.get("/exports/readout.sqlite").content
    monkeypatch.setattr(pagination, "MAX_ROWS", 2)
    monkeypatch.setattr(pagination, "BATCH", 3)
    export(other.app.state.read_pool)
    assert (other.json(f"/meetings/{CONGRESS}/readout"), other.get("/exports/readout.sqlite").content) == expected
