"""Statements: what somebody says in the article's own words. Places are tokens of a sentence."""

from collections.abc import Iterator

from app.vocabulary import QuoteKind
from seed.draft.lexicon import PLAINLY, STATING, STRESSING, TELLING, words
from seed.draft.quotes import Quote
from seed.draft.sayings import ACCORDING, Saying
from seed.draft.speakers import Speakers
from seed.draft.text import Sentence
from seed.draft.titles import Tokens

_FEWEST_WORDS = 3
_FARTHEST_THAT = 14
"""How many tokens behind its verb `that` is looked for: `told reporters in Vienna on Monday that`."""

_LONGEST_HEARER = 4
_HEARERS = words("the him her them reporters journalists a lawmakers parliament")
_STRESSED = words("the a his her their its")
_NO_CLAUSE = words("""
    about after and as at but by during for from goodbye hello in no of on or so to with yes
""")
_AT_START, _AT_END = "#$£€(", "%)"
_PRONOUNS = words("he she they it")


class Statements:
    """Finds the statements of a sentence, by its sayings."""

    def __init__(self, speakers: Speakers) -> None:
        self._sayings = speakers.of_sentence

    def found(self, sentence: Sentence) -> Iterator[Quote]:
        sayings = self._sayings[sentence.number]
        for saying in sayings:
            span = _stated(sentence.tokens, saying, sayings)
            part = _trimmed(sentence.tokens, *span) if span is not None else None
            if part is not None:
                number = sentence.number
                yield Quote(QuoteKind.indirect, [part], number, saying, list(saying.speakers), saying.certain)


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """Where some tokens stand without punctuation at their ends, if they are enough to say something."""
    while first <= last and not (tokens[first].is_word or tokens[first].pair or tokens[first].text in _AT_START):
        first += 1
    while last >= first and not (tokens[last].is_word or tokens[last].pair or tokens[last].text in _AT_END):
        last -= 1
    if sum(token.is_word for token in tokens[first : last + 1]) < _FEWEST_WORDS:
        return None
    return tokens[first].start, tokens[last].end


def _stated(tokens: Tokens, saying: Saying, sayings: list[Saying]) -> tuple[int, int] | None:
    """The tokens that a saying states: behind it, or before it up to a comma."""
    if saying.verb == ACCORDING:
        behind = saying.last + 1
        return (behind, _end(tokens, behind, saying, sayings)) if saying.first == 0 else (0, saying.first - 1)
    if saying.verb not in STATING:
        return None
    place = (saying.last if saying.inverted else saying.place) + 1
    if saying.inverted or place >= len(tokens) - 1 or tokens[place].text in {",", "."}:
        return _before(tokens, saying)
    start = _start(tokens, place, saying)
    return (start, _end(tokens, start, saying, sayings)) if start is not None else None


def _before(tokens: Tokens, saying: Saying) -> tuple[int, int] | None:
    """`Talks go on, he said.`"""
    first = 0 if saying.shared else saying.first
    quoted = any(token.pair is not None for token in tokens[:first])
    return (0, first - 2) if first > 1 and tokens[first - 1].text == "," and not quoted else None


def _start(tokens: Tokens, place: int, saying: Saying) -> int | None:
    """Where what was stated begins: behind the hearer, the day and `that`."""
    for at in range(place, min(place + _FARTHEST_THAT, len(tokens))):
        if tokens[at].pair is not None or tokens[at].text in {":", ";"}:
            break
        if tokens[at].text == "that":
            return at + 1
    if saying.verb in STRESSING and tokens[place].text in _STRESSED:
        return saying.place
    if saying.verb in TELLING and saying.verb != "warn":
        return _behind_hearer(tokens, place)
    clause = tokens[place].is_word and tokens[place].text not in _NO_CLAUSE
    return place if clause and saying.verb in PLAINLY else None


def _behind_hearer(tokens: Tokens, place: int) -> int | None:
    end = place
    while end < len(tokens) and end - place < _LONGEST_HEARER and _is_hearer(tokens, end):
        end += 1
    return end if place < end < len(tokens) and tokens[end].is_word else None


def _is_hearer(tokens: Tokens, place: int) -> bool:
    return tokens[place].is_capital or tokens[place].text in _HEARERS


def _end(tokens: Tokens, start: int, saying: Saying, sayings: list[Saying]) -> int:
    """The last token of what was stated: before a semicolon, or before another saying that a comma or `and` begins."""
    others = [other for other in sayings if other is not saying]
    for place in range(start, len(tokens)):
        if tokens[place].text == ";" or _begins_another(tokens, place, others):
            return place - 1
    return len(tokens) - 1


def _begins_another(tokens: Tokens, place: int, others: list[Saying]) -> bool:
    word, following = tokens[place].text, tokens[place + 1].text if place + 1 < len(tokens) else ""
    if word == "," and following in {"and", "but"} and any(place + 2 <= one.place < place + 8 for one in others):
        return True
    if word == "," and any(one.shared and one.place == place + 1 for one in others):
        return True
    return word in {"and", "but"} and any(
        place < one.place < place + 6 and (one.shared or one.mention or one.subject in _PRONOUNS) for one in others
    )
