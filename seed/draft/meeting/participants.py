"""Delegates: people in the sentences that say who met, led, headed, was joined by. Places are tokens of a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.enums import DelegateRole
from seed.draft.meeting.encounters import Encounter, people_of
from seed.draft.meeting.prose import Named, Prose, countries
from seed.draft.people.entities import Entity
from seed.draft.people.names import Mention
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
"""How many tokens before `led by` the delegation that is led is looked for."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part. `words` are, in code points, those that say so, from the party to the name.

    `party` is a country or an adjective that may be of a party; `role` is None where nothing says it.
    """

    person: Entity
    mention: Mention
    sentence: Sentence
    words: tuple[int, int]
    party: Named | str | None
    role: DelegateRole | None
    encounter: Encounter | None = None


def participants(prose: Prose, met: list[Encounter]) -> list[Participant]:
    """Who took part, each person once, as the plainest of its sentences says it; in the order of the article."""
    by_sentence = {one.sentence.number: one for one in met}
    found: dict[Entity, Participant] = {}
    for sentence in prose.sentences:
        encounter = by_sentence.get(sentence.number)
        told = [*_leaders(prose, sentence, encounter), *_joining(prose, sentence)]
        told += _meeting(prose, encounter) if encounter is not None else ()
        for one in told:
            found.setdefault(one.person, one)
    return list(found.values())


def affiliation(sentence: Sentence, mention: Mention) -> Named | str | None:
    """The country, or the organization's acronym, before a name or in the title before it."""
    tokens = sentence.tokens
    before = list(countries(sentence, max(0, mention.before - 2), mention.first - 1))
    if before:
        return before[-1]
    first = tokens[mention.before].text
    titled = mention.before < mention.first
    return first if titled and len(first) > 1 and first.isupper() and first.isalpha() else None


def _leaders(prose: Prose, sentence: Sentence, encounter: Encounter | None) -> Iterator[Participant]:
    """`the Austrian side, led by …`, and `… led the Austrian side`."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        following = word_at(tokens, place + 1)
        if token.text in _LED and following == "by":
            start, party = _team_before(sentence, place)
            for mention, one in _names_from(prose, sentence, place + 2):
                words = (tokens[start].start, tokens[mention.last].end)
                yield Participant(one, mention, sentence, words, party, DelegateRole.head, encounter)
        elif token.text in _LEADING and _is_team_behind(tokens, place):
            ending = prose.cast.ending(sentence.number, place - 1)
            person = prose.cast.person(ending) if ending is not None else None
            if ending is not None and person is not None:
                behind = next(countries(sentence, place + 1, place + 6), None)
                last = max(place, behind.last if behind else place)
                words = (tokens[ending.before].start, tokens[last].end)
                yield Participant(person, ending, sentence, words, behind, DelegateRole.head, encounter)


def _joining(prose: Prose, sentence: Sentence) -> Iterator[Participant]:
    """`He was joined by …`, and the list behind `Joining him were the following leaders:`."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens[:-1]):
        if token.text in _JOINED and tokens[place + 1].text == "by":
            for mention, person in _names_from(prose, sentence, place + 2):
                words = (tokens[place].start, tokens[mention.last].end)
                yield Participant(person, mention, sentence, words, None, None)
    if any(token.text in _LISTED for token in tokens):
        for item in prose.listed_after(sentence):
            for mention, person in _names_from(prose, item, 0):
                words = (item.tokens[mention.before].start, item.tokens[mention.last].end)
                yield Participant(person, mention, item, words, None, None)


def _meeting(prose: Prose, encounter: Encounter) -> Iterator[Participant]:
    tokens = encounter.tokens
    for mention in people_of(prose, encounter):
        words = (tokens[mention.before].start, tokens[mention.last].end)
        yield Participant(prose.cast.who(mention), mention, encounter.sentence, words, None, None, encounter)


def _team_before(sentence: Sentence, verb: int) -> tuple[int, Named | str | None]:
    """Where the delegation begins that is led, and whose it is: `The Russian delegation, led by`."""
    tokens = sentence.tokens
    first = max(0, verb - _FARTHEST_TEAM)
    named = list(countries(sentence, first, verb - 1))
    team = next((place for place in range(verb - 1, first - 1, -1) if tokens[place].text in _TEAM), None)
    if named:
        return _with_article(tokens, named[-1].first), named[-1]
    if team and tokens[team - 1].is_capital:
        return _with_article(tokens, team - 1), tokens[team - 1].text
    return verb, None


def _with_article(tokens: Tokens, place: int) -> int:
    return place - 1 if place and tokens[place - 1].text.lower() in DETERMINERS else place


def _is_team_behind(tokens: Tokens, verb: int) -> bool:
    return any(token.text in _TEAM for token in tokens[verb + 1 : verb + 6])


def _names_from(prose: Prose, sentence: Sentence, place: int) -> Iterator[tuple[Mention, Entity]]:
    """The people who are listed from a token on."""
    tokens = sentence.tokens
    for mention in prose.mentions(sentence):
        if mention.first < place:
            continue
        gap = tokens[place : min(mention.before, mention.first)]
        person = prose.cast.person(mention)
        if person is None:
            if any(token.text not in _BETWEEN_NAMES for token in gap):
                return
            place = max(place, mention.last + 1)  # the person's country or organization
            continue
        if any(token.text not in _BETWEEN_NAMES for token in gap):
            return
        yield mention, person
        place = _behind(tokens, mention)


def _behind(tokens: Tokens, mention: Mention) -> int:
    """The token behind a name and the title that follows it."""
    place = mention.last + 1
    while mention.title is not None and place < len(tokens) and tokens[place].start < mention.title[1]:
        place += 1
    return place
