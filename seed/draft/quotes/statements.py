"""Statements: what somebody says in the article's own words. Places are tokens of a sentence."""

from collections.abc import Iterator

from app.enums import QuoteKind
from seed.draft.quotes.extents import beginning, ending
from seed.draft.quotes.quotes import Quote
from seed.draft.quotes.sayings import ACCORDING, Saying
from seed.draft.quotes.speakers import Speakers
from seed.draft.text.function_words import DASHES, PREPOSITIONS, TIMES, is_finite, is_subject_pronoun
from seed.draft.text.reporting_verbs import INDIRECT, UNAMBIGUOUS
from seed.draft.text.titles import Tokens, appositive
from seed.draft.text.tokens import Sentence, word_at
from seed.language.word_lists import words
from seed.proof.quotation_marks import DOUBLE_MARKS, Pair

_FEWEST_WORDS = 3
_UNAMBIGUOUS = UNAMBIGUOUS | {ACCORDING}
_TO_HEARERS = words("tell write")
_ADDING = words("who which whose when while as after before but and citing according with although though")
_MOST_QUOTED = 0.06
"""How much of a statement may stand in marks and be proposed by itself beside it."""

_AT_START, _AT_END = "#$£€(", "%)"
_ASKING = words("what how which than whom where everything anything")
_DENYING = words(
    "declined declines didn't didn’t don't don’t doesn't doesn’t never not refused refuses wouldn't wouldn’t"
)
_NEAR = 3


class Statements:
    """Finds the statements of a sentence, by its sayings."""

    def __init__(self, speakers: Speakers) -> None:
        self._sayings = speakers.of_sentence

    def found(self, sentence: Sentence, said: set[Pair]) -> Iterator[Quote]:
        """The statements of a sentence, in the marks of which `said` are quotations."""
        sayings = self._sayings[sentence.number]
        for saying in sayings:
            stated = (_trimmed(sentence.tokens, *span) for span in _stated(sentence.tokens, saying, sayings))
            spans = [span for span in stated if span[0] <= span[1] and not _is_in_stray_marks(sentence.tokens, *span)]
            parts = [(sentence.tokens[first].start, sentence.tokens[last].end) for first, last in spans]
            if parts and _is_enough(sentence.tokens, parts) and not _is_quoted(sentence.tokens, spans, said):
                clear = _is_clear(saying)
                yield Quote(
                    QuoteKind.indirect, parts, sentence.number, saying, list(saying.speakers), saying.certain, clear
                )


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Some tokens without punctuation at their ends."""
    while first <= last and not (tokens[first].is_word or tokens[first].pair or tokens[first].text in _AT_START):
        first += 1
    while last >= first and not (tokens[last].is_word or tokens[last].pair or tokens[last].text in _AT_END):
        last -= 1
    return first, last


def _is_in_stray_marks(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a mark that pairs with nothing is just before or behind: then the words are perhaps no paraphrase."""
    beside = (*tokens[max(0, first - 1) : first], *tokens[last + 1 : last + 3])
    return any(token.text in DOUBLE_MARKS for token in beside)


def _is_enough(tokens: Tokens, parts: list[tuple[int, int]]) -> bool:
    """Whether there are words enough to say something."""
    inside = (token for token in tokens if any(start <= token.start < end for start, end in parts))
    return sum(token.is_word for token in inside) >= _FEWEST_WORDS


def _is_quoted(tokens: Tokens, spans: list[tuple[int, int]], said: set[Pair]) -> bool:
    """Whether more than a few words of a statement stand in marks: then it is told by the quotation."""
    inside = [token for first, last in spans for token in tokens[first : last + 1]]
    quoted = sum(len(token.text.split()) for token in inside if token.pair in said)
    return quoted > _MOST_QUOTED * (quoted + sum(token.is_word for token in inside))


def _is_clear(saying: Saying) -> bool:
    """Whether a person says it, by the plainest verbs: of these, nearly all are statements with these words."""
    return saying.verb in _UNAMBIGUOUS and any(one.is_person for one in saying.speakers)


