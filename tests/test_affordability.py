"""Can the debtor pay it? Figures in paise, verdicts in words."""

from datetime import date
from decimal import Decimal

from collect.affordability import Budget, affordable, alternatives, assess, monthly
from collect.plans import Debt
from collect.schedule import Rhythm

BUDGET = Budget("INR", 3_000_000, date(2026, 6, 1), "the debtor", priority_minor=1_800_000, other_minor=700_000)
FIRST = date(2026, 6, 30)


def test_surplus_is_income_less_outgoings_and_is_asked_for_again_after_half_a_year() -> None:
    assert (BUDGET.surplus_minor, BUDGET.review_on) == (500_000, date(2026, 12, 1))


def test_a_plan_that_fits() -> None:
    verdict = assess(BUDGET, 200_000)
    assert (verdict.fits, verdict.hardship, verdict.share_percent) == (True, False, Decimal("40.0"))
    assert verdict.words == "fits: INR 2,000.00 a month is 40 % of the surplus of INR 5,000.00"
    assert assess(BUDGET, 500_000).fits


def test_a_plan_that_does_not_fit() -> None:
    verdict = assess(BUDGET, 600_001)
    assert (verdict.fits, verdict.hardship, verdict.share_percent) == (False, False, Decimal(120))
    assert verdict.words == "does not fit: INR 6,000.01 a month is INR 1,000.01 more than the surplus of INR 5,000.00"


def test_nothing_left_is_hardship() -> None:
    broke = Budget("INR", 100_000, date(2026, 6, 1), "her son", priority_minor=150_000)
    verdict = assess(broke, 1)
    assert (verdict.fits, verdict.hardship, verdict.share_percent) == (False, True, None)
    assert verdict.words == "does not fit: after outgoings INR 500.00 a month short; treat as hardship"
    even = Budget("INR", 100_000, date(2026, 6, 1), "her son", priority_minor=100_000)
    assert assess(even, 1).words == "does not fit: after outgoings nothing is left; treat as hardship"
    assert affordable(broke) == 0


def test_weeks_and_fortnights_are_judged_by_the_month() -> None:
    assert (monthly(100_000, "week"), monthly(100_000, "fortnight"), monthly(1, "month")) == (433_334, 216_667, 1)
    assert (affordable(BUDGET, "week"), affordable(BUDGET, "fortnight")) == (115_384, 230_769)
    assert assess(BUDGET, affordable(BUDGET, "week"), "week").fits
    assert not assess(BUDGET, affordable(BUDGET, "week") + 1, "week").fits
    assert affordable(BUDGET, share_percent=50) == 250_000


def test_three_plans_side_by_side() -> None:
    found = alternatives(7, Debt("INR", 1_800_000), first_on=FIRST, budget=BUDGET)
    assert [(name, len(plan.instalments), plan.instalments[0].amount_minor) for name, plan in found] == [
        ("short", 3, 600_000),
        ("medium", 6, 300_000),
        ("affordable", 4, 500_000),
    ]
    assert [row.amount_minor for row in found[2][1].instalments] == [500_000, 500_000, 500_000, 300_000]


def test_without_a_surplus_the_third_plan_is_long() -> None:
    debt = Debt("INR", 1_800_000)
    tight = Budget("INR", 100, date(2026, 6, 1), "the debtor", priority_minor=99)
    for budget in (None, tight):
        found = alternatives(7, debt, first_on=FIRST, budget=budget, rhythm=Rhythm("week"))
        assert [(name, len(plan.instalments)) for name, plan in found] == [("short", 3), ("medium", 6), ("long", 12)]


def test_a_debt_of_one_paisa_has_one_instalment_in_every_plan() -> None:
    found = alternatives(7, Debt("INR", 1), first_on=FIRST)
    assert [(name, len(plan.instalments)) for name, plan in found] == [("short", 1), ("medium", 1), ("long", 1)]
