"""Load, made by `wrk` on a core of its own."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.datasets import FOLDER
from bench.servers import LOAD_CORE, Server

SCRIPT = Path(__file__).with_name("walk.lua")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a server: paths, in turn, with an ETag that is known already where there is one."""

    paths: list[str]
    etag: str | None = None

    @property
    def status(self) -> int:
        """The status that every answer must have."""
        return 304 if self.etag else 200


@dataclass(frozen=True, slots=True)
class Shot:
    """What a run sent and got: `unexpected` answers have another status, `broken` connections none."""

    sent: int
    answered: int
    unexpected: int
    broken: int
    seconds: float


def make_sure_of_wrk() -> None:
    """Install wrk where that can be done, or end the program with what to install."""
    if shutil.which("wrk"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "--quiet=2", "--yes", "wrk"], check=True)
    else:
        sys.exit("bench: wrk is not installed: install it (on Debian: apt install wrk).")


def fire(server: Server, asked: Asked, connections: int, seconds: int) -> Shot:
    """Ask a server again and again, with as many requests at once as there are connections."""
    paths = FOLDER / "paths.txt"
    paths.write_text("".join(f"{path}\n" for path in asked.paths))
    command = ["taskset", "--cpu-list", str(LOAD_CORE), "wrk", "--threads", "1", "--connections", str(connections)]
    command += ["--duration", f"{seconds}s", "--timeout", "60s", "--script", str(SCRIPT), server.address]
    command += ["--", str(paths), str(asked.status), *([asked.etag] if asked.etag else [])]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    counted = re.search(r"^counted (\d+) (\d+) (\d+) (\d+) (\d+)$", printed, re.MULTILINE)
    assert counted, printed
    *counts, microseconds = map(int, counted.groups())
    sent, answered, unexpected, broken = counts
    return Shot(sent, answered, unexpected, broken, microseconds / 1e6)
