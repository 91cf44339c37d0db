"""Requests the examples of the OpenAPI document from the service, which serves the shipped dataset.

python -m tools.examples    writes app/openapi/examples.json, one response a line
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from app.db.engines import writing_engine
from app.exports.__main__ import export
from app.exports.file_names import SQLITE_FILE
from app.main import create_app
from app.openapi.examples import FILE
from app.problems import Code
from app.search.following import bring_up_to_date
from app.settings import Settings
from seed.cli.commands import SUMMITS
from seed.dataset.dataset import Dataset
from seed.store.load import load
from seed.store.migration import migrate

PUBLIC_URL = "http://localhost:8000"
RECORD = SUMMITS / "riyadh-2025-02-18"
REMOVED = "waltz-permanent-end"
LOADED_AT = "2025-02-19 08:00:00.000000"
"""A fixed time of the load, so that examples change only with the responses."""

PROBLEMS = {
    Code.not_found: "/meetings/vienna",
    Code.not_acceptable: "/meetings",
    Code.invalid_parameter: "/agreements?commitment=agred",
    Code.unknown_parameter: "/agreements?meting=riyadh-2025-02-18",
    Code.invalid_cursor: "/agreements?cursor=2",
    Code.range_not_satisfiable: "/exports/people.csv",
}
"""URLs of the shipped dataset that give a problem. `_examples` gets the others from other databases."""

FACETS = ("kind", "party", "person", "country", "topic", "year", "commitment", "language")
SEARCHED = {"/search": {"q": "foreign minister", "facet": FACETS}}
"""Parameters that no operation requires, without which an example would be a problem or say little."""

REFUSED = {Code.not_acceptable: {"Accept": "image/png"}, Code.range_not_satisfiable: {"Range": "bytes=9999-"}}
Get = Callable[..., httpx.Response]
"""Requests a URL with some headers."""


def requested_examples() -> dict[str, Any]:
    """The examples that the current code returns."""
    with TemporaryDirectory() as folder:
        return dict(_examples(Path(folder)))


def write() -> None:
    lines = (
        f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in requested_examples().items()
    )
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _examples(folder: Path) -> Iterator[tuple[str, Any]]:
    with _service(folder / "shipped.db", SUMMITS) as get:
        for path, address in _addresses(get):
            yield path, _content(get(address))
        yield from _exports(get)
        for code, address in PROBLEMS.items():
            yield code, get(address, **REFUSED.get(code, {})).json()
        part = get("/exports/people.csv", Range="bytes=0-15")
        table = get("/quotes.csv?id=nobody")
        yield "headers", {**table.headers, **part.headers, **get("/quotes?limit=1").headers}
    with _service(folder / "changed.db", SUMMITS, _changed_record(folder)) as get:
        yield Code.text_withheld, get("/sources/riyadh-us-russia-talks/text").json()
        yield Code.gone, get(f"/quotes/{RECORD.name}.{REMOVED}").json()
    with _service(folder / "empty.db") as get:
        yield Code.unavailable, get("/meetings").json()
        with closing(sqlite3.connect(folder / "empty.db")) as database, database:
            database.execute("INSERT INTO dataset_version VALUES (1, ?, ?)", ["abcdef12" * 8, LOADED_AT])
            database.execute("INSERT INTO change VALUES (1, 1, 'added', 'meeting', 'vienna', 'no JSON')")
        yield Code.internal, get("/changes").json()


def _exports(get: Get) -> Iterator[tuple[str, str]]:
    """Exported files by media type; of the SQLite database only the first bytes."""
    boundary = b"3d6b6a416f9b5fab"
    parts = get("/exports/people.csv", Range="bytes=0-15,16-31")
    old_boundary = parts.headers["Content-Type"].partition("boundary=")[2].encode()
    yield "/exports/{name} application/x-ndjson", get("/exports/people.ndjson").text
    yield "/exports/{name} application/vnd.sqlite3", get("/exports/readout.sqlite", Range="bytes=0-14").text
    yield "/exports/{name} multipart/byteranges", parts.content.replace(old_boundary, boundary).decode()


def _addresses(get: Get) -> Iterator[tuple[str, str]]:
    """The path of each operation and the URL of its example, which asks for one item, with the required parameters."""
    for path, item in get("/openapi.json").json()["paths"].items():
        parameters = item["get"].get("parameters", ())
        needed = {each["name"]: each["example"] for each in parameters if each["required"]}
        query = {name: needed[name] for name in needed if f"{{{name}}}" not in path}
        query |= SEARCHED.get(path, {})
        if any(each["name"] == "limit" for each in parameters):
            query["limit"] = 1
        elif "." in path:  # a table
            query["id"] = get(f"{path.partition('.')[0]}?limit=1").json()["items"][0]["id"]
        yield path, path.format(**needed) + ("?" + urlencode(query, doseq=True) if query else "")


def _content(response: httpx.Response) -> Any:
    if response.headers["Content-Type"] != "application/json":
        return response.text
    content = response.json()
    if "exports" in content:  # the size of the SQLite file depends on SQLite's version
        content["exports"] = [file for file in content["exports"] if file["name"] != SQLITE_FILE]
    return content


def _changed_record(folder: Path) -> Path:
    """A copy of the shipped record with a withheld text and without its last quote."""
    copied = Path(copytree(RECORD, folder / RECORD.name)) / "record.yaml"
    record = copied.read_text(encoding="utf-8").replace("access: full", "access: excerpt")
    copied.write_text(record.partition(f"  - id: {REMOVED}\n")[0], encoding="utf-8")
    return copied.parent


@contextmanager
def _service(database: Path, *loads: Path) -> Iterator[Get]:
    """A function that requests URLs from a service, over a database with some records, loaded in order."""
    url = f"sqlite:///{database}"
    migrate(url)
    engine = writing_engine(url)
    for records in loads:
        load(engine, Dataset.of([records]))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE dataset_version SET loaded_at = ?", [LOADED_AT])
    exports, search = database.with_suffix(".exports"), database.with_suffix(".search")
    app = create_app(
        Settings(database_url=url, public_url=PUBLIC_URL, exports=exports, search=search, licence=None, contact=None)
    )
    with closing(app.state.read_pool), app.state.readiness.running():
        if loads:
            export(app.state.read_pool)
            bring_up_to_date(engine, app.state.search_folder)
            app.state.search_index.look()
        yield partial(_get, app)


def _get(app: FastAPI, address: str, **headers: str) -> httpx.Response:
    always = {"Accept-Encoding": "identity", "X-Request-ID": "3f9c2a7d51e8b064-2a"}

    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL, headers=always) as client:
            return await client.get(address, headers=headers)

    return asyncio.run(get())


if __name__ == "__main__":
    write()
