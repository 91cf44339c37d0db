"""How lists are read: which plan the service chooses, which index each statement uses, and that all plans agree."""

import itertools
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import count, cycle, islice
from typing import Any

import psycopg
import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.dialects import sqlite

from app.api.shared import list_plan
from app.api.shared.list_statements import (
    FilterParams,
    halves,
    lead_counts,
    leads,
    match_count,
    sort_column,
    sorted_matches,
    walk,
)
from app.api.shared.pagination import ListDefinition
from app.db.dialect_sql import index_settings
from app.db.engines import reading_engine
from app.db.errors import TIMED_OUT, QueryTimeout
from app.db.read_pool import ReadPool
from app.db.request_context import RequestContext
from app.db.sqlite import file_of
from app.db.statements import FilterParam, Statement
from app.enums import RecordKind
from app.exports.exported_lists import LISTS as DEFINITIONS
from tests.api.conftest import World
from tests.api.oracle import LISTS, in_order, some_of, under, values
from tests.api.serving import Served, problem, serving
from tests.databases import Files, Kind, OfServer
from tests.postgresql import Server

FILTERS = [(definition, name) for definition in DEFINITIONS for name in definition.conditions]
SORTS = [(definition, sign + name) for definition in DEFINITIONS for name in definition.sorts for sign in ("", "-")]


@pytest.fixture(scope="module")
def connection(files: Files) -> Iterator[sqlite3.Connection]:
    with files.databases() as databases, closing(sqlite3.connect(file_of(databases.migrated()))) as connection:
        yield connection


def plan(connection: sqlite3.Connection, statement: Statement[Any]) -> list[str]:
    """The steps of a statement, as SQLite plans them."""
    compiled = statement.select.compile(dialect=sqlite.dialect())
    values = [None] * len(compiled.positiontup or ())
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {compiled}", values)]


def one(name: str, is_list: bool = False) -> FilterParams:
    return ((name, FilterParam(name, is_list)),)


def named(value: object) -> str:
    return value.name if isinstance(value, ListDefinition) else str(value)


@pytest.mark.sqlite
@pytest.mark.parametrize(("definition", "name"), FILTERS, ids=named)
def test_an_index_begins_with_the_column_of_each_filter(definition: ListDefinition[Any], name: str) -> None:
    """So do indexes on PostgreSQL, which has no plan worth a look for a table without rows."""
    column = definition.conditions[name].column
    indexed = [next(iter(index.columns)) for index in column.table.indexes]
    constraints = [
        each for each in column.table.constraints if isinstance(each, PrimaryKeyConstraint | UniqueConstraint)
    ]
    indexed += [next(iter(constraint.columns)) for constraint in constraints]
    assert column in indexed


@pytest.mark.sqlite
@pytest.mark.parametrize("is_list", [False, True])
@pytest.mark.parametrize(("definition", "name"), FILTERS, ids=named)
def test_matches_are_found_and_counted_without_a_scan(
    connection: sqlite3.Connection, definition: ListDefinition[Any], name: str, is_list: bool
) -> None:
    filters = one(name, is_list)
    for statement in (lead_counts(definition, filters), sorted_matches(definition, "id", filters, (0,), (), False)):
        steps = plan(connection, statement)
        assert not [step for step in steps if re.match("SCAN (?!(anon_|keys|found|matches|CONSTANT))", step)], steps
    assert any(re.match("SEARCH item USING", step) for step in steps), steps


@pytest.mark.sqlite
@pytest.mark.parametrize(("definition", "name"), FILTERS, ids=named)
def test_other_filters_do_not_choose_the_index(
    connection: sqlite3.Connection, definition: ListDefinition[Any], name: str
) -> None:
    """The filter that matches the fewest items does: the rows that it finds are tested one by one."""
    filters = one(name) + others(definition, name)
    alone = [step for step in searches(plan(connection, lead_counts(definition, one(name)))) if "list_size" not in step]
    among = iter(searches(plan(connection, match_count(definition, filters, (0,), ()))))
    assert all(step in among for step in alone), "in the same order, and the rows are looked up in between"
    steps = plan(connection, sorted_matches(definition, "id", filters, (0,), (), False))
    assert [step for step in steps if " item " in step] == [step for step in steps if step.startswith("SEARCH item")]
    alone = searches(plan(connection, sorted_matches(definition, "id", one(name), (0,), (), False)))
    assert searches(steps)[0] == alone[0]


