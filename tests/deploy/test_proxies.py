"""nginx and Caddy pass on the service's responses unchanged: URLs, validators, codings, ids, ranges, problems."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from tests.deploy.conftest import Site
from tests.deploy.proxies import HOST, PREFIX, PUBLIC_URL, Certificate, proxying
from tests.deploy.slow import SlowClients

MEETING = "/meetings/riyadh-2025-02-18"
PAGE = "/read/riyadh-2025-02-18"
ADDRESSES = [
    *("/meetings", "/quotes?limit=2", MEETING, f"{MEETING}/readout", "/search?q=talks", "/changes?limit=3", "/dataset"),
    *("/sources/riyadh-us-russia-talks/text", "/openapi.json", "/docs", "/docs/docs.js", PAGE, "/problems/gone"),
    *("/readyz", "/exports/people.csv", "/exports/readout.sqlite"),
    *("/meetings/%ff", "/meetings/a%2Fb", "/people/%C3%84", "/meetings/../parties", "/a%20b/%22"),
    *("/", "/nothing", "/meetings/nobody", "/meetings?colour=red", "/meetings/", "/meetings?q=" + "x" * 9000),
]
HOP_HEADERS = {"connection", "date", "server", "via", "x-request-id"}
"""Headers that depend on the connection or the request, not on the response."""


def fetch(client: httpx.Client, url: str, method: str = "GET", **headers: str) -> tuple[Any, ...]:
    """The status, the sorted headers and the undecoded body of a response."""
    names = {name.replace("_", "-"): value for name, value in {"Accept_Encoding": "identity", **headers}.items()}
    with client.stream(method, url, headers=names) as response:
        received = sorted((name, value) for name, value in response.headers.multi_items() if name not in HOP_HEADERS)
        return response.status_code, received, b"".join(response.iter_raw())


@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
def test_a_response_is_passed_on_unchanged(site: Site, coding: str) -> None:
    for address in ADDRESSES:
        own = fetch(site.service, address, Accept_Encoding=coding)
        for _ in range(2):  # the second may be from a cache
            assert fetch(site.client, PUBLIC_URL + address, Accept_Encoding=coding) == own, address


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
def test_other_methods_are_passed_on_unchanged(site: Site, method: str) -> None:
    for address in ADDRESSES:
        assert fetch(site.client, PUBLIC_URL + address, method) == fetch(site.service, address, method), address


def test_a_matching_etag_gives_304(site: Site) -> None:
    for address in ("/meetings", MEETING, "/docs/docs.js", "/exports/people.csv"):
        for coding in ("identity", "gzip", "br", "zstd"):
            tag = site.client.get(PUBLIC_URL + address, headers={"Accept-Encoding": coding}).headers["ETag"]
            status, headers, body = fetch(site.client, PUBLIC_URL + address, Accept_Encoding=coding, If_None_Match=tag)
            assert (status, body) == (304, b""), address
            _, own, _ = fetch(site.service, address, Accept_Encoding=coding, If_None_Match=tag)
            assert headers == own, address


def test_every_url_begins_with_the_public_url(site: Site) -> None:
    """All others are URLs of publishers, standards and licences."""
    for address in ADDRESSES:
        response = site.client.get(PUBLIC_URL + address)
        if address == "/openapi.json":  # its examples have another host, and it says so
            assert response.json()["servers"][0]["url"] == PUBLIC_URL
            continue
        text = f"{response.headers}{response.text}"
        assert not re.search(r"127\.0\.0\.1|localhost|\[::1\]", text), address
        for url in re.findall(rf"https?://{re.escape(HOST)}[^\s\"'<>\\]*", text):
            assert url == PUBLIC_URL or re.match(rf"{PUBLIC_URL}[/\"`]", url), f"{address}: {url}"
        for path in re.findall(r'"(?:instance|url|next)":"(/[^"]*)"', response.text):
            assert path.startswith(f"{PREFIX}/"), f"{address}: {path}"


def test_links_of_a_response_work(site: Site) -> None:
    page = site.client.get(f"{PUBLIC_URL}/quotes?limit=2")
    link = re.fullmatch(r'<(.*)>; rel="next"', page.headers["Link"])
    assert link and link[1] == page.json()["next"]
    moved = site.client.get(f"{PUBLIC_URL}/meetings/?limit=1")
    assert moved.status_code == 308
    for url in (link[1], page.json()["items"][0]["url"], moved.headers["Location"], *asset_urls(site)):
        assert site.client.get(url).status_code == 200, url


def asset_urls(site: Site) -> Iterator[str]:
    """The URLs of the files and links of two pages."""
    for page in (site.client.get(f"{PUBLIC_URL}{path}") for path in ("/docs", PAGE)):
        for path in re.findall(r'(?:href|src)="([^"#]*)', page.text):
            yield urljoin(str(page.url), path)


@pytest.mark.parametrize("query", ["", "?limit=1&a=%20%C3%84"])
def test_other_urls_redirect_in_the_same_way(site: Site, query: str) -> None:
    """The prefix without its slash, and port 80 with any path: both keep the query as it is."""
    insecure = ("", "/", "/meetings", "/a//b", "/%c3%84/%2F")
    for start, location in (
        (PUBLIC_URL, f"{PUBLIC_URL}/{query}"),
        *((f"http://{HOST}{PREFIX}{path}", f"{PUBLIC_URL}{path}{query}") for path in insecure),
    ):
        for headers in ({}, {"Host": "evil.example"}):
            for method in ("GET", "HEAD", "POST"):
                response = site.client.request(method, start + query, headers=headers)
                assert (response.status_code, response.headers["Location"]) == (308, location)


def test_other_urls_are_not_found(site: Site) -> None:
    before = site.log.stat().st_size
    for path in ("/", "/meetings", "/readoutmeetings", f"{PREFIX}/../meetings"):
        assert site.client.get(f"https://{HOST}{path}").status_code == 404
    assert site.log.stat().st_size == before


def test_without_a_prefix(site: Site, certificate: Certificate, tmp_path: Path) -> None:
    upstream = site.service.base_url.netloc.decode()
    with proxying(site.proxy.name, tmp_path, certificate, upstream, prefix="") as proxy, proxy.client() as client:
        for address in ("/", "/parties?limit=1", "/exports/people.csv", "/nothing"):
            assert fetch(client, f"https://{HOST}{address}") == fetch(site.service, address)


# Spoofed headers.

SPOOFED = {
    "Forwarded": "for=203.0.113.7;host=evil.example;proto=http",
    "Host": "evil.example",
    "X-Forwarded-For": "203.0.113.7, 127.0.0.1",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "81",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Server": "evil.example",
    "X-Original-URL": "/evil",
    "X-Real-IP": "203.0.113.7",
    "X-Rewrite-URL": "/evil",
}


def test_spoofed_headers_change_no_response(site: Site) -> None:
    """All headers at once, and each alone; the response of a spoofed request must not be cached for the next client."""
    alone = [(f"/meetings?limit={number}", {name: SPOOFED[name]}) for number, name in enumerate(SPOOFED, start=50)]
    for address, spoofed in (*((address, SPOOFED) for address in ADDRESSES), ("/quotes?limit=50", SPOOFED), *alone):
        own = fetch(site.service, address)
        assert fetch(site.client, PUBLIC_URL + address, **spoofed) == own, (address, spoofed)
        assert fetch(site.client, PUBLIC_URL + address) == own, (address, spoofed)


def line(log: Path, id: str) -> dict[str, Any]:
    """The log entry of a request; it may be written after the response."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for entry in log.read_text().splitlines(keepends=True):
            if entry.endswith("}\n") and f'"{id}"' in entry:
                return dict(json.loads(entry))
    raise AssertionError(f"{log} has no entry of {id}")


