"""Stores each record's definitions of people, parties and sources, and reads them merged or one by one."""

import json
from collections.abc import Container, Iterable, Iterator, Set
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from app.enums import DefinitionKind
from app.models import Definition, table
from seed.dataset.dataset import Dataset
from seed.proof.definitions import Catalogue, DefinitionKey, MergedDefinition, record_definitions
from seed.proof.result import Proved
from seed.store.row_writer import Writer

_CHUNK = 500
_definition = table(Definition)


class _DefinitionRow(NamedTuple):
    kind: str
    id: str
    meeting_id: str
    content: str

    @property
    def key(self) -> DefinitionKey:
        return DefinitionKind(self.kind), self.id


def catalogue(connection: Connection, keys: Set[DefinitionKey] | None = None) -> Catalogue:
    """The stored definitions with some keys, or all of them, merged; every definition counts as used."""
    merged = Catalogue()
    for key, definition in _read(connection) if keys is None else _read_keys(connection, keys):
        known = merged.definitions.setdefault(key, definition)
        if known is not definition:
            known.merge(definition)
    merged.used = merged.used_sources = {id for _, id in merged.definitions}
    return merged


def meetings_by_definition(connection: Connection, meetings: Iterable[str]) -> dict[DefinitionKey, str]:
    """The definitions of some meetings' records, each with one of the meetings."""
    found: dict[DefinitionKey, str] = {}
    ids = list(meetings)
    for start in range(0, len(ids), _CHUNK):
        rows = _rows(connection, _definition.c.meeting_id.in_(ids[start : start + _CHUNK]))
        found |= {row.key: row.meeting_id for row in rows}
    return found


def stored_json(connection: Connection, meeting: str) -> dict[DefinitionKey, str]:
    """The stored definitions of a meeting's record."""
    return {row.key: row.content for row in _rows(connection, _definition.c.meeting_id == meeting)}


def definitions_json(proved: Proved) -> dict[DefinitionKey, str]:
    """The definitions of a proved record, as they are stored."""
    hashes = {id: article.sha256 for id, article in proved.articles.items()}
    return {
        key: _to_json(definition.values) for key, _, definition in record_definitions(proved.record, hashes, proved.id)
    }


def insert(writer: Writer, proved: Proved) -> None:
    """Insert the definitions of a record."""
    for (kind, id), content in definitions_json(proved).items():
        writer.insert(Definition, {"kind": kind, "id": id, "meeting_id": proved.id, "content": content})


def add_to_dataset(connection: Connection, dataset: Dataset, replaced: Container[str]) -> None:
    """Merge stored definitions into those of a dataset, except the definitions of meetings that a load replaces."""
    for key, definition in _read_keys(connection, dataset.needed):
        if definition.defined_in not in replaced:
            where = f"in the stored record of {definition.defined_in}; load that record too if both have changed"
            dataset.merge(key, definition, where)


def _read_keys(connection: Connection, keys: Set[DefinitionKey]) -> Iterator[tuple[DefinitionKey, MergedDefinition]]:
    """The stored definitions with some keys, of each record by itself, in the order of the meetings."""
    ids = sorted({id for _, id in keys})
    for start in range(0, len(ids), _CHUNK):
        in_chunk = _definition.c.id.in_(ids[start : start + _CHUNK])
        yield from ((key, definition) for key, definition in _read(connection, in_chunk) if key in keys)


def _read(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[tuple[DefinitionKey, MergedDefinition]]:
    return (
        (row.key, MergedDefinition(json.loads(row.content), row.meeting_id)) for row in _rows(connection, *conditions)
    )


def _rows(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[_DefinitionRow]:
    statement = select(*(_definition.c[name] for name in _DefinitionRow._fields)).where(*conditions)
    rows = connection.execute(statement.order_by(_definition.c.meeting_id).execution_options(yield_per=1000))
    return starmap(_DefinitionRow, rows)


def _to_json(values: dict[str, Any]) -> str:
    """A definition as canonical JSON: equal definitions have equal texts."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
