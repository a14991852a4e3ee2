"""Dates as people type them, and months that step from the first day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect import dates
from collect.errors import WrongUsage

WEDNESDAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "past", "expected"),
    [
        ("2026-04-01", False, "2026-04-01"),
        ("today", False, "2026-04-01"),
        ("Yesterday", False, "2026-03-31"),
        ("tomorrow", False, "2026-04-02"),
        ("fri", False, "2026-04-03"),
        ("friday", True, "2026-03-27"),
        ("wed", False, "2026-04-08"),
        ("wed", True, "2026-04-01"),
        ("+10d", False, "2026-04-11"),
        ("-1d", False, "2026-03-31"),
        ("2w", False, "2026-04-15"),
        ("1m", False, "2026-05-01"),
        ("1y", False, "2027-04-01"),
        ("eom", False, "2026-04-30"),
        ("13/4/2026", False, "2026-04-13"),
        ("4/13/26", False, "2026-04-13"),
        ("4.4.2026", False, "2026-04-04"),
        ("2026/4/5", False, "2026-04-05"),
    ],
)
def test_a_typed_day(text: str, past: bool, expected: str) -> None:
    assert dates.typed(text, WEDNESDAY, past=past) == date.fromisoformat(expected)


@pytest.mark.parametrize(("order", "expected"), [("dmy", date(2026, 4, 5)), ("mdy", date(2026, 5, 4))])
def test_the_books_order_decides_what_could_be_two_days(order: str, expected: date) -> None:
    assert dates.typed("5/4/2026", WEDNESDAY, order=order) == expected


@pytest.mark.parametrize("text", ["5/4/2026", "31/2/2026", "2026-02-30", "soon", "", "fr", "9999y", "th"])
def test_what_is_no_day_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        dates.typed(text, WEDNESDAY)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-01-31", 2, "2026-03-31"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_step_from_the_first_day(start: str, months: int, expected: str) -> None:
    assert dates.add_months(date.fromisoformat(start), months) == date.fromisoformat(expected)


@given(st.dates(max_value=date(9999, 11, 30)))
def test_the_end_of_a_month_is_the_day_before_the_next_one(day: date) -> None:
    end = dates.end_of_month(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert (end + timedelta(days=1)).day == 1


def test_due_today_is_not_overdue() -> None:
    assert dates.days_overdue(WEDNESDAY, WEDNESDAY) == 0
    assert dates.days_overdue(WEDNESDAY, WEDNESDAY + timedelta(days=1)) == 1
