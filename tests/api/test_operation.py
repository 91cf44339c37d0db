"""For whoever runs it: health, readiness, the version, and a database that cannot be used."""

import re
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from app.db.engines import is_server
from app.db.snapshots import SCHEMA
from app.db.sqlite import file_of
from seed.store.migration import migrate
from tests.api.conftest import World
from tests.api.failing import is_answered, keep, refused
from tests.api.oracle import LISTS
from tests.api.serving import Served, problem, serving, until
from tests.api.world import CONGRESS, write_congress
from tests.databases import Databases, execute, load_records, query

FROM_THE_DATABASE = [
    *LISTS,
    "/meetings/x",
    "/evidence/x",
    "/meetings/x/readout",
    "/sources/x/text",
    "/dataset",
    "/exports/people.csv",
    "/readyz",
]


@pytest.mark.sqlite
def test_livez_readyz_and_version_are_never_cached(served: Served) -> None:
    for address in ("/livez", "/readyz", "/version"):
        assert served.get(address).headers["Cache-Control"] == "no-store"
    assert served.json("/livez") == {"status": "ok"}
    assert served.json("/readyz") == {"status": "ok", "search_dataset": served.newest()}


@pytest.mark.sqlite
def test_version_names_the_release_and_the_schema(served: Served) -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    (schema,) = query(served.database, "SELECT version_num FROM alembic_version")
    assert served.json("/version") == {"version": project["version"], "schema_version": schema}


def nothing(databases: Databases, _world: World) -> str:
    return databases.new()


def foreign(databases: Databases, _world: World) -> str:
    database = databases.new()
    execute(database, "CREATE TABLE meeting (id TEXT, title TEXT)")
    return database


def another_alembic(databases: Databases, world: World) -> str:
    database = foreign(databases, world)
    execute(
        database,
        "CREATE TABLE alembic_version (version_num TEXT)",
        "INSERT INTO alembic_version VALUES ('86f7e437faa5')",
    )
    return database


def outdated(databases: Databases, world: World) -> str:
    database = databases.copy(world.database)
    execute(database, "UPDATE alembic_version SET version_num = '0000'")
    return database


def no_tables_left(databases: Databases, world: World) -> str:
    database = databases.copy(world.database)
    execute(database, "DROP TABLE dataset_version" + (" CASCADE" if is_server(database) else ""), linked=False)
    return database


def empty(databases: Databases, _world: World) -> str:
    return databases.migrated()


def folder(databases: Databases, _world: World) -> str:
    database = databases.new()
    file_of(database).mkdir()
    return database


def text(databases: Databases, _world: World) -> str:
    database = databases.new()
    file_of(database).write_text("This is no database, but a text that is longer than a page's header. " * 20)
    return database


def no_bytes(databases: Databases, _world: World) -> str:
    database = databases.new()
    file_of(database).write_bytes(b"")
    return database


def damaged(databases: Databases, world: World) -> str:
    database = databases.copy(world.database)
    content = file_of(database).read_bytes()
    file_of(database).write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    return database


pytestmark = pytest.mark.usefixtures("quick_readiness")

Make = Callable[[Databases, World], str]

UNUSABLE: dict[Make, str] = {
    nothing: "python -m seed migrate",
    foreign: "READOUT_DATABASE_URL",
    another_alembic: "python -m seed migrate",
    outdated: "python -m seed migrate",
    no_tables_left: "python -m seed migrate",
    empty: "python -m seed load",
}
UNUSABLE_FILES: dict[Make, str] = {
    folder: "READOUT_DATABASE_URL|python -m seed migrate",
    text: "READOUT_DATABASE_URL",
    no_bytes: "READOUT_DATABASE_URL",
    damaged: "python -m seed",
}


@pytest.mark.parametrize("make", UNUSABLE, ids=lambda make: make.__name__)
def test_an_unusable_database_is_503_with_one_sentence_that_says_what_to_do(
    databases: Databases, world: World, make: Make
) -> None:
    is_unavailable(make(databases, world), UNUSABLE[make])


