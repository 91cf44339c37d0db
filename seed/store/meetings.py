"""Writing a record's images: a new meeting whole, of a stored one only what differs."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlmodel import SQLModel

from app.enums import ActorKind, Change, ChangeKind, RecordKind
from app.models import Actor, Evidence, EvidenceField, MeetingSource, Party, Person, Record, RecordTopic, Source
from seed.store.load_report import Difference
from seed.store.row_images import MODELS, Image, Key, counts
from seed.store.stored import Stored
from seed.store.writer import Writer

_KEY_OF: dict[str, type[SQLModel]] = {"person_key": Person, "party_key": Party, "host_key": Party}
_LAST_FIRST = (RecordKind.quote, RecordKind.agreement, RecordKind.delegate, RecordKind.agenda_item, RecordKind.meeting)
"""Kinds in the order in which their rows can be deleted."""


def add(writer: Writer, images: dict[Key, Image]) -> list[Difference]:
    """Write a meeting that is not stored yet."""
    keys: dict[Key, int] = {}
    for key, image in images.items():
        _insert(writer, key, image, keys)
        _log(writer, Change.added, key, [])
    writer.counts.update(counts(images))
    kind, id = next(iter(images))
    return [Difference(Change.added, ChangeKind(kind), id, counts=Counter(kind for kind, _ in images))]


def remove(writer: Writer, stored: Stored) -> list[Difference]:
    """Delete a stored meeting with all that hangs on it."""
    writer.counts.subtract(counts(stored.images))
    for kind in _LAST_FIRST:
        for key in [key for key in stored.images if key[0] is kind]:
            _delete(writer, stored, key)
            _log(writer, Change.removed, key, [])
    meeting_id = next(id for kind, id in stored.images if kind is RecordKind.meeting)
    gone = Counter(kind for kind, _ in stored.images)
    return [Difference(Change.removed, ChangeKind.meeting, meeting_id, counts=gone)]


def change(writer: Writer, stored: Stored, images: dict[Key, Image]) -> list[Difference]:
    """Make a stored meeting's rows what its images say, and touch no other row."""
    keys = {key: row for key, row in stored.keys.items() if key in images}
    meeting = next(key for key in images if key[0] is RecordKind.meeting)
    fields = {key: images[key].changes(stored.images[key]) for key in images if key in stored.images}
    agenda_changed = any(fields.get(key, ["new"]) for key in images if key[0] is RecordKind.agenda_item)
    gone = [key for key in stored.images if key not in images]
    writer.counts.update(counts(images))
    writer.counts.subtract(counts(stored.images))
    if agenda_changed or any(kind is RecordKind.agenda_item for kind, _ in gone):
        fields[meeting] = sorted({*fields[meeting], "agenda"})
    differences: list[Difference] = []
    for key, image in images.items():
        if key not in stored.images:
            _insert(writer, key, image, keys)
            _log(writer, Change.added, key, [])
            differences += _difference(Change.added, key)
        elif not fields[key]:
            _relink(writer, stored, key, image, keys)
        else:
            _update(writer, stored, key, image, keys)
            _log(writer, Change.changed, key, fields[key])
            values = _before_and_after(stored.images[key], image, fields[key])
            if key == meeting and "agenda" in values:
                values["agenda"] = _agenda(stored.images, images), _agenda(images, stored.images)
            differences += _difference(Change.changed, key, values)
    for kind in _LAST_FIRST:
        for key in [key for key in gone if key[0] is kind]:
            _delete(writer, stored, key)
            _log(writer, Change.removed, key, [])
            differences += _difference(Change.removed, key)
    return differences


def _before_and_after(stored: Image, image: Image, fields: list[str]) -> dict[str, tuple[Any, Any]]:
    values: dict[str, tuple[Any, Any]] = {}
    for name in fields:
        if name == "evidence":
            before, after = (_words(one, other) for one, other in ((stored, image), (image, stored)))
            values[name] = (before, after)
        else:
            values[name] = (stored.value(name), image.value(name))
    return values


def _agenda(images: Mapping[Key, Image], other: Mapping[Key, Image]) -> list[str]:
    """The agenda items, with their outcomes, that only one of a meeting's two states has as it is."""
    items = [image for key, image in images.items() if key[0] is RecordKind.agenda_item and image != other.get(key)]
    return [f"{item.columns['title']}: {item.columns['outcome']}" for item in items]


def _words(image: Image, other: Image) -> list[str]:
    """The words, or the reasons, of evidence that only one of two images has."""
    only = (evidence for id, evidence in image.evidence.items() if other.evidence.get(id) != evidence)
    return [evidence["words"] or evidence["note"] for evidence in only]


def _difference(change: Change, key: Key, fields: dict[str, tuple[Any, Any]] | None = None) -> list[Difference]:
    kind, id = key
    return [] if kind is RecordKind.agenda_item else [Difference(change, ChangeKind(kind), id, fields or {})]


def _log(writer: Writer, change: Change, key: Key, fields: list[str]) -> None:
    kind, id = key
    if kind is not RecordKind.agenda_item:  # an agenda item's change is its meeting's
        writer.log(change, ChangeKind(kind), id, fields)


