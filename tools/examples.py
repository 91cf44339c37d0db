"""Asks the service, over the shipped dataset, for the examples of its OpenAPI document.

python -m tools.examples    writes app/openapi/examples.json, one answer a line
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
from app.exports.exported_lists import WHOLE
from app.main import create_app
from app.openapi.examples import FILE
from app.problems import Code
from app.settings import Settings
from seed.cli.commands import SUMMITS
from seed.dataset.dataset import Dataset
from seed.store.load import load
from seed.store.migration import migrate

PUBLIC_URL = "http://localhost:8000"
RECORD = SUMMITS / "riyadh-2025-02-18"
REMOVED = "waltz-permanent-end"
LOADED_AT = "2025-02-19 08:00:00.000000"
"""When the dataset is said to be loaded, so that examples change only with what they show."""

PROBLEMS = {
    Code.not_found: "/meetings/vienna",
    Code.not_acceptable: "/meetings",
    Code.invalid_parameter: "/agreements?commitment=agred",
    Code.unknown_parameter: "/agreements?meting=riyadh-2025-02-18",
    Code.invalid_cursor: "/agreements?cursor=2",
    Code.range_not_satisfiable: "/exports/people.csv",
}
"""Where the shipped dataset gives a problem. Of those that it cannot give, `_made` asks others."""


REFUSED = {Code.not_acceptable: {"Accept": "image/png"}, Code.range_not_satisfiable: {"Range": "bytes=9999-"}}
Ask = Callable[..., httpx.Response]
"""Ask for an address, with some headers."""


def made() -> dict[str, Any]:
    """The examples, as the code now gives them."""
    with TemporaryDirectory() as folder:
        return dict(_made(Path(folder)))


def write() -> None:
    lines = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in made().items())
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _made(folder: Path) -> Iterator[tuple[str, Any]]:
    with _service(folder / "shipped.db", SUMMITS) as ask:
        for path, address in _addresses(ask("/openapi.json").json()):
            yield path, _content(ask(address))
        yield from _exports(ask)
        for code, address in PROBLEMS.items():
            yield code, ask(address, **REFUSED.get(code, {})).json()
        part = ask("/exports/people.csv", Range="bytes=0-15")
        yield "headers", {**part.headers, **ask("/quotes?limit=1").headers}
    with _service(folder / "mended.db", SUMMITS, _mended(folder)) as ask:
        yield Code.text_withheld, ask("/sources/riyadh-us-russia-talks/text").json()
        yield Code.gone, ask(f"/quotes/{RECORD.name}.{REMOVED}").json()
    with _service(folder / "empty.db") as ask:
        yield Code.unavailable, ask("/meetings").json()
        with closing(sqlite3.connect(folder / "empty.db")) as database, database:
            database.execute("INSERT INTO dataset_version VALUES (1, 'abcdef12', ?)", [LOADED_AT])
            database.execute("INSERT INTO change VALUES (1, 1, 'added', 'meeting', 'vienna', 'no JSON')")
        yield Code.internal, ask("/changes").json()


def _exports(ask: Ask) -> Iterator[tuple[str, str]]:
    """Files by their media type; of the database only what it begins with."""
    boundary = b"3d6b6a416f9b5fab"
    parts = ask("/exports/people.csv", Range="bytes=0-15,16-31")
    given = parts.headers["Content-Type"].partition("boundary=")[2].encode()
    yield "/exports/{name} application/x-ndjson", ask("/exports/people.ndjson").text
    yield "/exports/{name} application/vnd.sqlite3", ask("/exports/readout.sqlite", Range="bytes=0-14").text
    yield "/exports/{name} multipart/byteranges", parts.content.replace(given, boundary).decode()


def _addresses(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The path of each operation, and where to ask for its example: with what it must be given, a list for one item."""
    for path, item in document["paths"].items():
        parameters = item["get"].get("parameters", ())
        needed = {each["name"]: each["example"] for each in parameters if each["required"]}
        query = {name: needed[name] for name in needed if f"{{{name}}}" not in path}
        query |= {"limit": 1} if any(each["name"] == "limit" for each in parameters) else {}
        yield path, path.format(**needed) + ("?" + urlencode(query) if query else "")


def _content(answer: httpx.Response) -> Any:
    if answer.headers["Content-Type"] != "application/json":
        return answer.text
    content = answer.json()
    if "exports" in content:  # one of which is as long as the version of SQLite has it
        content["exports"] = [file for file in content["exports"] if file["name"] != WHOLE]
    return content


def _mended(folder: Path) -> Path:
    """The shipped record once more: its text may no longer be shown, and its last quote is gone."""
    copied = Path(copytree(RECORD, folder / RECORD.name)) / "record.yaml"
    record = copied.read_text(encoding="utf-8").replace("access: full", "access: excerpt")
    copied.write_text(record.partition(f"  - id: {REMOVED}\n")[0], encoding="utf-8")
    return copied.parent


@contextmanager
def _service(database: Path, *loads: Path) -> Iterator[Ask]:
    """A way to ask the service over a database with some records, each loaded in its turn."""
    url = f"sqlite:///{database}"
    migrate(url)
    engine = writing_engine(url)
    for records in loads:
        load(engine, Dataset.of([records]))
    engine.dispose()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE dataset_version SET loaded_at = ?", [LOADED_AT])
    exports = database.with_suffix(".exports")
    app = create_app(Settings(database_url=url, public_url=PUBLIC_URL, exports=exports, licence=None, contact=None))
    with closing(app.state.read_pool):
        if loads:
            export(app.state.read_pool)
        yield partial(_ask, app)


def _ask(app: FastAPI, address: str, **headers: str) -> httpx.Response:
    always = {"Accept-Encoding": "identity", "X-Request-ID": "3f9c2a7d51e8b064-2a"}

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL, headers=always) as client:
            return await client.get(address, headers=headers)

    return asyncio.run(ask())


if __name__ == "__main__":
    write()
