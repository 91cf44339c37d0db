"""The terminal: the two streams that commands print on, what may reach them, and how much of a line fits."""

from rich.cells import cell_len, split_graphemes
from rich.console import Console
from rich.text import Text

printed = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
noted = Console(highlight=False, soft_wrap=True, markup=False, emoji=False, stderr=True)

WIDTH_ELSEWHERE = 120
"""How wide lines are cut, in cells, where no terminal says how wide it is."""

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


def say(console: Console, text: str | Text, style: str = "") -> None:
    """Print lines, the controls in them made visible, wherever they come from."""
    lines = text if isinstance(text, Text) else Text(text, style)
    lines.plain = "\n".join(visible(line) for line in lines.plain.split("\n"))
    console.print(lines)


def width(console: Console) -> int:
    """How many cells a line may take."""
    return console.width if console.is_terminal else WIDTH_ELSEWHERE


def window(line: str, start: int, end: int, room: int) -> tuple[str, int]:
    """As much of a line as fits into some cells around a place in it, and by how many characters that is shifted.

    Cells are what a terminal gives a character: two to 漢, none to a combining mark. … stands where it was cut.
    """
    before, at, after = line[:start], line[start:end], line[end:]
    whole = at
    at = head(whole, room - min(len(before), room // 4) - (after != ""))
    after = after if at == whole else ""
    left = room - cell_len(at)
    before = tail(before, max(left // 2, left - cell_len(after[:room])))
    return before + at + head(after, left - cell_len(before)), start - len(before)


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
