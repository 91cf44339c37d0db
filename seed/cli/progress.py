"""The progress bar of a command, on standard error; nothing is shown unless that is a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from seed.cli.terminal import stderr

_PATIENCE = 0.5
"""Seconds before the bar is shown, so that it does not flicker for quick work."""


@contextmanager
def progress(description: str) -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
    """A progress bar, as two functions: the first advances it, the second restarts it with a known total."""
    columns = (TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn())
    is_terminal = stderr.is_interactive and stderr.file.isatty()
    bar = Progress(*columns, console=stderr, transient=True, disable=not is_terminal)
    task, began = bar.add_task(description, total=None), monotonic()

    def advance(steps: int) -> None:
        bar.advance(task, steps)
        if monotonic() - began > _PATIENCE:
            bar.start()

    def restart(total: int) -> None:
        bar.reset(task, total=total)

    try:
        yield advance, restart
    finally:
        bar.stop()
