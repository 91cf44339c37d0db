"""Phrases are found by pairs of words, and are the same as in the texts themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from random import Random

import orjson
import pytest

from app.db.snapshots import Version
from app.enums import SearchKind
from app.search.document_values import Document
from app.search.folder import IndexedVersion, OpenIndex, SearchFolder
from app.search.folding import fold, text_pairs, word_pairs
from app.search.list_index import open_index
from app.search.matching import matching
from app.search.schema import ALL_WORDS, HIT, PAIR_FIELDS

LETTERS = "abc"
LONGEST = 5


@pytest.fixture(scope="module")
def texts() -> dict[int, list[str]]:
    """The texts of items by key. Their words are so few that most pairs of a phrase stand apart somewhere, too."""
    random = Random(0)
    lengths = [random.randint(0, 9) for _ in range(400)]
    own = [" ".join(random.choices(LETTERS, k=length)) for length in lengths]
    return {key: [own[2 * key], own[2 * key + 1]] for key in range(200)}


@pytest.fixture(scope="module")
def opened(texts: dict[int, list[str]], tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    folder = SearchFolder(Path(tmp_path_factory.mktemp("phrases")) / "search")
    with folder.lock():
        folder.build(_documents(texts), IndexedVersion(Version(1, "0" * 64, datetime(2025, 1, 1, tzinfo=UTC)), "none"))
    return open_index(folder)


def _documents(texts: dict[int, list[str]]) -> Iterator[Document]:
    for key, own in texts.items():
        pairs = [text_pairs(text) for text in own]
        yield {
            "unit": f"meeting:m{key}",
            "kind": "quote",
            "key": key,
            ALL_WORDS: own,
            PAIR_FIELDS[ALL_WORDS]: pairs,
            HIT: orjson.dumps({}),
        }


@pytest.mark.parametrize("length", range(2, LONGEST + 1))
def test_a_phrase_finds_the_texts_that_have_its_words_together(
    opened: OpenIndex, texts: dict[int, list[str]], length: int
) -> None:
    for words in product(LETTERS, repeat=length):
        phrase = " ".join(words)
        found = matching(opened, SearchKind.quote, f'"{phrase}"', lambda keys: keys).keys(len(texts))
        assert {*(found or ())} == {key for key, own in texts.items() if any(phrase in text for text in own)}


def test_pairs_are_neighbours_in_a_text() -> None:
    assert text_pairs("peace  talks today") == "peace_talks talks_today _"
    assert text_pairs("peace") == text_pairs("") == "_"
    assert word_pairs(fold("離場協議").split()) == ["離場_場協", "場協_協議", "協議_議"]
