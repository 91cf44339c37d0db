"""Participants: people who met, led a delegation or joined it. Positions are token indexes in a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.enums import DelegateRole
from seed.draft.meeting.events import MeetingEvent, people_of
from seed.draft.meeting.prose import CountryMention, Prose, countries
from seed.draft.people.entities import Entity
from seed.draft.people.mentions import Mention
from seed.draft.text.function_words import DETERMINERS
from seed.draft.text.titles import Tokens
from seed.draft.text.tokens import Sentence, word_at
from seed.language.word_lists import words

_LED = words("led headed")
_LEADING = words("led leads headed heads leading heading")
_TEAM = words("delegation side team group party representatives delegations negotiators")
_JOINED = words("joined accompanied attended flanked")
_LISTED = words("leaders participants officials delegates attendees members following")
_BETWEEN_NAMES = words(", and as well the along with")
_FARTHEST_TEAM = 12
"""The most tokens between a delegation and `led by`."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who took part. `words` is the span that shows it, from the party to the name, in code points.

    `party` is a country, or an adjective that may belong to a party. `role` is None if no words give it.
    """

    person: Entity
    mention: Mention
    sentence: Sentence
    words: tuple[int, int]
    party: CountryMention | str | None
    role: DelegateRole | None
    event: MeetingEvent | None = None


def participants(prose: Prose, met: list[MeetingEvent]) -> list[Participant]:
    """The participants in the order of the article, each person once, by the most explicit words."""
    by_sentence = {event.sentence.number: event for event in met}
    found: dict[Entity, Participant] = {}
    for sentence in prose.sentences:
        event = by_sentence.get(sentence.number)
        named = [*_leaders(prose, sentence, event), *_joining(prose, sentence)]
        named += _meeting(prose, event) if event is not None else ()
        for participant in named:
            found.setdefault(participant.person, participant)
    return list(found.values())


def affiliation(sentence: Sentence, mention: Mention) -> CountryMention | str | None:
    """The country or the organization's acronym before a name or its title, or None."""
    tokens = sentence.tokens
    before = list(countries(sentence, max(0, mention.start - 2), mention.first - 1))
    if before:
        return before[-1]
    first = tokens[mention.start].text
    is_title_case = mention.start < mention.first
    return first if is_title_case and len(first) > 1 and first.isupper() and first.isalpha() else None


def _leaders(prose: Prose, sentence: Sentence, event: MeetingEvent | None) -> Iterator[Participant]:
    """The heads of delegations: `the Austrian side, led by …`, and `… led the Austrian side`."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        following = word_at(tokens, index + 1)
        if token.text in _LED and following == "by":
            start, party = _team_before(sentence, index)
            for mention, head in _names_from(prose, sentence, index + 2):
                words = (tokens[start].start, tokens[mention.last].end)
                yield Participant(head, mention, sentence, words, party, DelegateRole.head, event)
        elif token.text in _LEADING and _is_team_behind(tokens, index):
            leader = prose.entities.mention_ending_at(sentence.number, index - 1)
            person = prose.entities.person(leader) if leader is not None else None
            if leader is not None and person is not None:
                behind = next(countries(sentence, index + 1, index + 6), None)
                last = max(index, behind.last if behind else index)
                words = (tokens[leader.start].start, tokens[last].end)
                yield Participant(person, leader, sentence, words, behind, DelegateRole.head, event)


def _joining(prose: Prose, sentence: Sentence) -> Iterator[Participant]:
    """The people in `He was joined by …`, and in the list behind `Joining him were the following leaders:`."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens[:-1]):
        if token.text in _JOINED and tokens[index + 1].text == "by":
            for mention, person in _names_from(prose, sentence, index + 2):
                words = (tokens[index].start, tokens[mention.last].end)
                yield Participant(person, mention, sentence, words, None, None)
    if any(token.text in _LISTED for token in tokens):
        for item in prose.listed_after(sentence):
            for mention, person in _names_from(prose, item, 0):
                words = (item.tokens[mention.start].start, item.tokens[mention.last].end)
                yield Participant(person, mention, item, words, None, None)


def _meeting(prose: Prose, event: MeetingEvent) -> Iterator[Participant]:
    tokens = event.tokens
    for mention in people_of(prose, event):
        words = (tokens[mention.start].start, tokens[mention.last].end)
        yield Participant(prose.entities.of(mention), mention, event.sentence, words, None, None, event)


def _team_before(sentence: Sentence, verb: int) -> tuple[int, CountryMention | str | None]:
    """The first token of the delegation before `led by`, and its party: `The Russian delegation, led by`."""
    tokens = sentence.tokens
    first = max(0, verb - _FARTHEST_TEAM)
    named = list(countries(sentence, first, verb - 1))
    team = next((index for index in range(verb - 1, first - 1, -1) if tokens[index].text in _TEAM), None)
    if named:
        return _with_article(tokens, named[-1].first), named[-1]
    if team and tokens[team - 1].is_capital:
        return _with_article(tokens, team - 1), tokens[team - 1].text
    return verb, None


def _with_article(tokens: Tokens, index: int) -> int:
    return index - 1 if index and tokens[index - 1].text.lower() in DETERMINERS else index


def _is_team_behind(tokens: Tokens, verb: int) -> bool:
    return any(token.text in _TEAM for token in tokens[verb + 1 : verb + 6])


def _names_from(prose: Prose, sentence: Sentence, index: int) -> Iterator[tuple[Mention, Entity]]:
    """The people in the list of names that begins at a token."""
    tokens = sentence.tokens
    for mention in prose.mentions(sentence):
        if mention.first < index:
            continue
        gap = tokens[index : min(mention.start, mention.first)]
        person = prose.entities.person(mention)
        if person is None:
            if any(token.text not in _BETWEEN_NAMES for token in gap):
                return
            index = max(index, mention.last + 1)  # the person's country or organization
            continue
        if any(token.text not in _BETWEEN_NAMES for token in gap):
            return
        yield mention, person
        index = _behind(tokens, mention)


def _behind(tokens: Tokens, mention: Mention) -> int:
    """The token behind a name and its title."""
    index = mention.last + 1
    while mention.title is not None and index < len(tokens) and tokens[index].start < mention.title[1]:
        index += 1
    return index
