"""The changes of a load as a short tree: parties, people, sources, and meetings with their changed parts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from app.enums import Change, ChangeKind, RecordKind
from seed.cli.terminal import window
from seed.record.display_text import counted
from seed.store.load_report import Difference, LoadReport

_HEADINGS = {
    ChangeKind.party: "parties",
    ChangeKind.person: "people",
    ChangeKind.source: "sources",
    ChangeKind.meeting: "meetings",
}
_SIGNS = {Change.removed: ("-", "red"), Change.changed: ("~", "yellow"), Change.added: ("+", "green")}
"""In the order of output: removals first, so that they are not overlooked."""

_COUNTED = (RecordKind.agenda_item, RecordKind.delegate, RecordKind.agreement, RecordKind.quote)
_DEEPER = "    "
_ROWS = 12
_SHORTEST = 12
"""The least width of a value in cells, even on a narrow terminal."""


def tree(differences: Sequence[Difference], width: int) -> Iterator[Text]:
    """The lines of the tree: at most a dozen of each level, values cut to the width in cells."""
    roots: dict[str, list[Difference]] = {heading: [] for heading in _HEADINGS.values()}
    parts: dict[str, list[Difference]] = defaultdict(list)
    for difference in differences:
        if difference.kind in _HEADINGS:
            roots[_HEADINGS[difference.kind]].append(difference)
        else:
            parts[difference.id.partition(".")[0]].append(difference)
    unchanged = parts.keys() - {meeting.id for meeting in roots["meetings"]}
    roots["meetings"] += [Difference(Change.changed, ChangeKind.meeting, id) for id in parts if id in unchanged]
    for heading, level in roots.items():
        if level:
            yield Text(heading, style="bold")
            yield from _level(level, parts, "  ", width)


def conclusion(report: LoadReport, dry_run: bool) -> str:
    """The sentence that says how a load ended."""
    proved = f"{counted(report.meetings, 'meeting')} proved"
    if not report.changed:
        return f"{proved}; nothing changed: dataset version {report.version}"
    if dry_run:
        return f"{proved}; a dry run: nothing was stored"
    return f"{proved} and stored: dataset version {report.version}"


def _level(
    level: Sequence[Difference], parts: Mapping[str, Sequence[Difference]], indent: str, width: int
) -> Iterator[Text]:
    """The differences of one level, each with its fields and the level below it."""
    for difference in sorted(level, key=lambda difference: list(_SIGNS).index(difference.change))[:_ROWS]:
        yield _line(difference, indent)
        for name, (before, after) in difference.fields.items():
            yield _field(name, _written(before), _written(after), indent + _DEEPER, width)
        yield from _level(parts.get(difference.id, ()), {}, indent + _DEEPER, width)
    if len(level) > _ROWS:
        yield Text(f"{indent}… and {len(level) - _ROWS:,} more", style="dim")


def _line(difference: Difference, indent: str) -> Text:
    """A sign and an id; for a part of a meeting its kind and its id within the meeting."""
    sign, style = _SIGNS[difference.change]
    name = difference.id
    if difference.kind not in _HEADINGS:
        name = f"{_noun(difference.kind)} {name.partition('.')[2]}"
    counts = [counted(difference.counts.get(kind, 0), _noun(kind)) for kind in _COUNTED] if difference.counts else []
    return Text.assemble(indent, (f"{sign} {name}", style), (f" ({', '.join(counts)})" if counts else "", "dim"))


def _noun(kind: str) -> str:
    return kind.replace("_", " ")


def _field(name: str, before: str, after: str, indent: str, width: int) -> Text:
    """A field with its values before and after, cut around the first difference; evidence may differ in its note."""
    if before == after:
        return Text(f"{indent}{name}")
    room = width - len(f"{indent}{name}:  → ")
    room = max(_SHORTEST, room // 2, room - min(cell_len(before), cell_len(after)))
    pairs = enumerate(zip(before, after, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))
    cut = ((window(value, same, len(value), room)[0], style) for value, style in ((before, "red"), (after, "green")))
    return Text.assemble(f"{indent}{name}: ", next(cut), (" → ", "dim"), next(cut))


def _written(value: Any) -> str:
    text = " | ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return " ".join(text.split()) or "nothing"
