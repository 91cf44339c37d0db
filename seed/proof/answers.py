"""Answers: an entry's `despite` answers the warnings about that entry."""

from collections.abc import Iterable, Iterator, Sequence

from seed.proof.facts import PartFacts
from seed.record.faults import Code, Fault, Severity
from seed.record.models import Entry
from seed.record.yaml_tree import Path


def unanswered(faults: Iterable[Fault], parts: Sequence[PartFacts]) -> Iterator[Fault]:
    """The faults, the warnings that no entry answers, and a warning for each `despite` that answers none.

    An alias repeats an entry: it is enough if one of equal entries answers a warning. Beside a fault no `despite` is
    judged, because the fault may hide the warning that it answers.
    """
    answers = {path: entry for part in parts for path, entry in _entries(part) if entry.despite is not None}
    answering: set[Entry] = set()
    has_fault = False
    for fault in faults:
        answer = answers.get(_entry_of(fault.path)) if fault.severity is Severity.warning else None
        if answer is None:
            has_fault |= fault.severity is Severity.fault
            yield fault
        else:
            answering.add(answer)
    if not has_fault:
        idle = (path for path, entry in answers.items() if entry not in answering)
        yield from (_answers_nothing(path) for path in idle)


def _entries(part: PartFacts) -> Iterator[tuple[Path, Entry]]:
    return (((*part.path, "evidence", index), entry) for index, entry in enumerate(part.model.evidence))


def _entry_of(path: Path) -> Path:
    """The path of the entry that a path leads into; empty if it leads into none."""
    return path[: path.index("evidence") + 2] if "evidence" in path else ()


def _answers_nothing(entry: Path) -> Fault:
    message = "`despite` answers a warning, and there is none about this entry: take it out"
    return Fault(Code.answers_nothing, (*entry, "despite"), message, severity=Severity.warning)
