"""Wording: what the words of an article tell about an agreement, by word lists. There are lists for English only."""

import re
from collections.abc import Iterable
from functools import cache

from seed.language.word_lists import word_set, word_table

LANGUAGES = ("en",)
"""The primary subtags of the languages that have word lists."""

_BEFORE = 4
"""The number of words before a passage in which a negation may deny it."""

REACH = 200
"""The number of code points before a passage in which these words are searched."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_CLAUSE_END = re.compile(r"[.!?;:]['\")\]]*\s")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*\s+")
_LAST_WORD = re.compile(r"\w*$")


def has_words(language: str) -> bool:
    """Whether there are word lists for a language, given as a BCP 47 tag."""
    return language.partition("-")[0].lower() in LANGUAGES


def negation(folded: str, before: str) -> str | None:
    """The first negation in folded words, or in the last four words of the clause `before` them."""
    clause = _CLAUSE_END.split(before[-REACH:])[-1]
    near = " ".join([*_WORD.findall(clause)[-_BEFORE:], folded])
    found = _negations().search(near)
    return found[0] if found else None


def tells_commitment(commitment: str, folded: str) -> bool:
    """Whether folded words hold a word that tells a commitment of this kind."""
    return bool(_commitments(commitment).search(folded))


def tells_outcome(outcome: str, folded: str) -> bool:
    """Whether folded words hold a word that tells this outcome.

    Any words can say that a topic is open or was discussed, unless they say that it was agreed.
    """
    if _outcomes(outcome).search(folded):
        return True
    return outcome in ("open", "discussed") and not _agreeing().search(folded)


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends within a text: at a mark that no lower case follows, and no abbreviation precedes."""
    return any(_is_end(text, end) for end in _SENTENCE_END.finditer(text))


def _is_end(text: str, end: re.Match[str]) -> bool:
    before = _LAST_WORD.search(text[max(0, end.start() - 20) : end.start()])
    word = before[0] if before else ""
    abbreviated = end[0][0] == "." and (word in _abbreviations() or (len(word) == 1 and word.isalpha()))
    return not abbreviated and not text[end.end() : end.end() + 1].islower()


@cache
def _abbreviations() -> frozenset[str]:
    return word_set("names/abbreviations")


@cache
def _negations() -> re.Pattern[str]:
    return _any_of(word_set("evidence/negations"))


@cache
def _commitments(commitment: str) -> re.Pattern[str]:
    return _any_of(_telling(word_table("evidence/commitments"), commitment))


@cache
def _outcomes(outcome: str) -> re.Pattern[str]:
    return _any_of(_telling(word_table("evidence/outcomes"), outcome))


@cache
def _agreeing() -> re.Pattern[str]:
    verbs = word_table("verbs/commitment")
    return _any_of([*_telling(verbs, "agreed"), *_telling(verbs, "signed")])


def _telling(table: dict[str, str], kind: str) -> Iterable[str]:
    return [phrase for phrase, kinds in table.items() if kind in kinds.split()]


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for whole words and phrases of folded text."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-]|'\w)", re.IGNORECASE)
