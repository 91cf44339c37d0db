"""What was read, set down in a temporary file until it is proved: memory does not grow with the dataset."""

import tempfile
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the spool."""

    start: int
    length: int


class Spool:
    """A temporary file that is gone with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the spool)
        self._end = 0

    def put(self, content: bytes) -> Place:
        self._file.seek(self._end)
        self._file.write(content)
        place = Place(self._end, len(content))
        self._end += len(content)
        return place

    def get(self, place: Place) -> bytes:
        self._file.seek(place.start)
        return self._file.read(place.length)

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        self.close()  # where nobody proved what was read
