"""Proposals for the delegates."""

from app.enums import Attendance, DelegateRole
from seed.draft.meeting.participants import Participant, affiliation
from seed.draft.meeting.prose import CountryMention, Prose
from seed.draft.proposal.definitions import Definitions
from seed.draft.proposal.evidence import Evidence, entry_without_words
from seed.draft.proposal.proposal import Doubt, Proposal
from seed.draft.proposal.yaml_writer import Flow


class DelegateProposer:
    """Proposes delegates. The first one named for a party is its head, unless words give another."""

    def __init__(self, prose: Prose, evidence: Evidence, definitions: Definitions) -> None:
        self._prose, self._evidence, self._definitions = prose, evidence, definitions

    def propose(self, participants: list[Participant]) -> list[Proposal]:
        proposals: list[Proposal] = []
        led: set[str | None] = set()
        for participant in participants:
            person = self._definitions.person_or_party(participant.person)
            party, is_named = self._party(participant)
            role = participant.role or (DelegateRole.member if party in led else DelegateRole.head)
            led.add(party)
            title, entries = self._title(participant)
            entries = [*self._named(participant, party if is_named else None), *entries]
            if party and not is_named:
                entries.append(entry_without_words("party", "TODO: no words near the name say for whom."))
            if participant.role is None:
                why = "The first who is named for this side." if role is DelegateRole.head else "Named behind another."
                entries.append(entry_without_words("role", why))
            attendance = self._attendance(participant, entries)
            values = {"person": person, "party": party, "title": title, "role": role, "attendance": attendance}
            proposals.append(Proposal(values, entries, self._doubt(participant, party)))
        return proposals

    def _party(self, participant: Participant) -> tuple[str | None, bool]:
        """The id of a participant's party, or None, and whether the words that name the person name it too."""
        named = participant.party or affiliation(participant.sentence, participant.mention)
        party: str | None
        if isinstance(named, CountryMention):
            party = self._definitions.state(named.country, named.form(participant.sentence))
        else:
            party = self._definitions.party_like(named) if named else None
        words = self._prose.text.words(*self._span(participant))
        return party, party is not None and self._definitions.names(party, words)

    def _span(self, participant: Participant) -> tuple[int, int]:
        """The span that shows the participation, with the country before the name."""
        own = affiliation(participant.sentence, participant.mention)
        start = (
            participant.sentence.tokens[own.first].start if isinstance(own, CountryMention) else participant.words[0]
        )
        return min(start, participant.words[0]), participant.words[1]

    def _named(self, participant: Participant, party: str | None) -> list[Flow]:
        says = ["person", *(["party"] if party else []), *(["role"] if participant.role else [])]
        return [self._evidence.entry(says, *self._span(participant))]

    def _title(self, participant: Participant) -> tuple[str | None, list[Flow]]:
        if participant.mention.title is None:
            titles = list(participant.person.titles.values())
            if not titles:
                return None, []
            return self._prose.text.words(titles[0].start, titles[0].end), [
                self._evidence.entry("title", *titles[0].words)
            ]
        start, end = self._span(participant)
        end = max(end, participant.mention.title[1])
        return self._prose.text.words(*participant.mention.title), [self._evidence.entry("title", start, end)]

    def _attendance(self, participant: Participant, entries: list[Flow]) -> Attendance | None:
        if participant.event is None or participant.event.planned:
            return None
        entries.append(self._evidence.entry("attendance", *participant.event.verb_words))
        return Attendance.remote if participant.event.remote else Attendance.present

    def _doubt(self, participant: Participant, party: str | None) -> Doubt | None:
        if participant.role is None:
            return Doubt(("role",), "the role") if party else Doubt(("role", "party"), "the role, and for whom")
        return None if party else Doubt(("party",), "for whom")
