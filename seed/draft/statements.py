"""Statements: what somebody says in the article's own words. Places are tokens of a sentence."""

from collections.abc import Iterator

from app.vocabulary import QuoteKind
from seed.draft.lexicon import (
    DETERMINERS,
    FINITE,
    PLAINLY,
    PREPOSITIONS,
    STATING,
    STRESSING,
    SUBJECT_PRONOUNS,
    TELLING,
    is_finite,
    is_subject_pronoun,
    words,
)
from seed.draft.quotes import Quote
from seed.draft.sayings import ACCORDING, Saying
from seed.draft.speakers import Speakers
from seed.draft.text import Sentence
from seed.draft.titles import Tokens, appositive
from seed.proof.marks import Pair

_FEWEST_WORDS = 3
_FARTHEST_THAT = 14
"""How many tokens behind its verb `that` is looked for: `told reporters in Vienna on Monday that`."""

_LONGEST_HEARER = 4
_HEARERS = words("him her them us me reporters journalists lawmakers parliament of")
_STRESSED = words("the a his her their its")
_NO_CLAUSE = words("""
    Friday Monday Saturday Sunday Thursday Tuesday Wednesday about after and as at because before but by during
    earlier enough for from goodbye hello how in later less little more much no nothing of on onstage or since so
    something to today until what when while why with yes yesterday
""")
_OF_A_CLAUSE = FINITE | SUBJECT_PRONOUNS | words("to using by")
_TIMES = words("""
    Friday Monday Saturday Sunday Thursday Tuesday Wednesday afternoon autumn evening fall month morning spring summer
    week winter year yesterday
""")
_LONGEST_OBJECT = 7
"""How many tokens may follow `said` and be no clause, as in `said so onstage on Tuesday`."""

_TO_HEARERS = words("tell write")
_PLAINEST = words("according acknowledge add admit argue conclude contend explain insist say state tell write")
_ADDING = words("who which whose when while as after before but and citing according with although though")
_MOST_QUOTED = 0.06
"""How much of a statement may stand in marks and be proposed by itself beside it."""

_DASHES = words("— – -- -")
_AT_START, _AT_END = "#$£€(", "%)"
_PRONOUNS = words("he she they it")
_ASKING = words("what how which than whom where everything anything")
_SUBORDINATE = words("after although because before if since though when while")
_BEGINS = 2
_FARTHEST_WORDS = 5
_DENYING = words(
    "declined declines didn't didn’t don't don’t doesn't doesn’t never not refused refuses wouldn't wouldn’t"
)
_NEAR = 3
_OPENS = DETERMINERS | SUBJECT_PRONOUNS | words("there if when you to")


class Statements:
    """Finds the statements of a sentence, by its sayings."""

    def __init__(self, speakers: Speakers) -> None:
        self._sayings = speakers.of_sentence

    def found(self, sentence: Sentence, said: set[Pair]) -> Iterator[Quote]:
        """The statements of a sentence, in the marks of which `said` are quotations."""
        sayings = self._sayings[sentence.number]
        for saying in sayings:
            stated = (_trimmed(sentence.tokens, *span) for span in _stated(sentence.tokens, saying, sayings))
            spans = [(first, last) for first, last in stated if first <= last]
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
    return saying.verb in _PLAINEST and any(one.is_person for one in saying.speakers)


def _stated(tokens: Tokens, saying: Saying, sayings: list[Saying]) -> list[tuple[int, int]]:
    """The tokens that a saying states: behind it, before it up to a comma, or both."""
    if saying.verb == ACCORDING:
        behind = saying.last + 1
        if _is_aside(tokens, saying):
            return [(behind, _end(tokens, behind, saying, sayings))]
        return [(behind, _end(tokens, behind, saying, sayings)) if saying.first == 0 else (0, saying.first - 1)]
    if saying.verb not in STATING or saying.subject in {"that", "which"} or _is_embedded(tokens, saying):
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
    start = _start(tokens, place, saying)
    return [(start, _end(tokens, start, saying, sayings))] if start is not None else []


