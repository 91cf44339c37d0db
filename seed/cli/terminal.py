"""The terminal: standard output and standard error of the commands, and the width of a line."""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from seed.record.wording import head, tail, visible

stdout = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
stderr = Console(highlight=False, soft_wrap=True, markup=False, emoji=False, stderr=True)

WIDTH_ELSEWHERE = 120
"""How wide lines are cut, in cells, where no terminal says how wide it is."""


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
