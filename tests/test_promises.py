"""What became of promises: by dates and payments, on any day asked."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.errors import WrongUsage
from collect.promises import Payment, Promise, Rules, Standing, check, evaluate, quiet


def june(day: int) -> date:
    return date(2026, 6, day)


def promised(promise_id: int, made: int, due: int, amount: int, **more: Any) -> Promise:
    return Promise(promise_id, june(made), june(due), amount, **more)


def paid(day: int, amount: int, item_id: int | None = None, bounced: int | None = None, change: int = 0) -> Payment:
    return Payment(june(day), amount, item_id, reversed_on=june(bounced) if bounced else None, change_id=change)


def states(promises: list[Promise], payments: list[Payment], day: int, **more: Any) -> list[str]:
    return [one.state for one in evaluate(promises, payments, june(day), **more)]


def test_open_through_the_third_day_after_and_broken_from_the_fourth() -> None:
    promises = [promised(1, 1, 5, 1_000)]
    assert [states(promises, [], day)[0] for day in (1, 5, 8, 9)] == ["open", "open", "open", "broken"]
    (broken,) = evaluate(promises, [], june(30))
    assert (broken.since_on, broken.paid_minor, broken.missing_minor) == (june(9), 0, 1_000)


def test_before_it_was_made_there_is_no_promise() -> None:
    assert evaluate([promised(1, 2, 5, 1_000)], [], june(1)) == ()


def test_paying_early_is_keeping_it_from_that_day_on() -> None:
    promises = [promised(1, 1, 20, 1_000)]
    (kept,) = evaluate(promises, [paid(1, 400), paid(3, 600)], june(4))
    assert (kept.state, kept.since_on, kept.paid_minor, kept.missing_minor) == ("kept", june(3), 1_000, 0)
    assert states(promises, [paid(1, 400), paid(3, 600)], 2) == ["open"]


def test_what_was_paid_before_the_promise_or_after_the_tolerance_does_not_count() -> None:
    promises = [promised(1, 2, 5, 1_000)]
    assert states(promises, [paid(1, 1_000)], 9) == ["broken"]
    assert states(promises, [paid(9, 1_000)], 9) == ["broken"]
    assert states(promises, [paid(8, 1_000)], 9) == ["kept"]


def test_part_of_it_is_partly_kept_once_the_days_are_over() -> None:
    promises = [promised(1, 1, 5, 1_000)]
    assert states(promises, [paid(5, 999)], 8) == ["open"]
    (partly,) = evaluate(promises, [paid(5, 999)], june(9))
    assert (partly.state, partly.paid_minor, partly.missing_minor) == ("partly kept", 999, 1)


def test_a_setting_may_take_less_as_kept_and_more_days() -> None:
    promises = [promised(1, 1, 5, 999)]
    rules = Rules(tolerance_days=0, kept_percent=90)
    assert states(promises, [paid(5, 900)], 6, rules=rules) == ["kept"]
    assert states(promises, [paid(5, 899)], 6, rules=rules) == ["partly kept"]
    assert states(promises, [paid(6, 900)], 6, rules=rules) == ["broken"]


def test_every_rupee_counts_for_one_promise_only() -> None:
    parts = [promised(1, 1, 5, 600, contact_id=7), promised(2, 1, 12, 600, contact_id=7)]
    standings = evaluate(parts, [paid(4, 1_000)], june(30))
    assert [(one.state, one.paid_minor, one.level) for one in standings] == [("kept", 600, 1), ("partly kept", 400, 1)]


def test_a_payment_on_another_item_does_not_count() -> None:
    on_ten, on_twenty = frozenset({10}), frozenset({20})
    promises = [promised(1, 1, 5, 500, item_ids=on_ten), promised(2, 2, 6, 500, item_ids=on_twenty)]
    assert states(promises, [paid(3, 500, 20)], 30) == ["broken", "kept"]
    assert states(promises, [paid(3, 500), paid(4, 500, 10)], 30) == ["kept", "kept"]
    assert [one.level for one in evaluate(promises, [], june(30))] == [1, 1]


def test_a_new_promise_supersedes_the_open_one() -> None:
    """Level 1 open, then a new promise for the same debt: the old one is closed, the new one has level 2."""
    old, new = evaluate([promised(1, 1, 5, 1_000), promised(2, 4, 20, 1_000)], [paid(10, 1_000)], june(30))
    assert (old.state, old.since_on, old.level, old.paid_minor) == ("superseded", june(4), 1, 0)
    assert (new.state, new.level, new.paid_minor) == ("kept", 2, 1_000)


def test_before_the_new_promise_the_old_one_was_open() -> None:
    assert states([promised(1, 1, 5, 1_000), promised(2, 4, 20, 1_000)], [], 3) == ["open"]


def test_a_promise_after_a_broken_or_partly_kept_one_has_level_two() -> None:
    promises = [promised(1, 1, 5, 1_000), promised(2, 10, 20, 1_000)]
    for payments, state in (([], "broken"), ([paid(5, 300)], "partly kept")):
        old, new = evaluate(promises, payments, june(11))
        assert (old.state, old.level, new.state, new.level) == (state, 1, "open", 2)


def test_a_promise_after_a_withdrawn_one_has_level_two() -> None:
    """Level 1 withdrawn while open, later a promise: level 2."""
    withdrawn = promised(1, 1, 5, 1_000, withdrawn_on=june(3))
    old, new = evaluate([withdrawn, promised(2, 10, 20, 1_000)], [], june(11))
    assert (old.state, old.since_on, new.level) == ("withdrawn", june(3), 2)
    assert states([withdrawn], [], 2) == ["open"]


def test_a_promise_for_the_rest_after_a_kept_one_has_level_one() -> None:
    """Level 1 for part of the amount, kept, then a promise for the rest: level 1."""
    promises = [promised(1, 1, 5, 400), promised(2, 6, 20, 600)]
    kept, rest = evaluate(promises, [paid(5, 400), paid(19, 600)], june(30))
    assert [(one.state, one.level) for one in (kept, rest)] == [("kept", 1), ("kept", 1)]


def test_levels_go_on_rising_and_start_again_after_a_kept_promise() -> None:
    promises = [promised(n, 3 * n, 3 * n + 9, 100) for n in range(1, 5)]
    assert [one.level for one in evaluate(promises, [], june(30))] == [1, 2, 3, 4]
    assert [one.level for one in evaluate(promises, [paid(7, 100)], june(30))] == [1, 2, 1, 2]


def test_both_parts_of_one_contact_supersede_and_have_the_same_level() -> None:
    parts = [promised(2, 4, 10, 500, contact_id=7), promised(3, 4, 20, 500, contact_id=7)]
    standings = evaluate([promised(1, 1, 5, 1_000), *parts], [], june(4))
    assert [(one.state, one.level) for one in standings] == [("superseded", 1), ("open", 2), ("open", 2)]


def test_withdrawing_what_is_kept_or_broken_changes_nothing() -> None:
    assert states([promised(1, 1, 5, 100, withdrawn_on=june(4))], [paid(3, 100)], 5) == ["kept"]
    assert states([promised(1, 1, 5, 100, withdrawn_on=june(12))], [], 30) == ["broken"]


def test_paid_today_and_the_rest_promised_today() -> None:
    """The payment recorded before the new promise keeps the old one; recorded after it, it is for the new one."""
    promises = [promised(1, 1, 5, 400, change_id=1), promised(2, 5, 20, 600, change_id=5)]
    assert [(s.state, s.level) for s in evaluate(promises, [paid(5, 400, change=4)], june(5))] == [
        ("kept", 1),
        ("open", 1),
    ]
    late = evaluate(promises, [paid(5, 600, change=6)], june(5))
    assert [(s.state, s.level) for s in late] == [("superseded", 1), ("kept", 2)]


def test_what_is_left_of_a_promise_kept_by_share_does_not_starve_the_promise_of_the_rest() -> None:
    promises = [promised(1, 1, 5, 1_000), promised(2, 6, 20, 100)]
    standings = evaluate(promises, [paid(5, 900), paid(7, 100)], june(30), rules=Rules(kept_percent=90))
    assert [(one.state, one.paid_minor) for one in standings] == [("kept", 900), ("kept", 100)]


def test_a_bounced_payment_breaks_the_promise_from_the_day_of_the_bounce() -> None:
    promises, cheque = [promised(1, 1, 5, 1_000)], [paid(4, 1_000, bounced=12)]
    assert [states(promises, cheque, day)[0] for day in (4, 11, 12)] == ["kept", "kept", "broken"]
    assert states(promises, [paid(4, 1_000, bounced=4)], 4) == ["open"]


def test_a_bounce_after_a_new_promise_reopens_the_old_one_and_leaves_the_level() -> None:
    promises, cheque = [promised(1, 1, 5, 400), promised(2, 6, 20, 600)], [paid(4, 400, bounced=12)]
    assert [(one.state, one.level) for one in evaluate(promises, cheque, june(12))] == [("broken", 1), ("open", 1)]


def test_unverified_while_the_newest_list_is_older_than_the_last_day() -> None:
    promises = [promised(1, 1, 5, 1_000)]
    assert states(promises, [], 9, listed_on=june(7)) == ["unverified"]
    assert states(promises, [paid(5, 10)], 9, listed_on=june(7)) == ["unverified"]
    assert states(promises, [], 9, listed_on=june(8)) == ["broken"]
    assert states(promises, [paid(5, 1_000)], 9, listed_on=june(7)) == ["kept"]
    assert states(promises, [], 8, listed_on=june(1)) == ["open"]


def test_settled_some_day_between_two_lists_may_have_been_in_time() -> None:
    promises = [promised(1, 1, 5, 1_000)]
    seen = Payment(june(12), 1_000, since_on=june(5))
    assert states(promises, [seen], 12) == ["kept"]
    assert states(promises, [seen], 11, listed_on=june(4)) == ["unverified"]
    assert states(promises, [Payment(june(12), 1_000, since_on=june(9))], 12) == ["broken"]


def test_quiet_until_the_day_after_with_a_reminder_the_day_before() -> None:
    promises = [promised(1, 1, 5, 500, contact_id=7), promised(2, 1, 9, 500, contact_id=7)]
    assert (promises[0].remind_on, promises[0].chase_on) == (june(4), june(6))

    def keeping_quiet(day: int, payments: list[Payment]) -> int | None:
        standing = quiet(evaluate(promises, payments, june(day)), june(day))
        return standing.promise.id if standing else None

    assert [keeping_quiet(day, []) for day in (1, 6, 9, 10)] == [2, 2, 2, None]
    assert keeping_quiet(2, [paid(2, 1_000)]) is None


@pytest.mark.parametrize("promise", [promised(1, 5, 4, 100), promised(1, 1, 4, 0)])
def test_a_promise_of_nothing_or_for_yesterday_is_refused(promise: Promise) -> None:
    with pytest.raises(WrongUsage):
        check(promise)


def test_a_promise_for_today_is_fine() -> None:
    check(promised(1, 5, 5, 1))


_DAYS = st.integers(1, 30).map(june)
_PROMISES = st.lists(
    st.builds(
        lambda number, made_on, ahead, amount, items, contact, withdrawn: Promise(
            number, made_on, made_on + timedelta(ahead), amount, contact, items, withdrawn
        ),
        st.integers(1, 99),
        _DAYS,
        st.integers(0, 15),
        st.integers(1, 500),
        st.frozensets(st.integers(1, 3), max_size=2),
        st.none() | st.integers(1, 2),
        st.none() | _DAYS,
    ),
    max_size=6,
    unique_by=lambda promise: promise.id,
)
_PAYMENTS = st.lists(
    st.builds(Payment, _DAYS, st.integers(1, 600), st.none() | st.integers(1, 3), reversed_on=st.none() | _DAYS),
    max_size=6,
)


def _paid(standings: tuple[Standing, ...]) -> dict[int, int]:
    return {one.promise.id: one.paid_minor for one in standings}


@given(_PROMISES, _PAYMENTS, _DAYS, st.sampled_from([50, 90, 100]))
def test_no_money_is_counted_twice_and_none_that_is_not_there(
    promises: list[Promise], payments: list[Payment], as_of: date, percent: int
) -> None:
    rules = Rules(kept_percent=percent)
    standings = evaluate(promises, payments, as_of, rules=rules)
    assert standings == evaluate(promises[::-1], payments[::-1], as_of, rules=rules)
    live = [one for one in payments if one.paid_on <= as_of and not (one.reversed_on and one.reversed_on <= as_of)]
    assert sum(_paid(standings).values()) <= sum(one.amount_minor for one in live)
    for one in standings:
        assert 0 <= one.paid_minor <= one.promise.amount_minor
        assert (one.state == "kept") == (one.paid_minor >= rules.needed_minor(one.promise))
        assert one.since_on <= as_of
        assert one.level >= 1
        assert one.state != "broken" or as_of > rules.last_on(one.promise)


@given(_PROMISES, _PAYMENTS, _DAYS)
def test_what_comes_later_changes_nothing_today(promises: list[Promise], payments: list[Payment], as_of: date) -> None:
    known = [one for one in promises if one.made_on <= as_of], [one for one in payments if one.paid_on <= as_of]
    assert evaluate(promises, payments, as_of) == evaluate(*known, as_of)
