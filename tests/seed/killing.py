"""Runs commands and kills them, as the test on killed loads orders: a program that reads and writes lines of JSON.

Each command is a fork of this process, which has everything imported: what is killed is then a load, not an import.
"""

import json
import os
import signal
import sys
from pathlib import Path
from time import monotonic
from typing import Any

import seed.cli.report
import seed.store.load  # noqa: F401
from seed.cli.commands import main


def begin(database: str, arguments: list[str]) -> int:
    """Begin a command in a process of its own; the process's id."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.environ["READOUT_DATABASE_URL"] = database
        sys.argv = ["readout", *arguments]
        main()
    return child


def size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def run(database: str, arguments: list[str], seconds: float | None, log_size: int | None) -> dict[str, Any]:
    """Run a command until some time has passed, or SQLite's log has some size, and kill it then.

    The result tells its exit status (negative if it was killed), how long it ran, and how large the log became.
    """
    log, began, largest, ended = Path(f"{database.removeprefix('sqlite:///')}-wal"), monotonic(), 0, (0, 0)
    child = begin(database, arguments)
    if seconds is None and log_size is None:
        ended = os.waitpid(child, 0)
    while ended[0] == 0:
        largest = max(largest, size(log))
        if (seconds is not None and monotonic() - began >= seconds) or (log_size is not None and largest >= log_size):
            os.kill(child, signal.SIGKILL)
            ended = os.waitpid(child, 0)
        else:
            os.sched_yield()
            ended = os.waitpid(child, os.WNOHANG)
    return {
        "status": os.waitstatus_to_exitcode(ended[1]),
        "seconds": monotonic() - began,
        "log_size": largest,
    }


if __name__ == "__main__":
    for order in sys.stdin:
        print(json.dumps(run(**json.loads(order))), flush=True)