def _insert(writer: Writer, key: Key, image: Image, keys: dict[Key, int]) -> None:
    kind, id = key
    row_key = keys[key] = writer.new_key(Record)
    meeting_key = row_key if kind is RecordKind.meeting else _meeting_key(image, keys)
    writer.insert(Record, {"key": row_key, "kind": kind, "id": id, "meeting_key": meeting_key})
    row = {"key": row_key, **_row(writer, image, keys)}
    if kind is not RecordKind.agenda_item:
        row["changed_in"] = writer.version
    writer.insert(MODELS[kind], row)
    _insert_links(writer, row_key, image, keys)
    for position, evidence_id in enumerate(image.evidence):
        _insert_evidence(writer, key, row_key, meeting_key, image, evidence_id, position)


def _meeting_key(image: Image, keys: dict[Key, int]) -> int:
    return keys[RecordKind.meeting, image.columns["meeting_key"]]


def _row(writer: Writer, image: Image, keys: dict[Key, int]) -> dict[str, Any]:
    """An image's own columns, with keys for the public ids."""
    row = dict(image.columns)
    if "meeting_key" in row:
        row["meeting_key"] = _meeting_key(image, keys)
    if row.get("agenda_key") is not None:
        row["agenda_key"] = keys[RecordKind.agenda_item, row["agenda_key"]]
    for column, model in _KEY_OF.items():
        if row.get(column) is not None:
            row[column] = writer.key(model, row[column])
    return row


def _insert_links(writer: Writer, row_key: int, image: Image, keys: dict[Key, int]) -> None:
    """The rows of actors, topics and sources."""
    positions: dict[str, int] = defaultdict(int)
    for actor in image.actors:
        row = {
            "record_key": row_key,
            "field": actor.field,
            "position": positions[actor.field],
            "person_key": writer.key(Person, actor.id) if actor.kind == ActorKind.person else None,
            "party_key": writer.key(Party, actor.id) if actor.kind == ActorKind.party else None,
            "described": actor.id if actor.kind == ActorKind.described else None,
            "role": actor.role,
            "delegate_key": keys[RecordKind.delegate, actor.delegate] if actor.delegate else None,
        }
        writer.insert(Actor, row)
        positions[actor.field] += 1
    for position, topic in enumerate(image.topics):
        row = {"record_key": row_key, "position": position, "topic_key": writer.topic_key(topic)}
        writer.insert(RecordTopic, row)
    for position, source in enumerate(image.sources):
        row = {"meeting_key": row_key, "position": position, "source_key": writer.key(Source, source)}
        writer.insert(MeetingSource, row)


def _insert_evidence(
    writer: Writer, key: Key, row_key: int, meeting_key: int, image: Image, id: str, position: int
) -> None:
    row = {
        **image.evidence[id],
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
        row["source_key"] = writer.key(Source, row["source_key"])
    writer.insert(Evidence, row)
    for place, name in enumerate(fields):
        writer.insert(EvidenceField, {"evidence_key": row["key"], "position": place, "field": name})


def _update(writer: Writer, stored: Stored, key: Key, image: Image, keys: dict[Key, int]) -> None:
    kind, row_key = key[0], stored.keys[key]
    row = _row(writer, image, keys)
    if kind is not RecordKind.agenda_item:
        row["changed_in"] = writer.version
    writer.update(MODELS[kind], row_key, row)
    _relink(writer, stored, key, image, keys)
    _update_evidence(writer, stored, key, image, keys)


def _relink(writer: Writer, stored: Stored, key: Key, image: Image, keys: dict[Key, int]) -> None:
    """Write actors, topics and sources anew where they differ; a speaker's part in the meeting can, all else alike."""
    before, row_key = stored.images[key], stored.keys[key]
    if (before.actors, before.topics, before.sources) != (image.actors, image.topics, image.sources):
        _delete_links(writer, key[0], row_key)
        _insert_links(writer, row_key, image, keys)


def _update_evidence(writer: Writer, stored: Stored, key: Key, image: Image, keys: dict[Key, int]) -> None:
    before, row_key = stored.images[key], stored.keys[key]
    stale = [id for id, evidence in before.evidence.items() if image.evidence.get(id) != evidence]
    _delete_evidence(writer, stored, stale)
    meeting_key = row_key if key[0] is RecordKind.meeting else _meeting_key(image, keys)
    for position, id in enumerate(image.evidence):
        if before.evidence.get(id) != image.evidence[id]:
            _insert_evidence(writer, key, row_key, meeting_key, image, id, position)
        elif list(before.evidence).index(id) != position:
            writer.update(Evidence, stored.evidence_keys[id], {"position": position})


def _delete(writer: Writer, stored: Stored, key: Key) -> None:
    row_key = stored.keys[key]
    _delete_evidence(writer, stored, list(stored.images[key].evidence))
    _delete_links(writer, key[0], row_key)
    writer.delete(MODELS[key[0]], "key", row_key)
    writer.delete(Record, "key", row_key)


def _delete_evidence(writer: Writer, stored: Stored, ids: list[str]) -> None:
    keys = [stored.evidence_keys[id] for id in ids]
    writer.delete(EvidenceField, "evidence_key", *keys)
    writer.delete(Evidence, "key", *keys)


def _delete_links(writer: Writer, kind: RecordKind, row_key: int) -> None:
    writer.delete(Actor, "record_key", row_key)
    writer.delete(RecordTopic, "record_key", row_key)
    if kind is RecordKind.meeting:
        writer.delete(MeetingSource, "meeting_key", row_key)
