"""The bound on the work of one record's proof, so that no record, however it is made, keeps a command busy for minutes.

The work is counted in characters that are searched, not in seconds: a record is proved on every machine, or on none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

MAXIMUM_SEARCHED = 400_000_000
"""The most characters that the proof of a record searches: at worst 1.4 seconds of work, mostly a tenth of that."""

MAXIMUM_COMPARED = 500_000_000
"""The most comparisons for the nearest words of a record's faults: at worst 0.7 seconds of work."""

_SEARCH = 100
"""The cost of a search before its first character, in characters."""


@dataclass(slots=True)
class _Work:
    searched: int = 0
    compared: int = 0


_work: ContextVar[_Work | None] = ContextVar("work", default=None)


class TooMuchWork(Exception):
    """The proof of a record would search more characters than it may."""


@contextmanager
def bounded_work() -> Iterator[None]:
    """Bound the work inside of it: `search` raises TooMuchWork, `may_compare` is false."""
    token = _work.set(_Work())
    try:
        yield
    finally:
        _work.reset(token)


def search(characters: int) -> None:
    """Count a search of some characters. Raises TooMuchWork."""
    work = _work.get()
    if work is not None:
        work.searched += characters + _SEARCH
        if work.searched > MAXIMUM_SEARCHED:
            raise TooMuchWork


def may_compare(comparisons: int) -> bool:
    """Count some comparisons, unless they would be too many."""
    work = _work.get() or _Work()
    if work.compared + comparisons > MAXIMUM_COMPARED:
        return False
    work.compared += comparisons
    return True
