"""Sayings: each verb that brings words, or `according to`, with its subject."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from seed.draft.people.entities import Entities, Entity
from seed.draft.people.names import Mention
from seed.draft.people.phrases import SKIPPED
from seed.draft.quotes.subjects import Subject, Subjects
from seed.draft.text.function_words import ASIDES, DETERMINERS, FINITE, PREPOSITIONS, SUBJECT_PRONOUNS
from seed.draft.text.name_words import NATIONALITIES, PLATFORMS
from seed.draft.text.reporting_verbs import ALSO_NOUNS, EVALUATIVE, REPORTING_VERBS, THAT_OPTIONAL, WITH_ADDRESSEE
from seed.draft.text.titles import Tokens
from seed.draft.text.tokens import Text, word_at
from seed.language.word_lists import words

ACCORDING = "according"
"""The verb of `according to`, which is none."""

SIGNED = "signed"
"""The verb of a name behind a quotation and a dash, which is none either."""

_NO_FINITE = DETERMINERS - {"all", "few", "many", "most", "some", "two", "three"} | PREPOSITIONS - {"at", "from"}
_GOVERNING = PREPOSITIONS - {"with"}
_PROGRESSIVE = words("was were is are been")
_WHILE = words("after before by while")
_NO_PARTICIPLE = words("of in for without the a from")
_NOUNS_FIRST = words("state states report reports remark remarks")
"""What is rarely a verb, if not what was said follows it."""

_AUXILIARIES = words("are be been being can could did does had has have is may might must should was were will would")
_LONGEST_TIME = 6
"""How many tokens stand at most between `but` and its verb: `but in a later interview said`."""


@dataclass(slots=True)
class Saying:
    """Tokens `first` to `last` of a sentence, both counted, are the reporting words, `place` is the verb's.

    `span` is, in code points, of the words that name the subject and the verb. `speakers` are filled in when subjects
    are followed to people, or `described` with words for them; `certain` then says whether a name told them.
    """

    sentence: int
    place: int
    verb: str
    first: int
    last: int
    subject: str
    span: tuple[int, int]
    mention: Mention | None = None
    inverted: bool = False
    shared: bool = False
    """Whether the subject is that of another verb before it, as a participle's is."""
    certain: bool = True
    speakers: list[Entity] = field(default_factory=list)
    described: str = ""


