"""Statements that are compiled to SQL once for each database and run by its driver, with typed rows.

SQLAlchemy builds the SQL. Running it through SQLAlchemy for each request costs several times what SQLite itself takes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from inspect import signature
from itertools import starmap
from typing import Any, Generic, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Dialect, Select, Table, bindparam, select, true
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.sql.compiler import SQLCompiler

from app.db.dialect_sql import OneOf, bind_processor, streaming_arguments

MAX_STATEMENTS = 64
"""How many statements each cache keeps, of 3 to 30 KB: filters have more combinations than memory has room."""

ShapeP = ParamSpec("ShapeP")
RowT = TypeVar("RowT")
"""The class of a statement's rows, which is called with the values of the selected columns.

A column with an enumeration is read as text; the class may annotate it as a StrEnum, since members equal their texts.
"""


@dataclass(frozen=True, slots=True)
class FilterParam:
    """A bound parameter for one value or for a list of values; one value has the faster SQL."""

    name: str
    is_list: bool
    is_test: bool = False
    """Whether the conditions are tests of one row at a time, which no database takes to choose an index or a join."""

    def matches(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """The condition that a column has one of the values. The SQL is as long for a hundred values as for two."""
        condition = OneOf(column, self.name) if self.is_list else column == bindparam(self.name)
        return as_test(condition) if self.is_test else condition

    def matches_id(self, key: ColumnElement[Any], table: Table) -> ColumnElement[bool]:
        """The condition that a foreign key refers to a row of a table whose `id` is one of the values."""
        keys = select(table.c.key).where(replace(self, is_test=False).matches(table.c.id))
        condition = key.in_(keys) if self.is_list else key == keys.scalar_subquery()
        return as_test(condition) if self.is_test else condition


def as_test(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition as a test of one row at a time, which no database takes to choose an index or a join."""
    return condition.is_(true())


def columns_of(table: Table, row: type, **related: Table) -> list[ColumnElement[Any]]:
    """The columns of tables that are fields of a row's class, in the order of the class.

    The name of a related table's field has a prefix: `columns_of(_quote, QuoteRow, meeting=_meeting)` selects the id of
    the meeting for the field `meeting_id`. If `table` has a column of the same name, that one is selected.
    """
    columns: dict[str, ColumnElement[Any]] = {
        f"{name}_{column.name}": column.label(f"{name}_{column.name}")
        for name, other in related.items()
        for column in other.c
    }
    columns |= table.c
    return [columns[name] for name in signature(row).parameters if name in columns]


class Statement(Generic[RowT]):
    """A SELECT with bound parameters, and the class of its rows. Raises TypeError if their columns differ.

    Of a SELECT that a function makes only the SQL is stored, and it is compared with the class when it is compiled.
    """

    def __init__(self, row: type[RowT], select: Select[Any] | Callable[[], Select[Any]]) -> None:
        self._row = row
        self._new: Callable[[Iterable[Any]], Iterator[RowT]] = (
            partial(map, partial(tuple.__new__, row)) if issubclass(row, tuple) else partial(starmap, row)
        )
        """Makes rows of a cursor's; for named tuples without the call of a Python function for each."""
        self._make_select: Callable[[], Select[Any]] = (lambda: select) if isinstance(select, Select) else select
        self._compiled: dict[str, _Compiled] = {}
        if isinstance(select, Select):
            _require_fields(row, select)

    @property
    def select(self) -> Select[Any]:
        select = self._make_select()
        _require_fields(self._row, select)
        return select

    def rows(self, connection: DBAPIConnection, dialect: Dialect, values: Mapping[str, Any]) -> Iterator[RowT]:
        """Run the statement; rows are fetched lazily. `values` are texts, integers, or lists of them."""
        return self._new(self._compile(dialect).rows(connection.cursor(), values))

    @contextmanager
    def stream(
        self, connection: DBAPIConnection, dialect: Dialect, values: Mapping[str, Any]
    ) -> Iterator[Iterator[RowT]]:
        """Run the statement for any number of rows, of which only some are in memory at a time."""
        cursor: Any = connection.cursor(*streaming_arguments(dialect))
        with closing(cursor):
            yield self._new(self._compile(dialect).rows(cursor, values))

    def _compile(self, dialect: Dialect) -> "_Compiled":
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self.select, dialect)
        return compiled


def _require_fields(row: type, select: Select[Any]) -> None:
    fields, columns = [*signature(row).parameters], [column.key for column in select.selected_columns]
    if fields != columns:
        raise TypeError(f"{row.__qualname__} has the fields {fields}, the statement the columns {columns}")


def cached_statement(row: type[RowT]) -> Callable[[Callable[ShapeP, Select[Any]]], Callable[ShapeP, Statement[RowT]]]:
    """Have a function that makes a SELECT return a Statement with rows of a class: the same one for equal arguments.

    The cache keeps the SQL only. SQLAlchemy's objects take ten times as much, and refer to one another in cycles: what
    is dropped at once, young collections of the garbage collector find. What a cache drops later is old, waits for a
    full collection, and there may be 40 MB of it by then.
    """

    def decorate(make: Callable[ShapeP, Select[Any]]) -> Callable[ShapeP, Statement[RowT]]:
        @lru_cache(maxsize=MAX_STATEMENTS)
        def statement(*args: ShapeP.args, **kwargs: ShapeP.kwargs) -> Statement[RowT]:
            return Statement(row, partial(make, *args, **kwargs))

        return statement  # type: ignore[return-value]  # the arguments are hashable

    return decorate


class _Compiled:
    """A statement's SQL for one database, the order of its parameters, and the readers of its columns."""

    def __init__(self, select: Select[Any], dialect: Dialect) -> None:
        compiled = select.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self._sql = str(compiled)
        self._argument = bind_processor(dialect)
        self._parameters = [(name, compiled.params[name]) for name in compiled.positiontup or ()]
        readers = ((index, _reader(column, dialect)) for index, column in enumerate(select.selected_columns))
        self._readers = [(index, read) for index, read in readers if read]

    def rows(self, cursor: Any, values: Mapping[str, Any]) -> Iterator[Any]:
        arguments = [self._argument(values.get(name, default)) for name, default in self._parameters]
        cursor.execute(self._sql, arguments)
        return map(self._read, cursor) if self._readers else iter(cursor)

    def _read(self, row: Any) -> list[Any]:
        values = list(row)
        for index, read in self._readers:
            values[index] = read(values[index])
        return values


class ByKeys(Generic[RowT]):
    """A statement that reads rows by keys: `ByKeys(Row, lambda keys: select(…).where(keys.matches(column)))`."""

    def __init__(self, row: type[RowT], select: Callable[[FilterParam], Select[Any]]) -> None:
        self._of_one, self._of_list = (
            Statement(row, select(FilterParam("keys", is_list))) for is_list in (False, True)
        )

    def rows(self, connection: DBAPIConnection, dialect: Dialect, keys: list[int]) -> Iterator[RowT]:
        """Run the statement for some keys."""
        if len(keys) == 1:
            return self._of_one.rows(connection, dialect, {"keys": keys[0]})
        return self._of_list.rows(connection, dialect, {"keys": keys})


def _reader(column: ColumnElement[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """The function that turns the driver's value of a column into Python's, or None if they are the same."""
    return column.type.dialect_impl(dialect).result_processor(dialect, None)
