"""From an article to the text of a draft."""

from dataclasses import dataclass

from seed.draft.parsed_article import ParsedArticle, read
from seed.draft.proposal.proposals import Proposal
from seed.draft.proposal.proving import proved_text
from seed.draft.proposal.record import Source, draft

_HEAD = (
    "A draft by rules alone from {file}, which nobody has reviewed. `high`: mostly right. `low`: look at what it says.",
    "TODO: what only a person can fill in; inferred entries that begin so want their words, or a reason.",
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it is printed, and what there is to tell about it: proposals by list, questions about the meeting."""

    text: str
    proposals: dict[str, list[Proposal]]
    questions: dict[str, str]
    left_out: list[str]
    is_english: bool


def drafted(article: str, source: Source) -> Drafted:
    """Draft a record: the same article gives the same text."""
    reading = read(article)
    whole = draft(reading, source)
    text = proved_text(whole, _head(reading, source))
    return Drafted(text, whole.proposals, whole.meeting.doubts, whole.left_out, reading.language is not None)


def _head(reading: ParsedArticle, source: Source) -> list[str]:
    head = [line.format(file=source.file) for line in _HEAD]
    if reading.language is None:
        head.append("The text does not look English: only what stands in quotation marks was read.")
    return head
