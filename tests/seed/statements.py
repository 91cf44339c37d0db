"""Interrupt what the loader does at one of its SQL statements."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

COMMIT = 0


@contextmanager
def before_statement(number: int, do: Callable[[], object]) -> Iterator[list[int]]:
    """Do something before a statement, counted from 1, or before the commit; yields a list with the statements' count."""
    sent = [0]

    def statement(*_: object) -> None:
        sent[0] += 1
        if sent[0] == number:
            do()

    def commit(_: object) -> None:
        if number == COMMIT:
            do()

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)
