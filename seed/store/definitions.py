"""The rows of people, parties and sources: what all records that give them say together."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select, update
from sqlmodel import SQLModel

from app.enums import Access, Change, ChangeKind, DefinitionKind, PartyKind, QuotationMarks, rank
from app.models import (
    Actor,
    Delegate,
    Evidence,
    Meeting,
    MeetingSource,
    Party,
    Person,
    Record,
    Source,
    SourceIssuer,
    SourceText,
    table,
)
from seed.proof.definitions import Key
from seed.store.load_report import Difference
from seed.store.row_images import partial_date_sorts, sort_text
from seed.store.writer import Writer

_MODELS: dict[DefinitionKind, type[SQLModel]] = {
    DefinitionKind.person: Person,
    DefinitionKind.party: Party,
    DefinitionKind.source: Source,
}
_DERIVED = ("name_sort", "kind_rank", "title_sort", "published_ascending", "published_descending")
_NO_COUNTS: dict[DefinitionKind, dict[str, int]] = {
    DefinitionKind.person: dict.fromkeys(("meetings", "delegates", "quotes"), 0),
    DefinitionKind.party: dict.fromkeys(("meetings", "delegates", "agreements", "quotes"), 0),
    DefinitionKind.source: {},
}
_API_FIELD = {"url": "source_url"}
_CHUNK = 500


def users(connection: Connection, key: Key) -> set[str]:
    """The ids of the stored meetings whose records refer to a definition."""
    kind, id = key
    meeting, record, actor, delegate = table(Meeting), table(Record), table(Actor), table(Delegate)
    own = table(_MODELS[kind])
    row_key = connection.scalar(select(own.c.key).where(own.c.id == id))
    if kind is DefinitionKind.source:
        listed = table(MeetingSource)
        keys = [select(listed.c.meeting_key).where(listed.c.source_key == row_key)]
    else:
        column = f"{kind}_key"
        of_record = and_(record.c.key == actor.c.record_key, actor.c[column] == row_key)
        keys = [
            select(delegate.c.meeting_key).where(delegate.c[column] == row_key),
            select(record.c.meeting_key).join(actor, of_record),
        ]
        if kind is DefinitionKind.party:
            issued, listed = table(SourceIssuer), table(MeetingSource)
            keys.append(select(meeting.c.key).where(meeting.c.host_key == row_key))
            keys.append(
                select(listed.c.meeting_key)
                .join(issued, issued.c.source_key == listed.c.source_key)
                .where(issued.c.party_key == row_key)
            )
    found: set[str] = set()
    for statement in keys:
        found |= set(connection.scalars(select(meeting.c.id).where(meeting.c.key.in_(statement))))
    return found


def columns(key: Key, values: dict[str, Any], text: str | None) -> dict[str, Any]:
    """A definition's own row; `text` is a source's, where it is at hand."""
    kind, id = key
    if kind is DefinitionKind.source:
        ascending, descending = partial_date_sorts(values["published_on"])
        return {
            **{name: values[name] for name in ("title", "language", "publisher", "author", "url", "published_on")},
            **{name: values[name] for name in ("licence", "paragraphs", "sha256")},
            "id": id,
            "title_sort": sort_text(values["title"]),
            "published_ascending": ascending,
            "published_descending": descending,
            "access": values["access"] or Access.excerpt,
            "quotation_marks": values["quotation_marks"] or QuotationMarks.double,
            "cites": list(values["cites"]),
            **({"length": len(text)} if text is not None else {}),
        }
    own = {"id": id, "name": values["name"], "name_sort": sort_text(values["name"])}
    own |= {"other_names": values["other_names"], "wikidata": values["wikidata"]}
    if kind is DefinitionKind.party:
        own |= {"kind": values["kind"], "kind_rank": rank(PartyKind(values["kind"])), "country": values["country"]}
    return own


def stored_rows(connection: Connection, keys: Iterable[Key]) -> dict[Key, dict[str, Any]]:
    """The stored rows of definitions, sources with the ids of their issuers."""
    found: dict[Key, dict[str, Any]] = {}
    ids: dict[DefinitionKind, list[str]] = defaultdict(list)
    for kind, id in keys:
        ids[kind].append(id)
    for kind, wanted in ids.items():
        rows = table(_MODELS[kind])
        for start in range(0, len(wanted), _CHUNK):
            of_chunk = rows.c.id.in_(wanted[start : start + _CHUNK])
            for row in connection.execute(select(rows).where(of_chunk)).mappings():
                found[kind, row["id"]] = {str(name): value for name, value in row.items()}
            if kind is DefinitionKind.source:
                _add_issuers(connection, found, of_chunk)
    return found


def _add_issuers(connection: Connection, found: dict[Key, dict[str, Any]], of_chunk: ColumnElement[bool]) -> None:
    source, issuer, party = table(Source), table(SourceIssuer), table(Party)
    statement = (
        select(source.c.id, party.c.id)
        .outerjoin(issuer, issuer.c.source_key == source.c.key)
        .outerjoin(party, party.c.key == issuer.c.party_key)
        .where(of_chunk)
        .order_by(source.c.id, issuer.c.position)
    )
    for id, party_id in connection.execute(statement):
        issuers = found[DefinitionKind.source, id].setdefault("issued_by", [])
        issuers += [party_id] if party_id is not None else []


def changed_fields(row: dict[str, Any], stored: dict[str, Any]) -> list[str]:
    """The fields, as the API names them, in which a definition's row differs from the stored one."""
    return sorted(_API_FIELD.get(name, name) for name in row if name not in _DERIVED and row[name] != stored[name])


