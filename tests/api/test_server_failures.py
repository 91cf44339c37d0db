"""What the service answers when its PostgreSQL fails under it: 503 and a sentence, then the truth again, by itself."""

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from app.db.errors import Unavailable
from app.db.postgresql import parameters
from app.db.read_pool import read_pool
from app.db.watched_server import WatchedServer, connect
from app.exports.__main__ import export
from tests.amounts import READY_SECONDS
from tests.api.failing import READ, is_answered, keep, refused, title, with_title
from tests.api.serving import Served, before_statements, serving, until
from tests.databases import load_records, of_server
from tests.postgresql import Server, server

pytestmark = pytest.mark.usefixtures("quick_readiness")


@pytest.fixture(scope="module")
def own_server(postgresql: Server) -> Iterator[Server]:
    """A server that tests stop."""
    with server() as own:
        yield own


@pytest.fixture
def database(own_server: Server, tmp_path: Path) -> str:
    """The name of a database on that server, with one meeting."""
    name = f"failure{next(_numbers)}"
    load_records(of_server(own_server).named(name), with_title(tmp_path, "Congress of Vienna"))
    return name


@pytest.fixture
def reading(own_server: Server, database: str) -> Iterator[Served]:
    """A service that reads that database."""
    with serving(own_server.url(database)) as served:
        yield served


_numbers = count()


def test_a_server_that_dies_is_missed_and_answered_from_when_it_is_back(
    own_server: Server, database: str, reading: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.readiness.MAX_AGE_SECONDS", READY_SECONDS)
    keep(reading)
    own_server.kill()
    assert refused(reading).startswith("The database server that READOUT_DATABASE_URL names cannot be reached")
    own_server.recover()
    version = load_records(own_server.url(database), with_title(tmp_path, "Another")).version
    until(lambda: reading.get("/livez").headers.get("Readout-Dataset") == version)
    assert title(reading) == "Another"


def test_a_server_that_starts_anew_is_answered_from_without_a_trace_of_it(
    own_server: Server, database: str, reading: Served
) -> None:
    """Where nobody asked meanwhile: the connections are broken, and nobody has noticed."""
    keep(reading)
    own_server.stop()
    own_server.start()
    assert {reading.get(address).status_code for address in READ} == {200}


def test_a_database_in_the_place_of_another_is_answered_from_and_nothing_of_the_other(
    own_server: Server, database: str, reading: Served, tmp_path: Path
) -> None:
    keep(reading)
    version = load_records(of_server(own_server).named(f"{database}new"), with_title(tmp_path, "Another")).version
    own_server.execute(f"DROP DATABASE {database} WITH (FORCE)")
    assert "cannot be reached, or refuses" in refused(reading)
    own_server.execute(f"ALTER DATABASE {database}new RENAME TO {database}")
    until(lambda: reading.get("/livez").headers.get("Readout-Dataset") == version)
    assert title(reading) == "Another"


def test_rights_that_are_taken_away_are_told(own_server: Server, database: str) -> None:
    own_server.execute(f"CREATE ROLE {database} LOGIN")
    own_server.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {database}", database)
    url = own_server.url(database).replace("postgres@", f"{database}@")
    with serving(url) as served:
        keep(served)
        own_server.execute(f"REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM {database}", database)
        assert refused(served) == "The database refuses: give READOUT_DATABASE_URL's role its rights."
        own_server.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {database}", database)
        until(lambda: is_answered(served))


def test_a_dump_that_is_restored_under_the_service_is_answered_from(
    own_server: Server, database: str, reading: Served, tmp_path: Path
) -> None:
    folder = Path(own_server.folder)
    before = reading.get("/livez").headers["Readout-Dataset"]
    own_server.run("pg_dump", "--format=custom", f"--file={folder}/dump", database)
    load_records(own_server.url(database), with_title(tmp_path, "Another"))
    until(lambda: title(reading) == "Another")
    own_server.run(
        "pg_restore", "--clean", "--if-exists", "--single-transaction", f"--dbname={database}", f"{folder}/dump"
    )
    until(lambda: reading.get("/livez").headers.get("Readout-Dataset") == before)
    assert title(reading) == "Congress of Vienna"
    assert {reading.get(address).status_code for address in READ} == {200}


def test_exports_that_break_off_leave_those_before(
    own_server: Server, database: str, reading: Served, tmp_path: Path
) -> None:
    """In the middle of what is read for them; what is made anew then is whole."""
    settings = reading.app.state.settings
    making = read_pool(settings)
    export(making)
    before = {path: path.read_bytes() for path in settings.exports.rglob("*") if path.is_file()}
    load_records(own_server.url(database), with_title(tmp_path, "Another"))
    sent = count()
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND xact_start < now()"
    with (
        before_statements(lambda _: own_server.execute(end) if next(sent) == 20 else None),
        pytest.raises(Unavailable, match="The connection to the database broke"),
    ):
        export(making)
    assert before == {path: path.read_bytes() for path in settings.exports.rglob("*") if path.is_file()}
    assert export(making).startswith("Exported dataset version 2-")
    making.close()


def test_a_connection_whose_first_read_is_cancelled_is_closed(
    own_server: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the service stops meanwhile."""
    connections = []

    async def cancel(self: WatchedServer, _: str) -> None:
        connections.append(self._connection)
        raise asyncio.CancelledError

    monkeypatch.setattr(WatchedServer, "read_version", cancel)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(connect(0, parameters(own_server.url(database)), "SELECT 1"))
    assert [connection.closed for connection in connections] == [True]
