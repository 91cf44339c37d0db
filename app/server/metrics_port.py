"""The metrics port: `/metrics` for Prometheus, and `/livez` and `/readyz` of all processes for what supervises them.

Each connection has a thread of its own, so a probe waits neither for a scrape nor for the event loop.
"""

import json
import threading
from collections.abc import Sequence
from http.server import ThreadingHTTPServer
from socket import socket

import structlog
from prometheus_client import CollectorRegistry, MetricsHandler

from app.http.error_responses import MEDIA_TYPE
from app.server.metrics import Metrics

CLIENT_TIMEOUT_SECONDS = 5
"""How long a client may take."""

MAX_TURN_SECONDS = 10
"""How long an event loop may take for one turn before its process counts as hung."""

_log = structlog.get_logger()


def serve(metrics: Metrics, listening: socket) -> None:
    """Serve from a thread. All processes may share the socket: each reports on all, also on one that hangs."""
    server = _Server(listening, metrics)
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()


class _Server(ThreadingHTTPServer):
    def __init__(self, listening: socket, metrics: Metrics) -> None:
        registry = CollectorRegistry(auto_describe=False)
        registry.register(metrics)
        handler = type("_Handler", (_Handler,), {"metrics": metrics, "registry": registry})
        super().__init__(listening.getsockname()[:2], handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening

    def handle_error(self, *_: object) -> None:
        _log.warning("scrape failed", exc_info=True)


class _Handler(MetricsHandler):
    timeout = CLIENT_TIMEOUT_SECONDS
    wbufsize = -1  # one packet for head and body
    metrics: Metrics

    def do_GET(self) -> None:  # noqa: N802  (the name in http.server)
        match self.path.partition("?")[0]:
            case "/metrics":
                super().do_GET()
            case "/livez":
                self._report(self.metrics.hung_workers(MAX_TURN_SECONDS), "hangs: see its log, and restart the service")
            case "/readyz":
                self._report(self.metrics.unready_workers(), "cannot read the database: its own /readyz says why")
            case _:
                self._send(404, {"title": "Not found", "status": 404})

    def _report(self, failing: Sequence[int], how: str) -> None:
        """Send 200, or 503 with the workers that fail."""
        if failing:
            detail = " ".join(f"Worker {worker} {how}." for worker in failing)
            self._send(503, {"title": "Unavailable", "status": 503, "detail": detail})
        else:
            self._send(200, {"status": "ok"})

    def _send(self, status: int, document: dict[str, str | int]) -> None:
        """Send JSON, which is a problem (RFC 9457) if the status is not 200."""
        media_type, body = "application/json" if status == 200 else MEDIA_TYPE, json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)
