"""`python -m app`: serve on HOST and PORT, by default 127.0.0.1:8000, until a signal says stop."""

import os
import resource
import signal
import sys

import uvicorn
from pydantic import ValidationError

from app.database import Unavailable
from app.main import create_app
from app.release import VERSION
from app.settings import Settings

WRONG_USAGE = 2
STOP_SECONDS = 5
"""How long requests that are being answered may take to finish after the signal to stop."""


def main() -> None:
    """Serve; a setting that cannot be is one sentence and exit status 2."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    try:
        settings = Settings()
        app = create_app(settings)
        config = uvicorn.Config(
            app,
            host=host,
            port=int(port),
            proxy_headers=False,  # no header has a part in any answer
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    except (Unavailable, ValidationError, ValueError) as error:
        print(f"readout: {_sentence(error)}", file=sys.stderr)
        sys.exit(WRONG_USAGE)
    _allow_many_connections()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # a stop that was asked for is no failure
    print(
        f"Readout {VERSION}: {settings.public_url}/docs, and facts with their words at {settings.public_url}/delegates"
    )
    sys.stdout.flush()
    try:
        uvicorn.Server(config).run()
    except KeyboardInterrupt:
        sys.exit()


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"READOUT_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
    return str(error)


def _allow_many_connections() -> None:
    """Take as many open files as the system allows: each connection is one, and the usual 1,024 are soon used up."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
