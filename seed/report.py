"""What the commands print: faults as a compiler tells them, and the account of a load."""

import json
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from app.vocabulary import Change, RecordKind
from seed.faults import Nearest, PlacedFault
from seed.store.account import Account, Difference

_SIGNS = {Change.added: ("+", "green"), Change.changed: ("~", "yellow"), Change.removed: ("-", "red")}
_COUNTED = (RecordKind.delegate, RecordKind.agreement, RecordKind.quote)
_LONGEST = 100


def fault_lines(fault: PlacedFault) -> Text:
    """A fault with its line, a caret under what is wrong, and the nearest words of the article."""
    text = Text()
    text.append(f"{fault.file}:{fault.line}:{fault.column}: ", style="bold")
    text.append(f"{fault.code}: ", style="bold red")
    text.append(fault.message)
    if fault.excerpt:
        shift = max(0, fault.column - 1 - 40) if len(fault.excerpt) > 110 else 0
        number = f"{fault.line:>6} | "
        text.append(f"\n{number}{fault.excerpt[shift : shift + 110]}", style="dim")
        width = min(fault.width, 110 - (fault.column - 1 - shift))
        text.append(f"\n{'|':>8} {' ' * (fault.column - 1 - shift)}{'^' * max(1, width)}", style="red")
    if fault.nearest:
        near = fault.nearest
        text.append(f"\n  nearest, {near.file}:{near.line}:{near.column}: ", style="dim")
        text.append(_short(near.words), style="green")
    return text


def fault_json(fault: PlacedFault) -> str:
    """A fault as one line of JSON."""
    nearest: Nearest | None = fault.nearest
    return json.dumps(
        {
            "path": fault.file,
            "line": fault.line,
            "column": fault.column,
            "code": fault.code,
            "message": fault.message,
            "nearest": asdict(nearest) if nearest else None,
        },
        ensure_ascii=False,
    )


def print_account(console: Console, account: Account, dry_run: bool) -> None:
    """What a load added, changed and removed, field by field, and the version that it made."""
    for difference in account.differences:
        console.print(_difference_lines(difference))
    proved = f"{_counted(account.meetings, 'meeting')} proved"
    if not account.changed:
        console.print(f"{proved}; nothing changed: dataset version {account.version}")
    elif dry_run:
        console.print(f"{proved}; a dry run: nothing was stored")
    else:
        console.print(f"{proved} and stored: dataset version {account.version}")


def _difference_lines(difference: Difference) -> Text:
    sign, style = _SIGNS[difference.change]
    text = Text()
    text.append(f"{sign} {difference.kind} {difference.id}", style=style)
    counts = [_counted(difference.counts.get(kind, 0), kind) for kind in _COUNTED] if difference.counts else []
    text.append(f" ({', '.join(counts)})" if counts else "", style="dim")
    for name, (before, after) in difference.fields.items():
        text.append(f"\n    {name}: ")
        text.append(_value(before), style="red")
        text.append(" → ", style="dim")
        text.append(_value(after), style="green")
    return text


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return _short(" | ".join(str(item) for item in value)) or "nothing"
    return "nothing" if value in (None, "") else _short(str(value))


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST else f"{one_line[: _LONGEST - 1]}…"
