"""Language detection: the rules are for English, which is recognized by its most frequent words."""

from itertools import islice

from seed.draft.text.tokens import Text
from seed.language.word_lists import word_set

_MOST_FREQUENT = word_set("function_words/most_frequent")
_LEAST_SHARE = 0.15
"""The least share of frequent words: about 0.4 in English news, under 0.1 in other languages with Latin letters."""

_SAMPLE = 2_000
"""In words."""


def is_english(text: Text) -> bool:
    """Whether the share of frequent English words in the first words of a text is high enough."""
    tokens = (token.text.lower() for sentence in text.sentences for token in sentence.tokens if token.is_word)
    sample = list(islice(tokens, _SAMPLE))
    return sum(word in _MOST_FREQUENT for word in sample) >= _LEAST_SHARE * max(len(sample), 1)
