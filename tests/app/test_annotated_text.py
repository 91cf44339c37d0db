"""The text of an article on a page: long texts are shown around their cited words, and marks are bounded."""

from app.enums import Basis
from app.pages.annotated_text import (
    MAX_OVERLAPPING,
    MAX_SHOWN_BYTES,
    Citation,
    Paragraph,
    Passage,
    cited_passages,
    text_around,
    whole_text,
)


def cited(*ranges: tuple[int, int]) -> list[Passage]:
    return cited_passages([Citation(mark, f"e{mark}", Basis.stated, *each) for mark, each in enumerate(ranges)], 1)


def shown(paragraphs: list[Paragraph]) -> str:
    return "".join(segment.text for paragraph in paragraphs for segment in paragraph.segments)


LONG = "".join(f"Paragraph {number} has words and ends here.\n\n" for number in range(30_000))


def test_of_a_long_text_the_paragraphs_around_the_cited_words_are_shown() -> None:
    places = [LONG.index(f"Paragraph {number} ") for number in (0, 15_000, 15_001, 29_999)]
    paragraphs, hidden = text_around(LONG, cited(*((place, place + 12) for place in places)), None, "A title")
    assert not hidden and 90_000 < len(shown(paragraphs)) < MAX_SHOWN_BYTES
    starts = [segment for paragraph in paragraphs for segment in paragraph.segments if segment.begin]
    assert [segment.text[:11] for segment in starts] == ["Paragraph 0", "Paragraph 1", "Paragraph 1", "Paragraph 2"]
    assert [paragraph.follows_gap for paragraph in paragraphs].count(True) == 2
    assert all(shown([paragraph]) in LONG for paragraph in paragraphs)


def test_of_a_long_text_without_cited_words_the_beginning_is_shown() -> None:
    paragraphs, _ = text_around(LONG, [], None, "A title")
    assert LONG.startswith(shown(paragraphs)[:30]) and len(shown(paragraphs)) < MAX_SHOWN_BYTES
    assert not any(paragraph.follows_gap for paragraph in paragraphs)


def test_cited_words_beyond_the_bound_are_hidden() -> None:
    ranges = [(start, start + 5000) for start in range(0, 600_000, 6000)]
    paragraphs, hidden = text_around(LONG, cited(*ranges), None, "A title")
    assert hidden == set(range(41, 101)) and len(shown(paragraphs)) <= MAX_SHOWN_BYTES


def test_a_text_of_wide_letters_is_bounded_in_bytes() -> None:
    text = "漢字 " * 100_000
    paragraphs, _ = text_around(text, cited((300_000 - 6, 300_000 - 4)), None, "A title")
    assert 90_000 < len(shown(paragraphs).encode()) < MAX_SHOWN_BYTES + 10


def test_5000_passages_over_one_another_have_bounded_marks() -> None:
    passages = cited(*((index, 20_000 - index) for index in range(5000)))
    (paragraph,) = whole_text("x" * 20_000, passages, None, "A title")
    assert len(paragraph.segments) == 10_001 - 2
    assert max(len(segment.citations) for segment in paragraph.segments) == MAX_OVERLAPPING
    assert sum(len(segment.begin) for segment in paragraph.segments) == 5000
    assert sum(len(segment.end) for segment in paragraph.segments) == 5000
