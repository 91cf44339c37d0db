"""Starvation is measured by requests that begin in time, whether those before them were responded to or not."""

import asyncio
import socket
from collections.abc import Iterator

import pytest

from bench.datasets import Dataset
from bench.measure import probe
from bench.measure.rounds import Plan
from bench.measure.starvation import CACHED, LIVEZ, LOADS, MIXED, RATE, Scenario, load_paths, measure, percentile
from bench.peers.servers import Server, service
from bench.report.tables import starvation_rows
from tests.api.serving import Served
from tests.bench.conftest import SIZE
from tests.packages import need

SECONDS = 0.2


@pytest.fixture(scope="module")
def workers(dataset: Dataset) -> Iterator[Server]:
    """The service with two workers, whose exports are not made, for the load that `wrk` makes."""
    need("wrk")
    with service(dataset, READOUT_CACHE_MIB="1", WEB_CONCURRENCY="2") as own:
        yield own


def test_every_path_of_a_load_is_served(copies: Served, dataset: Dataset) -> None:
    paths = load_paths(dataset)
    assert [*paths] == [*LOADS]
    for load in paths.keys() - {"exports"}:
        for path in paths[load][::20]:
            assert copies.get(path).status_code == 200, path


@pytest.mark.parametrize(("load", "figures"), [("lists", [LIVEZ, CACHED]), (MIXED, [LIVEZ, CACHED, RATE])])
def test_one_run_of_a_load_gives_all_figures(
    workers: Server, dataset: Dataset, monkeypatch: pytest.MonkeyPatch, load: str, figures: list[str]
) -> None:
    runs = []

    def run(self: Scenario) -> dict[str, float]:
        runs.append(self)
        return dict(zip(figures, (7, 8, 9), strict=False))

    monkeypatch.setattr(Scenario, "run", run)
    plan = Plan()
    Scenario(workers, load_paths(dataset), load, 50, 1).add_to(plan, "SQLite, 1 worker", SIZE)
    plan.run(2)
    assert len(runs) == 2
    assert plan.results.values == {
        measure(figure, load, 50, "SQLite, 1 worker", SIZE): [value, value]
        for figure, value in zip(figures, (7, 8, 9), strict=False)
    }
    row = next(row for row in starvation_rows(plan.results, SIZE) if row[:2] == [load, "50"])
    assert row[2:] == [" / ".join("789"[: len(figures)]), "–", "–", "–"]


def test_a_run_measures_a_service_with_workers(workers: Server, dataset: Dataset) -> None:
    figures = Scenario(workers, load_paths(dataset), "items", 4, 1).run()
    assert [*figures] == [LIVEZ, CACHED, RATE]
    assert all(figure > 0 for figure in figures.values())
    assert figures[LIVEZ] < 1000 * probe.TIMEOUT_SECONDS


def test_a_request_that_gets_no_good_response_takes_as_long_as_the_probe_waits(
    workers: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "TIMEOUT_SECONDS", 20)
    found = asyncio.run(probe.probe(workers.address, "/people/nobody", SECONDS))
    assert set(found["path"]) == {20} and len(found["livez"]) == 20


def test_a_request_that_gets_no_response_delays_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "TIMEOUT_SECONDS", 1)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        assert asyncio.run(probe.probe(address, "/", SECONDS)) == {"livez": [1] * 20, "path": [1] * 20}


def test_a_percentile_is_in_milliseconds() -> None:
    assert percentile([0.001] * 200) == pytest.approx(1)
    assert percentile([]) == 1000 * probe.TIMEOUT_SECONDS
