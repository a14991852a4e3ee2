"""Amounts of instalments, to the paisa, with and without interest."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.errors import WrongUsage
from collect.instalments import Interest, equal, split, stepped
from collect.schedule import days

NEW_YEAR = date(2026, 1, 1)
MONTHS = days(date(2026, 2, 1), 12)


def test_the_odd_paise_go_to_the_last_or_the_first() -> None:
    assert split(10_000, 3) == (3_333, 3_333, 3_334)
    assert split(10_000, 3, "first") == (3_334, 3_333, 3_333)
    assert split(1, 1) == (1,)


@pytest.mark.parametrize(("debt", "number"), [(1, 2), (0, 1), (100, 0)])
def test_an_instalment_is_at_least_one_minor_unit(debt: int, number: int) -> None:
    with pytest.raises(WrongUsage, match="not a number of instalments for this debt"):
        split(debt, number)


def test_parts_of_a_given_amount_leave_a_smaller_last_one() -> None:
    assert [minor for minor, _ in stepped(100_000, 30_000, MONTHS, NEW_YEAR, None)] == [30_000, 30_000, 30_000, 10_000]
    assert [minor for minor, _ in stepped(90_000, 30_000, MONTHS, NEW_YEAR, None)] == [30_000] * 3


@pytest.mark.parametrize("each", [0, -5, 8_333])
def test_parts_too_small_to_pay_the_debt_off_are_refused(each: int) -> None:
    with pytest.raises(WrongUsage, match="do not pay the debt off"):
        stepped(100_000, each, MONTHS, NEW_YEAR, None)


def test_flat_interest_on_the_whole_debt_to_the_last_day() -> None:
    """12,000 at 12 % over the 365 days to 1 January 2027: 1,440, so 12 x 1,120."""
    parts = equal(1_200_000, MONTHS, NEW_YEAR, Interest("flat", Decimal(12)))
    assert parts == ((112_000, 12_000),) * 12


def test_declining_interest_in_equal_instalments() -> None:
    """1,00,000 at 1 % a month for 12 months: 8,884.88 a month by the annuity formula, 6,618.53 of interest."""
    parts = equal(10_000_000, MONTHS, NEW_YEAR, Interest("declining", Decimal(12), "30/360"))
    assert parts[0] == (888_488, 100_000)
    assert {minor for minor, _ in parts[:-1]} == {888_488}
    assert parts[-1] == (888_485, 8_797)
    assert sum(interest for _, interest in parts) == 661_853


def test_day_counts_differ() -> None:
    """10,000 at 10 % from 31 January to 31 March: 59 days of 365 or 360, or 60 of 360."""
    due = date(2026, 1, 31), date(2026, 3, 31)
    found = [Interest("flat", Decimal(10), count).minor(1_000_000, *due) for count in ("actual/365", "actual/360")]
    assert [*found, Interest("flat", Decimal(10), "30/360").minor(1_000_000, *due)] == [16_164, 16_389, 16_667]


def test_interest_is_rounded_half_up() -> None:
    yearly = date(2026, 1, 1), date(2027, 1, 1)
    assert [Interest("flat", Decimal("0.5")).minor(minor, *yearly) for minor in (99, 100, 300)] == [0, 1, 2]


def test_declining_interest_with_a_given_instalment() -> None:
    """1,000 at 1 % a month, 400 a month: interest 10.00, 6.10, 2.16 and a last payment of 218.26."""
    parts = stepped(100_000, 40_000, MONTHS, NEW_YEAR, Interest("declining", Decimal(12), "30/360"))
    assert parts == ((40_000, 1_000), (40_000, 610), (21_826, 216))


def test_flat_interest_with_a_given_instalment() -> None:
    """1,000 at 12 % and 30/360: three months cost 30, so 400, 400 and 230."""
    parts = stepped(100_000, 40_000, MONTHS, NEW_YEAR, Interest("flat", Decimal(12), "30/360"))
    assert [minor for minor, _ in parts] == [40_000, 40_000, 23_000]
    assert sum(interest for _, interest in parts) == 3_000


def test_an_instalment_that_does_not_cover_the_interest_is_refused() -> None:
    for kind in ("declining", "flat"):
        with pytest.raises(WrongUsage, match="do not pay the debt off"):
            stepped(100_000, 900, MONTHS, NEW_YEAR, Interest(kind, Decimal(12), "30/360"))


def test_the_formula_is_said_in_words() -> None:
    flat, declining = Interest("flat", Decimal("12.5")), Interest("declining", Decimal(9), "30/360")
    assert flat.formula == "debt x 12.5 % x days to the last instalment (actual/365) / 365"
    assert declining.formula == "what is left x 9 % x days (30/360) / 360"


def test_interest_below_nothing_is_refused() -> None:
    with pytest.raises(WrongUsage, match="below nothing"):
        Interest("flat", Decimal(-1))


@given(
    st.integers(1, 10**9),
    st.integers(1, 40),
    st.none()
    | st.builds(
        Interest,
        st.sampled_from(["flat", "declining"]),
        st.decimals(0, 60, places=2),
        st.sampled_from(["actual/365", "actual/360", "30/360"]),
    ),
    st.integers(1, 10**9),
    st.sampled_from(["first", "last"]),
)
def test_principal_sums_to_the_debt(debt: int, number: int, interest: Interest | None, each: int, odd: str) -> None:
    due = days(date(2026, 1, 31), number)
    found = []
    if number <= debt:
        found.append(equal(debt, due, NEW_YEAR, interest, "first" if odd == "first" else "last"))
        assert len(found[0]) == number
    try:
        found.append(stepped(debt, each, due, NEW_YEAR, interest))
    except WrongUsage:
        assert interest is not None or each * number < debt
    for parts in found:
        assert sum(minor - part for minor, part in parts) == debt
        assert all(0 <= part <= minor and minor > 0 for minor, part in parts)
