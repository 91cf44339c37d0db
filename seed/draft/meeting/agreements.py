"""Agreements: clauses with a verb or noun of agreement, commitment or willingness.

Positions are token indexes in a sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.enums import Commitment, QuoteKind
from seed.draft.meeting.prose import Prose
from seed.draft.quotes.quote import Quote
from seed.draft.text.clauses import clause_start, last_word, list_items, object_end
from seed.draft.text.content_words import content_words
from seed.draft.text.titles import Tokens
from seed.draft.text.tokens import Sentence, word_at
from seed.language.word_lists import word_table, words

_VERBS = {verb: Commitment(kind) for verb, kind in word_table("verbs/commitment").items()}
_NOUNS = {noun: Commitment(kind) for noun, kind in word_table("nouns/commitment").items()}
_EXPRESSED = words("expressed reaffirmed reiterated affirmed declared voiced expressing confirmed underscored")
_SIGNED_THINGS = words("agreement deal treaty accord memorandum declaration protocol pact communique contract document")
_LINKS_OBJECT = words("to that on upon")
_NEGATIONS = words("not never failed fail refused n't didn't no without yet")
_STEM = 5
"""The first letters that count as a word's stem: the same for `restore` and `restoration`."""

_MOST_COMPARED = 100
"""At most so many agreements are compared with the others, so that the work is bounded."""

_FIRM = (Commitment.agreed, Commitment.signed)
JOINT = words("both they we")
_PLURALS = words("sides countries nations leaders parties delegations presidents ministers governments states")


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement: `text` is the clause, `words` those of the commitment, `topic` what was agreed.

    These are spans in code points, as is `core`, from the subject to the first object. `subject` is the first and last
    token of those who agreed, or None. `quote` is the indirect quote that contains the agreement, or None.
    """

    sentence: Sentence
    commitment: Commitment
    text: tuple[int, int]
    words: tuple[int, int]
    topic: tuple[int, int]
    core: tuple[int, int]
    subject: tuple[int, int] | None
    quote: Quote | None = None
    is_listed: bool = False
    """Whether it is an item of a list of agreements."""

    @property
    def certain(self) -> bool:
        return self.commitment in _FIRM and self.quote is None


def agreements(prose: Prose, quotes: list[Quote]) -> list[Agreement]:
    """The agreements in an article's body in their order, without a listed willingness to what was agreed."""
    indirect_quotes: dict[int, list[Quote]] = {}
    for quote in quotes:
        if quote.kind is QuoteKind.indirect:
            indirect_quotes.setdefault(quote.sentence, []).append(quote)
    found = [
        agreement
        for sentence in prose.body
        for agreement in _in_sentence(sentence, indirect_quotes.get(sentence.number, []))
    ]
    found += [agreement for quote in quotes if (agreement := _announced(prose, quote)) is not None]
    firm = [stems(_words(prose, agreement)) for agreement in found if agreement.commitment in _FIRM][:_MOST_COMPARED]
    distinct = [
        agreement
        for agreement in found
        if not agreement.is_listed or not any(stems(_words(prose, agreement)) <= more for more in firm)
    ]
    return sorted(distinct, key=lambda agreement: agreement.text)


def summarized(prose: Prose, agreement: Agreement) -> Agreement | None:
    """The same agreement in the summary, if its subject there is all who met; or None."""
    own = stems(_words(prose, agreement))
    for sentence in prose.summary:
        for found in _in_sentence(sentence, []):
            common = own & stems(_words(prose, found))
            if found.subject and is_joint(sentence.tokens, found.subject) and len(common) > 1:
                return found
    return None


def stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text."""
    return frozenset(word[:_STEM] for word in content_words(text))


def is_joint(tokens: Tokens, subject: tuple[int, int]) -> bool:
    """Whether a subject refers to all who met: `both sides`, `they`, `the two leaders`."""
    subject_words = {token.text.lower() for token in tokens[subject[0] : subject[1] + 1]}
    return bool(subject_words & JOINT) or bool(subject_words & _PLURALS and len(subject_words) <= 4)


def _words(prose: Prose, agreement: Agreement) -> str:
    return prose.text.words(*agreement.text)


def _in_sentence(sentence: Sentence, indirect_quotes: list[Quote]) -> Iterator[Agreement]:
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        found = _agreement_at(sentence, index)
        if found is None or _is_denied(tokens, index):
            continue
        around = (quote for quote in indirect_quotes if quote.parts[0][0] <= token.start < quote.parts[-1][1])
        found = replace(found, quote=next(around, None))
        yield from _items(found, index) or [found]
        return


def _agreement_at(sentence: Sentence, index: int) -> Agreement | None:
    """The agreement whose verb or noun is at `index`, or None."""
    tokens = sentence.tokens
    word, following = tokens[index].text, word_at(tokens, index + 1)
    start = clause_start(tokens, index)
    if word in _VERBS and index > start and (following in _LINKS_OBJECT or _is_signed(tokens, index)):
        commitment = _VERBS[word]
        if following == "in" and tokens[index + 2 : index + 3] and tokens[index + 2].text == "principle":
            commitment = Commitment.in_principle
        found = _agreement(sentence, commitment, start, index, start, (start, index - 1))
        return _from_verb(found, index) if tokens[index - 1].text == "and" else found
    if word not in _NOUNS or following not in _LINKS_OBJECT:
        return None
    expressed = next((at for at in range(index - 1, max(-1, index - 4), -1) if tokens[at].text in _EXPRESSED), None)
    if expressed is not None and expressed > start:
        return _agreement(sentence, Commitment.willingness, start, index, expressed, (start, expressed - 1))
    if _NOUNS[word] is Commitment.willingness:
        return None
    article = index - 1 if tokens[index - 1].text in {"the", "an", "a"} else index
    return _agreement(sentence, _NOUNS[word], start, index, article, None)


def _agreement(
    sentence: Sentence, commitment: Commitment, start: int, index: int, first: int, subject: tuple[int, int] | None
) -> Agreement:
    tokens = sentence.tokens
    last = last_word(tokens, len(tokens) - 1)
    text = (tokens[start].start, tokens[last].end)
    words = (tokens[first].start, tokens[object_end(tokens, index)].end)
    topic = (tokens[min(index + 2, last)].start, text[1])
    return Agreement(sentence, commitment, text, words, topic, (text[0], words[1]), subject)


def _from_verb(found: Agreement, index: int) -> Agreement:
    """The agreement without what precedes its verb: `They reviewed the plan and agreed to go on`."""
    start = found.sentence.tokens[index].start
    return replace(found, text=(start, found.text[1]), words=(start, found.words[1]))


def _items(found: Agreement, index: int) -> list[Agreement]:
    """The items of a willingness with a list: `to move on several issues, including the a, the b, and the c`."""
    tokens = found.sentence.tokens
    including = next((at for at in range(index, len(tokens)) if tokens[at].text == "including"), None)
    if found.commitment is not Commitment.willingness or including is None:
        return []
    parts = list_items(tokens, including + 1, last_word(tokens, len(tokens) - 1))
    spans = [(tokens[first].start, tokens[last].end) for first, last in parts]
    start = found.text[0]
    return (
        [replace(found, text=span, words=(start, span[1]), topic=span, is_listed=True) for span in spans]
        if len(spans) > 1
        else []
    )


def _announced(prose: Prose, quote: Quote) -> Agreement | None:
    """The pledge in an indirect quote, or None: `According to him, both countries will work to remove …`."""
    if quote.kind is not QuoteKind.indirect or not quote.speakers:
        return None
    sentence = prose.text.sentences[quote.sentence]
    tokens, (start, end) = sentence.tokens, quote.parts[0]
    inside = [index for index, token in enumerate(tokens) if start <= token.start < end]
    will = next((index for index in inside[:8] if tokens[index].text == "will"), None)
    if will is None or will == inside[0] or not is_joint(tokens, (inside[0], will - 1)):
        return None
    last = object_end(tokens, will + 1)
    words, topic = (start, tokens[last].end), (tokens[will + 1].start, end)
    return Agreement(sentence, Commitment.pledged, (start, end), words, topic, words, (inside[0], will - 1), quote)


def _is_denied(tokens: Tokens, index: int) -> bool:
    return any(token.text.lower() in _NEGATIONS for token in tokens[max(0, index - 4) : index])


def _is_signed(tokens: Tokens, index: int) -> bool:
    behind = {token.text.lower() for token in tokens[index + 1 : index + 6]}
    return _VERBS[tokens[index].text] is Commitment.signed and bool(behind & _SIGNED_THINGS)
