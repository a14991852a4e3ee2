"""Less than the debt by a day: what it takes to agree, and what happens when it is kept or not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.errors import WrongUsage
from collect.plans import Debt, Plan
from collect.progress import Relief, Standing, evaluate
from collect.promises import Payment
from collect.settlements import (
    Floor,
    Lapse,
    Limit,
    Person,
    approver,
    checks,
    compare,
    floor_percent,
    lapse,
    objections,
    present_value,
    propose,
    share_of,
    waiver_minor,
)

TODAY = date(2026, 6, 1)
DEBT = Debt("INR", 10_000_000, frozenset({1}))
LIMITS = [
    Limit("team lead", 1, Decimal(10), 500_000),
    Limit("manager", 2, Decimal(40), 5_000_000),
    Limit("head", 3, Decimal(75)),
]


def settlement(pay_minor: int = 6_000_000, by_on: date = date(2026, 8, 31), count: int = 3) -> Plan:
    return propose(7, DEBT, pay_minor=pay_minor, by_on=by_on, today=TODAY, count=count)


def in_force(plan: Plan) -> Plan:
    return replace(plan, agreed_on=TODAY, approved_on=TODAY)


def paid(*days: tuple[int, int, int]) -> list[Payment]:
    return [Payment(date(2026, month, day), minor, 1) for month, day, minor in days]


def test_a_percent_or_an_amount_in_instalments_counted_back_from_the_day() -> None:
    plan = settlement(share_of(DEBT, Decimal(60)))
    assert [(row.due_on.isoformat(), row.amount_minor) for row in plan.instalments] == [
        ("2026-06-30", 2_000_000),
        ("2026-07-31", 2_000_000),
        ("2026-08-31", 2_000_000),
    ]
    assert (plan.kind, plan.waived_minor, plan.total_minor, plan.needs_approval) == (
        "settlement",
        4_000_000,
        6_000_000,
        True,
    )
    assert share_of(Debt("INR", 10_001), Decimal("33.5")) == 3_350


@pytest.mark.parametrize("pay_minor", [0, -1, 10_000_000, 10_000_001])
def test_a_settlement_takes_something_and_less_than_the_debt(pay_minor: int) -> None:
    with pytest.raises(WrongUsage, match="not less than the debt"):
        settlement(pay_minor)


def test_a_day_too_near_for_the_instalments_is_refused() -> None:
    with pytest.raises(WrongUsage, match="would be over: 2026-05-30"):
        settlement(by_on=date(2026, 6, 30), count=2)


def test_nothing_is_waived_before_the_last_agreed_payment_is_in() -> None:
    plan = in_force(settlement())
    payments = paid((6, 30, 2_000_000), (7, 15, 2_000_000))
    early = evaluate(plan, payments, date(2026, 8, 30))
    assert (early.state, waiver_minor(early), early.open_minor) == ("active", 0, 6_000_000)
    done = evaluate(plan, [*payments, *paid((8, 31, 2_000_000))], date(2026, 8, 31))
    assert (done.state, waiver_minor(done), lapse(done)) == ("completed", 4_000_000, None)
    posted = [Relief(date(2026, 8, 31), 4_000_000)]
    after = evaluate(plan, [*payments, *paid((8, 31, 2_000_000))], date(2026, 9, 1), reliefs=posted)
    assert (after.state, waiver_minor(after, 4_000_000), after.open_minor) == ("completed", 0, 0)


def test_a_missed_payment_lapses_it_and_the_full_debt_stands() -> None:
    plan, payments = in_force(settlement()), paid((6, 30, 2_000_000))
    assert evaluate(plan, payments, date(2026, 7, 31)).state == "active"
    lapsed = evaluate(plan, payments, date(2026, 8, 1))
    assert lapse(lapsed) == Lapse(date(2026, 8, 1), 2_000_000, 8_000_000)
    too_late = evaluate(plan, [*payments, *paid((8, 1, 4_000_000))], date(2026, 9, 5))
    assert (too_late.state, waiver_minor(too_late), lapse(too_late)) == (
        "lapsed",
        0,
        Lapse(date(2026, 8, 1), 6_000_000, 4_000_000),
    )


def test_a_bounce_after_the_waiver_takes_it_back() -> None:
    plan, posted = in_force(settlement(count=1)), [Relief(date(2026, 8, 31), 4_000_000)]
    cheque = [Payment(date(2026, 8, 31), 6_000_000, 1, reversed_on=date(2026, 9, 4))]
    assert evaluate(plan, cheque, date(2026, 9, 3), reliefs=posted).state == "completed"
    bounced = evaluate(plan, cheque, date(2026, 9, 4), reliefs=posted)
    assert waiver_minor(bounced, 4_000_000) == -4_000_000
    assert lapse(bounced, 4_000_000) == Lapse(date(2026, 9, 4), 0, 10_000_000)


def test_a_credit_note_comes_off_what_is_waived_first() -> None:
    credited = [Relief(date(2026, 6, 10), 1_000_000)]
    payments = paid((6, 30, 6_000_000))
    done = evaluate(in_force(settlement()), payments, date(2026, 6, 30), reliefs=credited)
    assert (done.state, waiver_minor(done)) == ("completed", 3_000_000)
    most = [Relief(date(2026, 6, 10), 5_000_000)]
    started = evaluate(in_force(settlement()), [], date(2026, 6, 10), reliefs=most)
    assert [row.left_minor for row in started.rows] == [2_000_000, 2_000_000, 1_000_000]


def test_more_than_three_months_is_a_restructuring_for_a_regulated_lender() -> None:
    long = settlement(by_on=date(2026, 9, 2))
    (flag,) = checks(long, TODAY, regulated=True)
    assert (flag.rule, flag.verdict) == ("IN-COMPROMISE", "REASON")
    assert "RBI/2023-24/40" in flag.citation
    assert checks(long, TODAY, regulated=False) == ()
    assert checks(settlement(by_on=date(2026, 9, 1)), TODAY, regulated=True) == ()


def test_the_floor_by_age_and_product() -> None:
    floors = [Floor(Decimal(90)), Floor(Decimal(60), from_days=180), Floor(Decimal(75), "gold", 90)]
    found = [
        floor_percent(floors, product, days) for product, days in (("", 10), ("", 180), ("gold", 200), ("gold", 5))
    ]
    assert found == [90, 60, 75, 90]
    assert floor_percent([], "gold", 5) == 0
    assert checks(settlement(), TODAY, regulated=False, floor=Decimal(60)) == ()
    (refused,) = checks(settlement(), TODAY, regulated=False, floor=Decimal("60.01"))
    assert (refused.rule, refused.verdict) == ("SETTLEMENT-FLOOR", "BLOCK")
    assert refused.why == "INR 60,000.00 is below the floor of 60.01 %"


def test_who_may_approve_how_much() -> None:
    found = [approver(settlement(pay), LIMITS) for pay in (9_500_000, 9_400_000, 6_000_000, 5_000_000, 2_000_000)]
    assert [limit.role if limit else "" for limit in found] == ["team lead", "manager", "manager", "head", ""]
    (refused,) = checks(settlement(2_000_000), TODAY, regulated=False, limits=LIMITS)
    assert (refused.verdict, refused.why) == ("BLOCK", "nobody may waive INR 80,000.00, 80.0 % of the debt")
    assert checks(settlement(), TODAY, regulated=False, limits=LIMITS) == ()


def test_who_asks_never_approves() -> None:
    plan, asha = settlement(), Person("Asha Rao")
    assert objections(plan, asha, Person("Meera")) == ()
    (refused,) = objections(plan, asha, Person(" asha  RAO", 9))
    assert (refused.verdict, refused.why) == ("BLOCK", "who asks does not approve:  asha  RAO")


def test_the_approver_stands_above_and_within_a_limit() -> None:
    plan, lead = settlement(), Person("Asha", 1)
    assert objections(plan, lead, Person("Meera", 2), limits=LIMITS) == ()
    (level,) = objections(plan, Person("Ravi", 2), Person("Meera", 2), limits=LIMITS)
    assert level.why == "not above the level of Ravi: Meera"
    (limit,) = objections(settlement(5_000_000), lead, Person("Meera", 2), limits=LIMITS)
    assert limit.why == "beyond the limit of Meera: INR 50,000.00, 50.0 %"


def test_the_approver_stands_above_who_sanctioned_the_loan() -> None:
    plan, asha, banker = settlement(), Person("Asha"), Person("Dev", 3)
    (refused,) = objections(plan, asha, Person("Meera", 3), sanctioner=banker)
    assert (refused.rule, refused.verdict) == ("IN-COMPROMISE", "BLOCK")
    assert objections(plan, asha, Person("dev", 4), sanctioner=banker)
    assert objections(plan, asha, Person("Meera", 4), sanctioner=banker) == ()


def test_the_offer_beside_the_expected_recovery() -> None:
    """At 12 %: 60,000 in one year is 53,571.43 today; 80 % of 1,00,000 in two years, less 5,000, is 59,789.54."""
    offer = settlement(by_on=date(2027, 6, 1), count=1)
    expected: dict[str, Any] = {"expected_percent": Decimal(80), "yearly_percent": Decimal(12)}
    worth = compare(offer, TODAY, expected_on=date(2028, 5, 31), cost_minor=500_000, **expected)
    assert (worth.offer_minor, worth.expected_minor, worth.better) == (5_357_143, 5_978_954, False)
    assert compare(offer, TODAY, expected_on=date(2031, 6, 1), **expected).better
    assert present_value([(TODAY, 100), (date(2026, 12, 1), 50)], TODAY, Decimal(0)) == 150


@given(st.integers(2, 10**8), st.integers(1, 10**8), st.integers(1, 12))
def test_what_is_paid_and_what_is_waived_is_the_debt(minor: int, pay_minor: int, count: int) -> None:
    pay_minor = 1 + pay_minor % (minor - 1)
    debt = Debt("INR", minor, frozenset({1}))
    by_on = date(2027, 6, 30)
    plan = in_force(propose(7, debt, pay_minor=pay_minor, by_on=by_on, today=TODAY, count=min(count, pay_minor)))
    assert plan.total_minor + plan.waived_minor == minor
    standing: Standing = evaluate(plan, [Payment(TODAY, pay_minor, 1)], by_on)
    assert (standing.state, waiver_minor(standing)) == ("completed", plan.waived_minor)
