"""Speakers: from the subjects of sayings, pronouns and titles among them, back to who was named."""

from itertools import pairwise

from seed.draft.cast import Cast, Someone, people_in
from seed.draft.lexicon import HE, IT, PREPOSITIONS, SHE, THEY, words
from seed.draft.name_words import ABBREVIATED, FEMALE_OFFICES, MALE_OFFICES, OFFICES
from seed.draft.names import Mention
from seed.draft.presence import NAMED, OWNER, SPEAKING, SUBJECT, Presence
from seed.draft.sayings import Saying, Sayings
from seed.draft.text import Text
from seed.draft.titles import is_office

_REMEMBERED = 50
"""How many organizations back `the agency` is followed."""

_BEGINS_SENTENCE = 3
"""Up to which token a name is taken for the subject of its sentence."""

_GENDERS = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}

_WRITINGS = words("""
    account article blog book column comments email interview letter memo memoir message post remarks report speech
    statement submission testimony tweet
""")

_KINDS = words("""
    agency airline association bank board broadcaster bureau campaign channel charity coalition commission committee
    company corporation council court department federation firm foundation fund government group institute institution
    magazine ministry movement museum network newspaper office organisation organization outlet paper party
    publication site society station studio union university website
""")
"""What an organization is called that was named before."""

_ONE = words("a an another one")
_TWO = frozenset({"the two", "the pair", "both", "both men", "both women", "the two men", "the two women", "the duo"})
_MEN_AND_WOMEN = {
    "boy": "m", "brother": "m", "businessman": "m", "father": "m", "husband": "m", "man": "m", "son": "m",
    "businesswoman": "f", "daughter": "f", "girl": "f", "mother": "f", "sister": "f", "wife": "f", "woman": "f",
}  # fmt: skip
_POLITICIANS = words("candidate democrat lawmaker legislator nominee republican")

_THINGS = words("""
    data documents emails figures findings images news papers polls records reports results statistics studies surveys
    tests videos
""")
"""What is many, and says nothing itself."""

_KNOWN = words("the this that these those his her their its our my your another other he she they it i we")
"""With what a description begins of somebody who was told of before."""

_PEOPLE = words("""
    aide aides allies ally authorities boy bystander caller campaigners cashier christian clerk critics customer
    customers doctors driver economists employee employees experts fan farmer father girl insiders lawyers man
    member members mother muslim neighbor neighbour nurse observers opponents owner parent parents passenger people
    police resident residents source sources supporter supporters survivor victim voter voters waiter waitress
    witness witnesses woman worker workers
""")


