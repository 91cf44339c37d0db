"""The proposal for the meeting: each fact with its entry of evidence and, if it is in doubt, what to check."""

from dataclasses import dataclass, field
from typing import Any

from app.enums import MeetingFormat, MeetingMode, MeetingStatus
from seed.draft.meeting.events import MeetingEvent, names_in, parties_of
from seed.draft.meeting.place_and_time import MeetingDate, Place, durations, meeting_date, meeting_place
from seed.draft.meeting.prose import Prose
from seed.draft.proposal.definitions import Definitions, slug
from seed.draft.proposal.evidence import Evidence, entry_without_words, merge_entries
from seed.draft.proposal.proposal import Doubt, Proposal
from seed.draft.proposal.yaml_writer import NULL, Flow
from seed.draft.text.clauses import clause_start
from seed.draft.text.tokens import Text
from seed.language.word_lists import words
from seed.proof.review import TODO

_TWO = words("sides nations countries states leaders parties delegations")
_MOST_DURATIONS = 3
_LONGEST_TITLE = 200


@dataclass(slots=True)
class Meeting:
    """A proposed meeting; `doubts` are by field. A field with a doubt and without a value is left to the reviewer."""

    values: dict[str, Any] = field(default_factory=dict)
    entries: list[Flow] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)

    def document(self, agenda: list[Proposal]) -> dict[str, Any]:
        document = {
            name: NULL if value is None and name in self.doubts else value for name, value in self.values.items()
        }
        return document | {"evidence": merge_entries(self.entries), "agenda": [item.document() for item in agenda]}

    def leave_to_reviewer(self, name: str, value: Any) -> None:
        """Leave a field to the reviewer, with a placeholder as its value."""
        todo = f"TODO: the {name.replace('_', ' ')}"
        entries = [Flow(entry, says=_without(entry["says"], name)) for entry in self.entries]
        self.values[name], self.doubts[name] = value, todo
        self.entries = [entry for entry in entries if entry["says"]]
        if value is not None:
            self.entries.append(entry_without_words(name, todo))

    @property
    def parties(self) -> list[str]:
        return list(self.values["parties"])

    @property
    def doubt(self) -> Doubt | None:
        """The fields to look at, of all fields."""
        reasons = (doubt.removeprefix("TODO: ") for doubt in self.doubts.values())
        return Doubt(tuple(self.doubts), "; ".join(reasons)) if self.doubts else None


def _without(says: str | list[str], name: str) -> list[str]:
    return [field_name for field_name in (says if isinstance(says, list) else [says]) if field_name != name]


