"""Earlier dataset versions of the database, and removed items."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import StringConstraints
from sqlalchemy import bindparam, select

from app.db.request_context import RequestContext
from app.db.statements import ByKeys, Statement
from app.enums import Change, RecordKind, SearchKind
from app.models import DatasetVersion, LoggedChange, RemovedEvidence, table
from app.problems import Code, ParameterError, Problem, gone, invalid
from app.types import VERSION_OR_0

VersionParam = Annotated[str, StringConstraints(pattern=VERSION_OR_0)]
"""A dataset version as in the header `Readout-Dataset`, or `0`, which comes before the first."""

_change, _versions, _removed = table(LoggedChange), table(DatasetVersion), table(RemovedEvidence)


@dataclass(slots=True)
class DigestRow:
    digest: str


@dataclass(slots=True)
class LastChangeRow:
    change: Change
    version: int
    digest: str


@dataclass(slots=True)
class RemovedEvidenceRow:
    record_kind: RecordKind
    record_id: str
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
_REMOVED_EVIDENCE = Statement(
    RemovedEvidenceRow,
    select(_removed.c.record_kind, _removed.c.record_id, _removed.c.version, _versions.c.digest)
    .join(_versions, _versions.c.number == _removed.c.version)
    .where(_removed.c.id == bindparam("id")),
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


def problem_of_removal(context: RequestContext, kind: SearchKind, id: str) -> Problem | None:
    """The problem that the item with an id was removed. None if the item exists or never existed.

    The change log does not list evidence, so the loader keeps what it removed in a table of its own.
    """
    if kind is SearchKind.evidence:
        for evidence in context.rows(_REMOVED_EVIDENCE, id=id):
            record = f"{noun(evidence.record_kind)} `{evidence.record_id}`"
            return gone(f"evidence `{id}` of {record}", _version(evidence.version, evidence.digest))
        return None
    for change in context.rows(_LAST_CHANGE, kind=str(kind), id=id):
        if change.change == Change.removed:
            return gone(f"{noun(kind)} `{id}`", _version(change.version, change.digest))
    return None


def noun(kind: str) -> str:
    """A kind of item as in a sentence."""
    return kind.replace("_", " ")


def _version(number: int, digest: str) -> str:
    """A dataset version as in the header `Readout-Dataset`."""
    return f"{number}-{digest[:8]}"
