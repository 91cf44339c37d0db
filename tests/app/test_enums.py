"""Partial dates and ranked enumerations, as both programs have them."""

from enum import StrEnum
from inspect import getmembers, isclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import enums
from app.dates import days
from app.enums import Commitment, Outcome, PartyKind, rank


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025-02-18", "2025-02-18", "2025-02-18"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_day(date: str, first: str, last: str) -> None:
    assert days(date) == (first, last)


@pytest.mark.parametrize(
    "date",
    [
        *["0000", "0000-01-01", "2025-13", "2025-00", "2025-00-01", "2025-02-29", "2025-04-31", "2025-01-00", "2025-1"],
        *["25", "20250218", "2025-", "2025-02-18T00", "-2025", "2025/02", "٢٠٢٥", "Tuesday"],
        *("", " 2025", "2025\n"),
    ],
)
def test_anything_else_is_no_date(date: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        days(date)


@given(st.dates())
def test_every_day_is_its_own_first_and_last_and_lies_in_its_month_and_year(day: object) -> None:
    date = str(day)
    assert days(date) == (date, date)
    for partial in (date[:7], date[:4]):
        first, last = days(partial)
        assert first <= date <= last


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        first, last = days(text)
    except ValueError:
        return
    assert first <= last and first.startswith(text) and last.startswith(text)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (Commitment, "willingness pledged in_principle agreed signed implemented"),
        (Outcome, "agreed discussed open no_agreement deferred"),
        (PartyKind, "state organization fund armed_group company"),
    ],
)
def test_an_enumeration_is_ranked_in_the_order_of_the_format(values: type[Commitment], order: str) -> None:
    assert sorted(values, key=rank) == order.split()
    assert [rank(value) for value in values] == list(range(len(values)))


def test_a_record_kind_that_the_log_speaks_of_has_the_same_name_there() -> None:
    logged = set(enums.ChangeKind)
    assert {*enums.RecordKind, *enums.DefinitionKind} == logged


def test_every_enumeration_says_what_it_is() -> None:
    enumerations = [value for _, value in getmembers(enums, isclass) if issubclass(value, StrEnum) and len(value)]
    assert [value.__name__ for value in enumerations if value.__doc__ in (None, StrEnum.__doc__)] == []