class MeetingProposer:
    """Proposes the meeting that the events of an article report; without any, required fields are left to do."""

    def __init__(self, prose: Prose, evidence: Evidence, definitions: Definitions, met: list[MeetingEvent]) -> None:
        self._prose, self._evidence, self._definitions, self._met = prose, evidence, definitions, met
        self.meeting = Meeting()
        self._parties: dict[str, Flow] = {}
        """The ids of the parties that met, each with the first entry that names it."""
        for event in met:
            for id in self._named(event):
                self._parties.setdefault(id, evidence.entry("parties", *self._who_met(event)))

    def propose(self, title: str, delegates: list[Proposal], published_on: str | None) -> Meeting:
        met = self._met
        where = next((there for event in met if (there := meeting_place(self._prose, event)) is not None), None)
        date = next(
            (then for event in met if (then := meeting_date(self._prose, event, published_on)) is not None), None
        )
        parties = self._with_those_of(delegates)
        day = date.date if date else None
        self.meeting.values = {
            "id": slug(f"{where.city if where else id_source(self._prose.text, title)} {day or ''}", "meeting"),
            "title": f"Talks in {where.city}"[:_LONGEST_TITLE] if where else title,
            "summary": None,
            "status": None,
            "format": None,
            "mode": None,
            "start_date": day,
            "duration": None,
            "place": None,
            "parties": parties,
        }
        self.meeting.doubts |= {
            "title": "a title of your own",
            "summary": "TODO: one or two sentences of your own",
        }
        self._status(met, where)
        self._format(parties)
        self._mode(met, where)
        self._date(date)
        self._duration()
        self._place(where)
        return self.meeting

    def _say(self, name: str, value: Any, entry: Flow, doubt: str = "") -> None:
        self.meeting.values[name] = value
        self.meeting.entries.append(entry)
        if doubt:
            self.meeting.doubts[name] = doubt

    def _with_those_of(self, delegates: list[Proposal]) -> list[str]:
        """The ids of the parties that met, including those of the delegates."""
        parties = self._parties
        for delegate in delegates:
            party = delegate.values["party"]
            entries = [Flow(entry, says="parties") for entry in delegate.entries if "party" in entry["says"]]
            if party and entries:
                parties.setdefault(party, entries[0])
        if not parties:
            self.meeting.doubts["parties"] = "TODO: who met?"
            self.meeting.entries.append(
                entry_without_words("parties", "TODO: who met? No words were found that say it.")
            )
            return [self._definitions.unknown_party()]
        self.meeting.entries += parties.values()
        if len(parties) < 2:
            self.meeting.doubts["parties"] = "who else met"
        return list(parties)

    def _named(self, event: MeetingEvent) -> list[str]:
        states = [self._definitions.state(named.country, named.form(event.sentence)) for named in parties_of(event)]
        others = [self._prose.entities.of(mention) for mention in names_in(self._prose, event)]
        start, end = self._who_met(event)
        ids = states or [self._definitions.person_or_party(someone) for someone in others if not someone.is_person]
        words = self._prose.text.words(start, end)
        return [id for id in dict.fromkeys(ids) if self._definitions.names(id, words)]

    def _who_met(self, event: MeetingEvent) -> tuple[int, int]:
        """The span that says who met, to the end of the last party's name or of the verb."""
        last = max((named.last for named in parties_of(event)), default=event.verb)
        where = meeting_place(self._prose, event)
        end = max(event.tokens[last].end, event.verb_words[1], where.city_end if where else 0)
        start = min([clause_start(event.tokens, event.verb), *(named.first for named in parties_of(event))])
        return event.tokens[start].start, end

    def _status(self, met: list[MeetingEvent], where: Place | None) -> None:
        if not met:
            todo = "TODO: was it held? No sentence was found that says who met."
            self._say("status", MeetingStatus.held, entry_without_words("status", todo), todo)
            return
        status = MeetingStatus.planned if met[0].planned else MeetingStatus.held
        self._say("status", status, self._evidence.entry("status", *self._who_met(met[0])))

    def _format(self, parties: list[str]) -> None:
        if len(parties) > 2:
            why = f"{len(parties)} parties are named, and nobody between them."
            self._say(
                "format", MeetingFormat.multilateral, entry_without_words("format", why), "whether somebody mediated"
            )
        elif len(parties) == 2:
            between = self._between_two()
            entry = entry_without_words("format", "Two parties are named, and nobody between them.")
            self._say("format", MeetingFormat.bilateral, self._evidence.entry("format", *between) if between else entry)
        else:
            question = "TODO: who faced whom?"
            self._say("format", MeetingFormat.bilateral, entry_without_words("format", question), question)

    def _between_two(self) -> tuple[int, int] | None:
        """The span of `the first talks between the two nations`, or None."""
        for sentence in self._prose.body:
            for at, token in enumerate(sentence.tokens[:-3]):
                following = [following_token.text for following_token in sentence.tokens[at + 1 : at + 4]]
                if token.text == "between" and following[:2] == ["the", "two"] and following[2] in _TWO:
                    first = next((k for k in range(at, max(-1, at - 6), -1) if sentence.tokens[k].text == "the"), at)
                    return sentence.tokens[first].start, sentence.tokens[at + 3].end
        return None

    def _mode(self, met: list[MeetingEvent], where: Place | None) -> None:
        if met and met[0].remote:
            self._say("mode", MeetingMode.remote, self._evidence.entry("mode", *met[0].verb_words))
        elif where is not None:
            why = "They met in a named city; nothing speaks of a call."
            self._say("mode", MeetingMode.in_person, self._evidence.entry("mode", *where.span, why))

    def _date(self, date: MeetingDate | None) -> None:
        if date is None or date.date is None:
            why = f": {date.why}" if date else ""
            self.meeting.doubts["start_date"] = f"TODO: when they met{why}"
        else:
            entry = self._evidence.entry("start_date", *date.span, date.why)
            self._say("start_date", date.date, entry, "the day" if date.why else "")

    def _duration(self) -> None:
        found = list(durations(self._prose))[:_MOST_DURATIONS]
        same = [duration for duration in found if duration.value == found[0].value]
        if same:
            value = Flow(value=same[0].value, approximate=any(duration.approximate for duration in same) or None)
            self.meeting.values["duration"] = value
            self.meeting.entries += [self._evidence.entry("duration", *duration.span) for duration in same]
        if len(same) < len(found):
            self.meeting.doubts["duration"] = "the article gives others, too"

    def _place(self, where: Place | None) -> None:
        if where is None:
            self.meeting.doubts["place"] = "TODO: where they met, if the article says it"
        else:
            value = Flow(city=where.city, country=where.country.code if where.country else None)
            self._say("place", value, self._evidence.entry("place", *where.span))


def id_source(text: Text, title: str) -> str:
    """The text for the ids: the title or, if it is to do, the first words of the article."""
    first = text.paragraphs[0]
    return text.words(first.start, min(first.end, first.start + _LONGEST_TITLE)) if title == TODO else title


def title_of(prose: Prose, given: str | None) -> str:
    """The article's title: the given one, else the headline, else `TODO`."""
    first = prose.text.paragraphs[0]
    headline = prose.text.words(first.start, first.end) if first.is_heading else ""
    given = " ".join((given or "").split())
    return (given or headline or TODO)[:_LONGEST_TITLE].strip()
