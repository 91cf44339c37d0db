"""Problems name a code, a sentence and the parameters; no request breaks the service."""

import itertools
import socket
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.conftest import Serve, World
from tests.api.oracle import LISTS, values
from tests.api.serving import PREFIX, PUBLIC_URL, Json, Served, problem
from tests.api.world import CONGRESS
from tests.databases import execute

pytestmark = pytest.mark.sqlite  # HTTP does not depend on the kind of database

ITEMS = [f"{path}/{{}}" for path in LISTS]
BY_ID = [*ITEMS, "/meetings/{}/readout", "/sources/{}/text", "/problems/{}"]
SINGLE = ["limit", "cursor", "sort", "q", "changed_since"]
ONE_OF_EACH = [
    *(f"/meetings/{CONGRESS}", f"/meetings/{CONGRESS}/readout", f"/delegates/{CONGRESS}.jane-roe"),
    *(f"/agreements/{CONGRESS}.visas", f"/quotes/{CONGRESS}.doors", "/people/jane-roe", "/parties/uto"),
    *("/sources/gazette", "/sources/gazette/text", "/problems/not_found", "/changes", "/dataset"),
    *("/livez", "/readyz", "/version", "/openapi.json"),
]


def errors_of(served: Served, address: str, code: str = "invalid_parameter") -> list[Json]:
    errors: list[Json] = problem(served.get(address), 422, code)["errors"]
    return errors


# 404, 405, 406, 414.


@pytest.mark.parametrize("address", [*(path.format("nobody") for path in BY_ID), "/nowhere", "/meetings/bare/nothing"])
def test_not_found_is_404(served: Served, address: str) -> None:
    problem(served.get(address), 404, "not_found")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "id", ["a%00b", "%00", "%ff", "%c3%28", "a%ed%a0%80", "x" * 5000, "🕊", "%2e%2e", "a%2fb", "' OR 1=1 --", "*", "%25"]
)
@pytest.mark.parametrize("path", BY_ID)
def test_nul_invalid_utf8_or_whatever_else_in_a_path_is_404(served: Served, path: str, id: str) -> None:
    problem(served.get(path.format(quote(id, safe="%"))), 404, "not_found")


@pytest.mark.parametrize("path", ["/meetings/%ff", "/meetings/a%2Fb", "/people/%C3%84", "/nowhere/%00", "/a//b"])
def test_instance_is_the_requests_path_as_it_was_written(served: Served, path: str) -> None:
    assert problem(served.get(path), 404, "not_found")["instance"] == PREFIX + path


