"""Random requests to a running service: each has a response whose status the OpenAPI document lists, and none fails."""

from collections.abc import Iterator
from random import Random
from urllib.parse import quote, urlencode

import httpx
import pytest

from tests.api.openapi_parts import operations
from tests.api.serving import Json, Served, serving
from tests.api.world import write_world
from tests.databases import Files
from tests.fuzz.fuzzing import ODD, rounds

METHODS = ["GET"] * 12 + ["HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"]
HEADERS = {
    "Accept": ["*/*", "text/html", "application/json;q=0", "text/*;q=x", ","],
    "Accept-Encoding": ["br", "zstd", "gzip;q=0.5, *;q=0", "identity;q=0", ";q"],
    "If-None-Match": ["*", 'W/"x"', '"', "x,"],
    "If-Range": ['"x"', "Wed, 19 Feb 2025 21:20:00 GMT"],
    "Range": ["bytes=0-", "bytes=-1", "bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=" + "9" * 30 + "-"],
    "X-Request-ID": ["a", "a b", "x" * 300],
    "X-Forwarded-For": ["::1", "198.51.100.7, unknown"],
}
OF_EVERY_PATH = {204, 308, 405, 414, 431}
"""Statuses that the introduction of the document describes, or HTTP itself."""


@pytest.fixture(scope="module")
def served(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folders = write_world(tmp_path_factory.mktemp("world"))
    with files.databases() as databases, serving(databases.loaded(*folders), exported=True) as running:
        yield running


@pytest.fixture(scope="module")
def ids(served: Served) -> list[str]:
    """Ids, names and codes that some path has."""
    paths = ["/meetings", "/delegates", "/agreements", "/quotes", "/people", "/parties", "/sources", "/evidence"]
    return [*(id for path in paths for id in served.ids(f"{path}?limit=100")), "people.csv", "readout.sqlite", "gone"]


@pytest.mark.long
def test_any_request_has_a_response_that_the_document_lists(served: Served, ids: list[str]) -> None:
    documented = dict(operations(served.json("/openapi.json")))
    for random in rounds():
        path = random.choice([*documented, "/nothing", "/read", "/read/people/{id}", "/read/search", "/metrics"])
        address = random_address(random, path, documented.get(path, {}), ids)
        method, headers = random.choice(METHODS), random_headers(random)
        response = served.client.request(method, address, headers=headers)
        asked = f"{method} {address} {headers}: {response.status_code} {response.text[:500]}"
        assert response.status_code < 500, asked
        if path in documented:
            listed = {int(status) for status in documented[path]["responses"]}
            assert response.status_code in listed | OF_EVERY_PATH, asked
    assert served.get("/readyz").status_code == 200


def random_address(random: Random, path: str, operation: Json, ids: list[str]) -> httpx.URL:
    """The path with an id that exists or an odd one, and with some parameters of the operation and odd ones."""
    id = random.choice(ids if random.random() < 0.7 else ODD)
    for variable in ("{id}", "{name}", "{code}"):
        path = path.replace(variable, quote(id, safe=""))
    names = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
    query = [random_parameter(random, operation, names, ids) for _ in range(random.choice([0, 0, 1, 1, 2, 5]))]
    return httpx.URL(f"{path}?{urlencode(query)}" if query else path)


def random_parameter(random: Random, operation: Json, names: list[str], ids: list[str]) -> tuple[str, str]:
    """A parameter with an example of its values, an id, or an odd value."""
    name = random.choice(names) if names and random.random() < 0.9 else random.choice(ODD)
    values = [value for each in operation.get("parameters", []) if each["name"] == name for value in examples(each)]
    return name, str(random.choice(random.choice([values or ids, ids, ODD])))


def examples(parameter: Json) -> list[str]:
    schema = parameter["schema"]
    return [*schema.get("examples", []), *schema.get("enum", []), *schema.get("items", {}).get("enum", [])]


def random_headers(random: Random) -> dict[str, str]:
    names = random.sample(list(HEADERS), random.choice([0, 0, 1, 2, len(HEADERS)]))
    return {name: random.choice(HEADERS[name]) for name in names}
