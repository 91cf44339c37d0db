"""Wording: what the words of an article say about an agreement, by the word lists of the language."""

import re
from collections.abc import Iterable
from functools import cache

from seed.language.word_lists import main_language, word_set, word_table

_BEFORE = 4
"""The number of words before a passage in which a negation may deny it."""

REACH = 200
"""The number of code points before a passage in which these words are searched."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*\s+")
_LAST_WORD = re.compile(r"\w*$")


def negation(folded: str, before: str, language: str) -> str | None:
    """The first negation in folded words, or in the last four words `before` them in their clause."""
    near = " ".join([*_WORD.findall(_clause(before, folded, language))[-_BEFORE:], folded])
    negations = _negations(main_language(language))
    found = negations.search(near) if negations else None
    return found[0] if found else None


def _clause(before: str, folded: str, language: str) -> str:
    """The part of their sentence before folded words, after its last semicolon."""
    return last_sentence(f"{before[-REACH:]} {folded[:1]}", language)[:-1].rpartition(";")[2]


def says_commitment(commitment: str, folded: str, language: str) -> bool:
    """Whether folded words hold a word for a commitment of this kind; yes if there are no word lists."""
    own = _commitments(main_language(language), commitment)
    return own is None or bool(own.search(folded))


def says_outcome(outcome: str, folded: str, language: str) -> bool:
    """Whether folded words hold a word for this outcome; yes if there are no word lists.

    Any words can say that a topic was discussed, unless they say that it was agreed.
    """
    own, agreeing = _outcomes(main_language(language), outcome), _agreeing(main_language(language))
    if own is None or agreeing is None or own.search(folded):
        return True
    return outcome == "discussed" and not agreeing.search(folded)


def last_sentence(text: str, language: str) -> str:
    """The end of a text from its last beginning of a sentence on; all of it if the language has no abbreviations."""
    ends = list(_SENTENCE_END.finditer(text))
    return text[next((end.end() for end in reversed(ends) if _is_end(text, end, language)), 0) :]


def first_sentence(text: str, language: str) -> str:
    """The beginning of a text up to its first end of a sentence; all of it if the language has no abbreviations."""
    return text[: next((end.end() for end in _SENTENCE_END.finditer(text) if _is_end(text, end, language)), None)]


def _is_end(text: str, end: re.Match[str], language: str) -> bool:
    """Whether a mark ends a sentence: no lower case follows it, and no abbreviation precedes it."""
    if not (abbreviations := _abbreviations(main_language(language))):
        return False
    before = _LAST_WORD.search(text[max(0, end.start() - 20) : end.start()])
    word = before[0] if before else ""
    abbreviated = end[0][0] == "." and (word in abbreviations or (len(word) == 1 and word.isalpha()))
    return not abbreviated and not text[end.end() : end.end() + 1].islower()


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return word_set("names/abbreviations", language)


@cache
def _negations(language: str) -> re.Pattern[str] | None:
    return _any_of(word_set("evidence/negations", language))


@cache
def _commitments(language: str, commitment: str) -> re.Pattern[str] | None:
    return _any_of(_words_for(commitment, word_table("evidence/commitments", language)))


@cache
def _outcomes(language: str, outcome: str) -> re.Pattern[str] | None:
    return _any_of(_words_for(outcome, word_table("evidence/outcomes", language)))


@cache
def _agreeing(language: str) -> re.Pattern[str] | None:
    verbs = word_table("verbs/commitment", language)
    return _any_of([*_words_for("agreed", verbs), *_words_for("signed", verbs)])


def _words_for(kind: str, table: dict[str, str]) -> list[str]:
    return [word for word, kinds in table.items() if kind in kinds.split()]


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for whole words and phrases of folded text; None if there are none."""
    longest_first = sorted(phrases, key=len, reverse=True)
    whole = rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-]|'\w)"
    return re.compile(whole, re.IGNORECASE) if longest_first else None
