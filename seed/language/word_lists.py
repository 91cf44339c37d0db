"""Reads the word lists of a language: one entry a line, and a comment on top of each file."""

from functools import lru_cache
from pathlib import Path

ENGLISH = "en"
_FOLDERS = {ENGLISH: Path(__file__).parent / "english"}
"""The folder of each language that has word lists, by its tag."""


def main_language(tag: str) -> str:
    """The language of a BCP 47 tag without its regions and scripts: `en` of `en-GB`."""
    return tag.partition("-")[0].lower()


def word_list(name: str, language: str = ENGLISH) -> tuple[str, ...]:
    """The entries of a file in their order; none if the language has no word lists.

    `name` is the file's path in the language's folder, without `.txt`; `language` is a BCP 47 tag.
    """
    folder = _FOLDERS.get(main_language(language))
    if folder is None:
        return ()
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


@lru_cache
def word_set(name: str, language: str = ENGLISH) -> frozenset[str]:
    """The entries of a file."""
    return frozenset(word_list(name, language))


def word_table(name: str, language: str = ENGLISH) -> dict[str, str]:
    """The values of a file whose entries are `word: value`, by word; a value may be empty."""
    entries = (entry.partition(":") for entry in word_list(name, language))
    return {word: value.strip() for word, _, value in entries}


def words(text: str) -> frozenset[str]:
    """The words of a string, for a rule that needs only a few."""
    return frozenset(text.split())