def _behind_comma(tokens: Tokens, saying: Saying, sayings: list[Saying]) -> list[tuple[int, int]]:
    """`As Roe told the paper, talks go on.`"""
    commas = (place for place in range(saying.place + 1, len(tokens)) if tokens[place].text == ",")
    start = next(commas, len(tokens)) + 1
    return [(start, _end(tokens, start, saying, sayings))]


def _is_aside(tokens: Tokens, saying: Saying) -> bool:
    """`boats which, according to the paper, had left`: what follows is what the paper said."""
    before = [token.text for token in tokens[max(0, saying.first - 2) : saying.first]]
    return len(before) == 2 and before[0] in {"that", "which", "who"} and before[1] == ","


def _is_embedded(tokens: Tokens, saying: Saying) -> bool:
    """`what he says he did`, `all that he says is true`, `he would not say`: no statement follows."""
    if saying.inverted:
        return False
    following = tokens[saying.place + 1].text if saying.place + 1 < len(tokens) else "."
    acts = is_finite(following) and not is_subject_pronoun(following)
    denied = any(token.text in _DENYING for token in tokens[max(0, saying.place - _NEAR) : saying.place])
    before = tokens[saying.first - 1].text.lower() if saying.first else ""
    return acts or denied or bool({before, saying.subject.split()[0].lower()} & _ASKING)


def _trails(tokens: Tokens, place: int, saying: Saying) -> bool:
    """`…, he said in a letter.`: a saying behind a clause, and what follows its verb is none."""
    after_clause = saying.first > 1 and tokens[saying.first - 1].text == "," and not saying.shared
    word = tokens[place].text
    tells = word in PREPOSITIONS or word in _TIMES or (saying.verb in _TO_HEARERS and tokens[place].is_capital)
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
        [before, (behind + 1, _end(tokens, behind + 1, saying, sayings))] if _resumes(tokens, behind + 1) else [before]
    )


def _clause_start(tokens: Tokens, last: int) -> int:
    """Where the clause begins that ends at a token: behind the last mark that divides clauses."""
    divided = (place + 1 for place in range(last, 0, -1) if tokens[place].text in _DASHES | {";", ":"})
    start = next(divided, 0)
    return start + 1 if start and tokens[start].text in {"and", "but"} else start


def _resumes(tokens: Tokens, place: int) -> bool:
    """Whether the clause goes on that a saying broke, and does not only add to the saying."""
    word = tokens[place].text.lower()
    return word not in _ADDING and not word.endswith("ing") and len(tokens) - place > _FEWEST_WORDS


def _start(tokens: Tokens, place: int, saying: Saying) -> int | None:
    """Where what was stated begins: behind the hearer, the day and `that`."""
    if saying.verb in PLAINLY - TELLING and is_subject_pronoun(tokens[place].text) and tokens[place].text != "who":
        return place
    if (that := _that(tokens, place)) is not None:
        return that + 1
    if saying.verb in STRESSING and tokens[place].text in _STRESSED:
        return saying.place
    if saying.verb in TELLING and saying.verb != "warn":
        return _behind_hearer(tokens, place)
    plain = saying.verb in PLAINLY and _opens_clause(tokens, place)
    return place if plain and _has_verb(tokens, place, saying) else None


def _that(tokens: Tokens, place: int) -> int | None:
    """The `that` behind a verb, over a hearer and a time, but over no other verb."""
    for at in range(place, min(place + _FARTHEST_THAT, len(tokens) - 1)):
        word = tokens[at].text
        if tokens[at].pair is not None or word in {":", ";"} or (at > place and word in _OF_A_CLAUSE):
            return None
        if word == "that":
            return at if tokens[at + 1].text not in FINITE else None
    return None


