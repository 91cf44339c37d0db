"""Speakers: from the subjects of sayings, pronouns and titles among them, back to who was named."""

from itertools import pairwise

from seed.draft.people.coreference import NAMED, OWNER, SPEAKING, SUBJECT, Presence
from seed.draft.people.descriptions import Description
from seed.draft.people.entities import Entities, Entity, people_in
from seed.draft.people.names import Mention
from seed.draft.people.phrases import is_dateline
from seed.draft.quotes.sayings import Saying, Sayings
from seed.draft.text.function_words import HE, IT, PREPOSITIONS, SHE, THEY, is_finite
from seed.draft.text.titles import Tokens, is_possessive
from seed.draft.text.tokens import Text, word_at
from seed.language.word_lists import words

_REMEMBERED = 50
"""How many organizations back `the agency` is followed."""

_BEGINS_SENTENCE = 3
"""Up to which token a name is taken for the subject of its sentence."""

_GENDERS = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}

_ONE = words("a an another one")
"""With what somebody is introduced."""

_NO_ACTS = PREPOSITIONS | words("and are as is or was were who")


class Speakers:
    """Reads an article in its order: the sayings of each sentence, with their speakers."""

    def __init__(self, text: Text, cast: Entities, sayings: Sayings) -> None:
        self._text, self._cast, self._sayings = text, cast, sayings
        self._presence = Presence()
        self._organizations: dict[Entity, None] = {}
        self._organization: Entity | None = None
        self._described: dict[str, str] = {}
        """By their nouns, whom the article described without a name: `China's foreign ministry`."""
        self._group: Saying | None = None
        self._pair: list[Entity] = []
        self.of_sentence: list[list[Saying]] = []
        self.acting: list[Entity | None] = []
        """Of each sentence, whom it begins with, by name or pronoun."""
        for sentence in range(len(text.sentences)):
            self.of_sentence.append(list(sayings.found(sentence)))
            self.acting.append(None)
            self._read(sentence, self.of_sentence[-1])

    def _read(self, sentence: int, sayings: list[Saying]) -> None:
        """Follow a sentence's names and pronouns in their order, and find the speakers of its sayings."""
        self._presence.next_sentence()
        self._pair = self._joined(sentence) or self._pair
        mentions = {mention.first: mention for mention in self._cast.mentions[sentence]}
        spoken = sayings[::-1]
        opening = None if sayings else self._sayings.opening(sentence)
        if opening is not None and opening.mention is None and opening.words.split()[0].lower() in _ONE:
            self._introduce(Description(opening.words))
        for place, token in enumerate(self._text.sentences[sentence].tokens):
            while spoken and spoken[-1].first <= place:
                self._resolve(spoken.pop())
            if place in mentions:
                self._remember(sentence, mentions[place])
            elif (gender := _GENDERS.get(token.text.lower())) and token.pair is None:
                self._follow(gender, token.text.lower() in {"he", "she"})

    def _joined(self, sentence: int) -> list[Entity]:
        """The two people with only `and` between them: `Senators Roe (Ohio) and Doe`."""
        tokens = self._text.sentences[sentence].tokens
        people = [mention for mention, _ in people_in(self._cast, sentence)]
        for one, other in pairwise(people):
            between = tokens[one.last + 1 : other.before]
            if [token.text for token in between if token.text.islower()] == ["and"]:
                return [self._cast.who(one), self._cast.who(other)]
        return []

    def _resolve(self, saying: Saying) -> None:
        saying.speakers, saying.certain = self._speakers(saying)
        for one in saying.speakers:
            if one.is_person:
                self._presence.add(one, SPEAKING)
            else:
                self._organization = one
        if len(saying.speakers) > 1 or (not saying.speakers and Description(saying.subject).is_plural):
            self._group = saying

    def _follow(self, gender: str, is_subject: bool) -> None:
        one, _ = self._presence.meant(gender)
        if one is not None and is_subject:
            self._presence.add(one, SUBJECT)
            self.acting[-1] = self.acting[-1] or one

    def _remember(self, sentence: int, mention: Mention) -> None:
        tokens, one = self._text.sentences[sentence].tokens, self._cast.who(mention)
        if one.is_person:
            leads = _begins_clause(tokens, mention)
            subject = leads or mention.before <= _BEGINS_SENTENCE
            self._presence.add(one, OWNER if mention.possessive else SUBJECT if subject else NAMED)
            if subject and not mention.possessive:
                self.acting[-1] = one if leads else self.acting[-1] or one
            return
        self._organizations.pop(one, None)
        self._organizations[one] = None
        if len(self._organizations) > _REMEMBERED:
            del self._organizations[next(iter(self._organizations))]
        if not mention.possessive and mention.before <= _BEGINS_SENTENCE and not is_dateline(tokens, mention):
            self._organization = one
            following = word_at(tokens, mention.last + 1)
            if is_finite(following) and not is_possessive(following):
                self.acting[-1] = self.acting[-1] or one

    def _speakers(self, saying: Saying) -> tuple[list[Entity], bool]:
        """Who a subject is, and whether its words tell."""
        if saying.mention is not None:
            return self._joint(saying, saying.mention), saying.certain
        word = saying.subject.lower()
        if word in HE or word in SHE:
            one, plain = self._presence.meant(_GENDERS[word])
            return self._told(saying, one), plain
        if word in THEY and self._group is not None:
            saying.described = self._group.described or self._group.subject
            return list(self._group.speakers), False
        if word in IT or word in THEY:
            return self._told(saying, self._organization), False
        return self._of_described(saying, Description(saying.subject))

    def _of_described(self, saying: Saying, description: Description) -> tuple[list[Entity], bool]:
        if description.is_of_two:
            return list(self._pair), False
        one = self._author(saying, description) or self._titled(description) or self._of_kind(description)
        if one is None:
            self._introduce(description)
            self._described[description.head] = saying.subject
            return [], description.is_anybody
        return self._told(saying, one), False

    def _told(self, saying: Saying, one: Entity | None) -> list[Entity]:
        """Somebody as a speaker, or as who is described."""
        if one is None or one.named:
            return [one] if one is not None else []
        saying.described = one.name
        if one.is_person:
            self._presence.add(one, SPEAKING)
        return []

    def _introduce(self, description: Description) -> None:
        """Remember `a spokesman for the fund`, whom `he` may mean from here on."""
        if description.is_one_person:
            one = Entity(description.subject, is_person=True, named=False, gender=description.gender)
            self._presence.add(one, SPEAKING)

    def _joint(self, saying: Saying, mention: Mention) -> list[Entity]:
        """One who is named, or two with `and` between them."""
        one = self._cast.who(mention)
        tokens = self._text.sentences[saying.sentence].tokens
        if saying.inverted or mention.before < 2 or tokens[mention.before - 1].text != "and":
            return [one]
        other = self._cast.ending(saying.sentence, mention.before - 2)
        return [one] if other is None or self._cast.who(other) is one else [self._cast.who(other), one]

    def _author(self, saying: Saying, description: Description) -> Entity | None:
        """`Roe's statement`, `his letter`: whose words they are."""
        if not description.is_writing:
            return None
        if (gender := _GENDERS.get(description.first)) is not None:
            return self._presence.meant(gender)[0]
        for mention in self._cast.mentions[saying.sentence]:
            if mention.possessive and saying.subject.startswith(mention.name):
                return self._cast.who(mention)
        return None

    def _titled(self, description: Description) -> Entity | None:
        """`the minister`: the most present with such a title, else whom the article tells of most."""
        if not description.is_definite:
            return None
        office = description.office
        for one in self._presence.ranked():
            if any(office & _words(title) for title in one.titles or [one.name]):
                return one
        if gender := description.man_or_woman:
            unnamed = (one for one in self._presence.ranked() if not one.named and one.gender in {gender, ""})
            return next(unnamed, None) or self._presence.meant(gender)[0]
        return self._presence.most_told_of() if description.may_be_named else None

    def _of_kind(self, description: Description) -> Entity | None:
        """`the agency`: what was named with that word, else what acted last."""
        kind = description.kind
        if not kind:
            return None
        if kind in self._described:
            return Entity(self._described[kind], is_person=False, named=False)
        alike = [one for one in self._organizations if kind in one.name.lower().split()]
        return alike[-1] if alike else self._organization


def _begins_clause(tokens: Tokens, mention: Mention) -> bool:
    """`In his view of the magnate, Roe hinted …`: whether a name behind a comma is the subject of a verb."""
    behind = word_at(tokens, mention.last + 1)
    acts = behind.islower() and behind not in _NO_ACTS
    return mention.before > 0 and tokens[mention.before - 1].text == "," and acts


def _words(title: str) -> set[str]:
    return {word.strip(".") for word in title.lower().split()}
