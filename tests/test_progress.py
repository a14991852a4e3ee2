"""How plans stand: on any day, from dates and payments alone."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.allocation import OpenItem, PlanDue, allocate
from collect.plans import Debt, Plan, propose
from collect.progress import Relief, Standing, evaluate
from collect.promises import Payment
from collect.schedule import Rhythm

AGREED = date(2026, 5, 20)


def june(day: int) -> date:
    return date(2026, 6, 1) + timedelta(days=day - 1)


def plan(**changes: Any) -> Plan:
    """900 on item 1 in three weekly instalments of 300: 1, 8 and 15 June."""
    proposed = propose(7, Debt("INR", 900, frozenset({1})), first_on=june(1), count=3, rhythm=Rhythm("week"))
    return replace(proposed, agreed_on=AGREED, **changes)


def paid(day: int, minor: int, bounced: int | None = None, item_id: int = 1) -> Payment:
    return Payment(june(day), minor, item_id, reversed_on=june(bounced) if bounced else None)


def row_states(standing: Standing) -> list[str]:
    return [row.state for row in standing.rows]


def test_on_track_while_every_instalment_is_paid_by_its_day() -> None:
    standing = evaluate(plan(), [paid(1, 300)], june(8))
    assert (standing.state, standing.paid_minor, standing.arrears_minor, standing.open_minor) == ("active", 300, 0, 600)
    assert row_states(standing) == ["paid", "open", "open"]
    assert standing.next is not None
    assert standing.next.instalment.due_on == june(8)


def test_late_from_the_day_after_and_broken_after_ten_days_of_grace() -> None:
    states = {day: evaluate(plan(), [], june(day)).state for day in (1, 2, 11, 12)}
    assert states == {1: "active", 2: "late", 11: "late", 12: "broken"}
    standing = evaluate(plan(), [paid(5, 100)], june(12))
    assert (standing.broken_on, standing.arrears_minor) == (june(12), 500)
    assert row_states(standing) == ["missed", "late", "open"]
    assert evaluate(plan(), [], june(2), grace_days=0).state == "broken"


def test_late_within_the_grace_is_mended_by_paying() -> None:
    assert evaluate(plan(), [paid(11, 600)], june(12)).state == "active"
    assert evaluate(plan(), [paid(12, 600)], june(12)).state == "broken"


def test_a_broken_plan_stays_broken_until_all_is_paid() -> None:
    payments = [paid(13, 900)]
    assert evaluate(plan(), [paid(13, 600)], june(14)).state == "broken"
    standing = evaluate(plan(), payments, june(14))
    assert (standing.state, standing.broken_on, standing.open_minor) == ("completed", june(12), 0)


def test_paying_early_pulls_forward() -> None:
    standing = evaluate(plan(), [paid(1, 750)], june(9))
    assert [(row.paid_minor, row.left_minor, row.state) for row in standing.rows] == [
        (300, 0, "paid"),
        (300, 0, "paid"),
        (150, 150, "open"),
    ]
    assert (standing.state, evaluate(plan(), [paid(1, 900)], june(1)).state) == ("active", "completed")


def test_a_payment_on_another_item_is_none_of_this_plan() -> None:
    assert evaluate(plan(), [paid(1, 900, item_id=2)], june(2)).paid_minor == 0
    everything = replace(plan(), item_ids=frozenset())
    assert evaluate(everything, [paid(1, 900, item_id=2)], june(2)).state == "completed"


def test_what_the_debt_had_already_is_not_counted_again() -> None:
    """Paid before the agreement, or earlier the same day: the debt of 900 is what was left after it."""
    agreed = plan(change_id=50)
    before = [Payment(AGREED, 100, 1, change_id=49), Payment(AGREED - timedelta(5), 100, 1, change_id=3)]
    assert evaluate(agreed, before, june(1)).paid_minor == 0
    later = [Payment(AGREED, 100, 1, change_id=51), Payment(AGREED - timedelta(5), 100, 1, change_id=60)]
    assert evaluate(agreed, later, june(1)).paid_minor == 200
    cheque_in_the_drawer = [Payment(june(1), 100, 1, change_id=20)]
    assert evaluate(agreed, cheque_in_the_drawer, june(1)).paid_minor == 100
    assert evaluate(plan(), [Payment(AGREED, 100, 1)], june(1)).paid_minor == 100


def test_proposed_then_waiting_for_approval_then_active() -> None:
    assert evaluate(replace(plan(), agreed_on=None), [paid(1, 300)], june(30)).state == "proposed"
    assert evaluate(plan(), [], AGREED - timedelta(1)).state == "proposed"
    waiting = plan(needs_approval=True)
    assert evaluate(waiting, [], june(30)).state == "waiting for approval"
    approved = replace(waiting, approved_on=june(6))
    assert evaluate(approved, [], june(5)).state == "waiting for approval"
    assert evaluate(approved, [], june(6)).state == "active"
    assert [evaluate(approved, [], june(day)).state for day in (7, 16, 17)] == ["late", "late", "broken"]


def test_cancelled_or_superseded_it_stays_as_it_was_that_day() -> None:
    payments = [paid(1, 300), paid(20, 600)]
    for change, state in (("cancelled_on", "cancelled"), ("superseded_on", "superseded")):
        ended = plan(**{change: june(9)})
        assert evaluate(ended, payments, june(8)).state == "active"
        standing = evaluate(ended, payments, june(30))
        assert (standing.state, standing.paid_minor, standing.broken_on, standing.dues) == (state, 300, None, ())
    assert evaluate(plan(superseded_on=june(14)), [], june(30)).broken_on == june(12)


def test_a_credit_note_comes_off_the_last_instalments() -> None:
    standing = evaluate(plan(), [paid(1, 300)], june(2), reliefs=[Relief(june(2), 400)])
    assert [(row.relieved_minor, row.left_minor, row.state) for row in standing.rows] == [
        (0, 0, "paid"),
        (100, 200, "open"),
        (300, 0, "released"),
    ]
    assert (standing.open_minor, standing.dues) == (200, (PlanDue(june(8), 200, frozenset({1})),))
    assert evaluate(plan(), [], june(2), reliefs=[Relief(june(2), 900)]).state == "completed"


def test_a_dispute_suspends_its_part_and_keeps_the_plan_from_being_completed() -> None:
    dispute = [Relief(june(2), 600, disputed=True), Relief(june(20), -600, disputed=True)]
    during = evaluate(plan(), [paid(1, 300)], june(19), reliefs=dispute)
    assert (during.state, during.next, during.open_minor) == ("active", None, 600)
    after = evaluate(plan(), [paid(1, 300)], june(20), reliefs=dispute)
    assert (after.state, after.arrears_minor) == ("broken", 600)
    upheld = [*dispute, Relief(june(20), 600)]
    assert evaluate(plan(), [paid(1, 300)], june(20), reliefs=upheld).state == "completed"


def test_the_bounce_of_an_older_payment_is_owed_with_the_last_instalment() -> None:
    standing = evaluate(plan(), [paid(1, 900)], june(5), reliefs=[Relief(june(4), -250)])
    assert (standing.state, standing.open_minor, standing.rows[-1].left_minor) == ("active", 250, 250)
    assert evaluate(plan(), [paid(1, 900)], june(3), reliefs=[Relief(june(4), -250)]).state == "completed"


def test_a_payment_reversed_after_completion_breaks_the_plan_on_that_day() -> None:
    payments = [paid(1, 300), paid(8, 300), paid(15, 300, bounced=40)]
    assert evaluate(plan(), payments, june(39)).state == "completed"
    standing = evaluate(plan(), payments, june(40))
    assert (standing.state, standing.broken_on, standing.open_minor) == ("broken", june(40), 300)
    early = [paid(1, 900, bounced=12)]
    assert evaluate(plan(), early, june(12)).broken_on == june(12)
    assert evaluate(plan(), [paid(2, 900, bounced=4)], june(4)).state == "late"


def test_two_plans_on_one_account_over_different_items() -> None:
    other = replace(plan(), item_ids=frozenset({2}))
    items = [OpenItem(1, "A", AGREED, 900), OpenItem(2, "B", AGREED, 900), OpenItem(3, "C", AGREED, 900)]
    dues = [*evaluate(plan(), [paid(1, 300)], june(2)).dues, *evaluate(other, [], june(2)).dues]
    paid_now = allocate(1_000, items, instalments=dues)
    assert dict(paid_now.lines) == {2: 600, 1: 400}
    assert evaluate(other, [paid(2, 600, item_id=2)], june(2)).arrears_minor == 0


def test_no_instalment_is_asked_for_before_approval_or_after_the_end() -> None:
    assert evaluate(plan(needs_approval=True), [], june(1)).dues == ()
    assert evaluate(plan(), [], june(12)).dues == ()
    assert [due.open_minor for due in evaluate(plan(), [paid(1, 100)], june(2)).dues] == [200, 300, 300]


_EVENTS = st.lists(
    st.builds(paid, st.integers(-5, 40), st.integers(1, 500), st.none() | st.integers(-5, 60)), max_size=6
)
_RELIEFS = st.lists(st.builds(Relief, st.integers(-5, 40).map(june), st.integers(-300, 500), st.booleans()), max_size=4)


@given(_EVENTS, _RELIEFS, st.integers(-15, 60))
def test_a_plan_adds_up_on_every_day(payments: list[Payment], reliefs: list[Relief], day: int) -> None:
    standing = evaluate(plan(), payments, june(day), reliefs=reliefs)
    assert standing == evaluate(plan(), payments[::-1], june(day), reliefs=reliefs[::-1])
    for row in standing.rows:
        assert row.left_minor >= 0
        assert row.paid_minor >= 0
        assert (row.left_minor == 0) == (row.state in {"paid", "released"})
    assert sum(row.paid_minor for row in standing.rows) <= max(0, standing.paid_minor)
    if standing.state == "completed":
        assert standing.open_minor <= 0
    if standing.state == "active":
        assert standing.arrears_minor == 0
    known = [one for one in payments if one.paid_on <= june(day)], [one for one in reliefs if one.on <= june(day)]
    assert standing == evaluate(plan(), known[0], june(day), reliefs=known[1])


@pytest.mark.parametrize("day", [-30, 0, 200])
def test_a_payment_that_pays_it_all_completes_it_whenever_it_comes(day: int) -> None:
    agreed = replace(plan(), agreed_on=june(-40))
    assert evaluate(agreed, [paid(day, 900)], june(250)).state == "completed"
