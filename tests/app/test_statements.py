"""Statements made once: for each kind of database, and with any text as a parameter."""

import gc
import sqlite3
import weakref
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlalchemy.dialects import sqlite

from app.db.dialect_sql import bind_processor
from app.db.engines import reading_engine
from app.db.sqlite import CACHED_STATEMENTS
from app.db.statements import FilterParam, Statement, cached_statement, columns_of
from app.models import Person, table
from tests.conftest import WriteRecord
from tests.databases import Databases, Files
from tests.seed.samples import ARTICLE, RECORD

_people = table(Person)


@dataclass
class PersonRow:
    id: str
    other_names: list[str]


ONE, SEVERAL = (
    Statement(
        PersonRow, select(*columns_of(_people, PersonRow)).where(FilterParam("id", several).matches(_people.c.id))
    )
    for several in (False, True)
)
"""They outlive the database that they were made for first."""


@pytest.mark.parametrize(
    ("statement", "id", "found"),
    [
        (ONE, "jane-roe", [PersonRow("jane-roe", [])]),
        (ONE, "jane-roe\0", []),
        (SEVERAL, ["nobody", "jane-roe", "\0"], [PersonRow("jane-roe", [])]),
        (SEVERAL, ["\0", "jane\0roe"], []),
    ],
)
def test_a_statement_finds_the_same_in_every_kind_of_database(
    statement: Statement[PersonRow],
    id: str | list[str],
    found: list[Any],
    databases: Databases,
    write_record: WriteRecord,
    tmp_path: Path,
) -> None:
    engine = reading_engine(databases.loaded(write_record(tmp_path / "record", RECORD, ARTICLE)))
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        assert list(statement.rows(driver, engine.dialect, {"id": id})) == found


@pytest.mark.parametrize("several", [False, True])
def test_an_index_is_looked_into_for_one_value_and_for_several(several: bool, databases: Databases) -> None:
    engine = reading_engine(databases.migrated())
    statement = (
        select(_people.c.key).where(FilterParam("id", several).matches(_people.c.id)).compile(dialect=engine.dialect)
    )
    values = bind_processor(engine.dialect)(["jane-roe", "nobody"] if several else "jane-roe")
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (values,)).all()
            assert "SEARCH person USING COVERING INDEX" in str(plan)
        else:
            connection.exec_driver_sql("SET enable_seqscan = off")  # which a table without rows would have
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", (values,)).all()
            assert "Index Cond" in str(plan)


def test_a_cached_statement_keeps_nothing_of_its_select_but_the_sql() -> None:
    made: list[weakref.ref[Select[Any]]] = []

    @cached_statement(PersonRow)
    def people(is_list: bool) -> Select[Any]:
        ids = FilterParam("id", is_list).matches(_people.c.id)
        statement = select(*columns_of(_people, PersonRow)).where(ids)
        made.append(weakref.ref(statement))
        return statement

    connection: Any = sqlite3.connect(":memory:")
    with closing(connection), pytest.raises(sqlite3.OperationalError, match="no such table: person"):
        people(False).rows(connection, sqlite.dialect(), {"id": "jane-roe"})
    gc.collect()
    assert people(False) is people(False) is not people(True)
    assert [select() for select in made] == [None]


def test_the_columns_of_a_statement_are_the_fields_of_its_rows() -> None:
    @cached_statement(PersonRow)
    def names() -> Select[Any]:
        return select(_people.c.name)

    with pytest.raises(TypeError, match="PersonRow has the fields"):
        Statement(PersonRow, select(_people.c.name))
    with pytest.raises(TypeError, match="PersonRow has the fields"):
        names().select.compile()


def test_a_connection_keeps_few_prepared_statements(files: Files) -> None:
    """They may be large, and every thread has a connection."""

    def prepared() -> int:
        kinds = [(type(each).__module__, type(each).__name__) for each in gc.get_objects()]
        return kinds.count(("sqlite3", "Statement"))

    with files.databases() as databases, reading_engine(databases.migrated()).connect() as connection:
        driver: Any = connection.connection.driver_connection
        before = prepared()
        for number in range(200):
            driver.execute(f"SELECT {number}").fetchall()
        assert 32 < prepared() - before <= CACHED_STATEMENTS
