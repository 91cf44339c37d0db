"""Whether a text is English, which the rules are for."""

from itertools import islice

from seed.draft.text.tokens import Text
from seed.language.word_lists import word_set

_COMMON = word_set("function_words/most_frequent")
_ENOUGH = 0.15
"""The least share of common words: English news has about 0.4, other languages that use Latin letters under 0.1."""

_LOOKED_AT = 2_000


def is_english(text: Text) -> bool:
    tokens = (token.text.lower() for sentence in text.sentences for token in sentence.tokens if token.is_word)
    told = list(islice(tokens, _LOOKED_AT))
    return sum(word in _COMMON for word in told) >= _ENOUGH * max(len(told), 1)
