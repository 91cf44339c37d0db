"""Search entries, brought in step with the rows that a load has written.

What an entry must be is said by views of the database, one for each kind (`docs/decisions/0010-full-text-search.md`).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Select,
    String,
    TableClause,
    and_,
    bindparam,
    cast,
    column,
    delete,
    exists,
    or_,
    select,
    union,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from app.enums import ActorField, Change, ChangeKind, SearchKind
from app.models import (
    Actor,
    AgendaItem,
    Agreement,
    Delegate,
    Evidence,
    LoggedChange,
    Meeting,
    Party,
    Person,
    Quote,
    SearchEntry,
    Source,
    first_entry,
    table,
)

_KINDS: dict[type[SQLModel], SearchKind] = {
    Meeting: SearchKind.meeting,
    Delegate: SearchKind.delegate,
    Agreement: SearchKind.agreement,
    Quote: SearchKind.quote,
    Person: SearchKind.person,
    Party: SearchKind.party,
    Source: SearchKind.source,
    Evidence: SearchKind.evidence,
}
_entry = table(SearchEntry)
_actor, _agenda, _delegate, _evidence = table(Actor), table(AgendaItem), table(Delegate), table(Evidence)
_log = table(LoggedChange)
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_INDEXED = {  # what the index has; of FTS5, its own list of that
    "sqlite": TableClause("search_index_docsize", column("id")),
    "postgresql": TableClause("search_index", column("key")),
}
_VERSION = bindparam("version", type_=_log.c.version.type)


def forget(connection: Connection, model: type[SQLModel], keys: Iterable[int]) -> None:
    """Delete the entries of rows that go: a later row can have the same key."""
    if kind := _KINDS.get(model):
        connection.execute(delete(_entry).where(_entry.c.key.in_([first_entry(kind) + key for key in keys])))


def follow(connection: Connection, version: int) -> None:
    """Write the entries of what a version changed, and of what shows names or titles of that.

    The rows and the log of that version must be written already.
    """
    for kind, stale in _STALE.items():
        connection.execute(_writing(connection, kind, stale), {"version": version})


def differences(connection: Connection) -> Iterator[str]:
    """Entries that are not what the rows say, missing or left over, one sentence each."""
    for model, kind in _KINDS.items():
        wanted, rows = _wanted(kind), table(model)
        same = and_(*(column == wanted.c[column.name] for column in _entry.c))
        for id in connection.scalars(select(wanted.c.id).where(~exists().where(same))):
            yield f"{kind} {id}: its search entry is not what its rows say"
        of_row = rows.c.key == _entry.c.key - first_entry(kind)
        for id in connection.scalars(select(_entry.c.id).where(_entry.c.kind == kind, ~exists().where(of_row))):
            yield f"{kind} {id}: it is gone, and its search entry is left"
    yield from _unindexed(connection)


def _unindexed(connection: Connection) -> Iterator[str]:
    """Entries that only one of the table and the index has."""
    (indexed,) = _INDEXED[connection.dialect.name].c
    for id in connection.scalars(select(_entry.c.id).where(~exists().where(indexed == _entry.c.key))):
        yield f"search entry {id}: the index does not have it"
    for key in connection.scalars(select(indexed).distinct().where(~exists().where(indexed == _entry.c.key))):
        yield f"search index: it has an entry {key} that is not there"


def _wanted(kind: SearchKind) -> TableClause:
    """The view of what a kind's entries must be; `row_key` is the key without what the kind adds to it."""
    names = ("key", "kind", "id", "title", "text", "row_key")
    return TableClause(f"{kind}_entry", *(column(name) for name in names))


def _writing(connection: Connection, kind: SearchKind, stale: Iterable[Select[Any]]) -> Executable:
    """Write the entries of some of a kind's rows, where they differ: an index need not learn what it knows.

    They come in the order of their keys, in which FTS5 gathers most before it writes.
    """
    wanted = _wanted(kind)
    columns = [wanted.c[column.name] for column in _entry.c]
    chosen = select(*columns).where(wanted.c.row_key.in_(union(*stale))).order_by(wanted.c.row_key)
    statement = _INSERT[connection.dialect.name](_entry).from_select([column.name for column in columns], chosen)
    new = statement.excluded
    written: Executable = statement.on_conflict_do_update(
        index_elements=[_entry.c.key],
        set_={"title": new.title, "text": new.text},
        where=or_(_entry.c.title != new.title, _entry.c.text != new.text),
    )
    return written


def _changed(model: type[SQLModel]) -> Select[Any]:
    rows = table(model)
    return select(rows.c.key).where(rows.c.changed_in == _VERSION)


def _renamed(model: type[SQLModel], kind: ChangeKind, field: str) -> Select[Any]:
    """The people or parties of which a field changed that others show. (What shows new ones is itself changed.)"""
    rows = table(model)
    of_row = (_log.c.kind == kind) & (_log.c.id == rows.c.id)
    in_version = (_log.c.version == _VERSION) & (_log.c.change == Change.changed)
    return select(rows.c.key).join(_log, of_row).where(in_version, cast(_log.c.fields, String).contains(field))


def _with_actor(field: ActorField, held: Column[Any], among: Select[Any]) -> Select[Any]:
    return select(_actor.c.record_key).where(_actor.c.field == field, held.in_(among))


_PEOPLE = _renamed(Person, ChangeKind.person, "name")  # or other names
_PARTIES = _renamed(Party, ChangeKind.party, '"name"')
_SPEAKING_PARTIES = _renamed(Party, ChangeKind.party, "name")  # or other names
_STALE: dict[SearchKind, tuple[Select[Any], ...]] = {
    SearchKind.meeting: (_changed(Meeting), _with_actor(ActorField.parties, _actor.c.party_key, _PARTIES)),
    SearchKind.delegate: (
        _changed(Delegate),
        select(_delegate.c.key).where(_delegate.c.person_key.in_(_PEOPLE)),
        select(_delegate.c.key).where(_delegate.c.party_key.in_(_PARTIES)),
    ),
    SearchKind.agreement: (_changed(Agreement),),
    SearchKind.quote: (
        _changed(Quote),
        _with_actor(ActorField.speakers, _actor.c.person_key, _PEOPLE),
        _with_actor(ActorField.speakers, _actor.c.party_key, _SPEAKING_PARTIES),
    ),
    SearchKind.person: (_changed(Person),),
    SearchKind.party: (_changed(Party),),
    SearchKind.source: (_changed(Source),),
}
"""The keys of the rows whose entries a version can have changed."""

_AGENDA = select(_agenda.c.key).where(_agenda.c.meeting_key.in_(_changed(Meeting)))
_NAMED = (SearchKind.meeting, SearchKind.delegate, SearchKind.agreement, SearchKind.quote)
_RECORDS = union(_AGENDA, *(stale for kind in _NAMED for stale in _STALE[kind]))
_STALE[SearchKind.evidence] = (_changed(Evidence), select(_evidence.c.key).where(_evidence.c.record_key.in_(_RECORDS)))