def others(definition: ListDefinition[Any], *names: str) -> FilterParams:
    """All filters of a list but some."""
    return tuple((name, FilterParam(name, is_list=False)) for name in definition.filters if name not in (*names, "q"))


def searches(steps: list[str]) -> list[str]:
    """The rows that a statement searches, and by which condition."""
    return [re.sub(r"USING (COVERING )?INDEX \w+", "", step) for step in steps if step.startswith("SEARCH")]


@pytest.mark.sqlite
@pytest.mark.parametrize("has_cursor", [False, True])
@pytest.mark.parametrize(("definition", "sort"), SORTS, ids=named)
def test_a_walk_is_in_the_order_of_an_index_whatever_the_filters_are(
    connection: sqlite3.Connection, definition: ListDefinition[Any], sort: str, has_cursor: bool
) -> None:
    if sort.removeprefix("-") == "place":
        assert not definition.sorts["place"].has_index
        return
    filters = others(definition)
    for given, few in (((), ()), (filters, ()), (filters, (0,)), (filters, tuple(range(len(filters))))):
        steps = plan(connection, walk(definition, sort, given, few, has_cursor))
        sorted_rows = [step for step in steps if "TEMP B-TREE" in step and "LAST TERM" not in step]
        assert len(sorted_rows) <= has_cursor, steps  # those of a page, the ties and the rows beyond them together
        assert not [step for step in steps if re.match(f"SCAN {definition.rows.name}(?! USING)", step)], steps


@pytest.mark.sqlite
@pytest.mark.parametrize(("definition", "sort"), SORTS, ids=named)
def test_a_walk_that_looks_for_few_keys_passes_only_index_entries(
    connection: sqlite3.Connection, definition: ListDefinition[Any], sort: str
) -> None:
    filters = others(definition)
    if definition.sorts[sort.removeprefix("-")].has_index:
        steps = plan(connection, walk(definition, sort, filters, tuple(range(len(filters))), False))
        walked = walked_table(definition, filters)
        assert [step for step in steps if re.match(f"(SCAN|SEARCH) {walked} USING COVERING INDEX", step)]


def walked_table(definition: ListDefinition[Any], filters: FilterParams) -> str:
    """The name of the table that a walk passes: a link table, if there is one of a filter."""
    tables = [link.column.table.name for name, link in definition.links.items() if name in dict(filters)]
    return next(iter(tables), definition.rows.name)


FROM_A_DAY_ON = [
    (definition, name, sign + sort)
    for definition in DEFINITIONS
    for name, sort, sign in itertools.product(definition.filters, definition.sorts, ("", "-"))
    if len(halves(definition, sign + sort, one(name))) == 2
]


@pytest.mark.sqlite
def test_every_list_by_the_days_of_meetings_or_sources_has_halves() -> None:
    assert {definition.name for definition, *_ in FROM_A_DAY_ON} == {
        *("meetings", "agenda", "delegates", "agreements", "quotes", "evidence", "sources")
    }


@pytest.mark.sqlite
@pytest.mark.parametrize(("definition", "name", "sort"), FROM_A_DAY_ON, ids=named)
def test_a_list_from_a_day_on_is_what_begins_then_and_what_is_going_on(
    connection: sqlite3.Connection, definition: ListDefinition[Any], name: str, sort: str
) -> None:
    in_order = halves(definition, sort, one(name))
    begin, go_on = in_order if sort.startswith("-") else in_order[::-1]
    column = sort_column(definition, sort).name
    steps = plan(connection, walk(definition, sort, begin, (), False))
    assert [step for step in steps if f"({column}>?" in step], steps
    steps = plan(connection, sorted_matches(definition, sort, go_on, (0,), (), False))
    first_day = "published_ascending" if definition.name == "sources" else "first_day"
    assert [step for step in steps if f"COVERING INDEX ix_{spans_of(definition)}_{first_day}" in step], steps
    assert [step for step in steps if f"({first_day}>? AND {first_day}<?)" in step], steps


