"""Requests made from the OpenAPI document: the service responds as that says, and every way to read says the same."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import httpx
import pytest

from tests.api.openapi_parts import resolved
from tests.api.oracle import ALL_HOLD
from tests.api.search_oracle import KINDS
from tests.api.serving import PUBLIC_URL, Json
from tests.api.world import write_world
from tests.databases import Files, load_records
from tests.fuzz.contents import Contents
from tests.fuzz.fuzzing import Costs, corpus, rounds
from tests.fuzz.openapi_requests import OF_EVERY_PATH, DocumentedApi, FuzzRequest, Parameter
from tests.fuzz.processes import MEMORY_OF_THE_SERVICE, SECONDS_OF_A_REQUEST, FuzzedService, fuzzed_service

Params = list[tuple[str, str]]
Ids = Callable[[str, tuple[tuple[str, str], ...]], frozenset[str]]

NOBODY = "no-such-id"

LONGEST_ADDRESS = 60_000
"""In characters; httpx sends no longer one."""


@pytest.fixture(scope="module")
def service(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FuzzedService]:
    folders = write_world(tmp_path_factory.mktemp("world"))
    with files.databases() as databases:
        database = databases.loaded(*folders)
        load_records(database, *folders[:-1], prune=True)  # so that some items are gone
        with fuzzed_service(database, tmp_path_factory.mktemp("service")) as service:
            yield service


@pytest.fixture(scope="module")
def contents(service: FuzzedService) -> Contents:
    return Contents(service.client, PUBLIC_URL, service.client.get("/openapi.json").json())


@pytest.fixture(scope="module")
def api(contents: Contents) -> DocumentedApi:
    names = [each["name"] for each in contents.get("/dataset").json()["exports"]]
    known = {path: list(lines) for path, lines in contents.lines.items()}
    return DocumentedApi(
        contents.document, {**contents.words(), **known, "/exports": names, "/problems": ["gone", "internal"]}
    )


def test_every_way_to_read_says_the_same(contents: Contents) -> None:
    assert list(contents.differences()) == []


@pytest.mark.long
def test_any_request_has_a_response_that_the_document_permits(
    service: FuzzedService, api: DocumentedApi, costs: Costs
) -> None:
    service.spent()
    for request in [FuzzRequest(**each) for each in corpus("requests")]:
        send(service, api, request, costs, whole=True)
    for random in rounds():
        send(service, api, api.request(random), costs, whole=random.random() < 0.1)
    assert service.client.get("/readyz").status_code == 200
    assert service.errors() == []


@pytest.mark.long
def test_filters_are_sets_whatever_the_page_and_the_sort(
    service: FuzzedService, contents: Contents, api: DocumentedApi, costs: Costs
) -> None:
    """Values of one filter are a union, and filters an intersection: whoever adds a filter need not add it here.

    Only the values of `with` are an intersection, too. Filters that contradict each other may be refused.
    """

    @cache
    def ids(path: str, params: tuple[tuple[str, str], ...]) -> frozenset[str]:
        return frozenset(item["id"] for item in contents.walk(path, [*params, ("limit", "100")]))

    service.spent()
    for line in corpus("filters"):
        check_filters(contents, line["path"], [(name, value) for name, value in line["params"]], [], ids, costs)
    for random in rounds():
        path = random.choice(contents.lists)
        params = api.filters(random, path)
        check_filters(contents, path, params, random_paging(random, api, path, params), ids, costs)
        costs.add(service.spent(), service.memory(), f"{path} {params}")
        check_search(contents, path, params)
        for name, value in params:
            check_value(contents, path, api.parameters(path)[name], value, ids)


def check_filters(contents: Contents, path: str, params: Params, paging: Params, ids: Ids, costs: Costs) -> None:
    """Filters together match what each of them matches alone, unless they contradict each other."""
    matching: dict[str, frozenset[str]] = {}
    for place, (name, value) in enumerate(params):
        group = f"{name} {place}" if name in ALL_HOLD else name
        matching[group] = matching.get(group, frozenset()) | ids(path, ((name, value),))
    response = contents.get(path, [*params, *paging])
    if response.status_code == 422:
        check_contradiction(contents, path, params, response)
        costs.count("contradictions")
        return
    found = [item["id"] for item in contents.walk(path, [*params, *paging])]
    expected = frozenset(contents.lines[path]).intersection(*matching.values())
    assert sorted(found) == sorted(expected), f"{path} {params} {paging}"
    costs.count("lists with items" if found else "empty lists")


def check_contradiction(contents: Contents, path: str, params: Params, response: httpx.Response) -> None:
    """Values that are accepted alone are refused together only if the problem names filters that contradict each other.

    These are refused without the other parameters too, and in any order. Items may match both: those that took place on
    both sides of an empty period.
    """
    errors = response.json()["errors"]
    named = {error["parameter"] for error in errors} | set(re.findall("`(.+?)`", str(errors)))
    assert len(named) > 1 and named <= {name for name, _ in params}, f"{response.url}: {response.text[:500]}"
    alone = [(name, value) for name, value in params if name in named]
    for some in (alone, alone[::-1]):
        again = contents.get(path, some)
        assert again.status_code == 422 and again.json()["errors"] == errors, f"{again.url}: {again.text[:500]}"


def check_value(contents: Contents, path: str, parameter: Parameter, value: str, ids: Ids) -> None:
    """No item matches an id that does not exist, and each that matches a value of an enumeration of its own has it."""
    name = parameter.name
    if parameter.fits(NOBODY) and not parameter.is_free:
        assert ids(path, ((name, NOBODY),)) == frozenset(), f"{path}?{name}={NOBODY}"
    if "enum" in parameter.schema and is_own(contents, path, name):
        matching = ids(path, ((name, value),))
        assert all(f'"{value}"'.encode() in contents.lines[path][id] for id in matching), f"{path}?{name}={value}"


def is_own(contents: Contents, path: str, name: str) -> bool:
    """Whether a filter compares with a field of the items; `record_kind` is the kind in `record`."""
    line = next(iter(contents.lines[path].values()))
    return name.partition("_")[0] in json.loads(line) and not name.endswith("_from")


def check_search(contents: Contents, path: str, params: Params) -> None:
    """The filter `q` finds what a search for that kind finds, but for people and parties with similar names."""
    for name, value in params:
        if name == "q" and path != "/evidence":  # a search shows the fact of an evidence
            hits = contents.walk("/search", [("q", value), ("kind", KINDS[path]), ("limit", "100")])
            found = {hit["id"] for hit in hits}
            filtered = {item["id"] for item in contents.walk(path, [("q", value), ("limit", "100")])}
            assert filtered == found or (path in ("/people", "/parties") and filtered <= found), f"{path}?q={value}"


def random_paging(random: Random, api: DocumentedApi, path: str, params: Params) -> Params:
    """A limit and a sort; one by `place` needs exactly one meeting."""
    one_meeting = [name for name, _ in params].count("meeting") == 1
    sorts = [sort for sort in api.parameters(path)["sort"].examples() if one_meeting or sort != "place"]
    return [("limit", str(random.choice([1, 2, 7, 20, 100]))), ("sort", random.choice(sorts))]


def send(service: FuzzedService, api: DocumentedApi, request: FuzzRequest, costs: Costs, whole: bool) -> None:
    """Send a request, and check its response; `whole` checks the body by its schema, too."""
    address = httpx.URL(service.address + request.address[:LONGEST_ADDRESS])
    headers = [(name.encode(), value.encode()) for name, value in request.headers]
    response = service.client.request(request.method, address, headers=headers)
    seconds, memory = service.spent(), service.memory()
    costs.add(seconds, memory, str(request))
    costs.count(f"{response.status_code // 100}xx")
    shown = f"{str(request)[:5000]}\n{response.status_code} {response.text[:500]}"
    assert response.status_code < 500, f"{shown}\n{service.errors()[-3:]}"
    assert seconds < SECONDS_OF_A_REQUEST, f"{seconds:.1f} s of CPU: {shown}"
    assert memory < MEMORY_OF_THE_SERVICE, f"{memory:,} bytes: {shown}"
    check_response(api, request, response, shown, whole)


def check_response(api: DocumentedApi, request: FuzzRequest, response: httpx.Response, shown: str, whole: bool) -> None:
    status = response.status_code
    if status in (414, 431) or (status == 308 and request.path.endswith("/")):
        return
    if not request.is_documented(api.operations):
        return
    document = body_of(response)
    code = document["code"] if status >= 400 and document else None
    permitted = list(api.permitted(request))
    assert (status, code) in permitted or (request.method == "HEAD" and status in dict(permitted)), (
        f"{shown}\npermitted: {permitted}"
    )
    operation = api.operations[request.template]
    listed = {int(listed) for listed in operation["responses"]}
    assert status in listed | OF_EVERY_PATH, shown
    if status == 422 and document and not request.raw_query:
        names = {name[:200] for name, _ in request.params} | api.required(request.template)
        needed = {"q"} if request.template == "/search" else set()  # unless there is a filter
        assert {error["parameter"] for error in document["errors"]} <= names | needed, shown
    if document is not None and str(status) in operation["responses"] and (whole or status >= 400):
        partial = any(name == "fields" for name, _ in request.params)
        check_schema(api, operation, response, document, shown, partial)


def body_of(response: httpx.Response) -> Json:
    """The JSON of a response; None if it has none."""
    is_json = response.headers.get("Content-Type", "") in ("application/json", "application/problem+json")
    return response.json() if is_json and response.content else None


def check_schema(
    api: DocumentedApi, operation: Json, response: httpx.Response, document: Json, shown: str, partial: bool
) -> None:
    listed = resolved(api.document, operation["responses"][str(response.status_code)])
    media_type = response.headers["Content-Type"].partition(";")[0]
    assert media_type in listed["content"], shown
    errors = list(api.validator(listed["content"][media_type]["schema"], partial).iter_errors(document))
    assert errors == [], f"{shown}\n{errors[0].message[:500]}"