class Speakers:
    """Reads an article in its order: the sayings of each sentence, with their speakers."""

    def __init__(self, text: Text, cast: Cast, sayings: Sayings) -> None:
        self._text, self._cast, self._sayings = text, cast, sayings
        self._presence = Presence()
        self._organizations: dict[Someone, None] = {}
        self._organization: Someone | None = None
        self._group: Saying | None = None
        self._pair: list[Someone] = []
        self.of_sentence: list[list[Saying]] = []
        self.acting: list[Someone | None] = []
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
            self._introduce(opening.words)
        for place, token in enumerate(self._text.sentences[sentence].tokens):
            while spoken and spoken[-1].first <= place:
                self._resolve(spoken.pop())
            if place in mentions:
                self._remember(mentions[place])
            elif (gender := _GENDERS.get(token.text.lower())) and token.pair is None:
                self._follow(gender, token.text.lower() in {"he", "she"})

    def _joined(self, sentence: int) -> list[Someone]:
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
        if len(saying.speakers) > 1 or _is_plural(saying):
            self._group = saying

    def _follow(self, gender: str, is_subject: bool) -> None:
        one, _ = self._presence.meant(gender)
        if one is not None and is_subject:
            self._presence.add(one, SUBJECT)
            self.acting[-1] = self.acting[-1] or one

    def _remember(self, mention: Mention) -> None:
        one = self._cast.who(mention)
        if one.is_person:
            subject = mention.before <= _BEGINS_SENTENCE
            self._presence.add(one, OWNER if mention.possessive else SUBJECT if subject else NAMED)
            if subject and not mention.possessive:
                self.acting[-1] = self.acting[-1] or one
            return
        self._organizations.pop(one, None)
        self._organizations[one] = None
        if len(self._organizations) > _REMEMBERED:
            del self._organizations[next(iter(self._organizations))]
        if not mention.possessive and mention.before <= _BEGINS_SENTENCE:
            self._organization = one
            self.acting[-1] = self.acting[-1] or one

    def _speakers(self, saying: Saying) -> tuple[list[Someone], bool]:
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
        if word in _TWO or _is_of_several(word):
            return list(self._pair), False
        one = self._author(saying) or self._titled(saying.subject) or self._of_kind(saying.subject)
        if one is None:
            self._introduce(saying.subject)
            return [], _is_anybody(saying.subject)
        return self._told(saying, one), False

    def _told(self, saying: Saying, one: Someone | None) -> list[Someone]:
        """Somebody as a speaker, or as who is described."""
        if one is None or one.named:
            return [one] if one is not None else []
        saying.described = one.name
        self._presence.add(one, SPEAKING)
        return []

    def _introduce(self, subject: str) -> None:
        """Remember `a spokesman for the fund`, whom `he` may mean from here on."""
        words = subject.lower().split()
        told = words[: _head(words) + 1]
        if told and (told[-1] in _PEOPLE or is_office(told[-1])) and not told[-1].endswith("s"):
            known = (gender for word in told if (gender := _gender(word)))
            self._presence.add(Someone(subject, is_person=True, named=False, gender=next(known, "")), SPEAKING)

    def _joint(self, saying: Saying, mention: Mention) -> list[Someone]:
        """One who is named, or two with `and` between them."""
        one = self._cast.who(mention)
        tokens = self._text.sentences[saying.sentence].tokens
        if saying.inverted or mention.before < 2 or tokens[mention.before - 1].text != "and":
            return [one]
        other = self._cast.ending(saying.sentence, mention.before - 2)
        return [one] if other is None or self._cast.who(other) is one else [self._cast.who(other), one]

    def _author(self, saying: Saying) -> Someone | None:
        """`Roe's statement`, `his letter`: whose words they are."""
        if saying.subject.rpartition(" ")[2].lower() not in _WRITINGS:
            return None
        if (gender := _GENDERS.get(saying.subject.lower().split()[0])) is not None:
            return self._presence.meant(gender)[0]
        for mention in self._cast.mentions[saying.sentence]:
            if mention.possessive and saying.subject.startswith(mention.name):
                return self._cast.who(mention)
        return None

    def _titled(self, subject: str) -> Someone | None:
        """`the minister`: the most present with such a title, else whom the article tells of most."""
        words = subject.lower().split()
        if words[:1] not in (["the"], ["this"]):
            return None
        head = words[_head(words)]
        office = {head, *(short for short, long in ABBREVIATED.items() if long == head)}
        present = self._presence.ranked()
        held = next(
            (one for one in present if any(office & _words(title) for title in (one.titles or [one.name]))), None
        )
        if held is not None:
            return held
        if (gender := _MEN_AND_WOMEN.get(head)) is not None:
            unnamed = (one for one in self._presence.ranked() if not one.named and one.gender in {gender, ""})
            return next(unnamed, None) or self._presence.meant(gender)[0]
        return self._presence.most_told_of() if head in OFFICES or head in _POLITICIANS else None

    def _of_kind(self, subject: str) -> Someone | None:
        """`the agency`: what was named with that word, else what acted last."""
        article, *described, kind = subject.split() if " " in subject else ("", "")
        if kind not in _KINDS or article.lower() not in {"the", "this"} or not all(map(str.islower, described)):
            return None
        alike = [one for one in self._organizations if kind in one.name.lower().split()]
        return alike[-1] if alike else self._organization


def _words(title: str) -> set[str]:
    return {word.strip(".") for word in title.lower().split()}


def _is_of_several(subject: str) -> bool:
    """Whether a description is of several who were named: `the senators`."""
    article, *_, head = subject.split() if " " in subject else ("", "")
    return article == "the" and head.endswith("s") and (is_office(head[:-1]) or head[:-1] in _POLITICIANS)


def _is_plural(saying: Saying) -> bool:
    """Whether those who speak are described, and several: `researchers`, `the authors`."""
    head = saying.subject.rpartition(" ")[2].lower()
    return not saying.speakers and head.endswith("s") and head not in _THINGS


def _is_anybody(subject: str) -> bool:
    """Whether a description is of people whom nothing leads to a name: `researchers`, `a spokesman for the fund`."""
    words = subject.lower().split()
    if words[0] in _KNOWN or not words[0].isalpha():
        return False
    told = words[: _head(words) + 1]
    return any(word in _PEOPLE or is_office(word) or is_office(word.removesuffix("s")) for word in told)


def _head(words: list[str]) -> int:
    """Which word of a description is its noun: the last before a preposition or `who`."""
    return next((place for place, word in enumerate(words) if word in PREPOSITIONS or word == "who"), len(words)) - 1


def _gender(word: str) -> str:
    return "f" if word in FEMALE_OFFICES else "m" if word in MALE_OFFICES else _MEN_AND_WOMEN.get(word, "")
