"""Reads the word lists in `english/`: one entry a line, and a comment on top of each file."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "english"


def word_list(name: str) -> tuple[str, ...]:
    """The entries of a file in their order; `name` is its path in `english/` without `.txt`."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


def word_set(name: str) -> frozenset[str]:
    """The entries of a file."""
    return frozenset(word_list(name))


def word_table(name: str) -> dict[str, str]:
    """The values of a file whose entries are `word: value`, by word; a value may be empty."""
    entries = (entry.partition(":") for entry in word_list(name))
    return {word: value.strip() for word, _, value in entries}


def words(text: str) -> frozenset[str]:
    """The words of a string, for a rule that needs only a few."""
    return frozenset(text.split())
