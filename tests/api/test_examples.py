"""The examples in the OpenAPI document: there is one of everything, it is of its form, and it is the truth."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from app.openapi.examples import examples
from tests.api.conftest import Serve
from tests.api.openapi_parts import described, operations, validator
from tests.api.serving import Json, Served
from tests.api.world import RIYADH, SUMMITS
from tools.examples import requested_examples

pytestmark = pytest.mark.sqlite  # HTTP does not depend on the kind of database

FINDS_NOTHING = {
    ("/people", "q=Russia"),
    ("/agenda", "q=Russia"),  # every other list has something of this name
    ("/meetings", "host=sau"),  # the shipped record has no host, no publisher with a date, and nobody relays words
    ("/quotes", "via=sergey-lavrov"),
    ("/sources", "publisher=The+Gazette"),
    ("/sources", "issued_by=usa"),
    ("/sources", "published_from=2025-02"),
    ("/sources", "published_to=2025"),
}


@pytest.fixture
def shipped(serve: Serve) -> Served:
    """The dataset that ships."""
    served = serve(SUMMITS / RIYADH)
    served.index()
    return served


def test_examples_are_the_responses_of_the_service() -> None:
    now = requested_examples()
    stale = [name for name in now.keys() | examples().keys() if now.get(name) != examples().get(name)]
    assert not stale, f"run `make examples`: {stale}"


def test_everything_has_an_example_of_its_form(shipped: Served) -> None:
    document = shipped.json("/openapi.json")
    assert [name for name, _, _, shown in described(document) if not shown] == []
    for name, _, schema, shown in described(document):
        for example in shown:
            faults = list(validator(document, schema).iter_errors(example))
            assert not faults, (name, faults)


def references(response: Json) -> Iterator[tuple[str, str]]:
    """Every field in an answer with its value, but for those that hold fields themselves."""
    for name, value in response.items() if isinstance(response, dict) else ():
        yield name, json.dumps(value)
    for inner in response.values() if isinstance(response, dict) else response if isinstance(response, list) else ():
        yield from references(inner)


def test_the_example_of_a_field_stands_in_an_response_and_is_no_null_where_another_is_known(shipped: Served) -> None:
    document, known = shipped.json("/openapi.json"), set(references(list(examples().values())))
    known |= {("name", '"Ana Ito"'), ("on", '"2026-03-14"')}  # the shipped record names no reviewer
    known |= {("q", '"ambassadors"'), ("url", '"http://localhost:8000/search?q=ambassadors"')}  # only without a hit
    for schema_name, schema in document["components"]["schemas"].items():
        for name, field in schema.get("properties", {}).items():
            (example,) = field["examples"]
            if "{" not in json.dumps(example):
                assert (name, json.dumps(example)) in known, (schema_name, name)
    shown = document["components"]["schemas"]["Evidence"]["properties"]
    assert shown["note"]["examples"][0] and shown["words"]["examples"][0]


def test_the_example_of_a_parameter_finds_something(shipped: Served) -> None:
    for path, operation in operations(shipped.json("/openapi.json")):
        if "." in path:
            continue  # a table has the parameters of its list
        for each in operation.get("parameters", []):
            has_pages = each["name"] != "cursor" or examples()[path]["next"]
            if each["in"] == "query" and has_pages:
                needed = {other["name"]: other["example"] for other in operation["parameters"] if other["required"]}
                address = path.replace("{id}", needed.pop("id", ""))
                example = needed.get(each["name"]) or each["schema"]["examples"][0]
                given = example if each.get("explode", True) else ",".join(example)
                if path == "/search" and each["name"] in ("sort", "limit", "facet", "cursor"):
                    needed["q"] = "foreign minister"
                query = urlencode({**needed, each["name"]: given}, doseq=True)
                found = shipped.json(f"{address}?{query}")
                assert found.get("items", [found]) or (path, query) in FINDS_NOTHING, f"{path}?{query}"


def test_the_page_shows_the_example_of_a_parameter(shipped: Served) -> None:
    for path, operation in operations(shipped.json("/openapi.json")):
        for each in operation.get("parameters", []):
            if "default" not in each["schema"]:
                assert "example" in each or "For example `" in each["description"], (path, each["name"])
