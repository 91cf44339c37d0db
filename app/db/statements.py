"""Statements made once: compiled to SQL for the database at hand, and run by its driver alone.

SQLAlchemy makes the SQL; to run it through SQLAlchemy at each request would cost several times what SQLite takes.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Column, ColumnElement, Dialect, Select, Table, bindparam, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.sql.compiler import SQLCompiler

from app.db.sql import OneOf, argument

_SHOWN = sqlite.dialect()

Row = Any
"""A named tuple of a statement's columns."""


@dataclass(frozen=True, slots=True)
class FilterParam:
    """A parameter that is given, with one value or several: a database looks one up by cheaper ways."""

    name: str
    several: bool

    def has(self, column: Column[Any]) -> ColumnElement[bool]:
        """That a column has one of the values; the SQL is as long for a hundred as for two."""
        if not self.several:
            return column == bindparam(self.name)
        return OneOf(column, self.name)

    def refers(self, column: Column[Any], rows: Table) -> ColumnElement[bool]:
        """That a column is the key of a row whose id is among the values."""
        keys = select(rows.c.key).where(self.has(rows.c.id))
        return column.in_(keys) if self.several else column == keys.scalar_subquery()


class Statement:
    """A select whose parameters are named when it runs; or what makes one for a database, given its name."""

    def __init__(self, statement: Select[Any] | Callable[[str], Select[Any]]) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: DBAPIConnection, dialect: Dialect, values: Mapping[str, Any]) -> Iterator[Row]:
        """Run it; its rows are read as they are asked for. `values` are texts, whole numbers, or lists of them."""
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self._of(dialect), dialect)
        return compiled.rows(connection, values)

    def _of(self, dialect: Dialect) -> Select[Any]:
        return self._statement if isinstance(self._statement, Select) else self._statement(dialect.name)

    def __str__(self) -> str:
        """As SQLite has it."""
        return str(self._of(_SHOWN).compile(dialect=_SHOWN))


class _Compiled:
    """A statement's SQL for one kind of database, the order of its parameters, and how its rows are read."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self._sql = str(compiled)
        self._argument = argument(dialect)
        self._parameters = [(name, compiled.params[name]) for name in compiled.positiontup or ()]
        columns = statement.selected_columns
        row: Any = namedtuple("Row", [_name(column) for column in columns], rename=True)  # type: ignore[misc]
        self._row = partial(tuple.__new__, row)  # as `_make`, at a third of its cost
        readers = ((place, _reader(column, dialect)) for place, column in enumerate(columns))
        self._readers = [(place, read) for place, read in readers if read]

    def rows(self, connection: DBAPIConnection, values: Mapping[str, Any]) -> Iterator[Row]:
        arguments = [self._argument(values.get(name, default)) for name, default in self._parameters]
        cursor: Any = connection.cursor()
        cursor.execute(self._sql, arguments)
        return map(self._row, map(self._read, cursor) if self._readers else cursor)

    def _read(self, row: Any) -> list[Any]:
        values = list(row)
        for place, read in self._readers:
            values[place] = read(values[place])
        return values


class ByKeys:
    """A select of what has some keys: `OfKeys(lambda keys: select(…).where(keys.has(column)))`."""

    def __init__(self, statement: Callable[[FilterParam], Select[Any]]) -> None:
        self._of_one, self._of_several = (
            Statement(statement(FilterParam("keys", several))) for several in (False, True)
        )

    def rows(self, connection: DBAPIConnection, dialect: Dialect, keys: list[int]) -> Iterator[Row]:
        """Run it."""
        if len(keys) == 1:
            return self._of_one.rows(connection, dialect, {"keys": keys[0]})
        return self._of_several.rows(connection, dialect, {"keys": keys})


def _name(column: ColumnElement[Any]) -> str:
    return str(getattr(column, "name", ""))


def _reader(column: ColumnElement[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return column.type.dialect_impl(dialect).result_processor(dialect, None)
