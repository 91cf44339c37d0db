"""Earlier dataset versions of the database, and removed items in its change log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import StringConstraints
from sqlalchemy import bindparam, select

from app.db.request_context import RequestContext
from app.db.statements import ByKeys, Statement
from app.enums import Change
from app.models import DatasetVersion, LoggedChange, table
from app.problems import Code, ParameterError, invalid
from app.types import VERSION_OR_0

VersionParam = Annotated[str, StringConstraints(pattern=VERSION_OR_0)]
"""A dataset version as in the header `Readout-Dataset`, or `0`, which comes before the first."""

_change, _versions = table(LoggedChange), table(DatasetVersion)


@dataclass(slots=True)
class DigestRow:
    digest: str


@dataclass(slots=True)
class LastChangeRow:
    change: Change
    version: int
    digest: str


@dataclass(slots=True)
class LoadRow:
    number: int
    loaded_at: datetime


_LOADS = ByKeys(
    LoadRow,
    lambda numbers: select(_versions.c.number, _versions.c.loaded_at).where(numbers.matches(_versions.c.number)),
)
_DIGEST = Statement(DigestRow, select(_versions.c.digest).where(_versions.c.number == bindparam("number")))
_LAST_CHANGE = Statement(
    LastChangeRow,
    select(_change.c.change, _change.c.version, _versions.c.digest)
    .join(_versions, _versions.c.number == _change.c.version)
    .where(_change.c.kind == bindparam("kind"), _change.c.id == bindparam("id"))
    .order_by(_change.c.key.desc())
    .limit(1),
)


def load_times(context: RequestContext, numbers: Iterable[int]) -> dict[int, datetime]:
    """The times in UTC at which the versions with some numbers were loaded, by number."""
    rows = context.rows_by_key(_LOADS, [*set(numbers)])
    return {row.number: row.loaded_at.astimezone(UTC) for row in rows}


MAX_VERSION_NUMBER = 2**31 - 1
"""PostgreSQL refuses to compare an integer column with a greater number."""


def is_known_version(context: RequestContext, number: int, digest: str) -> bool:
    """Whether this database has had the version with a number and a digest. `digest` may be a prefix."""
    return number <= MAX_VERSION_NUMBER and any(
        row.digest.startswith(digest) for row in context.rows(_DIGEST, number=number)
    )


def version_number(context: RequestContext, parameter: str, version: str) -> int:
    """The number of a dataset version. Raises Problem if this database never had the version."""
    number, _, digest = version.partition("-")
    if version != "0" and not is_known_version(context, int(number), digest):
        message = "is not a version that this database has had: start again from 0"
        error = ParameterError(parameter=parameter, value=version, message=message, suggestion="0")
        raise invalid([(Code.invalid_parameter, error)])
    return int(number)


def version_of_removal(context: RequestContext, kind: str, id: str) -> str | None:
    """The version that removed the item with an id. None if the item exists or never existed."""
    for row in context.rows(_LAST_CHANGE, kind=str(kind), id=id):
        if row.change == Change.removed:
            return f"{row.version}-{row.digest[:8]}"
    return None
