"""Folding: one form of words for texts and queries alike, so that case, accents and typography do not matter."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple

_BETWEEN_TEXTS = "\0"
"""Stands between texts that are folded at once. A text of the database has no such character, a query may."""

_JOINED = "_"
"""Stands between the words of a pair: no folded word has it."""

_ASCII_WORDS = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(1, 128)}
_ASCII_WORD = re.compile("[a-z0-9]+")
_BETWEEN_ASCII_WORDS = re.compile("[\x01-/:-@\\[-`{-\x7f]+")
_TYPOGRAPHY = "’“”–‘—…\u00a0·«»"
"""Characters between words that most texts have, and many texts no others beyond ASCII."""

_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_BEYOND_ASCII_WITH_BASE = re.compile("[\x01-\x7f]?[^\x00-\x7f]+")
"""A run of characters beyond ASCII, with the one before, which they may be accents of."""

_ACCENTS = re.compile(
    "[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|(?<!\u0438)\u0306"
)
"""Accents of European scripts, points of Hebrew and Arabic, tatweel, and characters without a width.

Cyrillic й keeps its breve: it is a letter of its own, and endings with it would not be stemmed.
"""

_LETTERS = str.maketrans(
    {
        **{"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"},
        **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50) for digit in range(10)},
    }
)
"""Letters that Unicode does not decompose, although readers write them without their strokes; and other digits."""

_MARKS_IN_WORDS = (
    "\u0306\u0900-\u0963\u0970-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f18-\u109f"
    "\u1780-\u17d3\u3099\u309a"
)
"""Vowel signs and the like, which belong to words but are no letters."""

_BETWEEN_WORDS = re.compile(f"(?:_|[^\\w{_MARKS_IN_WORDS}])+")
_WORD = re.compile(f"(?:[^\\W_]|[{_MARKS_IN_WORDS}])+")

_UNSEGMENTED = (
    "\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1780-\u17d3\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\U00020000-\U0003ffff"
)
"""Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana and Han."""

_RUN = re.compile(f"[{_UNSEGMENTED}]+")


class Words(NamedTuple):
    """The folded words of a text, and the start and exclusive end of each in it, in code points."""

    texts: list[str]
    places: list[tuple[int, int]]


def fold(text: str) -> str:
    """The folded words of a text, with one space between them.

    They are compatible forms (NFKC), case-folded, without accents, points, tatweel and strokes through letters. In
    scripts without spaces, a word is a character with the next one; only the last one of a run is alone.
    """
    return " ".join(_divided(text.replace(_BETWEEN_TEXTS, " ")).split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """Texts of the database, each folded, at once: that is several times faster. Spaces stay as many as they are."""
    folded = _divided(_BETWEEN_TEXTS.join(texts)).split(_BETWEEN_TEXTS)
    return folded if texts else []


def word_pairs(words: Sequence[str]) -> list[str]:
    """Each of some folded words together with the next one."""
    firsts = f"{_JOINED} ".join(words).split()
    return [*map(add, firsts, words[1:])]


def text_pairs(folded: str) -> str:
    """The pairs of the words of a folded text, with one space between them, and then a sign that ends them.

    With the sign, no pair of this text is as near to one of the next text as two pairs that have no word in common.
    """
    return " ".join([*word_pairs(folded.split()), _JOINED])


def _divided(text: str) -> str:
    """The folded words of a text, with any number of spaces between them."""
    if not text.isascii():
        for sign in _TYPOGRAPHY:
            text = text.replace(sign, " ")
    if not text.isascii():
        text = _BEYOND_ASCII.sub(lambda run: _fold_run(run[0]), unicodedata.normalize("NFC", text))
    if text.isascii():
        return text.translate(_ASCII_WORDS)
    return _BETWEEN_ASCII_WORDS.sub(" ", text.casefold())


def words(text: str) -> Words:
    """The words of `fold(text)`, with their places in the text."""
    if text.isascii():
        lower = text.lower()
        return Words(_ASCII_WORD.findall(lower), [found.span() for found in _ASCII_WORD.finditer(lower)])
    folded, starts, ends = _with_places(text)
    spans = [
        (found.start() + start, found.start() + end)
        for found in _WORD.finditer(folded)
        for start, end in _grams(found[0])
    ]
    return Words([folded[start:end] for start, end in spans], [(starts[start], ends[end - 1]) for start, end in spans])


def is_gram(word: str) -> bool:
    """Whether a folded word is of a script without spaces: it is then a pair of characters, or the last one of a run.

    A query of one character finds the words that begin with it.
    """
    return _RUN.match(word) is not None


@lru_cache(maxsize=1 << 14)
def _fold_short_run(run: str) -> str:
    return _in_grams(_BETWEEN_WORDS.sub(" ", _letters(run)))


def _fold_run(run: str) -> str:
    """Fold a run beyond ASCII. The words of a language repeat, so short runs are remembered."""
    return _fold_short_run(run) if len(run) <= 32 else _fold_short_run.__wrapped__(run)


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed).translate(_LETTERS))


def _in_grams(folded: str) -> str:
    return _RUN.sub(lambda run: f" {' '.join(run[0][start:end] for start, end in _pairs(run[0]))} ", folded)


def _grams(word: str) -> Iterator[tuple[int, int]]:
    """The starts and ends of the words that a run of letters stands for."""
    at = 0
    for run in _RUN.finditer(word):
        if run.start() > at:
            yield at, run.start()
        yield from ((run.start() + start, run.start() + end) for start, end in _pairs(run[0]))
        at = run.end()
    if at < len(word):
        yield at, len(word)


def _pairs(run: str) -> Iterator[tuple[int, int]]:
    """Each character with the next one; the last one alone."""
    return ((at, min(at + 2, len(run))) for at in range(len(run)))


def _with_places(text: str) -> tuple[str, list[int], list[int]]:
    """The letters of a text, and for each the start and the exclusive end of its character in the text."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for run in _BEYOND_ASCII_WITH_BASE.finditer(text):
        folded.append(text[at : run.start()].lower())
        starts.extend(range(at, run.start()))
        ends.extend(range(at + 1, run.start() + 1))
        for start, end in _pieces(run[0]):
            letters = _letters_of_piece(run[0][start:end])
            folded.append(letters)
            starts.extend([run.start() + start] * len(letters))
            ends.extend([run.start() + end] * len(letters))
        at = run.end()
    folded.append(text[at:].lower())
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return "".join(folded), starts, ends


def _pieces(run: str) -> Iterator[tuple[int, int]]:
    """The starts and ends of parts of a run that fold each alone: a character and the marks that follow it."""
    start = 0
    for at in range(1, len(run)):
        if not _continues(run[at]):
            yield start, at
            start = at
    yield start, len(run)


@lru_cache(maxsize=1 << 12)
def _continues(character: str) -> bool:
    """Whether a character combines with the one before it: a mark, or a vowel or final consonant of Hangul."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


@lru_cache(maxsize=1 << 12)
def _letters_of_piece(piece: str) -> str:
    return _letters(piece)