@pytest.mark.sqlite
@pytest.mark.parametrize("definition", [each for each in DEFINITIONS if "date_to" in each.filters], ids=named)
def test_between_two_days_a_range_of_first_days_leads(
    connection: sqlite3.Connection, definition: ListDefinition[Any]
) -> None:
    filters = one("date_to") + one("date_from")
    assert [*leads(definition, filters)] == [(0,), (1,), (1, 0)]
    for statement in (lead_counts(definition, filters), sorted_matches(definition, "id", filters, (1, 0), (), False)):
        steps = plan(connection, statement)
        index = "SEARCH meeting USING COVERING INDEX ix_meeting_first_day_last_day (first_day>? AND first_day<?)"
        assert [step for step in steps if step.startswith(index)], steps


INDEXED_SORTS = [
    (definition, name, sign + sort)
    for definition in DEFINITIONS
    for name, sort in [*definition.indexed_sorts, *itertools.product(definition.links, definition.sorts)]
    for sign in ("", "-")
]


@pytest.mark.sqlite
@pytest.mark.parametrize("has_cursor", [False, True])
@pytest.mark.parametrize(("definition", "name", "sort"), INDEXED_SORTS, ids=named)
def test_a_walk_passes_only_what_matches_a_filter_that_has_an_index_with_the_sort(
    connection: sqlite3.Connection, definition: ListDefinition[Any], name: str, sort: str, has_cursor: bool
) -> None:
    indexed = {*definition.links, *(indexed for indexed, _ in definition.indexed_sorts)}
    filters = one(name) + others(definition, *indexed)
    column = definition.links.get(name, definition.filters[name]).column
    steps = plan(connection, walk(definition, sort, filters, (), has_cursor))
    begin = f"ix_{column.table.name}_{column.name}_{sort_column(definition, sort).name}"
    walked = [step for step in steps if re.match(f"(SCAN|SEARCH) {column.table.name} .*{column.name}", step)]
    assert walked and all(begin in step and f"({column.name}=?" in step for step in walked), steps


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("definition", "name"), [(each, name) for each in DEFINITIONS for name in each.links], ids=named
)
def test_several_values_of_a_filter_are_no_walk_of_their_links(
    connection: sqlite3.Connection, definition: ListDefinition[Any], name: str
) -> None:
    """Each value has the items in order, but not all of them together."""
    steps = plan(connection, walk(definition, "id", one(name, is_list=True), (), False))
    assert [step for step in steps if step.startswith(f"SCAN {definition.rows.name} USING")], steps


def spans_of(definition: ListDefinition[Any]) -> str:
    return "source" if definition.name == "sources" else "meeting"


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("name", "sort", "bound", "is_end"),
    [
        ("changed_since", "changed_in", "evidence.changed_in > ?", False),
        ("changed_since", "-changed_in", "evidence.changed_in > ?", True),
        ("date_to", "-date", "evidence.date_descending <= ?", False),
        ("date_to", "date", "evidence.date_ascending <= ?", True),
    ],
)
def test_only_the_end_of_a_walk_after_a_cursor_is_a_bound_of_its_filters(
    name: str, sort: str, bound: str, is_end: bool
) -> None:
    """Of two lower bounds SQLite would take either, and begin at the start of the list."""
    (definition,) = (each for each in DEFINITIONS if each.name == "evidence")
    compiled = str(walk(definition, sort, one(name), (), True).select.compile(dialect=sqlite.dialect()))
    assert (f"WHERE {bound} AND evidence." in " ".join(compiled.split())) == is_end


@pytest.mark.sqlite
def test_a_person_is_counted_once_however_often_they_were_a_delegate_of_a_party(world: World) -> None:
    (definition,) = (each for each in DEFINITIONS if each.name == "people")
    connection: Any
    with closing(sqlite3.connect(file_of(world.database))) as connection:
        ((often, party),) = connection.execute(
            "SELECT count(*), party.id FROM delegate JOIN party ON party.key = party_key"
            " WHERE person_key IS NOT NULL GROUP BY party.id ORDER BY count(*) DESC LIMIT 1"
        )
        values = {"party": party, "limit": 100, "steps": 100}
        _, counted = lead_counts(definition, one("party")).rows(connection, sqlite.dialect(), values)
    assert 0 < counted.hits == counted.steps < often


