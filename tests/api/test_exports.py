"""Exports: every list whole as a file, and all of it in one; what is in them, and how they are served."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from email.parser import BytesParser
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.exports.__main__ import export
from tests.api.conftest import Serve, World
from tests.api.oracle import LISTS
from tests.api.serving import PUBLIC_URL, Json, Served, problem, serving, until
from tests.api.world import CONGRESS_RECORD, PLANS, write_bare, write_congress, write_plan
from tests.databases import Databases, load_records

LINKS = {
    "meeting_parties": [("/meetings", "parties")],
    "meeting_sources": [("/meetings", "sources")],
    "meeting_reviewers": [("/meetings", "reviewed_by")],
    "agreement_parties": [("/agreements", "parties")],
    "agreement_asserted_by": [("/agreements", "asserted_by")],
    "quote_speakers": [("/quotes", "speakers")],
    "topics": [("/meetings", "topics"), ("/agenda", "topics"), ("/agreements", "topics"), ("/quotes", "topics")],
    "person_names": [("/people", "other_names")],
    "party_names": [("/parties", "other_names")],
    "issuers": [("/sources", "issued_by")],
    "cites": [("/sources", "cites")],
    "evidence_fields": [("/evidence", "fields")],
}
"""The lists and fields whose entries each link table has."""

LISTS_INSIDE = {"evidence", "agenda", "agreements"}
"""Lists in items whose entries are in the exported lists of these names, which refer to the item."""

FILES = sorted(
    [f"{path[1:]}.{form}" for path in LISTS for form in ("csv", "ndjson")]
    + [f"{name}.csv" for name in LINKS]
    + ["readout.sqlite"]
)
PEOPLE = "/exports/people.csv"


def content(served: Served, name: str) -> bytes:
    response = served.get(f"/exports/{name}")
    assert response.status_code == 200, response.text
    return response.content


def value_at(item: Json, column: str) -> Any:
    """A column's value, by the rule in the documentation."""
    for name in column.split("."):
        item = item and item[name]
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")) if isinstance(item, list) else item


def cell(value: Any) -> str:
    return "" if value is None else json.dumps(value) if isinstance(value, bool) else str(value)


def fields(item: Json, above: str = "") -> Iterator[str]:
    """The columns in which an item has values."""
    for name, value in item.items():
        if isinstance(value, dict):
            yield from fields(value, f"{above}{name}.")
        elif value is not None:
            yield f"{above}{name}"


