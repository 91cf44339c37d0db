"""The state of a request, which the connection, the middleware and the route fill in and the access log reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from starlette.types import Scope

from app.db.snapshots import Version
from app.http.representations import BufferedResponse
from app.problems import Problem
from app.refusal_counts import Reason

KEY = "readout"
"""The key of the RequestState in `scope["state"]` (ASGI, "lifespan state")."""


@dataclass(slots=True)
class RequestState:
    """One request, from its headers to its line in the log."""

    id: bytes = b""
    """The request id: the client's, or a new one."""
    problem: Problem | None = None
    """Why the connection refuses the request."""
    version: Version | None = None
    """The dataset version of the response."""
    is_of_index: bool = False
    """Whether that is the version of the search index, which may be another one than the database's."""
    route: str | None = None
    """The path template of the route, as in `/meetings/{id}`; None if no route has the path."""
    cached: bool = False
    """Whether the response came from the cache."""
    error: str | None = None
    """The sentence for the client, if the response is a problem."""
    reason: Reason | None = None
    """Why the request was refused."""
    cause: str | None = None
    """The message of the driver, or of an unexpected exception."""
    coding: str = "identity"
    """The content coding that the request prefers."""
    response: BufferedResponse | None = None
    """The response of the route, to be sent by the middleware."""
    queue: str | None = None
    """The name of the work queue that the request waited in."""
    queue_seconds: float | None = None
    """How long it waited there."""
    database_seconds: float | None = None
    """How long its endpoint read the database, which includes building the items or the page."""
    serialisation_seconds: float | None = None
    """How long it took to encode, hash and compress the response."""
    interrupted: Literal["client", "service"] | None = None
    """The side that closed the connection before the response was complete."""

    def stages(self) -> Iterator[tuple[str, float]]:
        """The stages of the request, with the seconds that each took."""
        stages = (
            ("queue", self.queue_seconds),
            ("database", self.database_seconds),
            ("serialisation", self.serialisation_seconds),
        )
        return ((stage, seconds) for stage, seconds in stages if seconds is not None)

    def explain(self, problem: Problem) -> None:
        """Take over a problem's explanation, and not the exception, whose traceback would refer to this state."""
        self.error, self.reason, self.cause = problem.detail, problem.reason, problem.cause or None


def request_state(scope: Scope) -> RequestState:
    """The state of a request, made at the first call."""
    state = scope.setdefault("state", {})
    if KEY not in state:
        state[KEY] = RequestState()
    return cast(RequestState, state[KEY])
