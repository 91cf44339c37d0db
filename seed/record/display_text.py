"""Wording for people: counts, visible control characters, and text cut to a width in cells."""

from rich.cells import split_graphemes

_MARKS = 8
"""The most characters in a cell, combining marks and joiners included, before a line is cut for them alone."""

_C0, _C1, _TURNING = range(0x20), range(0x80, 0xA0), (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE = {
    **{code: 0x2400 + code for code in _C0},  # Unicode's pictures of them
    0x09: 0x20,
    0x7F: 0x2421,
    **dict.fromkeys((*_C1, *_TURNING, 0x2028, 0x2029), 0xFFFD),
}
"""Replacements for control and bidirectional characters, which a terminal would obey. A tab becomes a space."""


def visible(text: str) -> str:
    """An untrusted text as one line without control characters; its length in characters stays the same."""
    return text.translate(_VISIBLE)


def counted(count: int, noun: str, plural: str = "") -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {plural or f'{noun}s'}"


def head(text: str, room: int) -> str:
    """The beginning of a text that fits into `room` cells, with … if text is cut."""
    near = text[: _MARKS * (room + 1)]
    spans, size = split_graphemes(near)
    if near == text and size <= room:
        return text
    while spans and size >= room:
        size -= spans.pop()[2]
    return near[: spans[-1][1] if spans else 0] + "…"[:room]


def tail(text: str, room: int) -> str:
    """The end of a text that fits into `room` cells, with … if text is cut."""
    near = text[-_MARKS * (room + 1) :]
    spans, size = split_graphemes(near)
    if near == text and size <= room:
        return text
    while spans and (size >= room or spans[0][2] == 0):
        size -= spans.pop(0)[2]
    return "…"[:room] + near[spans[0][0] if spans else len(near) :]
