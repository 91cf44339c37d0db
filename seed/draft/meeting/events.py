"""Meeting events: the sentences that report who met or called whom. Positions are token indexes in a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from seed.draft.meeting.prose import CountryMention, Prose, countries
from seed.draft.people.mentions import Mention
from seed.draft.text.clauses import clause_start
from seed.draft.text.function_words import DETERMINERS
from seed.draft.text.titles import Tokens
from seed.draft.text.tokens import Sentence
from seed.language.word_lists import words

_MET = words("met meet meets")
_HELD = words("held hold holds had have hosted attended convened")
_TALKS = words("talks meeting meetings summit negotiations discussions consultations")
_CALL = words("call conversation")
_BY_PHONE = words("phone telephone video")
_PLANNED = words("will shall plan plans planning scheduled due expected agreed")
_CONNECTING = words("with between among")
_END_OBJECT = words("in on to at for during after before about over ; :")
_FARTHEST_OBJECT = 12
"""The most tokens between the verb and `with`: `met in Vienna on Monday with`."""

_BEFORE_PLACES = words("in at from against on over about into across near outside toward towards")


@dataclass(frozen=True, slots=True)
class MeetingEvent:
    """A sentence with the index of its verb; `planned` if the meeting is in the future, `remote` if it is a call."""

    sentence: Sentence
    verb: int
    planned: bool
    remote: bool

    @property
    def tokens(self) -> Tokens:
        return self.sentence.tokens

    @property
    def object_end(self) -> int:
        """The last token of the object, before place, time and purpose."""
        behind = range(self.verb, min(self.verb + _FARTHEST_OBJECT, len(self.tokens)))
        start = next((index for index in behind if self.tokens[index].text in _CONNECTING), self.verb)
        ends = (index for index in range(start, len(self.tokens)) if self.tokens[index].text in _END_OBJECT)
        return next(ends, len(self.tokens)) - 1

    @property
    def verb_words(self) -> tuple[int, int]:
        """The span of the verb with the first words of its object, in code points: `met with a US team`."""
        last = self.verb
        for index in range(self.verb + 1, min(self.verb + 6, len(self.tokens))):
            if not self.tokens[index].is_word or self.tokens[index].text in _END_OBJECT | {"headed", "led"}:
                break
            last = index
        return self.tokens[self.verb].start, self.tokens[last].end


def meeting_events(prose: Prose) -> Iterator[MeetingEvent]:
    """The events in an article's body that name two countries or two other participants."""
    for sentence in prose.body:
        for index in range(len(sentence.tokens)):
            kind = _kind(sentence.tokens, index)
            if kind is None:
                continue
            event = MeetingEvent(sentence, index, _is_planned(sentence.tokens, index), kind == "call")
            if _has_two_participants(prose, event):
                yield event
                break


def parties_of(event: MeetingEvent) -> Iterator[CountryMention]:
    """The countries that meet, without those that are only a place or a topic."""
    for named in countries(event.sentence, last=event.object_end):
        if not _is_place(event.tokens, named):
            yield named


def people_of(prose: Prose, event: MeetingEvent) -> Iterator[Mention]:
    """The mentions of people who met, before and behind the verb."""
    for mention in prose.mentions(event.sentence):
        if prose.entities.person(mention) is None or mention.last > event.object_end:
            continue
        if mention.start and event.tokens[mention.start - 1].text in _BEFORE_PLACES | {"of"}:
            continue
        yield mention


def _kind(tokens: Tokens, index: int) -> str | None:
    """The kind of event that a verb reports: `met`, `call` for one by phone, or None."""
    word, rest = tokens[index].text, tokens[index + 1 : index + 8]
    if word in _MET:
        return "met"
    if word in _HELD and any(token.text in _TALKS for token in rest):
        return "met"
    if word in _HELD | {"spoke"} and any(token.text in _CALL | _BY_PHONE for token in rest):
        return "call"
    return None


def names_in(prose: Prose, event: MeetingEvent) -> Iterator[Mention]:
    """The mentions in an event's clause, without places."""
    start = clause_start(event.tokens, event.verb)
    for mention in prose.mentions(event.sentence):
        inside = start <= mention.first and mention.last <= event.object_end and not mention.possessive
        before = event.tokens[mention.start - 1].text if mention.start else ""
        if inside and before not in _BEFORE_PLACES:
            yield mention


def _has_two_participants(prose: Prose, event: MeetingEvent) -> bool:
    states = {named.country.code for named in parties_of(event)}
    others = {prose.entities.of(mention).name for mention in names_in(prose, event)}
    return len(states) > 1 or len(others) > 1


def _is_planned(tokens: Tokens, verb: int) -> bool:
    return any(token.text.lower() in _PLANNED for token in tokens[max(0, verb - 4) : verb])


def _is_place(tokens: Tokens, named: CountryMention) -> bool:
    """Whether a country is only a place: `in Austria`, `in Vienna, Austria`."""
    index = named.first - 1
    while index >= 0 and tokens[index].text.lower() in DETERMINERS:
        index -= 1
    if index >= 0 and tokens[index].text == ",":
        while index > 0 and (tokens[index].text == "," or tokens[index].is_capital):
            index -= 1
    return index >= 0 and tokens[index].text.lower() in _BEFORE_PLACES
