"""`python -m app`: serve on HOST and PORT, by default 127.0.0.1:8000, until a signal says stop."""

import os
import signal
import socket
import sys
from contextlib import suppress
from functools import partial

import structlog

from app.command_line import refusing
from app.db.errors import Unavailable
from app.main import create_app
from app.server import logging, metrics
from app.server.metrics import Metrics
from app.server.server import BACKLOG, Server
from app.server.supervisor import supervise
from app.settings import Settings
from app.version import VERSION

LAST_PORT, MOST_WORKERS = 65535, 256

_log = structlog.get_logger()


def main() -> None:
    """Serve; a setting that cannot be, or a port that is taken, is one sentence and exit status 2."""
    with refusing():
        settings = Settings()
        workers = _number("WEB_CONCURRENCY", "1", 1, MOST_WORKERS)
        numbers = metrics.of(create_app(settings), workers)
        host, asked = os.environ.get("HOST", "127.0.0.1"), settings.metrics_port
        listening = _listening(host, _number("PORT", "8000", 0, LAST_PORT), "PORT")
        telling = None if asked is None else _listening(host, asked, "READOUT_METRICS_PORT")
    logging.configure()
    _log.info(
        "serving",
        version=VERSION,
        workers=workers,
        address=_address(listening),
        docs=f"{settings.public_url}/docs",
        metrics=telling and f"{_address(telling)}/metrics",
    )
    work = partial(_work, settings, numbers, listening, telling)
    if workers == 1:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # a stop that was asked for is no failure
        work(0)
    else:
        supervise(work, workers, partial(numbers.add, "readout_worker_restarts"), listening.close)


def _work(
    settings: Settings, numbers: Metrics, listening: socket.socket, telling: socket.socket | None, worker: int
) -> None:
    """What one process does."""
    numbers.take_row(worker)
    if telling:
        metrics.serve(numbers, telling)
    with suppress(KeyboardInterrupt):
        Server(settings, numbers).run(sockets=[listening])


def _number(name: str, default: str, least: int, most: int) -> int:
    given = os.environ.get(name) or default
    if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
        raise Unavailable(f"{name} is {given}: give a number from {least} to {most}.")
    return int(given)


def _listening(host: str, port: int, setting: str) -> socket.socket:
    """A socket that listens; connections wait there until the server runs."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        reason = str(error.strerror).split(" (while")[0]
        raise Unavailable(f"HOST {host}, {setting} {port}: {reason}.") from None


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


if __name__ == "__main__":
    main()