@pytest.mark.sqlite
@pytest.mark.parametrize(("path", "name", "value"), [("quotes", "party", "silent"), ("agreements", "with_0", "silent")])
def test_a_count_takes_a_step_for_each_delegate_of_whom_nothing_is_found(
    connection: sqlite3.Connection, path: str, name: str, value: str
) -> None:
    """Otherwise a party with many delegates who say nothing takes a step for each of them that no bound ends."""
    (definition,) = (each for each in DEFINITIONS if each.name == path)
    empty: Any
    with closing(sqlite3.connect(":memory:")) as empty:
        connection.backup(empty)
        empty.execute("PRAGMA foreign_keys = OFF")
        empty.execute("PRAGMA ignore_check_constraints = ON")
        for table, key in (("party", 1), ("person", 1)):
            add_row(empty, table, key=key, id=value)
        for key in range(1, 8):
            add_row(empty, "delegate", key=key, id=f"d{key}", meeting_key=key, party_key=1, person_key=1)
        add_row(empty, "list_size", name=path, items=0)
        filters = ((name.removesuffix("_0"), FilterParam(name, is_list=False)),)
        rows: Any = lead_counts(definition, filters).rows(
            empty, sqlite.dialect(), {name: value, "limit": 9, "steps": 4}
        )
        counted = max(rows, key=lambda row: row.lead)
    assert (counted.hits, counted.steps) == (0, 4)


def add_row(connection: sqlite3.Connection, table: str, **values: object) -> None:
    """Add a row of which the other columns have any value of their type."""
    types = {name: type for _, name, type, *_ in connection.execute(f"PRAGMA table_info({table})")}
    row = {name: 0 if "INT" in type else "" for name, type in types.items()} | values
    connection.execute(
        f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", [row[name] for name in types]
    )


@pytest.mark.sqlite
@pytest.mark.parametrize(("definition", "name"), FILTERS, ids=named)
def test_keys_are_looked_up_in_sets_before_their_rows_are_read(
    connection: sqlite3.Connection, definition: ListDefinition[Any], name: str
) -> None:
    other = "id" if name != "id" else "changed_since"
    filters = one(other) + one(name)
    steps = plan(connection, sorted_matches(definition, "id", filters, (1,), (0,), False))
    assert [step for step in steps if step.startswith("SEARCH item USING INTEGER PRIMARY KEY")], steps
    assert not [step for step in steps if re.match("SEARCH item USING INDEX", step)], steps


@pytest.mark.sqlite
@pytest.mark.parametrize(("path", "name"), [("quotes", "topic"), ("quotes", "meeting_topic"), ("agreements", "party")])
def test_a_topic_or_a_party_of_a_row_is_one_entry_of_an_index(
    connection: sqlite3.Connection, path: str, name: str
) -> None:
    (definition,) = (each for each in DEFINITIONS if each.name == path)
    steps = plan(connection, walk(definition, "id", one(name), (), False))
    assert [step for step in steps if "COVERING INDEX" in step and "record_kind=? AND record_key=?" in step], steps


ONE_VALUE = [
    (definition, name, sign + sort)
    for definition in DEFINITIONS
    for name, sort, sign in itertools.product(definition.filters, definition.sorts, ("", "-"))
    if definition.filters[name].column is definition.sorts[sort].ascending
    and definition.filters[name].bound is None
    and sort != "id"
]


@pytest.mark.sqlite
@pytest.mark.parametrize(("definition", "name", "sort"), ONE_VALUE, ids=named)
def test_a_walk_through_one_value_of_the_sort_looks_for_nothing_beyond_it(
    connection: sqlite3.Connection, definition: ListDefinition[Any], name: str, sort: str
) -> None:
    def parts(is_list: bool) -> list[str]:
        steps = searches(plan(connection, walk(definition, sort, one(name, is_list), (), True)))
        return [step for step in steps if step.startswith(f"SEARCH {definition.rows.name} ")]

    assert len(parts(is_list=False)) == 1, parts(is_list=False)
    assert len(parts(is_list=True)) > 1


POSTGRESQL = reading_engine("postgresql://").dialect


