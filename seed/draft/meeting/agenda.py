"""The agenda: clauses of discussing, and of what stays open. Places are tokens of a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.enums import Outcome
from seed.draft.meeting.agreements import stems
from seed.draft.meeting.prose import Prose
from seed.draft.text.clauses import clause_start, last_word, listed
from seed.draft.text.function_words import is_finite
from seed.draft.text.titles import Tokens
from seed.draft.text.tokens import Sentence, word_at
from seed.language.word_lists import words

_DISCUSS = words("discuss discussed discussing reviewed addressed")
_TOUCHED = words("touched focused centered centred")
_UNSETTLED = words("resolved settled agreed decided ironed worked clarified negotiated")
_AGREE = words("agree agreement consensus settle reach compromise")
_FAILED = words("failed fail unable")
_MOST_COMPARED = 100
_ENDS = words("; : who which")
_LONGEST_SUBJECT = 4


@dataclass(frozen=True, slots=True)
class Matter:
    """What was on the table. `title` and `words` are in code points: what it is, and the words of how it ended."""

    sentence: Sentence
    outcome: Outcome
    title: tuple[int, int]
    words: tuple[int, int]
    certain: bool = True


def matters(prose: Prose) -> list[Matter]:
    """What an article says was discussed or stays open, its body first; the summary only adds what is not in it."""
    found = [matter for sentence in prose.body for matter in _in_sentence(prose, sentence)]
    known = [stems(prose.text.words(*matter.title)) for matter in found[:_MOST_COMPARED]]
    for sentence in prose.summary:
        for matter in _in_sentence(prose, sentence):
            told = stems(prose.text.words(*matter.title))
            if not any(len(told & other) * 2 > len(told) for other in known):
                found.append(matter)
    return found


def _in_sentence(prose: Prose, sentence: Sentence) -> Iterator[Matter]:
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        word, following = token.text, word_at(tokens, place + 1)
        if word in _DISCUSS and place and tokens[place - 1].text in {"was", "were", "been"}:
            yield _passive(tokens, sentence, place)
        elif word in _DISCUSS and _has_object(tokens, place):
            yield from _discussed(tokens, sentence, place, place + 1)
        elif word in _TOUCHED and following in {"on", "upon"}:
            yield from _discussed(tokens, sentence, place, place + 2)
        elif (word == "yet" and following == "to" and _AGREE & _texts(tokens, place + 2, 3)) or (
            word in {"remain", "remains"} and _UNSETTLED & _texts(tokens, place + 1, 4)
        ):
            yield _open(tokens, sentence, place, Outcome.open)
        elif word in _FAILED | {"not"} and _AGREE & _texts(tokens, place + 1, 4):
            yield _open(tokens, sentence, place, Outcome.no_agreement)


def _texts(tokens: Tokens, first: int, count: int) -> set[str]:
    return {token.text for token in tokens[first : first + count]}


def _has_object(tokens: Tokens, place: int) -> bool:
    following = tokens[place + 1 : place + 2]
    return bool(following) and following[0].is_word and following[0].text not in {"in", "at", "on", "by", "with"}


def _passive(tokens: Tokens, sentence: Sentence, place: int) -> Matter:
    """`Economic cooperation was discussed`"""
    start = clause_start(tokens, place)
    title = (tokens[start].start, tokens[last_word(tokens, max(start, place - 2))].end)
    return Matter(sentence, Outcome.discussed, title, (tokens[start].start, tokens[place].end))


def _discussed(tokens: Tokens, sentence: Sentence, verb: int, first: int) -> Iterator[Matter]:
    """`to discuss the a and the b`, each for itself; the words of the second hold the first's."""
    end = next((place for place in range(first, len(tokens)) if _ends_matter(tokens, place)), len(tokens))
    begin = verb - 1 if verb and tokens[verb - 1].text == "to" else clause_start(tokens, verb)
    for start, last in listed(tokens, first, last_word(tokens, end - 1)):
        title, told = (tokens[start].start, tokens[last].end), (tokens[begin].start, tokens[last].end)
        yield Matter(sentence, Outcome.discussed, title, told)


def _ends_matter(tokens: Tokens, place: int) -> bool:
    """Whether another clause begins: `… and agreed to go on`, `…, and the minister thanked them`."""
    if tokens[place].text in _ENDS:
        return True
    begin = place + 1 + (tokens[place].text == "," and place + 1 < len(tokens) and tokens[place + 1].text == "and")
    if tokens[place].text not in {",", "and"} or (tokens[place].text == "," and begin == place + 1):
        return False
    reach = _LONGEST_SUBJECT if tokens[place].text == "," else 1
    return any(is_finite(token.text) for token in tokens[begin : begin + reach])


def _open(tokens: Tokens, sentence: Sentence, place: int, outcome: Outcome) -> Matter:
    """`The sides have yet to agree on terms`: up to the comma."""
    start = clause_start(tokens, place)
    end = next((at for at in range(place, len(tokens)) if tokens[at].text in {",", ";"}), len(tokens))
    start = _without_subordinate(tokens, start, place)
    words = (tokens[start].start, tokens[last_word(tokens, end - 1)].end)
    return Matter(sentence, outcome, words, words)


def _without_subordinate(tokens: Tokens, start: int, place: int) -> int:
    return start + 1 if start < place and tokens[start].text in {"While", "Although", "Though", "But"} else start
