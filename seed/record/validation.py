"""From a tree of nodes to a record: the form of every value, with the faults of all that is not of the format.

A part with a fault (one delegate, say) is set aside, so that the rest of the record can be proved in the same run.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from seed.record import models as records
from seed.record.faults import Code, Fault
from seed.record.models import Entry, Record
from seed.record.yaml_tree import Node, Path

DUPLICATE = "duplicate key "
"""Begins the last step of the path to a key that stands a second time; its number among those follows."""

UNKNOWN = "unknown key "
"""Begins the last step of the path to a key that the format does not have; the key follows."""

_LISTS = ("sources", "parties", "people", "delegates", "agreements", "quotes")
_KEYS = sorted(
    {
        key
        for model in vars(records).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for key in model.model_fields
    }
)
_STANDING_IN: dict[str, Any] = {
    "status": "reviewed",
    "sources": "set-aside",
    "parties": {"kind": "state", "name": "?"},
    "people": {"name": "?"},
    "delegates": {"described": "?", "role": "member"},
    "agreements": {
        "title": "?",
        "text": "?",
        "commitment": "agreed",
        "form": "reported",
        "parties": [{"described": "?"}],
    },
    "quotes": {"speakers": [{"described": "?"}], "kind": "indirect", "text": "?"},
    "meeting": {"title": "?", "status": "held", "format": "bilateral", "parties": [{"described": "?"}]},
}
"""What holds the place of a part that is set aside; whatever is said of it is not told."""


@dataclass(slots=True)
class Validated:
    """A record as far as its form is right, with the faults of the rest.

    `set_aside` are the paths of parts with a fault, `entries` the evidence in them that is well formed, and `ids`
    everything in them that may be an id, so that nothing is told which only follows from their faults.
    """

    record: Record | None
    faults: list[Fault] = field(default_factory=list)
    set_aside: list[Path] = field(default_factory=list)
    entries: list[tuple[Entry, Path]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


def validate(root: Node) -> Validated:
    """The record that a tree holds, or as much of it as has the right form."""
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
        _set_aside(found, plain, details["loc"])
    try:
        found.record = Record.model_validate(plain)
    except ValidationError:
        found.record = None
    return found


def _only_follows(details: ErrorDetails) -> bool:
    """Whether a list is told to be too short only because what it holds has faults."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _duplicate_keys(node: Node, path: Path) -> Iterator[Fault]:
    for place, key in enumerate(node.duplicate_keys):
        message = f"the key `{key.value}` stands here a second time"
        yield Fault(Code.bad_value, (*path, f"{DUPLICATE}{place}"), message)
    for step, child in _members(node.value):
        if not isinstance(child.value, str):
            yield from _duplicate_keys(child, (*path, step))


def _members(value: "str | list[Node] | dict[str, Node] | None") -> Iterable[tuple[str | int, Node]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _set_aside(found: Validated, plain: dict[str, Any], path: Path) -> None:
    """Put something that stands in for a part in its place, keeping what may be known of it."""
    top, where = str(path[0]), path[:1]
    in_list = top in _LISTS and len(path) > 1 and isinstance(plain.get(top), list)
    if in_list:
        where = path[:2]
    if where in found.set_aside:
        return
    found.set_aside.append(where)
    if top not in _STANDING_IN:
        plain.pop(top, None)
        return
    part = plain[top][path[1]] if in_list else plain.get(top)
    found.ids |= set(_scalars(part))
    found.entries += _entries(part, where)
    own = part.get("id", part.get("person")) if isinstance(part, dict) else None
    id = own if isinstance(own, str) and own in _slugs(own) else f"set-aside-{len(found.set_aside)}"
    standing = _STANDING_IN[top]
    if isinstance(standing, dict):
        standing = {"id": id, **standing}
    if in_list:
        plain[top][path[1]] = standing
    else:
        plain[top] = [] if top in _LISTS and top != "sources" else [standing] if top == "sources" else standing


def _slugs(text: str) -> list[str]:
    try:
        return [records.Person.model_validate({"id": text, "name": "?"}).id]
    except ValidationError:
        return []


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _scalars(item)


def _entries(value: Any, path: Path) -> Iterator[tuple[Entry, Path]]:
    """The well-formed entries of all `evidence` lists in a part."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _entries(item, (*path, place))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "evidence":
                yield from _entries(item, (*path, key))
            elif isinstance(item, list):
                for place, entry in enumerate(item):
                    try:
                        yield Entry.model_validate(entry), (*path, key, place)
                    except ValidationError:
                        continue


def _fault(root: Node, details: ErrorDetails) -> Fault:
    path = details["loc"]
    name = next((step for step in reversed(path) if isinstance(step, str) and step in _KEYS), None)
    message = _message(details, path)
    if details["type"] == "extra_forbidden":
        path = (*path[:-1], f"{UNKNOWN}{path[-1]}")
    return Fault(Code.bad_value, path, f"`{name}` {message}" if name and details["type"] not in _WHOLE else message)


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
            return "is empty: give it a value" if details["input"] is None else "wants text"
        case "tuple_type" | "list_type":
            return "wants a list"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "wants a mapping of keys to values"
        case "too_short":
            return "needs at least one"
        case "bool_type":
            return "is not true or false"
        case "int_type" | "greater_than_equal":
            return "is not a whole number from 1 on"
        case "value_error":
            return str(context["error"])
    return details["msg"]
