"""Errors of the commands of `app`: one sentence on standard error and exit status 2."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pydantic import ValidationError

from app.db.errors import Unavailable

WRONG_USAGE = 2


@contextmanager
def exit_on_error() -> Iterator[None]:
    """Exit if a setting is invalid, or what it names cannot be used."""
    try:
        yield
    except (Unavailable, ValidationError) as error:
        with suppress(OSError):  # if standard error fails too, the exit status is all that is left
            print(f"readout: {_message(error)}", file=sys.stderr, flush=True)
        sys.exit(WRONG_USAGE)


def print_result(text: str) -> None:
    """Print what a command has done. Raises Unavailable if standard output cannot be written."""
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or it is written again at exit
        reason = error.strerror or error
        raise Unavailable(f"The output cannot be written ({reason}): make room, and run it again.") from error


def _message(error: Unavailable | ValidationError) -> str:
    if isinstance(error, ValidationError):
        problems = ((str(each["loc"][0]).upper(), each["msg"].removeprefix("Value error, ")) for each in error.errors())
        return "; ".join(f"READOUT_{name}: {message}" for name, message in problems)
    return error.for_operators
