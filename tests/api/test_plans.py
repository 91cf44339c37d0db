"""Every filter and every sort has an index: SQLite counts and sorts no list by a scan of its table."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.dialects import sqlite

from app.api.shared.pagination import ListDefinition, _page, _total
from app.db.sqlite import file_of
from app.db.statements import FilterParam, Statement
from app.exports.exported_lists import LISTS
from tests.databases import Files

FILTERS = [(definition, name) for definition in LISTS for name in definition.filters if name != "q"]
SORTS = [(definition, sign + name) for definition in LISTS for name in definition.sorts for sign in ("", "-")]
ONLY_ASCENDING = "-place"

pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def connection(files: Files) -> Iterator[sqlite3.Connection]:
    with files.databases() as databases, sqlite3.connect(file_of(databases.migrated())) as connection:
        yield connection


def plan(connection: sqlite3.Connection, statement: Statement[Any]) -> list[str]:
    """The steps of a statement, as SQLite plans them."""
    compiled = statement.select.compile(dialect=sqlite.dialect())
    values = [None] * len(compiled.positiontup or ())
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {compiled}", values)]


def named(value: object) -> str:
    return value.name if isinstance(value, ListDefinition) else str(value)


@pytest.mark.parametrize(("definition", "name"), FILTERS, ids=named)
def test_an_index_begins_with_the_column_of_each_filter(definition: ListDefinition[Any], name: str) -> None:
    """So do indexes on PostgreSQL, which has no plan worth a look for a table without rows."""
    column = definition.filters[name].column
    indexed = [next(iter(index.columns)) for index in column.table.indexes]
    constraints = [
        each for each in column.table.constraints if isinstance(each, PrimaryKeyConstraint | UniqueConstraint)
    ]
    indexed += [next(iter(constraint.columns)) for constraint in constraints]
    assert column in indexed


@pytest.mark.parametrize("is_list", [False, True])
@pytest.mark.parametrize(("definition", "name"), FILTERS, ids=named)
def test_matches_are_counted_without_a_scan(
    connection: sqlite3.Connection, definition: ListDefinition[Any], name: str, is_list: bool
) -> None:
    steps = plan(connection, _total(definition, ((name, FilterParam(name, is_list)),)))
    assert not [step for step in steps if re.match("SCAN (?!anon_)", step)], steps
    assert any(re.match(rf"SEARCH {definition.rows.name} USING", step) for step in steps), steps


@pytest.mark.parametrize("has_cursor", [False, True])
@pytest.mark.parametrize(("definition", "sort"), SORTS, ids=named)
def test_a_page_is_read_in_the_order_of_an_index(
    connection: sqlite3.Connection, definition: ListDefinition[Any], sort: str, has_cursor: bool
) -> None:
    if sort == ONLY_ASCENDING:
        return
    filters = (("meeting", FilterParam("meeting", is_list=False)),) if sort == "place" else ()
    steps = plan(connection, _page(definition, sort, filters, has_cursor))
    sorted_rows = [step for step in steps if "TEMP B-TREE" in step and "LAST TERM" not in step]
    assert len(sorted_rows) <= 2 * has_cursor, steps  # of a page, the ties and the rows beyond them
