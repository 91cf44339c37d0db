"""Brings the search index up to the dataset version of the database: by the change log, or anew.

Documents are replaced by units (`app/search/schema.py`). A change of a meeting, or of anything in its record, makes its
whole unit outdated, and the people, parties, sources and topics that it refers to or referred to: their documents count
it. A changed name, and the title, text or language of a source, make all meetings outdated that refer to it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256

import orjson
from sqlalchemy import Connection, Engine, func, select
from tantivy import Occur, Query

from app.db.snapshots import Version, snapshot
from app.enums import Change, ChangeKind, SearchKind
from app.models import DatasetVersion, LoggedChange, Meeting, table
from app.search.documents import MEETINGS_AT_ONCE, DocumentReader
from app.search.folder import IndexedVersion, NoIndex, OpenIndex, SearchFolder
from app.search.schema import stored_hit

_SHOWN = {
    ChangeKind.person: {"name", "other_names"},
    ChangeKind.party: {"name", "other_names"},
    ChangeKind.source: {"title", "language", "access", "text", "sha256"},
}
"""The fields of people, parties and sources that meetings and their facts are found by."""

LARGEST_SHARE, ALWAYS_FOLLOWED = 0.25, 200
"""The share of all meetings that is followed at most, for to make the index anew costs less; and a number that is."""

_change, _versions, _meeting = table(LoggedChange), table(DatasetVersion), table(Meeting)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The version that the index now holds, and how many units were replaced; None if it was made anew.

    `reason` says why an index that was there could not be followed.
    """

    version: Version
    units: int | None
    reason: str | None = None

    def __str__(self) -> str:
        if self.units is None:
            because = f" The one before was not followed: {self.reason}" if self.reason else ""
            return f"The search index was made anew, and holds dataset version {self.version}.{because}"
        if self.units == 0:
            return f"The search index holds dataset version {self.version} already: nothing to do."
        return f"The search index holds dataset version {self.version}: {self.units:,} units were replaced."


def bring_up_to_date(engine: Engine, folder: SearchFolder) -> Outcome:
    """Bring the index in a folder to the newest version of a database. Raises Unavailable."""

    def is_done() -> bool:
        with snapshot(engine) as (_, version):
            return _holds(folder, version)

    with folder.lock(is_done) as locked, snapshot(engine) as (connection, version):
        return _update(connection, version, folder) if locked else Outcome(version, 0)


def _holds(folder: SearchFolder, version: Version) -> bool:
    try:
        return str(folder.open().version) == str(version)
    except NoIndex:
        return False


def _update(connection: Connection, version: Version, folder: SearchFolder) -> Outcome:
    current = IndexedVersion(version, history(connection, version.number))
    try:
        opened = folder.open()
    except NoIndex as error:
        return _build(connection, folder, current, error.for_operators if folder.has_index() else None)
    held = opened.indexed
    if held.history == current.history:
        return Outcome(version, 0)
    if held.version.number > version.number or held.history != history(connection, held.version.number):
        return _build(connection, folder, current, f"it holds version {held.version} of another database.")
    outdated = _outdated_units(connection, opened)
    if _are_many(connection, outdated):
        return _build(connection, folder, current, f"most has changed since version {held.version}.")
    folder.update(outdated, DocumentReader(connection).of_units(outdated), current)
    return Outcome(version, len(outdated))


def _build(connection: Connection, folder: SearchFolder, current: IndexedVersion, reason: str | None) -> Outcome:
    folder.build(DocumentReader(connection).all(), current)
    return Outcome(current.version, None, reason)


def history(connection: Connection, number: int) -> str:
    """A hash of all loads up to a version: two databases have the same keys and change log if it is the same."""
    columns = (_versions.c.number, _versions.c.digest, _versions.c.loaded_at)
    some = select(*columns).where(_versions.c.number <= number).order_by(_versions.c.number)
    hashed = sha256()
    for each, digest, loaded_at in connection.execute(some):
        in_utc = loaded_at.astimezone(UTC) if loaded_at.tzinfo else loaded_at  # SQLite's has no time zone
        hashed.update(f"{each} {digest} {in_utc:%Y-%m-%dT%H:%M:%S.%f}\n".encode())
    return hashed.hexdigest()


def _outdated_units(connection: Connection, opened: OpenIndex) -> set[str]:
    """The units whose documents a load after the index's version may have changed, and those they referred to."""
    outdated: set[str] = set()
    shown: set[str] = set()
    changes = select(_change.c.change, _change.c.kind, _change.c.id, _change.c.fields).where(
        _change.c.version > opened.version.number
    )
    for change, kind, id, fields in connection.execute(changes):
        if kind not in _SHOWN:
            outdated.add(f"meeting:{id.partition('.')[0]}")
            continue
        outdated.add(f"{kind}:{id}")
        if change != Change.changed or not _SHOWN[kind].isdisjoint(fields):
            shown.add(f"{kind}:{id}")
    outdated.update(f"meeting:{id}" for id in _meetings_that_refer(opened, shown))
    return outdated | {*_referred(opened, outdated)}


def _meetings_that_refer(opened: OpenIndex, units: set[str]) -> Iterator[str]:
    """The ids of the meetings whose documents in the index refer to some units."""
    if units:
        query = Query.term_set_query(opened.index.schema, "refers", sorted(units))
        for _, address in opened.searcher.search(query, max(1, opened.searcher.num_docs), count=False).hits:
            yield orjson.loads(stored_hit(opened.searcher, address))["id"]


def _referred(opened: OpenIndex, units: Iterable[str]) -> Iterator[str]:
    """The units that some meetings refer to in the index."""
    meetings = sorted(unit for unit in units if unit.startswith("meeting:"))
    for start in range(0, len(meetings), MEETINGS_AT_ONCE):
        some = meetings[start : start + MEETINGS_AT_ONCE]
        schema = opened.index.schema
        of_units = Query.term_set_query(schema, "unit", some)
        is_meeting = Query.term_query(schema, "kind", SearchKind.meeting)
        query = Query.boolean_query([(Occur.Must, of_units), (Occur.Must, is_meeting)])
        for _, address in opened.searcher.search(query, len(some), count=False).hits:
            yield from opened.searcher.doc(address)["refers"]


def _are_many(connection: Connection, units: Iterable[str]) -> bool:
    meetings = sum(unit.startswith("meeting:") for unit in units)
    if meetings <= ALWAYS_FOLLOWED:
        return False
    return meetings > LARGEST_SHARE * (connection.scalar(select(func.count()).select_from(_meeting)) or 0)
