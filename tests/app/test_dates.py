"""Partial dates: the first and the last day of each, and the texts that are no dates."""

import pytest

from app.dates import days


@pytest.mark.parametrize(
    ("partial_date", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2025-04", "2025-04-01", "2025-04-30"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2025-02-18", "2025-02-18", "2025-02-18"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_day(partial_date: str, first: str, last: str) -> None:
    assert days(partial_date) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "25", "2025-2", "2025-02-18T00:00", "18.02.2025", "2025-1-1", "٢٠٢٥", "2025-02-18\n", " 2025", "2025-"),
        *("2025-13", "2025-00", "0000", "0000-01-01", "2025-13-01", "2025-00-01"),
        *("2025-02-30", "2025-02-29", "1900-02-29", "2025-04-31", "2025-01-00", "2025-01-32"),
    ],
)
def test_a_text_that_is_no_date_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        days(text)
