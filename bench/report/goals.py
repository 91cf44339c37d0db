"""Performance goals, and whether the results meet them."""

from dataclasses import dataclass

from bench.measure.starvation import CACHED, LIVEZ, LOADS, MIXED, RATE, measure, server_name
from bench.measure.table_download import ALONE, BESIDE, DURATION, MEMORY, ROWS
from bench.measure.table_download import measure as of_table
from bench.results import Measure, Results, Spread


@dataclass(frozen=True, slots=True)
class Goal:
    """An upper or a lower bound of a measure, or of the ratio of two."""

    text: str
    is_lower: bool
    bound: float
    top: Measure
    bottom: Measure | None = None
    unit: str = ""

    def figure(self, results: Results) -> Spread | None:
        return results.ratio(self.top, self.bottom) if self.bottom else results.spread(self.top)

    def met(self, results: Results) -> bool:
        figure = self.figure(results)
        return figure is not None and (figure.median >= self.bound if self.is_lower else figure.median <= self.bound)

    @property
    def wanted(self) -> str:
        return f"{'≥' if self.is_lower else '≤'} {self.bound:g}{self.unit}"


def goals(sizes: list[int], compared: int) -> list[Goal]:
    """All goals; `compared` is the size at which the peers are compared."""
    small, large = sizes[0], sizes[-1]
    growth = f"at {large:,} over {small:,} meetings"

    def ratio(text: str, is_lower: bool, bound: float, name: str, top: str, bottom: str) -> Goal:
        return Goal(text, is_lower, bound, Measure(name, top, compared), Measure(name, bottom, compared))

    def growing(text: str, bound: float, name: str) -> Goal:
        return Goal(f"{text}, {growth}", False, bound, Measure(name, "readout", large), Measure(name, "readout", small))

    grown = [growing("A page at 90% of the list", 1.2, "deep"), growing("An item", 1.4, "item")]
    grown.append(growing("A first page with its total", 1.4, "list"))
    return [
        ratio("A response from the cache, of raw's 200", True, 0.7, "item", "raw", "cached"),
        ratio("A 304, of raw's 304", True, 0.7, "not modified", "raw", "cached"),
        ratio("An item not in the cache, times textbook", True, 15, "item", "textbook", "readout"),
        ratio("A filtered list not in the cache, times textbook", True, 6, "filtered", "textbook", "readout"),
        ratio("A page at 90% of the list, times textbook", True, 80, "deep", "textbook", "readout"),
        *(grown if large > small else ()),
        Goal(
            "20 meetings with `fields=id,title`, over all fields",
            False,
            0.15,
            Measure("fields", "readout", compared),
            Measure("meetings", "readout", compared),
        ),
        ratio("A search, over the search in the index alone", False, 1.5, "search", "readout", "index"),
        *(goal for peer in ("readout", "cached") for goal in _connections(peer, compared)),
        ratio(
            "Rows stored per CPU second without the proof, of plain `executemany`",
            True,
            0.3,
            "rows stored",
            "seed",
            "executemany",
        ),
        ratio("Start to the first 200, over textbook's", False, 2, "start", "readout", "textbook"),
        *(goal for size in sizes if size >= compared for goal in _sweep(size)),
        *_starvation(small),
        *_tables(compared),
        Goal("Private memory without the cache", False, 140, Measure("memory", "readout", large), unit=" MB"),
    ]


def all_measured(results: Results, sizes: list[int], compared: int) -> bool:
    """Whether every goal was measured."""
    return all(goal.figure(results) for goal in goals(sizes, compared))


def _connections(peer: str, size: int) -> tuple[Goal, Goal]:
    cache = "cache off" if peer == "readout" else "from the cache"
    many, few = Measure("rate of 1,000 connections", peer, size), Measure("rate of 64 connections", peer, size)
    return (
        Goal(f"1,000 connections, {cache}: errors", False, 0, Measure("errors of 1,000 connections", peer, size)),
        Goal(f"1,000 connections, {cache}: rate over that of 64", True, 0.8, many, few),
    )


def _sweep(size: int) -> tuple[Goal, Goal]:
    """The keys and the count of a page are found fast for every filter with every sort."""
    text = f"Keys and count of a page within, for {{}} filters and sorts, at {size:,} meetings"
    return (
        Goal(text.format("95% of the"), False, 5, Measure("sweep 95%", "readout", size), unit=" ms"),
        Goal(text.format("all"), False, 30, Measure("sweep all", "readout", size), unit=" ms"),
    )


def _starvation(size: int) -> list[Goal]:
    """Small requests are served in time whatever else is requested, and items as well as their share of clients."""
    server = server_name("SQLite", 1)

    def latency(figure: str, connections: int, milliseconds: int) -> Goal:
        text = f"{figure} within, in 99 of 100 cases, with {connections:,} connections of all loads"
        return Goal(text, False, milliseconds, measure(figure, MIXED, connections, server, size), unit=" ms")

    mixed, alone = (measure(RATE, load, 200, server, size) for load in (MIXED, "items"))
    return [
        *(latency(figure, *bound) for figure in (LIVEZ, CACHED) for bound in ((200, 50), (2_000, 500))),
        Goal("Items a second among all loads, of those alone", True, round(0.8 / len(LOADS), 2), mixed, alone),
    ]


def _tables(size: int) -> list[Goal]:
    """A long table takes little from other requests, and is complete long before it would be cut off."""
    table = f"A CSV file of {ROWS:,} agreements beside 64 readers"
    alone, beside, duration, memory = (of_table(figure, size) for figure in (ALONE, BESIDE, DURATION, MEMORY))
    return [
        Goal(f"{table}: 99th percentile of their latency, over that without it", False, 2, beside, alone),
        Goal(f"{table}: the time that it takes", False, 45, duration, unit=" s"),
        Goal(f"{table}: memory that it adds", False, 40, memory, unit=" MB"),
    ]
