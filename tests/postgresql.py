"""PostgreSQL servers of the tests' own, run by an ordinary user: PostgreSQL refuses to run as root."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.packages import need

_USER = "nobody" if os.geteuid() == 0 else None
_SETTINGS = {
    "fsync": "off",  # what a killed server process had written is still written
    "autovacuum": "off",  # when it comes would depend on the machine
    "listen_addresses": "",
    "max_connections": "200",
    "lc_messages": "C",
    "timezone": "Asia/Kolkata",  # as a server may have it; the service and the loader ask for UTC
}


class Server:
    """A server that listens on a socket in its own folder, and the clusters copied from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def make(self, *options: str) -> None:
        """Make its first databases."""
        self.run(
            "initdb",
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            *options,
        )

    def start(self) -> None:
        """Start, or start again after a stop or a kill."""
        options = " ".join(f"-c {name}='{value}'" for name, value in self.settings().items())
        self.run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder}/log", f"--options={options}")

    def stop(self) -> None:
        """Have it end its connections, write everything and stop."""
        self.run("pg_ctl", "stop", "--mode=fast", "--wait", "--silent")

    def kill(self) -> None:
        """Have all its processes die where they are: the next start is a recovery, as after a failure of power."""
        self.run("pg_ctl", "stop", "--mode=immediate", "--wait", "--silent")

    def freeze(self) -> None:
        """Stop all its processes where they are: connections stay open, new ones are accepted, and nothing responds."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Have a frozen server go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children")
        os.kill(postmaster, number)  # first, so that it starts no further process
        for pid in children.read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), number)

    def recover(self) -> None:
        """Start it if it does not run, and wait until it is done with recovering."""
        if not (self.data / "postmaster.pid").exists():
            self.start()
        while True:
            with suppress(psycopg.OperationalError):
                self.execute("SELECT 1")
                return

    def settings(self) -> dict[str, str]:
        return {**_SETTINGS, "unix_socket_directories": str(self.folder)}

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, as the user that the server runs as."""
        subprocess.run(
            [need("postgresql").with_name(program), *arguments],
            env={**os.environ, "PGDATA": str(self.data), "PGHOST": str(self.folder), "PGUSER": "postgres"},
            user=_USER,
            cwd=self.folder,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a pipe would stay open as long as the server
        )

    def execute(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run a statement outside of a transaction; the rows that it gives."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def create(self, database: str, template: str | None = None) -> str:
        """Make a database, as a copy of another to which nobody is connected; its address.

        A copy is one of files: to write all pages to the log as well takes twice the CPU.
        """
        how = f'"{template}" STRATEGY file_copy' if template else "template0"
        self.execute(f'CREATE DATABASE "{database}" TEMPLATE {how}')
        return self.url(database)


@contextmanager
def server() -> Iterator[Server]:
    """A new server that runs meanwhile; nothing of it is left."""
    with cluster() as own:
        own.make()
        own.start()
        yield own


@contextmanager
def standby(primary: Server) -> Iterator[Server]:
    """A hot standby of a server, which replays what that one writes, and runs meanwhile."""
    with cluster() as own:
        copy = ("--checkpoint=fast", "--no-sync", "--write-recovery-conf", f"--pgdata={own.data}")
        own.run("pg_basebackup", f"--dbname={primary.url('postgres')}", *copy)
        own.start()
        yield own


@contextmanager
def cluster() -> Iterator[Server]:
    """A place for a server, which is stopped in the end if it runs."""
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))  # of the tests' own folder only its owner may read
    if _USER:
        shutil.chown(folder, _USER)
    own = Server(folder)
    try:
        yield own
    finally:
        if (own.data / "postmaster.pid").exists():
            own.thaw()
            own.kill()
        shutil.rmtree(folder)
