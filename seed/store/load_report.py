"""The report of a load: the items that were added, changed and removed, with the changed fields."""

from dataclasses import dataclass, field
from typing import Any

from app.enums import Change, ChangeKind, DefinitionKind, RecordKind
from seed.proof.definitions import DefinitionKey
from seed.record.faults import LocatedFault


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that a load added, changed or removed.

    `fields` has the old and the new value of each changed field; `counts` the number of parts of an added or removed
    meeting.
    """

    change: Change
    kind: ChangeKind
    id: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    counts: dict[RecordKind, int] = field(default_factory=dict)

    @property
    def definition_key(self) -> DefinitionKey | None:
        """The key of a person, party or source; None for other items."""
        kinds = [kind for kind in DefinitionKind if kind.value == self.kind.value]
        return (kinds[0], self.id) if kinds else None


@dataclass(slots=True)
class LoadReport:
    """The result of a load: the dataset version after it, the number of proved meetings, differences and warnings."""

    version: str
    changed: bool
    meetings: int
    differences: list[Difference]
    warnings: list[LocatedFault] = field(default_factory=list)