@pytest.fixture(scope="module")
def server_connection(postgresql: Server) -> Iterator[psycopg.Connection]:
    """A connection to a database without a row, whose planner knows no value of a parameter and no limit."""
    with OfServer(postgresql).databases() as databases, psycopg.connect(databases.migrated()) as connection:
        settings = index_settings(POSTGRESQL)
        connection.execute(f"{settings}; SET LOCAL plan_cache_mode = force_generic_plan".encode())
        yield connection


def generic_plan(connection: psycopg.Connection, statement: Statement[Any]) -> list[str]:
    """How PostgreSQL reads the tables of a statement that it has prepared for any values."""
    numbers = count(1)
    sql = re.sub("%s", lambda _: f"${next(numbers)}", str(statement.select.compile(dialect=POSTGRESQL)))
    values = ", ".join(["NULL"] * (next(numbers) - 1))
    connection.execute(f"PREPARE listed AS {sql}".encode())
    rows = connection.execute(f"EXPLAIN EXECUTE listed ({values})".encode()).fetchall()
    connection.execute("DEALLOCATE listed")
    return [re.sub(r" +\(cost.*", "", row[0]).strip(" ->") for row in rows if "Scan" in row[0]]


@pytest.mark.postgresql
@pytest.mark.parametrize("is_list", [False, True])
@pytest.mark.parametrize(("definition", "name"), FILTERS, ids=named)
def test_postgresql_finds_and_counts_matches_by_indexes_without_knowing_any_value(
    server_connection: psycopg.Connection, definition: ListDefinition[Any], name: str, is_list: bool
) -> None:
    """A connection plans a statement for average values after some uses, and reads whole tables if it may."""
    filters = one(name, is_list)
    for statement in (lead_counts(definition, filters), sorted_matches(definition, "id", filters, (0,), (), False)):
        steps = generic_plan(server_connection, statement)
        assert not [step for step in steps if step.startswith(("Seq Scan", "Bitmap"))], steps


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("definition", "name"),
    [each for each in FILTERS if each[0].conditions[each[1]].keys is None],
    ids=named,
)
def test_postgresql_counts_the_values_of_a_column_without_reading_rows(
    server_connection: psycopg.Connection, definition: ListDefinition[Any], name: str
) -> None:
    steps = generic_plan(server_connection, lead_counts(definition, one(name)))
    assert [step for step in steps if re.match(f"Index Only Scan using .* on {definition.rows.name} item", step)], steps


# All plans return the same.

LIMITS = {
    "as they are": {},
    "rows are walked before few are sorted": {"SORT_COST": 1_000_000, "KEY_COST": 1_000_000},
    "keys are looked up before few are sorted": {"SORT_COST": 1_000_000, "ROW_COST": 1_000_000},
    "few are sorted": {"SORT_COST": 0},
    "few are sorted, and joined rows tested": {"SORT_COST": 0, "JOINED_KEY_COST": 1_000_000},
    "few rows are tested": {"SORTED_AT_ONCE": 0, "MAX_TESTS": 2},
    "all are many": {"COUNT_LIMIT": 1},
    "all are many, and walks end early": {"COUNT_LIMIT": 1, "MAX_STEPS": 3, "MAX_WALK_STEPS": 3},
}

ON_POSTGRESQL = ("as they are", "all are many, and walks end early")


