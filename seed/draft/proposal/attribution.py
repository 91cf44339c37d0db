"""Attribution of quotes: the speakers with the entries of evidence that name them."""

from bisect import bisect_left
from typing import Any

from seed.draft.meeting.prose import Prose
from seed.draft.people.entities import Entity
from seed.draft.proposal.definitions import Definitions
from seed.draft.proposal.evidence import Evidence, entry_without_words
from seed.draft.proposal.yaml_writer import Flow
from seed.draft.quotes.quote import Quote
from seed.draft.quotes.reporting_clauses import ReportingClause
from seed.draft.text.function_words import SUBJECT_PRONOUNS

_NEAR = 600
"""In code points: words may reach back so far from a reporting clause to the last mention of its speaker."""

_LONGEST_TITLE = 150


class Attribution:
    """Finds the speakers of quotes and the entries of evidence that name them."""

    def __init__(self, prose: Prose, evidence: Evidence, definitions: Definitions) -> None:
        self._prose, self._evidence, self._definitions = prose, evidence, definitions
        self._named: dict[Entity, list[int]] = {}
        for sentence in prose.text.sentences:
            for mention in prose.mentions(sentence):
                starts = self._named.setdefault(prose.entities.of(mention), [])
                starts.append(sentence.tokens[min(mention.start, mention.first)].start)

    def of(self, quote: Quote, says: str = "speakers") -> tuple[list[Any], list[Flow], str]:
        """The speakers, the entries for them, and what is in doubt; `says` is the field that they are for."""
        if quote.speakers:
            return self._of_named(quote, says)
        if quote.clause is not None and quote.described.lower() not in SUBJECT_PRONOUNS:
            is_literal = quote.described in self._prose.text.words(*quote.clause.span)
            why = None if is_literal else f"“{quote.clause.subject}” is “{quote.described}”, described earlier."
            entry = self._evidence.entry(says, *quote.clause.span, why)
            return [{"described": quote.described}], [entry], "" if quote.certain else f"who “{quote.described}” is"
        return self._of_nobody(quote, says)

    def title(self, quote: Quote) -> tuple[str, Flow] | None:
        """The speaker's title with its entry, from the words of the reporting clause or else the first; or None."""
        if len(quote.speakers) != 1 or not quote.speakers[0].is_person:
            return None
        titles = [title for title in quote.speakers[0].titles.values() if title.end - title.start <= _LONGEST_TITLE]
        span = self._naming_span(quote, [self._definitions.person_or_party(quote.speakers[0])])
        words = self._prose.text.words(*span) if span else ""
        near = [title for title in titles if self._prose.text.words(*title.words) in words]
        if not titles:
            return None
        title = (near or titles)[0]
        where = span if near and span else title.words
        return self._prose.text.words(title.start, title.end), self._evidence.entry("speaker_title", *where)

    def _of_named(self, quote: Quote, says: str) -> tuple[list[Any], list[Flow], str]:
        ids = [self._definitions.person_or_party(entity) for entity in quote.speakers]
        who = " and ".join(self._definitions.name(id) for id in ids)
        if quote.clause is None:
            why = f"No words say who speaks; {who} is named nearest."
            return ids, [entry_without_words(says, why)], f"whether {who} says this"
        span = self._naming_span(quote, ids)
        doubt = "" if quote.certain else _doubt(quote.clause, who)
        if span is not None:
            return ids, [self._evidence.entry(says, *span)], doubt
        why = f"“{quote.clause.subject}” is {who}, who was named before."
        return ids, [self._evidence.entry(says, *quote.clause.span, why)], doubt or f"whether {who} says this"

    def _of_nobody(self, quote: Quote, says: str) -> tuple[list[Any], list[Flow], str]:
        todo = "TODO: who says this? Give the words that name them."
        entries = (
            [self._evidence.entry(says, *quote.clause.span, todo)]
            if quote.clause
            else [entry_without_words(says, todo)]
        )
        return [self._definitions.unknown_speaker()], entries, "who says this"

    def _naming_span(self, quote: Quote, ids: list[str]) -> tuple[int, int] | None:
        """The span that names all speakers: the reporting clause, or from their last mention to it; or None."""
        if quote.clause is None:
            return None
        start, end = quote.clause.span
        if self._names(ids, start, end):
            return start, end
        named = self._named.get(quote.speakers[0], [])
        last = bisect_left(named, start) - 1
        if last >= 0 and named[last] >= start - _NEAR and self._names(ids, named[last], end):
            return named[last], end
        return None

    def _names(self, ids: list[str], start: int, end: int) -> bool:
        words = self._prose.text.words(start, end)
        return all(self._definitions.names(id, words) for id in ids)


def _doubt(clause: ReportingClause, who: str) -> str:
    return f"whether {who} says this" if clause.mention else f"whether “{clause.subject}” is {who}"
