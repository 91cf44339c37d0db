"""Entities: the people and organizations that an article names, with the mentions of each linked to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from seed.draft.people.mentions import Mention, MentionFinder
from seed.draft.people.person_names import SHORT_FORMS, is_given_name
from seed.draft.text.name_words import PLACES
from seed.draft.text.tokens import Sentence, Text

_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_MOST_OF_ONE_SURNAME = 50
"""At most so many people of one surname are distinguished, so that the work for a name is bounded."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title from `start` to `end`; `words` spans it and the name of its holder. All in code points."""

    start: int
    end: int
    words: tuple[int, int]


@dataclass(eq=False, slots=True)
class Entity:
    """A person, or an organization, country or newspaper.

    `forms` are its names as written, `titles` its titles by their words. Without `named`, `name` is a description.
    """

    name: str
    is_person: bool
    named: bool = True
    gender: str = ""
    titles: dict[str, Title] = field(default_factory=dict)
    forms: dict[str, None] = field(default_factory=dict)

    @property
    def surname(self) -> str:
        return words_of(self.name)[-1]


class Entities:
    """The entities of an article: `mentions` has those of each sentence in their order, `of` the entity of each."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._names = MentionFinder(text)
        self.mentions = [
            [] if text.paragraphs[sentence.paragraph].is_title_case else list(self._names.find(sentence))
            for sentence in text.sentences
        ]
        self._people: dict[str, list[Entity]] = {}
        self._given: dict[str, list[Entity]] = {}
        self._others: dict[str, Entity] = {}
        self._by_mention: dict[int, Entity] = {}
        self._merge()

    def of(self, mention: Mention) -> Entity:
        return self._by_mention[id(mention)]

    def person(self, mention: Mention) -> Entity | None:
        """The entity of a mention, if it is a person and the mention is no possessive."""
        entity = self.of(mention)
        return entity if entity.is_person and not mention.possessive else None

    def mention_ending_at(self, sentence: int, index: int) -> Mention | None:
        """The mention that ends at a token and is no possessive, or None."""
        found = (mention for mention in self.mentions[sentence] if mention.last == index and not mention.possessive)
        return next(found, None)

    def _merge(self) -> None:
        """Link mentions to entities: full names first, then short forms of them, then all others."""
        flat = [mention for mentions in self.mentions for mention in mentions]
        full = [mention for mention in flat if self._is_full_name(mention)]
        for mention in full:
            self._by_mention[id(mention)] = self._full_name(mention)
        for mention in flat:
            if id(mention) not in self._by_mention:
                entity = None if mention.is_person is False else self._short_name(mention)
                self._by_mention[id(mention)] = entity or self._other(mention)
        for sentence, mentions in zip(self._text.sentences, self.mentions, strict=True):
            for mention in mentions:
                self._add_form_and_title(sentence, mention)

    def _is_full_name(self, mention: Mention) -> bool:
        words = words_of(mention.name)
        if mention.is_person is None and len(words) > 1:
            known = self._names.alone[words[-1]] > 0
            mention.is_person = len(words) <= 4 and words[0] not in PLACES and known
        return bool(mention.is_person) and len(words) > 1

    def _full_name(self, mention: Mention) -> Entity:
        words = words_of(mention.name)
        alike = self._people.setdefault(words[-1], [])
        for entity in alike:
            same_suffix = entity.name.endswith("Sr.") is mention.name.endswith("Sr.")
            if same_suffix and _same_given_name(words_of(entity.name)[0], words[0]):
                entity.name = max(entity.name, mention.name, key=len)
                return entity
            if _is_end(entity.name, mention.name):
                entity.name = max(
                    entity.name, mention.name, key=lambda name: (is_given_name(words_of(name)[0]), -len(name))
                )
                return entity
        return self._add(mention.name)

    def _short_name(self, mention: Mention) -> Entity | None:
        words = words_of(mention.name)
        alike = self._people.get(words[-1], [])
        if mention.gender:
            alike = [entity for entity in alike if entity.gender in {"", mention.gender}] or alike
        given = self._given.get(words[0], []) if len(words) == 1 else []
        if alike or len(given) == 1:
            return (alike or given)[0]
        return self._add(mention.name) if mention.is_person else None

    def _add(self, name: str) -> Entity:
        entity, words = Entity(name, is_person=True), words_of(name)
        for known, word in ((self._people, words[-1]), (self._given, words[0])):
            alike = known.setdefault(word, [])
            if len(alike) < _MOST_OF_ONE_SURNAME and (known is self._people or len(words) > 1):
                alike.append(entity)
        return entity

    def _other(self, mention: Mention) -> Entity:
        key = mention.name.removeprefix("The ").removeprefix("the ")
        if key not in self._others:
            entity = self._others[key] = Entity(mention.name, bool(mention.is_person))
            if short := acronym(key):
                self._others.setdefault(short, entity)
        return self._others[key]

    def _add_form_and_title(self, sentence: Sentence, mention: Mention) -> None:
        entity = self.of(mention)
        entity.forms[mention.name] = None
        entity.gender = entity.gender or mention.gender
        if mention.title and entity.is_person:
            start = min(mention.title[0], sentence.tokens[mention.first].start)
            end = max(mention.title[1], sentence.tokens[mention.last].end)
            entity.titles.setdefault(self._text.words(*mention.title), Title(*mention.title, (start, end)))


def acronym(name: str) -> str:
    """The initials of a name of several words; empty for one word."""
    words = [word for word in name.split() if word[0].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def words_of(name: str) -> list[str]:
    """The words of a name without a suffix, as Jr."""
    words = [word for word in name.replace(",", " ").split() if word.rstrip(".") not in _SUFFIXES]
    return words or [name]


def _same_given_name(name: str, other_name: str) -> bool:
    """Whether two given names may be the same: `John` and `J.`, `Kenneth` and `Ken`, `Joseph` and `Joe`."""
    short, long = sorted((name, other_name), key=len)
    initial = name[0] == other_name[0] and "." in name + other_name
    return initial or long.startswith(short) or long == SHORT_FORMS.get(short)


def _is_end(name: str, other_name: str) -> bool:
    """Whether one name is the other with more words before it: `Alicia Roe` and `Miss Ohio Alicia Roe`."""
    return name.endswith(f" {other_name}") or other_name.endswith(f" {name}")


def people_in(entities: Entities, sentence: int) -> Iterator[tuple[Mention, Entity]]:
    """The mentions of people in a sentence in their order, each with its entity."""
    for mention in entities.mentions[sentence]:
        if (entity := entities.person(mention)) is not None:
            yield mention, entity