def write(
    writer: Writer, key: Key, values: dict[str, Any], text: str | None, stored: dict[str, Any] | None
) -> list[Difference]:
    """Write a definition if it is new, or differs from what is stored."""
    kind, id = key
    row = columns(key, values, text)
    issued_by = {"issued_by": values["issued_by"]} if kind is DefinitionKind.source else {}
    if stored is None:
        row_key = writer.insert_new(_MODELS[kind], {**row, **_NO_COUNTS[kind], "changed_in": writer.version})
        if kind is DefinitionKind.source:
            writer.insert(SourceText, {"source_key": row_key, "text": text})
            _write_issuers(writer, row_key, values["issued_by"])
        writer.log(Change.added, ChangeKind(kind), id, [])
        return [Difference(Change.added, ChangeKind(kind), id)]
    fields = changed_fields({**row, **issued_by}, stored)
    if not fields:
        return []
    writer.update(_MODELS[kind], stored["key"], {**row, "changed_in": writer.version})
    if kind is DefinitionKind.source:
        _rewrite_source(writer, stored, issued_by, text, fields)
    elif "name" in fields and kind is DefinitionKind.person:
        _rename_delegates(writer, stored["key"], row["name_sort"])
    address = ["text_url"] if "access" in fields else []  # which is there or not, by the access
    writer.log(Change.changed, ChangeKind(kind), id, sorted([*fields, *address]))
    named = {_API_FIELD.get(name, name): name for name in (*row, *issued_by)}
    both = {**row, **issued_by}
    return [
        Difference(
            Change.changed,
            ChangeKind(kind),
            id,
            {name: (stored[named[name]], both[named[name]]) for name in fields},
        )
    ]


def remove(writer: Writer, key: Key) -> list[Difference]:
    """Delete a definition that no record gives any more."""
    kind, id = key
    row_key = writer.key(_MODELS[kind], id)
    if kind is DefinitionKind.source:
        writer.delete(SourceText, "source_key", row_key)
        writer.delete(SourceIssuer, "source_key", row_key)
    writer.delete(_MODELS[kind], "key", row_key)
    writer.forget(_MODELS[kind], id)
    writer.log(Change.removed, ChangeKind(kind), id, [])
    return [Difference(Change.removed, ChangeKind(kind), id)]


def _write_issuers(writer: Writer, source_key: int, issued_by: list[str]) -> None:
    for position, party in enumerate(issued_by):
        row = {"source_key": source_key, "position": position, "party_key": writer.key(Party, party)}
        writer.insert(SourceIssuer, row)


def _rewrite_source(
    writer: Writer, stored: dict[str, Any], issued_by: dict[str, list[str]], text: str | None, fields: list[str]
) -> None:
    if "sha256" in fields:
        texts = table(SourceText)
        writer.connection.execute(update(texts).where(texts.c.source_key == stored["key"]).values(text=text))
    if "issued_by" in fields:
        writer.delete(SourceIssuer, "source_key", stored["key"])
        _write_issuers(writer, stored["key"], issued_by["issued_by"])
    if {"sha256", "source_url", "access"} & set(fields):  # what evidence shows around its words
        evidence = table(Evidence)
        of_source = evidence.c.source_key == stored["key"]
        writer.connection.execute(update(evidence).where(of_source).values(changed_in=writer.version))


def _rename_delegates(writer: Writer, person_key: int, name_sort: str) -> None:
    delegate = table(Delegate)
    of_person = delegate.c.person_key == person_key
    writer.connection.execute(update(delegate).where(of_person).values(name_sort=name_sort))
