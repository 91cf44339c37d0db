"""A proposal: one part of a record with its entries of evidence, and the reason to doubt it."""

from dataclasses import dataclass, field
from typing import Any

from seed.draft.proposal.evidence import merge_entries
from seed.draft.proposal.yaml_writer import Flow


@dataclass(frozen=True, slots=True)
class Doubt:
    """The fields of a proposal to look at first, and why."""

    fields: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Proposal:
    """One delegate, agreement, quote or item of the agenda. Without a `doubt`, a glance at it is enough."""

    values: dict[str, Any]
    entries: list[Flow] = field(default_factory=list)
    doubt: Doubt | None = None

    @property
    def name(self) -> str:
        """Its id, or the id of its person."""
        return str(next(iter(self.values.values())))

    def document(self) -> dict[str, Any]:
        """The part as it is written."""
        return self.values | ({"evidence": merge_entries(self.entries)} if self.entries else {})

    def ids(self) -> set[str]:
        """The ids of the people and parties that it refers to."""
        used: set[str] = set()
        for name in ("person", "party", "parties", "speakers", "asserted_by"):
            value = self.values.get(name)
            used |= {id for id in (value if isinstance(value, list) else [value]) if isinstance(id, str)}
        return used


def to_review(at: str, doubt: Doubt | None) -> Flow:
    """The entry of `to_review` for a part, by its address."""
    return Flow(at=at, look_at=list(doubt.fields) if doubt else None, why=doubt.why if doubt else None)