@pytest.mark.parametrize("own", ["127.0.0.1", "127.0.0.2"])
def test_the_log_has_the_address_of_the_client(site: Site, own: str) -> None:
    """Even if it is an address that the service trusts as a proxy."""
    for number, headers in enumerate([{}, SPOOFED]):
        with site.proxy.client(local_address=own) as client:
            client.get(f"{PUBLIC_URL}/readyz", headers={**headers, "X-Request-ID": f"from-{own}-{number}"})
        assert line(site.log, f"from-{own}-{number}")["client"] == own


@pytest.mark.parametrize("path", ["/readyz", "/parties", "/nothing", "/exports/people.csv"])
def test_an_id_is_the_same_in_the_response_and_in_both_logs(site: Site, path: str) -> None:
    mine = path.strip("/").replace("/", ".")
    for given in (None, f"{mine}-1_2", mine.ljust(128, "a"), mine.ljust(129, "a"), f'{mine}"', f"{mine}, b", "é", ""):
        headers = [] if given is None else [(b"X-Request-ID", given.encode("latin-1"))]
        response = site.client.get(PUBLIC_URL + path, headers=headers)
        (id,) = response.headers.get_list("X-Request-ID")
        assert (id == given) == bool(given and re.fullmatch(r"[A-Za-z0-9._-]{1,128}", given)), given
        assert line(site.proxy.log, id)["status"] == response.status_code
        if site.proxy.name == "caddy" or path != "/parties":  # which nginx caches
            assert line(site.log, id)["path"] == path


