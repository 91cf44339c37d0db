"""Start-up time: from the start of a process to its first 200 response."""

import socket
import subprocess
import sys
from time import monotonic, sleep

import httpx

from bench.datasets import Dataset
from bench.peers.servers import start, stop

_PATH = "/delegates?limit=1"
_PAUSE = 0.005


def readout(dataset: Dataset) -> float:
    """Seconds until `python -m app` responds."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    begun = monotonic()
    process = start([sys.executable, "-m", "app"], dataset, HOST="127.0.0.1", PORT=port)
    return _seconds(begun, process, port)


def textbook(dataset: Dataset) -> float:
    """Seconds until the textbook server responds."""
    begun = monotonic()
    process = start([sys.executable, "-m", "bench.peers.serve", "textbook"], dataset)
    assert process.stdout
    return _seconds(begun, process, process.stdout.readline().strip())


def _seconds(begun: float, process: subprocess.Popen[str], port: str) -> float:
    try:
        with httpx.Client() as client:
            while not _is_ready(client, f"http://127.0.0.1:{port}{_PATH}"):
                assert process.poll() is None, "the server ended before its first response"
                sleep(_PAUSE)
        return monotonic() - begun
    finally:
        stop(process)


def _is_ready(client: httpx.Client, url: str) -> bool:
    try:
        return client.get(url).status_code == 200
    except httpx.ConnectError:
        return False