def test_ids_count_capitals(served: Served) -> None:
    problem(served.get("/meetings/BARE"), 404, "not_found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
@pytest.mark.parametrize(
    "address", ["/meetings", "/meetings/bare", "/sources/gazette/text", "/livez", "/docs", "/openapi.json"]
)
def test_another_method_is_405_with_allow(served: Served, address: str, method: str) -> None:
    answer = served.client.request(method, address)
    problem(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"].split(", ")
    assert method not in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("address", "accept", "matches"),
    [
        ("/meetings", "text/html, application/json;q=0.1", True),
        ("/meetings/bare", "text/csv", False),
        ("/sources/gazette/text", "text/*", True),
        ("/sources/gazette/text", "application/json", False),
        ("/docs", "text/html,application/xhtml+xml", True),
        ("/docs", "application/json", False),
        ("/livez", "image/png", False),
        ("/openapi.json", "text/html", False),
    ],
)
def test_nothing_in_accept_that_matches_is_406(served: Served, address: str, accept: str, matches: bool) -> None:
    answer = served.get(address, headers={"Accept": accept})
    if matches:
        assert answer.status_code == 200
    else:
        problem(answer, 406, "not_acceptable")


def test_accept_may_stand_in_several_lines(served: Served) -> None:
    headers = [("Accept", "text/html"), ("Accept", "application/json")]
    assert (
        served.client.send(httpx.Request("GET", f"{served.client.base_url}/livez", headers=headers)).status_code == 200
    )


def test_a_problem_itself_is_given_whatever_accept_says(served: Served) -> None:
    problem(served.get("/nowhere", headers={"Accept": "text/html"}), 404, "not_found")


@pytest.mark.parametrize(("length", "status"), [(8191, 404), (8192, 404), (8193, 414), (60_000, 414)])
def test_an_address_of_over_8192_bytes_is_414(served: Served, length: int, status: int) -> None:
    problem(served.get(f"/{'x' * (length - 1)}"), status, "not_found" if status == 404 else "uri_too_long")


@pytest.mark.parametrize(("length", "status"), [(8192, 422), (8193, 414), (60_000, 414)])
def test_the_query_counts_in_the_length_of_an_address(served: Served, length: int, status: int) -> None:
    address = "/meetings?x="
    answer = served.get(address + "x" * (length - len(address)))
    problem(answer, status, "unknown_parameter" if status == 422 else "uri_too_long")


# 422.


@pytest.mark.parametrize("address", [*LISTS, *ONE_OF_EACH])
def test_an_unknown_parameter_is_422_on_every_json_path(served: Served, address: str) -> None:
    (error,) = errors_of(served, f"{address}?colour=red", "unknown_parameter")
    assert (error["parameter"], error["value"], error["suggestion"]) == ("colour", "red", None)
    assert served.get(address).status_code == 200


def test_an_unknown_parameter_of_any_length_is_422(served: Served) -> None:
    (error,) = errors_of(served, f"/meetings?{'x' * 300}=1", "unknown_parameter")
    assert error["parameter"] == "x" * 200


@pytest.mark.parametrize(
    ("address", "suggestion"),
    [("/quotes?person=jane-roe", "speaker"), ("/agreements?parties=uto", "party"), ("/parties?zzqqxxjj=1", None)],
)
def test_an_unknown_parameter_names_the_one_that_was_meant(
    served: Served, address: str, suggestion: str | None
) -> None:
    (error,) = errors_of(served, address, "unknown_parameter")
    assert error["suggestion"] == suggestion


@pytest.mark.parametrize(
    ("address", "suggestion"),
    [("/meetings?sort=-date", "-start_date"), ("/meetings?country=sau", "SAU"), ("/parties?kind=zzz", None)],
)
def test_an_unknown_word_names_the_one_that_was_meant(served: Served, address: str, suggestion: str | None) -> None:
    (error,) = errors_of(served, address)
    name, value = address.partition("?")[2].split("=")
    assert (error["parameter"], error["value"], error["suggestion"]) == (name, value, suggestion)


MALFORMED = {
    "limit": ["", "0", "5%20"],
    "cursor": [""],
    "q": ["", "+".join(f"w{number}" for number in range(33))],
    "sort": ["", "-", "published"],
    "changed_since": ["", "-1", "1"],
    "country": ["", "AU", "AUT%0A"],
    "date_from": ["", "2025-13", "2025-02-30"],
    "date_to": ["", "2025-13", "2025-02-30"],
    "published_from": ["", "2025-13"],
    "published_to": ["", "2025-13"],
    "city": [""],
    "publisher": [""],
    "wikidata": ["", "q42", "Q0"],
    "language": ["", "en_GB", "english-"],
}
WORDS = ["", "nonsense", "AGREED"]
OF_WORDS = {"status", "format", "mode", "role", "commitment", "commitment_from", "form", "asserted", "kind", "access"}
OF_WORDS |= {"record_kind", "basis"}


def malformed(path: str) -> list[tuple[str, str]]:
    """Malformed values of each parameter of a list."""
    names = [*SINGLE, *LISTS[path].filters]
    some = {name: MALFORMED.get(name, WORDS if name in OF_WORDS else ["", "-a", "%ff"]) for name in names}
    return [(name, value) for name in names for value in some[name]]


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_or_malformed_value_is_422_and_named(served: Served, path: str) -> None:
    for name, value in malformed(path):
        (error, *others) = errors_of(served, f"{path}?{name}={value}")
        assert error["parameter"] == name and error["message"] and not others, f"{name}={value}"


@pytest.mark.parametrize(("path", "name"), [*itertools.product(LISTS, SINGLE)])
def test_a_single_valued_parameter_given_twice_is_422(served: Served, path: str, name: str) -> None:
    value = {"limit": "5", "cursor": "x", "sort": "id", "q": "x", "changed_since": "0"}[name]
    errors = errors_of(served, f"{path}?{name}={value}&{name}={value}")
    assert {error["parameter"] for error in errors} == {name}
    assert "once" in errors[0]["message"]


@pytest.mark.parametrize("name", ["date_from", "date_to"])
def test_a_date_given_twice_is_422(served: Served, name: str) -> None:
    (error,) = errors_of(served, f"/meetings?{name}=2025&{name}=2025")
    assert error["parameter"] == name


@pytest.mark.parametrize(("start", "end"), [("2025", "2024"), ("2025-02", "2025-01-31")])
def test_date_to_before_date_from_is_422(served: Served, start: str, end: str) -> None:
    (error,) = errors_of(served, f"/meetings?date_from={start}&date_to={end}")
    assert (error["parameter"], error["value"]) == ("date_to", end)
    assert "date_from" in error["message"]


FAULTS = {
    "colour": ("colour=red", "unknown_parameter"),
    "limit": ("limit=0", "invalid_parameter"),
    "cursor": ("cursor=x", "invalid_cursor"),
    "changed_since": ("changed_since=77-00000000", "invalid_parameter"),
}
READ_FROM_DATABASE = {"cursor", "changed_since"}
"""Parameters whose errors are found only after all others are valid."""


@pytest.mark.parametrize(
    "names", [*itertools.permutations(FAULTS, 2), tuple(FAULTS), tuple(FAULTS)[::-1]], ids="+".join
)
def test_several_errors_are_one_problem_with_the_code_of_the_first_in_the_request(
    served: Served, names: tuple[str, ...]
) -> None:
    response = served.get("/meetings?" + "&".join(FAULTS[name][0] for name in names))
    expected = [name for name in names if name not in READ_FROM_DATABASE] or list(names)
    document = problem(response, 422, FAULTS[expected[0]][1])
    assert [error["parameter"] for error in document["errors"]] == expected
    assert all(f"`{name}`" in document["detail"] for name in expected)


def test_of_2000_errors_20_are_listed(served: Served) -> None:
    response = served.get("/meetings?" + "&".join(f"x{number}" for number in range(1300)))
    assert len(problem(response, 422, "unknown_parameter")["errors"]) == 20
    assert "and 1,280 more" in response.text and len(response.content) < 10_000


def test_every_fault_of_a_repeated_filter_is_told(served: Served) -> None:
    errors = errors_of(served, "/agreements?commitment=agred&commitment=agreed&commitment=signd")
    assert [(error["value"], error["suggestion"]) for error in errors] == [("agred", "agreed"), ("signd", "signed")]


# Every code.


def test_every_problems_type_says_what_it_means_and_what_to_do(served: Served) -> None:
    addresses = [
        "/nowhere",
        "/meetings?x=1",
        "/meetings?limit=0",
        "/meetings?cursor=x",
        "/sources/wire/text",
        f"/{'x' * 9000}",
    ]
    answers = [served.get(address) for address in addresses]
    answers += [served.client.post("/meetings"), served.get("/meetings", headers={"Accept": "text/html"})]
    codes = {answer.json()["code"] for answer in answers} | {"gone", "unavailable", "internal", "range_not_satisfiable"}
    codes |= {"headers_too_long", "bad_request"}
    assert len(codes) == 14
    for code in codes:
        meaning = served.json(f"{PUBLIC_URL}/problems/{code}")
        assert list(meaning) == ["code", "url", "title", "status", "meaning", "advice"]
        assert (meaning["code"], meaning["url"]) == (code, f"{PUBLIC_URL}/problems/{code}")
    for answer in answers:
        meaning = served.json(answer.json()["type"])
        assert (meaning["status"], meaning["title"]) == (answer.status_code, answer.json()["title"])


def test_a_failure_is_500_without_a_trace(serve: Serve, world: World) -> None:
    """A column with text that its type does not read."""
    served = serve(of=world.database)
    assert execute(served.database, "UPDATE person SET other_names = 'no JSON' WHERE id = 'jane-roe'") == 1
    answer = served.get("/people/jane-roe")
    document = problem(answer, 500, "internal")
    assert not {"Traceback", "Error", "sqlite", ".py"} & set(document["detail"].split())
    assert "no JSON" not in answer.text


# Bad input.

BAD = ["%00", "%ff%fe", "x" * 7000, "🕊", "1' OR '1'='1", "%", "&=#", "%0d%0aX-Evil:%201", "-9223372036854775809"]


@pytest.mark.postgresql
@pytest.mark.parametrize("path", LISTS)
def test_no_value_of_any_parameter_breaks_a_list(served: Served, path: str) -> None:
    names = [
        *SINGLE,
        *LISTS[path].filters,
        *(["date_from", "date_to"] if path == "/meetings" else []),
        "",
        "%00",
        "%ff",
        "🕊",
    ]
    for name, value in itertools.product(names, BAD if path == "/meetings" else BAD[:4]):
        answer = served.get(f"{path}?{name}={quote(value, safe='%&=')}")
        assert answer.status_code in (200, 422), f"{name}={value[:40]}: {answer.status_code}"
        if answer.status_code == 422:
            problem(answer, 422, answer.json()["code"])


@pytest.mark.postgresql
@pytest.mark.parametrize("path", BY_ID)
def test_no_id_breaks_an_item(served: Served, path: str) -> None:
    for value in BAD:
        answer = served.get(path.format(quote(value, safe="%")))
        assert answer.status_code == 404, value[:40]


@pytest.mark.postgresql
@settings(max_examples=80, deadline=None)
@given(
    path=st.sampled_from([*LISTS, *BY_ID]),
    id=st.text(max_size=30),
    pairs=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=3),
)
def test_any_text_gets_its_answer_or_a_problem(
    served: Served, path: str, id: str, pairs: list[tuple[str, str]]
) -> None:
    encoded = quote(id.encode("utf-8", "surrogatepass"), safe="")
    query = "&".join(
        f"{quote(one.encode('utf-8', 'surrogatepass'))}={quote(two.encode('utf-8', 'surrogatepass'))}"
        for one, two in pairs
    )
    answer = served.get(f"{path.format(encoded)}?{query}")
    assert answer.status_code in (200, 308, 404, 422)


