"""One process that serves: the application, its log of requests, and how it stands, for the metrics."""

import os
import threading
from collections import Counter
from collections.abc import Iterator
from types import FrameType

from app.db.read_pool import ReadPool
from app.db.work_queue import REFUSED, Reason
from app.http.response_cache import ResponseCache
from app.main import create_app
from app.server.access_log import AccessLog
from app.server.client_address import ClientAddresses
from app.server.metrics import DIGEST, NUMBER, WATCHED, Column, Metrics
from app.server.protocol import BoundedServer, configuration, room
from app.settings import Settings

BACKLOG = 2048
"""How many connections may wait to be accepted."""

STOP_SECONDS, LAST_SECONDS = 3, 4.5
"""How long requests may take to finish after the signal to stop, and when the process ends whatever still goes on."""


class Server(BoundedServer):
    """Serves on a socket until a signal says stop, and counts in the metrics."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._app = create_app(settings)
        self._metrics = metrics
        self._refused: Counter[Reason] = Counter()
        config = configuration(
            AccessLog(self._app, ClientAddresses(settings.trusted_proxies), metrics),
            proxy_headers=False,  # no header has a part in any answer
            server_header=False,
            log_config=None,
            access_log=False,
            backlog=BACKLOG,
            timeout_graceful_shutdown=STOP_SECONDS,
            workers=1,  # uvicorn would look for others in the environment
            callback_notify=self._tell,
            timeout_notify=0,  # every second
        )
        super().__init__(config, room(settings.max_connections))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop. A thread that still reads in the end is not waited for: it may for as long as any read."""
        end = threading.Timer(LAST_SECONDS, os._exit, [0])
        end.daemon = True
        end.start()
        super().handle_exit(sig, frame)

    async def _tell(self) -> None:
        """Say how things stand."""
        self._metrics.set(dict(self._standing()))
        for reason in Reason:
            self._metrics.add("readout_refused", reason, by=REFUSED[reason] - self._refused[reason])
            self._refused[reason] = REFUSED[reason]

    def _standing(self) -> Iterator[tuple[Column, float]]:
        cache: ResponseCache = self._app.state.cache
        read_pool: ReadPool = self._app.state.read_pool
        version = cache.version()  # has a file asked, too
        yield (NUMBER,), version.number if version else 0
        yield (DIGEST,), int(version.digest[:8], 16) if version else 0
        yield (WATCHED,), cache.watch.seen
        yield ("readout_cache_answers",), len(cache)
        yield ("readout_cache_bytes",), cache.used_bytes
        yield ("readout_cache_limit_bytes",), cache.max_bytes
        yield ("readout_connections",), len(self.server_state.connections)
        for lane in (read_pool.reading, read_pool.searching):
            yield ("readout_readers", lane.name), lane.size
            yield ("readout_readers_busy", lane.name), lane.busy
            yield ("readout_readers_waiting", lane.name), lane.waiting
