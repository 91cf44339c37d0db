"""Writes a record as YAML, as a person would: parts in block style, small mappings on one line."""

import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[^\W_](?:[\w .’'()/%+–-]*[\w.)%])?")
"""Matches a plain scalar: text without an indicator of YAML, so that it needs no quotes in any context."""

_READ_OTHERWISE = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


NULL = object()
"""The value of a key that is written without one, for the reviewer to fill in."""


class Flow(dict[str, Any]):
    """A mapping in YAML's flow style, on one line."""


def yaml_text(document: dict[str, Any], head: list[str]) -> str:
    """A document as YAML, under a head of comments. Keys whose value is None or empty are omitted."""
    lines = [*(f"# {_printable(line)}" for line in head), *_block(document, "")]
    return "\n".join(lines) + "\n"


def _block(mapping: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in mapping.items():
        if value in (None, [], {}):
            continue
        if _is_blocks(value):
            yield f"{indent}{key}:"
            yield from _items(value, indent + "  ")
        elif isinstance(value, dict) and not isinstance(value, Flow):
            yield f"{indent}{key}:"
            yield from _block(value, indent + "  ")
        else:
            yield f"{indent}{key}: {_inline(value)}"


def _items(items: list[Any], indent: str) -> Iterator[str]:
    for value in items:
        if isinstance(value, Flow):
            yield f"{indent}- {_inline(value)}"
        else:
            first, *rest = _block(value, indent + "  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest


def _is_blocks(value: Any) -> bool:
    """Whether a value is a list of mappings, which are written as blocks, and not one of scalars."""
    return isinstance(value, list) and isinstance(value[0], dict) and not _is_actor(value[0])


def _is_actor(mapping: dict[str, Any]) -> bool:
    return list(mapping) == ["described"]


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(one)}" for key, one in value.items() if one is not None) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is NULL:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _READ_OTHERWISE and text.isprintable():
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
