"""SQL that differs between the two databases, as elements of SQLAlchemy's statements."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, String, bindparam, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType


class OneOf(FunctionElement[bool]):
    """A column is one of the values of a list parameter: `OneOf(column, "name")`. Its SQL has a constant length."""

    type = Boolean()
    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        super().__init__(column)
        self.column, self.name = column, name

    def self_group(self, against: OperatorType | None = None) -> "OneOf":
        """Itself: SQLAlchemy would make SQLite compare it with 1, and then SQLite uses no index."""
        return self


@compiles(OneOf)
def _in_json(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    values = select(func.json_each(bindparam(element.name)).table_valued("value").c.value)
    return compiler.process(element.column.in_(values), **options)


@compiles(OneOf, "postgresql")
def _any(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    values = bindparam(element.name, type_=ARRAY(element.column.type))
    return compiler.process(element.column == func.any(values), **options)


class GroupConcat(FunctionElement[str]):
    """The values of a group as one text, separated by commas."""

    type = String()
    inherit_cache = False

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)


@compiles(GroupConcat)
def _group_concat(element: GroupConcat, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)}, ',')"


@compiles(GroupConcat, "postgresql")
def _string_agg(element: GroupConcat, compiler: SQLCompiler, **options: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **options)}, ',')"


def index_settings(dialect: Dialect) -> str | None:
    """The statement that has the statements of a transaction find rows by indexes only, if the database needs it.

    PostgreSQL's planner assumes average values, and of a prepared statement no limit of rows: it would read a whole
    table, or all entries of an index for a bitmap or a join, where some rows are enough; and large ones in parallel.
    """
    if dialect.name == "sqlite":
        return None
    return "; ".join(f"SET LOCAL {name} = {value}" for name, value in _BY_INDEXES.items())


_BY_INDEXES = {
    **dict.fromkeys(("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin"), "off"),
    "max_parallel_workers_per_gather": "0",
}
"""PostgreSQL's settings with which rows are found by indexes, and joined by one look-up for each."""


def streaming_arguments(dialect: Dialect) -> tuple[str, ...]:
    """The arguments of the driver's `cursor()` for a cursor that does not hold all rows in memory.

    SQLite's never does. PostgreSQL's has a name, and lasts until the end of the transaction.
    """
    return () if dialect.name == "sqlite" else ("streamed",)


def bind_processor(dialect: Dialect) -> Callable[[Any], Any]:
    """A function that converts the value of a bound parameter for the driver; a OneOf takes a list."""
    return _json_of_lists if dialect.name == "sqlite" else _null_for_nul


def _json_of_lists(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list) else value


def _null_for_nul(value: Any) -> Any:
    """Null for a text with a NUL: PostgreSQL stores no such text, and nothing equals null."""
    if isinstance(value, list):
        return [_null_for_nul(each) for each in value]
    return None if isinstance(value, str) and "\0" in value else value
