"""`python -m app`: serve on HOST and PORT, by default 127.0.0.1:8000, until a signal says stop."""

import os
import resource
import signal
import socket
import sys

import structlog
import uvicorn

from app import logs
from app.access import Access
from app.clients import Clients
from app.commands import refusing
from app.database import Unavailable
from app.main import create_app
from app.release import VERSION
from app.settings import Settings

LAST_PORT = 65535
STOP_SECONDS = 3
"""How long requests may take to finish after the signal to stop: with all else, it takes five at most."""

BACKLOG = 2048
"""How many connections may wait to be accepted."""

_log = structlog.get_logger()


def main() -> None:
    """Serve; a setting that cannot be, or a port that is taken, is one sentence and exit status 2."""
    with refusing():
        settings = Settings()
        app = create_app(settings)
        listening = _listening(os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000"))
    logs.configure()
    _allow_many_connections()
    config = uvicorn.Config(
        Access(app, Clients(settings.trusted_proxies)),
        proxy_headers=False,  # no header has a part in any answer
        server_header=False,
        log_config=None,
        access_log=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # a stop that was asked for is no failure
    _log.info("serving", version=VERSION, address=_address(listening), docs=f"{settings.public_url}/docs")
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        sys.exit()


def _listening(host: str, port: str) -> socket.socket:
    """A socket that listens; connections wait there until the server runs."""
    if not port.isascii() or not port.isdigit() or int(port) > LAST_PORT:
        raise Unavailable(f"PORT is {port}: give a number from 0 to {LAST_PORT}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, int(port)), family=family, backlog=BACKLOG)
    except OSError as error:
        reason = str(error.strerror).split(" (while")[0]
        raise Unavailable(f"HOST {host}, PORT {port}: {reason}.") from None


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _allow_many_connections() -> None:
    """Take as many open files as the system allows: each connection is one, and the usual 1,024 are soon used up."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
