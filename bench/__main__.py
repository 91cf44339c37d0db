"""`make bench`, or `python -m bench`: measure, print which goals are met, and write docs/performance.md."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bench.datasets import Dataset, dataset
from bench.measure import index_query, startup
from bench.measure.comparison import Comparison
from bench.measure.loading import LoadingSpeed
from bench.measure.rounds import Plan
from bench.measure.starvation import plan_starvation
from bench.measure.sweep import SEED, add_sweep
from bench.measure.table_download import plan_table
from bench.measure.wrk import ensure_wrk
from bench.peers.servers import DATASETTE_PYTHON, LOAD_CORE, SERVER_CORES, Server, allow_many_connections
from bench.peers.workloads import WORKLOADS
from bench.report.goals import all_measured
from bench.report.page import print_tables, write_page
from bench.results import Measure

SIZES = (1_000, 100_000, 1_000_000)
COMPARED = 100_000
ROUNDS = 5
SECONDS = 2
PARTS = {*WORKLOADS, "not modified", "connections", "start", "storing", "starvation", "sweep", "tables"}

commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@commands.command()
def main(
    sizes: Annotated[str, typer.Option(help="Numbers of meetings, separated by commas.")] = ",".join(map(str, SIZES)),
    rounds: Annotated[int, typer.Option(min=1, help="Number of rounds; each measures everything once.")] = ROUNDS,
    seconds: Annotated[int, typer.Option(min=1, help="Seconds that each run of wrk takes.")] = SECONDS,
    only: Annotated[
        str, typer.Option(help=f"Measure only these, separated by commas: {', '.join(sorted(PARTS))}.")
    ] = "",
    seed: Annotated[int, typer.Option(help="Chooses the lists that the sweep measures.")] = SEED,
) -> None:
    """Measure Readout and its peers; a complete run writes docs/performance.md."""
    unknown = set(filter(None, only.split(","))) - PARTS
    if unknown:
        raise typer.BadParameter(f"--only {','.join(sorted(unknown))} is unknown: use {', '.join(sorted(PARTS))}.")
    datasets = [dataset(size) for size in sorted({int(size) for size in sizes.split(",")})]
    plan = Plan(frozenset(only.split(",")) if only else frozenset())
    compared = next((one for one in datasets if one.size == COMPARED), datasets[-1])
    if plan.only != {"sweep"}:  # the sweep needs no servers, and none of their tools
        _prepare()
        _run_rounds(plan, datasets, compared, rounds, seconds)
    if plan.includes("sweep"):
        for one in datasets:
            add_sweep(plan.results, one, seed)
    sizes_made = tuple(one.size for one in datasets)
    print_tables(plan.results, list(sizes_made), compared.size)
    if sizes_made == SIZES and rounds >= ROUNDS and all_measured(plan.results, list(sizes_made), compared.size):
        write_page(plan.results, datasets, compared, rounds, seconds)


def _prepare() -> None:
    """Check that all tools are installed, and leave the servers' core to the servers."""
    if LOAD_CORE in SERVER_CORES:
        sys.exit("bench: this machine has one core: the servers and the load need one each.")
    if not DATASETTE_PYTHON.exists():
        sys.exit("bench: Datasette is not installed: run `make bench`, which installs it.")
    ensure_wrk()
    allow_many_connections()
    os.sched_setaffinity(0, {LOAD_CORE})


def _run_rounds(plan: Plan, datasets: list[Dataset], compared: Dataset, rounds: int, seconds: int) -> None:
    """Start the servers, and measure everything but the sweep in rounds."""
    with ExitStack() as stack:
        servers = _plan(plan, stack, datasets, compared, seconds)
        plan.run(rounds)
        for one, server in servers.items():
            plan.results.values[Measure("memory", "readout", one.size)].append(server.private_bytes() / 1e6)


def _plan(
    plan: Plan, stack: ExitStack, datasets: list[Dataset], compared: Dataset, seconds: int
) -> dict[Dataset, Server]:
    """Start the servers and plan the measurements; Readout's servers without a cache, by dataset."""
    comparisons = {one: Comparison(plan, stack, one, seconds) for one in datasets}
    servers = {one: comparisons[one].plan_growth() for one in datasets}
    comparisons[compared].plan_comparison(servers[compared])
    if plan.includes("search"):
        plan.add(Measure("search", "index", compared.size), lambda: index_query.query(compared))
    if plan.includes("start"):
        plan.add(Measure("start", "readout", compared.size), lambda: lambda: startup.readout(compared))
        plan.add(Measure("start", "textbook", compared.size), lambda: lambda: startup.textbook(compared))
    if plan.includes("starvation"):
        plan_starvation(plan, stack, datasets[0], seconds)
    if plan.includes("tables"):
        plan_table(plan, stack, compared, seconds)
    if plan.includes("storing"):
        loading = LoadingSpeed(Path(stack.enter_context(TemporaryDirectory())))
        plan.add(Measure("rows stored", "seed", compared.size), lambda: loading.by_loader)
        plan.add(Measure("rows stored", "executemany", compared.size), lambda: loading.by_executemany)
    return servers


if __name__ == "__main__":
    commands()
