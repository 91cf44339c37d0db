"""Speaker resolution: from the subject of a reporting clause, a name, pronoun or description, to the entity."""

from itertools import pairwise

from seed.draft.people.descriptions import Description
from seed.draft.people.entities import Entities, Entity, people_in
from seed.draft.people.mentions import Mention
from seed.draft.people.noun_phrases import is_dateline
from seed.draft.people.pronoun_resolution import NAMED, OWNER, SPEAKING, SUBJECT, Salience
from seed.draft.quotes.reporting_clauses import ReportingClause, ReportingClauseFinder
from seed.draft.text.function_words import HE, IT, PREPOSITIONS, SHE, THEY, is_finite
from seed.draft.text.titles import Tokens, is_possessive
from seed.draft.text.tokens import Text, word_at
from seed.language.word_lists import words

_MOST_ORGANIZATIONS = 50
"""So many organizations back `the agency` may refer."""

_BEGINS_SENTENCE = 3
"""Up to this token a name counts as the subject of its sentence."""

_GENDERS = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}

_ONE = words("a an another one")
"""First words of a description that introduces somebody."""

_NO_ACTS = PREPOSITIONS | words("and are as is or was were who")


class SpeakerResolver:
    """Resolves the speakers of all reporting clauses, sentence by sentence in the order of the article."""

    def __init__(self, text: Text, entities: Entities, clauses: ReportingClauseFinder) -> None:
        self._text, self._entities, self._clauses = text, entities, clauses
        self._salience = Salience()
        self._organizations: dict[Entity, None] = {}
        self._organization: Entity | None = None
        self._described: dict[str, str] = {}
        """The descriptions without a name by their head noun, as `China's foreign ministry`."""
        self._group: ReportingClause | None = None
        self._pair: list[Entity] = []
        self.of_sentence: list[list[ReportingClause]] = []
        self.sentence_subjects: list[Entity | None] = []
        """The subject of each sentence, by name or pronoun, or None."""
        for sentence in range(len(text.sentences)):
            self.of_sentence.append(list(clauses.find(sentence)))
            self.sentence_subjects.append(None)
            self._process(sentence, self.of_sentence[-1])

    def _process(self, sentence: int, clauses: list[ReportingClause]) -> None:
        """Process the mentions and pronouns of a sentence in their order, and resolve the speakers of its clauses."""
        self._salience.next_sentence()
        self._pair = self._conjoined_pair(sentence) or self._pair
        mentions = {mention.first: mention for mention in self._entities.mentions[sentence]}
        unresolved = clauses[::-1]
        opening = None if clauses else self._clauses.opening(sentence)
        if opening is not None and opening.mention is None and opening.words.split()[0].lower() in _ONE:
            self._introduce(Description(opening.words))
        for index, token in enumerate(self._text.sentences[sentence].tokens):
            while unresolved and unresolved[-1].first <= index:
                self._resolve(unresolved.pop())
            if index in mentions:
                self._add_mention(sentence, mentions[index])
            elif (gender := _GENDERS.get(token.text.lower())) and token.pair is None:
                self._add_pronoun(gender, token.text.lower() in {"he", "she"})

    def _conjoined_pair(self, sentence: int) -> list[Entity]:
        """The first two people joined by `and`, as in `Senators Roe (Ohio) and Doe`; or none."""
        tokens = self._text.sentences[sentence].tokens
        people = [mention for mention, _ in people_in(self._entities, sentence)]
        for mention, other in pairwise(people):
            between = tokens[mention.last + 1 : other.start]
            if [token.text for token in between if token.text.islower()] == ["and"]:
                return [self._entities.of(mention), self._entities.of(other)]
        return []

    def _resolve(self, clause: ReportingClause) -> None:
        clause.speakers, clause.certain = self._speakers(clause)
        for entity in clause.speakers:
            if entity.is_person:
                self._salience.add(entity, SPEAKING)
            else:
                self._organization = entity
        if len(clause.speakers) > 1 or (not clause.speakers and Description(clause.subject).is_plural):
            self._group = clause

    def _add_pronoun(self, gender: str, is_subject: bool) -> None:
        entity, _ = self._salience.antecedent(gender)
        if entity is not None and is_subject:
            self._salience.add(entity, SUBJECT)
            self.sentence_subjects[-1] = self.sentence_subjects[-1] or entity

    def _add_mention(self, sentence: int, mention: Mention) -> None:
        tokens, entity = self._text.sentences[sentence].tokens, self._entities.of(mention)
        if entity.is_person:
            begins_clause = _begins_clause(tokens, mention)
            subject = begins_clause or mention.start <= _BEGINS_SENTENCE
            self._salience.add(entity, OWNER if mention.possessive else SUBJECT if subject else NAMED)
            if subject and not mention.possessive:
                self.sentence_subjects[-1] = entity if begins_clause else self.sentence_subjects[-1] or entity
            return
        self._organizations.pop(entity, None)
        self._organizations[entity] = None
        if len(self._organizations) > _MOST_ORGANIZATIONS:
            del self._organizations[next(iter(self._organizations))]
        if not mention.possessive and mention.start <= _BEGINS_SENTENCE and not is_dateline(tokens, mention):
            self._organization = entity
            following = word_at(tokens, mention.last + 1)
            if is_finite(following) and not is_possessive(following):
                self.sentence_subjects[-1] = self.sentence_subjects[-1] or entity

    def _speakers(self, clause: ReportingClause) -> tuple[list[Entity], bool]:
        """The speakers that a subject refers to, and whether that is certain."""
        if clause.mention is not None:
            return self._with_conjoined(clause, clause.mention), clause.certain
        word = clause.subject.lower()
        if word in HE or word in SHE:
            entity, certain = self._salience.antecedent(_GENDERS[word])
            return self._as_speakers(clause, entity), certain
        if word in THEY and self._group is not None:
            clause.described = self._group.described or self._group.subject
            return list(self._group.speakers), False
        if word in IT or word in THEY:
            return self._as_speakers(clause, self._organization), False
        return self._of_described(clause, Description(clause.subject))

    def _of_described(self, clause: ReportingClause, description: Description) -> tuple[list[Entity], bool]:
        if description.is_of_two:
            return list(self._pair), False
        entity = self._author(clause, description) or self._by_title(description) or self._by_kind(description)
        if entity is None:
            self._introduce(description)
            self._described[description.head] = clause.subject
            return [], description.is_anybody
        return self._as_speakers(clause, entity), False

    def _as_speakers(self, clause: ReportingClause, entity: Entity | None) -> list[Entity]:
        """The entity as a list of speakers; without a name, its description is set in the clause instead."""
        if entity is None or entity.named:
            return [entity] if entity is not None else []
        clause.described = entity.name
        if entity.is_person:
            self._salience.add(entity, SPEAKING)
        return []

    def _introduce(self, description: Description) -> None:
        """Add a person without a name, as `a spokesman for the fund`, to whom pronouns may refer from here on."""
        if description.is_one_person:
            entity = Entity(description.subject, is_person=True, named=False, gender=description.gender)
            self._salience.add(entity, SPEAKING)

    def _with_conjoined(self, clause: ReportingClause, mention: Mention) -> list[Entity]:
        """The entity of a mention, with another one before it that `and` joins."""
        entity = self._entities.of(mention)
        tokens = self._text.sentences[clause.sentence].tokens
        if clause.inverted or mention.start < 2 or tokens[mention.start - 1].text != "and":
            return [entity]
        other = self._entities.mention_ending_at(clause.sentence, mention.start - 2)
        return [entity] if other is None or self._entities.of(other) is entity else [self._entities.of(other), entity]

    def _author(self, clause: ReportingClause, description: Description) -> Entity | None:
        """The author of `Roe's statement` or `his letter`, or None."""
        if not description.is_writing:
            return None
        if (gender := _GENDERS.get(description.first)) is not None:
            return self._salience.antecedent(gender)[0]
        for mention in self._entities.mentions[clause.sentence]:
            if mention.possessive and clause.subject.startswith(mention.name):
                return self._entities.of(mention)
        return None

    def _by_title(self, description: Description) -> Entity | None:
        """The most salient person with the title in `the minister`, else the one with the most mentions, or None."""
        if not description.is_definite:
            return None
        office = description.office
        for entity in self._salience.ranked():
            if any(office & _words(title) for title in entity.titles or [entity.name]):
                return entity
        if gender := description.man_or_woman:
            unnamed = (
                entity for entity in self._salience.ranked() if not entity.named and entity.gender in {gender, ""}
            )
            return next(unnamed, None) or self._salience.antecedent(gender)[0]
        return self._salience.most_mentioned() if description.may_be_named else None

    def _by_kind(self, description: Description) -> Entity | None:
        """The organization that `the agency` refers to: one with that word in its name, else the last subject."""
        kind = description.kind
        if not kind:
            return None
        if kind in self._described:
            return Entity(self._described[kind], is_person=False, named=False)
        alike = [entity for entity in self._organizations if kind in entity.name.lower().split()]
        return alike[-1] if alike else self._organization


def _begins_clause(tokens: Tokens, mention: Mention) -> bool:
    """Whether a name behind a comma is the subject of a verb: `In his view of the magnate, Roe hinted …`."""
    behind = word_at(tokens, mention.last + 1)
    acts = behind.islower() and behind not in _NO_ACTS
    return mention.start > 0 and tokens[mention.start - 1].text == "," and acts


def _words(title: str) -> set[str]:
    return {word.strip(".") for word in title.lower().split()}