def _opens_clause(tokens: Tokens, place: int) -> bool:
    word, following = tokens[place].text, tokens[place + 1].text if place + 1 < len(tokens) else ""
    return tokens[place].is_word and word not in _NO_CLAUSE and not (word in {"this", "last"} and following in _TIMES)


def _has_verb(tokens: Tokens, place: int, saying: Saying) -> bool:
    """Whether a clause begins at a token; of other verbs than `say`, what is no clause is an object."""
    if saying.verb == "say":
        return len(tokens) - place > _LONGEST_OBJECT or any(is_finite(token.text) for token in tokens[place:])
    commas = (at for at in range(place, len(tokens)) if tokens[at].text == ",")
    return any(is_finite(token.text) for token in tokens[place : next(commas, len(tokens))])


def _behind_hearer(tokens: Tokens, place: int) -> int | None:
    """Where a clause begins behind the hearer and the time: `told the paper on Friday he would go`."""
    end = place
    if tokens[end].text.lower() in DETERMINERS:
        end += 1
    first = end
    while end < len(tokens) and end - first < _LONGEST_HEARER and _is_hearer(tokens, end, first):
        end += 1
    if end > first and end + 1 < len(tokens) and tokens[end].text in {"on", "in"} and tokens[end + 1].is_capital:
        end += 2
    return end if first < end < len(tokens) and _opens(tokens[end].text) else None


def _opens(word: str) -> bool:
    return word.lower() in _OPENS or is_subject_pronoun(word)


def _is_hearer(tokens: Tokens, place: int, first: int) -> bool:
    word = tokens[place].text
    return tokens[place].is_capital or word in _HEARERS or (place == first and word.islower() and word not in _OPENS)


def _end(tokens: Tokens, start: int, saying: Saying, sayings: list[Saying]) -> int:
    """The last token of what was stated: before a semicolon, or before another saying that a comma or `and` begins."""
    others = [other for other in sayings if other is not saying and _tells(tokens, other)]
    if _is_subordinate(tokens, saying):
        comma = (place for place in range(start, len(tokens)) if tokens[place].text == ",")
        return next(comma, len(tokens)) - 1
    for place in range(start, len(tokens)):
        if tokens[place].text == ";" or _takes_back(tokens, place) or _begins_another(tokens, place, others):
            return place - 1
    return len(tokens) - 1


def _tells(tokens: Tokens, saying: Saying) -> bool:
    """Whether a saying has words of its own, as `called a donor` has not."""
    behind = tokens[saying.place + 1 : saying.place + 1 + _FARTHEST_WORDS]
    return saying.verb in STATING or any(token.pair is not None for token in behind)


def _is_subordinate(tokens: Tokens, saying: Saying) -> bool:
    """`When he said …, they left.`: the clause of the saying ends at a comma."""
    begins = [token.text.lower() for token in tokens[:_BEGINS]]
    led = any(word in _SUBORDINATE for word in begins)
    return led and not any(token.text == "," for token in tokens[: saying.first])


def _takes_back(tokens: Tokens, place: int) -> bool:
    """`…, though they did not`, `… but offered no proof`: what the article sets against a statement."""
    word, following = tokens[place].text, tokens[place + 1].text if place + 1 < len(tokens) else ""
    if word == "but":
        return following in SUBJECT_PRONOUNS or following.endswith("ed")
    return word == "," and following in {"though", "although"}


def _begins_another(tokens: Tokens, place: int, others: list[Saying]) -> bool:
    word, following = tokens[place].text, tokens[place + 1].text if place + 1 < len(tokens) else ""
    if word == "," and following in {"and", "but"} and any(place + 2 <= one.place < place + 8 for one in others):
        return True
    if word == "," and any(one.shared and one.place == place + 1 for one in others):
        return True
    return word in {"and", "but"} and any(
        place < one.place < place + 6 and (one.shared or one.mention or one.subject in _PRONOUNS) for one in others
    )
