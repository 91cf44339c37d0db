"""One request's view of the dataset: a snapshot of the database, and the addresses of what is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlalchemy import Connection

from app.database import CONNECTIONS, Version, snapshot


@dataclass(frozen=True, slots=True)
class Reading:
    """What an endpoint answers from: one transaction, the dataset version that it sees, and the public address."""

    connection: Connection
    version: Version
    public_url: str

    def url(self, *path: str) -> str:
        """The public address of a path: `url("meetings", id)`."""
        return "/".join((self.public_url, *path))


def open_reading(request: Request, response: Response) -> Iterator[Reading]:
    """Open a snapshot for a request, and name its version in the answer. Raises Unavailable."""
    state = request.app.state
    with snapshot(state.engine) as view:
        request.state.version = view.version
        response.headers["Readout-Dataset"] = str(view.version)
        yield Reading(view.connection, view.version, state.settings.public_url)


# As many at once as there are connections: a request that waits for one holds no thread meanwhile, so requests whose
# answer is made can always give theirs back.
ReadingDep = Annotated[Reading, Depends(open_reading, scope="function", max_concurrency=CONNECTIONS)]