@pytest.fixture(scope="module")
def whole(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("whole") / "readout.sqlite"
    path.write_bytes(content(served, "readout.sqlite"))
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        yield connection


# The content of exports.


@pytest.mark.parametrize("path", LISTS)
def test_ndjson_is_the_list_item_by_item_as_the_api_gives_it(served: Served, path: str) -> None:
    lines = content(served, f"{path[1:]}.ndjson").split(b"\n")
    assert lines.pop() == b""
    assert [json.loads(line) for line in lines] == served.all(path)
    for line in lines[:: len(lines) // 3 + 1]:
        assert line == served.get(json.loads(line)["url"]).content


@pytest.mark.parametrize("path", LISTS)
def test_csv_is_the_list_flattened(served: Served, path: str) -> None:
    text = content(served, f"{path[1:]}.csv").decode()
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    items = served.all(path)
    assert rows == [[cell(value_at(item, column)) for column in header] for item in items]
    assert {column for item in items for column in fields(item)} <= set(header)
    assert text.endswith("\r\n") and text.startswith(",".join(header) + "\r\n")


def test_the_columns_are_the_fields_in_their_order(served: Served) -> None:
    header = content(served, "delegates.csv").partition(b"\r\n")[0].decode().split(",")
    assert header == [
        *(
            "id",
            "url",
            "read_url",
            "meeting.id",
            "meeting.title",
            "meeting.url",
            "meeting.start_date",
            "meeting.country",
            "person.id",
            "person.name",
            "person.url",
            "described",
        ),
        *("party.id", "party.name", "party.url", "title", "role", "attendance", "evidence", "changed_in"),
    ]


@pytest.mark.parametrize("path", LISTS)
def test_sqlite_has_each_list_as_a_table_of_the_same_columns(
    served: Served, whole: sqlite3.Connection, path: str
) -> None:
    header = content(served, f"{path[1:]}.csv").partition(b"\r\n")[0].decode().split(",")
    rows = whole.execute(f"SELECT * FROM {path[1:]} ORDER BY id")
    assert [name for name, *_ in rows.description] == header
    assert rows.fetchall() == [tuple(value_at(item, column) for column in header) for item in served.all(path)]


def entries(served: Served, name: str) -> list[tuple[Any, ...]]:
    """The rows of a link table, by the rule in the documentation."""
    rows = []
    for path, field in LINKS[name]:
        kind = {"/meetings": "meeting", "/agenda": "agenda_item", "/agreements": "agreement", "/quotes": "quote"}.get(
            path
        )
        for item in served.all(path):
            for position, entry in enumerate(item[field] or []):
                item_values = (kind, item["id"]) if len(LINKS[name]) > 1 else (item["id"],)
                rows.append((*item_values, position, *leaves(entry)))
    return rows


def leaves(entry: Any) -> Iterator[Any]:
    if isinstance(entry, dict):
        for name, value in entry.items():
            yield from [None] * 3 if name == "delegate" and value is None else leaves(value)
    else:
        yield entry


@pytest.mark.parametrize("name", LINKS)
def test_a_link_table_has_a_row_for_each_entry_of_a_list_inside_an_item(
    served: Served, whole: sqlite3.Connection, name: str
) -> None:
    text = content(served, f"{name}.csv").decode()
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    expected = entries(served, name)
    assert rows == [[cell(value) for value in row] for row in expected]
    stored = whole.execute(f"SELECT * FROM {name} ORDER BY rowid")
    assert [column for column, *_ in stored.description] == header
    assert stored.fetchall() == expected != []


def test_the_columns_of_link_tables(served: Served) -> None:
    headers = {name: content(served, f"{name}.csv").partition(b"\r\n")[0].decode() for name in LINKS}
    assert headers == {
        "meeting_parties": "meeting.id,position,kind,id,name,url,role",
        "meeting_sources": "meeting.id,position,id,title,url",
        "meeting_reviewers": "meeting.id,position,name,on",
        "agreement_parties": "agreement.id,position,kind,id,name,url",
        "agreement_asserted_by": "agreement.id,position,kind,id,name,url",
        "quote_speakers": "quote.id,position,kind,id,name,url,delegate.id,delegate.name,delegate.url",
        "topics": "record.kind,record.id,position,topic",
        "person_names": "person.id,position,name",
        "party_names": "party.id,position,name",
        "issuers": "source.id,position,id,name,url",
        "cites": "source.id,position,cited",
        "evidence_fields": "evidence.id,position,field",
    }


def test_no_cell_needs_parsing(served: Served) -> None:
    """Each list inside an item has a link table, or is an exported list of its own."""
    inside = {
        (path, name) for path in LISTS for item in served.all(path) for name in item if isinstance(item[name], list)
    }
    linked = {source for sources in LINKS.values() for source in sources}
    assert {name for path, name in inside - linked} <= LISTS_INSIDE
    assert linked <= inside


def test_sqlite_is_sound_and_links_its_tables(whole: sqlite3.Connection) -> None:
    assert whole.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert whole.execute("PRAGMA foreign_key_check").fetchall() == []
    links = {
        (table, column, target)
        for (table,) in whole.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for _, _, target, column, *_ in whole.execute(f"PRAGMA foreign_key_list({table})")
    }
    assert links == {
        *((table, "meeting.id", "meetings") for table in ("agenda", "delegates", "agreements", "quotes")),
        ("agreements", "agenda.id", "agenda"),
        *{
            ("delegates", "person.id", "people"),
            ("delegates", "party.id", "parties"),
            ("meetings", "host.id", "parties"),
        },
        *{("evidence", "source.id", "sources"), ("texts", "source_id", "sources")},
        *((f"meeting_{name}", "meeting.id", "meetings") for name in ("parties", "sources", "reviewers")),
        *((f"agreement_{name}", "agreement.id", "agreements") for name in ("parties", "asserted_by")),
        *{("quote_speakers", "quote.id", "quotes"), ("quote_speakers", "delegate.id", "delegates")},
        *{("person_names", "person.id", "people"), ("party_names", "party.id", "parties")},
        *{("issuers", "source.id", "sources"), ("cites", "source.id", "sources")},
        ("evidence_fields", "evidence.id", "evidence"),
    }


def test_sqlite_has_the_texts_that_may_be_shown_and_evidence_is_a_slice_of_them(
    served: Served, whole: sqlite3.Connection
) -> None:
    texts = dict(whole.execute("SELECT source_id, text FROM texts"))
    full = [source for source in served.all("/sources") if source["access"] == "full"]
    assert texts == {source["id"]: served.get(source["text_url"]).content.decode() for source in full}
    found = whole.execute(
        'SELECT words = substr(text, start + 1, "end" - start) FROM evidence JOIN texts ON source_id = "source.id"'
    ).fetchall()
    assert len(found) > 50 and set(found) == {(1,)}


def test_sqlite_says_which_dataset_it_is(served: Served, whole: sqlite3.Connection) -> None:
    dataset = served.json("/dataset")
    rows = whole.execute("SELECT version, digest, url, licence, contact FROM dataset").fetchall()
    assert rows == [(dataset["version"], dataset["digest"], PUBLIC_URL, "CC0-1.0", "facts@example.org")]


@pytest.mark.parametrize("name", FILES)
def test_exports_of_an_excerpt_have_only_cited_words(served: Served, name: str) -> None:
    exported = content(served, name)
    for withheld in ("Roe smiled", "the day, a foreign", "it cheered.", "all of us. Someone"):
        assert withheld.encode() not in exported


def test_the_same_data_makes_the_same_bytes(databases: Databases, tmp_path: Path) -> None:
    plans = [write_plan(tmp_path / plan.id, plan) for plan in PLANS[:4]]
    folders = [write_congress(tmp_path / "congress"), write_bare(tmp_path / "bare"), *plans]
    made = []
    for order in (folders, folders[::-1]):
        with serving(databases.loaded(*order), exported=True) as served:
            made.append({name: content(served, name) for name in FILES})
    assert made[0] == made[1]


# The list of exports.


def test_the_dataset_lists_them_with_size_and_hash(served: Served) -> None:
    listed = served.json("/dataset")["exports"]
    assert [each["name"] for each in listed] == FILES
    for each in listed:
        assert list(each) == ["name", "url", "size", "sha256"]
        assert each["url"] == f"{PUBLIC_URL}/exports/{each['name']}"
        bytes = content(served, each["name"])
        assert (each["size"], each["sha256"]) == (len(bytes), sha256(bytes).hexdigest())


def test_a_load_makes_them_outdated_until_they_are_made_again(serve: Serve, tmp_path: Path) -> None:
    served = serve(write_congress(tmp_path / "congress"))
    for _ in range(3):  # so that their absence is cached
        assert served.json("/dataset")["exports"] == []
    assert "python -m app.exports" in problem(served.get(PEOPLE), 404, "not_found")["detail"]
    export(served.app.state.read_pool)
    until(lambda: served.json("/dataset")["exports"] != [])
    before = served.get(PEOPLE)
    served.load(write_congress(tmp_path / "congress", CONGRESS_RECORD.replace("name: Jane Roe,", "name: Janet Roe,")))
    assert served.json("/dataset")["exports"] == []
    assert problem(served.get(PEOPLE), 404, "not_found")["detail"].startswith(
        "There are no exports of dataset version 2-"
    )
    export(served.app.state.read_pool)
    after = served.get(PEOPLE)
    assert "Janet Roe" in after.text and "Janet Roe" not in before.text
    assert after.headers["Readout-Dataset"].startswith("2-") and before.headers["Readout-Dataset"].startswith("1-")
    assert len(list(served.app.state.settings.exports.iterdir())) == 1


def test_an_response_names_the_version_that_it_was_made_from(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pause in ("version_watcher.FILE_POLL_SECONDS", "server_watcher.POLL_SECONDS"):
        monkeypatch.setattr(f"app.db.{pause}", 3600)  # the watcher does not see the load
    served = serve(write_congress(tmp_path / "congress"))
    before = served.get("/livez").headers["Readout-Dataset"]
    version = load_records(served.database, write_bare(tmp_path / "bare")).version
    export(served.app.state.read_pool)
    assert served.get(PEOPLE).headers["Readout-Dataset"] == version != before


@pytest.mark.parametrize(
    "setting", [{"public_url": "https://other.example"}, {"licence": "MIT"}, {"contact": "me"}], ids=str
)
def test_exports_that_tell_other_settings_are_not_these(serve: Serve, world: World, setting: dict[str, Any]) -> None:
    served = serve(of=world.database)
    export(served.app.state.read_pool)
    with serving(served.database, exports=served.app.state.settings.exports, **setting) as other:
        assert other.json("/dataset")["exports"] == []


def test_a_download_goes_on_when_its_file_is_removed(serve: Serve, world: World) -> None:
    served, size = serve(of=world.database), 64 * 2**20
    export(served.app.state.read_pool)
    (folder,) = served.app.state.settings.exports.iterdir()
    manifest = json.loads((folder / "manifest.json").read_bytes())
    with (folder / "people.csv").open("ab") as file:
        file.truncate(size)  # more than sockets hold
    files = [{**each, "size": size} if each["name"] == "people.csv" else each for each in manifest]
    (folder / "manifest.json").write_text(json.dumps(files))
    with served.client.stream("GET", PEOPLE) as response:
        chunks = response.iter_bytes()
        received = len(next(chunks))
        for path in folder.iterdir():
            path.unlink()
        received += sum(map(len, chunks))
    assert received == size


# How they are served.


def test_an_export_has_the_headers_of_the_contract(served: Served) -> None:
    dataset = served.json("/dataset")
    types = {"csv": "text/csv; charset=utf-8; header=present", "ndjson": "application/x-ndjson"}
    for name in FILES:
        response = served.get(f"/exports/{name}", headers={"Accept-Encoding": "gzip, br, zstd"})
        headers = response.headers
        assert headers["Content-Type"] == types.get(name.rpartition(".")[2], "application/vnd.sqlite3")
        assert headers["ETag"] == f'"{sha256(response.content).hexdigest()}"'
        assert headers["Content-Length"] == str(len(response.content)) and "Content-Encoding" not in headers
        assert headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
        assert headers["Accept-Ranges"] == "bytes"
        assert headers["Last-Modified"] == served.get("/meetings").headers["Last-Modified"]
        assert headers["Readout-Dataset"] == dataset["version"]
        for once in ("ETag", "Readout-Dataset", "X-Request-ID", "Access-Control-Allow-Origin", "Cache-Control"):
            assert len(headers.get_list(once)) == 1


def test_head_is_get_without_the_body(served: Served) -> None:
    whole, head = served.get(PEOPLE), served.client.head(PEOPLE, headers={"Range": "bytes=0-1"})
    varying = ("date", "x-request-id")
    assert [each for each in head.headers.items() if each[0] not in varying] == [
        each for each in whole.headers.items() if each[0] not in varying
    ]
    assert (head.status_code, head.content) == (200, b"")


def test_not_modified(served: Served) -> None:
    tag = served.get(PEOPLE).headers["ETag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        response = served.get(PEOPLE, headers={"If-None-Match": known, "Range": "bytes=0-1"})
        assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", tag)
        assert "Content-Type" not in response.headers and "Last-Modified" in response.headers
    assert served.get(PEOPLE, headers={"If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize(
    ("requested", "part"),
    [("bytes=0-9", slice(0, 10)), ("bytes=5-", slice(5, None)), ("bytes=-7", slice(-7, None))],
)
def test_a_range(served: Served, requested: str, part: slice) -> None:
    whole = content(served, "people.csv")
    response = served.get(PEOPLE, headers={"Range": requested})
    assert (response.status_code, response.content) == (206, whole[part])
    start, stop, _ = part.indices(len(whole))
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(whole)}"
    assert "Content-Range" in response.headers["Access-Control-Expose-Headers"]
    assert response.headers["Content-Length"] == str(stop - start)


def test_several_ranges(served: Served) -> None:
    whole = content(served, "people.csv")
    response = served.get(PEOPLE, headers={"Range": "bytes=0-9, -5, 20-20"})
    assert response.status_code == 206 and response.headers["Content-Length"] == str(len(response.content))
    head = f"Content-Type: {response.headers['Content-Type']}\r\n\r\n".encode()
    parts: Any = BytesParser().parsebytes(head + response.content).get_payload()
    assert [part.get_payload(decode=True) for part in parts] == [whole[:10], whole[-5:], whole[20:21]]
    assert [part["Content-Range"] for part in parts] == [
        f"bytes {span}/{len(whole)}" for span in ("0-9", f"{len(whole) - 5}-{len(whole) - 1}", "20-20")
    ]
    assert {part["Content-Type"] for part in parts} == {"text/csv; charset=utf-8; header=present"}


@pytest.mark.parametrize("requested", ["bytes=9-5", "lines=0-1", "bytes=0-,0-,0-"])
def test_a_range_that_is_none_gets_the_whole(served: Served, requested: str) -> None:
    assert served.get(PEOPLE, headers={"Range": requested}).status_code == 200


@pytest.mark.parametrize("requested", ["bytes=99999999-", "bytes=-0"])
def test_a_range_beyond_the_file_is_416(served: Served, requested: str) -> None:
    response = served.get(PEOPLE, headers={"Range": requested})
    problem(response, 416, "range_not_satisfiable")
    assert response.headers["Content-Range"] == f"bytes */{len(content(served, 'people.csv'))}"


def test_a_range_of_a_file_that_is_another_now_gets_the_whole(served: Served) -> None:
    tag = served.get(PEOPLE).headers["ETag"]
    for known, status in ((tag, 206), ('"x"', 200), (f"W/{tag}", 200)):
        assert served.get(PEOPLE, headers={"Range": "bytes=0-1", "If-Range": known}).status_code == status


def test_any_parameter_is_passed_over(served: Served) -> None:
    assert served.get(f"{PEOPLE}?limit=0&x=1").content == content(served, "people.csv")


@pytest.mark.parametrize(
    "name", ["nobody", "people", "people.json", "manifest.json", "..%2Fown.db", "%00", "PEOPLE.csv"]
)
def test_no_other_file_is_served(served: Served, name: str) -> None:
    problem(served.get(f"/exports/{name}"), 404, "not_found")


@pytest.mark.parametrize(
    ("name", "accept", "status"),
    [
        ("people.csv", "text/*", 200),
        ("people.csv", "application/json", 406),
        ("people.ndjson", "application/x-ndjson", 200),
        ("readout.sqlite", "text/csv", 406),
    ],
)
def test_accept_is_held_to_the_media_type_of_the_file(served: Served, name: str, accept: str, status: int) -> None:
    assert served.get(f"/exports/{name}", headers={"Accept": accept}).status_code == status
