"""Tables: a whole list with its filters and its sort as CSV or NDJSON, sent while it is read; complete, or cut off."""

import csv
import io
import json
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db.read_pool import TABLE_THREADS
from app.exports.csv_rows import Column
from app.exports.tables import csv_chunks
from tests.api.conftest import Serve, World
from tests.api.oracle import LISTS, some_of, values
from tests.api.serving import Served, before_statements, problem, serving, until
from tests.api.test_exports import cell, value_at
from tests.api.test_lists import SORTS, draw_filters, query
from tests.api.world import CONGRESS_RECORD, write_bare, write_congress
from tests.databases import load_records

AGREEMENTS = "/agreements.csv"
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The beginnings of cells that a spreadsheet may run."""


@pytest.fixture
def own(world: World, serve: Serve) -> Served:
    """The world in a server of the test's own."""
    served = serve(of=world.database)
    served.index()
    return served


def rows_of(table: bytes) -> list[list[str]]:
    """The rows of a CSV file, the header first."""
    assert table.startswith(b"\xef\xbb\xbf")
    return [*csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), strict=True)]


def harmless(value: str) -> str:
    return f"'{value}" if value.startswith(RUN) else value


def check(served: Served, path: str, filters: str) -> None:
    """Both tables of a list have what the pages of the list have."""
    items = served.walk(f"{path}?{filters}&limit=100")
    header, *rows = rows_of(served.get(f"{path}.csv?{filters}").content)
    expected = [[cell(value_at(item, column)) for column in header] for item in items]
    assert rows == [[harmless(value) for value in row] for row in expected]
    lines = served.get(f"{path}.ndjson?{filters}").content.split(b"\n")
    assert lines.pop() == b"" and [json.loads(line) for line in lines] == items


# The content of tables.


@pytest.mark.parametrize("path", LISTS)
def test_a_table_is_the_whole_list(served: Served, path: str) -> None:
    check(served, path, "")
    exported = served.get(f"/exports{path}.csv").content.partition(b"\r\n")[0]
    assert served.get(f"{path}.csv").content.partition(b"\r\n")[0].removeprefix(b"\xef\xbb\xbf") == exported


@pytest.mark.parametrize("path", LISTS)
def test_a_table_takes_every_filter_of_the_list(served: Served, path: str) -> None:
    for name in LISTS[path].filters:
        check(served, path, query({name: some_of(name, values(served, path, name))}))
    for filters in ("q=vienna", "changed_since=0", "id=nobody"):
        check(served, path, filters)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_table_is_the_list_with_any_filters_in_any_sort(served: Served, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(LISTS)))
    filters = draw_filters(data, served, path)
    check(served, path, query(filters, sort=data.draw(st.sampled_from([sort for of, sort in SORTS if of == path]))))


def test_an_empty_table_has_its_header(served: Served) -> None:
    assert len(rows_of(served.get("/people.csv?id=nobody").content)) == 1
    assert served.get("/people.ndjson?id=nobody").content == b""


@pytest.mark.parametrize("start", RUN)
def test_a_cell_that_a_spreadsheet_may_run_begins_with_an_apostrophe(start: str) -> None:
    text = b"".join(csv_chunks([[{"title": f"{start}1+1"}]], [Column(("title",), str)]))
    assert rows_of(text) == [["title"], [f"'{start}1+1"]]


def test_titles_that_look_like_formulas_are_words(serve: Serve, tmp_path: Path) -> None:
    record = CONGRESS_RECORD.replace("title: Congress of Vienna", 'title: "=HYPERLINK(1)"')
    served = serve(write_congress(tmp_path / "congress", record))
    header, row = rows_of(served.get("/meetings.csv").content)
    assert row[header.index("title")] == "'=HYPERLINK(1)"
    assert served.json("/meetings")["items"][0]["title"] == "=HYPERLINK(1)"
    assert json.loads(served.get("/meetings.ndjson").content)["title"] == "=HYPERLINK(1)"


# How they are served.


