"""What was read, set down in a temporary file until it is proved: memory does not grow with the dataset."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


class NoRoom(Exception):
    """Temporary files cannot be written: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the spool."""

    start: int
    length: int


class Spool:
    """A temporary file that is gone with the process. Raises NoRoom."""

    def __init__(self) -> None:
        with _explained():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the spool)
        self._end = 0

    def put(self, content: bytes) -> Place:
        with _explained():
            self._file.seek(self._end)
            self._file.write(content)
            self._file.flush()
        place = Place(self._end, len(content))
        self._end += len(content)
        return place

    def get(self, place: Place) -> bytes:
        self._file.seek(place.start)
        return self._file.read(place.length)

    def close(self) -> None:
        with suppress(OSError):  # of what could not be written, which `put` has told
            self._file.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self.close()  # where nobody proved what was read


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = "make room for them, or set TMPDIR to another folder; nothing was stored"
        raise NoRoom(f"Temporary files cannot be written ({error.strerror}): {advice}.") from error
