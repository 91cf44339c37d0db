"""The report of faults and warnings, like a compiler's: location, code, message and line, then the count by file."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import accumulate
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from seed.cli.check import CheckResult
from seed.cli.excerpt import excerpt, style
from seed.cli.terminal import width
from seed.record.display_text import counted, visible
from seed.record.faults import LocatedFault

_FEW = 10
"""Up to this many faults, the summary has no row for each file."""

_ROWS = 12

_ADVICE = "correct the record, or answer with `despite`"


def fault_texts(faults: Sequence[LocatedFault], console: Console) -> Iterator[Text]:
    """The texts of faults in the order of their locations, with an empty line after each."""
    for fault in in_order(faults):
        yield _fault_text(fault, console)


def as_many_as_fit(texts: Iterable[Text], console: Console, below: Text) -> list[Text]:
    """The first texts that fit on a terminal's screen above another text and one line."""
    texts, rows = list(texts), console.height - 2 - below.plain.count("\n")
    if not console.is_terminal:
        return texts
    heights = accumulate(text.plain.count("\n") + 1 for text in texts)
    return texts[: max(1, sum(height < rows for height in heights))]


def _fault_text(fault: LocatedFault, console: Console) -> Text:
    """A fault in one line that can be searched for, with its excerpt below."""
    return Text.assemble(_heading(fault, console), excerpt(fault, width(console)) if fault.excerpt else "", "\n")


def in_order(faults: Sequence[LocatedFault]) -> list[LocatedFault]:
    """Faults by location and code; those equal in both stay in the order in which they were found."""
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column, fault.count, fault.code))


def fault_json(fault: LocatedFault) -> str:
    """A fault as one line of JSON; control characters are escaped."""
    content = {
        "severity": fault.severity,
        "path": fault.file,
        "line": fault.line,
        "column": fault.column,
        "code": fault.code,
        "message": fault.message,
        "nearest": asdict(fault.nearest) if fault.nearest else None,
    }
    line = json.dumps(content, ensure_ascii=False)
    return "".join(char if visible(char) == char else f"\\u{ord(char):04x}" for char in line)


def summary(faults: Sequence[LocatedFault]) -> Text:
    """The number of faults and of warnings; if there are many, by file."""
    files = Counter[str]()
    for fault in faults:
        files[fault.file] += fault.count
    text = Text(" and ").join(_counts(faults)).append(f" in {counted(len(files), 'file')}")
    if len(faults) > _FEW and len(files) > 1:
        for file, count in files.most_common(_ROWS):
            text.append(f"\n{count:>8,}  {visible(file)}")
        if len(files) > _ROWS:
            text.append(f"\n{'…':>8}  and {counted(len(files) - _ROWS, 'more file')}")
    return text


def _counts(faults: Sequence[LocatedFault]) -> Iterator[Text]:
    warnings = sum(fault.count for fault in faults if fault.is_warning)
    if others := sum(fault.count for fault in faults if not fault.is_warning):
        yield Text(counted(others, "fault"), style="bold red")
    if warnings:
        yield Text(counted(warnings, "warning"), style="bold yellow")


def conclusion(result: CheckResult) -> Text:
    """How a check ended; without a fault, also the share of the evidence entries that a person inferred."""
    if not all(fault.is_warning for fault in result.faults):
        return summary(result.faults)
    count = sum(fault.count for fault in result.faults)
    warnings = f", {counted(count, 'warning')} ({_ADVICE})" if count else ""
    share = f"{result.inferred:,} of {counted(result.entries, 'entry', 'entries')} inferred"
    share += f" ({result.inferred / result.entries:.0%})" if result.entries else ""
    return Text(f"{counted(result.proved, 'record')} proved, no fault{warnings}\n{share}", style="green")


def _heading(fault: LocatedFault, console: Console) -> Text:
    """The location, the code and the message in one line, folded on a terminal that is too narrow."""
    place, kind = f"{visible(fault.file)}:{fault.line}:{fault.column}:", "warning: " if fault.is_warning else ""
    message = f" {kind}{fault.code}: {visible(fault.message)}"
    if console.is_terminal and cell_len(place + message) > console.width:
        lines = wrap(message.strip(), console.width - 2, break_long_words=False, break_on_hyphens=False)
        message = "".join(f"\n  {line}" for line in lines)
    before, code, after = message.partition(f"{kind}{fault.code}")
    return Text.assemble((place, "bold"), before, (code, f"bold {style(fault)}"), after)
