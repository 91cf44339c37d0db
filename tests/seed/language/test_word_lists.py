"""The word lists: each is documented, in use, and without repetition."""

import re
from pathlib import Path

import pytest

from seed.language.word_lists import word_list, word_table

FOLDER = Path("seed/language/english")
NAMES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.txt"))


def test_every_list_is_in_use() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path("seed").rglob("*.py"))
    assert set(re.findall(r'word_(?:list|set|table)\("([\w/]+)"(?:, \w+)?\)', code)) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_one_comment_on_top_and_no_entry_twice(name: str) -> None:
    first, *entries = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# .+\.", first)
    assert entries and entries == list(word_list(name))
    keys = [entry.partition(":")[0] for entry in entries]
    assert len(set(keys)) == len(keys) and all(key == key.strip() and key for key in keys)


def test_a_language_without_lists_has_no_entries() -> None:
    assert word_list("prefixes", "en-GB") == word_list("prefixes") != ()
    assert word_list("prefixes", "fr") == () and word_table("calendar/abbreviations", "ru") == {}


def test_a_table_has_an_empty_value_for_a_word_alone() -> None:
    honorifics = word_table("titles/honorifics")
    assert (honorifics["Mr"], honorifics["Mrs"], honorifics["Dr"]) == ("m", "f", "")
