"""Reads, upserts and deletes the rows of people, parties and sources, merged from the definitions of all records."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select, update
from sqlmodel import SQLModel

from app.dates import days, span
from app.enums import Access, Change, ChangeKind, DefinitionKind, PartyKind, QuotationMarks, rank
from app.models import (
    Actor,
    Delegate,
    Evidence,
    Meeting,
    MeetingSource,
    Party,
    PartyPerson,
    Person,
    Record,
    Source,
    SourceIssuer,
    SourceText,
    table,
)
from seed.proof.definitions import DefinitionKey
from seed.store.load_report import Difference
from seed.store.row_images import date_sort_keys, sort_key
from seed.store.row_writer import Writer

_MODELS: dict[DefinitionKind, type[SQLModel]] = {
    DefinitionKind.person: Person,
    DefinitionKind.party: Party,
    DefinitionKind.source: Source,
}
_DERIVED_COLUMNS = (
    "name_sort",
    "kind_rank",
    "title_sort",
    "published_ascending",
    "published_descending",
    "published_last_day",
    "published_span",
)
_NO_COUNTS: dict[DefinitionKind, dict[str, int]] = {
    DefinitionKind.person: dict.fromkeys(("meetings", "delegates", "quotes"), 0),
    DefinitionKind.party: dict.fromkeys(("meetings", "delegates", "agreements", "quotes"), 0),
    DefinitionKind.source: {},
}
_API_FIELD = {"url": "source_url"}
_CHUNK = 500


def referring_meetings(connection: Connection, key: DefinitionKey) -> set[str]:
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


def definition_row(key: DefinitionKey, values: dict[str, Any], text: str | None) -> dict[str, Any]:
    """The columns of a definition's row. Without a source's `text`, its length is left out."""
    kind, id = key
    if kind is DefinitionKind.source:
        ascending, descending = date_sort_keys(values["published_on"])
        first_day, last_day = days(values["published_on"]) if values["published_on"] else (None, None)
        return {
            **{name: values[name] for name in ("title", "language", "publisher", "author", "url", "published_on")},
            **{name: values[name] for name in ("licence", "paragraphs", "sha256")},
            "id": id,
            "title_sort": sort_key(values["title"]),
            "published_ascending": ascending,
            "published_descending": descending,
            "published_last_day": last_day,
            "published_span": span(first_day, last_day),
            "access": values["access"] or Access.excerpt,
            "quotation_marks": values["quotation_marks"] or QuotationMarks.double,
            "cites": list(values["cites"]),
            **({"length": len(text)} if text is not None else {}),
        }
    own = {"id": id, "name": values["name"], "name_sort": sort_key(values["name"])}
    own |= {"other_names": values["other_names"], "wikidata": values["wikidata"]}
    if kind is DefinitionKind.party:
        own |= {"kind": values["kind"], "kind_rank": rank(PartyKind(values["kind"])), "country": values["country"]}
    return own


def stored_rows(connection: Connection, keys: Iterable[DefinitionKey]) -> dict[DefinitionKey, dict[str, Any]]:
    """The stored rows of definitions; those of sources have the ids of their issuers as `issued_by`."""
    found: dict[DefinitionKey, dict[str, Any]] = {}
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


def _add_issuers(
    connection: Connection, found: dict[DefinitionKey, dict[str, Any]], of_chunk: ColumnElement[bool]
) -> None:
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
        if party_id is not None:
            issuers.append(party_id)


def changed_fields(row: dict[str, Any], stored: dict[str, Any]) -> list[str]:
    """The fields, by their names in the API, in which a definition's row differs from the stored one."""
    return sorted(
        _API_FIELD.get(name, name) for name in row if name not in _DERIVED_COLUMNS and row[name] != stored[name]
    )


def upsert(
    writer: Writer, key: DefinitionKey, values: dict[str, Any], text: str | None, stored: dict[str, Any] | None
) -> list[Difference]:
    """Insert the row of a definition, or update the stored one if it differs; returns the difference."""
    row = definition_row(key, values, text)
    issued_by: list[str] | None = values["issued_by"] if key[0] is DefinitionKind.source else None
    if stored is None:
        return _insert(writer, key, row, text, issued_by)
    new = row if issued_by is None else {**row, "issued_by": issued_by}
    fields = changed_fields(new, stored)
    return _update(writer, key, new, text, stored, fields) if fields else []


