"""Content words: all but stop words."""

import re

from seed.language.word_lists import word_set

_STOP_WORDS = word_set("function_words/stop_words")


def content_words(text: str) -> list[str]:
    """The words of a text without stop words and single letters, in lower case."""
    return [word for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in _STOP_WORDS and len(word) > 1]