@pytest.fixture(scope="module")
def uncached(database_kind: Kind, world: World) -> Iterator[Served]:
    with (
        database_kind.databases() as databases,
        serving(databases.copy(world.database), cache_mib=0, indexed=True) as running,
    ):
        yield running


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("path", LISTS)
def test_every_plan_returns_the_same_pages(
    uncached: Served, path: str, limits: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service chooses the plan, and both databases run the same SQL: PostgreSQL need not run every plan."""
    if uncached.app.state.read_pool.dialect.name == "postgresql" and limits not in ON_POSTGRESQL:
        return
    for name, limit in LIMITS[limits].items():
        monkeypatch.setattr(list_plan, name, limit)
    sorts = islice(cycle(LISTS[path].both_ways), [*LIMITS].index(limits), None)  # each filter has others in each plan
    queries = [{name: some_of(name, values(uncached, path, name))} for name in LISTS[path].filters]
    queries += [{**one, **other} for one, other in zip(queries, queries[1:] + queries[:1], strict=True)]
    for filters, sort in zip(queries, sorts, strict=False):
        limit = 70 if path == "/evidence" else 20
        expected = in_order(uncached, path, under(uncached, path, filters), sort)
        given = "&".join(f"{name}={value}" for name, wanted in filters.items() for value in wanted)
        assert uncached.ids(f"{path}?{given}&sort={sort}&limit={limit}") == expected, (filters, sort)


@pytest.mark.parametrize("limits", [{"SORT_COST": 1_000_000}, {"COUNT_LIMIT": 1, "MAX_STEPS": 3, "MAX_WALK_STEPS": 3}])
@pytest.mark.parametrize("sort", ["date", "-date", "changed_in", "-changed_in"])
def test_a_walk_skips_no_ties_of_its_cursor(
    uncached: Served, sort: str, limits: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are more of them than it may look at, and only some of them match.

    Both databases run the same SQL: on SQLite each item is a cursor's, on PostgreSQL each third.
    """
    size = 1 if uncached.app.state.read_pool.dialect.name == "sqlite" else 3
    for name, limit in limits.items():
        monkeypatch.setattr(list_plan, name, limit)
    for kind in RecordKind:
        filters: dict[str, list[str]] = {"record_kind": [kind], "basis": ["stated"]}
        expected = in_order(uncached, "/evidence", under(uncached, "/evidence", filters), sort)
        assert uncached.ids(f"/evidence?record_kind={kind}&basis=stated&sort={sort}&limit={size}") == expected, kind


@pytest.mark.parametrize(
    "limits", [{"SORTED_AT_ONCE": 0}, {"SORTED_AT_ONCE": 0, "SORT_COST": 1_000_000}, {"COUNT_LIMIT": 1}]
)
@pytest.mark.parametrize(
    "path", [path for path, rules in LISTS.items() if any("_from" in name for name in rules.filters)]
)
def test_what_begins_from_a_day_on_and_what_is_going_on_are_one_list(
    uncached: Served, path: str, limits: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit_name, limit in limits.items():
        monkeypatch.setattr(list_plan, limit_name, limit)
    name, sort = FROM_A_DAY.get(path, ("date_from", "date"))
    for day, sign in itertools.product(("2023", "2024-05-07", "2025-02"), ("", "-")):
        expected = in_order(uncached, path, under(uncached, path, {name: [day]}), sign + sort)
        assert uncached.ids(f"{path}?{name}={day}&sort={sign}{sort}&limit=70") == expected, (day, sign)


FROM_A_DAY = {"/meetings": ("date_from", "start_date"), "/sources": ("published_from", "published_on")}
"""The filter from a day on and the sort by the day; of all other lists, `date_from` and `date`."""


BY_INDEXES = {
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "max_parallel_workers_per_gather": "0",
}
NO_BOUNDS = {name: "on" if name.startswith("enable") else "2" for name in BY_INDEXES}
"""The settings of a list with filters, and PostgreSQL's own."""


@pytest.mark.postgresql
@pytest.mark.parametrize(("filters", "allowed"), [("status=held", BY_INDEXES), ("q=the", BY_INDEXES), ("", NO_BOUNDS)])
def test_a_list_with_filters_is_read_by_indexes(
    uncached: Served, monkeypatch: pytest.MonkeyPatch, filters: str, allowed: dict[str, str]
) -> None:
    """A page without filters is not in doubt."""
    seen: list[dict[str, str]] = []
    read_some = ListDefinition.read_some

    def spied(definition: ListDefinition[Any], context: RequestContext, *args: Any) -> Any:
        shown = ", ".join(f"current_setting('{name}')" for name in BY_INDEXES)
        seen.extend(
            dict(zip(BY_INDEXES, row, strict=True)) for row in context.connection.cursor().execute(f"SELECT {shown}")
        )
        return read_some(definition, context, *args)

    monkeypatch.setattr(ListDefinition, "read_some", spied)
    assert uncached.json(f"/quotes?{filters}")["items"]
    assert seen == [allowed]
    seen.clear()
    uncached.json("/quotes?")
    assert seen == [NO_BOUNDS], "the settings last as long as the snapshot"


def test_a_list_of_what_changed_since_the_beginning_is_the_whole_list(
    uncached: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_plan.Listed, "_counted_leads", None)  # without filters there is nothing to count
    assert uncached.ids("/quotes?changed_since=0&sort=-date") == uncached.ids("/quotes?sort=-date")
    assert uncached.json("/quotes?changed_since=0")["total"] == uncached.json("/quotes")["total"]


def test_a_total_that_is_not_counted_to_its_end_is_a_least_number(
    uncached: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = uncached.json("/quotes?status=held&kind=indirect&limit=1")["total"]
    assert whole["relation"] == "eq" and whole["value"] > 3
    monkeypatch.setattr(list_plan, "COUNT_LIMIT", 3)
    assert uncached.json("/quotes?status=held&limit=1")["total"] == {"value": 3, "relation": "gte"}
    monkeypatch.setattr(list_plan, "MAX_TESTS", 5)
    counted = uncached.json("/quotes?status=held&kind=indirect&limit=1")["total"]
    assert counted["relation"] == "gte" and counted["value"] <= 3


def test_two_filters_with_a_common_index_are_counted_by_it_if_both_match_many(
    uncached: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_plan, "COUNT_LIMIT", 3)
    monkeypatch.setattr(list_plan, "MAX_TESTS", 2)
    counted = uncached.json("/evidence?record_kind=meeting&basis=stated&limit=1")["total"]
    assert counted == {"value": 3, "relation": "gte"}, "and not by tests of the rows that one of them finds"


@pytest.mark.parametrize(("sort", "counts"), [("-date", 1), ("date", 2)])
def test_a_page_of_what_begins_from_a_day_on_is_walked_before_anything_is_counted_for_it(
    uncached: Served, sort: str, counts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of meetings that go on is counted, because a walk would pass what ended before."""
    monkeypatch.setattr(list_plan, "SORTED_AT_ONCE", 0)
    counted: list[FilterParams] = []
    count_leads = list_plan.Listed._counted_leads

    def spied(listed: list_plan.Listed, *bounds: int) -> Any:
        counted.append(listed.filters)
        return count_leads(listed, *bounds)

    monkeypatch.setattr(list_plan.Listed, "_counted_leads", spied)
    assert len(uncached.json(f"/quotes?date_from=2023&sort={sort}&limit=1")["items"]) == 1
    assert len(counted) == counts, counted


def test_a_page_that_a_walk_does_not_fill_is_read_by_a_thread_for_dear_requests(
    uncached: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_plan, "COUNT_LIMIT", 1)
    monkeypatch.setattr(list_plan, "MAX_WALK_STEPS", 3)
    pool: ReadPool = uncached.app.state.read_pool
    threads: list[str] = []
    read = list_plan.Listed.read

    def spied(listed: list_plan.Listed, size: int) -> Any:
        threads.append(threading.current_thread().name.rpartition("_")[0])
        return read(listed, size)

    monkeypatch.setattr(list_plan.Listed, "read", spied)
    assert uncached.json("/quotes?kind=direct&sort=-id&limit=100")["items"]
    assert threads == [pool.read_queue.name, pool.search_queue.name]


@pytest.mark.parametrize(
    ("filters", "named"),
    [
        ("kind=direct", "the filter `kind`"),
        (
            "kind=direct&status=held&kind=partial",
            "the filters `kind`, `status`: each matches many items, and few match all",
        ),
    ],
)
def test_a_page_that_is_not_found_in_time_says_which_filters_to_narrow(
    uncached: Served, monkeypatch: pytest.MonkeyPatch, filters: str, named: str
) -> None:
    monkeypatch.setattr(list_plan, "COUNT_LIMIT", 1)
    monkeypatch.setattr(list_plan, "MAX_WALK_STEPS", 3)

    def time_out(*_: object) -> Any:
        raise QueryTimeout(TIMED_OUT)

    monkeypatch.setattr(list_plan.Listed, "_sort", time_out)
    refused = problem(uncached.get(f"/quotes?{filters}&sort=-id&limit=100"), 503, "unavailable")
    assert refused["detail"] == f"The page was not found in time: narrow {named}."
