"""Errors of the commands of `app`: one sentence on standard error and exit status 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from app.db.errors import Unavailable
from app.standard_streams import discard_unwritten, unwritable_output

WRONG_USAGE = 2


@contextmanager
def exit_on_error() -> Iterator[None]:
    """Exit if a setting is invalid, or what it names cannot be used."""
    try:
        yield
    except (Unavailable, ValidationError) as error:
        try:
            print(f"readout: {_message(error)}", file=sys.stderr, flush=True)
        except OSError:
            discard_unwritten(sys.stderr)  # the exit status is all that is left
        sys.exit(WRONG_USAGE)


def print_result(text: str) -> None:
    """Print what a command has done. Raises Unavailable if standard output cannot be written."""
    try:
        print(text, flush=True)
    except OSError as error:
        discard_unwritten(sys.stdout)
        raise Unavailable(unwritable_output(error)) from error


def _message(error: Unavailable | ValidationError) -> str:
    if isinstance(error, ValidationError):
        problems = ((str(each["loc"][0]).upper(), each["msg"].removeprefix("Value error, ")) for each in error.errors())
        return "; ".join(f"READOUT_{name}: {message}" for name, message in problems)
    return error.for_operators