class Sayings:
    """Finds the sayings of a sentence."""

    def __init__(self, text: Text, cast: Entities, subjects: Subjects) -> None:
        self._text, self._cast, self._subjects = text, cast, subjects

    def found(self, sentence: int) -> Iterator[Saying]:
        """The sayings of a sentence, in its order."""
        tokens = self._tokens(sentence)
        previous: Saying | None = None
        for place, token in enumerate(tokens):
            word = token.text if place else token.text.lower()
            if word in {"according", "According"} and [one.text for one in tokens[place + 1 : place + 2]] == ["to"]:
                saying = self._according(sentence, place)
            elif token.is_word and word in REPORTING_VERBS and word.islower():
                saying = self._verb(sentence, place, previous)
            else:
                continue
            if saying is not None:
                yield saying
                previous = saying

    def opening(self, sentence: int) -> Subject | None:
        """The subject that a sentence begins with."""
        return self._subjects.opening(sentence, len(self._tokens(sentence)))

    def _tokens(self, sentence: int) -> Tokens:
        return self._text.sentences[sentence].tokens

    def _according(self, sentence: int, place: int) -> Saying | None:
        subject = self._subjects.behind(sentence, place + 2)
        return self._inverted(sentence, place, ACCORDING, subject) if subject is not None else None

    def _verb(self, sentence: int, place: int, previous: Saying | None) -> Saying | None:
        tokens = self._tokens(sentence)
        word, before = tokens[place].text, tokens[place - 1].text.lower() if place else ""
        verb = REPORTING_VERBS.get(word) or REPORTING_VERBS[word.lower()]
        went_on = before == "to" and place > 1 and tokens[place - 2].text == "on"
        if before in _NO_FINITE and word not in {"said", "says"} and not went_on:
            return None
        if word.endswith("ing"):
            return self._participle(sentence, place, verb, previous)
        if (
            before in ASIDES
            and verb not in WITH_ADDRESSEE | EVALUATIVE
            and (behind := self._named_behind(sentence, place)) is not None
        ):
            return self._inverted(sentence, place, verb, behind)
        subject = self._subjects.before(sentence, place)
        if subject is not None:
            noun = word in ALSO_NOUNS and _is_noun(tokens, place, subject)
            return None if noun else self._saying(sentence, place, verb, subject)
        if before in {"and", "but"} and (word not in ALSO_NOUNS or _brings_words(tokens, place)):
            return self._joined(sentence, place, verb, previous)
        return self._behind_clause(sentence, place, verb) or self._behind_another(sentence, place, verb, previous)

    def _behind_clause(self, sentence: int, place: int, verb: str) -> Saying | None:
        """`…, said the minister.`"""
        tokens = self._tokens(sentence)
        quoted = any(token.pair is not None for token in tokens[max(0, place - 3) : place])
        if not quoted and not self._is_clause_end(tokens, place - 1):
            return None
        subject = self._subjects.behind(sentence, place + 1)
        judged = verb in EVALUATIVE and (subject is None or subject.mention is None)  # `…, denounced her record`
        if subject is None or judged or not (quoted or _ends(tokens, subject)):
            return None
        return self._inverted(sentence, place, verb, subject)

    def _behind_another(self, sentence: int, place: int, verb: str, previous: Saying | None) -> Saying | None:
        """`…, adds …`, `but in a later interview said …`: the subject of the saying before."""
        tokens = self._tokens(sentence)
        before = tokens[place - 1].text.lower() if place else ""
        joined = any(token.text in {"and", "but"} for token in tokens[max(0, place - _LONGEST_TIME) : place])
        goes_on = before in ASIDES or (joined and before not in _AUXILIARIES)
        if previous is None or not goes_on or tokens[place].text in ALSO_NOUNS:
            return None
        return self._shared(sentence, place, verb, previous)

    def _is_clause_end(self, tokens: Tokens, place: int) -> bool:
        """Whether only adverbs stand between a verb and the clause before it."""
        while place > 0 and tokens[place].text in SKIPPED - _AUXILIARIES:
            place -= 1
        return tokens[place].text in ASIDES

    def _named_behind(self, sentence: int, place: int) -> Subject | None:
        """`…, said Roe, …`: the name behind a verb, if no clause begins with it."""
        tokens, subject = self._tokens(sentence), self._subjects.behind(sentence, place + 1)
        if subject is None or subject.mention is None or subject.first != place + 1:
            return None
        return subject if _ends(tokens, subject) else None

    def _joined(self, sentence: int, place: int, verb: str, previous: Saying | None) -> Saying | None:
        """`…, but said`: the subject is that of the verb before."""
        if previous is not None:
            return self._shared(sentence, place, verb, previous)
        first = self._subjects.opening(sentence, place)
        return self._saying(sentence, place, verb, first, shared=True) if first is not None else None

    def _participle(self, sentence: int, place: int, verb: str, previous: Saying | None) -> Saying | None:
        """`…, stating that …`: who does what the sentence tells."""
        tokens = self._tokens(sentence)
        before = tokens[place - 1].text.lower() if place else ""
        if before in _PROGRESSIVE:
            return self._progressive(sentence, place, verb)
        if before in _WHILE:
            return self._joined(sentence, place, verb, None)
        if before in _NO_PARTICIPLE:
            return None
        own = self._cast.ending(sentence, place - 1)
        if own is not None and not (own.before and tokens[own.before - 1].text in _GOVERNING):
            subject = Subject(own.before, own.last, own.name, own)
            return self._saying(sentence, place, verb, subject, shared=True)
        if previous is not None and previous.verb != ACCORDING:
            return self._shared(sentence, place, verb, previous)
        first = self._first(sentence, place)
        if first is None:
            return None
        span = (tokens[first.first].start, tokens[place].end)
        return Saying(sentence, place, verb, place, place, first.words, span, first.mention, shared=True, certain=False)

    def _progressive(self, sentence: int, place: int, verb: str) -> Saying | None:
        """`Roe is warning that …`"""
        subject = self._subjects.before(sentence, place)
        if subject is None or not (verb in THAT_OPTIONAL or _brings_words(self._tokens(sentence), place)):
            return None
        return self._saying(sentence, place, verb, subject)

    def _first(self, sentence: int, place: int) -> Subject | None:
        """Whom a sentence begins with: the first person or pronoun, or who is described before."""
        first, opening = self._subjects.first(sentence, place), self._subjects.opening(sentence, place)
        if opening is not None and opening.mention is None and (first is None or opening.first < first.first):
            return opening
        return first

    def _saying(self, sentence: int, place: int, verb: str, subject: Subject, shared: bool = False) -> Saying:
        tokens = self._tokens(sentence)
        span = (tokens[subject.first].start, tokens[place].end)
        return Saying(sentence, place, verb, subject.first, place, subject.words, span, subject.mention, shared=shared)

    def _inverted(self, sentence: int, place: int, verb: str, subject: Subject) -> Saying:
        tokens = self._tokens(sentence)
        span = (tokens[place].start, tokens[subject.last].end)
        return Saying(sentence, place, verb, place, subject.last, subject.words, span, subject.mention, inverted=True)

    def _shared(self, sentence: int, place: int, verb: str, other: Saying) -> Saying:
        """A verb whose subject is that of another before it."""
        span = (other.span[0], self._tokens(sentence)[place].end)
        return Saying(sentence, place, verb, place, place, other.subject, span, other.mention, shared=True)


def _ends(tokens: Tokens, subject: Subject) -> bool:
    """Whether a clause ends with a subject, and none begins with it."""
    following = tokens[subject.last + 1 : subject.last + 2]
    return not following or following[0].text in PREPOSITIONS or not following[0].text[0].isalnum()


def _is_quoted_before(tokens: Tokens, first: int) -> bool:
    """Whether a quotation stands just before the subject: `“…,” a voice states.`"""
    return any(token.pair is not None for token in tokens[max(0, first - 2) : first])


def _is_noun(tokens: Tokens, place: int, subject: Subject) -> bool:
    """Whether a word is a noun that an adjective stands before: `Republican claims`."""
    if _is_quoted_before(tokens, subject.first):
        return False
    following = word_at(tokens, place + 1)
    if subject.words in NATIONALITIES or subject.words in PLATFORMS or following in FINITE:
        return True
    acts = subject.words in SUBJECT_PRONOUNS or subject.mention is not None
    return (not acts or tokens[place].text in _NOUNS_FIRST) and not _brings_words(tokens, place)


def _brings_words(tokens: Tokens, place: int) -> bool:
    """Whether what was said follows a verb: `that`, or a quotation."""
    following = tokens[place + 1 : place + 3]
    return any(token.text == "that" or token.pair is not None for token in following)
