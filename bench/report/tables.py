"""The results as tables: rows of text, the heading first."""

from app.enums import LISTS
from bench.measure.starvation import CACHED, CONNECTIONS, LIVEZ, LOADS, MIXED, RATE, WORKERS, measure, server_name
from bench.measure.sweep import FIGURES
from bench.peers.workloads import WORKLOADS
from bench.report.goals import goals
from bench.results import Measure, Results, Spread

Rows = list[list[str]]

_MEASURES = [*WORKLOADS, "not modified"]
PEERS = {
    "raw": "raw",
    "textbook": "textbook",
    "datasette": "Datasette",
    "readout": "Readout, cache off",
    "cached": "Readout, from its cache",
}
_NONE = "–"


def goal_rows(results: Results, sizes: list[int], compared: int) -> Rows:
    """Each goal with its result, and whether it is met."""
    rows = [["measure", "goal", "median", "least to most", "met"]]
    for goal in goals(sizes, compared):
        figure = goal.figure(results)
        met = "not measured" if figure is None else "yes" if goal.met(results) else "no"
        rows.append([goal.text, goal.wanted, _median(figure), _range(figure), met])
    return rows


def cost_rows(results: Results, size: int) -> Rows:
    """The CPU time of a request in microseconds, by workload and peer."""
    rows = [["", *PEERS.values()]]
    for name in _MEASURES:
        spreads = [results.spread(Measure(name, peer, size)) for peer in PEERS]
        if any(spreads):
            rows.append([name, *(f"{_median(spread)} ({_range(spread)})" if spread else _NONE for spread in spreads)])
    return rows


def ratio_rows(results: Results, size: int) -> Rows:
    """The cost of each peer over that of Readout with its cache off, by workload."""
    others = {peer: name for peer, name in PEERS.items() if peer != "readout"}
    rows = [["", *others.values()]]
    for name in _MEASURES:
        readout = Measure(name, "readout", size)
        ratios = [results.ratio(Measure(name, peer, size), readout) for peer in others]
        if any(ratios):
            rows.append([name, *map(_median, ratios)])
    return rows


def growth_rows(results: Results, sizes: list[int]) -> Rows:
    """The CPU time of a request in microseconds at each size, and the ratio of the last to the first."""
    rows = [["", "", *(f"{size:,} meetings" for size in sizes), "last over first"]]
    for name in WORKLOADS:
        for peer in ("readout", "textbook"):
            keys = [Measure(name, peer, size) for size in sizes]
            spreads = [results.spread(key) for key in keys]
            if any(spreads):
                rows.append([name, PEERS[peer], *map(_median, spreads), _median(results.ratio(keys[-1], keys[0]))])
    return rows


def other_rows(results: Results, sizes: list[int], compared: int) -> Rows:
    """All other results."""
    measures = {
        "Responses per second, 64 connections": ("rate of 64 connections", ("readout", "cached")),
        "Responses per second, 1,000 connections": ("rate of 1,000 connections", ("readout", "cached")),
        "Rows stored per CPU second, without the proof": ("rows stored", ("seed", "executemany")),
        "Seconds from start to the first 200": ("start", ("readout", "textbook")),
        "A search in the index alone, microseconds": ("search", ("index",)),
    }
    rows = [["", "of", "median", "least to most"]]
    for text, (name, peers) in measures.items():
        for peer in peers:
            if spread := results.spread(Measure(name, peer, compared)):
                rows.append([text, PEERS.get(peer, peer), _median(spread), _range(spread)])
    for size in sizes:
        if spread := results.spread(Measure("memory", "readout", size)):
            rows.append([f"Private memory at {size:,} meetings, MB", PEERS["readout"], _median(spread), ""])
    return rows


def sweep_rows(results: Results, sizes: list[int]) -> Rows:
    """The milliseconds within which the keys and the count of a page were found, for parts of all pages."""
    rows = [["milliseconds", *FIGURES]]
    for size in sizes:
        spreads = [results.spread(Measure(f"sweep {name}", "readout", size)) for name in FIGURES]
        rows.append([f"{size:,} meetings", *map(_median, spreads)])
    return rows


def slowest_rows(results: Results) -> Rows:
    """The slowest pages of the sweep."""
    rows = [["meetings", "milliseconds", "page"]]
    for size, pages in results.slowest.items():
        rows += [[f"{size:,}", _number(milliseconds), f"`{page}`"] for milliseconds, page in pages]
    return rows


def items_rows(results: Results, size: int) -> Rows:
    """The milliseconds to read and serialise the 20 items of a page of each list."""
    spreads = {name: results.spread(Measure(f"items of {name}", "readout", size)) for name in LISTS.values()}
    return [[*spreads], [*map(_median, spreads.values())]]


def starvation_rows(results: Results, size: int) -> Rows:
    """For each load and number of connections, the figures of each server: both latencies and the rate of items."""
    servers = [server_name(database, workers) for database in ("SQLite", "PostgreSQL") for workers in WORKERS]
    rows = [["load", "connections", *servers]]
    for load in (*LOADS, MIXED):
        for connections in CONNECTIONS:
            row = [load, f"{connections:,}"]
            for server in servers:
                found = (
                    results.spread(measure(name, load, connections, server, size)) for name in (LIVEZ, CACHED, RATE)
                )
                row.append(" / ".join(_median(spread) for spread in found if spread) or _NONE)
            rows.append(row)
    return rows


def _median(spread: Spread | None) -> str:
    return _number(spread.median) if spread else _NONE


def _range(spread: Spread | None) -> str:
    return f"{_number(spread.least)} to {_number(spread.most)}" if spread else ""


def _number(value: float) -> str:
    """A number with its significant digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
