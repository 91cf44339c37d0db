"""A primary, two standbys, and processes that read from them: loads are seen, and servers are lost."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from seed.store.migration import migrate
from tests.amounts import CONFLICTS, LOADS_OF_A_PRIMARY
from tests.api.processes import running
from tests.api.readers import Readers, assert_no_version_is_mixed, assert_no_way_back
from tests.api.world import CONGRESS, CONGRESS_RECORD, write_congress
from tests.databases import load_records
from tests.postgresql import Server, server, standby

READ = [f"/delegates/{CONGRESS}.jane-roe", "/delegates?limit=5", f"/meetings/{CONGRESS}/readout", "/dataset"]
READERS = 8


@dataclass(frozen=True)
class Cluster:
    primary: Server
    standbys: list[Server]

    def address(self, *servers: Server) -> str:
        """The address of a database that may be read from any of some servers: the first standby, or else the first."""
        folders = ",".join(str(server.folder) for server in servers)
        return f"postgresql://postgres@/readout?host={folders}&target_session_attrs=prefer-standby"

    def load(self, folder: Path) -> str:
        """Load a record into the primary, as the command line does; the version that it made."""
        return load_records(self.primary.url("readout"), folder).version


@pytest.fixture
def cluster(postgresql: Server) -> Iterator[Cluster]:
    with ExitStack() as stack:
        primary = stack.enter_context(server())
        migrate(primary.create("readout"))
        yield Cluster(primary, [stack.enter_context(standby(primary)) for _ in range(2)])


@pytest.mark.long
def test_loads_are_seen_and_servers_are_lost(cluster: Cluster, tmp_path: Path) -> None:
    """No error, no response that mixes versions, and none that is older than one before it from the same process."""
    primary, (one, other) = cluster.primary, cluster.standbys
    versions = [load_another(cluster, tmp_path)]
    with (
        running(database=cluster.address(one, other, primary)) as (_, first),
        running(database=cluster.address(other, one, primary)) as (_, second),
        Readers(first, second, ask_for=READ, clients=READERS) as readers,
    ):
        for _ in range(LOADS_OF_A_PRIMARY):
            versions.append(load_another(cluster, tmp_path))
            readers.wait_for(versions[-1])
        one.kill()
        readers.wait_for(versions[-1])
        versions.append(load_another(cluster, tmp_path))
        readers.wait_for(versions[-1])
        primary.kill()
        readers.wait_for(versions[-1])
    other.kill()
    assert_no_version_is_mixed(readers.answers)
    for process in range(2):
        answers = [answer for answer in readers.answers if answer.process == process]
        assert_no_way_back(answers, versions)


@pytest.mark.long
def test_a_read_that_recovery_cancels_is_tried_again(cluster: Cluster, tmp_path: Path) -> None:
    """A standby that waits for nobody cancels whoever reads when it removes what the primary has vacuumed away."""
    primary, (one, _) = cluster.primary, cluster.standbys
    one.execute("ALTER SYSTEM SET max_standby_streaming_delay = 0")
    one.execute("SELECT pg_reload_conf()")
    version = load_another(cluster, tmp_path)
    with (
        running(database=cluster.address(one), READOUT_CACHE_MIB="0") as (_, address),
        Readers(address, ask_for=READ, clients=READERS) as readers,
    ):
        while not one.execute(
            f"SELECT 1 FROM pg_stat_database_conflicts WHERE confl_snapshot >= {CONFLICTS}", "readout"
        ):
            primary.execute("UPDATE list_size SET items = items", "readout")
            primary.execute("VACUUM list_size", "readout")
            ((replayed,),) = primary.execute("SELECT pg_current_wal_lsn()")
            while one.execute(f"SELECT 1 WHERE pg_last_wal_replay_lsn() < '{replayed}'"):
                pass
            readers.wait_for(version)
    assert_no_version_is_mixed(readers.answers)


def load_another(cluster: Cluster, folder: Path) -> str:
    """Load the congress under another title."""
    title = f"Congress of {time.monotonic_ns()}"
    return cluster.load(write_congress(folder / "record", CONGRESS_RECORD.replace("Congress of Vienna", title)))
