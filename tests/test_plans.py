"""Plans proposed: by number, by amount, on given dates, with a first payment."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.errors import WrongUsage
from collect.instalments import Interest
from collect.plans import Debt, Plan, debt_of, propose
from collect.schedule import Calendar, Rhythm

FIRST = date(2026, 1, 31)


def debt(minor: int) -> Debt:
    return Debt("INR", minor, frozenset({1}))


def rows(plan: Plan) -> list[tuple[str, int]]:
    return [(row.due_on.strftime("%d-%m"), row.amount_minor) for row in plan.instalments]


def test_by_number() -> None:
    plan = propose(7, debt(100_000), first_on=FIRST, count=3)
    assert rows(plan) == [("31-01", 33_333), ("28-02", 33_333), ("31-03", 33_334)]
    assert [row.no for row in plan.instalments] == [1, 2, 3]
    assert (plan.total_minor, plan.interest_minor, plan.agreed_on) == (100_000, 0, None)


def test_by_amount() -> None:
    plan = propose(7, debt(100_000), first_on=FIRST, each_minor=40_000, rhythm=Rhythm("week"))
    assert rows(plan) == [("31-01", 40_000), ("07-02", 40_000), ("14-02", 20_000)]


def test_on_given_dates() -> None:
    dates = [date(2026, 2, 1), date(2026, 2, 10), date(2026, 5, 2)]
    assert rows(propose(7, debt(100), dates=dates)) == [("01-02", 33), ("10-02", 33), ("02-05", 34)]
    moved = propose(7, debt(100), dates=dates, down_minor=50, calendar=Calendar("after"))
    assert rows(moved) == [("02-02", 50), ("10-02", 25), ("04-05", 25)]


def test_a_first_payment_comes_on_top_of_the_number() -> None:
    plan = propose(7, debt(100_000), first_on=FIRST, count=2, down_minor=10_001)
    assert rows(plan) == [("31-01", 10_001), ("28-02", 44_999), ("31-03", 45_000)]


def test_a_first_payment_of_the_whole_debt_is_the_plan() -> None:
    for count, each in ((3, None), (None, 500)):
        plan = propose(7, debt(1_000), first_on=FIRST, down_minor=1_000, count=count, each_minor=each)
        assert rows(plan) == [("31-01", 1_000)]


def test_a_first_payment_larger_than_the_debt_is_refused() -> None:
    with pytest.raises(WrongUsage, match="larger than the debt") as refused:
        propose(7, debt(1_000), first_on=FIRST, count=3, down_minor=1_001)
    assert refused.value.hint


@pytest.mark.parametrize("minor", [1, 637_585])
def test_one_instalment(minor: int) -> None:
    assert rows(propose(7, debt(minor), first_on=FIRST, count=1)) == [("31-01", minor)]


def test_six_hundred_instalments() -> None:
    plan = propose(7, debt(100_000_000), first_on=FIRST, count=600, interest=Interest("declining", Decimal(9)))
    assert len(plan.instalments) == 600
    assert plan.instalments[-1].due_on == date(2075, 12, 31)
    assert plan.total_minor == 100_000_000 + plan.interest_minor


def test_interest_runs_from_the_day_of_agreement_or_the_first_payment() -> None:
    flat, agreed_on = Interest("flat", Decimal(12), "30/360"), date(2025, 12, 31)
    plan = propose(7, debt(100_000), first_on=FIRST, count=1, interest=flat, from_on=agreed_on)
    assert (plan.interest_minor, plan.interest) == (1_000, flat)
    assert propose(7, debt(100_000), first_on=FIRST, count=1, interest=flat).interest_minor == 0
    paid_down = propose(7, debt(110_000), first_on=FIRST, count=1, down_minor=10_000, interest=flat, from_on=agreed_on)
    assert [row.interest_minor for row in paid_down.instalments] == [0, 933]
    stepped = propose(7, debt(100_000), first_on=FIRST, each_minor=60_000, interest=flat, from_on=agreed_on)
    assert [row.amount_minor for row in stepped.instalments] == [60_000, 41_933]


def test_one_way_to_say_how_is_needed_and_only_one() -> None:
    with pytest.raises(WrongUsage, match="by number, by amount or by dates"):
        propose(7, debt(100), first_on=FIRST)
    with pytest.raises(WrongUsage, match="by number, by amount or by dates"):
        propose(7, debt(100), first_on=FIRST, count=2, each_minor=50)
    with pytest.raises(WrongUsage, match="by number, by amount or by dates"):
        propose(7, debt(100), first_on=FIRST, dates=[FIRST])
    with pytest.raises(WrongUsage, match="by number, by amount or by dates"):
        propose(7, debt(100), count=2)


def test_the_debt_is_what_is_open_in_one_currency() -> None:
    assert debt_of([(1, "INR", 500), (2, "INR", 0), (3, "INR", 20)]) == Debt("INR", 520, frozenset({1, 3}))
    with pytest.raises(WrongUsage, match="two currencies: INR, USD") as refused:
        debt_of([(1, "INR", 500), (2, "USD", 20)])
    assert refused.value.hint
    with pytest.raises(WrongUsage, match="nothing open"):
        debt_of([(1, "INR", 0)])


@given(
    st.integers(2, 10**8),
    st.integers(1, 36),
    st.integers(0, 10**8),
    st.builds(Rhythm, st.sampled_from(["week", "fortnight", "month"])),
    st.builds(Calendar, st.sampled_from(["none", "after", "before", "within"])),
    st.booleans(),
)
def test_instalments_sum_to_the_debt_and_dates_strictly_increase(
    minor: int, number: int, down: int, rhythm: Rhythm, calendar: Calendar, by_amount: bool
) -> None:
    down %= minor
    rest = minor - down
    how: dict[str, Any] = {"each_minor": -(-rest // number)} if by_amount else {"count": min(number, rest)}
    plan = propose(7, debt(minor), first_on=FIRST, down_minor=down, rhythm=rhythm, calendar=calendar, **how)
    assert plan.total_minor == minor
    assert all(earlier.due_on < later.due_on for earlier, later in pairwise(plan.instalments))
    assert not down or plan.instalments[0].amount_minor == down
