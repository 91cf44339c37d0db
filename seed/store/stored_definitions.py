"""The definitions of each stored record: one row for a person, party or source, and the meeting that gives it."""

import json
from collections.abc import Container, Iterable, Iterator, Set
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from app.enums import DefinitionKind
from app.models import Definition, table
from seed.dataset.dataset import Dataset
from seed.proof.definitions import Catalogue, Key, MergedDefinition, said_by
from seed.proof.result import Proved
from seed.store.writer import Writer

_CHUNK = 500
_definition = table(Definition)


def encode(values: dict[str, Any]) -> str:
    """A definition as it is stored."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def said_of(connection: Connection, keys: Set[Key]) -> Iterator[tuple[Key, MergedDefinition]]:
    """What stored records say of some definitions, in the order of the givers."""
    ids = sorted({id for _, id in keys})
    for start in range(0, len(ids), _CHUNK):
        of_chunk = _definition.c.id.in_(ids[start : start + _CHUNK])
        yield from ((key, given) for key, given in _said(connection, of_chunk) if key in keys)


def catalogue(connection: Connection, keys: Set[Key] | None = None) -> Catalogue:
    """The stored definitions, all or those with some keys, added up in one pass."""
    whole = Catalogue()
    for key, given in _said(connection) if keys is None else said_of(connection, keys):
        known = whole.given.setdefault(key, given)
        if known is not given:
            known.unite(given)
    whole.used = whole.used_sources = {id for _, id in whole.given}  # whether something uses them is another question
    return whole


def _said(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[tuple[Key, MergedDefinition]]:
    statement = select(_definition).where(*conditions).order_by(_definition.c.giver).execution_options(yield_per=1000)
    for kind, id, giver, content in connection.execute(statement):
        yield (DefinitionKind(kind), id), MergedDefinition(json.loads(content), giver)


def keys_of(connection: Connection, meetings: Iterable[str]) -> dict[Key, str]:
    """The definitions that the records of some meetings give, each with one of those."""
    found: dict[Key, str] = {}
    wanted = list(meetings)
    for start in range(0, len(wanted), _CHUNK):
        of_givers = _definition.c.giver.in_(wanted[start : start + _CHUNK])
        rows = connection.execute(select(_definition.c.kind, _definition.c.id, _definition.c.giver).where(of_givers))
        found |= {(DefinitionKind(kind), id): giver for kind, id, giver in rows}
    return found


def give(writer: Writer, proved: Proved) -> None:
    """Write the definitions of a record."""
    hashes = {id: article.sha256 for id, article in proved.articles.items()}
    for (kind, id), _, given in said_by(proved.record, hashes, proved.id):
        writer.insert(Definition, {"kind": kind, "id": id, "giver": proved.id, "content": encode(given.values)})


def add(connection: Connection, dataset: Dataset, replaced: Container[str]) -> None:
    """Add what stored records define to a dataset's definitions, except those of meetings that a load replaces."""
    for key, definition in said_of(connection, dataset.wanted):
        if definition.giver not in replaced:
            where = f"in the stored record of {definition.giver}; load that record too if both have changed"
            dataset.unite(key, definition, where)
