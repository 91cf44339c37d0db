"""What every answer has, whatever it says: validators, codings, headers, ids; and what no request can bend."""

import gzip
import socket

import brotli
import httpx
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.api.conftest import Serve
from tests.api.oracle import LISTS
from tests.api.serving import PUBLIC_URL, Served, problem
from tests.api.world import RIYADH, write_bare, write_congress

pytestmark = pytest.mark.sqlite  # HTTP does not depend on the kind of database

MANY = f"/meetings/{RIYADH}/readout"
FEW = "/people/jane-roe"
KEPT = [
    *LISTS,
    *(f"/meetings/{RIYADH}", MANY, FEW, "/sources/gazette", "/sources/gazette/text", "/dataset", "/problems/gone"),
    *("/openapi.json", "/docs", "/docs/docs.js", "/delegates?limit=1"),
]
UNKEPT = ["/livez", "/readyz", "/version"]
REFUSED = [
    *(("GET", "/nothing", 404), ("GET", "/meetings/nobody", 404), ("GET", "/meetings?colour=red", 422)),
    *(("POST", "/meetings", 405), ("GET", f"/meetings?q={'x' * 8192}", 414), ("DELETE", "/nothing", 404)),
    *(("GET", "/sources/wire/text", 403),),
]
CODINGS = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body, max_output_size=10**8),
    None: lambda body: body,
}


