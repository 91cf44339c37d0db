"""The metrics of a real process: what was asked is what they count, and nobody can make more of them."""

import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.db.read_pool import SqliteReadPool
from app.db.sqlite import file_of
from app.settings import Settings
from tests.api.conftest import World
from tests.api.processes import running, until
from tests.api.world import write_congress
from tests.databases import Databases, Kind, kind_of, load_records
from tests.docs.markdown import DOCS, code, sections, tables

pytestmark = pytest.mark.sqlite  # what is counted does not turn on the database

Sample = tuple[str, ...]
Values = dict[Sample, float]

LOOKUPS = "readout_cache_lookups_total"
ONCE = {
    "/people/jane-roe": ("/people/{id}", 200),
    "/people/nobody": ("/people/{id}", 404),
    "/quotes?limit=1": ("/quotes", 200),
    "/quotes?colour=red": ("/quotes", 422),
    "/livez": ("/livez", 200),
    "/nothing": ("none", 404),
    "/people/": ("none", 308),
}


@dataclass(frozen=True)
class Measured:
    """A process that serves, and tells its metrics."""

    address: str
    metrics: str
    database: str

    def text(self) -> str:
        return httpx.get(self.metrics).text

    def values(self) -> Values:
        """All samples, by name and the values of their labels in the order of the labels' names."""
        families = text_string_to_metric_families(self.text())
        samples = (sample for family in families for sample in family.samples)
        return {(each.name, *(each.labels[name] for name in sorted(each.labels))): each.value for each in samples}

    def wait_for(self, condition: Callable[[Values], bool]) -> Values:
        return until(lambda: (condition(values := self.values()) and values) or None) or {}


