"""Which of several database servers the service reads from: one choice for all its processes."""

import random
from collections.abc import Mapping, Sequence
from mmap import mmap
from typing import Any


class ServerChoice:
    """The servers of a database URL in the order of preference, and the one to read from, in shared memory.

    It is made before the processes are forked. Each of them may choose, and all follow the last choice.
    """

    def __init__(self, servers: Sequence[Mapping[str, Any]]) -> None:
        self.servers = list(servers)
        if any(server.get("load_balance_hosts") == "random" for server in servers):
            random.shuffle(self.servers)  # once for all processes
        self.names = [_name(server) for server in self.servers]
        self._shared = memoryview(mmap(-1, 16)).cast("q")

    @property
    def index(self) -> int | None:
        """The chosen server, as an index of `servers`; None before the first choice."""
        return self._shared[0] - 1 if self._shared[0] else None

    @index.setter
    def index(self, index: int) -> None:
        self._shared[0] = index + 1

    @property
    def version_number(self) -> int:
        """The number of the newest dataset version that was seen on the chosen server."""
        return self._shared[1]

    @version_number.setter
    def version_number(self, number: int) -> None:
        self._shared[1] = number


def _name(server: Mapping[str, Any]) -> str:
    """A server as the log and the metrics name it."""
    host = server.get("host") or server.get("hostaddr") or "localhost"
    return f"{host}:{server.get('port') or 5432}"
