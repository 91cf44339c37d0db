"""Subjects as the parser finds them; where it finds none, by the order of words."""

from seed.draft.people.entities import Entities
from seed.draft.people.names import Mention
from seed.draft.quotes.subjects import FARTHEST, Subject, Subjects
from seed.draft.text.lexicon import SUBJECT_PRONOUNS
from seed.draft.text.parsing import Parsed
from seed.draft.text.tokens import Text

_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_MOST_STEPS = 3
"""How many heads up a subject is looked for that verbs share."""


class ParsedSubjects(Subjects):
    """Finds subjects by the relations between words."""

    def __init__(self, text: Text, cast: Entities, parsed: list[Parsed]) -> None:
        super().__init__(text, cast)
        self._parsed = parsed

    def is_verb(self, sentence: int, place: int) -> bool:
        following = self._tokens(sentence)[place + 1 : place + 3]
        leads_in = [token.text for token in following[:1]] in ([","], [":"]) and following[-1].pair is not None
        return leads_in or self._parsed[sentence].tags[place].startswith("VB")

    def before(self, sentence: int, verb: int) -> Subject | None:
        by_order = super().before(sentence, verb)
        if by_order is not None and self._is_person(by_order):
            return by_order
        if by_order is None and self._follows(sentence, verb):
            return None
        head = self._subject_of(sentence, verb)
        if head is None or head > verb or verb - head > FARTHEST:
            return by_order
        if by_order is not None and by_order.mention is None and by_order.first <= head <= by_order.last:
            return by_order  # with what hangs on its noun: `a spokesman for the port`
        return self._around(sentence, head) or by_order

    def _follows(self, sentence: int, verb: int) -> bool:
        """`…, said Roe, …`, `“…,” said the man`: whether the subject is just behind a verb."""
        tokens = self._tokens(sentence)
        if any(token.pair is not None for token in tokens[max(0, verb - 2) : verb]):
            return self.behind(sentence, verb + 1) is not None
        after_clause = verb > 0 and tokens[verb - 1].text == ","
        return after_clause and any(one.before == verb + 1 for one in self._cast.mentions[sentence])

    def _is_person(self, subject: Subject) -> bool:
        return subject.mention is not None and self._cast.person(subject.mention) is not None

    def _subject_of(self, sentence: int, verb: int) -> int | None:
        """The word that is the subject of a verb, or of the verb that it is joined to."""
        parsed = self._parsed[sentence]
        for _ in range(_MOST_STEPS):
            for place, (head, relation) in enumerate(zip(parsed.heads, parsed.relations, strict=True)):
                if head == verb and relation in _SUBJECT:
                    return self._antecedent(sentence, place, verb)
            if parsed.relations[verb] not in {"conj", "xcomp", "advcl"}:
                return None
            verb = parsed.heads[verb]
        return None

    def _antecedent(self, sentence: int, place: int, verb: int) -> int:
        """Whom `who` means: the word that the clause hangs on."""
        parsed = self._parsed[sentence]
        relative = self._tokens(sentence)[place].text.lower() in {"who", "that", "which"}
        return parsed.heads[verb] if relative and parsed.relations[verb] == "relcl" else place

    def _around(self, sentence: int, head: int) -> Subject | None:
        """The name, pronoun or phrase that a word is the head of."""
        mention = self._mention_over(sentence, head)
        if mention is not None:
            return None if mention.possessive else Subject(mention.before, mention.last, mention.name, mention)
        word = self._tokens(sentence)[head].text.lower()
        if word in SUBJECT_PRONOUNS - {"who"}:
            return Subject(head, head, word)
        return self._phrase_before(sentence, head)

    def _mention_over(self, sentence: int, place: int) -> Mention | None:
        """The name that a word is in, or that it describes: `the newspaper Haaretz`."""
        found = (one for one in self._cast.mentions[sentence] if one.first - 1 <= place <= one.last)
        return next(found, None)
