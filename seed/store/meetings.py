"""Inserts, updates and deletes the rows of a meeting's record; an update writes only the rows that differ."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import update as update_rows
from sqlmodel import SQLModel

from app.enums import ActorKind, Change, ChangeKind, RecordKind
from app.models import (
    COPIED_FROM_MEETING,
    Actor,
    Evidence,
    EvidenceField,
    MeetingSource,
    Party,
    Person,
    Record,
    RecordTopic,
    Source,
    copied_from_meeting,
    table,
)
from seed.store.load_report import Difference
from seed.store.row_images import (
    DERIVED_FIELDS,
    MEETING_PARTS,
    MODELS,
    RecordKey,
    RowImage,
    list_counts,
    party_people,
    without_place,
)
from seed.store.row_writer import Writer
from seed.store.stored_records import StoredMeeting

_REFERENCED_MODELS: dict[str, type[SQLModel]] = {"person_key": Person, "party_key": Party, "host_key": Party}
_DELETE_ORDER = (
    RecordKind.quote,
    RecordKind.agreement,
    RecordKind.delegate,
    RecordKind.agenda_item,
    RecordKind.meeting,
)
"""Rows are deleted before the rows that they refer to."""


def insert(writer: Writer, images: dict[RecordKey, RowImage]) -> list[Difference]:
    """Insert a new meeting; returns one difference for all of it."""
    row_keys: dict[RecordKey, int] = {}
    for key, image in images.items():
        _insert_record(writer, key, image, row_keys)
        _log(writer, Change.added, key, [])
    _add_to_lists(writer, images)
    kind, id = next(iter(images))
    return [Difference(Change.added, ChangeKind(kind), id, counts=Counter(kind for kind, _ in images))]


def delete(writer: Writer, stored: StoredMeeting) -> list[Difference]:
    """Delete a stored meeting with all its rows; returns one difference for all of it."""
    _take_from_lists(writer, stored.images)
    for kind in _DELETE_ORDER:
        for key in [key for key in stored.images if key[0] is kind]:
            _delete_record(writer, stored, key)
            _log(writer, Change.removed, key, [])
    meeting_id = next(id for kind, id in stored.images if kind is RecordKind.meeting)
    counts = Counter(kind for kind, _ in stored.images)
    return [Difference(Change.removed, ChangeKind.meeting, meeting_id, counts=counts)]


def update(writer: Writer, stored: StoredMeeting, images: dict[RecordKey, RowImage]) -> list[Difference]:
    """Write the rows of a stored meeting that differ from their images; returns the differences."""
    row_keys = {key: row_key for key, row_key in stored.row_keys.items() if key in images}
    removed = [key for key in stored.images if key not in images]
    fields = _changed_fields(stored, images)
    _add_to_lists(writer, images)
    _take_from_lists(writer, stored.images)
    differences: list[Difference] = []
    for key, image in images.items():
        if key not in stored.images:
            _insert_record(writer, key, image, row_keys)
            _log(writer, Change.added, key, [])
            differences += _difference(Change.added, key)
        elif not fields[key]:
            _update_unlogged(writer, stored, key, image, row_keys)
        else:
            _update_record(writer, stored, key, image, row_keys)
            _log(writer, Change.changed, key, fields[key])
            differences += _difference(Change.changed, key, _old_and_new(stored.images, images, key, fields[key]))
    _update_copies(writer, stored, images)
    for kind in _DELETE_ORDER:
        for key in [key for key in removed if key[0] is kind]:
            _delete_record(writer, stored, key)
            _log(writer, Change.removed, key, [])
            differences += _difference(Change.removed, key)
    return differences


def _add_to_lists(writer: Writer, images: Mapping[RecordKey, RowImage]) -> None:
    writer.counts.update(list_counts(images))
    writer.party_people |= party_people(images)


def _take_from_lists(writer: Writer, images: Mapping[RecordKey, RowImage]) -> None:
    writer.counts.subtract(list_counts(images))
    writer.party_people |= party_people(images)


def _changed_fields(stored: StoredMeeting, images: Mapping[RecordKey, RowImage]) -> dict[RecordKey, list[str]]:
    """The changed fields of each image that is stored; a change of what the meeting shows of its agenda is its own."""
    fields = {key: images[key].changed_fields(stored.images[key]) for key in images if key in stored.images}
    meeting = next(key for key in images if key[0] is RecordKind.meeting)
    if _agenda(stored.images) != _agenda(images):
        fields[meeting] = sorted({*fields[meeting], "agenda"})
    return fields


def _old_and_new(
    stored: Mapping[RecordKey, RowImage], images: Mapping[RecordKey, RowImage], key: RecordKey, fields: list[str]
) -> dict[str, tuple[Any, Any]]:
    """The old and the new value of each field: of evidence what differs, of a meeting's agenda the titles."""
    old, new = stored[key], images[key]
    values: dict[str, tuple[Any, Any]] = {}
    for name in [name for name in fields if name not in DERIVED_FIELDS]:
        if name == "evidence":
            values[name] = _evidence_texts(old, new), _evidence_texts(new, old)
        elif name == "agenda" and key[0] is RecordKind.meeting:
            values[name] = [item.title for item in _agenda(stored)], [item.title for item in _agenda(images)]
        else:
            values[name] = old.field_value(name), new.field_value(name)
    return values