def raw(
    served: Served, address: str, accept_encoding: str = "identity", **headers: str
) -> tuple[httpx.Response, bytes]:
    """An answer, and its body as it was sent."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    with served.client.stream("GET", address, headers={"Accept-Encoding": accept_encoding, **names}) as answer:
        return answer, b"".join(answer.iter_raw())


SAFELISTED = {
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
}
"""What every page may see, as the Fetch standard has it: <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>."""

OF_THE_CONNECTION = {"connection", "content-encoding", "date", "server", "transfer-encoding", "vary"}
FOR_THE_BROWSER = {
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "content-security-policy",
    "location",
    "referrer-policy",
    "x-content-type-options",
}


def assert_common_headers(answer: httpx.Response) -> None:
    headers = answer.headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    exposed = {name.strip().lower() for name in headers["Access-Control-Expose-Headers"].split(",")}
    assert set(headers) <= exposed | SAFELISTED | OF_THE_CONNECTION | FOR_THE_BROWSER
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["X-Request-ID"]
    for name in headers:
        assert len(headers.get_list(name)) == 1, f"{name} stands once"


@pytest.mark.parametrize("address", KEPT)
def test_a_response_can_be_cached_and_revalidated(served: Served, world_version: str, address: str) -> None:
    for _ in range(3):  # from the application, and from the cache
        answer = served.get(address)
        assert answer.status_code == 200
        assert_common_headers(answer)
        assert answer.headers["ETag"].startswith('"')
        assert answer.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Last-Modified"].endswith("GMT")
        assert answer.headers["Readout-Dataset"] == world_version


@pytest.fixture
def world_version(served: Served) -> str:
    return str(served.json("/dataset")["version"])


@pytest.mark.parametrize("address", UNKEPT)
def test_a_response_that_may_change_any_moment_is_no_store(served: Served, world_version: str, address: str) -> None:
    answer = served.get(address)
    assert_common_headers(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Readout-Dataset"] == world_version
    assert "ETag" not in answer.headers and served.get(address, headers={"If-None-Match": "*"}).status_code == 200


@pytest.mark.parametrize(("method", "address", "status"), REFUSED)
def test_an_error_response_is_no_store(
    served: Served, world_version: str, method: str, address: str, status: int
) -> None:
    answer = served.client.request(method, address)
    assert answer.status_code == status
    assert_common_headers(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Readout-Dataset"] == world_version
    assert "ETag" not in answer.headers


# Conditions.


@pytest.mark.parametrize("address", KEPT)
def test_if_none_match_gets_304(served: Served, address: str) -> None:
    whole = served.get(address)
    for _ in range(3):
        answer = served.get(address, headers={"If-None-Match": whole.headers["ETag"]})
        assert (answer.status_code, answer.content) == (304, b"")
        assert_common_headers(answer)
        for name in ("ETag", "Cache-Control", "Vary", "Last-Modified", "Readout-Dataset", "Content-Location", "Link"):
            assert answer.headers.get(name) == whole.headers.get(name), name
        assert "Content-Type" not in answer.headers and "Content-Encoding" not in answer.headers


def test_the_etag_of_any_coding_matches(served: Served) -> None:
    tags = [raw(served, MANY, coding or "identity")[0].headers["ETag"] for coding in CODINGS]
    assert len(set(tags)) == len(tags), "one for each content coding"
    for tag in tags:
        for value in (tag, f'"other", W/{tag}', "*"):
            assert raw(served, MANY, "br", If_None_Match=value)[0].status_code == 304, value
    several = [("If-None-Match", '"other"'), ("If-None-Match", tags[0])]
    assert served.get(MANY, headers=several).status_code == 304


@pytest.mark.parametrize("value", ['"other"', "", '"*"', "é"])
def test_another_etag_does_not_match(served: Served, value: str) -> None:
    answer = served.get(FEW, headers=[(b"If-None-Match", value.encode("latin-1"))])
    assert answer.status_code == 200


def test_an_etag_depends_on_the_body_and_not_on_the_version(
    serve: Serve, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("records")
    served = serve(write_congress(folder / "congress"))
    before = {address: served.get(address).headers for address in ("/parties/uto", "/dataset")}
    served.load(write_bare(folder / "bare"))
    after = {address: served.get(address).headers for address in before}
    assert before["/parties/uto"]["Readout-Dataset"] != after["/parties/uto"]["Readout-Dataset"]
    assert before["/dataset"]["ETag"] != after["/dataset"]["ETag"]


@pytest.mark.parametrize("address", [*KEPT, *UNKEPT, "/nothing", "/meetings?colour=red", "/meetings/"])
def test_head_is_get_without_the_body(served: Served, address: str) -> None:
    get, head = served.get(address), served.client.head(address)
    assert (head.status_code, head.content) == (get.status_code, b"")
    changing = {"date", "x-request-id"}
    assert {name: value for name, value in head.headers.items() if name not in changing} == {
        name: value for name, value in get.headers.items() if name not in changing
    }


# Content codings.


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate, br, zstd", "zstd"), ("gzip, br", "br"), ("zstd;q=0.1, gzip;q=0.9", "gzip"), ("", None)],
)
def test_accept_encoding_chooses_the_content_coding(served: Served, accepted: str, coding: str | None) -> None:
    plain = raw(served, MANY)[1]
    for _ in range(3):
        answer, body = raw(served, MANY, accepted)
        assert answer.headers.get("Content-Encoding") == coding
        assert answer.headers["Content-Length"] == str(len(body))
        assert CODINGS[coding](body) == plain


def test_small_or_binary_bodies_are_not_compressed(served: Served) -> None:
    for address in (FEW, "/problems/gone"):
        answer, body = raw(served, address, "gzip, br, zstd")
        assert "Content-Encoding" not in answer.headers and len(body) < 500


# Across origins.


@pytest.mark.parametrize("address", ["/meetings", "/nothing", f"/meetings/{RIYADH}"])
def test_a_preflight_allows_what_a_cache_sends(served: Served, address: str) -> None:
    asked = {"Origin": "https://reader.example", "Access-Control-Request-Method": "GET"}
    asked["Access-Control-Request-Headers"] = "if-none-match,cache-control"
    answer = served.client.options(address, headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert_common_headers(answer)
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    allowed = {name.strip().lower() for name in answer.headers["Access-Control-Allow-Headers"].split(",")}
    assert allowed >= {
        "if-none-match",
        "if-modified-since",
        "cache-control",
        "accept",
        "x-request-id",
        "range",
        "if-range",
    }
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


# Request ids.


@pytest.mark.parametrize("id", ["a", "A.b_c-9", "x" * 128])
def test_a_valid_request_id_is_returned(served: Served, id: str) -> None:
    for address in (FEW, "/nothing", "/meetings/"):
        assert served.get(address, headers={"X-Request-ID": id}).headers["X-Request-ID"] == id


@pytest.mark.parametrize("id", ["", "x" * 129, "a b", "a,b", "<script>", 'a"', "é"])
def test_an_invalid_request_id_is_replaced(served: Served, id: str) -> None:
    answers = [served.get(FEW, headers=[(b"X-Request-ID", id.encode("latin-1"))]) for _ in range(2)]
    made = {answer.headers["X-Request-ID"] for answer in answers}
    assert len(made) == 2 and id not in made


# Addresses.


@pytest.mark.parametrize(
    ("address", "location"),
    [
        *(("/meetings/", "/meetings"), ("/meetings///", "/meetings"), ("/nothing/at/all/", "/nothing/at/all")),
        *(("/meetings/?limit=1&sort=id", "/meetings?limit=1&sort=id"), ("/meetings/a%0D%0Ab/", "/meetings/a%0D%0Ab")),
        *(
            ("//evil.example/", "//evil.example"),
            ("//", "/"),
            *(("/%2F/", "/%2F"), ("/meetings%2F/", "/meetings%2F")),
            ("/\\evil.example/", "/\\evil.example"),
        ),
    ],
)
def test_a_trailing_slash_redirects_to_the_public_url(served: Served, address: str, location: str) -> None:
    sent = raw_response(served, f"GET {address} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode())
    assert b" 308 " in sent.splitlines()[0]
    headers = dict(line.split(b": ", 1) for line in sent.partition(b"\r\n\r\n")[0].splitlines()[1:])
    assert headers[b"location"].decode() == PUBLIC_URL + location


@pytest.mark.parametrize(
    "address", ["/meetings%2F", "/meetings%2f", "/%2F", "/meetings/%2F", "/read%2F", "/exports/a%2F"]
)
def test_an_encoded_slash_at_the_end_is_no_trailing_slash(served: Served, address: str) -> None:
    assert served.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/nothing", "/meetings?x=1", "/exports/nothing", "/meetings/nobody", "/livez"])
@pytest.mark.parametrize("if_none_match", ["", "*", '""'])
def test_only_a_response_with_an_etag_becomes_304(served: Served, address: str, if_none_match: str) -> None:
    expected = served.get(address).status_code
    assert served.get(address, headers={"If-None-Match": if_none_match}).status_code == expected


BENT = {
    **{"Host": "evil.example", "Forwarded": "host=evil.example;proto=http", "X-Forwarded-Host": "evil.example"},
    **{"X-Forwarded-Proto": "http", "X-Forwarded-Prefix": "/evil", "X-Original-URL": "/dataset", "Origin": "null"},
    **{"X-Rewrite-URL": "/dataset", "X-HTTP-Method-Override": "DELETE", "Range": "bytes=0-1", "Cookie": "a=b"},
    **{"Authorization": "Basic eA==", "If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT", "If-Match": '"x"'},
    **{"Accept-Language": "xx", "If-Range": '"x"', "Expect": "nothing"},
}


@pytest.mark.parametrize("address", ["/meetings", f"/meetings/{RIYADH}", "/nothing", "/openapi.json", "/meetings/"])
def test_unused_headers_change_no_response(served: Served, address: str) -> None:
    plain = served.get(address, headers={"X-Request-ID": "same"})
    for name, value in BENT.items():
        answer = served.get(address, headers={"X-Request-ID": "same", name: value})
        assert (answer.status_code, answer.content) == (plain.status_code, plain.content), name
        differing = {name for name in answer.headers if answer.headers[name] != plain.headers.get(name)}
        assert differing <= {"date"}, name


# Whatever arrives.


def raw_response(served: Served, request: bytes) -> bytes:
    """What the server sends for some bytes, until it closes the connection."""
    address = (served.client.base_url.host, served.client.base_url.port or 0)
    with socket.create_connection(address, timeout=60) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


ODD = [
    *(b"GET /meetings%00 HTTP/1.1", b"GET /meetings/\xc0\xaf HTTP/1.1", b"GET /meetings/%c0%af HTTP/1.1"),
    *(b"GET /meetings?q=" + b"a" * 60_000 + b" HTTP/1.1", b"GET /meetings?id=%00 HTTP/1.1", b"GET * HTTP/1.1"),
    *(b"GET http://evil.example/meetings HTTP/1.1", b"GET /" + b"a/" * 20_000 + b" HTTP/1.1", b"\x00\x00\x00"),
    *(b"PRI * HTTP/2.0", b"GET /meetings HTTP/1.0", b"TRACE /meetings HTTP/1.1", b"CONNECT x:1 HTTP/1.1"),
]
LENGTHY = [
    *(
        b"If-None-Match: " + b'"x",' * 10_000,
        b"Accept: " + b"a/b;q=0.1," * 5_000,
        b"Accept-Encoding: " + b"a," * 20_000,
    ),
    *(b"Range: bytes=" + b"0-1," * 10_000, b"X-Request-ID: " + b"a" * 60_000, b"Accept: */*;q=0"),
]


@pytest.mark.parametrize("line", ODD, ids=lambda line: line[:24].decode("latin-1"))
def test_any_request_line_gets_a_response(served: Served, line: bytes) -> None:
    sent = raw_response(served, line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert sent.startswith(b"HTTP/1.1 ") and b" 500 " not in sent.splitlines()[0]
    assert b"evil.example" not in sent.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize("header", LENGTHY, ids=lambda header: header[:12].decode())
def test_any_header_gets_a_response(served: Served, header: bytes) -> None:
    request = b"GET /meetings HTTP/1.1\r\nHost: x\r\n" + header + b"\r\nConnection: close\r\n\r\n"
    assert raw_response(served, request).split()[1] in (b"200", b"400", b"406", b"431")


def test_a_request_body_is_ignored(served: Served) -> None:
    assert served.client.request("GET", FEW, content=b"{" * 60_000).json() == served.json(FEW)


@given(
    st.dictionaries(
        st.sampled_from(["Accept", "Accept-Encoding", "If-None-Match", "Range", "Host"]), st.text(), max_size=4
    )
)
def test_any_headers_get_a_response(served: Served, headers: dict[str, str]) -> None:
    sent = [(name, value.strip().encode()) for name, value in headers.items() if value.strip().isprintable()]
    answer = served.get("/delegates?limit=1", headers=[(name.encode(), value) for name, value in sent])
    assert answer.status_code in (200, 304, 400, 406)
    if answer.status_code == 406:
        problem(answer, 406, "not_acceptable")


def test_request_ids_are_unique(served: Served) -> None:
    ids = [served.get("/livez").headers["X-Request-ID"] for _ in range(100)]
    assert len(set(ids)) == 100
