"""The plan of `make bench`: which peer is measured with which workload, at which size."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from bench.datasets import Dataset
from bench.measure.concurrency import plan_connections
from bench.measure.request_cost import cost
from bench.measure.rounds import Measurement, Plan
from bench.measure.wrk import Requests
from bench.peers.equivalence import check_facts, check_headers, check_rows, get
from bench.peers.servers import Server, serving
from bench.peers.workloads import Workload, workloads
from bench.results import Measure


@dataclass(frozen=True, slots=True)
class Comparison:
    """Servers over one dataset and the plan of their measurements; the servers stop when the stack is closed."""

    plan: Plan
    stack: ExitStack
    dataset: Dataset
    seconds: int

    def serve(self, peer: str, **settings: str) -> Server:
        return self.stack.enter_context(serving(peer, self.dataset, **settings))

    def plan_growth(self) -> Server:
        """Plan what is measured at every size: Readout without its cache, which is returned, and textbook."""
        readout, textbook = self.serve("readout", READOUT_CACHE_MIB="0"), self.serve("textbook")
        for workload in self.workloads():
            self._plan_cost(workload.name, "readout", readout, Requests(workload.readout))
            if workload.textbook:
                measure = Measure(workload.name, "textbook", self.dataset.size)
                self.plan.add(measure, partial(self._textbook, workload, readout, textbook))
        return readout

    def plan_comparison(self, readout: Server) -> None:
        """Plan what is measured at one size only: the other peers, and Readout's cache."""
        cached, raw, datasette = (self.serve(peer) for peer in ("readout", "raw", "datasette"))
        for workload in self.workloads():
            measure = Measure(workload.name, "cached", self.dataset.size)
            self.plan.add(measure, partial(self._cached, workload, cached))
            if workload.name in ("item", "list"):
                size = len(get(readout, workload.readout[0]).content)
                self._plan_cost(workload.name, "raw", raw, Requests([f"/{size}"]))
            measure = Measure(workload.name, "datasette", self.dataset.size)
            self.plan.add(measure, partial(self._datasette, workload, readout, datasette))
        (item,) = (workload for workload in workloads(self.dataset) if workload.name == "item")
        if self.plan.includes("not modified"):
            self._plan_not_modified(cached, raw, item.readout[0])
        if self.plan.includes("connections"):
            plan_connections(self.plan, "readout", self.dataset.size, readout, Requests(item.readout))
            plan_connections(self.plan, "cached", self.dataset.size, cached, Requests(item.readout))

    def workloads(self) -> list[Workload]:
        return [workload for workload in workloads(self.dataset) if self.plan.includes(workload.name)]

    def _plan_cost(self, name: str, peer: str, server: Server, requests: Requests) -> None:
        self.plan.add(Measure(name, peer, self.dataset.size), cost(server, requests, self.seconds))

    def _plan_not_modified(self, cached: Server, raw: Server, path: str) -> None:
        etag = get(cached, path).headers.get("ETag")
        measure = Measure("not modified", "cached", self.dataset.size)
        if etag is None:
            self.plan.results.missing[measure] = "sends no ETag"
        else:
            self._plan_cost(measure.name, measure.peer, cached, Requests([path], etag))
        self._plan_cost(measure.name, "raw", raw, Requests(["/0"], '"x"'))

    def _textbook(self, workload: Workload, readout: Server, textbook: Server) -> Measurement:
        check_facts(workload, readout, textbook)
        return cost(textbook, Requests(workload.textbook), self.seconds)()

    def _cached(self, workload: Workload, cached: Server) -> Measurement:
        check_headers(workload, cached)
        return cost(cached, Requests(workload.readout), self.seconds)()

    def _datasette(self, workload: Workload, readout: Server, datasette: Server) -> Measurement:
        check_rows(workload, readout, datasette)
        return cost(datasette, Requests(workload.datasette), self.seconds)()
