"""From an article to the text of a draft."""

from dataclasses import dataclass

from seed.draft.parsed_article import ParsedArticle, parse_article
from seed.draft.proposal.fault_removal import text_without_faults
from seed.draft.proposal.proposal import Proposal
from seed.draft.proposal.record import Source, propose_record

_HEAD = (
    "A draft by rules alone from {file}, which nobody has reviewed. `high`: mostly right. `low`: look at what it says.",
    "TODO: what only a person can fill in; inferred entries that begin so want their words, or a reason.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is printed, and what there is to tell about it: proposals by list, questions about the meeting."""

    text: str
    proposals: dict[str, list[Proposal]]
    questions: dict[str, str]
    left_out: list[str]
    is_english: bool


def draft_article(article: str, source: Source) -> Draft:
    """Draft a record: the same article gives the same text."""
    parsed = parse_article(article)
    whole = propose_record(parsed, source)
    text = text_without_faults(whole, _head(parsed, source))
    return Draft(text, whole.proposals, whole.meeting.doubts, whole.left_out, parsed.language is not None)


def _head(parsed: ParsedArticle, source: Source) -> list[str]:
    head = [line.format(file=source.file) for line in _HEAD]
    if parsed.language is None:
        head.append("The text does not look English: only what stands in quotation marks was read.")
    return head
