"""A PostgreSQL server as the version watcher sees it: a connection of the event loop, and its dataset version."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterable, Mapping
from time import monotonic
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from app.db.errors import UNREACHABLE, Unavailable
from app.db.postgresql import connect_timeout, translate_error, unreachable
from app.db.server_connections import WatchConnection
from app.db.snapshots import Version, version_of
from app.db.timeouts import SILENCE_SECONDS
from app.refusal_counts import Reason


class WatchedServer:
    """A server that responds: the connection of the event loop to it, and its dataset version."""

    def __init__(self, index: int, connection: WatchConnection) -> None:
        self.index = index
        self._connection = connection
        self.version: Version | None = None
        """The version that it returned last."""

    async def read_version(self, query: str, stop: Callable[[], bool] = lambda: False) -> Version | None:
        """The newest dataset version. Raises Unavailable, also if the server is silent or `stop` returns true."""
        deadline = monotonic() + SILENCE_SECONDS

        def error() -> psycopg.Error | None:
            if monotonic() > deadline:
                return psycopg.OperationalError(f"timed out: no response within {SILENCE_SECONDS} seconds")
            return psycopg.OperationalError("another process has chosen another server") if stop() else None

        self._connection.stop = error
        try:
            cursor = await self._connection.execute(query)
            self.version = version_of(await cursor.fetchall())
        except psycopg.Error as failure:
            raise translate_error(failure) from failure
        return self.version

    @property
    def number(self) -> int:
        """The number of its version, 0 without a dataset."""
        return self.version.number if self.version else 0

    @property
    def is_standby(self) -> bool:
        return self._connection.info.parameter_status("in_hot_standby") == "on"

    @property
    def parameters(self) -> dict[str, str]:
        """The connection parameters that lead to this very server."""
        info = self._connection.info
        address = {"host": info.host, "port": str(info.port), "hostaddr": info.hostaddr}
        return {name: value for name, value in address.items() if value}

    async def close(self) -> None:
        await self._connection.close()


async def close(*servers: WatchedServer | None) -> None:
    """Close the connections to some servers."""
    for server in servers:
        if server is not None:
            await server.close()


async def connect(index: int, parameters: Mapping[str, Any], query: str) -> WatchedServer:
    """Connect to a server, and read its version, at the first address that responds. Raises Unavailable."""
    tries = [_connect_to(index, address, query) for address in await _addresses(parameters)]
    servers, errors = await all_of(tries)
    if not servers:
        raise errors[0]
    await close(*servers[1:])
    return servers[0]


async def all_of(
    tries: Iterable[Coroutine[Any, Any, WatchedServer]],
) -> tuple[list[WatchedServer], list[BaseException]]:
    """The servers that are reached by several tries at once, and the errors of the others.

    If the task is cancelled, because the service stops, the connections that there are by then are closed.
    """
    tasks = [asyncio.create_task(each) for each in tries]
    try:
        await asyncio.wait(tasks)
    except asyncio.CancelledError:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        await close(*(result for result in results if isinstance(result, WatchedServer)))
        raise
    results = await asyncio.gather(*tasks, return_exceptions=True)
    servers = [result for result in results if isinstance(result, WatchedServer)]
    return servers, [result for result in results if isinstance(result, BaseException)]


async def _connect_to(index: int, parameters: Mapping[str, Any], query: str) -> WatchedServer:
    try:
        connection = await WatchConnection.connect(**parameters, autocommit=True, row_factory=namedtuple_row)
    except psycopg.Error as error:
        raise unreachable(error) from error
    server = WatchedServer(index, connection)
    try:
        await server.read_version(query)
    except BaseException:  # also if the service stops meanwhile
        await server.close()
        raise
    return server


async def _addresses(server: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The connection parameters of each address of a server. Raises Unavailable if its name cannot be resolved in time.

    psycopg would try them one after another, each until its time is over.
    """
    host, timeout = str(server.get("host", "")), connect_timeout(server)
    attributes = server.get("target_session_attrs", "any")
    own = {"connect_timeout": timeout, "target_session_attrs": "any" if attributes == "prefer-standby" else attributes}
    if server.get("hostaddr") or not host or host.startswith("/"):
        return [{**server, **own}]
    try:
        async with asyncio.timeout(timeout):
            found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        cause = f"{host} was not resolved within {timeout} seconds"
        raise Unavailable(UNREACHABLE, cause, Reason.database_time_out) from error
    except OSError as error:
        raise Unavailable(UNREACHABLE, f"failed to resolve host {host}: {error}", Reason.database_lost) from error
    return [{**server, **own, "hostaddr": address[0]} for *_, address in found]
