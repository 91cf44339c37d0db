"""A table is downloaded beside readers, and its memory and their latency are measured meanwhile."""

import pytest

from bench.datasets import Dataset
from bench.measure.rounds import InvalidMeasurement, Plan
from bench.measure.table_download import ALONE, BESIDE, DURATION, MEMORY, TableDownload, measure, table_path
from bench.measure.wrk import Requests
from bench.peers.servers import Server
from tests.api.serving import Served
from tests.bench.conftest import SIZE

FIGURES = (ALONE, BESIDE, DURATION, MEMORY)


@pytest.fixture
def download(peers: dict[str, Server], dataset: Dataset) -> TableDownload:
    return TableDownload(peers["readout"], Requests(["/people"]), table_path(dataset, 20), 1)


def test_a_table_has_the_number_of_rows_or_a_few_more(copies: Served, dataset: Dataset) -> None:
    whole = copies.get("/agreements.ndjson").content.count(b"\n")
    some = copies.get(table_path(dataset, 20).replace(".csv", ".ndjson")).content.count(b"\n")
    assert 20 <= some < whole
    assert table_path(dataset, whole + 1) == "/agreements.csv"


def test_one_run_gives_all_figures(download: TableDownload) -> None:
    figures = download.run()
    assert [*figures] == [*FIGURES]
    assert all(figures[figure] > 0 for figure in (ALONE, BESIDE, DURATION))


def test_a_round_runs_the_download_once(download: TableDownload, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []

    def run(self: TableDownload) -> dict[str, float]:
        runs.append(self)
        return dict.fromkeys(FIGURES, 1)

    monkeypatch.setattr(TableDownload, "run", run)
    plan = Plan()
    for figure in FIGURES:
        plan.add(measure(figure, SIZE), download.figure(figure))
    plan.run(2)
    assert len(runs) == 2
    assert plan.results.values == {measure(figure, SIZE): [1, 1] for figure in FIGURES}


@pytest.mark.parametrize(
    ("path", "reader", "reason"),
    [
        ("/nothing.csv", "/people", "the table was a 404"),
        ("/agreements.csv", "/nothing", "responses to readers were unexpected"),
    ],
)
def test_what_does_not_succeed_is_not_measured(download: TableDownload, path: str, reader: str, reason: str) -> None:
    with pytest.raises(InvalidMeasurement, match=reason):
        TableDownload(download.server, Requests([reader]), path, 1).run()
