"""The words of a text that carry its meaning."""

import re

from seed.draft.text.lexicon import words

_SMALL_WORDS = words("""
    a about all also an and any are as at be been but by can could for from had has have he her his if in into is it its
    may more most must no not of on or our said says she some such than that the their there these they this those to
    was we were which who will with would you your
""")


def content_words(text: str) -> list[str]:
    """The words of a text that carry its meaning, in lower case."""
    return [word for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in _SMALL_WORDS and len(word) > 1]