def test_a_table_has_the_headers_of_the_contract(served: Served) -> None:
    types = {".csv": "text/csv; charset=utf-8; header=present", ".ndjson": "application/x-ndjson"}
    for suffix, media_type in types.items():
        response = served.get(f"/quotes{suffix}", headers={"Accept-Encoding": "identity"})
        headers = response.headers
        assert headers["Content-Type"] == media_type
        assert headers["Content-Disposition"] == f'attachment; filename="quotes{suffix}"'
        assert headers["Transfer-Encoding"] == "chunked" and "Content-Length" not in headers
        assert headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
        assert headers["Vary"] == "Accept-Encoding" and "Accept-Ranges" not in headers
        for name in ("Last-Modified", "Readout-Dataset"):
            assert headers[name] == served.get("/quotes").headers[name]
        for once in ("ETag", "Readout-Dataset", "X-Request-ID", "Access-Control-Allow-Origin", "Cache-Control"):
            assert len(headers.get_list(once)) == 1


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_table_is_compressed_while_it_is_sent(served: Served, coding: str) -> None:
    plain = served.get("/evidence.csv", headers={"Accept-Encoding": "identity"})
    coded = served.get("/evidence.csv", headers={"Accept-Encoding": coding})
    assert coded.headers["Content-Encoding"] == coding and "Content-Length" not in coded.headers
    assert coded.content == plain.content
    assert coded.num_bytes_downloaded < plain.num_bytes_downloaded / 4
    assert coded.headers["ETag"] == f'{plain.headers["ETag"][:-1]}-{coding}"'


def test_head_and_not_modified_read_nothing(served: Served) -> None:
    whole = served.get("/quotes.csv?kind=direct")
    with served.statements() as sent:
        head = served.client.head("/quotes.csv?kind=direct")
        varying = ("date", "x-request-id", "transfer-encoding")
        assert [each for each in head.headers.items() if each[0] not in varying] == [
            each for each in whole.headers.items() if each[0] not in varying
        ]
        assert (head.status_code, head.content) == (200, b"")
        for known in (whole.headers["ETag"], f'"x", W/{whole.headers["ETag"]}', "*"):
            response = served.get("/quotes.csv?kind=direct", headers={"If-None-Match": known})
            assert (response.status_code, response.content) == (304, b"")
            assert response.headers["ETag"] == whole.headers["ETag"] and "Content-Type" not in response.headers
            assert response.headers["Readout-Dataset"] == whole.headers["Readout-Dataset"]
    assert sent == []
    assert served.get("/quotes.csv?kind=direct", headers={"If-None-Match": '"x"'}).status_code == 200


def test_head_refuses_what_get_refuses(served: Served) -> None:
    for address in ("/quotes.csv?kind=spoken", "/quotes.csv?changed_since=1-00000000"):
        assert served.client.head(address).status_code == served.get(address).status_code == 422
    assert served.client.head("/quotes.csv?changed_since=0").status_code == 200


def test_the_entity_tag_is_that_of_everything_that_a_table_depends_on(
    serve: Serve, world: World, own: Served, tmp_path: Path
) -> None:
    addresses = ("/quotes.csv", "/quotes.ndjson", "/quotes.csv?kind=direct", "/agreements.csv")
    tags = {own.get(address).headers["ETag"] for address in addresses}
    with serving(own.database, public_url="https://other.example") as other:
        tags.add(other.get("/quotes.csv").headers["ETag"])
    assert len(tags) == len(addresses) + 1
    before = own.get("/quotes.csv").headers["ETag"]
    assert own.get("/quotes.csv").headers["ETag"] == before
    own.load(write_congress(tmp_path / "congress", CONGRESS_RECORD.replace("name: Jane Roe,", "name: Janet Roe,")))
    assert own.get("/quotes.csv", headers={"If-None-Match": before}).status_code == 200


