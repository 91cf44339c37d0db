"""The terminal: standard output and standard error of the commands, and the width of a line."""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from seed.record.display_text import head, tail, visible

stdout = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
stderr = Console(highlight=False, soft_wrap=True, markup=False, emoji=False, stderr=True)

WIDTH_ELSEWHERE = 120
"""The width of lines, in cells, if the output is no terminal."""


def say(console: Console, text: str | Text, style: str = "") -> None:
    """Print lines, with visible control characters, since a text may come from outside."""
    lines = text if isinstance(text, Text) else Text(text, style)
    lines.plain = "\n".join(visible(line) for line in lines.plain.split("\n"))
    console.print(lines)


def width(console: Console) -> int:
    """The width of a line in cells."""
    return console.width if console.is_terminal else WIDTH_ELSEWHERE


def window(line: str, start: int, end: int, room: int) -> tuple[str, int]:
    """The part of a line around a range that fits into `room` cells, and the number of characters before that part.

    A terminal gives a character two cells (漢), one, or none (a combining mark). … replaces the text that is cut.
    """
    before, at, after = line[:start], line[start:end], line[end:]
    whole = at
    at = head(whole, room - min(len(before), room // 4) - (after != ""))
    after = after if at == whole else ""
    left = room - cell_len(at)
    before = tail(before, max(left // 2, left - cell_len(after[:room])))
    return before + at + head(after, left - cell_len(before)), start - len(before)
