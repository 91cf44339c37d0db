"""The server process of a peer: `python -m bench.peers.serve NAME` serves on a free port and prints its number.

All peers run under uvicorn with the same options, which are Readout's without its access log. Imports are late, so that
no process holds the code of another peer, and Datasette can run in a virtual environment of its own.
"""

import os
import socket
import sys
from typing import Any

import uvicorn


def application(name: str) -> Any:
    """The ASGI application of a peer, over the database in READOUT_DATABASE_URL. Raises ValueError for another name."""
    match name:
        case "raw":
            from bench.peers.raw import app

            return app
        case "textbook":
            from bench.peers.textbook import app as textbook

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
    """Serve until a signal stops the process."""
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
