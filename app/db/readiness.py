"""Readiness: a real read of the database every second, by a thread of its own, which waits in no queue."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from time import monotonic

from sqlalchemy import select

from app.db.errors import NOT_READ_YET, UNKNOWN, UNREADABLE, Unavailable
from app.db.read_pool import ReadPool
from app.db.statements import Statement
from app.models import Meeting, table
from app.refusal_counts import Reason

PAUSE_SECONDS = 1
"""The pause between two reads."""

READ_SECONDS = 4
"""How long a read may take, with a second attempt: the next one may succeed before the service counts as unready."""

MAX_AGE_SECONDS = 10
"""How long the service stays ready after a successful read, although reads time out or find no server."""

FIRST_READ_SECONDS = 1
"""How long the start waits for the first read, so that the first request finds a service that is ready."""

_PASSING = {
    Reason.database_too_many_connections,
    Reason.database_time_out,
    Reason.database_lost,
    Reason.database_restarting,
    Reason.read_too_long,
}
"""Failures that often pass within seconds. After any other, such as a missing file, the service is unready at once."""


@dataclass(slots=True)
class _MeetingRow:
    id: str
    title: str


_meeting = table(Meeting)
_ONE_MEETING = Statement(_MeetingRow, select(_meeting.c.id, _meeting.c.title).limit(1))


class ReadinessCheck:
    """Reads the dataset version and a row of data every second, over a connection of its own."""

    def __init__(self, read_pool: ReadPool) -> None:
        self._read_pool = read_pool
        self._stop, self._has_read = threading.Event(), threading.Event()
        self.ready_until = -inf
        """Until when the last successful read makes the service ready, by `monotonic`."""
        self.failure = Unavailable(NOT_READ_YET)
        """Why the service is unready, unless another read succeeds by then."""

    def require_ready(self) -> None:
        """Raises Unavailable if the service is unready."""
        if monotonic() >= self.ready_until:
            failure = self.failure
            raise Unavailable(str(failure), failure.cause, failure.reason)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Read in the background until the context ends; wait for the first read, but not long."""
        thread = threading.Thread(target=self._read_repeatedly, name="readiness", daemon=True)
        thread.start()
        self._has_read.wait(FIRST_READ_SECONDS)
        try:
            yield
        finally:
            self._stop.set()
            thread.join(READ_SECONDS)

    def _read_repeatedly(self) -> None:
        self._read_pool.limit_reads(READ_SECONDS)
        while not self._stop.is_set():
            self._read()
            self._has_read.set()
            self._stop.wait(PAUSE_SECONDS)

    def _read(self) -> None:
        began = monotonic()
        try:
            self._read_pool.read(lambda connection, _: list(_ONE_MEETING.rows(connection, self._read_pool.dialect, {})))
        except Exception as error:  # whatever it is: the next read may succeed
            self._fail(error if isinstance(error, Unavailable) else Unavailable(UNKNOWN, repr(error)))
        else:
            self.failure = Unavailable(UNREADABLE, reason=Reason.database_time_out)
            self.ready_until = began + MAX_AGE_SECONDS

    def _fail(self, failure: Unavailable) -> None:
        self.failure = failure
        if failure.reason not in _PASSING:
            self.ready_until = -inf
