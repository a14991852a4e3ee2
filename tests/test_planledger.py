"""What the ledger says of a plan: which postings pay it, which relieve it, and what was undone."""

from datetime import date

import pytest

from collect import planledger
from collect.instalments import Instalment
from collect.planledger import Dispute, Line
from collect.plans import Plan
from collect.progress import Relief
from collect.promises import Payment

AGREED = date(2026, 4, 1)
PLAN = Plan(
    account_id=1,
    currency="INR",
    debt_minor=100_00,
    instalments=(Instalment(1, date(2026, 4, 10), 100_00),),
    item_ids=frozenset({7}),
    id=1,
    agreed_on=AGREED,
    change_id=50,
)


def april(day: int) -> date:
    return date(2026, 4, day)


def money(key: int, minor: int, on: date, change: int = 60, came: date | None = None, kind: str = "receipt") -> Line:
    return Line(key, 7, "allocation", -minor, on, change, None, kind, came or on)


def back(line: Line, key: int, on: date, change: int = 70, bounced: date | None = None) -> Line:
    return Line(key, 7, line.kind, -line.amount_minor, on, change, line.id, line.credit_kind, line.credit_on, bounced)


@pytest.mark.parametrize(
    ("line", "payment"),
    [
        (money(1, 40_00, april(5)), Payment(april(5), 40_00, 7, change_id=60)),
        (money(1, 40_00, april(9), came=april(5)), Payment(april(5), 40_00, 7, change_id=60)),
        (money(1, 40_00, april(5), kind="advance"), Payment(april(5), 40_00, 7, change_id=60)),
        (Line(1, 7, "tds", -4_00, april(5), 60), Payment(april(5), 4_00, 7, change_id=60)),
        (Line(1, 7, "settled in the ledger", -4_00, april(5), 60), Payment(april(5), 4_00, 7, change_id=60)),
    ],
)
def test_money_and_what_is_as_good_as_money_pays(line: Line, payment: Payment) -> None:
    assert planledger.read(PLAN, [line]) == ([payment], [])


@pytest.mark.parametrize(
    ("line", "relief"),
    [
        (money(1, 40_00, april(5), kind="credit note"), Relief(april(5), 40_00)),
        (Line(1, 7, "write-off", -4_00, april(5), 60), Relief(april(5), 4_00)),
        (Line(1, 7, "adjusted in the ledger", 4_00, april(5), 60), Relief(april(5), -4_00)),
        (Line(1, 7, "discount", -4_00, date(2026, 3, 5), 60), Relief(AGREED, 4_00)),
    ],
)
def test_what_is_no_money_relieves_from_its_day_or_that_of_the_plan(line: Line, relief: Relief) -> None:
    assert planledger.read(PLAN, [line]) == ([], [relief])


def test_what_the_debt_holds_already_is_left_out() -> None:
    """The invoice, a payment and a write-off of before; and the interest billed by the plan's own change."""
    lines = [
        Line(1, 7, "invoice", 150_00, date(2026, 1, 1), 10),
        money(2, 40_00, april(1), change=20),
        Line(3, 7, "write-off", -10_00, april(1), 30),
        Line(4, 7, "invoice", 5_00, AGREED, 50),
    ]
    assert planledger.read(PLAN, lines) == ([], [])


def test_what_takes_effect_after_the_plan_counts_though_it_was_recorded_before() -> None:
    line = money(1, 40_00, april(3), change=20)
    assert planledger.read(PLAN, [line]) == ([Payment(april(3), 40_00, 7, change_id=20)], [])


def test_a_bounce_counts_until_its_day_and_a_mistake_on_no_day() -> None:
    paid = money(1, 40_00, april(5))
    bounced = back(paid, 2, april(12), bounced=april(12))
    assert planledger.read(PLAN, [paid, bounced]) == (
        [Payment(april(5), 40_00, 7, reversed_on=april(12), change_id=60)],
        [],
    )
    assert planledger.read(PLAN, [paid, back(paid, 2, april(5))]) == ([], [])


def test_taking_back_a_payment_of_before_the_plan_adds_to_its_debt() -> None:
    paid = money(1, 40_00, date(2026, 3, 5), change=20)
    assert planledger.read(PLAN, [paid, back(paid, 2, april(12), bounced=april(12))]) == (
        [],
        [Relief(april(12), -40_00)],
    )
    assert planledger.read(PLAN, [paid, back(paid, 2, date(2026, 3, 5))]) == ([], [Relief(AGREED, -40_00)])
    assert planledger.read(PLAN, [paid, back(paid, 2, date(2026, 3, 5), change=21)]) == ([], [])


def test_disputes_stand_aside_from_their_day_to_their_end() -> None:
    opened = [
        Dispute(april(3), 60, 30_00),
        Dispute(april(4), 61, None, april(8)),
        Dispute(date(2026, 3, 1), 20, 10_00),
        Dispute(date(2026, 3, 1), 62, 5_00, date(2026, 3, 9)),
    ]
    assert planledger.disputed(PLAN, [20_00, 0], opened) == [
        Relief(AGREED, 20_00, disputed=True),
        Relief(april(3), 30_00, disputed=True),
        Relief(april(4), 100_00, disputed=True),
        Relief(april(8), -100_00, disputed=True),
        Relief(AGREED, 5_00, disputed=True),
        Relief(AGREED, -5_00, disputed=True),
    ]
