"""Updates search entries after a load has written rows, and compares them with the rows.

A view of the database for each kind defines its entries (`docs/decisions/0010-full-text-search.md`).
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

from app.enums import ActorField, Change, ChangeKind, RecordKind, SearchKind
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
    AgendaItem: SearchKind.agenda_item,
}
_entry = table(SearchEntry)
_actor, _delegate, _evidence = table(Actor), table(Delegate), table(Evidence)
_log = table(LoggedChange)
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_INDEXED_KEYS = {  # on SQLite, FTS5's own table of them
    "sqlite": TableClause("search_index_docsize", column("id")),
    "postgresql": TableClause("search_index", column("key")),
}
_VERSION = bindparam("version", type_=_log.c.version.type)


def delete_entries(connection: Connection, model: type[SQLModel], keys: Iterable[int]) -> None:
    """Delete the entries of deleted rows: a later row can get the same key."""
    if kind := _KINDS.get(model):
        connection.execute(delete(_entry).where(_entry.c.key.in_([first_entry(kind) + key for key in keys])))


def update_entries(connection: Connection, version: int) -> None:
    """Upsert the entries of rows that a version changed, and of rows that show their names or titles.

    The rows and the change log of the version must be written already.
    """
    for kind, row_keys in _OUTDATED.items():
        connection.execute(_upsert(connection, kind, row_keys), {"version": version})


def differences(connection: Connection) -> Iterator[str]:
    """A sentence for each entry that is wrong, missing or left over."""
    for model, kind in _KINDS.items():
        view, rows = _entry_view(kind), table(model)
        same = and_(*(column == view.c[column.name] for column in _entry.c))
        for id in connection.scalars(select(view.c.id).where(~exists().where(same))):
            yield f"{kind} {id}: its search entry differs from its rows"
        of_row = rows.c.key == _entry.c.key - first_entry(kind)
        for id in connection.scalars(select(_entry.c.id).where(_entry.c.kind == kind, ~exists().where(of_row))):
            yield f"{kind} {id}: its row does not exist, but its search entry does"
    yield from _index_differences(connection)


def _index_differences(connection: Connection) -> Iterator[str]:
    """A sentence for each entry that is only in the table or only in the index."""
    (indexed,) = _INDEXED_KEYS[connection.dialect.name].c
    for id in connection.scalars(select(_entry.c.id).where(~exists().where(indexed == _entry.c.key))):
        yield f"search entry {id}: it is not in the index"
    for key in connection.scalars(select(indexed).distinct().where(~exists().where(indexed == _entry.c.key))):
        yield f"search index: its entry {key} is not in the table"


def _entry_view(kind: SearchKind) -> TableClause:
    """The view that defines a kind's entries; `row_key` is the key of an entry's row."""
    names = ("key", "kind", "id", "title", "text", "row_key")
    return TableClause(f"{kind}_entry", *(column(name) for name in names))


def _upsert(connection: Connection, kind: SearchKind, row_keys: Iterable[Select[Any]]) -> Executable:
    """Upsert the entries of some rows, if they differ: an index of equal text would be rebuilt for nothing.

    They are inserted by key, which lets FTS5 buffer the most.
    """
    view = _entry_view(kind)
    columns = [view.c[column.name] for column in _entry.c]
    chosen = select(*columns).where(view.c.row_key.in_(union(*row_keys))).order_by(view.c.row_key)
    statement = _INSERT[connection.dialect.name](_entry).from_select([column.name for column in columns], chosen)
    new = statement.excluded
    upsert: Executable = statement.on_conflict_do_update(
        index_elements=[_entry.c.key],
        set_={"title": new.title, "text": new.text},
        where=or_(_entry.c.title != new.title, _entry.c.text != new.text),
    )
    return upsert


def _changed(model: type[SQLModel]) -> Select[Any]:
    rows = table(model)
    return select(rows.c.key).where(rows.c.changed_in == _VERSION)


def _renamed(model: type[SQLModel], kind: ChangeKind, field: str) -> Select[Any]:
    """People or parties with a change in a field that other rows show; rows that show new ones are changed, too."""
    rows = table(model)
    of_row = (_log.c.kind == kind) & (_log.c.id == rows.c.id)
    in_version = (_log.c.version == _VERSION) & (_log.c.change == Change.changed)
    return select(rows.c.key).join(_log, of_row).where(in_version, cast(_log.c.fields, String).contains(field))


def _with_actor(field: ActorField, actor_key: Column[Any], keys: Select[Any]) -> Select[Any]:
    return select(_actor.c.record_key).where(_actor.c.field == field, actor_key.in_(keys))


_PEOPLE = _renamed(Person, ChangeKind.person, "name")  # matches `other_names`, too
_PARTIES = _renamed(Party, ChangeKind.party, '"name"')
_SPEAKING_PARTIES = _renamed(Party, ChangeKind.party, "name")  # matches `other_names`, too
_OUTDATED: dict[SearchKind, tuple[Select[Any], ...]] = {
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
    SearchKind.agenda_item: (_changed(AgendaItem),),
}
"""The keys of the rows whose entries a version can change."""

_RECORDS = union(*(stale for kind in RecordKind for stale in _OUTDATED[SearchKind(kind)]))
_OUTDATED[SearchKind.evidence] = (
    _changed(Evidence),
    select(_evidence.c.key).where(_evidence.c.record_key.in_(_RECORDS)),
)