@pytest.fixture(scope="module")
def measured(world: World, database_kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    with database_kind.databases() as databases, measuring(world, databases, tmp_path_factory.mktemp("measured")) as it:
        yield it


@contextmanager
def measuring(world: World, databases: Databases, folder: Path) -> Iterator[Measured]:
    database, log = databases.copy(world.database), folder / "log"
    with running(database=database, log=log, READOUT_METRICS_PORT="0") as (_, address):
        found = re.search('"metrics":"([^"]+)"', log.read_text())
        assert found
        yield Measured(address, found[1], database)


def test_documented_metrics_are_exactly_the_exported_ones(measured: Measured) -> None:
    httpx.get(f"{measured.address}/quotes")
    measured.wait_for(lambda values: ("readout_http_requests_total", "GET", "/quotes", "200") in values)
    (_, *rows) = tables(sections((DOCS / "operating.md").read_text(), 2)["Metrics"])[0]
    documented = {}
    for names, types, labels, _ in rows:
        kinds = types.split(", ")
        for number, name in enumerate(code(names)):
            documented[name] = kinds[min(number, len(kinds) - 1)], set(code(labels))
    if kind_of(measured.database) == "sqlite":
        documented["readout_database_workers"] = "gauge", set()  # there is no server
    exported = {}
    for family in text_string_to_metric_families(measured.text()):
        name = f"{family.name}_total" if family.type == "counter" else family.name
        exported[name] = family.type, {label for sample in family.samples for label in sample.labels} - {"le"}
        assert family.documentation.endswith(".")
    assert exported == documented


def test_each_request_is_counted_once_under_its_route(measured: Measured) -> None:
    before, expected = measured.values(), Counter[Sample]()
    for address, (route, status) in ONCE.items():
        answer = httpx.get(measured.address + address, headers={"Accept-Encoding": "identity"})
        assert answer.status_code == status
        expected["readout_http_requests_total", "GET", route, str(status)] += 1
        expected["readout_http_response_bytes_total", route] += len(answer.content)
        expected["readout_http_request_duration_seconds_count", route] += 1
        expected["readout_http_request_duration_seconds_bucket", "+Inf", route] += 1
    last = "readout_http_requests_total", "HEAD", "/livez", "200"
    httpx.head(f"{measured.address}/livez")
    now = measured.wait_for(lambda values: values.get(last, 0) > before.get(last, 0))
    expected["readout_http_request_duration_seconds_count", "/livez"] += 1
    expected["readout_http_request_duration_seconds_bucket", "+Inf", "/livez"] += 1
    assert {sample: now[sample] - before.get(sample, 0) for sample in expected} == expected
    for route, _ in ONCE.values():
        assert 0 < now["readout_http_request_duration_seconds_sum", route] < 60


def test_the_cache_and_the_queues_have_gauges(measured: Measured) -> None:
    before = measured.values()
    for _ in range(5):
        httpx.get(f"{measured.address}/parties/uto")
    now = measured.wait_for(lambda values: values["readout_cache_answers",] == before["readout_cache_answers",] + 1)
    found = {result: now[LOOKUPS, result] - before[LOOKUPS, result] for result in ("hit", "miss")}
    assert found == {"hit": 3, "miss": 2}
    assert 0 < now["readout_cache_bytes",] < now["readout_cache_limit_bytes",] == Settings().cache_mib * 2**20
    assert (
        now["readout_readers", "reading"] == SqliteReadPool.read_threads and now["readout_readers_busy", "reading"] == 0
    )


def test_connections_are_counted_while_they_are_open(measured: Measured) -> None:
    url = httpx.URL(measured.address)
    sockets = [socket.create_connection((url.host, url.port or 80)) for _ in range(7)]
    measured.wait_for(lambda values: values["readout_connections",] == 7)
    for each in sockets:
        each.close()
    measured.wait_for(lambda values: values["readout_connections",] == 0)


def test_the_dataset_version_is_a_label(measured: Measured, tmp_path: Path) -> None:
    def served(version: str) -> Callable[[Values], bool]:
        return lambda values: (
            {key: n for key, n in values.items() if key[0] == "readout_dataset_workers"}
            == {("readout_dataset_workers", version): 1}
        )

    measured.wait_for(served(httpx.get(f"{measured.address}/livez").headers["Readout-Dataset"]))
    version = load_records(measured.database, write_congress(tmp_path / "record"), prune=True).version
    assert measured.wait_for(served(version))["readout_watch_age_seconds",] < 60
    file_of(measured.database).unlink()
    measured.wait_for(served("none"))
    measured.wait_for(lambda values: values["readout_watch_age_seconds",] > 1)


def test_no_request_adds_a_label(measured: Measured) -> None:
    for path in ("/nothing", "/people/a"):
        httpx.get(measured.address + path)
        httpx.request("PUT", measured.address + path)
    before = measured.values().keys()
    for number in range(50):
        httpx.get(f"{measured.address}/nothing/{number}")
        httpx.get(f"{measured.address}/people/{number}?x")
    for method in ("DELETE", "PATCH", "TRACE", "MKCOL", "PURGE", "SEARCH"):
        httpx.request(method, f"{measured.address}/people/{method}")
    new = measured.values().keys() - before
    assert new <= {("readout_http_requests_total", "GET", "/people/{id}", "422")}


def test_metrics_are_served_on_their_own_port_only(measured: Measured) -> None:
    assert httpx.get(f"{measured.address}/metrics").status_code == 404
    assert httpx.URL(measured.metrics).port != httpx.URL(measured.address).port
    for path in ("/", "/healthz", "/livez/", "/people"):
        response = httpx.get(httpx.URL(measured.metrics).copy_with(path=path))
        assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")


def test_an_incomplete_scrape_blocks_no_other(measured: Measured) -> None:
    url = httpx.URL(measured.metrics)
    slow = [socket.create_connection((url.host, url.port or 80)) for _ in range(20)]
    for each in slow:
        each.sendall(b"GET /metrics HTTP/1.1\r\n")
    assert "readout_workers" in measured.text()
    for each in slow:
        each.close()
