"""Errors of the commands of `app`: one sentence on standard error and exit status 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from app.db.errors import Unavailable

WRONG_USAGE = 2


@contextmanager
def exit_on_error() -> Iterator[None]:
    """Exit if a setting is invalid, or what it names cannot be used."""
    try:
        yield
    except (Unavailable, ValidationError) as error:
        print(f"readout: {_message(error)}", file=sys.stderr)
        sys.exit(WRONG_USAGE)


def _message(error: Exception) -> str:
    if isinstance(error, ValidationError):
        problems = ((str(each["loc"][0]).upper(), each["msg"].removeprefix("Value error, ")) for each in error.errors())
        return "; ".join(f"READOUT_{name}: {message}" for name, message in problems)
    cause = getattr(error, "cause", "")
    return f"{error} ({cause})" if cause else str(error)
