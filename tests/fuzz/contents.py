"""All contents of a service, and every difference between the ways to read them: exports, lists, items, changes, pages."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from tempfile import NamedTemporaryFile

import httpx

from tests.api.serving import Json

Params = Sequence[tuple[str, str]]

EVERYTHING: Params = [("limit", "100")]


@dataclass
class Contents:
    """Reads a service. `lines` are the items as the exports have them, by the path of their list and by id."""

    client: httpx.Client
    public_url: str
    document: Json
    lines: dict[str, dict[str, bytes]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for path in self.lists:
            lines = self.export(f"{path[1:]}.ndjson").splitlines()
            self.lines[path] = {json.loads(line)["id"]: line for line in lines}

    @property
    def lists(self) -> list[str]:
        """The paths of the lists of items: each item has a path below."""
        paths = self.document["paths"]
        return [path for path in paths if f"{path}/{{id}}" in paths]

    def get(self, address: str, params: Params = ()) -> httpx.Response:
        """The response to an address, which may be public."""
        return self.client.get(address.removeprefix(self.public_url), params=tuple(params) or None)

    def export(self, name: str) -> bytes:
        response = self.get(f"/exports/{name}")
        assert response.status_code == 200, f"/exports/{name}: {response.status_code} {response.text[:300]}"
        return response.content

    def walk(self, path: str, params: Params) -> list[Json]:
        """All items of a list from its first page on."""
        items: list[Json] = []
        response = self.get(path, params)
        while True:
            assert response.status_code == 200, f"{response.url}: {response.status_code} {response.text[:300]}"
            page = response.json()
            items += page["items"]
            if page["next"] is None:
                return items
            response = self.get(page["next"])

    def words(self) -> dict[str, list[str]]:
        """The texts and ids that items have under each key, by `/` and the key."""
        found: dict[str, set[str]] = {}

        def collect(key: str, value: Json) -> None:
            if isinstance(value, dict):
                for name, inner in value.items():
                    collect(f"/{name}", inner)
                collect(key, value.get("id"))
            elif isinstance(value, list):
                for inner in value:
                    collect(key, inner)
            elif isinstance(value, str):
                found.setdefault(key, set()).add(value)

        for path, lines in self.lines.items():
            for line in lines.values():
                collect(path, json.loads(line))
        return {key: sorted(values) for key, values in found.items()}

    def differences(self) -> Iterator[str]:
        """A sentence for each difference between two ways to read the same."""
        yield from chain.from_iterable(self._differences_of_list(path) for path in self.lists)
        yield from self._differences_of_readouts()
        yield from self._differences_of_changes()
        yield from self._differences_of_sqlite()
        yield from self._pages()

    def _differences_of_list(self, path: str) -> Iterator[str]:
        exported = self.lines[path]
        items = {item["id"]: item for item in self.walk(path, EVERYTHING)}
        if items.keys() != exported.keys():
            yield f"{path} has not the ids of its export: {items.keys() ^ exported.keys()}"
        rows = {row["id"] for row in csv.DictReader(io.StringIO(self.export(f"{path[1:]}.csv").decode(), newline=""))}
        if rows != exported.keys():
            yield f"{path[1:]}.csv has not the ids of {path[1:]}.ndjson: {rows ^ exported.keys()}"
        for id, line in exported.items():
            item = self.get(f"{path}/{id}")
            if item.content != line:
                yield f"{path}/{id} is not the line of its export: {item.text[:300]}"
            if id in items and items[id] != json.loads(line):
                yield f"{path}/{id} is not the item of the list: {items[id]}"

    def _differences_of_readouts(self) -> Iterator[str]:
        for id in self.lines["/meetings"]:
            readout = self.get(f"/meetings/{id}/readout").json()
            for item in chain([readout["meeting"]], *(value for value in readout.values() if isinstance(value, list))):
                path = item["url"].removeprefix(self.public_url)
                if item != self.get(path).json():
                    yield f"the readout of {id} has another item than {path}"

    def _differences_of_changes(self) -> Iterator[str]:
        last = {change["url"]: change for change in self.walk("/changes", EVERYTHING)}
        for path in self.lists:
            for id, line in self.lines[path].items():
                item = json.loads(line)
                change = last.get(item["url"])
                if path != "/evidence" and (change is None or change["change"] == "removed"):
                    yield f"/changes does not list {path}/{id}"
                elif change and change["version"] != item["changed_in"]:
                    yield f"/changes lists {path}/{id} last in {change['version']}, and not in {item['changed_in']}"
        for url, change in last.items():
            status = self.get(url).status_code
            if status != (410 if change["change"] == "removed" else 200):
                yield f"{url} is {status}, and {change['change']} in /changes"

    def _differences_of_sqlite(self) -> Iterator[str]:
        with NamedTemporaryFile() as file:
            file.write(self.export("readout.sqlite"))
            file.flush()
            with closing(sqlite3.connect(file.name)) as database:
                for path in self.lists:
                    ids = {id for (id,) in database.execute(f"SELECT id FROM {path[1:]}")}
                    if ids != self.lines[path].keys():
                        yield f"readout.sqlite has other {path[1:]} than their export"

    def _pages(self) -> Iterator[str]:
        """A sentence for each page and text that an item links and that is not there."""
        items = [json.loads(line) for lines in self.lines.values() for line in lines.values()]
        pages = {item["read_url"].partition("#")[0] for item in items if item.get("read_url")}
        meetings = {page for page in pages if "/people/" not in page and "/parties/" not in page}
        citations = {f"{page}/citation.{form}" for page in meetings for form in ("bib", "ris", "json")}
        texts = {item["text_url"] for item in items if item.get("text_url")}
        for address in ["/", *pages, *citations, *texts]:
            if (status := self.get(address).status_code) != 200:
                yield f"{address} is {status}"
        for item in items:
            if item.get("verified") is False:
                yield f"{item['url']} is not verified"
