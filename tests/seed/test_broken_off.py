"""A broken connection to PostgreSQL leaves the old or the new dataset, and one sentence says what to do."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest

from seed.store.migration import migrate
from tests.api.serving import until
from tests.conftest import Readout
from tests.databases import load_records
from tests.forked import Process, start_python
from tests.postgresql import Server, server
from tests.seed.outcomes import BROKEN_OFF, NEW, OLD, proved_version, refused, write_talks
from tests.seed.statements import COMMIT, before_statement


@pytest.fixture(scope="module")
def own_server(postgresql: Server) -> Iterator[Server]:
    """A server that a test may kill."""
    with server() as own:
        yield own


@pytest.fixture(scope="module")
def talks(own_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders `old` and `new` of datasets; the database `before` has the old one."""
    folder = tmp_path_factory.mktemp("talks")
    migrate(url := own_server.create("before"))
    write_talks(folder / "new", NEW, "The new talks")
    load_records(url, write_talks(folder / "old", OLD, "The talks"))
    return folder


@pytest.fixture
def database(own_server: Server, talks: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with the old dataset, as READOUT_DATABASE_URL has it."""
    url = own_server.create(f"d{next(_numbers)}", template="before")
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    return url


_numbers = count()


def end(server: Server) -> None:
    """End a connection as an administrator does."""
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ~ '^d[0-9]'")


def kill_process(server: Server) -> None:
    """Kill a server process, as the kernel does when memory runs out; the server then ends all others, and recovers."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as other, suppress(psycopg.OperationalError):
        ((pid,),) = other.execute("SELECT pid FROM pg_stat_activity WHERE datname ~ '^d[0-9]'").fetchall()
        os.kill(pid, signal.SIGKILL)
        while True:  # until the server has noticed
            other.execute("SELECT 1")


def kill(server: Server) -> None:
    server.kill()


@pytest.mark.parametrize("fault", [end, kill_process, kill], ids=lambda fault: fault.__name__)
def test_a_broken_connection_leaves_the_old_dataset(
    fault: Callable[[Server], None], own_server: Server, database: str, talks: Path, readout: Readout
) -> None:
    """The connection breaks at the first statement, in the middle, or at the commit."""
    version = proved_version(readout)
    with before_statement(-1, lambda: None) as sent:
        readout("load", talks / "new", "--prune", "--dry-run")
    for number in (2, sent[0] // 2, COMMIT):
        with before_statement(number, lambda: fault(own_server)):
            assert refused(readout("load", talks / "new", "--prune")).startswith(BROKEN_OFF)
        own_server.recover()
        assert proved_version(readout) == version
    assert readout("load", talks / "new", "--prune").status == 0
    assert proved_version(readout) != version


def test_a_connection_that_breaks_after_the_commit_leaves_the_new_dataset(
    own_server: Server, database: str, talks: Path, readout: Readout
) -> None:
    """The client cannot know whether the load was stored; loading again is right in any case."""
    version = proved_version(readout)
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    own_server.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")  # a commit waits for a standby
    own_server.execute("SELECT pg_reload_conf()")
    try:
        process = begin(talks / "new", "--prune")
        while not own_server.execute(waiting):
            assert process.poll() is None, process.communicate()
        end(own_server)
        out, err = process.communicate()
    finally:
        own_server.execute("ALTER SYSTEM RESET synchronous_standby_names")
        own_server.execute("SELECT pg_reload_conf()")
    assert (process.returncode, out) == (2, "") and err.splitlines()[-1].startswith(f"readout: {BROKEN_OFF}")
    assert proved_version(readout) != version
    assert "nothing changed" in readout("load", talks / "new", "--prune").out


def begin(folder: Path, *options: str) -> Process:
    return start_python("-m", "seed", "load", str(folder), *options, environment=os.environ)


def test_a_killed_loader_leaves_the_old_dataset_and_no_lock(
    own_server: Server, database: str, talks: Path, readout: Readout
) -> None:
    version = proved_version(readout)
    holder = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
    with psycopg.connect(database) as other, other.transaction(force_rollback=True):
        other.execute("LOCK TABLE dataset_version IN EXCLUSIVE MODE")  # so that the load waits in its middle
        process = begin(talks / "new", "--prune")
        while not own_server.execute(f"{holder} AND pid IN (SELECT pid FROM pg_locks WHERE NOT granted)"):
            assert process.poll() is None, process.communicate()
        process.kill()
        process.communicate()
    until(lambda: not own_server.execute(holder), pause=0.01)
    assert proved_version(readout) == version
    assert readout("load", talks / "new", "--prune").status == 0


def test_a_stopped_server_is_reported_in_one_sentence(own_server: Server, database: str, readout: Readout) -> None:
    own_server.stop()
    try:
        for command in ("migrate", "load", "verify"):
            assert refused(readout(command)).startswith("The database server that READOUT_DATABASE_URL names cannot be")
    finally:
        own_server.start()