def _stated(tokens: Tokens, saying: Saying, sayings: list[Saying]) -> list[tuple[int, int]]:
    """The tokens that a saying states: behind it, before it up to a comma, or both."""
    if saying.verb == ACCORDING:
        behind = saying.last + 1
        if _is_aside(tokens, saying):
            return [(behind, ending(tokens, behind, saying, sayings))]
        return [(behind, ending(tokens, behind, saying, sayings)) if saying.first == 0 else (0, saying.first - 1)]
    if saying.verb not in INDIRECT or saying.subject in {"that", "which"} or _is_embedded(tokens, saying):
        return []
    if saying.first == 1 and tokens[0].text == "As":
        return _behind_comma(tokens, saying, sayings)
    place = (saying.last if saying.inverted else saying.place) + 1
    if (
        saying.inverted
        or place >= len(tokens) - 1
        or tokens[place].text in {",", "."}
        or _trails(tokens, place, saying)
    ):
        return _around(tokens, place, saying, sayings)
    start = beginning(tokens, place, saying)
    return [(start, ending(tokens, start, saying, sayings))] if start is not None else []


def _behind_comma(tokens: Tokens, saying: Saying, sayings: list[Saying]) -> list[tuple[int, int]]:
    """`As Roe told the paper, talks go on.`"""
    commas = (place for place in range(saying.place + 1, len(tokens)) if tokens[place].text == ",")
    start = next(commas, len(tokens)) + 1
    return [(start, ending(tokens, start, saying, sayings))]


def _is_aside(tokens: Tokens, saying: Saying) -> bool:
    """`boats which, according to the paper, had left`: what follows is what the paper said."""
    before = [token.text for token in tokens[max(0, saying.first - 2) : saying.first]]
    return len(before) == 2 and before[0] in {"that", "which", "who"} and before[1] == ","


def _is_embedded(tokens: Tokens, saying: Saying) -> bool:
    """`what he says he did`, `all that he says is true`, `he would not say`: no statement follows."""
    if saying.inverted:
        return False
    following = word_at(tokens, saying.place + 1)
    acts = is_finite(following) and not is_subject_pronoun(following)
    denied = any(token.text in _DENYING for token in tokens[max(0, saying.place - _NEAR) : saying.place])
    before = tokens[saying.first - 1].text.lower() if saying.first else ""
    return acts or denied or bool({before, saying.subject.split()[0].lower()} & _ASKING)


def _trails(tokens: Tokens, place: int, saying: Saying) -> bool:
    """`…, he said in a letter.`: a saying behind a clause, and what follows its verb is none."""
    after_clause = saying.first > 1 and tokens[saying.first - 1].text == "," and not saying.shared
    word = tokens[place].text
    tells = word in PREPOSITIONS or word in TIMES or (saying.verb in _TO_HEARERS and tokens[place].is_capital)
    return after_clause and tells and not any(token.pair or is_finite(token.text) for token in tokens[place:])


def _around(tokens: Tokens, behind: int, saying: Saying, sayings: list[Saying]) -> list[tuple[int, int]]:
    """`Talks go on, he said.`, or `Talks, he said, go on.`"""
    first = 0 if saying.shared else saying.first
    told = tokens[:first]
    if first < 2 or tokens[first - 1].text != "," or any(token.pair is not None for token in told):
        return []
    if told[0].text.lower() in PREPOSITIONS and not any(is_finite(token.text) for token in told):
        return []
    before = (_clause_start(tokens, first - 2), first - 2)
    if saying.inverted and (described := appositive(tokens, saying.last)) is not None:
        behind = described[1] + 1
    if behind + 1 >= len(tokens) or tokens[behind].text != ",":
        return [before]
    if tokens[behind + 1].pair is not None:
        return []
    return (
        [before, (behind + 1, ending(tokens, behind + 1, saying, sayings))]
        if _resumes(tokens, behind + 1)
        else [before]
    )


def _clause_start(tokens: Tokens, last: int) -> int:
    """Where the clause begins that ends at a token: behind the last mark that divides clauses."""
    divided = (place + 1 for place in range(last, 0, -1) if tokens[place].text in DASHES | {";", ":"})
    start = next(divided, 0)
    return start + 1 if start and tokens[start].text in {"and", "but"} else start


def _resumes(tokens: Tokens, place: int) -> bool:
    """Whether the clause goes on that a saying broke, and does not only add to the saying."""
    word = tokens[place].text.lower()
    return word not in _ADDING and not word.endswith("ing") and len(tokens) - place > _FEWEST_WORDS
