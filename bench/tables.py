"""The figures as tables: rows of text, the heading first."""

from bench.figures import Figures, Key, Spread
from bench.goals import goals
from bench.questions import QUESTIONS

Rows = list[list[str]]

ASKED = [*QUESTIONS, "not modified"]
WHO = {
    "raw": "raw",
    "textbook": "textbook",
    "datasette": "Datasette",
    "readout": "Readout, cache off",
    "cached": "Readout, from its cache",
}
_NONE = "–"


def goal_rows(figures: Figures, sizes: list[int], compared: int) -> Rows:
    """Each goal with its figure, and whether it is met."""
    rows = [["measure", "goal", "median", "least to most", "met"]]
    for goal in goals(sizes, compared):
        figure = goal.figure(figures)
        met = "not measured" if figure is None else "yes" if goal.met(figures) else "no"
        rows.append([goal.text, goal.wanted, _median(figure), _range(figure), met])
    return rows


def cost_rows(figures: Figures, size: int) -> Rows:
    """The CPU time of a request in microseconds, by question and peer."""
    rows = [["", *WHO.values()]]
    for what in ASKED:
        spreads = [figures.spread(Key(what, who, size)) for who in WHO]
        if any(spreads):
            rows.append([what, *(f"{_median(spread)} ({_range(spread)})" if spread else _NONE for spread in spreads)])
    return rows


def ratio_rows(figures: Figures, size: int) -> Rows:
    """How many times what Readout costs with its cache off each peer costs, by question."""
    others = {who: name for who, name in WHO.items() if who != "readout"}
    rows = [["", *others.values()]]
    for what in ASKED:
        readout = Key(what, "readout", size)
        ratios = [figures.ratio(Key(what, who, size), readout) for who in others]
        if any(ratios):
            rows.append([what, *map(_median, ratios)])
    return rows


def growth_rows(figures: Figures, sizes: list[int]) -> Rows:
    """The CPU time of a request in microseconds at each size, and the last over the first."""
    rows = [["", "", *(f"{size:,} meetings" for size in sizes), "last over first"]]
    for what in QUESTIONS:
        for who in ("readout", "textbook"):
            keys = [Key(what, who, size) for size in sizes]
            spreads = [figures.spread(key) for key in keys]
            if any(spreads):
                rows.append([what, WHO[who], *map(_median, spreads), _median(figures.ratio(keys[-1], keys[0]))])
    return rows


def other_rows(figures: Figures, sizes: list[int], compared: int) -> Rows:
    """All else that was measured."""
    told = {
        "Answers a second to 64 connections": ("rate of 64 connections", ("readout", "cached")),
        "Answers a second to 1,000 connections": ("rate of 1,000 connections", ("readout", "cached")),
        "Rows stored a CPU second, proof apart": ("rows stored", ("seed", "executemany")),
        "Seconds from start to the first 200": ("start", ("readout", "textbook")),
        "The bare full-text statement, microseconds": ("search", ("statement",)),
    }
    rows = [["", "of", "median", "least to most"]]
    for text, (what, by) in told.items():
        for who in by:
            if spread := figures.spread(Key(what, who, compared)):
                rows.append([text, WHO.get(who, who), _median(spread), _range(spread)])
    for size in sizes:
        if spread := figures.spread(Key("memory", "readout", size)):
            rows.append([f"Private memory at {size:,} meetings, MB", WHO["readout"], _median(spread), ""])
    return rows


def _median(spread: Spread | None) -> str:
    return _number(spread.median) if spread else _NONE


def _range(spread: Spread | None) -> str:
    return f"{_number(spread.least)} to {_number(spread.most)}" if spread else ""


def _number(value: float) -> str:
    """A figure with as many digits as mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
