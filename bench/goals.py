"""How fast Readout is to be, and whether it is."""

from dataclasses import dataclass

from bench.figures import Figures, Key, Spread


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure, or one over another, that is to be at most or at least as much as a bound."""

    text: str
    least: bool
    bound: float
    top: Key
    bottom: Key | None = None
    unit: str = ""

    def figure(self, figures: Figures) -> Spread | None:
        return figures.ratio(self.top, self.bottom) if self.bottom else figures.spread(self.top)

    def met(self, figures: Figures) -> bool:
        figure = self.figure(figures)
        return figure is not None and (figure.median >= self.bound if self.least else figure.median <= self.bound)

    @property
    def wanted(self) -> str:
        return f"{'≥' if self.least else '≤'} {self.bound:g}{self.unit}"


def goals(sizes: list[int], compared: int) -> list[Goal]:
    """All goals, where the peers are compared at one of the sizes."""
    small, large = sizes[0], sizes[-1]
    growth = f"at {large:,} over {small:,} meetings"

    def ratio(text: str, least: bool, bound: float, what: str, top: str, bottom: str) -> Goal:
        return Goal(text, least, bound, Key(what, top, compared), Key(what, bottom, compared))

    def growing(text: str, bound: float, what: str) -> Goal:
        return Goal(f"{text}, {growth}", False, bound, Key(what, "readout", large), Key(what, "readout", small))

    grown = [growing("A page from 90% on", 1.2, "deep"), growing("An item", 1.4, "item")]
    grown.append(growing("A first page with its total", 1.4, "list"))
    return [
        ratio("An answer from the cache, of raw's 200", True, 0.7, "item", "raw", "cached"),
        ratio("A 304, of raw's 304", True, 0.7, "not modified", "raw", "cached"),
        ratio("An item not in the cache, times textbook", True, 15, "item", "textbook", "readout"),
        ratio("A filtered list not in the cache, times textbook", True, 6, "filtered", "textbook", "readout"),
        ratio("A page from 90% on, times textbook", True, 80, "deep", "textbook", "readout"),
        *(grown if large > small else ()),
        ratio("A search, over the bare statement", False, 1.5, "search", "readout", "statement"),
        *(goal for who in ("readout", "cached") for goal in _connections(who, compared)),
        ratio(
            "Rows stored a CPU second, proof apart, of raw `executemany`",
            True,
            0.3,
            "rows stored",
            "seed",
            "executemany",
        ),
        ratio("Start to the first 200, over textbook's", False, 2, "start", "readout", "textbook"),
        Goal("Private memory besides the cache", False, 140, Key("memory", "readout", large), unit=" MB"),
    ]


def all_told(figures: Figures, sizes: list[int], compared: int) -> bool:
    """Whether there is a figure for every goal."""
    return all(goal.figure(figures) for goal in goals(sizes, compared))


def _connections(who: str, size: int) -> tuple[Goal, Goal]:
    cache = "cache off" if who == "readout" else "from the cache"
    many, few = Key("rate of 1,000 connections", who, size), Key("rate of 64 connections", who, size)
    return (
        Goal(f"1,000 connections, {cache}: errors", False, 0, Key("errors of 1,000 connections", who, size)),
        Goal(f"1,000 connections, {cache}: rate over that of 64", True, 0.8, many, few),
    )
