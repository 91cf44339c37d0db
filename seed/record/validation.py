"""Validation: from a tree of nodes to a record, with a fault for every value that is not of the format.

Of a broken part (one delegate, say) only the id and the well-formed evidence are kept, so that the same run can prove
the rest of the record.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from seed.record import models as records
from seed.record.faults import Code, Fault
from seed.record.models import Entry, Part, Record
from seed.record.scalars import is_slug
from seed.record.yaml_tree import Node, Path

DUPLICATE = "duplicate key "
"""Prefix of the last step of the path to a duplicate key; its index among the duplicates follows."""

UNKNOWN = "unknown key "
"""Prefix of the last step of the path to an unknown key; the key follows."""

_ITEMS: dict[str, type[Part]] = {
    "parties": records.Party,
    "people": records.Person,
    "delegates": records.Delegate,
    "agreements": records.Agreement,
    "quotes": records.Quote,
}
_NO_SOURCE = "broken-source"

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

    `broken` are the paths of the parts with a fault, `entries` the well-formed evidence in them, and `ids` every text
    in them that may be an id, so that no fault is reported that only follows from theirs.
    """

    record: Record | None
    faults: list[Fault] = field(default_factory=list)
    broken: list[Path] = field(default_factory=list)
    entries: list[tuple[Entry, Path]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


def validate(root: Node) -> Validated:
    """The record of a tree, or its well-formed parts."""
    duplicates = list(_duplicate_keys(root, ()))
    plain = root.plain()
    try:
        return Validated(Record.model_validate(plain), duplicates)
    except ValidationError as error:
        errors = [details for details in error.errors(include_url=False) if not _only_follows(details)]
    found = Validated(None, [*duplicates, *(_fault(root, details) for details in errors)])
    if not isinstance(plain, dict):
        return found
    for details in errors:
        _note_broken(found, plain, details["loc"])
    found.record = _whole_parts(plain, found.broken)
    return found


def _only_follows(details: ErrorDetails) -> bool:
    """Whether a list is too short only because its items are broken."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _duplicate_keys(node: Node, path: Path) -> Iterator[Fault]:
    for index, key in enumerate(node.duplicate_keys):
        message = f"the key `{key.value}` stands here a second time: keep one of the two"
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
        found.broken.append(where)
        for index in where[1:]:
            part = part[index]
        found.ids |= set(_scalars(part))
        found.entries += _entries(part, where)


def _whole_parts(plain: dict[str, Any], broken: list[Path]) -> Record:
    """A record of the parts that are whole; an item of a list leaves its id in its place, so that paths stay valid."""
    meeting = _only_id(records.Meeting, plain.get("meeting"))
    whole: dict[str, Any] = {"status": "reviewed", "sources": [_NO_SOURCE], "meeting": meeting}
    whole |= {name: value for name, value in plain.items() if (name,) not in broken}
    items = sorted((str(path[0]), int(path[1])) for path in broken if len(path) == 2)
    for name, index in reversed(items):
        whole[name] = [*whole[name][:index], *[_NO_SOURCE][: name == "sources"], *whole[name][index + 1 :]]
    record = Record.model_validate(whole)
    lists = {name: list(getattr(record, name)) for name, _ in items if name in _ITEMS}
    for name, index in items:
        if name in _ITEMS:
            lists[name].insert(index, _only_id(_ITEMS[name], plain[name][index]))
    return record.model_copy(update={name: tuple(parts) for name, parts in lists.items()})


def _only_id(model: type[Part], part: Any) -> Part:
    """A part with its id and nothing else; the id is empty if it is no slug."""
    absent = {name: () if get_origin(field.annotation) is tuple else None for name, field in model.model_fields.items()}
    id = part.get("id", part.get("person")) if isinstance(part, dict) else None
    known: dict[str, Any] = absent | {"id": id if isinstance(id, str) and is_slug(id) else ""}
    return model.model_construct(**known)


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


def _fault(root: Node, details: ErrorDetails) -> Fault:
    path = details["loc"]
    name = next((step for step in reversed(path) if isinstance(step, str) and step in _KEYS), None)
    message = _message(details, path)
    if details["type"] == "extra_forbidden":
        holder = path[:-2] if path[-2:-1] == ("described",) else path[:-1]  # pydantic adds the kind of an actor
        path = (*holder, f"{UNKNOWN}{path[-1]}")
    subject = f"`{name}`" if name else "the record"
    return Fault(Code.bad_value, path, message if details["type"] in _WHOLE else f"{subject} {message}")


_WHOLE = ("missing", "extra_forbidden")


def _message(details: ErrorDetails, path: Path) -> str:
    context = details.get("ctx", {})
    match details["type"]:
        case "missing":
            return f"the key `{path[-1]}` is missing"
        case "extra_forbidden":
            near = process.extractOne(str(path[-1]), _KEYS, scorer=fuzz.ratio, score_cutoff=70)
            return f"unknown key `{path[-1]}`" + (f": is it `{near[0]}`?" if near else "")
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
        case "bool_type":
            return "is not true or false"
        case "int_type" | "greater_than_equal":
            return "is not a whole number from 1 on"
        case "value_error":
            return str(context["error"])
    return details["msg"]
