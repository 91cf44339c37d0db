"""Upgrades: a database of each released schema comes to the newest one with all its data; pre-releases are refused.

`databases` has a dump of each schema with data, written by the code of its time (`sqlite3 readout.db .dump`,
`pg_dump --inserts`): three loads of invented records, which added, changed and removed. Dumps are never regenerated,
because they stand for the databases of users.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import inspect

from app.db.engines import is_server, reading_engine
from app.db.snapshots import PRE_RELEASE_SCHEMAS, SCHEMA
from app.db.sqlite import file_of
from app.search.folder import SearchFolder
from app.settings import DatabaseSettings
from seed.language.countries import country_codes
from seed.store.migration import MIGRATIONS, migrate
from tests.api.failing import is_answered
from tests.api.failing import refused as refused_by_service
from tests.api.serving import serving, until
from tests.conftest import Readout, WriteRecord
from tests.databases import Files, Kind, dump, execute, load_records, of_server
from tests.disks import resize, small_disk
from tests.search.indexes import follow, found
from tests.seed.outcomes import proved_version, refused
from tests.seed.samples import ARTICLE, RECORD, SMALL_ARTICLE, another, changed, small
from tests.seed.test_migration import REVISIONS, others, run, statements

DUMPS = Path(__file__).parent / "databases"
DATASET_VERSIONS = {
    "0004": "3-b504c21e",
    "0005": "3-eccd770e",
    "0006": "3-eccd770e",
    "0007": "3-423fb64d",
    "0008": "3-423fb64d",
    "0009": "3-423fb64d",
    "0010": "3-423fb64d",
    "0011": "3-423fb64d",
}
"""The dataset version in the dumps of each schema; from 0005 on they have reviewers and an answered warning."""

NEWEST_VERSION = DATASET_VERSIONS[SCHEMA]

AGENDA_ITEMS_ARE_LOGGED = "0006"
"""The schema whose migration logs agenda items as added."""

ADDED_BY_MIGRATIONS = {
    "dataset_version": 1,
    "change": 1,  # the dumps have one agenda item
    "list_size": 1,
}
"""How many rows the upgrade of a dump without logged agenda items adds to the tables that its schema has."""

NEXT_SCHEMA = "0012"
NEXT_MIGRATION = f'''
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{NEXT_SCHEMA}", "{SCHEMA}", None, None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("minutes", sa.Text()))
    op.execute("UPDATE meeting SET minutes = '{"x" * 200_000}'")
'''


def restore_dump(dump: Path, url: str) -> str:
    """Fill an empty database from a dump; returns its URL."""
    if is_server(url):
        with psycopg.connect(url) as server:
            server.execute(dump.read_bytes())
        return url
    with closing(sqlite3.connect(file_of(url))) as file:
        file.executescript(dump.read_text())
        file.execute("PRAGMA journal_mode = WAL")  # a dump does not contain it
    return url


@pytest.fixture(params=sorted(DUMPS.glob("*/*.sql")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def dump_file(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def kind_of_dump(dump_file: Path, request: pytest.FixtureRequest, files: Files) -> Kind:
    """The kind of database that the dump is of."""
    return files if dump_file.parent.name == "sqlite" else of_server(request.getfixturevalue("postgresql"))


@pytest.fixture
def invented_country(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prove as the releases of the dumps did, which took any three capitals for a country: the dumps have `UTO`."""
    monkeypatch.setattr("seed.proof.definition_rules.country_codes", lambda: {*country_codes(), "UTO"})


