"""Validation: from a tree of nodes to a record, with a fault for every value that is not of the format.

Of a broken part (one delegate, say) only the id and the well-formed evidence are kept, so that the same run can prove
the rest of the record.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from seed.record import models as records
from seed.record.display_text import head
from seed.record.faults import Code, Fault
from seed.record.models import Entry, Part, Record
from seed.record.scalars import HIGHEST_ORDINAL, is_slug
from seed.record.yaml_tree import Node, Path

DUPLICATE = "duplicate key "
"""Prefix of the last step of the path to a duplicate key; its index among the duplicates follows."""

UNKNOWN = "unknown key "
"""Prefix of the last step of the path to an unknown key; the key follows."""

_TAGS = (records.ID_TAG, records.DESCRIBED_TAG, records.SOURCE_TAG)

_ITEMS: dict[str, type[Part]] = {
    "sources": records.Source,
    "parties": records.Party,
    "people": records.Person,
    "delegates": records.Delegate,
    "agreements": records.Agreement,
    "quotes": records.Quote,
    "to_review": records.ToReview,
    "reviewed_by": records.Reviewer,
}
_SOME_SOURCE = "a-source"
"""An id that stands for the sources of a record while its other parts are validated."""

_LONGEST_KEY = 60
"""Cells of a key in a message."""

_KEYS = sorted(
    {
        key
        for model in vars(records).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for key in model.model_fields
    }
)


@dataclass(slots=True)
class Validated:
    """The well-formed parts of a record, and the faults of the others.

    `broken` are the paths of the parts with a fault, in order, `entries` the well-formed evidence in them, and `ids`
    every text in them that may be an id, so that no fault is reported that only follows from theirs. A path of a broken
    part is the name of a top key, or that and an index.
    """

    record: Record | None
    faults: list[Fault] = field(default_factory=list)
    broken: dict[Path, None] = field(default_factory=dict)
    entries: list[tuple[Entry, Path]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def is_in_broken_part(self, path: Path) -> bool:
        return path[:1] in self.broken or path[:2] in self.broken


def validate(root: Node) -> Validated:
    """The record of a tree, or its well-formed parts."""
    duplicates = list(_duplicate_keys(root, ()))
    plain = root.plain()
    try:
        return Validated(Record.model_validate(plain), duplicates)
    except ValidationError as error:
        errors = [details for details in error.errors(include_url=False) if not _only_follows(details)]
    paths = [_path(details) for details in errors]
    ids = _Ids(root)
    faults = [_fault(root, details, path, ids) for details, path in zip(errors, paths, strict=True)]
    found = Validated(None, [*duplicates, *faults])
    if not isinstance(plain, dict):
        return found
    for path in paths:
        _note_broken(found, plain, path)
    found.record = _whole_parts(plain, found.broken)
    return found


def _path(details: ErrorDetails) -> Path:
    """The path of an error in the record, without the tags of unions."""
    loc = details["loc"]
    key = loc[-1:] if details["type"] in _WHOLE else ()  # a key may be named like a tag
    return (*(step for step in loc[: len(loc) - len(key)] if step not in _TAGS), *key)


def _only_follows(details: ErrorDetails) -> bool:
    """Whether a list is too short only because its items are broken."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _duplicate_keys(node: Node, path: Path) -> Iterator[Fault]:
    for index, key in enumerate(node.duplicate_keys):
        message = f"the key `{head(str(key.value), _LONGEST_KEY)}` stands here a second time: keep one of the two"
        yield Fault(Code.bad_value, (*path, f"{DUPLICATE}{index}"), message)
    for step, child in _members(node.value):
        if not isinstance(child.value, str):
            yield from _duplicate_keys(child, (*path, step))


