"""A program that runs commands and kills them: it reads orders from the test, and writes results, as lines of JSON.

Each command is a fork of this process, which has imported everything: so a load is killed, and not an import.
"""

import json
import os
import signal
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import seed.cli.fault_report
import seed.store.load  # noqa: F401
from seed.cli.commands import main
from tests.seed.statements import before_statement

NEVER = 10**12
"""A statement, seconds or a size that no command reaches."""


def begin(database: str, arguments: list[str], statement: int, count: int) -> int:
    """Begin a command in a process of its own, which kills itself before a statement; returns the process's id.

    A process that is not killed writes the number of its statements to the file `count`.
    """
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.environ["READOUT_DATABASE_URL"] = database
        sys.argv = ["readout", *arguments]
        with before_statement(statement, lambda: os.kill(os.getpid(), signal.SIGKILL)) as sent:
            try:
                main()
            finally:
                os.write(count, str(sent[0]).encode())
    return child


def size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def run(
    database: str, arguments: list[str], statement: int = NEVER, seconds: float = NEVER, log_size: int = NEVER
) -> dict[str, Any]:
    """Run a command and kill it before a statement, after some seconds, or when SQLite's log has some size in bytes.

    Returns its exit status (negative if it was killed), how many seconds it ran, the largest size of the log, and how
    many statements it sent, or 0 if it was killed.
    """
    count, log = os.memfd_create("count"), Path(f"{database.removeprefix('sqlite:///')}-wal")
    began, largest, ended = monotonic(), 0, (0, 0)
    child = begin(database, arguments, statement, count)
    while ended[0] == 0:
        largest = max(largest, size(log))
        if monotonic() - began >= seconds or largest >= log_size:
            os.kill(child, signal.SIGKILL)
            ended = os.waitpid(child, 0)
        else:
            sleep(0.0005)  # of a loader's 50 ms or more
            ended = os.waitpid(child, os.WNOHANG)
    result = {
        "status": os.waitstatus_to_exitcode(ended[1]),
        "seconds": monotonic() - began,
        "log_size": largest,
        "statements": int(os.pread(count, 20, 0) or 0),
    }
    os.close(count)
    return result


if __name__ == "__main__":
    for order in sys.stdin:
        print(json.dumps(run(**json.loads(order))), flush=True)
