"""What an account's plans mean for the day: first, a reminder, left alone, or nothing."""

from datetime import date

import pytest

from collect import planqueue, progress
from collect.instalments import Instalment
from collect.plans import Plan
from collect.progress import Standing
from collect.promises import Payment

DAYS = (date(2026, 4, 10), date(2026, 5, 10))


def standing(today: date, *paid: date, item: int = 7, cancelled_on: date | None = None) -> Standing:
    """A plan of 100.00 on 10 April and on 10 May, of which 100.00 was paid on each of those days."""
    rows = tuple(Instalment(no, day, 100_00) for no, day in enumerate(DAYS, 1))
    plan = Plan(1, "INR", 200_00, rows, frozenset({item}), id=1, agreed_on=date(2026, 4, 1), cancelled_on=cancelled_on)
    return progress.evaluate(plan, [Payment(day, 100_00, item, change_id=1) for day in paid], today)


@pytest.mark.parametrize(
    ("today", "paid", "what", "why", "until"),
    [
        (date(2026, 4, 8), (), "hold", "plan P1 on track, next INR 100.00 on 2026-04-10", "2026-04-09"),
        (date(2026, 4, 9), (), "remind", "instalment of P1 due on 2026-04-10: INR 100.00", ""),
        (date(2026, 4, 10), (), "remind", "instalment of P1 due on 2026-04-10: INR 100.00", ""),
        (date(2026, 4, 11), (), "remind", "instalment of P1 late since 2026-04-10: INR 100.00", ""),
        (date(2026, 4, 21), (), "first", "plan P1 broken since 2026-04-21: INR 200.00 open", ""),
        (
            date(2026, 4, 21),
            (date(2026, 4, 10),),
            "hold",
            "plan P1 on track, next INR 100.00 on 2026-05-10",
            "2026-05-09",
        ),
    ],
)
def test_one_plan(today: date, paid: tuple[date, ...], what: str, why: str, until: str) -> None:
    found = planqueue.place([("P1", standing(today, *paid))], {7}, today)
    assert found == (what, why, "P1", until)


def test_what_is_broken_comes_first_and_what_no_plan_covers_is_not_left_alone() -> None:
    today = date(2026, 4, 21)
    good, bad = standing(today, date(2026, 4, 10)), standing(today, item=8)
    both = planqueue.place([("P1", good), ("P2", bad)], {7, 8, 9}, today)
    assert both is not None
    assert (both.what, both.plan) == ("first", "P2")
    alone = planqueue.place([("P1", good)], {7, 9}, today)
    assert alone is not None
    assert alone.what == "none"


def test_plans_that_have_ended_say_nothing() -> None:
    today = date(2026, 4, 21)
    ended = [standing(today, *DAYS[:1], cancelled_on=date(2026, 4, 5)), standing(date(2026, 5, 11), *DAYS)]
    assert planqueue.place([("P1", ended[0]), ("P2", ended[1])], {7}, today) is None
