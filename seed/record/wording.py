"""Text for people: counts, control characters made visible, and text cut to a width in cells."""

from rich.cells import split_graphemes

_MARKS = 8
"""How many characters a cell may hold, marks and joiners counted, before a line is cut for them alone."""

_C0, _C1, _TURNING = range(0x20), range(0x80, 0xA0), (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE = {
    **{code: 0x2400 + code for code in _C0},  # Unicode's pictures of them
    0x09: 0x20,
    0x7F: 0x2421,
    **dict.fromkeys((*_C1, *_TURNING, 0x2028, 0x2029), 0xFFFD),
}
"""What a terminal would obey, as one character each: controls, and what turns text around. A tab is a space."""


def visible(text: str) -> str:
    """A text from outside as one line that a terminal obeys in nothing; as many characters as before."""
    return text.translate(_VISIBLE)


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def head(text: str, room: int) -> str:
    """As much of a text's beginning as fits into some cells, with … if that is not all."""
    near = text[: _MARKS * (room + 1)]
    spans, size = split_graphemes(near)
    if near == text and size <= room:
        return text
    while spans and size >= room:
        size -= spans.pop()[2]
    return near[: spans[-1][1] if spans else 0] + "…"[:room]


def tail(text: str, room: int) -> str:
    """As much of a text's end as fits into some cells, with … if that is not all."""
    near = text[-_MARKS * (room + 1) :]
    spans, size = split_graphemes(near)
    if near == text and size <= room:
        return text
    while spans and (size >= room or spans[0][2] == 0):
        size -= spans.pop(0)[2]
    return "…"[:room] + near[spans[0][0] if spans else len(near) :]
