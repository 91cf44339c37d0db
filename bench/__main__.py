"""`make bench`, or `python -m bench`: measure, tell which goals are met, and write docs/performance.md."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bench import searching, starting
from bench.datasets import Dataset, dataset
from bench.figures import Key
from bench.goals import all_told
from bench.page import print_tables, write_page
from bench.peers import Peers
from bench.questions import QUESTIONS
from bench.rounds import Plan
from bench.servers import DATASETTE_PYTHON, LOAD_CORE, SERVER_CORE, Server, allow_many_connections
from bench.storing import Storing
from bench.wrk import make_sure_of_wrk

SIZES = (1_000, 100_000, 1_000_000)
COMPARED = 100_000
ROUNDS = 5
SECONDS = 2
PARTS = {*QUESTIONS, "not modified", "connections", "start", "storing"}

commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@commands.command()
def main(
    sizes: Annotated[str, typer.Option(help="How many meetings, comma between them.")] = ",".join(map(str, SIZES)),
    rounds: Annotated[int, typer.Option(min=1, help="How often each thing is measured.")] = ROUNDS,
    seconds: Annotated[int, typer.Option(min=1, help="How long each run of wrk takes.")] = SECONDS,
    only: Annotated[str, typer.Option(help=f"Only some of: {', '.join(sorted(PARTS))}.")] = "",
) -> None:
    """Measure Readout and its peers; a complete run writes docs/performance.md."""
    unknown = set(filter(None, only.split(","))) - PARTS
    if unknown:
        raise typer.BadParameter(f"--only knows no {', '.join(sorted(unknown))}, but {', '.join(sorted(PARTS))}.")
    _prepare()
    datasets = [dataset(size) for size in sorted({int(size) for size in sizes.split(",")})]
    plan = Plan(frozenset(only.split(",")) if only else frozenset())
    compared = next((one for one in datasets if one.size == COMPARED), datasets[-1])
    with ExitStack() as stack:
        servers = _plan(plan, stack, datasets, compared, seconds)
        plan.run(rounds)
        for one, server in servers.items():
            plan.figures.values[Key("memory", "readout", one.size)].append(server.private_bytes() / 1e6)
    sizes_made = tuple(one.size for one in datasets)
    print_tables(plan.figures, list(sizes_made), compared.size)
    if sizes_made == SIZES and rounds >= ROUNDS and all_told(plan.figures, list(sizes_made), compared.size):
        write_page(plan.figures, datasets, compared, rounds, seconds)


def _prepare() -> None:
    """Make sure that there is what measuring takes, and keep off the servers' core."""
    if SERVER_CORE == LOAD_CORE:
        sys.exit("bench: one core is too few: the servers take one, and the load another.")
    if not DATASETTE_PYTHON.exists():
        sys.exit("bench: Datasette is not installed: run `make bench`, which does that first.")
    make_sure_of_wrk()
    allow_many_connections()
    os.sched_setaffinity(0, {LOAD_CORE})


def _plan(
    plan: Plan, stack: ExitStack, datasets: list[Dataset], compared: Dataset, seconds: int
) -> dict[Dataset, Server]:
    """Start the servers, and plan what to ask them; Readout's, without its cache, by dataset."""
    peers = {one: Peers(plan, stack, one, seconds) for one in datasets}
    servers = {one: peers[one].grow() for one in datasets}
    peers[compared].compare(servers[compared])
    if plan.wants("search"):
        plan.add(Key("search", "statement", compared.size), lambda: searching.statement(compared))
    if plan.wants("start"):
        plan.add(Key("start", "readout", compared.size), lambda: lambda: starting.readout(compared))
        plan.add(Key("start", "textbook", compared.size), lambda: lambda: starting.textbook(compared))
    if plan.wants("storing"):
        storing = Storing(Path(stack.enter_context(TemporaryDirectory())))
        plan.add(Key("rows stored", "seed", compared.size), lambda: storing.by_loader)
        plan.add(Key("rows stored", "executemany", compared.size), lambda: storing.by_executemany)
    return servers


if __name__ == "__main__":
    commands()
