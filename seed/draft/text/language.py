"""Whether a text is English, which the rules are for."""

from itertools import islice

from seed.draft.text.lexicon import words
from seed.draft.text.tokens import Text

_COMMON = words("""
    a about after and are as at be been but by for from had has have he her his in is it its not of on or said she that
    the their they this to was we were which who will with
""")
_ENOUGH = 0.15
"""The least share of common words: English news has about 0.4, other languages that use Latin letters under 0.1."""

_LOOKED_AT = 2_000


def is_english(text: Text) -> bool:
    tokens = (token.text.lower() for sentence in text.sentences for token in sentence.tokens if token.is_word)
    told = list(islice(tokens, _LOOKED_AT))
    return sum(word in _COMMON for word in told) >= _ENOUGH * max(len(told), 1)