def _insert(
    writer: Writer, key: DefinitionKey, row: dict[str, Any], text: str | None, issued_by: list[str] | None
) -> list[Difference]:
    kind, id = key
    row_key = writer.insert_with_key(_MODELS[kind], {**row, **_NO_COUNTS[kind], "changed_in": writer.version})
    if issued_by is not None:
        writer.insert(SourceText, {"source_key": row_key, "text": text})
        _insert_issuers(writer, row_key, issued_by)
    writer.log_change(Change.added, ChangeKind(kind), id, [])
    return [Difference(Change.added, ChangeKind(kind), id)]


def _update(
    writer: Writer, key: DefinitionKey, new: dict[str, Any], text: str | None, stored: dict[str, Any], fields: list[str]
) -> list[Difference]:
    kind, id = key
    row = {name: value for name, value in new.items() if name != "issued_by"}
    writer.update(_MODELS[kind], stored["key"], {**row, "changed_in": writer.version})
    if kind is DefinitionKind.source:
        _update_source(writer, stored["key"], new["issued_by"], text, fields)
    elif kind is DefinitionKind.person:
        _update_copies(writer, stored["key"], row["name_sort"], fields)
    text_url = ["text_url"] if "access" in fields else []  # its value depends on the access
    writer.log_change(Change.changed, ChangeKind(kind), id, sorted([*fields, *text_url]))
    columns = {_API_FIELD.get(name, name): name for name in new}
    values = {name: (stored[columns[name]], new[columns[name]]) for name in fields}
    return [Difference(Change.changed, ChangeKind(kind), id, values)]


def delete(writer: Writer, key: DefinitionKey) -> list[Difference]:
    """Delete the row of a definition that no record has any more; returns the difference."""
    kind, id = key
    row_key = writer.key_of(_MODELS[kind], id)
    if kind is DefinitionKind.source:
        writer.delete(SourceText, "source_key", row_key)
        writer.delete(SourceIssuer, "source_key", row_key)
    else:
        writer.delete(PartyPerson, "key" if kind is DefinitionKind.person else "party_key", row_key)
    writer.delete(_MODELS[kind], "key", row_key)
    writer.forget_key(_MODELS[kind], id)
    writer.log_change(Change.removed, ChangeKind(kind), id, [])
    return [Difference(Change.removed, ChangeKind(kind), id)]


def _insert_issuers(writer: Writer, source_key: int, issued_by: list[str]) -> None:
    for position, party in enumerate(issued_by):
        row = {"source_key": source_key, "position": position, "party_key": writer.key_of(Party, party)}
        writer.insert(SourceIssuer, row)


def _update_source(writer: Writer, source_key: int, issued_by: list[str], text: str | None, fields: list[str]) -> None:
    if "sha256" in fields:
        texts = table(SourceText)
        writer.connection.execute(update(texts).where(texts.c.source_key == source_key).values(text=text))
    if "issued_by" in fields:
        writer.delete(SourceIssuer, "source_key", source_key)
        _insert_issuers(writer, source_key, issued_by)
    if {"sha256", "source_url", "access"} & set(fields):  # the API shows these with evidence
        evidence = table(Evidence)
        of_source = evidence.c.source_key == source_key
        writer.connection.execute(update(evidence).where(of_source).values(changed_in=writer.version))


def _update_copies(writer: Writer, person_key: int, name_sort: str, fields: list[str]) -> None:
    """Update what the rows of a person's parties and delegates copy from the person, of whom some fields change."""
    writer.update(PartyPerson, person_key, {"name_sort": name_sort, "changed_in": writer.version})
    if "name" in fields:
        delegate = table(Delegate)
        of_person = delegate.c.person_key == person_key
        writer.connection.execute(update(delegate).where(of_person).values(name_sort=name_sort))
