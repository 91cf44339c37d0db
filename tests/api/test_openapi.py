"""The OpenAPI document, and whether the service keeps what it says; and the page that shows it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.main import create_app
from app.settings import Settings
from tests.api.conftest import Serve, World
from tests.api.openapi_parts import described, operations, resolved, responses, validator
from tests.api.oracle import LISTS, values
from tests.api.serving import PUBLIC_URL, Json, Served
from tests.api.world import CONGRESS, write_bare

pytestmark = pytest.mark.sqlite  # HTTP does not depend on the kind of database

TABLES = {f"{path}.{form}": path for path in LISTS for form in ("csv", "ndjson")}
"""The paths of tables, each with that of its list."""

ITEMS = {f"{path}/{{id}}": path for path in LISTS}
"""The paths of items, each with that of its list."""

FEEDS = {f"{path}.atom": path for path in ("/meetings", "/agreements", "/quotes")}
CALENDAR = "/meetings.ics"

OPERATIONS = {
    "/meetings": ("list_meetings", "meetings"),
    "/meetings/{id}": ("get_meeting", "meetings"),
    "/meetings/{id}/readout": ("get_readout", "meetings"),
    "/agenda": ("list_agenda", "agenda"),
    "/agenda/{id}": ("get_agenda_item", "agenda"),
    "/delegates": ("list_delegates", "delegates"),
    "/delegates/{id}": ("get_delegate", "delegates"),
    "/agreements": ("list_agreements", "agreements"),
    "/agreements/{id}": ("get_agreement", "agreements"),
    "/quotes": ("list_quotes", "quotes"),
    "/quotes/{id}": ("get_quote", "quotes"),
    "/people": ("list_people", "people"),
    "/people/{id}": ("get_person", "people"),
    "/parties": ("list_parties", "parties"),
    "/parties/{id}": ("get_party", "parties"),
    "/sources": ("list_sources", "sources"),
    "/sources/{id}": ("get_source", "sources"),
    "/sources/{id}/text": ("get_source_text", "sources"),
    "/evidence": ("list_evidence", "evidence"),
    "/evidence/{id}": ("get_evidence", "evidence"),
    "/search": ("search", "search"),
    "/suggest": ("suggest", "search"),
    "/changes": ("list_changes", "changes"),
    "/dataset": ("get_dataset", "dataset"),
    "/exports/{name}": ("get_export", "exports"),
    **{path: (f"list_{path[1:].replace('.', '_as_')}", of[1:]) for path, of in TABLES.items()},
    **{path: (f"feed_{of[1:]}", of[1:]) for path, of in FEEDS.items()},
    CALENDAR: ("feed_meetings_as_calendar", "meetings"),
    "/problems/{code}": ("get_problem", "problems"),
    "/livez": ("get_liveness", "operation"),
    "/readyz": ("get_readiness", "operation"),
    "/version": ("get_version", "operation"),
}
REMOVABLE = (
    *(
        "/meetings/{id}",
        "/meetings/{id}/readout",
        "/agenda/{id}",
        "/delegates/{id}",
        "/agreements/{id}",
        "/quotes/{id}",
        "/evidence/{id}",
    ),
    *("/people/{id}", "/parties/{id}", "/sources/{id}", "/sources/{id}/text"),
)
WITHOUT_DATABASE = ("/livez", "/version", "/problems/{code}")
UNKEPT = ("/livez", "/readyz", "/version")
HEADERS = {
    *("ETag", "Last-Modified", "Cache-Control", "Vary", "Readout-Dataset", "X-Request-ID", "Link", "Retry-After"),
    *("Accept-Ranges", "Content-Range", "Content-Disposition"),
}
"""Those that the document speaks of."""
FORMED = [
    *("id", "url", "text_url", "read_url", "source_url", "next", "type", "cursor", "changed_since", "changed_in"),
    *("start_date", "end_date", "published_on", "date_from", "date_to", "loaded_at", "country", "wikidata", "topics"),
    *("sha256", "digest", "language", "start", "end", "length", "size", "since"),
    *("Counts.quotes", "MeetingDuration.value", "Dataset.version", "ChangeItem.version"),
]
"""Fields with a pattern, a format or a minimum."""


@pytest.fixture(scope="module")
def document(served: Served) -> Json:
    return served.json("/openapi.json")


def test_the_document_is_valid_openapi_3_1(document: Json) -> None:
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()
    assert document["servers"] == [{"url": PUBLIC_URL}]
    assert {method for item in document["paths"].values() for method in item} == {"get"}


SCHEMA_KEYWORDS = {
    *("$ref", "$defs", "type", "enum", "const", "default", "examples", "example", "title", "description", "format"),
    *("properties", "required", "additionalProperties", "items", "minItems", "maxItems", "uniqueItems"),
    *("anyOf", "allOf", "oneOf", "pattern", "minLength", "maxLength", "minimum", "maximum"),
}
"""The keywords of JSON Schema 2020-12 and OpenAPI 3.1 that the document may use."""


def schemas_of(node: Json) -> Iterator[Json]:
    """Every schema in a part of the document, and in other schemas."""
    if isinstance(node, list):
        for each in node:
            yield from schemas_of(each)
    elif isinstance(node, dict):
        for name, each in node.items():
            if name in ("example", "examples", "default", "enum", "const"):
                continue
            if name in ("schema", "items") and isinstance(each, dict):
                yield each
            elif name in ("anyOf", "allOf", "oneOf"):
                yield from each
            elif name in ("properties", "schemas", "$defs"):
                yield from each.values()
            yield from schemas_of(each)


def test_every_schema_has_known_keywords_only_and_every_array_its_items(document: Json) -> None:
    """Validators ignore unknown keywords, so a bound under a wrong name bounds nothing."""
    found = list(schemas_of(document))
    assert len(found) > 300
    assert {keyword for schema in found for keyword in schema} <= SCHEMA_KEYWORDS
    assert [schema for schema in found if schema.get("type") == "array" and "items" not in schema] == []


def test_the_bounds_of_limit_are_in_its_schema(document: Json) -> None:
    limits = [
        parameter["schema"]
        for _, operation in operations(document)
        for parameter in operation.get("parameters", [])
        if parameter["name"] == "limit"
    ]
    assert len(limits) == len(LISTS) + len(FEEDS) + 2
    assert {(schema["minimum"], schema["maximum"]) for schema in limits} == {(1, 100)}


def test_every_operation_is_described_and_needs_no_account(document: Json) -> None:
    """The rules of the linters Redocly and Spectral, which are errors or warnings there."""
    assert document["security"] == []
    summaries = {operation["summary"]: operation["description"] for _, operation in operations(document)}
    assert len(summaries) == len(OPERATIONS)
    for summary, description in summaries.items():
        assert 10 < len(summary) <= 100 and not summary.endswith(".")
        assert description.endswith(".") and not description.startswith(summary)
    for path, operation in operations(document):
        assert set(re.findall("{(.*?)}", path)) == {
            parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"
        }
        assert any(status.startswith("4") for status in operation["responses"])


@pytest.mark.parametrize(
    ("given", "licence", "contact"),
    [
        ({}, None, None),
        (
            {"licence": "CC0-1.0", "contact": "facts@example.org"},
            {"name": "CC0-1.0", "identifier": "CC0-1.0"},
            {"email": "facts@example.org"},
        ),
        (
            {"licence": "https://example.org/licence", "contact": "https://example.org/contact"},
            {"name": "https://example.org/licence", "url": "https://example.org/licence"},
            {"url": "https://example.org/contact"},
        ),
        ({"licence": "Ask us", "contact": "The archive"}, {"name": "Ask us"}, {"name": "The archive"}),
    ],
)
def test_licence_and_contact_are_those_of_the_settings(given: Json, licence: Json, contact: Json) -> None:
    document = create_app(Settings(**given)).openapi()
    assert (document["info"].get("license"), document["info"].get("contact")) == (licence, contact)
    OpenAPIV31SpecValidator(document).validate()


def test_operation_ids_and_tags_are_what_a_person_would_choose(document: Json) -> None:
    found = {path: (operation["operationId"], *operation["tags"]) for path, operation in operations(document)}
    assert found == OPERATIONS
    assert [tag["name"] for tag in document["tags"]] == list(dict.fromkeys(tag for _, tag in OPERATIONS.values()))
    assert all(tag["description"] for tag in document["tags"])
    assert all(operation["summary"] or operation["description"] for _, operation in operations(document))


@pytest.mark.parametrize("path", OPERATIONS)
def test_an_operation_has_the_answers_that_can_occur_and_no_other(document: Json, path: str) -> None:
    expected = {"200", "406", "500"}
    expected |= {"206", "416"} if path.startswith("/exports") else {"422"}
    expected |= {"304"} if path not in UNKEPT else set()
    expected |= {"404"} if "{" in path else set()
    expected |= {"410"} if path in REMOVABLE else set()
    expected |= {"403"} if path.endswith("/text") else set()
    expected |= {"503"} if path not in WITHOUT_DATABASE else set()
    assert list(document["paths"][path]["get"]["responses"]) == sorted(expected)


@pytest.mark.parametrize("path", OPERATIONS)
def test_a_422_has_the_codes_that_can_occur(document: Json, path: str) -> None:
    wrong = dict(responses(document, document["paths"][path]["get"])).get(422)
    has_pages = path in {*LISTS, *FEEDS, "/search", "/changes"}
    codes = ["invalid_parameter", "unknown_parameter", "invalid_cursor"] if has_pages else ["unknown_parameter"]
    codes = ["invalid_parameter", "unknown_parameter"] if path in {*TABLES, CALENDAR, *ITEMS, "/suggest"} else codes
    assert wrong is None or list(wrong["content"]["application/problem+json"]["examples"]) == codes


def test_405_and_414_are_described_once_in_the_introduction(document: Json) -> None:
    assert "405" in document["info"]["description"] and "414" in document["info"]["description"]


@pytest.mark.parametrize("path", OPERATIONS)
def test_the_parameters_are_those_of_the_contract(document: Json, path: str) -> None:
    parameters = document["paths"][path]["get"].get("parameters", [])
    of = {**TABLES, **FEEDS, CALENDAR: "/meetings"}.get(path, path)
    expected = {"sort", "q", "changed_since", *LISTS[of].filters} if of in LISTS else set()
    expected |= {"fields"} if path in {*LISTS, *TABLES, *ITEMS} else set()
    expected |= {"limit", "cursor"} if path in {*LISTS, *FEEDS} else set()
    expected -= {"sort"} if path in {*FEEDS, CALENDAR} else set()
    if path == "/search":
        expected = {"q", "limit", "cursor", "sort", "facet", "kind", "party", "with", "person", "country", "topic"}
        expected |= {"language", "commitment", "date_from", "date_to"}
    if path == "/suggest":
        expected = {"q"}
    if path == "/changes":
        expected = {"since", "limit", "cursor"}
    assert {parameter["name"] for parameter in parameters if parameter["in"] == "query"} == expected


@pytest.mark.parametrize("path", LISTS)
def test_the_sorts_in_the_document_are_the_contracts_with_its_default(document: Json, path: str) -> None:
    (sort,) = [each for each in document["paths"][path]["get"]["parameters"] if each["name"] == "sort"]
    assert set(sort["schema"]["enum"]) == {*LISTS[path].both_ways, *(["place"] if LISTS[path].has_places else [])}
    assert sort["schema"]["default"] == LISTS[path].default


def test_everything_has_a_description(document: Json) -> None:
    assert [name for name, each, _, _ in described(document) if not each.get("description")] == []
    schemas = document["components"]["schemas"].items()
    assert [name for name, schema in schemas if "enum" in schema and "description" not in schema] == []


def test_no_parameter_can_be_null(document: Json) -> None:
    for _, operation in operations(document):
        assert not [each["name"] for each in operation.get("parameters", []) if "null" in str(each["schema"])]


@pytest.mark.parametrize("name", FORMED)
def test_formats_are_in_the_schema(document: Json, name: str) -> None:
    named = [each for each in described(document) if each[0] == name or re.split("[.?]", each[0])[-1] == name]
    found = [schema for full, _, schema, _ in named if not full.startswith("Facets.")]
    assert found
    assert all(re.search('"(pattern|format|minLength|minimum)":', json.dumps(schema)) for schema in found)


@pytest.mark.parametrize(
    ("schema", "fields"),
    [
        ("Meeting", "title summary topics sources"),
        *(("AgendaItemOfMeeting", "title"), ("AgendaItem", "title topics agreements"), ("Place", "country wikidata")),
        *(("Agreement", "title agenda topics"), ("Quote", "topics")),
        *(("Person", "name other_names wikidata"), ("Party", "kind name other_names country wikidata")),
        ("Source", "title language publisher issued_by author source_url published_on licence access cites"),
        ("Source", "quotation_marks paragraphs"),
    ],
)
def test_fields_that_are_the_curators_labels_say_so(document: Json, schema: str, fields: str) -> None:
    for field in fields.split():
        assert "curator" in document["components"]["schemas"][schema]["properties"][field]["description"], field


# The responses match the document.


def check(document: Json, path: str, response: httpx.Response) -> None:
    documented = dict(responses(document, document["paths"][path]["get"]))
    assert response.status_code in documented, f"{response.url}: {response.status_code}"
    expected = documented[response.status_code]
    media_type = response.headers["Content-Type"].partition(";")[0]
    assert media_type in expected["content"]
    instance = response.json() if media_type.endswith(("/json", "+json")) else response.text
    validator(document, expected["content"][media_type]["schema"]).validate(instance)
    check_headers(document, expected, response)


def check_headers(document: Json, expected: Json, response: httpx.Response) -> None:
    documented = {name: resolved(document, header) for name, header in expected["headers"].items()}
    assert {name for name in HEADERS if name in response.headers} <= documented.keys()
    for name, header in documented.items():
        assert name in response.headers or not header["required"], f"{response.url}: {name}"
        if name in response.headers:
            validator(document, header["schema"]).validate(response.headers[name])


@pytest.mark.postgresql
@pytest.mark.parametrize("path", OPERATIONS)
def test_every_real_response_validates_against_the_document(served: Served, document: Json, path: str) -> None:
    wanted = (
        {path}
        if "{" not in path
        else {
            path.replace("{code}", "gone").replace("{name}", "people.csv").replace("{id}", id)
            for id in ids_for(served, path)
        }
    )
    if path in LISTS:
        wanted = {f"{path}?limit=100", f"{path}?limit=1", f"{path}?id=nobody"}
    wanted |= {
        f"{path.replace('{id}', 'nobody').replace('{code}', 'none').replace('{name}', 'none')}{query}"
        for query in ("", "?x=1", "?limit=0&x=1", "?cursor=x")
    }
    for address in sorted(wanted):
        check(document, path, served.get(address))
    for headers in ({"Accept": "image/png"}, {"Range": "bytes=0-1"}, {"Range": "bytes=99999999-"}):
        check(document, path, served.get(sorted(wanted)[-1], headers=headers))


def test_304_is_as_the_document_says(served: Served, document: Json) -> None:
    for path, operation in operations(document):
        address = path.replace("{code}", "gone").replace("{name}", "people.csv")
        response = served.get(address.replace("{id}", (ids_for(served, path) or ["-"])[0]))
        if response.status_code == 200 and "304" in operation["responses"]:
            unchanged = served.get(str(response.request.url), headers={"If-None-Match": response.headers["ETag"]})
            assert (unchanged.status_code, unchanged.content) == (304, b"")
            check_headers(document, operation["responses"]["304"], unchanged)


def test_head_works_wherever_get_does(served: Served, document: Json) -> None:
    assert "`HEAD` works wherever `GET` does" in document["info"]["description"]
    for path, _ in operations(document):
        address = path.replace("{code}", "gone").replace("{name}", "people.csv")
        assert served.client.head(address).status_code == served.get(address).status_code


def ids_for(served: Served, path: str) -> list[str]:
    listed = f"/{path.split('/')[1]}"
    return values(served, listed, "id")[::3][:12] if listed in LISTS else ["-"]


def test_410_validates_against_the_document(serve: Serve, document: Json, world: World, tmp_path: Path) -> None:
    served = serve(of=world.database)
    before = {path: served.ids(path) for path in LISTS}
    served.load(write_bare(tmp_path / "bare"), prune=True)
    for path in REMOVABLE:
        listed = f"/{path.split('/')[1]}"
        (id, *_) = set(before[listed]) - set(served.ids(listed))
        response = served.get(path.replace("{id}", id))
        assert response.status_code == 410
        check(document, path, response)


def test_503_validates_against_the_document(serve: Serve, document: Json) -> None:
    served = serve()
    for path in OPERATIONS.keys() - set(WITHOUT_DATABASE):
        address = path.replace("{id}", CONGRESS).replace("{name}", "people.csv")
        response = served.get(address + ("?q=x" if path in ("/search", "/suggest") else ""))
        assert response.status_code == 503
        check(document, path, response)


# The page.


def test_docs_names_only_what_this_origin_responses(served: Served) -> None:
    page = served.get("/docs")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert not re.search(r"(https?:)?//", page.text.replace("<!doctype html>", ""))
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(named) >= 4
    for address in named:
        response = served.client.get(httpx.URL("/docs").join(address))
        assert response.status_code == 200, address
        assert len(response.content) > 0


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("swagger-ui-bundle.js", "javascript"),
        ("swagger-ui.css", "text/css"),
        ("docs.js", "javascript"),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_the_files_of_the_page_have_their_media_types(served: Served, name: str, media_type: str) -> None:
    assert media_type in served.get(f"/docs/{name}").headers["Content-Type"]


@pytest.mark.parametrize("name", ["nothing.js", "..%2fmain.py", "%2e%2e", "docs.html", "docs.js%00"])
def test_no_other_file_is_served(served: Served, name: str) -> None:
    assert served.get(f"/docs/{name}").status_code == 404


def test_the_page_loads_the_document_and_asks_no_validator(served: Served) -> None:
    script = served.get("/docs/docs.js").text
    assert 'url: "openapi.json"' in script and "validatorUrl: null" in script


def test_docs_ignores_unknown_parameters_and_leads_back_to_the_pages(served: Served) -> None:
    page = served.get("/docs?anything=1&anything=2")
    assert (page.status_code, page.text) == (200, served.get("/docs").text)
    assert served.get("/docs/docs.js?1").status_code == 200
    assert '<a href="./">Readout</a>' in page.text


def test_docs_has_a_policy_without_inline_code(served: Served) -> None:
    page = served.get("/docs")
    policy = dict(part.strip().split(" ", 1) for part in page.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["style-src"] == "'self'"
    assert not re.search(r"https?:|\*|unsafe", str(policy))
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|javascript:|<style", page.text)
