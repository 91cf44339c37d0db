"""Models and migrations agree, each migration goes down and up again, and other databases are not changed."""

import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import app.models  # noqa: F401  (fills the metadata)
from app.db.engines import is_server, writing_engine
from app.db.errors import Unavailable
from app.db.snapshots import SCHEMA
from seed.store.migration import MIGRATIONS, migrate, stop_enforcing_references
from tests.api.world import write_world
from tests.conftest import Readout
from tests.databases import Databases, dump, execute, query, schema, tables
from tests.postgresql import Server


def config(url: str) -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["database_url"] = url
    return made


REVISIONS = [revision.revision for revision in ScriptDirectory.from_config(config("")).walk_revisions()][::-1]


def statements(url: str) -> dict[str, list[str]]:
    """The sorted parts of each CREATE TABLE and CREATE INDEX statement, since their order does not matter, and what
    follows them."""
    if is_server(url):
        return {"": [line for line in schema(url) if "alembic_version" not in line]}
    rows = query(
        url,
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        " AND name <> 'alembic_version'",  # which no model has
    )
    found = {}
    for name, sql in rows:
        own, _, options = " ".join(sql.replace('"', "").split("(", 1)[1].split()).rpartition(")")
        found[name] = sorted(part.strip(" )") for part in [*re.split(r",(?![^(]*\))", own), options])
    return found


OTHERS = "SELECT name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY name"


def others(url: str) -> list[Any]:
    """The other objects of a database, such as views and triggers."""
    return schema(url) if is_server(url) else query(url, OTHERS)


def run(url: str, revision: str, how: str) -> None:
    """Upgrade or downgrade a database to a revision."""
    engine = writing_engine(url, create=True)
    with engine.connect() as connection:
        if not is_server(url):
            stop_enforcing_references(connection)
        made = config(url)
        made.attributes["connection"] = connection
        getattr(command, how)(made, revision)
        connection.commit()
    engine.dispose()


def test_models_and_migrations_agree(databases: Databases, database: str) -> None:
    url = databases.new()
    engine = writing_engine(url, create=True)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    assert statements(database) == statements(url)
    assert len(str(statements(url))) > 10_000


def test_alembic_check_finds_no_difference(database: str) -> None:
    engine = writing_engine(database)
    with engine.connect() as connection:
        made = config(database)
        made.attributes["connection"] = connection
        command.check(made)
    engine.dispose()


def test_the_schema_that_the_code_reads_is_the_newest_migration() -> None:
    assert REVISIONS[-1] == SCHEMA
    assert ScriptDirectory.from_config(config("")).get_heads() == [SCHEMA]


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_migration_goes_down_and_up_again(revision: str, database: str) -> None:
    below = dict(zip(REVISIONS, ["base", *REVISIONS], strict=False))[revision]
    run(database, revision, "downgrade") if revision != SCHEMA else None
    before = statements(database), others(database)
    run(database, below, "downgrade")
    if below == "base":
        assert tables(database) == ["alembic_version"]
    run(database, revision, "upgrade")
    assert (statements(database), others(database)) == before
    assert query(database, "SELECT version_num FROM alembic_version") == [revision]


FILLS_COLUMNS = "0008"
"""The newest schema whose migration fills columns."""


