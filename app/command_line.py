"""How the commands of `app` refuse: one sentence and exit status 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from app.db.errors import Unavailable

WRONG_USAGE = 2


@contextmanager
def refusing() -> Iterator[None]:
    """End the process where a setting cannot be, or something that it names cannot be used."""
    try:
        yield
    except (Unavailable, ValidationError) as error:
        print(f"readout: {_sentence(error)}", file=sys.stderr)
        sys.exit(WRONG_USAGE)


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"READOUT_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
    reason = getattr(error, "reason", "")
    return f"{error} ({reason})" if reason else str(error)
