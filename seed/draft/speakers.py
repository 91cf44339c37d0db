"""Speakers: from the subjects of sayings, pronouns and titles among them, back to who was named."""

from seed.draft.cast import Cast, Someone, people_in
from seed.draft.lexicon import HE, IT, SHE, THEY, words
from seed.draft.name_words import OFFICES
from seed.draft.names import Mention
from seed.draft.sayings import Saying, Sayings
from seed.draft.text import Text

_REMEMBERED = 12
"""How many people back a pronoun or a title is followed."""

_BEGINS_SENTENCE = 3
"""Up to which token a name is taken for the subject of its sentence."""


_WRITINGS = words("statement tweet letter post speech comments remarks blog email message testimony article report")


class Speakers:
    """Reads an article in its order: the sayings of each sentence, with their speakers."""

    def __init__(self, text: Text, cast: Cast, sayings: Sayings) -> None:
        self._text, self._cast = text, cast
        self._recent: list[Someone] = []
        self._subject: Someone | None = None
        self._organization: Someone | None = None
        self.of_sentence: list[list[Saying]] = []
        for sentence in range(len(text.sentences)):
            self.of_sentence.append(list(sayings.found(sentence)))
            self._read(sentence, self.of_sentence[-1])

    def _read(self, sentence: int, sayings: list[Saying]) -> None:
        """Follow a sentence's subjects, in order, and remember whom it named."""
        mentions = list(reversed(self._cast.mentions[sentence]))
        for saying in sayings:
            while mentions and mentions[-1].first < saying.first:
                self._remember(mentions.pop())
            saying.speakers, saying.certain = self._speakers(saying)
            if saying.speakers and saying.speakers[0].is_person:
                self._subject = saying.speakers[0]
        for mention in reversed(mentions):
            self._remember(mention)
        if not sayings or not sayings[-1].speakers or not sayings[-1].speakers[0].is_person:
            self._subject = self._main_subject(sentence) or self._subject

    def _main_subject(self, sentence: int) -> Someone | None:
        named = (one for mention, one in people_in(self._cast, sentence) if mention.before <= _BEGINS_SENTENCE)
        return next(named, None)

    def _remember(self, mention: Mention) -> None:
        one = self._cast.who(mention)
        if one.is_person:
            if one in self._recent:
                self._recent.remove(one)
            self._recent.append(one)
            del self._recent[:-_REMEMBERED]
        elif not mention.possessive:
            self._organization = one

    def _speakers(self, saying: Saying) -> tuple[list[Someone], bool]:
        """Who a subject is, and whether its words tell."""
        if saying.mention is not None:
            return self._joint(saying, saying.mention), saying.certain
        word = saying.subject.lower()
        if word in HE or word in SHE:
            one = self._person("f" if word in SHE else "m")
        elif word in IT or word in THEY:
            one = self._organization
        else:
            one = self._author(saying) or self._titled(saying.subject)
        return [one] if one is not None else [], False

    def _joint(self, saying: Saying, mention: Mention) -> list[Someone]:
        """One who is named, or two with `and` between them."""
        one = self._cast.who(mention)
        tokens = self._text.sentences[saying.sentence].tokens
        if saying.inverted or mention.before < 2 or tokens[mention.before - 1].text != "and":
            return [one]
        other = self._cast.ending(saying.sentence, mention.before - 2)
        return [one] if other is None or self._cast.who(other) is one else [self._cast.who(other), one]

    def _person(self, gender: str) -> Someone | None:
        """Whom a pronoun means: the last subject, else the last person named, whose gender fits."""
        one = self._subject
        if one is None or one.gender not in {gender, ""}:
            recent = self._recent[::-1]
            fitting = [someone for known in (gender, "") for someone in recent if someone.gender == known]
            one = fitting[0] if fitting else None
        if one is not None:
            one.gender = one.gender or gender
        return one

    def _author(self, saying: Saying) -> Someone | None:
        """`Roe's statement`: whose words they are."""
        if saying.subject.rpartition(" ")[2].lower() not in _WRITINGS:
            return None
        for mention in self._cast.mentions[saying.sentence]:
            if mention.possessive and saying.subject.startswith(mention.name):
                return self._cast.who(mention)
        return None

    def _titled(self, subject: str) -> Someone | None:
        """`the minister`: the last person whose title has that word."""
        words = subject.lower().split()
        if not words or words[0] not in {"the", "this", "his", "her"} or words[-1] not in OFFICES:
            return None
        for one in reversed(self._recent):
            if any(words[-1] in title.lower().split() for title in one.titles):
                return one
        return None