def test_a_migration_fills_its_columns_as_a_load_does(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = databases.loaded(*write_world(tmp_path))
    before = dump(database)
    run(database, REVISIONS[REVISIONS.index(FILLS_COLUMNS) - 1], "downgrade")
    assert len(dump(database)) != len(before)
    run(database, SCHEMA, "upgrade")
    assert dump(database) == before


@pytest.mark.sqlite
def test_every_new_database_is_the_same(databases: Databases, database: str) -> None:
    """With its constraints and indexes in the same order: an image's build is reproducible."""
    url = databases.new()
    migrate(url)
    assert dump(url) == dump(database)


@pytest.mark.sqlite
def test_migrate_creates_folder_file_and_schema_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a/b/readout.db"
    assert migrate(url) is None
    before = dump(url)
    assert query(url, "SELECT version_num FROM alembic_version") == [SCHEMA]
    assert query(url, "PRAGMA journal_mode") == ["wal"]
    assert migrate(url) == SCHEMA
    assert dump(url) == before


def test_the_command_reports_an_upgrade_once(
    readout: Readout, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.new()
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    first, second = readout("migrate"), readout("migrate")
    assert (first.status, first.out, first.err) == (0, f"{url}: schema none → {SCHEMA}\n", "")
    assert (second.status, second.out, second.err) == (0, "", "")


@pytest.mark.parametrize("name", ["with space.db", "with%percent.db", "ünïcode.db", "with#hash.db", "with+plus.db"])
def test_a_file_may_have_any_name(name: str, tmp_path: Path, readout: Readout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{tmp_path}/{name}")
    assert readout("migrate").status == 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".db"] == [name]
    assert readout("load", "--dry-run").status == 0
    assert "holds no dataset" in readout("verify").err


ALEMBIC = "CREATE TABLE alembic_version (version_num TEXT)"


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (["CREATE TABLE mine (a TEXT)"], "not one of Readout's"),
        ([ALEMBIC, "INSERT INTO alembic_version VALUES ('0001')"], "not one of"),
        ([ALEMBIC, "INSERT INTO alembic_version VALUES ('abc')"], "not one of"),
        ([ALEMBIC, "CREATE TABLE a (b TEXT)"], "not one of Readout's"),
    ],
)
def test_a_database_of_another_program_is_refused_and_not_changed(
    statements: list[str], says: str, databases: Databases, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.new()
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    execute(url, *statements)
    before = dump(url)
    with pytest.raises(Unavailable, match=says):
        migrate(url)
    for name in ("migrate", "load", "verify"):
        ran = readout(name)
        assert ran.status == 2 and ran.err.startswith("readout: ") and ran.err.count("\n") == 1, name
    assert dump(url) == before


def test_a_database_of_a_newer_version_is_refused_and_not_changed(database: str, readout: Readout) -> None:
    execute(database, "UPDATE alembic_version SET version_num = '9999'")
    before = dump(database)
    ran = readout("migrate")
    assert ran.status == 2 and "newer version of Readout" in ran.err
    assert dump(database) == before


def test_a_failed_migration_is_rolled_back(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    url = databases.new()

    def fail(*_: object) -> None:
        raise psycopg.OperationalError() if is_server(url) else sqlite3.OperationalError("disk I/O error")

    for name in [name for name in sys.modules if name.startswith(SCHEMA)]:
        del sys.modules[name]
    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(Unavailable):
        migrate(url)
    assert tables(url) == []


@pytest.mark.postgresql
@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_without_unicode_is_refused(
    encoding: str, postgresql: Server, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
    postgresql.execute(f"CREATE DATABASE {encoding} {options}")
    monkeypatch.setenv("READOUT_DATABASE_URL", postgresql.url(encoding.lower()))
    for name in ("migrate", "load", "verify"):
        ran = readout(name)
        assert ran.status == 2 and f"encoding {encoding}" in ran.err and ran.err.count("\n") == 1, name


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "postgresql://localhost/a", "sqlite://", "sqlite:///:memory:", "mysql+x://a", "sqlite+a:///b"],
)
def test_an_invalid_database_url_is_refused(url: str, readout: Readout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_DATABASE_URL", url)
    for name in ("migrate", "load", "verify"):
        ran = readout(name)
        assert ran.status == 2 and "READOUT_DATABASE_URL" in ran.err and ran.err.count("\n") == 1, name


def test_a_folder_that_cannot_be_made_is_reported_in_one_sentence(
    tmp_path: Path, readout: Readout, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{tmp_path}/file/a/readout.db")
    ran = readout("migrate")
    assert (ran.status, ran.err.count("\n")) == (2, 1) and "cannot be made" in ran.err
