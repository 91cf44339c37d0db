"""Bounds of responses: however much a stored record has, a page of a list stays small, and no item is lost."""

import gzip
import itertools
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from app.api.shared import pagination
from app.exports.__main__ import export
from app.http.representations import LARGE_SIZE
from tests.amounts import LONG
from tests.api.conftest import Serve, World
from tests.api.oracle import LISTS
from tests.api.processes import resident_mib, running
from tests.api.serving import Served, serving
from tests.api.test_serving import raw_response
from tests.api.world import CONGRESS
from tests.databases import Kind, execute

LONG_TEXTS = {
    "/meetings": ("meeting", "summary"),
    "/agenda": ("agenda_item", "title"),
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
    """The ids of each page of a list; every page is within the bound."""
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
    expected = one.json(f"/meetings/{CONGRESS}/readout"), exported(one)
    monkeypatch.setattr(pagination, "MAX_ROWS", 2)
    monkeypatch.setattr(pagination, "BATCH", 3)
    export(other.app.state.read_pool)
    assert (other.json(f"/meetings/{CONGRESS}/readout"), exported(other)) == expected


def exported(served: Served) -> list[str]:
    """The SQLite export as statements: the order of its pages depends on how many rows are written at once."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(served.get("/exports/readout.sqlite").content)
        return [*database.iterdump()]


# Long responses are streamed.


@pytest.fixture(scope="module")
def streaming(database_kind: Kind, world: World) -> Iterator[Served]:
    """A server with a text of 3 MB, which is in a readout, too."""
    with database_kind.databases() as databases:
        database = databases.copy(world.database)
        execute(database, f"UPDATE agreement SET text = '{'Every word counts: é. ' * 60_000}'")
        execute(database, f"UPDATE source_text SET text = '{'Every word counts: é. ' * 120_000}'")
        with serving(database) as served:
            yield served


STREAMED = [f"/meetings/{CONGRESS}/readout", "/sources/gazette/text"]


@pytest.mark.parametrize("address", STREAMED)
@pytest.mark.parametrize("coding", ["zstd", "br", "gzip", "identity"])
def test_a_long_response_is_streamed_in_each_coding(streaming: Served, address: str, coding: str) -> None:
    whole = streaming.get(address, headers={"Accept-Encoding": "identity"})
    assert len(whole.content) > LARGE_SIZE and whole.headers["Content-Length"] == str(len(whole.content))
    response = streaming.get(address, headers={"Accept-Encoding": coding})
    assert response.content == whole.content
    assert response.headers.get("Content-Encoding", "identity") == coding
    assert 0 < int(response.headers["Content-Length"]) <= len(whole.content)
    unchanged = streaming.get(address, headers={"If-None-Match": response.headers["ETag"], "Accept-Encoding": coding})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    head = streaming.client.head(address, headers={"Accept-Encoding": coding})
    assert head.headers["ETag"] == response.headers["ETag"] and head.content == b""


@pytest.mark.parametrize("address", STREAMED)
def test_a_long_response_has_its_length_in_http_1_0(streaming: Served, address: str) -> None:
    sent = raw_response(streaming, f"GET {address} HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head, _, body = sent.partition(b"\r\n\r\n")
    assert b"content-encoding: gzip" in head and f"content-length: {len(body)}".encode() in head
    assert gzip.decompress(body)


@pytest.mark.parametrize("address", STREAMED)
def test_a_long_response_is_not_cached(streaming: Served, address: str) -> None:
    for _ in range(3):
        streaming.get(address)
    assert streaming.app.state.cache.get((address.encode(), b""), "identity") is None


def test_other_requests_are_served_while_a_client_reads_a_long_response_slowly(streaming: Served) -> None:
    address = (streaming.client.base_url.host, streaming.client.base_url.port or 0)
    with socket.create_connection(address, timeout=60) as slow:
        slow.sendall(b"GET /sources/gazette/text HTTP/1.1\r\nHost: x\r\n\r\n")
        assert slow.recv(100).startswith(b"HTTP/1.1 200")
        assert streaming.get("/people").status_code == 200


@pytest.mark.long
@pytest.mark.sqlite
@pytest.mark.usefixtures("not_forked")
def test_2000_combinations_of_filters_take_little_memory(world: World, tmp_path: Path) -> None:
    log = tmp_path / "log"
    fields = {
        **{"party": "uto", "person": "x", "country": "AUT", "topic": "x", "status": "held", "format": "bilateral"},
        **{"source": "x", "date_from": "2024", "date_to": "2026", "id": "x", "changed_since": "0"},
    }
    with (
        running(database=world.database, log=log, READOUT_CACHE_MIB="0") as (process, address),
        httpx.Client() as client,
    ):
        client.get(f"{address}/meetings")
        before = resident_mib(process.pid)
        for size in range(1, 3 if not LONG else 9):
            for names in itertools.combinations(fields, size):
                query = "&".join(f"{name}={fields[name]}" for name in names)
                assert client.get(f"{address}/meetings?{query}").status_code == 200
        # The growth ends at about 18 MiB, when the caches of compiled statements are full.
        assert resident_mib(process.pid) < min(256, before + 32)
