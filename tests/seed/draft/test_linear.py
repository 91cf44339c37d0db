"""Drafting takes linear time in the length of the article. Calls are counted, not seconds."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seed.dataset.files import MAXIMUM_ARTICLE
from seed.draft.proposal.draft import draft_article
from seed.draft.proposal.record import Source
from tests.amounts import LONG

SHIPPED = Path("seed/summits/riyadh-2025-02-18/article.txt").read_text(encoding="utf-8")
TEXTS: dict[str, Callable[[int], str]] = {
    "marks": lambda size: "“" * size,
    "marks by turns": lambda size: "“”" * size,
    "straight marks": lambda size: 'a "' * size,
    "open marks": lambda size: "“a b c d\n\n" * size,
    "one paragraph": lambda size: "Jane Roe said she met John Doe, and he said no; " * size,
    "names": lambda size: "".join(f"Ann Bo{number} met Cy Bo{number}. " for number in range(size)),
    "namesakes": lambda size: "".join(
        f"A{number} Roe said that Roe and U{number} Group met. " for number in range(size)
    ),
    "pronouns": lambda size: "".join(f"Ann Bo{number} told him that she said he met her. " for number in range(size)),
    "agencies": lambda size: "".join(
        f"Bo{number} Agency met. The agency said that it went. " for number in range(size)
    ),
    "openings": lambda size: "A man who was told that he was there was here and was gone and " * size,
    "article": lambda size: f"{SHIPPED}\n" * (size // 20),
    "no words": lambda size: "." * size + "a" * size + "-" * size,
    "lists": lambda size: "They discussed the a" + ", the a" * size + ".",
}
SLOW = () if LONG else ("namesakes", "pronouns", "openings", "article")
"""Texts that take seconds each: only `make test-long` drafts them. "One paragraph" is read by the same rules."""


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in TEXTS if name not in SLOW])
def test_twice_the_text_takes_about_twice_the_calls(name: str) -> None:
    once, twice = (calls(TEXTS[name](size)) for size in (400, 800))
    assert twice <= 2.3 * once


def calls(article: str) -> int:
    """The number of calls, of Python and C functions, that a draft takes."""
    counted = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        draft_article(article, Source("article.txt"))
    finally:
        sys.setprofile(before)
    return counted


def test_the_largest_article_with_only_quotation_marks() -> None:
    assert draft_article("“" * (MAXIMUM_ARTICLE // 3), Source("article.txt")).proposals["quotes"] == []
