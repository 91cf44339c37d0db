"""A small database of the benchmark, served by the tests' server and by the peers' processes."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bench.datasets import Dataset, index, make
from bench.peers.servers import Server, serving
from tests.api.serving import Served
from tests.api.serving import serving as serving_here
from tests.packages import need

SIZE, WHOLE = 61, 5


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """A database where one meeting in five has its whole record: the original and twelve copies."""
    made = Dataset(tmp_path_factory.mktemp("bench") / "small.db", SIZE, WHOLE)
    make(made)
    index(made)
    return made


@pytest.fixture(scope="session")
def copies(dataset: Dataset) -> Iterator[Served]:
    with serving_here(f"sqlite:///{dataset.path}", search=dataset.search) as served:
        yield served


@pytest.fixture(scope="session")
def peers(dataset: Dataset) -> Iterator[dict[str, Server]]:
    """The server process of each peer that is installed in this environment, for the load that `wrk` makes."""
    need("wrk")
    with ExitStack() as stack:
        yield {name: stack.enter_context(serving(name, dataset)) for name in ("raw", "textbook", "readout")}
