"""A quote: direct or partial, in quotation marks, or indirect, behind a reporting verb."""

from dataclasses import dataclass, field

from app.enums import QuoteKind
from seed.draft.people.entities import Entity
from seed.draft.quotes.reporting_clauses import ReportingClause


@dataclass(slots=True)
class Quote:
    """A quote whose text is at `parts`, in code points and in their order; none is empty.

    The speaker is in `speakers` or, without a name, `described`; both may be empty. `certain` says that the words name
    the speaker, so that it is not inferred. `clear` says that the span of an indirect quote is unambiguous.
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
        """The first speaker's name or description, for people; None if unknown."""
        return self.speakers[0].name if self.speakers else self.described or None
