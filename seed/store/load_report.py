"""The account of a load: what was added, changed and removed, field by field."""

from dataclasses import dataclass, field
from typing import Any

from app.enums import Change, ChangeKind, DefinitionKind, RecordKind
from seed.proof.definitions import Key


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a load changed; of a change, each field with its value before and after.

    Of a meeting that was added or removed, `counts` tells how much came or went with it.
    """

    change: Change
    kind: ChangeKind
    id: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    counts: dict[RecordKind, int] = field(default_factory=dict)

    @property
    def definition(self) -> Key | None:
        """The person, party or source that it is about."""
        kinds = [kind for kind in DefinitionKind if kind.value == self.kind.value]
        return (kinds[0], self.id) if kinds else None


@dataclass(slots=True)
class Account:
    """What a load did: the version that it made or, where nothing changed, that it found; and how many it proved."""

    version: str
    changed: bool
    meetings: int
    differences: list[Difference]
