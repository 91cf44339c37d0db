"""Proposals for the quotes."""

from collections.abc import Iterator
from typing import Any

from seed.draft.meeting.prose import Prose
from seed.draft.proposal.attribution import Attribution
from seed.draft.proposal.definitions import unique_slug
from seed.draft.proposal.evidence import Evidence
from seed.draft.proposal.proposal import Doubt, Proposal
from seed.draft.quotes.quote import Quote
from seed.draft.text.content_words import content_words

LONGEST_QUOTE = 5_000
"""In code points: longer text comes from an unpaired quotation mark."""

_EXTENT = Doubt(("text",), "whether it is a statement, and where it begins and ends")
_MOST_PARTS = 20
_WORDS_OF_ID = 3


class QuoteProposer:
    """Proposes quotes, each with an id of its own."""

    def __init__(self, prose: Prose, evidence: Evidence, attribution: Attribution) -> None:
        self._prose, self._evidence, self._attribution = prose, evidence, attribution
        self._ids: set[str] = set()

    def propose(self, quotes: list[Quote]) -> Iterator[Proposal]:
        for quote in quotes:
            if quote.parts[-1][1] - quote.parts[0][0] <= LONGEST_QUOTE and len(quote.parts) <= _MOST_PARTS:
                yield self._proposal(quote)

    def _proposal(self, quote: Quote) -> Proposal:
        actors, entries, doubt = self._attribution.of(quote)
        title = self._attribution.title(quote)
        if title is not None:
            entries = [*entries, title[1]]
        text = " ".join(self._prose.text.words(*part) for part in quote.parts)
        if len(quote.parts) > 1 or self._evidence.is_repeated(*quote.parts[0]):
            entries = [*(self._evidence.part("text", *part) for part in quote.parts), *entries]
        values: dict[str, Any] = {
            "id": self._id(quote, text),
            "speakers": actors,
            "speaker_title": title[0] if title else None,
            "kind": quote.kind,
            "text": text,
        }
        return Proposal(values, entries, Doubt(("speakers",), doubt) if doubt else None if quote.clear else _EXTENT)

    def _id(self, quote: Quote, text: str) -> str:
        speaker = quote.speakers[0].surname if quote.speakers else "unnamed"
        words = content_words(text)[:_WORDS_OF_ID]
        id = unique_slug(" ".join([speaker, *words]), self._ids, "quote")
        self._ids.add(id)
        return id
