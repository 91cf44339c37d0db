"""`python -m app`: serve on HOST and PORT, by default 127.0.0.1:8000, until a signal says stop."""

import os
import resource
import signal
import socket
import sys

import structlog

from app import logs, metrics
from app.commands import refusing
from app.database import Unavailable
from app.main import create_app
from app.release import VERSION
from app.server import BACKLOG, Server
from app.settings import Settings

LAST_PORT = 65535

_log = structlog.get_logger()


def main() -> None:
    """Serve; a setting that cannot be, or a port that is taken, is one sentence and exit status 2."""
    with refusing():
        settings = Settings()
        numbers = metrics.of(create_app(settings))
        host, port = os.environ.get("HOST", "127.0.0.1"), _port(os.environ.get("PORT", "8000"))
        listening = _listening(host, port, "PORT")
        asked = settings.metrics_port
        telling = None if asked is None else _listening(host, asked, "READOUT_METRICS_PORT")
    logs.configure()
    _allow_many_connections()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # a stop that was asked for is no failure
    _log.info(
        "serving",
        version=VERSION,
        address=_address(listening),
        docs=f"{settings.public_url}/docs",
        metrics=telling and f"{_address(telling)}/metrics",
    )
    if telling:
        metrics.serve(numbers, telling)
    try:
        Server(settings, numbers).run(sockets=[listening])
    except KeyboardInterrupt:
        sys.exit()


def _port(given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) > LAST_PORT:
        raise Unavailable(f"PORT is {given}: give a number from 0 to {LAST_PORT}.")
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


def _allow_many_connections() -> None:
    """Take as many open files as the system allows: each connection is one, and the usual 1,024 are soon used up."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
