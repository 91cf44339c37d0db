"""Errors of the database: each is one sentence that says what is wrong and what to do."""

from collections.abc import Sequence

from app.refusal_counts import Reason


class Unavailable(Exception):
    """The database cannot be used: the message says what is wrong and what to do, in one sentence.

    `cause` has the driver's own message if it says more. It names hosts, so only operators see it. `reason` is counted
    if a request is refused for it.
    """

    reason = Reason.database_unusable

    def __init__(self, message: str, cause: str = "", reason: Reason | None = None) -> None:
        super().__init__(message)
        self.cause = cause
        if reason is not None:
            self.reason = reason

    @property
    def for_operators(self) -> str:
        """The message, with the cause if there is one."""
        return f"{self} ({self.cause})" if self.cause else str(self)


class DatabaseLocked(Unavailable):
    """Another program has locked the database."""

    reason = Reason.database_time_out


class Interrupted(Unavailable):
    """The database cancelled the transaction, or the connection broke: the same can be retried at once."""

    reason = Reason.database_lost


class QueryTimeout(Unavailable):
    """A query was cancelled because it took too long."""

    reason = Reason.read_too_long


class ExceedsBudget(Exception):
    """The event loop may not spend so much time on one request: a thread has to do it."""


class NeedsMoreTime(Exception):
    """The queue of this request may not spend so much time on it: the queue of dear requests has to do it."""


class IndexBehind(Exception):
    """The search index holds another dataset version than the database: the request has to wait, in no thread.

    `commit` names the commit of the index that was read (`SearchFolder.newest_commit`).
    """

    def __init__(self, commit: object) -> None:
        super().__init__()
        self.commit = commit


def too_many_matches(filters: Sequence[str], error: Unavailable) -> QueryTimeout:
    """The error that a list with some filters was not read in time."""
    names = ", ".join(f"`{name}`" for name in filters)
    which = f"the filters {names}: each matches many items, and few match all" if filters[1:] else f"the filter {names}"
    return QueryTimeout(f"The page was not found in time: narrow {which}.", error.cause)


NEW = "point READOUT_DATABASE_URL to another, or, if it is new, run `python -m seed migrate`"
NO_DATASET = "The database holds no dataset: load one with `python -m seed load`."
NO_TABLES = f"The database is not one of Readout's: {NEW}."
OTHER_SCHEMA = "The database has another schema than this version reads: run `python -m seed migrate`."
LOCKED = "The database is locked by another program: try again when that has finished."
INVALID_VERSION = "The database is damaged: the row of its newest dataset version is invalid. Restore a backup."
DISK_FULL = "The disk is full, and the database is as it was: make room and try again."
TIMED_OUT = (
    "The database took too long, and the query was cancelled: ask for less, or try again when it has less to do."
)
UNREACHABLE = (
    "The database server that READOUT_DATABASE_URL names cannot be reached, or refuses this service: see that it runs,"
    " and that it knows the role, the password and the database."
)
UNKNOWN = "The database cannot be used: the log of the service, or of the server, says why."
NO_INDEX = (
    "There is no search index that can be read, so nothing can be searched: run `python -m app.search`, as a user who"
    " may write READOUT_SEARCH."
)
NOT_READ_YET = "The database has not been read yet: the service has just started."
UNREADABLE = "The database does not respond: no read has succeeded for ten seconds."
CONNECTION_BROKEN = "The connection to the database broke: try again; a load is stored whole, or not at all."
