"""Proposals for the delegates."""

from app.enums import Attendance, DelegateRole
from seed.draft.meeting.participants import Participant, affiliation
from seed.draft.meeting.prose import CountryMention, Prose
from seed.draft.proposal.definitions import Definitions
from seed.draft.proposal.evidence import Evidence, entry_without_words
from seed.draft.proposal.proposal import Proposal
from seed.draft.proposal.yaml_writer import Flow


class DelegateProposer:
    """Proposes delegates. The first one named for a party is its head, unless words give another."""

    def __init__(self, prose: Prose, evidence: Evidence, definitions: Definitions) -> None:
        self._prose, self._evidence, self._definitions = prose, evidence, definitions

    def propose(self, participants: list[Participant]) -> list[Proposal]:
        proposals: list[Proposal] = []
        led: set[str | None] = set()
        for one in participants:
            person = self._definitions.person_or_party(one.person)
            party, is_named = self._party(one)
            role = one.role or (DelegateRole.member if party in led else DelegateRole.head)
            led.add(party)
            title, entries = self._title(one)
            entries = [*self._named(one, party if is_named else None), *entries]
            if party and not is_named:
                entries.append(entry_without_words("party", "TODO: no words near the name say for whom."))
            if one.role is None:
                why = "The first who is named for this side." if role is DelegateRole.head else "Named behind another."
                entries.append(entry_without_words("role", why))
            attendance = self._attendance(one, entries)
            values = {"person": person, "party": party, "title": title, "role": role, "attendance": attendance}
            proposals.append(Proposal(values, entries, self._doubt(one, party)))
        return proposals

    def _party(self, one: Participant) -> tuple[str | None, bool]:
        """The id of a participant's party, or None, and whether the words that name the person name it too."""
        named = one.party or affiliation(one.sentence, one.mention)
        party: str | None
        if isinstance(named, CountryMention):
            party = self._definitions.state(named.country, named.form(one.sentence))
        else:
            party = self._definitions.party_like(named) if named else None
        words = self._prose.text.words(*self._span(one))
        return party, party is not None and self._definitions.names(party, words)

    def _span(self, one: Participant) -> tuple[int, int]:
        """The span that shows the participation, with the country before the name."""
        own = affiliation(one.sentence, one.mention)
        start = one.sentence.tokens[own.first].start if isinstance(own, CountryMention) else one.words[0]
        return min(start, one.words[0]), one.words[1]

    def _named(self, one: Participant, party: str | None) -> list[Flow]:
        says = ["person", *(["party"] if party else []), *(["role"] if one.role else [])]
        return [self._evidence.entry(says, *self._span(one))]

    def _title(self, one: Participant) -> tuple[str | None, list[Flow]]:
        if one.mention.title is None:
            titles = list(one.person.titles.values())
            if not titles:
                return None, []
            return self._prose.text.words(titles[0].start, titles[0].end), [
                self._evidence.entry("title", *titles[0].words)
            ]
        start, end = self._span(one)
        end = max(end, one.mention.title[1])
        return self._prose.text.words(*one.mention.title), [self._evidence.entry("title", start, end)]

    def _attendance(self, one: Participant, entries: list[Flow]) -> Attendance | None:
        if one.event is None or one.event.planned:
            return None
        entries.append(self._evidence.entry("attendance", *one.event.verb_words))
        return Attendance.remote if one.event.remote else Attendance.present

    def _doubt(self, one: Participant, party: str | None) -> str:
        if one.role is None:
            return "the role" if party else "the role, and for whom"
        return "" if party else "for whom"