class _ShownAgendaItem(NamedTuple):
    """The fields of an agenda item that its meeting shows."""

    id: str
    title: str
    outcome: str
    evidence: Sequence[tuple[str, dict[str, Any]]]


def _agenda(images: Mapping[RecordKey, RowImage]) -> list[_ShownAgendaItem]:
    """The agenda of a meeting, in the order of the record."""
    items = [image for (kind, _), image in images.items() if kind is RecordKind.agenda_item]
    return [
        _ShownAgendaItem(item.columns["id"], item.columns["title"], item.columns["outcome"], item.shown_evidence)
        for item in sorted(items, key=lambda item: item.columns["position"])
    ]


def _evidence_texts(image: RowImage, other: RowImage) -> list[str]:
    """The words or notes of the evidence that is not the same in the other image."""
    only = (evidence for id, evidence in image.evidence.items() if not _is_same(evidence, other.evidence.get(id)))
    return [evidence["words"] or evidence["note"] for evidence in only]


def _difference(change: Change, key: RecordKey, fields: dict[str, tuple[Any, Any]] | None = None) -> list[Difference]:
    kind, id = key
    return [Difference(change, ChangeKind(kind), id, fields or {})]


def _log(writer: Writer, change: Change, key: RecordKey, fields: list[str]) -> None:
    kind, id = key
    writer.log_change(change, ChangeKind(kind), id, fields)


def _insert_record(writer: Writer, key: RecordKey, image: RowImage, row_keys: dict[RecordKey, int]) -> None:
    kind, id = key
    row_key = row_keys[key] = writer.new_key(Record)
    meeting_key = row_key if kind is RecordKind.meeting else _meeting_key(image, row_keys)
    writer.insert(Record, {"key": row_key, "kind": kind, "id": id, "meeting_key": meeting_key})
    row = {"key": row_key, **_own_row(writer, image, row_keys), "changed_in": writer.version}
    if kind is not RecordKind.meeting:
        row |= _copies(image, MODELS[kind])
    writer.insert(MODELS[kind], row)
    _insert_links(writer, kind, row_key, image, row_keys)
    for position, evidence_id in enumerate(image.evidence):
        _insert_evidence(writer, key, row_key, meeting_key, image, evidence_id, position)


def _meeting_key(image: RowImage, row_keys: dict[RecordKey, int]) -> int:
    return row_keys[RecordKind.meeting, image.columns["meeting_key"]]


def _own_row(writer: Writer, image: RowImage, row_keys: dict[RecordKey, int]) -> dict[str, Any]:
    """The columns of an image, with keys instead of public ids."""
    row = dict(image.columns)
    if "meeting_key" in row:
        row["meeting_key"] = _meeting_key(image, row_keys)
    if row.get("agenda_key") is not None:
        row["agenda_key"] = row_keys[RecordKind.agenda_item, row["agenda_key"]]
    for column, model in _REFERENCED_MODELS.items():
        if row.get(column) is not None:
            row[column] = writer.key_of(model, row[column])
    return row


def _insert_links(
    writer: Writer, kind: RecordKind, row_key: int, image: RowImage, row_keys: dict[RecordKey, int]
) -> None:
    """Insert the rows of actors, topics and sources."""
    positions: dict[str, int] = defaultdict(int)
    for actor in image.actors:
        row = {
            "record_key": row_key,
            "field": actor.field,
            "position": positions[actor.field],
            "record_kind": kind,
            "person_key": writer.key_of(Person, actor.id) if actor.kind == ActorKind.person else None,
            "party_key": writer.key_of(Party, actor.id) if actor.kind == ActorKind.party else None,
            "described": actor.id if actor.kind == ActorKind.described else None,
            "role": actor.role,
            "delegate_key": row_keys[RecordKind.delegate, actor.delegate] if actor.delegate else None,
        }
        writer.insert(Actor, row)
        positions[actor.field] += 1
    for position, topic in enumerate(image.topics):
        own = {"record_key": row_key, "position": position, "record_kind": kind}
        writer.insert(RecordTopic, {**own, "topic_key": writer.topic_key(topic)})
    for position, source in enumerate(image.sources):
        row = {"meeting_key": row_key, "position": position, "source_key": writer.key_of(Source, source)}
        writer.insert(MeetingSource, row)


