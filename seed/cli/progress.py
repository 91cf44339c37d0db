"""How far a long work is, as a bar on standard error; where that is no terminal, nothing is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from seed.cli.terminal import stderr

_PATIENCE = 0.5
"""Seconds that a work may take before a bar is shown: one that is gone at once only flickers."""


class NullProgress:
    """A work that tells nothing."""

    def __call__(self, done: int) -> None:
        """Note that some more steps are done."""

    def expect(self, steps: int) -> None:
        """Begin to count anew, up to a number that is known now."""


class _Bar(NullProgress):
    def __init__(self, shown: Progress, what: str) -> None:
        self._shown, self._task = shown, shown.add_task(what, total=None)
        self._began = monotonic()

    def __call__(self, done: int) -> None:
        self._shown.advance(self._task, done)
        if monotonic() - self._began > _PATIENCE:
            self._shown.start()

    def expect(self, steps: int) -> None:
        self._shown.reset(self._task, total=steps)


@contextmanager
def progress(what: str) -> Iterator[NullProgress]:
    """Show how a work goes on for as long as it lasts."""
    if not (stderr.is_interactive and stderr.file.isatty()):
        yield NullProgress()
        return
    columns = (TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn())
    shown = Progress(*columns, console=stderr, transient=True)
    try:
        yield _Bar(shown, what)
    finally:
        shown.stop()
