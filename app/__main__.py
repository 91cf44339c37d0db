"""`python -m app`: serve on HOST and PORT, by default 127.0.0.1:8000, until a signal says stop."""

import gc

if __name__ == "__main__":
    gc.disable()  # imports make many objects and no garbage: a sixth of the start went into looking for it

import os
import signal
import socket
import sys
from functools import partial

import structlog

from app.command_line import exit_on_error
from app.db.errors import Unavailable
from app.db.server_choice import ServerChoice
from app.main import create_app
from app.server import logging, memory, metrics_port
from app.server.line_writer import LineWriter
from app.server.metrics import Metrics, metrics_of
from app.server.server import BACKLOG, STOP_SIGNALS, Server
from app.server.supervisor import supervise
from app.settings import Settings
from app.version import VERSION

MAX_PORT, MAX_WORKERS = 65535, 256

_log = structlog.get_logger()


def main() -> None:
    """Serve. An invalid setting or a port in use ends the process with one sentence and exit status 2."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)  # until the server or the supervisor handles them
    memory.bound_fragmentation()
    with exit_on_error():
        settings = Settings()
        workers = _number("WEB_CONCURRENCY", "1", 1, MAX_WORKERS)
        app = create_app(settings)
        shared_metrics = metrics_of(app, workers)
        host, metrics_port = os.environ.get("HOST", "127.0.0.1"), settings.metrics_port
        listening = _listen(host, _number("PORT", "8000", 0, MAX_PORT), "PORT")
        metrics_socket = None if metrics_port is None else _listen(host, metrics_port, "READOUT_METRICS_PORT")
    gc.freeze()  # what is there stays: no collection looks at it, and so no worker copies the memory that it shares
    gc.enable()
    lines = logging.configure()
    _log.info(
        "serving",
        version=VERSION,
        workers=workers,
        address=_url(listening),
        docs=f"{settings.public_url}/docs",
        metrics=metrics_socket and f"{_url(metrics_socket)}/metrics",
    )
    work = partial(_serve, settings, app.state.read_pool.choice, shared_metrics, lines, listening, metrics_socket)
    if not sys.stdout or not sys.stdout.isatty():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # there is nothing to load again
    if workers == 1:
        work(0)
    else:
        supervise(work, workers, partial(shared_metrics.increment, "readout_worker_restarts"), listening.close)
        lines.finish()


def _serve(
    settings: Settings,
    server_choice: ServerChoice,
    shared_metrics: Metrics,
    lines: LineWriter,
    listening: socket.socket,
    metrics_socket: socket.socket | None,
    worker: int,
) -> None:
    """Serve in one process."""
    shared_metrics.use_row(worker)
    if metrics_socket:
        metrics_port.serve(shared_metrics, metrics_socket)
    try:
        server = Server(settings, server_choice, shared_metrics, lines, updates_search_index=worker == 0)
        server.run(sockets=[listening])
    finally:
        lines.finish()


def _number(name: str, default: str, minimum: int, maximum: int) -> int:
    """A whole number from an environment variable. Raises Unavailable if it is invalid."""
    value = os.environ.get(name) or default
    if not value.isascii() or not value.isdigit() or not minimum <= int(value) <= maximum:
        raise Unavailable(f"{name} is {value}: give a number from {minimum} to {maximum}.")
    return int(value)


def _listen(host: str, port: int, setting: str) -> socket.socket:
    """A listening socket: connections wait in its backlog until the server accepts them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        reason = str(error.strerror).split(" (while")[0]
        raise Unavailable(f"HOST {host}, {setting} {port}: {reason}.") from None


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


if __name__ == "__main__":
    main()
