"""Proves the records of some paths, without a database."""

from dataclasses import dataclass, field
from pathlib import Path

from seed.cli.progress import progress
from seed.dataset.dataset import Dataset
from seed.proof.result import Proved
from seed.record.faults import LocatedFault


@dataclass(slots=True)
class CheckResult:
    """The faults and warnings, and of the proved records the number, their evidence entries, and the inferred ones."""

    faults: list[LocatedFault] = field(default_factory=list)
    proved: int = 0
    entries: int = 0
    inferred: int = 0

    def add(self, record: Proved) -> None:
        self.proved += 1
        self.entries += len(record.entries)
        self.inferred += sum(entry.inferred is not None for entry in record.entries)


def check_records(paths: list[Path], strict: bool) -> CheckResult:
    """Prove records; with `strict`, a warning is a fault."""
    with progress("Proving") as (advance, restart):
        dataset = Dataset.of(paths, advance, strict=strict)
        dataset.add_siblings()
        restart(len(dataset.folders))
        result = CheckResult(list(dataset.faults))
        for outcome in dataset.prove():
            result.faults += outcome.faults
            if outcome.proved:
                result.add(outcome.proved)
            advance(1)
    return result