@pytest.mark.sqlite
@pytest.mark.parametrize("make", UNUSABLE_FILES, ids=lambda make: make.__name__)
def test_a_file_that_is_no_database_is_503(databases: Databases, world: World, make: Make) -> None:
    database = make(databases, world)
    before = [path.read_bytes() for path in file_of(database).parent.glob("*.db") if path.is_file()]
    is_unavailable(database, UNUSABLE_FILES[make])
    assert before == [path.read_bytes() for path in file_of(database).parent.glob("*.db") if path.is_file()]


def is_unavailable(database: str, advice: str) -> None:
    with serving(database) as served:
        for address in FROM_THE_DATABASE:
            answer = served.get(address)
            document = problem(answer, 503, "unavailable")
            assert int(answer.headers["Retry-After"]) > 0
            assert re.search(advice, document["detail"])
            assert document["detail"].count(". ") == 0 and "sqlalche" not in document["detail"]
            assert "Readout-Dataset" not in answer.headers
        for address in ("/livez", "/version", "/problems/unavailable", "/docs", "/openapi.json"):
            assert served.get(address).status_code == 200
        problem(served.get("/nowhere"), 404, "not_found")


@pytest.mark.sqlite  # no program can hold all readers off PostgreSQL's tables and leave the rest
def test_a_locked_database_is_503(world: World, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.sqlite.BUSY_SECONDS", 0)
    database = databases.copy(world.database)
    with closing(sqlite3.connect(file_of(database), isolation_level=None)) as other, ExitStack() as stack:
        other.execute("PRAGMA journal_mode = DELETE")  # under write-ahead logging nobody can keep a reader out
        served = stack.enter_context(serving(database))
        assert served.get("/dataset").status_code == 200
        other.execute("BEGIN EXCLUSIVE")
        assert "another program" in problem(served.get("/dataset"), 503, "unavailable")["detail"]
        other.execute("ROLLBACK")
        assert served.get("/dataset").status_code == 200


def test_the_service_recovers_as_soon_as_the_database_is_there(databases: Databases, tmp_path: Path) -> None:
    with serving(databases.new()) as served:
        problem(served.get("/dataset"), 503, "unavailable")
        problem(served.get("/readyz"), 503, "unavailable")
        migrate(served.database)
        assert "seed load" in problem(served.get("/dataset"), 503, "unavailable")["detail"]
        until(lambda: "seed load" in problem(served.get("/readyz"), 503, "unavailable")["detail"])
        load_records(served.database, write_congress(tmp_path / "congress"))
        assert served.get("/dataset").status_code == 200
        until(lambda: is_answered(served))
        assert served.ids("/meetings") == [CONGRESS]


def test_a_newer_schema_is_reported_and_the_cache_is_cleared(world: World, databases: Databases) -> None:
    with serving(databases.copy(world.database)) as served:
        keep(served)
        execute(served.database, "UPDATE alembic_version SET version_num = '9999'")
        assert "schema 9999, of a newer version of Readout" in refused(served)
        execute(served.database, f"UPDATE alembic_version SET version_num = '{SCHEMA}'")
        until(lambda: is_answered(served))


@pytest.mark.sqlite
def test_a_baked_database_needs_no_other_file(world: World, databases: Databases) -> None:
    database = databases.copy(world.database)
    query(database, "PRAGMA journal_mode = DELETE")
    file_of(database).chmod(0o444)
    with serving(database) as served:
        assert CONGRESS in served.ids("/meetings")
        assert [path.name for path in file_of(database).parent.iterdir()] == ["readout.db"]


@pytest.mark.sqlite
@pytest.mark.parametrize("public_url", ["http://localhost:8000", "https://facts.example/a/b/", "http://[::1]:80/x"])
def test_urls_begin_with_the_public_url_and_its_prefix(world: World, databases: Databases, public_url: str) -> None:
    with serving(databases.copy(world.database), public_url=public_url) as served:
        base = served.json("/people/jane-roe")["url"].removesuffix("/people/jane-roe")
        assert base == {"http://[::1]:80/x": "http://[::1]/x"}.get(public_url, public_url.rstrip("/"))
        page = served.get("/quotes?limit=1&sort=id")
        assert page.json()["next"].startswith(f"{base}/quotes?limit=1&sort=id&cursor=")
        assert served.json("/openapi.json")["servers"] == [{"url": base}]
        assert served.get("/nowhere").json()["type"] == f"{base}/problems/not_found"