RAW = [
    b"GET /meetings/\xff\xfe HTTP/1.1",
    b"GET /meetings?party=\xff\xfe HTTP/1.1",
    b"GET /meetings?party=\xf0\x9f\x95\x8a HTTP/1.1",
    b"GET /" + b"x" * 60_000 + b" HTTP/1.1",
    b"GET //evil.example/meetings HTTP/1.1",
    b"GET http://evil.example/meetings HTTP/1.1",
    b"GET /meetings?a\x00b HTTP/1.1",
    b"OPTIONS * HTTP/1.1",
    b"GET /meetings HTTP/1.1\r\nAccept: \xff",
    b"GET /quotes?limit=1 HTTP/1.1\r\nHost: \xff\xff",
]


@pytest.mark.parametrize("request_line", RAW, ids=lambda raw: raw[:40].decode("latin-1"))
def test_no_bytes_on_the_line_make_a_500(served: Served, request_line: bytes) -> None:
    with socket.create_connection((served.client.base_url.host, served.client.base_url.port or 80), timeout=30) as line:
        host = b"" if b"Host" in request_line else b"Host: x\r\n"
        line.sendall(request_line + b"\r\n" + host + b"Connection: close\r\n\r\n")
        status = line.makefile("rb").readline()
    assert status.startswith(b"HTTP/1.1 ") and status[9:10] in (b"2", b"4"), status


@pytest.mark.postgresql
def test_the_service_still_answers_after_all_that(served: Served) -> None:
    assert values(served, "/meetings", "id")[1] == CONGRESS
    assert served.get("/readyz").status_code == 200
