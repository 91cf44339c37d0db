"""The words and phrases of a search query."""

import re

MAX_QUERY_WORDS = 32
"""Each word costs a look-up in the index and a weight for every hit."""

_DIVIDERS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


def normalize_query(q: str) -> str:
    """Any text as a query for both engines: quoted words and phrases, all of which an entry must contain, in any order.

    A pair of double quotes makes a phrase, as does punctuation within a word (`four-hour`). Operators such as `AND`,
    `NOT` and `*` have no meaning. A text without a word matches nothing. Raises ValueError for more than 32 words.
    """
    found = (phrase or word for phrase, word in _PHRASE_OR_WORD.findall(_DIVIDERS.sub(" ", q)))
    different = {part.lower(): f'"{part}"' for part in found if _WORD.search(part)}
    if sum(len(_WORD.findall(part)) for part in different) > MAX_QUERY_WORDS:
        raise ValueError(f"has more than {MAX_QUERY_WORDS} words")
    return " ".join(different.values()) or '""'
