"""One of the peers in a process of its own: `python -m bench.serve NAME` serves it on a port that the system chooses.

The port is printed once the application is there. All are served alike, as the product is but without an access log.
Imports are made late, so that each peer is in memory alone, and Datasette can run in an environment of its own.
"""

import os
import socket
import sys
from typing import Any

import uvicorn


def application(name: str) -> Any:
    """A peer's application over the database in READOUT_DATABASE_URL."""
    match name:
        case "raw":
            from bench.raw import app

            return app
        case "textbook":
            from bench.textbook import app as textbook

            return textbook
        case "datasette":
            from datasette.app import Datasette

            return Datasette([os.environ["READOUT_DATABASE_URL"].removeprefix("sqlite:///")]).app()
        case "readout":
            from app.main import create_app
            from app.settings import Settings

            return create_app(Settings())
    raise ValueError(f"no such peer: {name}")


def main(name: str) -> None:
    """Serve until the process is told to stop."""
    config = uvicorn.Config(
        application(name),
        http="httptools",
        loop="uvloop",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listening:
        print(listening.getsockname()[1], flush=True)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
