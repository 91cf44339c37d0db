"""Subjects of verbs, before or behind them, found by word order. Positions are token indexes in a sentence."""

from dataclasses import dataclass

from seed.draft.people.entities import Entities
from seed.draft.people.mentions import Mention
from seed.draft.people.noun_phrases import (
    ADVERBIALS,
    are_adjectives,
    before_bracket,
    continues,
    is_adverbial,
    is_complete_phrase,
    is_dateline,
    is_noun_phrase,
    modifies_noun,
    phrase_end,
    phrase_start,
)
from seed.draft.text.function_words import (
    ASIDES,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    is_finite,
    is_subject_pronoun,
    uncontracted,
)
from seed.draft.text.reporting_verbs import REPORTING_VERBS
from seed.draft.text.titles import Tokens, is_office, is_possessive
from seed.draft.text.tokens import Text
from seed.language.word_lists import words

_FARTHEST = 40
"""The most tokens between a verb and its subject."""

_BEGINS = 2
"""A name up to this token may be the subject, even if it is no person's."""

_LONGEST_TITLE = 4
"""In tokens."""

_NO_TITLE = DETERMINERS | SUBJECT_PRONOUNS | FINITE | words("that to in on at by with for from and but as if when")
_MEDIA = words("agency channel daily magazine network newspaper tabloid website")
_PARTISANS = words("Democrat Republican")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject in tokens `first` to `last`, both counted, with its words and, if it is a name, its `mention`."""

    first: int
    last: int
    words: str
    mention: Mention | None = None


class SubjectFinder:
    """Finds the subjects of verbs by word order."""

    def __init__(self, text: Text, entities: Entities) -> None:
        self._text, self._entities = text, entities

    def before(self, sentence: int, verb: int) -> Subject | None:
        """The subject before a verb, or None."""
        tokens = self._tokens(sentence)
        index = self._over_adverbs(sentence, verb - 1)
        if index >= 0 and tokens[index].text == ")":
            index = before_bracket(tokens, index)
        if index < 0:
            return None
        if (mention := self._entities.mention_ending_at(sentence, index)) is not None:
            return self._named(sentence, mention)
        word = tokens[index].text.lower()
        if word in _MEDIA and (mention := self._entities.mention_ending_at(sentence, index - 1)) is not None:
            return Subject(mention.start, index, mention.name, mention)
        if word == "who":
            return self._before_who(sentence, index)
        governed = index > 0 and tokens[index - 1].text in PREPOSITIONS
        if is_subject_pronoun(word) and not governed:
            return Subject(index, index, uncontracted(word))
        if word in ASIDES:
            return self._over_aside(sentence, index)
        if word in {"that", "which"} and index:
            return self.before(sentence, index) if tokens[verb].text in {"said", "says"} else None
        if not tokens[index].is_word:
            return None
        if (who := self._who(sentence, index)) is not None:
            return self._before_who(sentence, who)
        return self._phrase_before(sentence, index)

    def _who(self, sentence: int, index: int) -> int | None:
        """The `who` of a relative clause that ends at `index`, or None: `the writer who wrote the speech says`."""
        tokens, found = self._tokens(sentence), None
        for at in range(index - 1, max(-1, index - _FARTHEST), -1):
            if tokens[at].pair is not None or not tokens[at].is_word:
                break
            found = at if tokens[at].text == "who" else found
        return found

    def behind(self, sentence: int, index: int) -> Subject | None:
        """The subject that begins at `index`, behind a verb or behind `according to`; or None."""
        tokens = self._tokens(sentence)
        while index < len(tokens) and tokens[index].text in ADVERBIALS:
            index += 1
        if index >= len(tokens):
            return None
        token = tokens[index]
        if token.text in {"he", "she", "they", "it"}:
            return Subject(index, index, token.text)
        mention = self._mention_at(sentence, index)
        if mention is not None and not mention.possessive:
            mention = self._described_by(sentence, mention) or mention
            return Subject(index, mention.last, mention.name, mention)
        if token.is_word and token.text.islower() and (named := self._titled(sentence, index)) is not None:
            return Subject(index, named.last, named.name, named)
        if token.text.lower() in DETERMINERS or (token.is_word and token.text.endswith("s")) or mention is not None:
            return self._phrase_behind(sentence, index)
        return None

    def _described_by(self, sentence: int, mention: Mention) -> Mention | None:
        """The person whose title begins behind a name, or None: `Doe campaign manager Jane Roe`."""
        behind = mention.last + 1
        following = (
            named for named in self._entities.mentions[sentence] if mention.start <= named.start <= behind < named.first
        )
        return next((named for named in following if self._entities.person(named) is not None), None)

    def _titled(self, sentence: int, index: int) -> Mention | None:
        """The person behind a title in lower case without an article, or None: `master of ceremonies Jane Roe`."""
        tokens = self._tokens(sentence)
        for mention in self._entities.mentions[sentence]:
            between = tokens[index : mention.first]
            if between and len(between) <= _LONGEST_TITLE and self._entities.person(mention) is not None:
                plain = all(token.text.islower() and token.text not in _NO_TITLE for token in between)
                return mention if plain else None
        return None

    def first(self, sentence: int, before: int) -> Subject | None:
        """The first person or pronoun of a sentence, which is the subject of a participle without its own; or None."""
        tokens = self._tokens(sentence)
        known = (
            mention
            for mention in self._entities.mentions[sentence]
            if not (mention.possessive or is_dateline(tokens, mention))
        )
        starts = {
            mention.first: mention
            for mention in known
            if mention.start < _BEGINS or self._entities.person(mention) is not None
        }
        for index, token in enumerate(tokens[:before]):
            if token.text.lower() in SUBJECT_PRONOUNS - {"who", "it"}:
                return Subject(index, index, token.text.lower())
            if index in starts:
                return Subject(index, starts[index].last, starts[index].name, starts[index])
        return None

    def opening(self, sentence: int, before: int) -> Subject | None:
        """The subject of the first verb of a sentence, if that precedes the token `before`; or None."""
        tokens = self._tokens(sentence)
        verbs = (index for index in range(1, before) if tokens[index].is_word and is_finite(tokens[index].text))
        return next((found for index in verbs if (found := self.before(sentence, index)) is not None), None)

    def _tokens(self, sentence: int) -> Tokens:
        return self._text.sentences[sentence].tokens

    def _over_adverbs(self, sentence: int, index: int) -> int:
        tokens = self._tokens(sentence)
        while index >= 0 and is_adverbial(tokens[index]) and self._entities.mention_ending_at(sentence, index) is None:
            index -= 1
        return index

    def _named(self, sentence: int, mention: Mention) -> Subject:
        """The subject that a name is, or whose head noun it modifies."""
        tokens = self._tokens(sentence)
        if (
            mention.start
            and tokens[mention.start - 1].text.lower() == "the"
            and tokens[mention.last].text in _PARTISANS
        ):
            return Subject(mention.start - 1, mention.last, f"the {mention.name}")
        if modifies_noun(tokens, mention):
            who = self._who(sentence, mention.start)
            if who is not None and (found := self._before_who(sentence, who)) is not None:
                return found
            described = self._phrase_before(sentence, mention.last)
            if described is not None:
                return self._apposed(sentence, described) or described
        return Subject(mention.start, mention.last, mention.name, mention)

    def _apposed(self, sentence: int, phrase: Subject) -> Subject | None:
        """The person whom an appositive describes, or None: `Jane Roe, a spokeswoman for the fund said`."""
        tokens = self._tokens(sentence)
        if phrase.first < _BEGINS or tokens[phrase.first - 1].text != ",":
            return None
        mention = self._entities.mention_ending_at(sentence, phrase.first - 2)
        if mention is None or self._entities.person(mention) is None:
            return None
        begins = not mention.start or tokens[mention.start - 1].pair is not None
        return Subject(mention.start, mention.last, mention.name, mention) if begins else None

    def _before_who(self, sentence: int, who: int) -> Subject | None:
        tokens = self._tokens(sentence)
        index = who - 2 if who and tokens[who - 1].text == "," else who - 1
        if (mention := self._entities.mention_ending_at(sentence, index)) is not None:
            if self._entities.person(mention) is None:
                return self._named(sentence, mention)
            return Subject(mention.start, mention.last, mention.name, mention)
        if index >= 0 and tokens[index].is_word:
            return self._phrase_before(sentence, index)
        return self._over_aside(sentence, who - 1) if index >= 0 else None

    def _over_aside(self, sentence: int, comma: int) -> Subject | None:
        """The subject before an aside, `, …,`, which is an appositive, a relative clause or the like; or None."""
        tokens = self._tokens(sentence)
        found = None
        inner = self._entities.mention_ending_at(sentence, comma - 1)
        for index in range(comma - 1, max(0, comma - _FARTHEST - 1), -1):
            if tokens[index].pair is not None or tokens[index].text in {";", ":"}:
                break
            if tokens[index].text not in ASIDES:
                continue
            if tokens[index - 1].text.lower() in {"he", "she", "they"}:
                return Subject(index - 1, index - 1, tokens[index - 1].text.lower())
            mention = self._entities.mention_ending_at(sentence, index - 1)
            if mention is not None and self._entities.person(mention) is not None:
                return Subject(mention.start, mention.last, mention.name, mention)
            if inner is not None and inner.start == index + 1 and self._entities.person(inner) is not None:
                return Subject(inner.start, inner.last, inner.name, inner)  # `the fund's head, Jane Roe, said`
            if mention is not None and found is None:
                found = Subject(mention.start, mention.last, mention.name, mention)
        return self._with_attribute(sentence, comma) or found

    def _with_attribute(self, sentence: int, comma: int) -> Subject | None:
        """The person with a prepositional phrase before an aside, or None: `Roe of the ministry, …,`."""
        tokens = self._tokens(sentence)
        for mention in self._entities.mentions[sentence]:
            between = tokens[mention.last + 1 : comma]
            if not between or len(between) >= _FARTHEST or self._entities.person(mention) is None:
                continue
            reports = any(token.pair is not None or token.text in REPORTING_VERBS for token in between)
            if between[0].text in PREPOSITIONS and not reports:
                return Subject(mention.start, mention.last, mention.name, mention)
        return None

    def _phrase_before(self, sentence: int, last: int) -> Subject | None:
        """The noun phrase that ends at `last`, or None: `a spokesman for the ministry`, `the report`, `researchers`."""
        tokens = self._tokens(sentence)
        first = phrase_start(tokens, last)
        if first > last or not is_noun_phrase(tokens, first, last):
            return None
        if (named := self._named_first(sentence, first)) is not None:
            return named
        if not is_complete_phrase(tokens, first, last):
            return None
        return Subject(first, last, self._text.words(tokens[first].start, tokens[last].end))

    def _named_first(self, sentence: int, first: int) -> Subject | None:
        """The person whose name, before a preposition, begins a phrase, or None: `Roe in a letter`, `Roe of Ohio`."""
        tokens = self._tokens(sentence)
        for mention in self._entities.mentions[sentence]:
            if mention.start == first and self._entities.person(mention) is not None:
                following = tokens[mention.last + 1 : mention.last + 2]
                hangs = bool(following) and following[0].text in PREPOSITIONS
                return Subject(first, mention.last, mention.name, mention) if hangs else None
        return None

    def _phrase_behind(self, sentence: int, first: int) -> Subject | None:
        """The noun phrase that begins at `first`, or the person whose name ends it; or None."""
        tokens = self._tokens(sentence)
        last = phrase_end(tokens, first)
        if tokens[last].text.lower() in DETERMINERS:
            return None
        if (appositive := self._appositive(sentence, last)) is not None:
            return Subject(first, appositive.last, appositive.name, appositive)
        mention = self._entities.mention_ending_at(sentence, last)
        if mention is not None and mention.first > first:
            if are_adjectives(tokens[first : mention.first]):
                return Subject(first, last, mention.name, mention)
            behind_owner = is_possessive(tokens[mention.start - 1].text)
            if behind_owner or self._entities.person(mention) is not None:
                return Subject(first, last, mention.name, mention)
        return Subject(first, last, self._text.words(tokens[first].start, tokens[last].end))

    def _appositive(self, sentence: int, last: int) -> Mention | None:
        """The person whom the phrase that ends at `last` describes, or None: `the team's coach, Jane Roe`."""
        tokens = self._tokens(sentence)
        if not is_office(tokens[last].text):
            return None
        for mention in self._entities.mentions[sentence]:
            if (
                mention.start == last + 2
                and tokens[last + 1].text == ","
                and self._entities.person(mention) is not None
            ):
                return mention
        return None

    def _mention_at(self, sentence: int, index: int) -> Mention | None:
        """The mention that begins, with its title, at `index` or just behind an article there; or None."""
        article = self._tokens(sentence)[index].text in {"the", "The"}
        for mention in self._entities.mentions[sentence]:
            behind_article = article and mention.start == index + 1 and not continues(self._tokens(sentence), mention)
            if mention.start <= index <= mention.first or behind_article:
                return mention
        return None