def _members(value: "str | list[Node] | dict[str, Node] | None") -> Iterable[tuple[str | int, Node]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _note_broken(found: Validated, plain: dict[str, Any], path: Path) -> None:
    """Note that the part that a path leads into is broken: an item of a list, or what a top key holds."""
    top = str(path[0])
    part: Any = plain.get(top) if top in Record.model_fields else None
    where = path[:2] if isinstance(part, list) else path[:1]
    if where not in found.broken:
        found.broken[where] = None
        for index in where[1:]:
            part = part[index]
        found.ids |= set(_scalars(part))
        found.entries += _entries(part, where)


def _whole_parts(plain: dict[str, Any], broken: Collection[Path]) -> Record:
    """A record of the parts that are whole; of a broken item of a list its id stays in its place: so paths stay valid.

    Of a broken source its file is left too, so that words can still be searched in it.
    """
    plain = {"sources": None, "meeting": None} | plain
    lists = {name: plain[name] for name in _ITEMS if isinstance(plain.get(name), list) and (name,) not in broken}
    if ("sources",) in broken:  # no list, or too long a one
        lists["sources"] = [plain["sources"]]
    touched = {path[0] for path in broken}
    whole = {name: value for name, value in plain.items() if name not in touched and name not in lists}
    whole |= {
        name: [item for index, item in enumerate(items) if not _is_broken(name, index, broken)]
        for name, items in lists.items()
    }
    if ("meeting",) in broken:
        whole["meeting"] = _only_id(records.Meeting, plain["meeting"])
    sources = whole.pop("sources")
    record = Record.model_validate({"status": "reviewed"} | whole | {"sources": sources or [_SOME_SOURCE]})
    parts = {name: _with_broken(name, getattr(record, name) or (), items, broken) for name, items in lists.items()}
    return record.model_copy(update=parts)


def _is_broken(name: str, index: int, broken: Collection[Path]) -> bool:
    return (name,) in broken or (name, index) in broken


def _with_broken(name: str, whole: Iterable[Any], items: list[Any], broken: Collection[Path]) -> tuple[Any, ...]:
    """The whole parts of a list, with what is left of its broken items in their places."""
    parts = iter(whole)
    return tuple(
        _only_id(_ITEMS[name], item) if _is_broken(name, index, broken) else next(parts)
        for index, item in enumerate(items)
    )


def _only_id(model: type[Part], part: Any) -> Part:
    """A part with its id, a source with its file too, and nothing else; the id is empty if it is no slug."""
    left: dict[str, Any] = {
        name: () if get_origin(field.annotation) is tuple else None for name, field in model.model_fields.items()
    }
    values = part if isinstance(part, dict) else {}
    id, file = values.get("id", values.get("person")), values.get("file")
    left["id"] = id if isinstance(id, str) and is_slug(id) else ""
    if model is records.Source and isinstance(file, str) and file.strip():
        left["file"] = file
    return model.model_construct(**left)


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _scalars(item)


def _entries(value: Any, path: Path) -> Iterator[tuple[Entry, Path]]:
    """The well-formed entries of all `evidence` lists in a part, each with its path."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _entries(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "evidence":
                yield from _entries(item, (*path, key))
            elif isinstance(item, list):
                for index, entry in enumerate(item):
                    try:
                        yield Entry.model_validate(entry), (*path, key, index)
                    except ValidationError:
                        continue


_REFERENCES = {
    *("person", "party", "host", "parties", "asserted_by", "speakers", "via", "issued_by"),
    *("source", "sources", "agenda"),
}
"""Keys whose values are ids of other parts."""


class _Ids:
    """The ids of the people, parties, sources and agenda items of a tree, by their names and titles."""

    def __init__(self, root: Node) -> None:
        self._root = root

    @cached_property
    def by_name(self) -> dict[str, str]:
        """By names in lower case."""
        return {name.casefold(): id for id, names in self._parts() for name in names if isinstance(name, str)}

    def _parts(self) -> Iterator[tuple[str, list[Any]]]:
        for path in (("people",), ("parties",), ("sources",), ("meeting", "agenda")):
            listed = self._root.at(path).value
            for part in listed if isinstance(listed, list) else ():
                values = part.plain() if isinstance(part.value, dict) else {}
                others = values.get("other_names")
                if isinstance(id := values.get("id"), str) and is_slug(id):
                    yield id, [values.get("name"), values.get("title"), *(others if isinstance(others, list) else [])]


def _with_id(ids: _Ids, written: str, name: str, fault: Fault) -> Fault:
    """The fault of a name that stands where an id should, with the id."""
    id = ids.by_name.get(written.casefold())
    return replace(fault, message=f"`{name}` takes an id, not a name: give the id, `{id}`") if id else fault


def _fault(root: Node, details: ErrorDetails, path: Path, ids: _Ids) -> Fault:
    name = next((step for step in reversed(path) if isinstance(step, str) and step in _KEYS), None)
    message = _message(details, path)
    if details["type"] == "extra_forbidden":
        key = str(path[-1])
        path = (*path[:-1], f"{UNKNOWN}{key}")
        return Fault(Code.bad_value, path, message, complete=partial(_with_hint, root.at(path[:-1]), key))
    subject = f"`{name}`" if name else "the record"
    if name in _REFERENCES and isinstance(written := root.at(path).value, str):
        return Fault(Code.bad_value, path, f"{subject} {message}", complete=partial(_with_id, ids, written, name))
    return Fault(Code.bad_value, path, message if details["type"] in _WHOLE else f"{subject} {message}")


def _text_before_comma(holder: Node, key: str) -> str | None:
    """The key whose text a comma has ended, if an unknown key in braces looks like the rest of that text."""
    keys = list(holder.keys)
    before = [other for other in keys[: keys.index(key)] if other in _KEYS] if key in keys else []
    if not holder.is_flow or not before or (re.fullmatch("[a-z_]+", key) and holder.at((key,)).value is not None):
        return None
    return before[-1]


_WHOLE = ("missing", "extra_forbidden")


def _message(details: ErrorDetails, path: Path) -> str:
    context = details.get("ctx", {})
    match details["type"]:
        case "missing":
            return f"the key `{path[-1]}` is missing"
        case "extra_forbidden":
            return f"unknown key `{head(str(path[-1]), _LONGEST_KEY)}`"
        case "enum" | "literal_error":
            return f"is not {context['expected']}".replace("'", "`")
        case "string_type":
            return "is empty: give it a value" if details["input"] is None else "must be text"
        case "tuple_type" | "list_type":
            return "must be a list"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "must be a mapping of keys to values"
        case "too_short":
            return "must have at least one item"
        case "too_long":
            return f"has more than {context['max_length']:,} items"
        case "bool_type":
            return "is not true or false"
        case "int_type" | "greater_than_equal" | "less_than_equal":
            return f"is not a whole number from 1 to {HIGHEST_ORDINAL:,}"
        case "value_error":
            return str(context["error"])
    return details["msg"]


def _with_hint(holder: Node, key: str, fault: Fault) -> Fault:
    """The fault of an unknown key, with what was probably meant."""
    if text := _text_before_comma(holder, key):
        way_out = f"if it belongs to `{text}`, put that text in quotation marks: a comma ends it"
        return replace(fault, message=f"{fault.message}; {way_out}")
    if key in _KEYS:
        return replace(fault, message=f"the key `{key}` does not belong here")
    near = process.extractOne(key, _KEYS, scorer=fuzz.ratio, score_cutoff=70)
    return replace(fault, message=f"{fault.message}: is it `{near[0]}`?") if near else fault
