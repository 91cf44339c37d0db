"""`draft_article` makes the draft of an article."""

from dataclasses import dataclass

from seed.draft.parsed_article import ParsedArticle, parse_article
from seed.draft.proposal.fault_removal import text_without_faults
from seed.draft.proposal.proposal import Proposal
from seed.draft.proposal.record import Source, propose_record

_HEAD = (
    "A draft by rules alone from {file}. Compare each part with the article, and delete its entry in `to_review`.",
    "`TODO` stands for what only a person can give; inferred entries that begin so want their words, or a reason.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a draft, and what the review notes report: proposals by list, questions about the meeting."""

    text: str
    proposals: dict[str, list[Proposal]]
    questions: dict[str, str]
    left_out: list[str]
    is_english: bool


def draft_article(article: str, source: Source) -> Draft:
    """Draft a record. The same article always gives the same text."""
    parsed = parse_article(article)
    record = propose_record(parsed, source)
    text = text_without_faults(record, _head(parsed, source))
    return Draft(text, record.proposals, record.meeting.doubts, record.left_out, parsed.language is not None)


def _head(parsed: ParsedArticle, source: Source) -> list[str]:
    head = [line.format(file=source.file) for line in _HEAD]
    if parsed.language is None:
        head.append("The text does not look English: only what stands in quotation marks was read.")
    return head
