"""The days instalments fall on."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.errors import WrongUsage
from collect.schedule import MOST, Calendar, Move, Rhythm, days, days_until, monthly_on, shifted
from collect.schedule import given as agreed


def shown(found: tuple[date, ...]) -> str:
    return " ".join(day.strftime("%d-%m") for day in found)


def test_months_step_from_the_first_day_not_from_the_one_before() -> None:
    assert shown(days(date(2026, 1, 31), 4)) == "31-01 28-02 31-03 30-04"
    assert shown(days(date(2024, 1, 31), 3)) == "31-01 29-02 31-03"


def test_a_leap_day_comes_back_in_leap_years_only() -> None:
    found = days(date(2024, 2, 29), 49)
    assert (found[12], found[48]) == (date(2025, 2, 28), date(2028, 2, 29))


def test_weeks_and_fortnights() -> None:
    assert shown(days(date(2026, 12, 24), 3, Rhythm("week"))) == "24-12 31-12 07-01"
    assert shown(days(date(2026, 12, 24), 3, Rhythm("fortnight"))) == "24-12 07-01 21-01"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("15", "15-01 15-02 15-03"),
        ("5", "05-02 05-03 05-04"),
        ("30", "30-01 28-02 30-03"),
        ("last", "31-01 28-02 31-03"),
        ("first-fri", "06-02 06-03 03-04"),
        ("Second Tuesday", "13-01 10-02 10-03"),
        ("last friday", "30-01 27-02 27-03"),
    ],
)
def test_a_day_of_the_month_from_10_january_2026_on(typed: str, expected: str) -> None:
    assert shown(days(date(2026, 1, 10), 3, monthly_on(typed))) == expected


@pytest.mark.parametrize("typed", ["0", "32", "fifth-fri", "first-moon", "", "last day of it"])
def test_what_is_no_day_of_the_month_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsage, match="not a day of the month"):
        monthly_on(typed)


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        ("none", "31-01 28-02 31-03"),
        ("after", "02-02 02-03 01-04"),
        ("before", "02-02 27-02 30-03"),
        ("within", "02-02 27-02 30-03"),
    ],
)
def test_moved_off_weekends_and_holidays(move: Move, expected: str) -> None:
    """31 January and 28 February 2026 are Saturdays, 31 March a holiday here; nothing moves before the first day."""
    calendar = Calendar(move, frozenset({date(2026, 3, 31)}))
    assert shown(days(date(2026, 1, 31), 3, calendar=calendar)) == expected


def test_within_the_month_goes_on_where_it_can() -> None:
    assert shown(days(date(2026, 2, 1), 2, calendar=Calendar("within"))) == "02-02 02-03"


def test_days_that_would_meet_go_on_to_the_next_working_day() -> None:
    """A fortnight of holidays: three weekly days would fall on one."""
    shut = frozenset(date(2026, 6, 1) + timedelta(days=n) for n in range(14))
    found = days(date(2026, 6, 1), 3, Rhythm("week"), Calendar("after", shut))
    assert shown(found) == "15-06 16-06 17-06"


def test_days_that_are_given_stay_in_their_order() -> None:
    dates = [date(2026, 6, 1), date(2026, 6, 20)]
    assert agreed(dates) == tuple(dates)
    assert shown(shifted(agreed(dates), Calendar("before"))) == "01-06 19-06"
    with pytest.raises(WrongUsage, match="do not follow"):
        agreed([*dates, date(2026, 6, 20)])


def test_counted_back_from_the_last_day() -> None:
    assert shown(days_until(date(2026, 3, 31), 3)) == "31-01 28-02 31-03"
    assert shown(days_until(date(2026, 3, 31), 3, "week")) == "17-03 24-03 31-03"
    assert shown(days_until(date(2026, 3, 31), 2, "fortnight")) == "17-03 31-03"
    with pytest.raises(WrongUsage):
        days_until(date(2026, 3, 31), 0)


@pytest.mark.parametrize("number", [0, -1, MOST + 1])
def test_no_instalments_or_too_many_are_refused(number: int) -> None:
    with pytest.raises(WrongUsage, match="not a number of instalments"):
        days(date(2026, 1, 1), number)


@pytest.mark.parametrize("rhythm", [Rhythm(), Rhythm("week"), Rhythm(month_day=1)])
def test_the_calendar_ends(rhythm: Rhythm) -> None:
    with pytest.raises(WrongUsage, match="the calendar ends"):
        days(date(9999, 12, 20), 3, rhythm)


def test_a_week_without_a_working_day_is_refused() -> None:
    with pytest.raises(WrongUsage, match="no working day"):
        days(date(2026, 1, 1), 1, calendar=Calendar("after", weekend=frozenset(range(7))))


_RHYTHMS = st.builds(
    Rhythm,
    st.sampled_from(["week", "fortnight", "month"]),
    st.none() | st.integers(1, 31),
    st.none() | st.integers(0, 6),
    st.sampled_from([1, 2, 3, 4, -1]),
)
_CALENDARS = st.builds(
    Calendar,
    st.sampled_from(["none", "after", "before", "within"]),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 4, 1)), max_size=30),
    st.frozensets(st.integers(0, 6), max_size=5),
)


@given(st.dates(date(2025, 12, 1), date(2026, 3, 1)), st.integers(1, 30), _RHYTHMS, _CALENDARS)
def test_days_strictly_increase_and_nobody_pays_on_a_free_one(
    first_on: date, number: int, rhythm: Rhythm, calendar: Calendar
) -> None:
    found = days(first_on, number, rhythm, calendar)
    assert len(found) == number
    assert found[0] >= first_on
    assert all(earlier < later for earlier, later in pairwise(found))
    assert calendar.move == "none" or not any(calendar.free(day) for day in found)
