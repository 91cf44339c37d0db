"""Reporting clauses: a reporting verb, or `according to`, with its subject. Positions are token indexes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from seed.draft.people.entities import Entities, Entity
from seed.draft.people.mentions import Mention
from seed.draft.people.noun_phrases import ADVERBIALS
from seed.draft.quotes.subjects import Subject, SubjectFinder
from seed.draft.text.function_words import ASIDES, DETERMINERS, FINITE, PREPOSITIONS, SUBJECT_PRONOUNS
from seed.draft.text.name_words import NATIONALITIES, PLATFORMS
from seed.draft.text.reporting_verbs import ALSO_NOUNS, EVALUATIVE, REPORTING_VERBS, THAT_OPTIONAL, WITH_ADDRESSEE
from seed.draft.text.titles import Tokens
from seed.draft.text.tokens import Text, word_at
from seed.language.word_lists import words

ACCORDING_TO = "according"
"""Stands for the verb in a clause with `according to`."""

SIGNED = "signed"
"""Stands for the verb in a name beside a quotation, as a signature."""

_NO_FINITE = DETERMINERS - {"all", "few", "many", "most", "some", "two", "three"} | PREPOSITIONS - {"at", "from"}
_GOVERNING = PREPOSITIONS - {"with"}
_PROGRESSIVE = words("was were is are been")
_WHILE = words("after before by while")
_NO_PARTICIPLE = words("of in for without the a from")
_NOUNS_FIRST = words("state states report reports remark remarks")
"""Forms that are rarely verbs unless reported content follows."""

_AUXILIARIES = words("are be been being can could did does had has have is may might must should was were will would")
_LONGEST_TIME = 6
"""The most tokens between `but` and its verb: `but in a later interview said`."""


@dataclass(slots=True)
class ReportingClause:
    """A reporting clause in tokens `first` to `last` of a sentence, both counted, with its verb at `index`.

    `span` covers subject and verb, in code points. The speaker resolution fills in `speakers`, or `described` if they
    have no name, and `certain`, which says whether the words name them.
    """

    sentence: int
    index: int
    verb: str
    first: int
    last: int
    subject: str
    span: tuple[int, int]
    mention: Mention | None = None
    inverted: bool = False
    shared: bool = False
    """Whether the verb shares the subject of a verb before it, as a participle does."""
    certain: bool = True
    speakers: list[Entity] = field(default_factory=list)
    described: str = ""


class ReportingClauseFinder:
    """Finds the reporting clauses of a sentence."""

    def __init__(self, text: Text, entities: Entities, subjects: SubjectFinder) -> None:
        self._text, self._entities, self._subjects = text, entities, subjects

    def find(self, sentence: int) -> Iterator[ReportingClause]:
        """The reporting clauses of a sentence in their order."""
        tokens = self._tokens(sentence)
        previous: ReportingClause | None = None
        for index, token in enumerate(tokens):
            word = token.text if index else token.text.lower()
            if word in {"according", "According"} and word_at(tokens, index + 1) == "to":
                clause = self._according(sentence, index)
            elif token.is_word and word in REPORTING_VERBS and word.islower():
                clause = self._verb(sentence, index, previous)
            else:
                continue
            if clause is not None:
                yield clause
                previous = clause

    def opening(self, sentence: int) -> Subject | None:
        """The subject of the first verb of a sentence, or None."""
        return self._subjects.opening(sentence, len(self._tokens(sentence)))

    def _tokens(self, sentence: int) -> Tokens:
        return self._text.sentences[sentence].tokens

    def _according(self, sentence: int, index: int) -> ReportingClause | None:
        subject = self._subjects.behind(sentence, index + 2)
        return self._inverted(sentence, index, ACCORDING_TO, subject) if subject is not None else None

    def _verb(self, sentence: int, index: int, previous: ReportingClause | None) -> ReportingClause | None:
        tokens = self._tokens(sentence)
        word, before = tokens[index].text, tokens[index - 1].text.lower() if index else ""
        verb = REPORTING_VERBS.get(word) or REPORTING_VERBS[word.lower()]
        went_on = before == "to" and index > 1 and tokens[index - 2].text == "on"
        if before in _NO_FINITE and word not in {"said", "says"} and not went_on:
            return None
        if word.endswith("ing"):
            return self._participle(sentence, index, verb, previous)
        if (
            before in ASIDES
            and verb not in WITH_ADDRESSEE | EVALUATIVE
            and (behind := self._named_behind(sentence, index)) is not None
        ):
            return self._inverted(sentence, index, verb, behind)
        subject = self._subjects.before(sentence, index)
        if subject is not None:
            noun = word in ALSO_NOUNS and _is_noun(tokens, index, subject)
            return None if noun else self._clause(sentence, index, verb, subject)
        if before in {"and", "but"} and (word not in ALSO_NOUNS or _has_content(tokens, index)):
            return self._joined(sentence, index, verb, previous)
        return self._behind_clause(sentence, index, verb) or self._behind_another(sentence, index, verb, previous)

    def _behind_clause(self, sentence: int, index: int, verb: str) -> ReportingClause | None:
        """A clause whose subject follows its verb: `…, said the minister.`"""
        tokens = self._tokens(sentence)
        quoted = any(token.pair is not None for token in tokens[max(0, index - 3) : index])
        if not quoted and not self._is_clause_end(tokens, index - 1):
            return None
        subject = self._subjects.behind(sentence, index + 1)
        judged = verb in EVALUATIVE and (subject is None or subject.mention is None)  # `…, denounced her record`
        if subject is None or judged or not (quoted or _ends(tokens, subject)):
            return None
        return self._inverted(sentence, index, verb, subject)

    def _behind_another(
        self, sentence: int, index: int, verb: str, previous: ReportingClause | None
    ) -> ReportingClause | None:
        """A clause with the subject of the clause before: `…, adds …`, `but in a later interview said …`."""
        tokens = self._tokens(sentence)
        before = tokens[index - 1].text.lower() if index else ""
        joined = any(token.text in {"and", "but"} for token in tokens[max(0, index - _LONGEST_TIME) : index])
        continues = before in ASIDES or (joined and before not in _AUXILIARIES)
        if previous is None or not continues or tokens[index].text in ALSO_NOUNS:
            return None
        return self._shared(sentence, index, verb, previous)

    def _is_clause_end(self, tokens: Tokens, index: int) -> bool:
        """Whether a clause ends at `index`, apart from adverbs."""
        while index > 0 and tokens[index].text in ADVERBIALS - _AUXILIARIES:
            index -= 1
        return tokens[index].text in ASIDES

    def _named_behind(self, sentence: int, index: int) -> Subject | None:
        """The name behind a verb, unless a clause begins with it: `…, said Roe, …`."""
        tokens, subject = self._tokens(sentence), self._subjects.behind(sentence, index + 1)
        if subject is None or subject.mention is None or subject.first != index + 1:
            return None
        return subject if _ends(tokens, subject) else None

    def _joined(self, sentence: int, index: int, verb: str, previous: ReportingClause | None) -> ReportingClause | None:
        """A clause joined to a verb before it, whose subject it shares: `…, but said`."""
        if previous is not None:
            return self._shared(sentence, index, verb, previous)
        first = self._subjects.opening(sentence, index)
        return self._clause(sentence, index, verb, first, shared=True) if first is not None else None

    def _participle(
        self, sentence: int, index: int, verb: str, previous: ReportingClause | None
    ) -> ReportingClause | None:
        """A clause with a participle and the subject of the sentence: `…, stating that …`."""
        tokens = self._tokens(sentence)
        before = tokens[index - 1].text.lower() if index else ""
        if before in _PROGRESSIVE:
            return self._progressive(sentence, index, verb)
        if before in _WHILE:
            return self._joined(sentence, index, verb, None)
        if before in _NO_PARTICIPLE:
            return None
        own = self._entities.mention_ending_at(sentence, index - 1)
        if own is not None and not (own.start and tokens[own.start - 1].text in _GOVERNING):
            subject = Subject(own.start, own.last, own.name, own)
            return self._clause(sentence, index, verb, subject, shared=True)
        if previous is not None and previous.verb != ACCORDING_TO:
            return self._shared(sentence, index, verb, previous)
        first = self._first(sentence, index)
        if first is None:
            return None
        span = (tokens[first.first].start, tokens[index].end)
        return ReportingClause(
            sentence, index, verb, index, index, first.words, span, first.mention, shared=True, certain=False
        )

    def _progressive(self, sentence: int, index: int, verb: str) -> ReportingClause | None:
        """A clause in the progressive: `Roe is warning that …`."""
        subject = self._subjects.before(sentence, index)
        if subject is None or not (verb in THAT_OPTIONAL or _has_content(self._tokens(sentence), index)):
            return None
        return self._clause(sentence, index, verb, subject)

    def _first(self, sentence: int, index: int) -> Subject | None:
        """The first person or pronoun of a sentence, or a description before them."""
        first, opening = self._subjects.first(sentence, index), self._subjects.opening(sentence, index)
        if opening is not None and opening.mention is None and (first is None or opening.first < first.first):
            return opening
        return first

    def _clause(self, sentence: int, index: int, verb: str, subject: Subject, shared: bool = False) -> ReportingClause:
        tokens = self._tokens(sentence)
        span = (tokens[subject.first].start, tokens[index].end)
        return ReportingClause(
            sentence, index, verb, subject.first, index, subject.words, span, subject.mention, shared=shared
        )

    def _inverted(self, sentence: int, index: int, verb: str, subject: Subject) -> ReportingClause:
        tokens = self._tokens(sentence)
        span = (tokens[index].start, tokens[subject.last].end)
        return ReportingClause(
            sentence, index, verb, index, subject.last, subject.words, span, subject.mention, inverted=True
        )

    def _shared(self, sentence: int, index: int, verb: str, other: ReportingClause) -> ReportingClause:
        """A clause that shares the subject of the clause before."""
        span = (other.span[0], self._tokens(sentence)[index].end)
        return ReportingClause(sentence, index, verb, index, index, other.subject, span, other.mention, shared=True)


def _ends(tokens: Tokens, subject: Subject) -> bool:
    """Whether a clause ends with a subject, and no other begins with it."""
    following = tokens[subject.last + 1 : subject.last + 2]
    return not following or following[0].text in PREPOSITIONS or not following[0].text[0].isalnum()


def _is_quoted_before(tokens: Tokens, first: int) -> bool:
    """Whether quoted text directly precedes the subject: `“…,” a voice states.`"""
    return any(token.pair is not None for token in tokens[max(0, first - 2) : first])


def _is_noun(tokens: Tokens, index: int, subject: Subject) -> bool:
    """Whether a form is a noun, as behind an adjective: `Republican claims`."""
    if _is_quoted_before(tokens, subject.first):
        return False
    following = word_at(tokens, index + 1)
    if subject.words in NATIONALITIES or subject.words in PLATFORMS or following in FINITE:
        return True
    acts = subject.words in SUBJECT_PRONOUNS or subject.mention is not None
    return (not acts or tokens[index].text in _NOUNS_FIRST) and not _has_content(tokens, index)


def _has_content(tokens: Tokens, index: int) -> bool:
    """Whether reported content follows a verb: `that`, or quoted text."""
    following = tokens[index + 1 : index + 3]
    return any(token.text == "that" or token.pair is not None for token in following)
