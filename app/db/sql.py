"""What the two databases say in words of their own, as one element of a statement each."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import ARRAY, Boolean, Column, ColumnElement, Dialect, String, bindparam, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType


class OneOf(FunctionElement[bool]):
    """That a column has one of the values of a parameter: `OneOf(column, "name")`; as long for a hundred as for two."""

    type = Boolean()
    inherit_cache = False

    def __init__(self, column: Column[Any], name: str) -> None:
        super().__init__(column)
        self.column, self.name = column, name

    def self_group(self, against: OperatorType | None = None) -> "OneOf":
        """Itself: SQLAlchemy would have SQLite compare it with 1, and SQLite then look into no index."""
        return self


@compiles(OneOf)
def _in_json(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    values = select(func.json_each(bindparam(element.name)).table_valued("value").c.value)
    return compiler.process(element.column.in_(values), **options)


@compiles(OneOf, "postgresql")
def _any(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    values = bindparam(element.name, type_=ARRAY(element.column.type))
    return compiler.process(element.column == func.any(values), **options)


class Joined(FunctionElement[str]):
    """A group's values as one text, with commas between them."""

    type = String()
    inherit_cache = False

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)


@compiles(Joined)
def _group_concat(element: Joined, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)}, ',')"


@compiles(Joined, "postgresql")
def _string_agg(element: Joined, compiler: SQLCompiler, **options: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **options)}, ',')"


def argument(dialect: Dialect) -> Callable[[Any], Any]:
    """How a parameter's value is given to the driver, the values of a OneOf as a list."""
    return _json_of_lists if dialect.name == "sqlite" else _null_for_nul


def _json_of_lists(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list) else value


def _null_for_nul(value: Any) -> Any:
    """No text of PostgreSQL has a NUL, so nothing equals one that has, as nothing equals null."""
    if isinstance(value, list):
        return [_null_for_nul(each) for each in value]
    return None if isinstance(value, str) and "\0" in value else value
