"""Whether a slice of a text is whole words, if the script separates words."""

import re
import unicodedata

from seed.language.word_lists import ENGLISH, main_language, word_set

_NO_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
_INVISIBLE = "\u00ad\u200c\u200d\u2060"
"""Characters that divide no word: soft hyphen, the joiners, and the word joiner."""

_NUMBER_GOES_ON = re.compile(r"\d[.,]\d")
_ACRONYM = re.compile(r"(?<!\w)(?:[^\W\d]\.){2,}")
_LONGEST_ACRONYM = 20
_NEGATION = re.compile(r"['’]t(?!\w)")
_PREFIX = re.compile(r"(?<!\w)([A-Za-z]+)[-\u2010\u2011]$")
_LONGEST_WORD = 100
"""Of a longer word only so many characters are shown."""


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether neither the first nor the last word of a slice goes on outside of it."""
    return not _goes_on(text[start - 1 : start], text[start]) and not _goes_on(text[end - 1], text[end : end + 1])


def cut_word(text: str, start: int, end: int, language: str) -> str | None:
    """The word or the number inside which a slice begins or ends; None if it is whole words.

    In English `can` in `can't` is cut too, and so is what follows a prefix that makes another word with its hyphen:
    `binding` in `non-binding`. `language` is a BCP 47 tag.
    """
    if _begins_inside(text, start, language):
        return _word_around(text, start)
    return _word_around(text, end - 1) if _ends_inside(text, end, language) else None


def has_word(text: str) -> bool:
    """Whether a text has a letter or a digit."""
    return any(character.isalnum() for character in text)


def _begins_inside(text: str, start: int, language: str) -> bool:
    before = text[max(start - _LONGEST_WORD, 0) : start].rstrip(_INVISIBLE)
    prefix = _PREFIX.search(before)
    return (
        _goes_on(before[-1:], text[start])
        or _is_inside_acronym(text, start)
        or _NUMBER_GOES_ON.fullmatch(before[-2:] + text[start]) is not None
        or (prefix is not None and prefix[1].lower() in word_set("prefixes", language))
    )


def _ends_inside(text: str, end: int, language: str) -> bool:
    after = text[end : end + _LONGEST_WORD].lstrip(_INVISIBLE)
    last = text[end - 1]
    return (
        _goes_on(last, after[:1])
        or (last == "." and _is_inside_acronym(text, end))
        or _NUMBER_GOES_ON.fullmatch(last + after[:2]) is not None
        or (main_language(language) == ENGLISH and last.isalpha() and _NEGATION.match(after) is not None)
    )


def _is_inside_acronym(text: str, offset: int) -> bool:
    """Whether an offset is between the letters of an acronym such as `U.S.`."""
    near = _ACRONYM.finditer(text, max(offset - _LONGEST_ACRONYM, 0), offset + _LONGEST_ACRONYM)
    return any(acronym.start() < offset < acronym.end() for acronym in near)


def _word_around(text: str, offset: int) -> str:
    """The characters around one, up to whitespace on both sides."""
    start, end = offset, offset + 1
    while start > 0 and not text[start - 1].isspace() and offset - start < _LONGEST_WORD:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - offset < _LONGEST_WORD:
        end += 1
    return text[start:end].strip("“”„\"'‘’«»()[],;:!?.")


def _goes_on(before: str, after: str) -> bool:
    """Whether a word goes on from one character to the next."""
    return _is_letter(before) and _is_letter(after)


def _is_letter(character: str) -> bool:
    if not character or not (character.isalnum() or unicodedata.category(character).startswith("M")):
        return False
    return not unicodedata.name(character, "").startswith(_NO_SPACES)
