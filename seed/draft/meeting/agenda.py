"""The agenda: topics that were discussed or remain open. Positions are token indexes in a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.enums import Outcome
from seed.draft.meeting.agreements import stems
from seed.draft.meeting.prose import Prose
from seed.draft.text.clauses import clause_start, last_word, list_items
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
class AgendaItem:
    """An item of the agenda: `title` spans its topic, `words` the words that give its outcome; in code points."""

    sentence: Sentence
    outcome: Outcome
    title: tuple[int, int]
    words: tuple[int, int]
    certain: bool = True


def agenda_items(prose: Prose) -> list[AgendaItem]:
    """The items of the body in their order, then those of the summary that the body does not have."""
    found = [matter for sentence in prose.body for matter in _in_sentence(prose, sentence)]
    known = [stems(prose.text.words(*matter.title)) for matter in found[:_MOST_COMPARED]]
    for sentence in prose.summary:
        for matter in _in_sentence(prose, sentence):
            own = stems(prose.text.words(*matter.title))
            if not any(len(own & other) * 2 > len(own) for other in known):
                found.append(matter)
    return found


def _in_sentence(prose: Prose, sentence: Sentence) -> Iterator[AgendaItem]:
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        word, following = token.text, word_at(tokens, index + 1)
        if word in _DISCUSS and index and tokens[index - 1].text in {"was", "were", "been"}:
            yield _passive(tokens, sentence, index)
        elif word in _DISCUSS and _has_object(tokens, index):
            yield from _discussed(tokens, sentence, index, index + 1)
        elif word in _TOUCHED and following in {"on", "upon"}:
            yield from _discussed(tokens, sentence, index, index + 2)
        elif (word == "yet" and following == "to" and _AGREE & _texts(tokens, index + 2, 3)) or (
            word in {"remain", "remains"} and _UNSETTLED & _texts(tokens, index + 1, 4)
        ):
            yield _open(tokens, sentence, index, Outcome.open)
        elif word in _FAILED | {"not"} and _AGREE & _texts(tokens, index + 1, 4):
            yield _open(tokens, sentence, index, Outcome.no_agreement)


def _texts(tokens: Tokens, first: int, count: int) -> set[str]:
    return {token.text for token in tokens[first : first + count]}


def _has_object(tokens: Tokens, index: int) -> bool:
    following = tokens[index + 1 : index + 2]
    return bool(following) and following[0].is_word and following[0].text not in {"in", "at", "on", "by", "with"}


def _passive(tokens: Tokens, sentence: Sentence, index: int) -> AgendaItem:
    """The item of a passive clause: `Economic cooperation was discussed`."""
    start = clause_start(tokens, index)
    title = (tokens[start].start, tokens[last_word(tokens, max(start, index - 2))].end)
    return AgendaItem(sentence, Outcome.discussed, title, (tokens[start].start, tokens[index].end))


def _discussed(tokens: Tokens, sentence: Sentence, verb: int, first: int) -> Iterator[AgendaItem]:
    """The items of `to discuss the a and the b`, one for each topic; the words of each begin at the verb."""
    end = next((index for index in range(first, len(tokens)) if _ends_topic(tokens, index)), len(tokens))
    begin = verb - 1 if verb and tokens[verb - 1].text == "to" else clause_start(tokens, verb)
    for start, last in list_items(tokens, first, last_word(tokens, end - 1)):
        title, words = (tokens[start].start, tokens[last].end), (tokens[begin].start, tokens[last].end)
        yield AgendaItem(sentence, Outcome.discussed, title, words)


def _ends_topic(tokens: Tokens, index: int) -> bool:
    """Whether another clause begins at a token: `… and agreed to go on`, `…, and the minister thanked them`."""
    if tokens[index].text in _ENDS:
        return True
    begin = index + 1 + (tokens[index].text == "," and index + 1 < len(tokens) and tokens[index + 1].text == "and")
    if tokens[index].text not in {",", "and"} or (tokens[index].text == "," and begin == index + 1):
        return False
    reach = _LONGEST_SUBJECT if tokens[index].text == "," else 1
    return any(is_finite(token.text) for token in tokens[begin : begin + reach])


def _open(tokens: Tokens, sentence: Sentence, index: int, outcome: Outcome) -> AgendaItem:
    """The item of a clause about what is open, up to its comma: `The sides have yet to agree on terms`."""
    start = clause_start(tokens, index)
    end = next((at for at in range(index, len(tokens)) if tokens[at].text in {",", ";"}), len(tokens))
    start = _without_subordinate(tokens, start, index)
    words = (tokens[start].start, tokens[last_word(tokens, end - 1)].end)
    return AgendaItem(sentence, outcome, words, words)


def _without_subordinate(tokens: Tokens, start: int, index: int) -> int:
    return start + 1 if start < index and tokens[start].text in {"While", "Although", "Though", "But"} else start
