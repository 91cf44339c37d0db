"""One serving process: uvicorn's server with the application, its access log and its gauges."""

import asyncio
import gc
import os
import signal
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import cast

from app.db.read_pool import ReadPool
from app.db.server_choice import ServerChoice
from app.http.response_cache import ResponseCache
from app.main import create_app
from app.refusal_counts import REFUSALS, Reason
from app.server.access_log import AccessLog
from app.server.client_address import ClientAddresses
from app.server.line_writer import LineWriter
from app.server.metrics import BEHIND, CONFIRMED_AT, DIGEST, LAG, NUMBER, READY_UNTIL, TURNED_AT, Column, Metrics
from app.server.protocol import BoundedHttpProtocol, BoundedServer, connection_limit, uvicorn_config
from app.settings import Settings

BACKLOG = 2048
"""How many connections may wait to be accepted."""

SHUTDOWN_SECONDS, CANCEL_SECONDS, EXIT_SECONDS = 3, 0.5, 4
"""How long requests may take to finish after the signal to stop, how much longer those that still read the database,
and when the process exits in any case."""

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

TICK_SECONDS = 0.1
"""The pause between two ticks of uvicorn's server."""


class Server(BoundedServer):
    """Serves on a socket until a signal stops it, and updates the metrics every second."""

    def __init__(
        self,
        settings: Settings,
        server_choice: ServerChoice,
        metrics: Metrics,
        lines: LineWriter,
        updates_search_index: bool,
    ) -> None:
        self._app = create_app(settings, server_choice, updates_search_index)
        self._metrics = metrics
        self._lines, self._counted_drops = lines, lines.dropped
        self._counted: Counter[Reason] = Counter()
        self._ticked_at: float | None = None
        config = uvicorn_config(
            AccessLog(self._app, ClientAddresses(settings.trusted_proxies), metrics),
            proxy_headers=False,  # only the log needs the client's address
            server_header=False,
            log_config=None,
            access_log=False,
            backlog=BACKLOG,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS + CANCEL_SECONDS,
            workers=1,  # uvicorn would look for others in the environment
            callback_notify=self._update_metrics,
            timeout_notify=0,  # every second
        )
        super().__init__(config, connection_limit(settings.max_connections))

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until a signal stops it. The signals to stop, which may be blocked, are handled from here on."""
        for each in STOP_SIGNALS:
            signal.signal(each, self.handle_exit)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        super().run(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Keep the handlers of `run`: others would raise their exception anywhere in the event loop."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        gc.freeze()  # the garbage collector would visit what start-up made again and again, for nothing
        gc.set_threshold(50_000, 20, 20)  # a page makes thousands of objects and no cycles

    async def on_tick(self, counter: int) -> bool:
        now = monotonic()
        if self._ticked_at is not None:
            self._metrics.observe(LAG, max(0.0, now - self._ticked_at - TICK_SECONDS))
        self._ticked_at = now
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop. A timer ends the process even if a thread still reads, which may take longer."""
        if not self.should_exit:
            timer = threading.Timer(EXIT_SECONDS, self._exit)
            timer.daemon = True
            timer.start()
        super().handle_exit(sig, frame)

    def _exit(self) -> None:
        self._lines.finish()
        os._exit(0)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop. Connections whose responses take too long, such as downloads, are closed."""
        timer = asyncio.get_running_loop().call_later(SHUTDOWN_SECONDS, self._stop_connections)
        await super().shutdown(sockets)
        timer.cancel()
        if self.force_exit:  # at a second signal, which does not wait
            self._stop_connections()
            await self.lifespan.shutdown()  # uvicorn would leave the application to be cancelled, with a trace

    def _stop_connections(self) -> None:
        for connection in tuple(self.server_state.connections):
            cast(BoundedHttpProtocol, connection).stop()

    async def _update_metrics(self) -> None:
        self._metrics.set_gauges(dict(self._gauges()))
        for reason in Reason:
            self._metrics.increment("readout_refused", reason, by=REFUSALS[reason] - self._counted[reason])
            self._counted[reason] = REFUSALS[reason]
        self._metrics.increment("readout_log_lines_dropped", by=self._lines.dropped - self._counted_drops)
        self._counted_drops = self._lines.dropped
        self._lines.report_dropped()

    def _gauges(self) -> Iterator[tuple[Column, float]]:
        cache: ResponseCache = self._app.state.cache
        read_pool: ReadPool = self._app.state.read_pool
        version = cache.version()  # polls a file, too
        yield (TURNED_AT,), monotonic()
        yield (READY_UNTIL,), self._app.state.readiness.ready_until
        yield (NUMBER,), version.number if version else 0
        yield (DIGEST,), int(version.digest[:8], 16) if version else 0
        yield (CONFIRMED_AT,), cache.watcher.confirmed_at
        yield ("readout_cache_answers",), len(cache)
        yield ("readout_cache_bytes",), cache.used_bytes
        yield ("readout_cache_limit_bytes",), cache.max_bytes
        for index, name in enumerate(read_pool.choice.names):
            yield ("readout_database_workers", name), index == read_pool.server_index
        yield (BEHIND,), self._app.state.search_index.versions_behind
        yield ("readout_connections",), len(self.server_state.connections)
        for queue in read_pool.queues:
            yield ("readout_readers", queue.name), queue.size
            yield ("readout_readers_busy", queue.name), queue.busy
            yield ("readout_readers_waiting", queue.name), queue.waiting
