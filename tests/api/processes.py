"""`python -m app` as a process of its own."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def environment(database: Path, **settings: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("READOUT_")}
    return {**plain, "READOUT_DATABASE_URL": f"sqlite:///{database}", "HOST": "127.0.0.1", "PORT": "0", **settings}


@contextmanager
def running(*command: str, database: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process with the address that it serves at; what it prints goes to a file `out` beside the database."""
    with database.with_name("out").open("w") as out:
        process = subprocess.Popen(
            command or (sys.executable, "-m", "app"),
            env=environment(database, **settings),
            stdout=out,  # a pipe would be full after some hundred lines of the access log
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    watchdog = threading.Timer(60, process.kill)  # for a process that says nothing
    watchdog.start()
    try:
        assert process.stderr
        told = ""
        while not (found := re.search(r"running on (http://\S+)", told)):
            line = process.stderr.readline()
            assert line, told
            told += line
        yield process, found[1]
    finally:
        watchdog.cancel()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