@pytest.fixture
def dumped(
    dump_file: Path, kind_of_dump: Kind, invented_country: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The URL of a database restored from the dump, also in READOUT_DATABASE_URL."""
    with kind_of_dump.databases() as databases:
        database = restore_dump(dump_file, databases.new())
        monkeypatch.setenv("READOUT_DATABASE_URL", database)
        yield database


@pytest.fixture
def upgraded(
    dump_file: Path, kind_of_dump: Kind, invented_country: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The URL of a copy of a database that came from the dump to the newest schema, also in READOUT_DATABASE_URL."""
    if dump_file not in _upgraded:
        migrate(url := restore_dump(dump_file, kind_of_dump.new()))
        _upgraded[dump_file] = url
    with kind_of_dump.databases() as databases:
        monkeypatch.setenv("READOUT_DATABASE_URL", database := databases.copy(_upgraded[dump_file]))
        yield database


_upgraded: dict[Path, str] = {}
"""The databases that the dumps came to, which are made once."""


@pytest.fixture
def sqlite_dumped(files: Files, invented_country: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an SQLite database restored from the newest dump, also in READOUT_DATABASE_URL."""
    with files.databases() as databases:
        database = restore_dump(DUMPS / "sqlite" / f"{SCHEMA}.sql", databases.new())
        monkeypatch.setenv("READOUT_DATABASE_URL", database)
        yield database


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a newer release, whose invented migration adds a column and fills it."""
    folder = shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    (folder / "versions" / f"{NEXT_SCHEMA}_next.py").write_text(NEXT_MIGRATION)
    monkeypatch.setattr("seed.store.migration.MIGRATIONS", folder)
    for module in ("app.db.snapshots", "seed.store.migration"):
        monkeypatch.setattr(f"{module}.SCHEMA", NEXT_SCHEMA)


def contents(url: str, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows of some tables, with some of their columns."""
    with reading_engine(url).connect() as connection:
        select = {table: f"SELECT {', '.join(names)} FROM {table}" for table, names in columns.items()}
        return {table: sorted(map(repr, connection.exec_driver_sql(rows))) for table, rows in select.items()}


def columns(url: str) -> dict[str, list[str]]:
    """The columns of each table of loaded data, by the table's name."""
    with reading_engine(url).connect() as connection:
        inspector = inspect(connection)
        tables = [name for name in inspector.get_table_names() if not name.startswith(("search_", "alembic_"))]
        return {table: [column["name"] for column in inspector.get_columns(table)] for table in tables}


def test_there_is_a_dump_of_every_schema() -> None:
    for database in ("sqlite", "postgresql"):
        assert [path.stem for path in sorted(DUMPS.glob(f"{database}/*.sql"))] == REVISIONS


def test_a_dump_has_the_schema_of_the_migrations(upgraded: str, kind_of_dump: Kind) -> None:
    assert schema_of(upgraded) == schema_of(kind_of_dump.migrated)


def schema_of(url: str) -> list[str]:
    """Every statement of a database's schema, whatever its whitespace."""
    parts = (*sorted(statements(url).items()), *others(url))
    return [" ".join(repr(each).replace("\\n", " ").split()) for each in parts]


def test_a_dumped_database_comes_to_the_newest_schema_with_all_its_data(dumped: str, readout: Readout) -> None:
    assert_upgrade_keeps_data(dumped, readout, SCHEMA)


@pytest.mark.usefixtures("next_release")
def test_a_dumped_database_comes_to_the_next_schema_with_all_its_data(dumped: str, readout: Readout) -> None:
    assert_upgrade_keeps_data(dumped, readout, NEXT_SCHEMA)


def assert_upgrade_keeps_data(url: str, readout: Readout, schema: str) -> None:
    old_columns, old_schema = columns(url), schema_in(url)
    new_rows = ADDED_BY_MIGRATIONS if old_schema < AGENDA_ITEMS_ARE_LOGGED else {}
    before = contents(url, old_columns)
    assert len(before) > 20
    assert all(any(f"'{kind}'" in row for row in before["change"]) for kind in ("added", "changed", "removed"))
    assert readout("migrate").status == 0
    assert migrate(url) == schema
    after = contents(url, old_columns)
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) + new_rows.get(name, 0) for name, rows in before.items()
    }
    assert all(set(rows) <= set(after[name]) for name, rows in before.items())
    assert proved_version(readout) == upgraded_version(old_schema)


def test_what_newer_rules_refuse_is_listed_after_an_upgrade_and_blocks_nothing(
    upgraded: str, readout: Readout, write_record: WriteRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seed.proof.definition_rules.country_codes", country_codes)
    name = ("name: Jane Roe}", "name: Jane Roe, other_names: [Minister Roe]}")
    write_record(tmp_path / "linz", small("linz", name), SMALL_ARTICLE)
    assert readout("load", tmp_path / "linz").status == 0
    ran = readout("verify")
    assert ran.status == 1 and ran.out.splitlines()[:-1] == [
        "meeting vienna: bad-value: `UTO` is no country code of ISO 3166: take the alpha-3 code of the country, or"
        " leave `country` out"
    ]


def test_stored_records_are_found_after_an_upgrade(upgraded: str) -> None:
    folder = DatabaseSettings().search
    follow(upgraded, folder)
    opened = SearchFolder(folder).open()
    assert ("quote", "vienna.doors") in {hit for word in ("roe", "doors") for hit in found(opened, "words", word)}


def test_nothing_of_full_text_search_in_the_database_is_left(upgraded: str) -> None:
    assert not [line for line in schema_of(upgraded) if "search_" in line or "_entry" in line]


def test_loads_go_on_after_an_upgrade(
    dump_file: Path, upgraded: str, readout: Readout, write_record: WriteRecord, tmp_path: Path
) -> None:
    number = int(upgraded_version(dump_file.stem).split("-")[0])
    write_record(tmp_path / "vienna", another("vienna"), ARTICLE)
    assert "title: Talks at the Café Hawelka → Utopia–Ruritania talks" in readout("load", tmp_path / "vienna").out
    assert proved_version(readout).startswith(f"{number + 1}-")


def test_a_client_that_follows_the_changes_learns_of_agenda_items(dump_file: Path, upgraded: str) -> None:
    before, newest = DATASET_VERSIONS[dump_file.stem], upgraded_version(dump_file.stem)
    with serving(upgraded) as served:
        assert served.newest() == newest
        listed = served.json(f"/changes?since={before}")
        assert [(each["change"], each["kind"], each["id"]) for each in listed["items"]] == (
            [("added", "agenda_item", "vienna.opening")] if newest != before else []
        )
        served.index()
        for path in ("/agenda?sort=title", "/agenda?outcome=open&q=still", "/agenda?sort=-outcome&changed_since=0"):
            (item,) = served.json(path)["items"]
            assert served.json(item["url"]) == item
        assert [agreement["id"] for agreement in item["agreements"]] == ["vienna.embassies"]
        last = [
            change["version"] for change in served.json("/changes?limit=100")["items"] if change["id"] == item["id"]
        ][-1]
        assert (item["title"], item["changed_in"]) == ("When to open", last)


def test_the_same_records_change_nothing_after_an_upgrade(
    dump_file: Path, upgraded: str, readout: Readout, write_record: WriteRecord, tmp_path: Path
) -> None:
    for id, content in stored_rows(upgraded, "SELECT id, content FROM canonical_record"):
        source = json.loads(content)["sources"][0]["id"]
        texts = stored_rows(
            upgraded, f"SELECT text FROM source_text JOIN source ON key = source_key WHERE id = '{source}'"
        )
        write_record(tmp_path / id, content, texts[0][0])
    assert "nothing changed" in readout("load", tmp_path).out
    assert proved_version(readout) == upgraded_version(dump_file.stem)


OUTCOMES = ("deferred", "no_agreement", "open", "discussed", "agreed")
AGENDA = "".join(
    f"""
    - id: item-{outcome.replace("_", "-")}
      title: {title}
      outcome: {outcome}
      evidence:
        - {{says: outcome, words: a date is still open}}
        - {{says: outcome, inferred: It was so.}}"""
    for outcome, title in zip(OUTCOMES, ("Straße", "ICE", "ice", "ΣΊΣΥΦΟΣ", "A matter"), strict=True)
)


def test_an_upgraded_database_is_as_a_loaded_one_but_for_its_versions(
    database: str, write_record: WriteRecord, readout: Readout, tmp_path: Path
) -> None:
    record = changed(RECORD, ("  agenda:\n", f"  agenda:{AGENDA}\n"), ("agenda: opening", "agenda: item-agreed"))
    load_records(database, write_record(tmp_path / "vienna", record, ARTICLE))
    loaded = contents(database, columns_without_versions(database))
    run(database, "0005", "downgrade")
    assert migrate(database) == "0005"
    assert contents(database, columns_without_versions(database)) == loaded
    assert len(loaded["agenda_item"]) == len(OUTCOMES) + 1
    assert proved_version(readout).startswith("2-")


def columns_without_versions(url: str) -> dict[str, list[str]]:
    """The columns of each table of loaded data except for the versions and the change log."""
    tables = {name: names for name, names in columns(url).items() if name not in ("dataset_version", "change")}
    return {table: [name for name in names if name != "changed_in"] for table, names in tables.items()}


def upgraded_version(schema: str) -> str:
    """The dataset version of a dump after its upgrade: of the same records, so it has the same digest."""
    number, digest = DATASET_VERSIONS[schema].split("-")
    return f"{int(number) + (schema < AGENDA_ITEMS_ARE_LOGGED)}-{digest}"


def schema_in(url: str) -> str:
    """The schema that a database has."""
    ((schema,),) = stored_rows(url, "SELECT version_num FROM alembic_version")
    return str(schema)


def stored_rows(url: str, statement: str) -> list[Any]:
    with reading_engine(url).connect() as connection:
        return list(connection.exec_driver_sql(statement))


@pytest.mark.usefixtures("next_release")
def test_an_upgrade_with_too_little_disk_space_leaves_the_database_as_it_was(
    sqlite_dumped: str, readout: Readout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_columns, file = columns(sqlite_dumped), file_of(sqlite_dumped)
    before = contents(sqlite_dumped, old_columns)
    with small_disk(tmp_path / "disk", file.stat().st_size // 1024 + 40) as disk:  # 32 of it are SQLite's shared memory
        monkeypatch.setenv("READOUT_DATABASE_URL", url := f"sqlite:///{shutil.copy(file, disk)}")
        assert refused(readout("migrate")).startswith("The disk is full, and the database is as it was")
        assert contents(url, old_columns) == before
        resize(disk, 16 * 1024)
        assert readout("migrate").status == 0
        assert proved_version(readout) == NEWEST_VERSION


@pytest.mark.usefixtures("next_release")
def test_a_service_responds_as_soon_as_its_database_is_upgraded(sqlite_dumped: str) -> None:
    with serving(sqlite_dumped) as served:
        assert f"{NEXT_SCHEMA} is wanted: run `python -m seed migrate`" in refused_by_service(served)
        migrate(sqlite_dumped)
        until(lambda: is_answered(served))
        assert served.newest() == NEWEST_VERSION
        assert served.json("/meetings/vienna")["title"] == "Talks at the Café Hawelka"


PRE_RELEASE = "made by a pre-release: migrate a new database and load the records again."


@pytest.mark.parametrize("schema", PRE_RELEASE_SCHEMAS)
def test_a_database_of_a_pre_release_is_refused_and_not_changed(
    schema: str, database: str, readout: Readout, tmp_path: Path
) -> None:
    execute(database, f"UPDATE alembic_version SET version_num = '{schema}'")
    before = dump(database)
    assert refused(readout("migrate")) == f"The database {database} has schema {schema}, {PRE_RELEASE}"
    for command in ("load", "verify"):
        assert refused(readout(command)) == f"The database has schema {schema}, {PRE_RELEASE}"
    with serving(database) as served:
        assert refused_by_service(served) == f"The database has schema {schema}, {PRE_RELEASE}"
    assert dump(database) == before


@pytest.mark.sqlite
def test_a_pre_release_is_neither_copied_nor_restored(database: str, readout: Readout, tmp_path: Path) -> None:
    current, old = tmp_path / "current.db", tmp_path / "old.db"
    assert readout("backup", current).status == 0
    shutil.copy(current, old)
    execute(f"sqlite:///{old}", "UPDATE alembic_version SET version_num = '0003'")
    before = dump(database)
    assert refused(readout("restore", old)) == f"The database {old} has schema 0003, {PRE_RELEASE}"
    assert dump(database) == before
    execute(database, "UPDATE alembic_version SET version_num = '0003'")
    before = dump(database)
    for command, copy in (("backup", tmp_path / "new.db"), ("restore", current)):
        assert refused(readout(command, copy)) == f"The database {database} has schema 0003, {PRE_RELEASE}"
    assert dump(database) == before and not (tmp_path / "new.db").exists()