def test_the_log_of_the_proxy_has_the_user_agent(site: Site) -> None:
    """It cannot end the line or forge another."""
    agent = 'probe/1 ("quoted\\" {}) é'
    site.client.get(f"{PUBLIC_URL}/readyz", headers=[(b"X-Request-ID", b"agent"), (b"User-Agent", agent.encode())])
    entry = line(site.proxy.log, "agent")
    logged = entry["user_agent"] if site.proxy.name == "nginx" else entry["request"]["headers"]["User-Agent"][0]
    assert logged == agent


def test_clients_connect_by_ipv6(site: Site) -> None:
    for port in (site.proxy.http, site.proxy.https):
        with _ipv6(port) as connection:
            assert connection.getpeername()[1] == port
    with closing(site.proxy.connect(address="::1")) as connection:
        request = f"GET {PREFIX}/readyz HTTP/1.1\r\nHost: {HOST}\r\nX-Request-ID: ipv6\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        assert connection.makefile("rb").read().startswith(b"HTTP/1.1 200 ")
    assert line(site.log, "ipv6")["client"] == "::1"


def _ipv6(port: int) -> socket.socket:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    return socket.create_connection(("::1", port), timeout=30)


# Range requests.


@pytest.mark.parametrize(
    "wanted", ["bytes=0-99", "bytes=-100", "bytes=1000-", "bytes=0-0,10-19", "bytes=999999999-", "x=1"]
)
def test_parts_of_an_export(site: Site, wanted: str) -> None:
    def parts(client: httpx.Client, url: str, **headers: str) -> tuple[Any, ...]:
        status, received, body = fetch(client, url, Range=wanted, **headers)
        boundary = dict(received)["content-type"].partition("boundary=")[2] or "-"
        return (
            status,
            [(name, value.replace(boundary, "-")) for name, value in received],
            body.replace(boundary.encode(), b"-"),
        )

    path = "/exports/readout.sqlite"
    tag = site.service.head(path).headers["ETag"]
    for condition in ({}, {"If_Range": tag}, {"If_Range": '"other"'}):
        own = parts(site.service, path, **condition)
        assert parts(site.client, PUBLIC_URL + path, **condition) == own
        assert own[0] == {"x=1": 200, "bytes=999999999-": 416}.get(wanted, 206) or "other" in condition.get(
            "If_Range", ""
        )


# Slow clients and requests that are too large.


@pytest.fixture(scope="session", autouse=True)
def slow_clients(sites: dict[str, Site]) -> Iterator[dict[str, SlowClients]]:
    """Slow clients that start before all other tests and are closed while those run."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(SlowClients(site.proxy, count=50)) for name, site in sites.items()}


def test_http_2_and_http_1_are_offered(site: Site) -> None:
    for offered, chosen in ((["h2", "http/1.1"], "h2"), (["http/1.1"], "http/1.1")):
        with closing(site.proxy.connect(*offered)) as connection:
            assert connection.selected_alpn_protocol() == chosen


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        (f"GET {PREFIX}/parties HTTP/1.1\r\nHost: {HOST}\r\nX-Long: {'x' * 70_000}\r\n\r\n", {400, 431}),
        (f"GET {PREFIX}/parties?q={'x' * 70_000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n", {414, 431}),
        (f"POST {PREFIX}/parties HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 70000\r\n\r\n{'x' * 70_000}", {405, 413}),
        (f"GET {PREFIX}/parties HTTP/1.1\r\n\r\n", {400}),
        ("nonsense\r\n\r\n", {400}),
    ],
    ids=["header", "URI", "body", "no host", "nonsense"],
)
def test_requests_that_are_too_large_are_refused(site: Site, sent: str, statuses: set[int]) -> None:
    response = b""
    with closing(site.proxy.connect()) as connection, suppress(OSError):  # the proxy may close it while we send
        connection.sendall(sent.encode())
        response = connection.recv(100)
    assert not response or int(response.split()[1]) in statuses
    assert site.client.get(f"{PUBLIC_URL}/parties").status_code == 200


def test_only_slow_clients_are_closed(site: Site, slow_clients: dict[str, SlowClients]) -> None:
    assert site.client.get(f"{PUBLIC_URL}/parties").status_code == 200
    assert not any(b" 200 " in data for data in slow_clients[site.proxy.name].wait_until_closed())
    assert site.client.get(f"{PUBLIC_URL}/parties").status_code == 200
    assert "slow" not in site.log.read_text()
