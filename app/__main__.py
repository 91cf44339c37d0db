"""`python -m app`: serve on HOST and PORT, by default 127.0.0.1:8000, until a signal says stop."""

import os
import resource
import signal
import socket
import sys

import uvicorn

from app.commands import refusing
from app.database import Unavailable
from app.logs import configuration
from app.main import create_app
from app.release import VERSION
from app.settings import Settings

LAST_PORT = 65535
STOP_SECONDS = 5
"""How long requests that are being answered may take to finish after the signal to stop."""


def main() -> None:
    """Serve; a setting that cannot be, or a port that is taken, is one sentence and exit status 2."""
    with refusing():
        settings = Settings()
        app = create_app(settings)
        host, port = _address(os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000"))
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        proxy_headers=False,  # no header has a part in any answer
        server_header=False,
        log_config=configuration(),
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    _allow_many_connections()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # a stop that was asked for is no failure
    where = settings.public_url
    print(f"Readout {VERSION}: {where}/docs, and facts with their words at {where}/delegates", flush=True)
    try:
        uvicorn.Server(config).run()
    except KeyboardInterrupt:
        sys.exit()


def _address(host: str, port: str) -> tuple[str, int]:
    """Where to serve, after a try: the server's own words for what keeps it from there are no sentence."""
    if not port.isascii() or not port.isdigit() or int(port) > LAST_PORT:
        raise Unavailable(f"PORT is {port}: give a number from 0 to {LAST_PORT}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, int(port)), family=family).close()
    except OSError as error:
        reason = str(error.strerror).split(" (while")[0]
        raise Unavailable(f"HOST {host}, PORT {port}: {reason}.") from None
    return host, int(port)


def _allow_many_connections() -> None:
    """Take as many open files as the system allows: each connection is one, and the usual 1,024 are soon used up."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
