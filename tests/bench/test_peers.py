"""All peers return the same data, and a wrong response is found before it is measured."""

import httpx
import pytest

from bench.datasets import Dataset
from bench.measure.request_cost import cost
from bench.measure.rounds import InvalidMeasurement, Plan
from bench.measure.wrk import Requests
from bench.peers.equivalence import check_facts, check_headers
from bench.peers.servers import Server
from bench.peers.workloads import Workload, workloads
from bench.results import Measure
from tests.bench.conftest import SIZE


def test_textbook_returns_the_same_facts(dataset: Dataset, peers: dict[str, Server]) -> None:
    asked = [workload for workload in workloads(dataset) if workload.textbook]
    assert [workload.name for workload in asked] == ["item", "list", "filtered", "deep", "meetings"]
    for workload in asked:
        for path, other in zip(workload.readout, workload.textbook, strict=True):
            check_facts(Workload(workload.name, [path], [other], []), peers["readout"], peers["textbook"])


def test_different_facts_are_not_measured(peers: dict[str, Server]) -> None:
    other = Workload("item", ["/delegates/m-0000001.mike-waltz"], ["/delegates/m-0000002.mike-waltz"], [])
    with pytest.raises(InvalidMeasurement, match="returns other data than Readout's"):
        check_facts(other, peers["readout"], peers["textbook"])


def test_deep_pages_are_the_last_tenth(dataset: Dataset, peers: dict[str, Server]) -> None:
    (deep,) = (workload for workload in workloads(dataset) if workload.name == "deep")
    ids = [item["id"] for item in httpx.get(f"{peers['readout'].address}{deep.readout[0]}").json()["items"]]
    assert ids == sorted(ids)
    assert "m-0000054" < ids[0] < "m-0000056"


def test_fields_are_those_of_the_newest_meetings(dataset: Dataset, peers: dict[str, Server]) -> None:
    paths = {workload.name: workload.readout for workload in workloads(dataset)}
    some, whole = (httpx.get(f"{peers['readout'].address}{paths[name][0]}").json() for name in ("fields", "meetings"))
    assert [[*item] for item in some["items"]] == [["id", "url", "title"]] * 20
    assert [item["id"] for item in some["items"]] == [item["id"] for item in whole["items"]]


def test_raw_sends_the_requested_size_or_304(peers: dict[str, Server]) -> None:
    address = peers["raw"].address
    assert len(httpx.get(f"{address}/1234").content) == 1234
    assert httpx.get(f"{address}/1234", headers={"If-None-Match": '"x"'}).status_code == 304


def test_an_unexpected_status_is_reported_and_not_measured(peers: dict[str, Server]) -> None:
    plan, key = Plan(), Measure("item", "readout", SIZE)
    plan.add(key, cost(peers["readout"], Requests(["/delegates/nobody"]), seconds=1))
    assert (plan.measurements, plan.results.missing) == ({}, {key: "responds with status 404"})


def test_a_response_without_the_headers_is_not_measured(peers: dict[str, Server]) -> None:
    with pytest.raises(InvalidMeasurement, match=r"lacks .*ETag"):
        check_headers(Workload("item", ["/10"], [], []), peers["raw"])


def test_cpu_time_and_memory_of_a_server(peers: dict[str, Server]) -> None:
    server = peers["readout"]
    before = server.settled_cpu_seconds()
    for _ in range(20):
        httpx.get(f"{server.address}/delegates?limit=100")
    assert server.settled_cpu_seconds() > before
    assert 10e6 < server.private_bytes() < 1e9