def test_an_equal_digest_with_another_history_has_another_tag(serve: Serve, tmp_path: Path) -> None:
    """Because `changed_in` differs: the first table would be wrong after the third load."""
    folder = tmp_path / "congress"
    served = serve(write_congress(folder))
    before, digest = served.get(AGREEMENTS), served.json("/dataset")["digest"]
    served.load(write_congress(folder, CONGRESS_RECORD.replace("Congress of Vienna", "Vienna")))
    served.load(write_congress(folder))
    assert served.json("/dataset")["digest"] == digest
    after = served.get(AGREEMENTS, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200


def test_a_table_is_not_cached(own: Served) -> None:
    for _ in range(4):
        assert own.get(AGREEMENTS).status_code == 200
    assert len(own.app.state.cache) == 0


@pytest.mark.parametrize("name", ["limit=5", "cursor=abc"])
@pytest.mark.parametrize("suffix", [".csv", ".ndjson"])
def test_the_parameters_of_a_page_make_no_sense(served: Served, name: str, suffix: str) -> None:
    (error,) = problem(served.get(f"/agreements{suffix}?{name}"), 422, "invalid_parameter")["errors"]
    assert (error["parameter"], error["message"]) == (
        name.partition("=")[0],
        "makes no sense here: a table has the whole list",
    )


def test_wrong_parameters_are_reported_as_by_the_list(served: Served) -> None:
    invalid = ("commitment=agred", "party=", "with=", "fields=speakers", "fields=id&fields=title")
    contradictory = ("sort=id&sort=id", "date_from=2026&date_to=2025", "sort=place", "changed_since=9-00000000")
    for wrong in (*invalid, *contradictory, "meting=x"):
        of_list, of_table = served.get(f"/agreements?{wrong}").json(), served.get(f"{AGREEMENTS}?{wrong}").json()
        assert of_table["errors"] == of_list["errors"]
    assert served.get(f"{AGREEMENTS}?limt=2").json()["errors"][0]["suggestion"] is None


@pytest.mark.parametrize(("accept", "status"), [("text/*", 200), ("application/json", 406)])
def test_accept_is_held_to_the_media_type(served: Served, accept: str, status: int) -> None:
    assert served.get(AGREEMENTS, headers={"Accept": accept}).status_code == status


def test_http_1_0_is_refused_since_it_cannot_tell_a_part_from_the_whole(served: Served) -> None:
    host = served.client.base_url
    with socket.create_connection((host.host, host.port or 80)) as connection:
        connection.sendall(b"GET /agreements.csv HTTP/1.0\r\nHost: x\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert received.startswith(b"HTTP/1.1 400 ") and b"HTTP/1.0 does not have" in received


# What a table reads, and for how long.


def on_statement(number: int, do: Any) -> Any:
    """Call a function before one of the statements that the threads of tables send, counted from 1."""
    sent = iter(range(1, 10_000))

    def observe(_: object) -> None:
        if threading.current_thread().name.startswith("tables") and next(sent) == number:
            do()

    return before_statements(observe)


@pytest.fixture
def in_small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table is read an item at a time, so that it has many statements."""
    monkeypatch.setattr("app.api.shared.pagination.BATCH", 1)


@pytest.mark.usefixtures("in_small_steps")
def test_a_table_has_one_version_whatever_is_loaded_meanwhile(own: Served, tmp_path: Path) -> None:
    before = own.get(AGREEMENTS)
    with on_statement(9, lambda: load_records(own.database, write_bare(tmp_path / "bare"), prune=True)):
        during = own.get(AGREEMENTS)
    assert during.content == before.content
    assert during.headers["Readout-Dataset"] == before.headers["Readout-Dataset"] != own.newest()
    assert own.get(AGREEMENTS).content != before.content


@pytest.mark.usefixtures("in_small_steps")
def test_a_table_pauses_after_each_step(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("app.http.cpu_share.sleep", pauses.append)
    assert own.get(AGREEMENTS).status_code == 200
    assert len(pauses) >= own.json("/agreements")["total"]["value"]


def cut_off(served: Served) -> bytes:
    """What a client gets of a table that is cut off: its HTTP library reports it."""
    received = b""
    with (
        served.client.stream("GET", AGREEMENTS, headers={"Accept-Encoding": "identity"}) as response,
        pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"),
    ):
        assert response.status_code == 200
        for part in response.iter_raw():
            received += part
    return received


@pytest.mark.usefixtures("in_small_steps")
def test_a_database_that_fails_cuts_the_table_off(own: Served) -> None:
    whole = own.get(AGREEMENTS).content

    def fail() -> None:
        raise own.app.state.read_pool._driver_error("disk I/O error")

    with on_statement(9, fail):
        received = cut_off(own)
    assert 0 < len(received) < len(whole) and whole.startswith(received)
    assert own.get(AGREEMENTS).content == whole


@pytest.mark.postgresql
@pytest.mark.usefixtures("in_small_steps")
def test_a_server_that_ends_the_connection_cuts_the_table_off(own: Served) -> None:
    whole = own.get(AGREEMENTS).content

    def end_connections() -> None:
        with psycopg.connect(own.database, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    with on_statement(9, end_connections):
        received = cut_off(own)
    assert 0 < len(received) < len(whole)

    def is_whole() -> bool:
        with suppress(httpx.RemoteProtocolError):  # the version watcher has lost the server, too, only just now
            return own.get(AGREEMENTS).content == whole
        return False

    until(is_whole)


@pytest.mark.usefixtures("in_small_steps")
def test_a_table_that_takes_too_long_is_cut_off(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = own.get(AGREEMENTS).content
    with on_statement(9, lambda: monkeypatch.setattr("app.http.streaming.monotonic", lambda: float("inf"))):
        received = cut_off(own)
    assert 0 < len(received) < len(whole)
    monkeypatch.undo()
    assert own.get(AGREEMENTS).content == whole


@pytest.mark.sqlite  # of a server, a broken connection is another one the next moment
def test_a_failure_before_the_first_row_is_a_problem(own: Served) -> None:
    def fail() -> None:
        raise own.app.state.read_pool._driver_error("disk I/O error")

    with on_statement(2, fail):
        problem(own.get(AGREEMENTS), 503, "unavailable")


@pytest.mark.postgresql
def test_a_read_that_is_interrupted_before_the_first_row_is_repeated(own: Served) -> None:
    def interrupt() -> None:
        raise psycopg.OperationalError("the connection is lost")

    with on_statement(2, interrupt):
        assert own.get(AGREEMENTS).status_code == 200


@pytest.mark.usefixtures("in_small_steps")
def test_reading_ends_when_the_client_leaves(own: Served) -> None:
    gate, begun, queue = threading.Event(), threading.Event(), own.app.state.read_pool.table_queue

    def wait() -> None:
        begun.set()
        assert gate.wait(30)

    with own.statements() as all_sent:
        own.get("/evidence.ndjson")
    with on_statement(9, wait), own.statements() as sent:
        with own.client.stream("GET", "/evidence.ndjson"):
            assert begun.wait(30)
        gate.set()
        until(lambda: queue.busy == 0)
    assert len(sent) < len(all_sent) / 2


def test_a_full_queue_is_a_problem_and_delays_nothing_else(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.work_queue.MAX_WAITING", 0)
    gate, begun = threading.Event(), threading.Semaphore(0)

    def wait(_: object) -> None:
        if threading.current_thread().name.startswith("tables") and not gate.is_set():
            begun.release()
            assert gate.wait(30)

    statuses: list[int] = []
    url = f"{own.client.base_url}{AGREEMENTS}"
    clients = [threading.Thread(target=lambda: statuses.append(httpx.get(url).status_code)) for _ in range(2)]
    with before_statements(wait):
        for client in clients:
            client.start()
        for _ in range(TABLE_THREADS):
            assert begun.acquire(timeout=30)
        refused = own.get("/quotes.csv")
        assert "more to read" in problem(refused, 503, "unavailable")["detail"]
        assert int(refused.headers["Retry-After"]) > 0
        tag = own.client.head("/quotes.csv").headers["ETag"]
        assert own.get("/quotes.csv", headers={"If-None-Match": tag}).status_code == 304
        for address in ("/agreements?commitment=agreed", "/agreements?q=vienna", "/agreements"):
            assert own.get(address).status_code == 200
        gate.set()
        for client in clients:
            client.join()
    assert statuses == [200] * TABLE_THREADS
    assert own.get("/quotes.csv").status_code == 200
