"""Disputes decided on plain values: what is disputed, what is left of it, how it ends."""

from datetime import date

import pytest

from collect import disputes
from collect.disputes import Dispute, End, Part
from collect.errors import Refused, WrongUsage
from collect.money import Money

OPENED = date(2026, 3, 1)


def dispute(*parts: Part, promised_on: date | None = None, end: End | None = None) -> Dispute:
    return Dispute(3, 1, "INR", "price", "asha", OPENED, promised_on, "", parts, (), None, end)


def inr(minor: int) -> Money:
    return Money(minor, "INR")


@pytest.mark.parametrize(("on", "state"), [("2026-03-10", "open"), ("2026-03-11", "late"), ("2026-03-20", "rejected")])
def test_an_answer_is_late_the_day_after_it_was_promised_for(on: str, state: str) -> None:
    one = dispute(promised_on=date(2026, 3, 10), end=End(date(2026, 3, 20), "rejected"))
    assert disputes.state(one, date.fromisoformat(on)) == state


def test_a_part_is_taken_from_the_oldest_items_first() -> None:
    free = (Part(1, 300), Part(2, 0), Part(3, 500))
    assert disputes.parts(inr(400), free) == (Part(1, 300), Part(3, 100))
    assert disputes.parts(None, free) == (Part(1, 300), Part(3, 500))


def test_an_amount_that_the_first_item_holds_leaves_the_next_alone() -> None:
    assert disputes.parts(inr(300), (Part(1, 300), Part(3, 500))) == (Part(1, 300),)


def test_no_more_is_disputed_than_is_open_and_free() -> None:
    with pytest.raises(Refused, match="more than can be disputed: INR 8"):
        disputes.parts(inr(801), (Part(1, 300), Part(3, 500)))
    with pytest.raises(Refused, match="nothing is open"):
        disputes.parts(None, (Part(1, 0),))


def test_what_was_paid_meanwhile_is_disputed_no_more() -> None:
    one = dispute(Part(1, 400), Part(2, 100))
    assert disputes.standings([one], {2: 900, 1: 250}) == {3: (Part(2, 100), Part(1, 250))}
    assert disputes.standings([dispute()], {1: 250, 2: 0, 3: -5}) == {3: (Part(1, 250),)}


def test_what_is_open_stands_in_one_dispute_only() -> None:
    """600 left of an item with two disputes of 400 on it: 400 and 200; the one about the account has the other item."""
    whole, first, second = dispute(), dispute(Part(1, 400))._replace(id=4), dispute(Part(1, 400))._replace(id=5)
    assert disputes.standings([whole, first, second], {1: 600, 2: 70}) == {
        4: (Part(1, 400),),
        5: (Part(1, 200),),
        3: (Part(2, 70),),
    }


def test_taken_up_again_it_is_about_what_it_was_about() -> None:
    assert disputes.again([Part(1, 400)], [Part(1, 1000), Part(2, 50)]) == (Part(1, 400), Part(2, 0))
    assert disputes.again([Part(1, 400)], [Part(1, 250)]) == (Part(1, 250),)


def test_upheld_credits_all_split_a_part_rejected_nothing() -> None:
    one = dispute(Part(1, 400), Part(2, 100))
    left = (Part(1, 400), Part(2, 100))
    assert disputes.credited(one, "upheld", None, left) == left
    assert disputes.credited(one, "split", inr(450), left) == (Part(1, 400), Part(2, 50))
    assert disputes.credited(one, "rejected", None, left) == ()


def test_a_split_needs_an_amount_and_less_than_all() -> None:
    one = dispute(Part(1, 400))
    cases: list[tuple[disputes.Outcome, Money | None]] = [
        *(("split", None), ("upheld", inr(5)), ("split", inr(400)), ("split", inr(0)), ("split", inr(-5))),
    ]
    for outcome, amount in cases:
        with pytest.raises(WrongUsage):
            disputes.credited(one, outcome, amount, one.parts)


def test_a_dispute_ends_once_and_on_a_day_it_was_open() -> None:
    with pytest.raises(Refused, match="over since 2026-03-20: 3"):
        disputes.check_end(dispute(end=End(date(2026, 3, 20), "rejected")), OPENED, OPENED)
    with pytest.raises(WrongUsage, match="before the dispute was opened: 2026-02-28"):
        disputes.check_end(dispute(), date(2026, 2, 28), OPENED)
    with pytest.raises(WrongUsage, match="yet to come: 2026-03-02"):
        disputes.check_end(dispute(), date(2026, 3, 2), OPENED)
    disputes.check_end(dispute(), OPENED, OPENED)


def test_those_past_their_day_come_longest_first() -> None:
    first, second = (dispute(promised_on=date(2026, 3, day))._replace(id=day) for day in (9, 5))
    never = dispute()
    assert disputes.past_their_day([first, never, second], date(2026, 3, 10)) == [second, first]


def test_a_reason_is_a_code() -> None:
    assert disputes.reason("Not Delivered") == "not-delivered"
    with pytest.raises(WrongUsage, match="no such reason to dispute: mood"):
        disputes.reason("mood")
