"""YAML as a tree of nodes, each with its line and column, for the faults.

Scalars stay text as written, except for a plain null; `seed.record.models` has the types. The parser is libyaml's,
read event by event, so that a tag, a duplicate key or a recursive alias is detected before a value is built from it.
"""

from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent, StreamEndEvent

from seed.record.characters import refused_character
from seed.record.yaml_errors import explain

MAXIMUM_DEPTH = 20
MAXIMUM_NODES = 100_000
MAXIMUM_EXPANDED = 4 * 1024 * 1024

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))

_TOO_DEEP = f"nested more than {MAXIMUM_DEPTH} levels deep"
_NO_KEYS: "dict[str, Node]" = {}
_NO_DUPLICATES: "list[Node]" = []

Path = tuple[str | int, ...]
"""The path from a record's root to a value: keys and indexes in lists."""


class UnreadableYaml(Exception):
    """YAML that is invalid or not allowed in a record: the message, and line and column from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(slots=True)
class Span:
    """The span of a value in the file: lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Node:
    """A value: text or None, a list of nodes, or a mapping.

    A mapping `is_flow` if it is written in braces.
    `size`, `height` and `length` are those of its subtree, with aliases expanded: its values, its levels, and the bytes
    of its texts.
    """

    __slots__ = ("_end", "_start", "duplicate_keys", "height", "is_flow", "keys", "length", "size", "value")

    def __init__(self, value: "str | list[Node] | dict[str, Node] | None", event: Any) -> None:
        self.value = value
        self.size = self.height = 1
        self.length = 0
        self.is_flow = False
        self.keys: dict[str, Node] = _NO_KEYS
        self.duplicate_keys: list[Node] = _NO_DUPLICATES
        self._start, self._end = event.start_mark, event.end_mark

    @property
    def span(self) -> Span:
        return Span(self._start.line + 1, self._start.column + 1, self._end.line + 1, self._end.column + 1)

    def plain(self) -> Any:
        """The value as plain text, lists and dictionaries, with aliases expanded."""
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return self.value

    def at(self, path: Path) -> "Node":
        """The node at a path; steps without a node (a missing key, for example) are skipped."""
        node = self
        for step in path:
            value = node.value
            if (isinstance(value, dict) and step in value) or (
                isinstance(value, list) and isinstance(step, int) and step < len(value)
            ):
                node = value[step]  # type: ignore[index]
        return node

    def grow(self, child: "Node") -> None:
        """Add a child's size, length and height. Raises UnreadableYaml if the tree is too large or too deep."""
        self.size += child.size
        self.length += child.length
        if self.length > MAXIMUM_EXPANDED:
            raise _unreadable(f"more than {MAXIMUM_EXPANDED >> 20} MiB of text, aliases expanded", child)
        if self.size > MAXIMUM_NODES:
            raise _unreadable(f"more than {MAXIMUM_NODES:,} values, aliases expanded", child)
        if child.height >= self.height:
            self.height = child.height + 1
            if self.height > MAXIMUM_DEPTH:
                raise _unreadable(_TOO_DEEP, child)


def compose(text: str) -> Node:
    """The tree of the one YAML document in a text. Raises UnreadableYaml."""
    if refused := refused_character(text):
        raise UnreadableYaml(str(refused), refused.line, refused.column)
    loader = yaml.CSafeLoader(text)
    try:
        return _Composer(loader).document()
    except yaml.MarkedYAMLError as error:
        problem = explain(text, error)
        raise UnreadableYaml(f"not YAML: {problem.message}", problem.line + 1, problem.column + 1) from None
    finally:
        loader.dispose()


def _unreadable(message: str, node: Node) -> UnreadableYaml:
    return UnreadableYaml(message, node.span.line, node.span.column)


def _text(node: Node, event: Any) -> str | None:
    value: str = event.value
    if event.style == '"' and (refused := refused_character(value)):  # only there can it be an escape
        raise _unreadable(str(refused), node)
    return None if event.style in (None, "") and value in _NULLS else value


class _Composer:
    """Builds nodes from libyaml's events; an anchor is known after its end only, so it cannot contain itself."""

    def __init__(self, loader: Any) -> None:
        self.next = loader.get_event
        self.anchors: dict[str, Node] = {}

    def document(self) -> Node:
        self.next()
        start = self.next()
        if type(start) is StreamEndEvent:
            raise UnreadableYaml("empty: a record begins with `status:`")
        root = self.node(self.next(), MAXIMUM_DEPTH)
        self.next()
        more = self.next()
        if type(more) is not StreamEndEvent:
            raise _unreadable("a second document: one file holds one record", Node(None, more))
        return root

    def node(self, event: Any, depth: int) -> Node:
        node, kind = Node(None, event), type(event)
        if kind is AliasEvent:
            if event.anchor not in self.anchors:
                hint = "; a text that begins with `*` stands in quotation marks"
                raise _unreadable(f"no anchor &{event.anchor} ends before this alias{hint}", node)
            return self.anchors[event.anchor]
        if event.tag is not None:
            hint = "; a text that begins with `!` stands in quotation marks" if event.tag.startswith("!") else ""
            raise _unreadable(f"a tag ({event.tag}): a record needs none{hint}", node)
        if depth == 0:
            raise _unreadable(_TOO_DEEP, node)
        if kind is ScalarEvent:
            node.value = _text(node, event)
            node.length = len(event.value) if event.value.isascii() else len(event.value.encode())
        elif kind is SequenceStartEvent:
            self.sequence(node, depth)
        else:
            node.is_flow = event.flow_style
            self.mapping(node, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def sequence(self, node: Node, depth: int) -> None:
        node.value = items = []
        while type(event := self.next()) is not SequenceEndEvent:
            item = self.node(event, depth - 1)
            items.append(item)
            node.grow(item)

    def mapping(self, node: Node, depth: int) -> None:
        members: dict[str, Node] = {}
        node.value, node.keys, node.duplicate_keys = members, {}, []
        while type(event := self.next()) is not MappingEndEvent:
            key = self.node(event, depth - 1)
            value = self.node(self.next(), depth - 1)
            if not isinstance(key.value, str):
                raise _unreadable("a key that is not text", key)
            if key.value in members:
                node.duplicate_keys.append(key)
            else:
                members[key.value], node.keys[key.value] = value, key
            node.grow(key)
            node.grow(value)
