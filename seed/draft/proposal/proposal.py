"""A proposal: one part of a record with its entries of evidence and what to check."""

from dataclasses import dataclass, field
from typing import Any

from seed.draft.proposal.evidence import merge_entries
from seed.draft.proposal.yaml_writer import Commented, Flow

HIGH, LOW = "high", "low"


@dataclass(slots=True)
class Proposal:
    """One delegate, agreement, quote or item of the agenda. `doubt` says what to check; it may be empty."""

    values: dict[str, Any]
    entries: list[Flow] = field(default_factory=list)
    doubt: str = ""

    @property
    def name(self) -> str:
        """Its id, or the id of its person."""
        return str(next(iter(self.values.values())))

    def document(self) -> dict[str, Any]:
        """The part as it is written, with its confidence as a comment behind the first value."""
        (key, first), *rest = self.values.items()
        confidence = f"{LOW}: {self.doubt}" if self.doubt else HIGH
        document = {key: Commented(first, confidence), **dict(rest)}
        return document | ({"evidence": merge_entries(self.entries)} if self.entries else {})

    def ids(self) -> set[str]:
        """The ids of the people and parties that it refers to."""
        used: set[str] = set()
        for name in ("person", "party", "parties", "speakers", "asserted_by"):
            value = self.values.get(name)
            used |= {id for id in (value if isinstance(value, list) else [value]) if isinstance(id, str)}
        return used
