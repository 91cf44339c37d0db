"""Proposals for the agenda and the agreements."""

from textwrap import shorten
from typing import Any

from app.enums import AgreementForm, Commitment, Outcome
from seed.draft.meeting.agenda import AgendaItem
from seed.draft.meeting.agreements import Agreement, is_joint, stems, summarized
from seed.draft.meeting.prose import Prose, countries
from seed.draft.proposal.attribution import Attribution
from seed.draft.proposal.definitions import Definitions, unique_slug
from seed.draft.proposal.evidence import LONGEST_WORDS, Evidence, entry_without_words
from seed.draft.proposal.proposal import Doubt, Proposal
from seed.draft.proposal.yaml_writer import Flow
from seed.draft.text.content_words import content_words

_WORDS_OF_ID = 4
_LONGEST_LABEL = 120
_ALIKE = 2
"""The least number of stems that an agreement shares with the item of the agenda that it is about."""

_HOW_IT_ENDED = Doubt(("outcome",), "how it ended")
_WHO_AGREED = Doubt(("commitment", "parties"), "whether it was agreed, and by whom")
_WILLING = "A willingness to move forward is not yet an agreement."
_OWN_VOICE = "The article tells it in its own voice, and names no document or statement for it."


class AgreementProposer:
    """Proposes the agenda and the agreements, each with the item of the agenda that it is about."""

    def __init__(
        self, prose: Prose, evidence: Evidence, definitions: Definitions, attribution: Attribution, parties: list[str]
    ) -> None:
        self._prose, self._evidence, self._definitions = prose, evidence, definitions
        self._attribution, self._parties = attribution, parties
        self.agenda: list[Proposal] = []
        self.agreements: list[Proposal] = []
        self._stems: dict[str, frozenset[str]] = {}

    def propose(self, agenda_items: list[AgendaItem], commits: list[Agreement]) -> None:
        for matter in agenda_items:
            doubt = None if matter.outcome is Outcome.discussed else _HOW_IT_ENDED
            self._item(matter.title, matter.outcome, self._evidence.entry("outcome", *matter.words), doubt)
        for agreement in commits:
            if agreement.text[1] - agreement.text[0] <= LONGEST_WORDS:
                self.agreements.append(self._agreement(agreement))

    def _item(self, title: tuple[int, int], outcome: Outcome, entry: Flow, doubt: Doubt | None) -> str:
        id = self._id(title, self.agenda)
        self._stems[id] = stems(self._prose.text.words(*title))
        self.agenda.append(Proposal({"id": id, "title": self._label(title), "outcome": outcome}, [entry], doubt))
        return id

    def _agreement(self, agreement: Agreement) -> Proposal:
        entries = [self._evidence.entry("commitment", *agreement.words)]
        parties = self._agreed_by(agreement, entries)
        asserted_by = self._asserted_by(agreement, entries)
        values: dict[str, Any] = {
            "id": self._id(agreement.topic, self.agreements),
            "title": self._label(agreement.topic),
            "text": self._prose.text.words(*agreement.text),
            "commitment": agreement.commitment,
            "form": AgreementForm.announcement if asserted_by else AgreementForm.reported,
            "parties": parties,
            "asserted_by": asserted_by,
            "agenda": self._about(agreement),
        }
        if self._evidence.is_repeated(*agreement.text):
            entries.insert(0, self._evidence.entry("text", *agreement.text))
        return Proposal(values, entries, None if agreement.certain else _WHO_AGREED)

    def _agreed_by(self, agreement: Agreement, entries: list[Flow]) -> list[str]:
        """The ids of the parties that agreed: those that the words name, else all who met."""
        tokens = agreement.sentence.tokens
        if agreement.subject is not None and not is_joint(tokens, agreement.subject):
            named = list(countries(agreement.sentence, *agreement.subject))
            states = [self._definitions.state(mention.country, mention.form(agreement.sentence)) for mention in named]
            if states and agreement.core[1] - agreement.core[0] <= LONGEST_WORDS:
                entries.append(self._evidence.entry("parties", *agreement.core))
                return list(dict.fromkeys(states))
        entries.append(self._all_who_met(agreement))
        return self._parties

    def _all_who_met(self, agreement: Agreement) -> Flow:
        """The entry for parties that the body or the summary calls `both sides` or `they`."""
        who = " and ".join(self._definitions.name(id) for id in self._parties)
        joint = agreement if agreement.subject else summarized(self._prose, agreement)
        if joint is None or joint.subject is None or not is_joint(joint.sentence.tokens, joint.subject):
            return entry_without_words("parties", f"TODO: who agreed? Here are all who met, {who}.")
        first, last = (joint.sentence.tokens[index] for index in joint.subject)
        words = self._prose.text.words(first.start, last.end)
        return self._evidence.entry("parties", *joint.core, f"“{words}” are all who met: {who}.")

    def _asserted_by(self, agreement: Agreement, entries: list[Flow]) -> list[Any]:
        if agreement.quote is None:
            entries.append(entry_without_words("form", _OWN_VOICE))
            return []
        actors, named, _ = self._attribution.of(agreement.quote, "asserted_by")
        why = "It is somebody's word for a side."
        clause = agreement.quote.clause
        form = self._evidence.entry("form", *clause.span, why) if clause else entry_without_words("form", why)
        entries += [*named, form]
        return actors

    def _about(self, agreement: Agreement) -> str | None:
        """The id of the item of the agenda that an agreement is about: the most similar one, a new one, or None."""
        own = stems(self._prose.text.words(*agreement.topic))
        alike = max(self._stems, key=lambda id: len(own & self._stems[id]), default="")
        common = len(own & self._stems.get(alike, frozenset()))
        if common >= _ALIKE and common * 4 >= len(own):
            return alike
        if agreement.is_listed:
            entry = self._evidence.entry("outcome", *agreement.words, _WILLING)
            return self._item(agreement.topic, Outcome.discussed, entry, _HOW_IT_ENDED)
        if agreement.commitment is Commitment.agreed and agreement.subject is None:
            entry = self._evidence.entry("outcome", *agreement.words)
            return self._item(agreement.topic, Outcome.agreed, entry, None)
        return None

    def _id(self, span: tuple[int, int], others: list[Proposal]) -> str:
        words = content_words(self._prose.text.words(*span))
        return unique_slug(" ".join(words[:_WORDS_OF_ID]), {proposal.name for proposal in others}, "matter")

    def _label(self, span: tuple[int, int]) -> str:
        return label(self._prose.text.words(*span))


def label(words: str) -> str:
    """A label made of words: without an article before them, capitalized, and shortened."""
    for article in ("the ", "a ", "an ", "The ", "A ", "An "):
        words = words.removeprefix(article)
    return shorten(words[:1].upper() + words[1:], _LONGEST_LABEL, placeholder=" …")
