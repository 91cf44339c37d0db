"""What is said in an article: quotations by their marks, statements by their verbs, each with its speaker."""

from dataclasses import dataclass, field

from app.enums import QuoteKind
from seed.draft.people.entities import Entity
from seed.draft.quotes.reporting_clauses import ReportingClause


@dataclass(slots=True)
class Quote:
    """Words of somebody: `parts` are where they stand, in code points, none empty and in their order.

    Who says them is `speakers` or, where nobody is named, `described`; both may be empty. `certain` says whether the
    speaker is named with the words, and not only concluded; `clear` whether it is plain where a statement begins and
    ends.
    """

    kind: QuoteKind
    parts: list[tuple[int, int]]
    sentence: int
    clause: ReportingClause | None = None
    speakers: list[Entity] = field(default_factory=list)
    certain: bool = True
    clear: bool = True

    @property
    def described(self) -> str:
        return (self.clause.described or self.clause.subject) if self.clause and not self.speakers else ""

    @property
    def speaker(self) -> str | None:
        """Who speaks, in a word for people: a name, or a description."""
        return self.speakers[0].name if self.speakers else self.described or None
