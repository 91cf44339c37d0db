"""Faults as a compiler tells them: each with its place, code, message and line; then how many are in which file."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import accumulate
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from seed.cli.excerpt import excerpt
from seed.cli.terminal import width
from seed.record.faults import LocatedFault
from seed.record.wording import counted, visible

_FEW = 10
"""Up to so many faults are counted without a row for each file."""

_ROWS = 12


def fault_texts(faults: Sequence[LocatedFault], console: Console) -> Iterator[Text]:
    """Faults in the order of their places, with a free line after each."""
    for fault in in_order(faults):
        yield _fault_text(fault, console)


def as_many_as_fit(texts: Iterable[Text], console: Console, below: Text) -> list[Text]:
    """The first of some texts, as many as a terminal's screen can show above another and a line."""
    texts, rows = list(texts), console.height - 2 - below.plain.count("\n")
    if not console.is_terminal:
        return texts
    heights = accumulate(text.plain.count("\n") + 1 for text in texts)
    return texts[: max(1, sum(height < rows for height in heights))]


def _fault_text(fault: LocatedFault, console: Console) -> Text:
    """A fault in a line that can be searched for, and below it what stands there."""
    return Text.assemble(_heading(fault, console), excerpt(fault, width(console)) if fault.excerpt else "", "\n")


def in_order(faults: Sequence[LocatedFault]) -> list[LocatedFault]:
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column))


def fault_json(fault: LocatedFault) -> str:
    """A fault as one line of JSON; what a terminal would obey is escaped in it."""
    told = {
        "path": fault.file,
        "line": fault.line,
        "column": fault.column,
        "code": fault.code,
        "message": fault.message,
        "nearest": asdict(fault.nearest) if fault.nearest else None,
    }
    line = json.dumps(told, ensure_ascii=False)
    return "".join(char if visible(char) == char else f"\\u{ord(char):04x}" for char in line)


def summary(faults: Sequence[LocatedFault]) -> Text:
    """How many faults there are; of many, in which files."""
    files = Counter(fault.file for fault in faults)
    text = Text.assemble((counted(len(faults), "fault"), "bold red"), f" in {counted(len(files), 'file')}")
    if len(faults) > _FEW and len(files) > 1:
        for file, count in files.most_common(_ROWS):
            text.append(f"\n{count:>8,}  {visible(file)}")
        if len(files) > _ROWS:
            text.append(f"\n{'…':>8}  and {counted(len(files) - _ROWS, 'more file')}")
    return text


def without_fault(proved: int) -> Text:
    return Text(f"{counted(proved, 'record')} proved, no fault", style="green")


def _heading(fault: LocatedFault, console: Console) -> Text:
    """The place, the code and the message in one line, save on a terminal that is too narrow for them."""
    place, message = f"{visible(fault.file)}:{fault.line}:{fault.column}:", f" {fault.code}: {visible(fault.message)}"
    if console.is_terminal and cell_len(place + message) > console.width:
        lines = wrap(message.strip(), console.width - 2, break_long_words=False, break_on_hyphens=False)
        message = "".join(f"\n  {line}" for line in lines)
    before, code, after = message.partition(fault.code)
    return Text.assemble((place, "bold"), before, (code, "bold red"), after)