def _insert_evidence(
    writer: Writer, key: RecordKey, row_key: int, meeting_key: int, image: RowImage, id: str, position: int
) -> None:
    row = {
        **image.evidence[id],
        **_copies(image, Evidence),
        "key": writer.new_key(Evidence),
        "id": id,
        "record_key": row_key,
        "record_kind": key[0],
        "meeting_key": meeting_key,
        "position": position,
        "changed_in": writer.version,
    }
    fields = row.pop("fields")
    if row["source_key"] is not None:
        row["source_key"] = writer.key_of(Source, row["source_key"])
    writer.insert(Evidence, row)
    for index, name in enumerate(fields):
        writer.insert(EvidenceField, {"evidence_key": row["key"], "position": index, "field": name})


def _update_record(
    writer: Writer, stored: StoredMeeting, key: RecordKey, image: RowImage, row_keys: dict[RecordKey, int]
) -> None:
    kind, row_key = key[0], stored.row_keys[key]
    writer.update(MODELS[kind], row_key, {**_own_row(writer, image, row_keys), "changed_in": writer.version})
    _update_links(writer, stored, key, image, row_keys)
    _update_evidence(writer, stored, key, image, row_keys)


def _update_unlogged(
    writer: Writer, stored: StoredMeeting, key: RecordKey, image: RowImage, row_keys: dict[RecordKey, int]
) -> None:
    """Write what differs although no field does: an agenda item's position, a speaker's delegate, a place."""
    if image.columns != stored.images[key].columns:
        writer.update(MODELS[key[0]], stored.row_keys[key], _own_row(writer, image, row_keys))
    _update_links(writer, stored, key, image, row_keys)
    _update_evidence(writer, stored, key, image, row_keys)


def _update_copies(writer: Writer, stored: StoredMeeting, images: Mapping[RecordKey, RowImage]) -> None:
    """Copy changed columns of a meeting to everything that belongs to it; that is no change of these items."""
    key = next(key for key in images if key[0] is RecordKind.meeting)
    old, new = stored.images[key].columns, images[key]
    if any(old[original] != new.columns[original] for original in COPIED_FROM_MEETING.values()):
        for model in MEETING_PARTS:
            rows = table(model)
            of_meeting = rows.c.meeting_key == stored.row_keys[key]
            writer.connection.execute(update_rows(rows).where(of_meeting).values(**_copies(new, model)))


def _copies(image: RowImage, model: type[SQLModel]) -> dict[str, str | None]:
    """The values that a row of a table copies from its meeting."""
    return {name: image.copies[name] for name in copied_from_meeting(table(model))}


def _update_links(
    writer: Writer, stored: StoredMeeting, key: RecordKey, image: RowImage, row_keys: dict[RecordKey, int]
) -> None:
    """Replace actors, topics and sources that differ."""
    old, row_key = stored.images[key], stored.row_keys[key]
    if (old.actors, old.topics, old.sources) != (image.actors, image.topics, image.sources):
        _delete_links(writer, key[0], row_key)
        _insert_links(writer, key[0], row_key, image, row_keys)


def _update_evidence(
    writer: Writer, stored: StoredMeeting, key: RecordKey, image: RowImage, row_keys: dict[RecordKey, int]
) -> None:
    old, row_key = stored.images[key], stored.row_keys[key]
    outdated = [id for id, evidence in old.evidence.items() if not _is_same(evidence, image.evidence.get(id))]
    _delete_evidence(writer, stored, key, outdated)
    meeting_key = row_key if key[0] is RecordKind.meeting else _meeting_key(image, row_keys)
    for position, id in enumerate(image.evidence):
        place = image.evidence[id]["place"]
        if not _is_same(image.evidence[id], old.evidence.get(id)):
            _insert_evidence(writer, key, row_key, meeting_key, image, id, position)
        elif list(old.evidence).index(id) != position or old.evidence[id]["place"] != place:
            writer.update(Evidence, stored.evidence_keys[id], {"position": position, "place": place})


def _is_same(evidence: dict[str, Any], other: dict[str, Any] | None) -> bool:
    """Whether two images of evidence with one id differ at most in their place."""
    return other is not None and without_place(evidence) == without_place(other)


def _delete_record(writer: Writer, stored: StoredMeeting, key: RecordKey) -> None:
    row_key = stored.row_keys[key]
    _delete_evidence(writer, stored, key, list(stored.images[key].evidence))
    _delete_links(writer, key[0], row_key)
    writer.delete(MODELS[key[0]], "key", row_key)
    writer.delete(Record, "key", row_key)


def _delete_evidence(writer: Writer, stored: StoredMeeting, key: RecordKey, ids: list[str]) -> None:
    keys = [stored.evidence_keys[id] for id in ids]
    writer.delete(EvidenceField, "evidence_key", *keys)
    writer.delete(Evidence, "key", *keys)
    writer.list_as_removed(key, ids)


def _delete_links(writer: Writer, kind: RecordKind, row_key: int) -> None:
    writer.delete(Actor, "record_key", row_key)
    writer.delete(RecordTopic, "record_key", row_key)
    if kind is RecordKind.meeting:
        writer.delete(MeetingSource, "meeting_key", row_key)
