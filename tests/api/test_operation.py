"""For whoever runs it: health, readiness, the version, and a database that cannot be used."""

import re
import shutil
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from seed.migration import migrate
from tests.api.conftest import World
from tests.api.oracle import LISTS
from tests.api.serving import Served, copy_database, load_records, problem, serving
from tests.api.world import CONGRESS, write_congress

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


def test_livez_readyz_and_version_are_never_kept(served: Served) -> None:
    for address in ("/livez", "/readyz", "/version"):
        assert served.get(address).headers["Cache-Control"] == "no-store"
    assert served.json("/livez") == served.json("/readyz") == {"status": "ok"}


def test_version_names_the_release_and_the_schema(served: Served) -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    with closing(sqlite3.connect(served.database)) as connection:
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert served.json("/version") == {"version": project["version"], "schema_version": schema}


def missing(database: Path, _world: World) -> None:
    database.unlink()


def folder(database: Path, _world: World) -> None:
    database.unlink()
    database.mkdir()


def text(database: Path, _world: World) -> None:
    database.write_text("This is no database, but a text that is longer than a page's header. " * 20)


def nothing(database: Path, _world: World) -> None:
    database.write_bytes(b"")


def foreign(database: Path, _world: World) -> None:
    database.unlink()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE meeting (id, title)")


def another_alembic(database: Path, _world: World) -> None:
    foreign(database, _world)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('86f7e437faa5')")


def outdated(database: Path, world: World) -> None:
    copy_database(world.database, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")


def no_tables_left(database: Path, world: World) -> None:
    copy_database(world.database, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE dataset_version")


def damaged(database: Path, world: World) -> None:
    copy_database(world.database, database)
    content = database.read_bytes()
    database.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def empty(_database: Path, _world: World) -> None:
    """As the fixture gives it: migrated, and without a dataset."""


UNUSABLE: dict[Callable[[Path, World], None], str] = {
    missing: "python -m seed migrate",
    folder: "READOUT_DATABASE_URL|python -m seed migrate",
    text: "READOUT_DATABASE_URL",
    nothing: "READOUT_DATABASE_URL",
    foreign: "READOUT_DATABASE_URL",
    another_alembic: "python -m seed migrate",
    outdated: "python -m seed migrate",
    no_tables_left: "python -m seed migrate",
    damaged: "python -m seed",
    empty: "python -m seed load",
}


@pytest.mark.parametrize("spoil", UNUSABLE, ids=lambda spoil: spoil.__name__)
def test_an_unusable_database_is_503_with_one_sentence_that_says_what_to_do(
    empty_database: Path, world: World, tmp_path: Path, spoil: Callable[[Path, World], None]
) -> None:
    database = copy_database(empty_database, tmp_path / "own.db")
    spoil(database, world)
    before = database.read_bytes() if database.is_file() else None
    with serving(database) as served:
        for address in FROM_THE_DATABASE:
            answer = served.get(address)
            document = problem(answer, 503, "unavailable")
            assert int(answer.headers["Retry-After"]) > 0
            assert re.search(UNUSABLE[spoil], document["detail"])
            assert document["detail"].count(". ") == 0 and "sqlalche" not in document["detail"]
            assert "Readout-Dataset" not in answer.headers
        for address in ("/livez", "/version", "/problems/unavailable", "/docs", "/openapi.json"):
            assert served.get(address).status_code == 200
        problem(served.get("/nowhere"), 404, "not_found")
    assert before is None or database.read_bytes() == before, "the service writes nothing"


def test_a_locked_database_is_503(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.database.sqlite.BUSY_SECONDS", 0)
    database = copy_database(world.database, tmp_path / "own.db")
    with closing(sqlite3.connect(database, isolation_level=None)) as other, ExitStack() as stack:
        other.execute("PRAGMA journal_mode = DELETE")  # under write-ahead logging nobody can keep a reader out
        served = stack.enter_context(serving(database))
        assert served.get("/readyz").status_code == 200
        other.execute("BEGIN EXCLUSIVE")
        assert "another program" in problem(served.get("/readyz"), 503, "unavailable")["detail"]
        other.execute("ROLLBACK")
        assert served.get("/readyz").status_code == 200


def test_the_service_recovers_as_soon_as_the_database_is_there(tmp_path: Path) -> None:
    with serving(tmp_path / "later" / "own.db") as served:
        problem(served.get("/readyz"), 503, "unavailable")
        migrate(f"sqlite:///{served.database}")
        assert "seed load" in problem(served.get("/readyz"), 503, "unavailable")["detail"]
        load_records(served.database, write_congress(tmp_path / "congress"))
        assert served.get("/readyz").status_code == 200
        assert served.ids("/meetings") == [CONGRESS]


def test_a_baked_database_is_served_without_a_file_beside_it(world: World, tmp_path: Path) -> None:
    (tmp_path / "baked").mkdir()
    database = copy_database(world.database, tmp_path / "baked" / "own.db")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    database.chmod(0o444)
    with serving(database) as served:
        assert CONGRESS in served.ids("/meetings")
        assert [path.name for path in database.parent.iterdir()] == ["own.db"]


@pytest.mark.parametrize("public_url", ["http://localhost:8000", "https://facts.example/a/b/", "http://[::1]:80/x"])
def test_addresses_come_from_the_public_url_prefix_included(world: World, tmp_path: Path, public_url: str) -> None:
    database = Path(shutil.copy(world.database, tmp_path / "own.db"))
    with serving(database, public_url=public_url) as served:
        base = served.json("/people/jane-roe")["url"].removesuffix("/people/jane-roe")
        assert base == {"http://[::1]:80/x": "http://[::1]/x"}.get(public_url, public_url.rstrip("/"))
        page = served.get("/quotes?limit=1&sort=id")
        assert page.json()["next"].startswith(f"{base}/quotes?limit=1&sort=id&cursor=")
        assert served.json("/openapi.json")["servers"] == [{"url": base}]
        assert served.get("/nowhere").json()["type"] == f"{base}/problems/not_found"
