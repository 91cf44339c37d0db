"""Accepts connections: many in one turn of the event loop."""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress

MAX_ACCEPTED = 64
"""How many connections one turn of the event loop accepts at most: to accept one takes a tenth of a millisecond."""

RETRY_SECONDS = 1
"""How long no connection is accepted after the process had no open file left for one."""


class Listener:
    """Accepts the connections of a socket, like a server of asyncio.

    uvloop's own server accepts one connection in each turn of the event loop. While each turn takes long, because many
    clients have requests, new clients would wait for as many turns as there are connections before theirs.
    """

    def __init__(self, listening: socket.socket, make_protocol: Callable[[], asyncio.Protocol]) -> None:
        self._loop = asyncio.get_running_loop()
        self._socket, self._make_protocol = listening, make_protocol
        self._opening: set[asyncio.Task[None]] = set()
        self._retry: asyncio.TimerHandle | None = None
        self._spare_file: int | None = None
        """An open file to give up when there is none left for a connection."""
        self._open_spare_file()
        listening.setblocking(False)
        self._listen()

    def close(self) -> None:
        """Accept no more connections."""
        self._loop.remove_reader(self._socket)
        if self._retry:
            self._retry.cancel()
        self._close_spare_file()

    async def wait_closed(self) -> None:
        """Wait for nothing: a closed listener has nothing to finish."""

    def _listen(self) -> None:
        self._loop.add_reader(self._socket, self._accept)

    def _accept(self) -> None:
        for _ in range(MAX_ACCEPTED):
            try:
                connection, _ = self._socket.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError:
                self._refuse()
                return
            task = self._loop.create_task(self._open(connection))
            self._opening.add(task)  # the event loop itself has only weak references
            task.add_done_callback(self._opening.discard)

    def _refuse(self) -> None:
        """Close the connections that wait, and accept none for a moment.

        Their clients would otherwise wait until others close theirs, which may take minutes.
        """
        self._loop.remove_reader(self._socket)
        self._close_spare_file()
        with suppress(OSError):  # none waits any more, or another thread has opened a file meanwhile
            while True:
                self._socket.accept()[0].close()
        self._open_spare_file()
        self._retry = self._loop.call_later(RETRY_SECONDS, self._listen)

    def _open_spare_file(self) -> None:
        with suppress(OSError):
            self._spare_file = os.open(os.devnull, os.O_RDONLY)

    def _close_spare_file(self) -> None:
        if self._spare_file is not None:
            os.close(self._spare_file)
            self._spare_file = None

    async def _open(self, connection: socket.socket) -> None:
        with suppress(OSError):  # its client has closed it already
            await self._loop.connect_accepted_socket(self._make_protocol, connection)
