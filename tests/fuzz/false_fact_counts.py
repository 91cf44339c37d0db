"""How many facts that were made false the proof refuses, flags or misses.

`python -m tests.fuzz.false_fact_counts` prints the count of each kind; with `--missed` also what was missed.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from seed.cli.check import check_records
from seed.record.faults import Code
from tests.fuzz.false_facts import Facts, FalseFact, false_facts, samples

INCIDENTAL = {Code.unused_definition, Code.answers_nothing}
"""Faults that a false fact may cause, and that do not find it."""


@dataclass
class Count:
    """How many false facts of a kind were refused, flagged and missed."""

    refused: int = 0
    flagged: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, other: "Count") -> None:
        self.refused += other.refused
        self.flagged += other.flagged
        self.missed += other.missed

    @property
    def total(self) -> int:
        return self.refused + self.flagged + len(self.missed)

    @property
    def found(self) -> float:
        """The share of false facts that were refused or flagged."""
        return (self.refused + self.flagged) / self.total


def findings(facts: Facts, folder: Path) -> tuple[int, int]:
    """The number of faults and of warnings, without incidental ones."""
    facts.write(folder)
    found = [fault for fault in check_records([folder], strict=False).faults if fault.code not in INCIDENTAL]
    warnings = sum(fault.is_warning for fault in found)
    return len(found) - warnings, warnings


def add_counts(by_kind: dict[str, Count], facts: Facts, chosen: Iterable[FalseFact], folder: Path) -> None:
    """Count some false facts of a record."""
    usual = findings(facts, folder)
    assert usual[0] == 0, "a record whose facts are made false must prove"
    for each in chosen:
        of_kind = by_kind.setdefault(each.kind, Count())
        faults, warnings = findings(each.facts, folder)
        if faults:
            of_kind.refused += 1
        elif warnings > usual[1]:
            of_kind.flagged += 1
        else:
            of_kind.missed.append(each.what)


def table(by_kind: Mapping[str, Count]) -> list[str]:
    """The lines of a table of the counts."""
    every = Count()
    for count in by_kind.values():
        every.add(count)
    rows = [("all", every), *sorted(by_kind.items())]
    return [
        f"{'':36}{'refused':>9}{'flagged':>9}{'missed':>9}",
        *(f"{kind:36}{count.refused:9}{count.flagged:9}{len(count.missed):9}" for kind, count in rows),
    ]


def main() -> None:
    by_kind: dict[str, Count] = {}
    with TemporaryDirectory() as folder:
        for facts in samples():
            add_counts(by_kind, facts, false_facts(facts), Path(folder))
    print("\n".join(table(by_kind)))
    if "--missed" in sys.argv:
        print("\n".join(f"{kind}: {what}" for kind, count in sorted(by_kind.items()) for what in count.missed))


if __name__ == "__main__":
    main()
